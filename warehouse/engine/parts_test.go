package engine

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func TestMachineMemory(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	machine := file("MemTotal:       16777216 kB\nMemFree:  1 kB\n")
	for name, c := range map[string]struct {
		root fstest.MapFS
		want uint64
	}{
		"nothing known": {fstest.MapFS{}, fallbackMemory},
		"no group":      {fstest.MapFS{"proc/meminfo": machine}, 16 << 30},
		"version 2, container": {fstest.MapFS{
			"proc/meminfo": machine, "sys/fs/cgroup/memory.max": file("1073741824\n")}, 1 << 30},
		"version 2, no limit": {fstest.MapFS{
			"proc/meminfo": machine, "sys/fs/cgroup/memory.max": file("max\n")}, 16 << 30},
		"version 2, limit on the slice above": {fstest.MapFS{
			"proc/meminfo": machine, "proc/self/cgroup": file("0::/system.slice/niengiam.service\n"),
			"sys/fs/cgroup/system.slice/niengiam.service/memory.max": file("max\n"),
			"sys/fs/cgroup/system.slice/memory.max":                  file("2147483648\n")}, 2 << 30},
		"version 1": {fstest.MapFS{
			"proc/meminfo": machine, "proc/self/cgroup": file("5:cpu:/x\n4:memory:/docker/abc\n"),
			"sys/fs/cgroup/memory/memory.limit_in_bytes":            file("9223372036854771712\n"),
			"sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes": file("536870912\n")}, 512 << 20},
	} {
		if got := machineMemory(c.root); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

func TestOutputIsBounded(t *testing.T) {
	path := filepath.Join(t.TempDir(), logFile)
	o, err := openOutput(path)
	if err != nil {
		t.Fatal(err)
	}
	line := []byte(strings.Repeat("x", 1023) + "\n")
	for range 5 * logLimit / len(line) {
		if _, err := o.Write(line); err != nil {
			t.Fatal(err)
		}
	}
	_, _ = o.Write([]byte("\r\x1b[0J\x1b[?25hfirst\r\n\n  second\nthird"))
	if got := o.tail(2); got != "second | third" {
		t.Errorf("the tail is %q", got)
	}
	if len(o.last) > tailLimit {
		t.Errorf("%d bytes are kept in memory", len(o.last))
	}
	o.close()
	for _, name := range []string{path, path + ".1"} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if info.Size() > logLimit {
			t.Errorf("%s has %d bytes", name, info.Size())
		}
	}
}

func TestConfigEscapes(t *testing.T) {
	login := newCredentials()
	cfg := Config{Dir: `/data/a & b <c>`, Database: "odd`name"}.withDefaults()
	for _, text := range []string{configText, usersText} {
		page, err := fill(text, settingsFor(cfg, login))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(page), "<c>") || strings.Contains(string(page), login.application) {
			t.Errorf("not escaped or not hashed: %s", page)
		}
	}
}
