package wholefile_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/niengiam/niengiam/wholefile"
)

// A file is replaced with its new mode, and nothing is left beside it, whether that works or not.
func TestWrite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	for _, write := range []func() error{
		func() error { return wholefile.Write(path, []byte("old"), 0o644) },
		func() error {
			return wholefile.Keep(path, 0o600, func(file *os.File) error { _, err := file.WriteString("new"); return err })
		},
	} {
		if err := write(); err != nil {
			t.Fatal(err)
		}
	}
	content, err := os.ReadFile(path)
	if err != nil || string(content) != "new" {
		t.Errorf("it has %q, %v", content, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("its mode is %v, %v", info.Mode(), err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "taken", "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := wholefile.Write(filepath.Join(dir, "taken"), []byte("x"), 0o600); err == nil {
		t.Error("a folder was replaced by a file")
	}
	broken := errors.New("broken off")
	if err := wholefile.Keep(path, 0o600, func(*os.File) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("what broke off is %v", err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 2 {
		t.Errorf("there is %v, %v", entries, err)
	}
}
