package workspace_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// A file of YAML that nests too deep, or has too much of anything, is refused with its
// place before it is decoded, and takes a bounded memory.
func TestYAMLIsBounded(t *testing.T) {
	const many = 100_000
	stairs := func(levels int) string {
		var b strings.Builder
		for i := range levels {
			b.WriteString(strings.Repeat(" ", i) + "a:\n")
		}
		return b.String()
	}
	keys := func(format string) string {
		var b strings.Builder
		for i := range many {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	for name, c := range map[string]struct{ text, fault string }{
		"lists in brackets":     {strings.Repeat("[", many), "WORKSPACE_TOO_LARGE topics.yaml:1:51"},
		"closed lists":          {strings.Repeat("[", many) + strings.Repeat("]", many), "WORKSPACE_TOO_LARGE topics.yaml:1:51"},
		"mappings in brackets":  {strings.Repeat("{a: ", many/3), "WORKSPACE_TOO_LARGE topics.yaml:1:201"},
		"lists by dashes":       {strings.Repeat("- ", many) + "a", "WORKSPACE_TOO_LARGE topics.yaml:1:101"},
		"mappings by columns":   {stairs(1400), "WORKSPACE_TOO_LARGE topics.yaml:51:52"},
		"keys":                  {keys("k%d: v\n"), "WORKSPACE_TOO_LARGE topics.yaml"},
		"the same key":          {strings.Repeat("a: b\n", 20_000), "WORKSPACE_TOO_LARGE topics.yaml:2001:2"},
		"anchors":               {strings.Repeat("&a ", many) + "a", "WORKSPACE_YAML topics.yaml:1:301"},
		"tags":                  {strings.Repeat("!!a ", many) + "a", "WORKSPACE_YAML topics.yaml:1:"},
		"aliases":               {"[" + strings.Repeat("*a,", many/2) + "]", "WORKSPACE_YAML topics.yaml:1:302"},
		"keys that are no text": {strings.Repeat("? ", many) + "a", "WORKSPACE_YAML topics.yaml:1:201"},
		"values":                {"[" + strings.Repeat("a,", 3*many) + "]", "WORKSPACE_TOO_LARGE topics.yaml:1"},
		"bytes":                 {"a: " + strings.Repeat("x", 1<<20), "WORKSPACE_TOO_LARGE"},
		"documents":             {strings.Repeat("---\n", many), "WORKSPACE_TOO_LARGE topics.yaml:"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := whole(t)
			if err := os.WriteFile(filepath.Join(dir, "topics.yaml"), []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := workspace.Read(dir, nil)
			runtime.ReadMemStats(&after)
			if taken := (after.TotalAlloc - before.TotalAlloc) >> 20; taken > 128 {
				t.Errorf("took %d MiB", taken)
			}
			faults := number.Errors(err)
			if len(faults) == 0 || !strings.HasPrefix(fmt.Sprintf("%s %s", faults[0].Code, faults[0].Where), c.fault) {
				t.Fatalf("%.300s", fmt.Sprint(err))
			}
			for _, fault := range faults {
				if len(fault.Error()) > 1000 {
					t.Errorf("a fault of %d bytes: %.100s", len(fault.Error()), fault)
				}
			}
		})
	}
}

// What the bounds leave: a file near all of them is read.
func TestYAMLWithinTheBoundsIsRead(t *testing.T) {
	dir := whole(t)
	edit(t, filepath.Join(dir, "topics.yaml"), "topics:", "unknown: "+strings.Repeat("[", 49)+strings.Repeat("a, ", 20_000)+strings.Repeat("]", 49)+"\ntopics:")
	_, err := workspace.Read(dir, nil)
	if faults := number.Errors(err); len(faults) != 1 || faults[0].Code != workspace.UnknownKey {
		t.Errorf("%.300s", fmt.Sprint(err))
	}
}

// A settings file has the same bounds.
func TestSettingsAreBounded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.yaml")
	if err := os.WriteFile(path, []byte(strings.Repeat("[", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := workspace.ReadSettings(path); number.CodeOf(err) != workspace.TooLarge {
		t.Errorf("%.300s", fmt.Sprint(err))
	}
}
