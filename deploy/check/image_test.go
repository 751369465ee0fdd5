package check_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
)

// The steps of the Containerfile, without a container engine: those of the build in an overlay of
// this machine, which has to have the versions that the base images name; those of the image in an
// empty folder. What that made is then run as a container would be: a root that is read-only, a
// user without rights, a network, processes and mounts of its own.
func TestTheImageIsBuiltAndRuns(t *testing.T) {
	c := readContainerfile(t)
	baseImagesAreLikeThisMachine(t, c)
	started := cpuSeconds()
	root := t.TempDir()
	if err := syscall.Mount("tmpfs", root, "tmpfs", 0, "mode=0755"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(root, syscall.MNT_DETACH) })
	b := &build{t: t, file: c, folder: root}
	image := b.image()
	built := cpuSeconds()
	nothingButTheProgram(t, image)
	ready, stopped := serveAsContainer(t, c.last(), image)
	fmt.Printf(`== the container
built        %.0f s of CPU; %s in the image
first start  ready after %.1f s, the sample loaded; %.0f s of CPU; stopped in %.1f s
not run      pulling base images (this machine stood in for them), building an image of layers, a container engine: the limits of
             memory and processes, seccomp and AppArmor of an engine, ports, volumes and health as an engine does them
             compose.yaml and compose.server.yaml as a whole: they were read by the library of Compose; Caddy and the server were not started
             Kubernetes: manifests were rendered by Helm's engine and decoded by the types of its API; no cluster took them
`, built-started, size(t, image), ready.Seconds(), cpuSeconds()-built, stopped.Seconds())
}

// cpuSeconds is what the commands of this test took so far.
func cpuSeconds() float64 {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_CHILDREN, &usage) // it knows no fault with this argument
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()).Seconds()
}

