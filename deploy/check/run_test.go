package check_test

import (
	"debug/elf"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
)

// nothingButTheProgram looks at what is in the image: the libraries that are needed and no other,
// nothing else that runs, nothing that anybody but root may change, licences.
func nothingButTheProgram(t *testing.T, root string) {
	t.Helper()
	var runs, libraries []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		inside, _ := filepath.Rel(root, path)
		info, err := entry.Info()
		if err != nil {
			return err
		}
		owner := info.Sys().(*syscall.Stat_t).Uid
		switch data := inside == "var/lib/niengiam"; {
		case data != (owner != 0) || !data && inside != "tmp" && info.Mode().Perm()&0o022 != 0 && info.Mode().Type() != fs.ModeSymlink:
			t.Errorf("/%s belongs to %d and has the mode %v", inside, owner, info.Mode())
		case info.Mode()&(fs.ModeSetuid|fs.ModeSetgid) != 0:
			t.Errorf("/%s changes who runs it", inside)
		case info.Mode().IsRegular() && strings.Contains(filepath.Base(path), ".so"):
			libraries = append(libraries, filepath.Base(path))
		case info.Mode().IsRegular() && info.Mode().Perm()&0o111 != 0:
			runs = append(runs, "/"+inside)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(runs, []string{"/opt/niengiam/niengiam"}) {
		t.Errorf("these can be run: %v", runs)
	}
	needed := map[string]bool{"libchdb.so": true}
	for queue := []string{"opt/niengiam/libchdb.so"}; len(queue) > 0; queue = queue[1:] {
		file, err := elf.Open(filepath.Join(root, queue[0]))
		if err != nil {
			t.Fatal(err)
		}
		names, err := file.ImportedLibraries()
		if err := errors.Join(err, file.Close()); err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if !needed[name] {
				needed[name] = true
				queue = append(queue, map[bool]string{true: "lib64/", false: "lib/x86_64-linux-gnu/"}[strings.HasPrefix(name, "ld-")]+name)
			}
		}
	}
	for _, name := range libraries {
		if !needed[name] {
			t.Errorf("the engine does not need %s", name)
		}
	}
	if len(libraries) != len(needed) {
		t.Errorf("the libraries are %v, needed are %v", libraries, needed)
	}
	for _, name := range []string{"LICENSE", "licences/program/go/LICENSE", "licences/engine/libraries.txt", "licences/pages", "licences/libc6/copyright"} {
		if _, err := os.Stat(filepath.Join(root, "opt/niengiam", name)); err != nil {
			t.Error(err)
		}
	}
}

