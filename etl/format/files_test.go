package format

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the files of testdata are read as beside them")

// Each file of testdata is read as the text beside it says: its sheets with their notes and
// merged areas, each row after its number. The figures are invented.
func TestFiles(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, path := range files {
		if info, err := os.Stat(path); err != nil || info.IsDir() || strings.HasSuffix(path, ".want") {
			continue
		}
		got := allSheets(t, path, read(t, path), Options{})
		if *update {
			if err := os.WriteFile(path+".want", []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want := string(read(t, path+".want")); got != want {
			t.Errorf("%s is read as\n%s\nwant\n%s", path, got, want)
		}
	}
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// allSheets is what a file is read as.
func allSheets(t *testing.T, name string, content []byte, o Options) string {
	t.Helper()
	f := File{Name: filepath.Base(name), Content: content}
	sheets, err := Read(f, o)
	if err != nil {
		return told(t, err) + "\n"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "format %s\n", Detect(f))
	for _, s := range sheets {
		fmt.Fprintf(&b, "sheet %q\n", s.Name)
		for _, note := range s.Notes {
			fmt.Fprintf(&b, "%s: %s\n", note.Kind, note.Text)
		}
		for _, area := range s.Merged {
			fmt.Fprintf(&b, "merged: %+v\n", area)
		}
		fmt.Fprintln(&b, laidOut(t, s))
	}
	return b.String()
}

// broken is a file of testdata with one thing changed, and the fault that is told of it.
type broken struct{ file, old, changed, want string }

func (c broken) try(t *testing.T) {
	t.Helper()
	content := string(read(t, filepath.Join("testdata", c.file)))
	before, _, found := strings.Cut(content, c.old)
	if !found {
		t.Fatalf("%s has no %q", c.file, c.old)
	}
	changed := strings.Replace(content, c.old, c.changed, 1)
	if c.changed == "" && strings.HasSuffix(c.want, "END") { // cut off there
		changed, c.want = before, strings.TrimSuffix(c.want, "END")
	}
	got := allSheets(t, c.file, []byte(changed), Options{})
	lines := strings.Split(strings.TrimSpace(got), "\n")
	if last := lines[len(lines)-1]; last != c.want {
		t.Errorf("%s with %q for %q ends in %q, want %q", c.file, c.changed, c.old, last, c.want)
	}
}
