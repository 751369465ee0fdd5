package etl

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// hashed is a file of a workspace that was hashed, and its directory.
func hashed(t *testing.T, content string) (*file, *workspace.Directory, string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "in.csv"), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	own, err := workspace.OpenDirectory(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = own.Close() })
	f := &file{File: ledger.File{Path: "in.csv"}}
	if err := f.read(own, nil); err != nil {
		t.Fatal(err)
	}
	return f, own, dir
}

// A snapshot that is cut or written to while it is read is a fault, never fewer or other rows.
func TestSnapshotThatChanges(t *testing.T) {
	t.Parallel()
	const rows = "a,b\n1,2\n3,4\n"
	for name, change := range map[string]func(path string) error{
		"cut":       func(path string) error { return os.Truncate(path, 8) },
		"rewritten": func(path string) error { return os.WriteFile(path, []byte(strings.Replace(rows, "3", "5", 1)), 0o600) },
		"longer":    func(path string) error { return os.WriteFile(path, []byte(rows+"7,8\n"), 0o600) },
	} {
		f, own, _ := hashed(t, rows)
		if err := f.keep(own, t.TempDir()); err != nil {
			t.Fatal(err)
		}
		opened, closeFile, err := f.open()
		if err != nil {
			t.Fatal(err)
		}
		if err := change(f.at); err != nil {
			t.Fatal(err)
		}
		_, err = io.ReadAll(io.NewSectionReader(opened.Stored, 0, opened.Stored.Size()))
		if name == "cut" && number.CodeOf(err) != workspace.FileChanges {
			t.Errorf("what is cut ends with %v", err)
		}
		if err := closeFile(); number.CodeOf(err) != workspace.FileChanges {
			t.Errorf("%s: it is closed with %v", name, err)
		}
		if _, _, err := f.open(); number.CodeOf(err) != workspace.FileChanges {
			t.Errorf("%s: it is opened with %v", name, err)
		}
	}
}

// A file is kept as it was hashed, or not at all; a kept one that is damaged is replaced.
func TestKeep(t *testing.T) {
	t.Parallel()
	f, own, dir := hashed(t, "a\n1\n")
	kept := t.TempDir()
	path := filepath.Join(kept, f.SHA256)
	if err := os.WriteFile(path, []byte("a\n2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.keep(own, kept); err != nil {
		t.Fatal(err)
	}
	if content, err := os.ReadFile(path); err != nil || string(content) != "a\n1\n" {
		t.Errorf("the snapshot has %q, %v", content, err)
	}
	changed := &file{File: f.File}
	if err := os.WriteFile(filepath.Join(dir, "in.csv"), []byte("a\n3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := changed.keep(own, t.TempDir()); !errors.Is(err, errChanged) {
		t.Errorf("what has changed is kept with %v", err)
	}
	none := t.TempDir()
	_ = changed.keep(own, none)
	if left, err := os.ReadDir(none); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}

// What is set aside is what was hashed, whatever becomes of the file, and nothing of it has a name.
func TestSetAside(t *testing.T) {
	t.Parallel()
	for _, most := range []int64{1, 1 << 20} { // on the disk, in memory
		_, own, dir := hashed(t, "a\n1\n")
		aside := t.TempDir()
		f := &file{File: ledger.File{Path: "in.csv"}}
		if err := f.read(own, &shelf{dir: aside, most: most}); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "in.csv"), []byte("a\n3\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		opened, closeFile, err := f.open()
		if err != nil {
			t.Fatal(err)
		}
		content := opened.Content
		if (content == nil) != (most == 1) {
			t.Errorf("with %d bytes in memory it has %q there", most, content)
		}
		if content == nil {
			content, err = io.ReadAll(io.NewSectionReader(opened.Stored, 0, opened.Stored.Size()))
		}
		if err != nil || !bytes.Equal(content, []byte("a\n1\n")) {
			t.Errorf("%q, %v", content, err)
		}
		if left, err := os.ReadDir(aside); err != nil || len(left) > 0 {
			t.Errorf("%v is left, %v", left, err)
		}
		if err := errors.Join(closeFile(), f.close()); err != nil {
			t.Error(err)
		}
	}
}