func size(t *testing.T, folder string) string {
	t.Helper()
	var bytes int64
	err := filepath.WalkDir(folder, func(_ string, entry fs.DirEntry, err error) error {
		if info, infoErr := entry.Info(); err == nil && infoErr == nil && info.Mode().IsRegular() {
			bytes += info.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%.0f MB", float64(bytes)/1e6)
}

// baseImagesAreLikeThisMachine holds the tags of the base images against what is installed here.
func baseImagesAreLikeThisMachine(t *testing.T, c *containerfile) {
	t.Helper()
	bases := ""
	for _, stage := range c.stages {
		bases += stage.BaseName + " "
	}
	for image, command := range map[string][]string{"golang": {"go", "env", "GOVERSION"}, "node": {"node", "--version"}} {
		installed := strings.TrimLeft(strings.TrimSpace(must(t, exec.CommandContext(t.Context(), command[0], command[1:]...))), "gov")
		if !strings.Contains(bases, "/"+image+":"+installed+"-") {
			t.Errorf("this machine has %s %s; the base images are %s", image, installed, bases)
		}
	}
	release := read(t, "/etc/os-release")
	if name := regexp.MustCompile(`(?m)^VERSION_CODENAME=(.*)$`).FindStringSubmatch(release); len(name) != 2 || strings.Count(bases, "-"+name[1]) != 2 {
		t.Errorf("this machine is no Debian as in %s", bases)
	}
}

// build carries out the steps of a Containerfile.
type build struct {
	t      *testing.T
	file   *containerfile
	folder string
}

// stage is a stage under way: its root, and what is written into it.
type stage struct {
	root, dir string
	env       []string
}

// image carries out all stages and returns the root of the last.
func (b *build) image() string {
	done := map[string]*stage{}
	var s *stage
	for _, from := range b.file.stages {
		s = b.begin(from, len(done))
		done[from.Name] = s
		for _, command := range from.Commands {
			switch c := command.(type) {
			case *instructions.EnvCommand:
				for _, pair := range c.Env {
					s.env = append(s.env, pair.Key+"="+pair.Value)
				}
			case *instructions.WorkdirCommand:
				s.dir = c.Path
				if err := os.MkdirAll(filepath.Join(s.root, c.Path), 0o755); err != nil {
					b.t.Fatal(err)
				}
			case *instructions.CopyCommand:
				b.copy(c, done[c.From], s)
			case *instructions.RunCommand:
				b.run(c, s)
			}
		}
	}
	return s.root
}

// begin makes the root of a stage: an empty folder for scratch, else this machine, of which
// nothing is changed because what is written goes elsewhere.
func (b *build) begin(from instructions.Stage, number int) *stage {
	folder := filepath.Join(b.folder, fmt.Sprint(number))
	s := &stage{root: filepath.Join(folder, "root"), dir: "/", env: []string{"PATH=" + os.Getenv("PATH")}}
	upper, work := filepath.Join(folder, "upper"), filepath.Join(folder, "work")
	for _, made := range []string{s.root, upper, work} {
		if err := os.MkdirAll(made, 0o755); err != nil {
			b.t.Fatal(err)
		}
	}
	if from.BaseName == "scratch" {
		return s
	}
	b.mount("overlay", s.root, "overlay", 0, fmt.Sprintf("lowerdir=/,upperdir=%s,workdir=%s", upper, work))
	b.mount("/dev", filepath.Join(s.root, "dev"), "", syscall.MS_BIND|syscall.MS_REC, "")
	b.mount("proc", filepath.Join(s.root, "proc"), "proc", 0, "")
	b.mount("tmpfs", filepath.Join(s.root, "tmp"), "tmpfs", 0, "mode=1777")
	return s
}

func (b *build) mount(source, target, kind string, flags uintptr, data string) {
	b.t.Helper()
	if err := syscall.Mount(source, target, kind, flags, data); err != nil {
		b.t.Fatalf("mount %s at %s: %v", source, target, err)
	}
	b.t.Cleanup(func() { _ = syscall.Unmount(target, syscall.MNT_DETACH) }) // it ends with this process in any case
}

// copy carries out COPY. What comes from a base image as it is, this machine has at its place.
func (b *build) copy(c *instructions.CopyCommand, from, to *stage) {
	b.t.Helper()
	target := filepath.Join(to.root, c.DestPath)
	if !filepath.IsAbs(c.DestPath) {
		target = filepath.Join(to.root, to.dir, c.DestPath)
	}
	switch {
	case c.From == "":
		b.copyContext(c, target)
		return
	case len(b.stageOf(c.From).Commands) == 0:
		if c.SourcePaths[0] != c.DestPath {
			b.t.Fatalf("%s: what a base image has is not here at another place", c)
		}
		if _, err := os.Stat(target); err != nil {
			b.t.Fatal(err)
		}
		return
	}
	for _, source := range c.SourcePaths {
		path := filepath.Join(from.root, source)
		if err := os.MkdirAll(target, 0o755); err != nil {
			b.t.Fatal(err)
		}
		// Of a folder its content is copied, and what belongs to it.
		must(b.t, exec.CommandContext(b.t.Context(), "cp", "--archive", path+"/.", target))
		if c.Chown != "" {
			must(b.t, exec.CommandContext(b.t.Context(), "chown", "--recursive", c.Chown, target))
		}
	}
}

func (b *build) stageOf(name string) instructions.Stage {
	i := slices.IndexFunc(b.file.stages, func(s instructions.Stage) bool { return s.Name == name })
	if i < 0 {
		b.t.Fatalf("there is no stage %s", name)
	}
	return b.file.stages[i]
}

// run carries out RUN, with this machine's caches where it mounts some.
func (b *build) run(c *instructions.RunCommand, s *stage) {
	b.t.Helper()
	if err := c.Expand(func(word string) (string, error) { return word, nil }); err != nil { // it reads the mounts
		b.t.Fatal(err)
	}
	for _, mount := range instructions.GetMounts(c) {
		cache := b.cache(mount.Target)
		target := filepath.Join(s.root, mount.Target)
		if mount.Type != instructions.MountTypeCache {
			b.t.Fatalf("%s mounts a %s", c, mount.Type)
		}
		if err := errors.Join(os.MkdirAll(cache, 0o755), os.MkdirAll(target, 0o755)); err != nil {
			b.t.Fatal(err)
		}
		b.mount(cache, target, "", syscall.MS_BIND, "")
	}
	args := c.CmdLine
	if c.PrependShell {
		args = append([]string{"/bin/sh", "-c"}, args...)
	}
	command := exec.CommandContext(b.t.Context(), args[0], args[1:]...)
	command.Dir = s.dir
	command.Env = append([]string{"HOME=/root"}, s.env...)
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "GOPROXY", "GOSUMDB", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"} {
		if value, ok := os.LookupEnv(name); ok {
			command.Env = append(command.Env, name+"="+value)
		}
	}
	command.SysProcAttr = &syscall.SysProcAttr{Chroot: s.root, Pdeathsig: syscall.SIGKILL}
	must(b.t, command)
}

// cache is the folder of this machine that stands for a cache of a build.
func (b *build) cache(target string) string {
	commands := map[string][]string{
		"/root/.npm": {"npm", "config", "get", "cache"}, "/root/.cache/go-build": {"go", "env", "GOCACHE"}, "/root/go/pkg/mod": {"go", "env", "GOMODCACHE"},
	}
	command, ok := commands[target]
	if !ok {
		b.t.Fatalf("this machine has no cache that stands for %s", target)
	}
	return strings.TrimSpace(must(b.t, exec.CommandContext(b.t.Context(), command[0], command[1:]...)))
}
