package workspace_test

import (
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// Whatever stands in the place of whichever file, the workspace is refused at once, with
// the name of the file; nothing is waited for.
func TestOnlyRegularFilesAreRead(t *testing.T) {
	var files []string
	err := fs.WalkDir(os.DirFS("testdata/whole"), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			files = append(files, name)
		}
		return err
	})
	if err != nil || len(files) < 5 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	outside := filepath.Join(t.TempDir(), "outside")
	if err := os.WriteFile(outside, []byte("a: b\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for what, put := range map[string]func(path string) error{
		"WORKSPACE_NOT_A_FILE named pipe": func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"WORKSPACE_NOT_A_FILE directory":  func(path string) error { return os.Mkdir(path, 0o700) },
		"WORKSPACE_NOT_A_FILE socket":     listenAt,
		"WORKSPACE_FILE_OUTSIDE leaves":   func(path string) error { return os.Symlink(outside, path) },
		"WORKSPACE_FILE_OUTSIDE the path": func(path string) error { return os.Symlink("/dev/zero", path) },
		"WORKSPACE_NOT_A_FILE pipe but":   linkToPipe,
	} {
		for _, file := range files {
			dir := whole(t)
			path := filepath.Join(dir, file)
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			if err := put(path); err != nil {
				t.Fatal(err)
			}
			_, err := workspace.Read(dir, nil)
			code, word, _ := strings.Cut(what, " ")
			if word == "pipe but" {
				word = "named pipe"
			}
			found := false
			for _, e := range number.Errors(err) {
				found = found || (string(e.Code) == code && strings.Contains(e.Error(), word) && strings.Contains(e.Error(), file))
			}
			if !found {
				t.Errorf("%s in the place of %s: %v", what, file, err)
			}
		}
	}
}

// linkToPipe puts a link that stays within the workspace but leads to a pipe.
func linkToPipe(path string) error {
	if err := syscall.Mkfifo(path+".pipe", 0o600); err != nil {
		return err
	}
	return os.Symlink(filepath.Base(path)+".pipe", path)
}

// listenAt puts a socket at a path; addresses of sockets are short, so it is made elsewhere.
func listenAt(path string) error {
	dir, err := os.Open(filepath.Dir(path)) // the name of a socket must be short
	if err != nil {
		return err
	}
	defer dir.Close()
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: fmt.Sprintf("/proc/self/fd/%d/%s", dir.Fd(), filepath.Base(path)), Net: "unix"})
	if err != nil {
		return err
	}
	listener.SetUnlinkOnClose(false)
	return listener.Close()
}

// Links within the workspace are followed, as before.
func TestLinksWithinAreFollowed(t *testing.T) {
	dir := whole(t)
	if err := os.Rename(filepath.Join(dir, workspace.Filename), filepath.Join(dir, "other.yaml")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("other.yaml", filepath.Join(dir, workspace.Filename)); err != nil {
		t.Fatal(err)
	}
	if _, err := workspace.Read(dir, nil); err != nil {
		t.Error(err)
	}
}

// What is looked for by a pattern is no other way in: neither is a pipe in the place of a
// directory opened, nor one among the files.
func TestPatternsOpenNoPipe(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "data"), 0o600); err != nil {
		t.Fatal(err)
	}
	directory, err := workspace.OpenDirectory(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer directory.Close()
	if found, err := fs.Glob(directory, "data/*.csv"); err != nil || len(found) != 0 {
		t.Errorf("found %v, %v", found, err)
	}
	if _, err := fs.ReadFile(directory, "data"); number.CodeOf(err) != workspace.NotAFile {
		t.Errorf("a pipe was read: %v", err)
	}
	if _, err := directory.Open("data"); number.CodeOf(err) != workspace.NotAFile {
		t.Errorf("a pipe was opened: %v", err)
	}
}
