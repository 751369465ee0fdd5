// Package deploy_test compares the files of this folder with one another. That they work is
// tried by twice, before and clean-root, which make test-dist-all runs.
package deploy_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

func read(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// The table has each file, and no other; a row of a folder stands for all in it.
func TestEveryFileIsInTheTable(t *testing.T) {
	var listed []string
	for row := range strings.Lines(read(t, "README.md")) {
		if cells := strings.Split(row, "|"); len(cells) == 6 && strings.HasPrefix(cells[1], " `") {
			for _, name := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cells[1], -1) {
				listed = append(listed, name[1])
			}
		}
	}
	for _, name := range listed {
		if _, err := os.Stat(name); err != nil {
			t.Errorf("README.md has a row for %s: %v", name, err)
		}
	}
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path == "README.md" {
			return err
		}
		if !slices.ContainsFunc(listed, func(name string) bool {
			return path == name || strings.HasSuffix(name, "/") && strings.HasPrefix(path, name)
		}) {
			t.Errorf("README.md has no row for %s", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What the unit and the settings name is where the package puts it, and the package holds
// what the scripts expect.
func TestUnitAndSettingsFitThePackage(t *testing.T) {
	var spec struct {
		Contents []struct{ Src, Dst, Type string }
		Scripts  map[string]string
	}
	if err := yaml.Unmarshal([]byte(read(t, "package/nfpm.yaml")), &spec); err != nil {
		t.Fatal(err)
	}
	holds := func(path string) bool {
		return slices.ContainsFunc(spec.Contents, func(c struct{ Src, Dst, Type string }) bool { return c.Dst == path })
	}
	unit, settings := read(t, "package/niengiam.service"), read(t, "package/niengiam.yaml")
	command := strings.Fields(regexp.MustCompile(`(?m)^ExecStart=(.*)$`).FindStringSubmatch(unit)[1])
	var named struct{ Workspace, Data, Addr string }
	if err := yaml.Unmarshal([]byte(settings), &named); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{command[0], command[len(command)-1], named.Workspace} {
		if !holds(path) {
			t.Errorf("the package does not hold %s", path)
		}
	}
	if state := regexp.MustCompile(`(?m)^StateDirectory=(.*)$`).FindStringSubmatch(unit)[1]; named.Data != "/var/lib/"+state {
		t.Errorf("the settings have the data in %s, the unit may write to /var/lib/%s", named.Data, state)
	}
	if !strings.HasPrefix(named.Addr, "127.0.0.1:") {
		t.Errorf("a service just installed listens on %s, where others reach it", named.Addr)
	}
	for _, script := range spec.Scripts {
		if _, err := os.Stat(filepath.Join("..", script)); err != nil {
			t.Error(err)
		}
	}
	// The engine's child must not be told to end before the program has ended it.
	if !strings.Contains(unit, "\nKillMode=mixed\n") {
		t.Error("the unit kills the engine at once")
	}
}

// No script of the package deletes anything: data are people's own to delete.
func TestPurgeDeletesNothing(t *testing.T) {
	for _, script := range []string{"postinstall.sh", "preremove.sh", "postremove.sh"} {
		for line := range strings.Lines(read(t, "package/"+script)) {
			line = strings.TrimSpace(line)
			if !strings.HasPrefix(line, "echo ") && regexp.MustCompile(`\b(rm|rmdir|find|userdel|deluser|read|debconf)\b`).MatchString(line) {
				t.Errorf("%s: %s", script, line)
			}
		}
	}
}