// prepared makes of the files of an image the root of a container, as an engine does: mounts
// for devices, data and the workspace; all else is read-only.
func prepared(t *testing.T, image instructions.Stage, root string) {
	t.Helper()
	mount := func(source, target, kind string, flags uintptr, data string) {
		if err := os.MkdirAll(target, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mount(source, target, kind, flags, data); err != nil {
			t.Fatalf("mount %s at %s: %v", source, target, err)
		}
	}
	sample, err := filepath.Abs(filepath.Join(top, "examples/angiang"))
	if err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(root, one[*instructions.VolumeCommand](t, image).Volumes[0])
	volume := t.TempDir() // an engine fills a new volume with what the image has there, and whose it is
	must(t, exec.CommandContext(t.Context(), "cp", "--archive", "--no-target-directory", data, volume))
	for _, empty := range []string{"proc", "dev"} {
		if err := os.MkdirAll(filepath.Join(root, empty), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{"hosts": "127.0.0.1\tlocalhost\n::1\tlocalhost\n", "hostname": "niengiam\n", "resolv.conf": ""} {
		if err := os.WriteFile(filepath.Join(root, "etc", name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	mount(root, root, "", syscall.MS_BIND, "")
	mount("tmpfs", filepath.Join(root, "dev"), "tmpfs", 0, "mode=0755")
	for _, device := range []string{"null", "zero", "full", "random", "urandom", "tty"} {
		target := filepath.Join(root, "dev", device)
		if err := os.WriteFile(target, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mount("/dev/"+device, target, "", syscall.MS_BIND, ""); err != nil {
			t.Fatal(err)
		}
	}
	mount("devpts", filepath.Join(root, "dev/pts"), "devpts", 0, "newinstance,ptmxmode=0666,mode=0620")
	for name, to := range map[string]string{"ptmx": "pts/ptmx", "fd": "/proc/self/fd", "stdin": "/proc/self/fd/0", "stdout": "/proc/self/fd/1", "stderr": "/proc/self/fd/2"} {
		if err := os.Symlink(to, filepath.Join(root, "dev", name)); err != nil {
			t.Fatal(err)
		}
	}
	mount(volume, data, "", syscall.MS_BIND, "")
	mount("tmpfs", filepath.Join(root, "tmp"), "tmpfs", 0, "mode=1777,size=64m")
	mount(sample, filepath.Join(root, "workspace"), "", syscall.MS_BIND, "")
	for _, fixed := range []string{filepath.Join(root, "workspace"), root} {
		if err := syscall.Mount("", fixed, "", syscall.MS_BIND|syscall.MS_REMOUNT|syscall.MS_RDONLY|syscall.MS_NOSUID, ""); err != nil {
			t.Fatal(err)
		}
	}
}

// container is the program in it.
type container struct {
	t     *testing.T
	root  string
	image instructions.Stage
	pid   int // of the program, as this machine counts
}

// inside makes the command line that runs a command as the user of the image, in its root.
func (c *container) inside(args []string) []string {
	user, group, _ := strings.Cut(one[*instructions.UserCommand](c.t, c.image).User, ":")
	return append([]string{
		"setpriv", "--no-new-privs", "unshare", "--root=" + c.root, "--wd=" + one[*instructions.WorkdirCommand](c.t, c.image).Path, "--setgid=" + group, "--setuid=" + user, "--",
	}, args...)
}

// exec runs a command beside the program, as docker exec does.
func (c *container) exec(args ...string) (string, int) {
	c.t.Helper()
	enter := append([]string{"--target", strconv.Itoa(c.pid), "--mount", "--pid", "--net", "--ipc", "--uts"}, c.inside(args)...)
	command := exec.CommandContext(c.t.Context(), "nsenter", enter...)
	command.Env = append(environment(c.image), "PATH="+os.Getenv("PATH"))
	return run(c.t, command)
}

// ask asks the program from beside it, as curl prints it.
func (c *container) ask(args ...string) string {
	c.t.Helper()
	enter := append([]string{"--target", strconv.Itoa(c.pid), "--net", "curl", "--silent", "--show-error", "--max-time", "30"}, args...)
	return must(c.t, exec.CommandContext(c.t.Context(), "nsenter", enter...))
}

// serveAsContainer runs the image with the sample for a workspace, waits until its health check
// passes, asks it, and stops it. It returns how long the first start and the end took.
func serveAsContainer(t *testing.T, image instructions.Stage, root string) (ready, stopped time.Duration) {
	t.Helper()
	prepared(t, image, root)
	c := &container{t: t, root: root, image: image}
	args := slices.Concat(one[*instructions.EntrypointCommand](t, image).CmdLine, one[*instructions.CmdCommand](t, image).CmdLine)
	args = append([]string{
		"--pid", "--net", "--ipc", "--uts", "--mount", "--fork", "--kill-child", "--mount-proc=" + filepath.Join(root, "proc"), "--",
		"sh", "-c", `ip link set lo up && exec "$@"`, "sh",
	}, c.inside(args)...)
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	serve := exec.CommandContext(t.Context(), "unshare", args...)
	serve.Stdout, serve.Stderr = log, log
	serve.Env = append(environment(image), "PATH="+os.Getenv("PATH"))
	serve.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	start := time.Now()
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- serve.Wait() }()
	c.waitUntilHealthy(ended, log.Name())
	ready = time.Since(start)
	c.answers()
	c.confined()
	start = time.Now()
	if err := syscall.Kill(c.pid, syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("SIGTERM ends it with %v:\n%s", err, read(t, log.Name()))
		}
	case <-time.After(time.Minute):
		t.Errorf("SIGTERM does not end it:\n%s", read(t, log.Name()))
	}
	return ready, time.Since(start)
}

// waitUntilHealthy runs the health check of the image until it passes.
func (c *container) waitUntilHealthy(ended chan error, log string) {
	c.t.Helper()
	check := one[*instructions.HealthCheckCommand](c.t, c.image).Health.Test[1:]
	out := ""
	for deadline := time.Now().Add(5 * time.Minute); time.Now().Before(deadline); {
		select {
		case err := <-ended:
			c.t.Fatalf("it ended before it was ready (%v):\n%s", err, read(c.t, log))
		case <-time.After(time.Second / 2):
		}
		if c.pid = c.find(); c.pid == 0 {
			continue
		}
		code := 0
		if out, code = c.exec(check...); code == 0 {
			if out != "ready\n" {
				c.t.Errorf("the health check passes with %q", out)
			}
			return
		}
		if code != 1 || !strings.Contains(out, "NOT_READY") {
			c.t.Fatalf("the health check ends with %d: %s", code, out)
		}
	}
	c.t.Fatalf("it is not ready: %s\n%s", out, read(c.t, log))
}

// find returns the process that is the first of its container, 0 while there is none.
func (c *container) find() int {
	links, _ := filepath.Glob("/proc/[0-9]*/root") // the pattern is good
	for _, link := range links {
		if to, err := os.Readlink(link); err != nil || to != c.root {
			continue
		}
		process := filepath.Dir(link)
		if status, err := os.ReadFile(filepath.Join(process, "status")); err == nil && strings.Contains(string(status), "\t1\nNSpgid") {
			pid, _ := strconv.Atoi(filepath.Base(process))
			return pid
		}
	}
	return 0
}

// answers asks what design/api.md says of criterion 19.2, and what a probe and the names of a
// Service ask.
func (c *container) answers() {
	c.t.Helper()
	const question = `{"query":"{ comparison(indicator: \"criterion-19-2\", unit: \"89\", year: 2020, baseYear: 2019) { rows { change { text(language: VI) absolute points percent primary } } } }"}`
	out := c.ask("--header", "Content-Type: application/json", "--data", question, "http://127.0.0.1:8080/graphql")
	var answer struct {
		Data struct {
			Comparison struct {
				Rows []struct {
					Change struct{ Text, Absolute, Points, Percent, Primary string }
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(out), &answer); err != nil || len(answer.Data.Comparison.Rows) != 1 {
		c.t.Fatalf("the answer is %s (%v)", out, err)
	}
	change := answer.Data.Comparison.Rows[0].Change
	if change.Absolute != "14" || !strings.HasPrefix(change.Points, "11.7647") || !strings.HasPrefix(change.Percent, "16.8674") || change.Primary != "POINTS" {
		c.t.Errorf("the change is %+v", change)
	}
	for host, want := range map[string]string{"10.1.2.3:8080": "200", "elsewhere.example.org": "421"} {
		if code := c.ask("--output", "/dev/null", "--write-out", "%{http_code}", "--header", "Host: "+host, "http://127.0.0.1:8080/readyz"); code != want {
			c.t.Errorf("asked as %s it answers %s, want %s", host, code, want)
		}
	}
}

// confined looks at what the kernel says of the program and of its engine.
func (c *container) confined() {
	c.t.Helper()
	user, _, _ := strings.Cut(one[*instructions.UserCommand](c.t, c.image).User, ":")
	links, _ := filepath.Glob("/proc/[0-9]*/root") // the pattern is good
	processes := 0
	for _, link := range links {
		if to, err := os.Readlink(link); err != nil || to != c.root {
			continue
		}
		processes++
		status := read(c.t, filepath.Join(filepath.Dir(link), "status"))
		for _, line := range []string{fmt.Sprintf("Uid:\t%[1]s\t%[1]s\t%[1]s\t%[1]s\n", user), "CapEff:\t0000000000000000\n", "CapPrm:\t0000000000000000\n", "NoNewPrivs:\t1\n"} {
			if !strings.Contains(status, line) {
				c.t.Errorf("not %q:\n%s", line, status)
			}
		}
	}
	if processes != 2 {
		c.t.Errorf("%d processes run, not the program and its engine", processes)
	}
	if out, code := c.exec("/opt/niengiam/niengiam", "load", "--data", "/opt/niengiam/data"); code != 1 || !strings.Contains(out, "read-only") {
		c.t.Errorf("the root can be written to: %d, %s", code, out)
	}
}
