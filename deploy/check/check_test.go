// Package check_test tries what is in container and helm as far as that goes without a container
// engine and without a cluster: the steps of the Containerfile in a root of their own, the Compose
// files by the library of Compose, the chart by the engine of Helm and the types of Kubernetes.
package check_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// top is the root of the project; program is what make build made there.
const (
	top     = "../.."
	program = top + "/bin/niengiam"
)

// ownMounts is set where this process has mounts of its own.
const ownMounts = "NIENGIAM_CHECK_MOUNTS"

// TestMain runs the tests where what they mount is seen by nobody else, and ends with them.
func TestMain(m *testing.M) {
	if os.Getenv(ownMounts) == "" {
		if os.Getuid() != 0 {
			fmt.Fprintln(os.Stderr, "these tests mount file systems and change users: run them as root")
			os.Exit(1)
		}
		again := exec.Command("/proc/self/exe", os.Args[1:]...)
		again.Stdin, again.Stdout, again.Stderr = os.Stdin, os.Stdout, os.Stderr
		again.Env = append(os.Environ(), ownMounts+"=1")
		again.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS, Pdeathsig: syscall.SIGKILL}
		err := again.Run()
		if _, exited := errors.AsType[*exec.ExitError](err); err != nil && !exited {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(again.ProcessState.ExitCode())
	}
	os.Exit(m.Run())
}

func read(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// run runs a command to its end and returns what it printed, and its exit code.
func run(t *testing.T, command *exec.Cmd) (string, int) {
	t.Helper()
	out, err := command.CombinedOutput()
	if _, exited := errors.AsType[*exec.ExitError](err); err != nil && !exited {
		t.Fatalf("%s: %v", command, err)
	}
	return string(out), command.ProcessState.ExitCode()
}

// must runs a command that has to succeed.
func must(t *testing.T, command *exec.Cmd) string {
	t.Helper()
	out, code := run(t, command)
	if code != 0 {
		t.Fatalf("%s ends with %d:\n%s", command, code, out)
	}
	return out
}

// version is that of the program.
func version(t *testing.T) string {
	t.Helper()
	found := regexp.MustCompile(`(?m)^const version = "(.*)"$`).FindStringSubmatch(read(t, top+"/cmd/niengiam/version.go"))
	if found == nil {
		t.Fatal("cmd/niengiam/version.go has no version")
	}
	return found[1]
}

// taken checks that the program takes a command line with its environment: the flags are known
// and their values are read, so that it gets as far as the workspace, which is not there.
func taken(t *testing.T, args, env []string) {
	t.Helper()
	nowhere := filepath.Join(t.TempDir(), "no-workspace")
	command := exec.CommandContext(t.Context(), program, append(slices.Clone(args), "--workspace", nowhere)...)
	command.Env = env
	out, code := run(t, command)
	if code != 1 || !strings.Contains(out, nowhere) || !strings.HasPrefix(out, "niengiam: WORKSPACE_") {
		t.Errorf("niengiam %s with %v ends with %d, not at the workspace:\n%s", strings.Join(args, " "), env, code, out)
	}
	help := must(t, exec.CommandContext(t.Context(), program, "serve", "--help"))
	for _, entry := range env {
		name, _, _ := strings.Cut(entry, "=")
		flag := "--" + strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(name, "NIENGIAM_"), "_", "-"))
		if strings.HasPrefix(name, "NIENGIAM_") && !strings.Contains(help, flag+"=") {
			t.Errorf("%s is no setting: there is no flag %s", name, flag)
		}
	}
}
