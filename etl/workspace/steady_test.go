package workspace

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/niengiam/niengiam/stats/number"
)

// busy is a file that somebody changes so many times while it is read.
type busy struct {
	*os.File
	times  int
	change func(path string, time int) error
}

func (b *busy) Read(p []byte) (int, error) {
	n, err := b.File.Read(p)
	if b.times--; b.times >= 0 {
		if failed := b.change(b.Name(), b.times); failed != nil {
			return n, failed
		}
	}
	return n, err
}

// grow writes to the end of a file.
func grow(path string, _ int) error {
	to, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = to.WriteString("more\n")
	return errors.Join(err, to.Close())
}

// touch gives a file another time, as one has that is written to in its middle.
func touch(path string, n int) error {
	return os.Chtimes(path, time.Time{}, time.Unix(int64(n), 0))
}

// A file that changes while it is read is read again, whole and as it is then; where that does
// not end it is refused.
func TestFilesThatChangeAreReadAgain(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		times  int
		change func(string, int) error
		want   number.Code
	}{{0, grow, ""}, {1, grow, ""}, {5, grow, ""}, {1, touch, ""}, {1000, touch, FileChanges}} {
		path := filepath.Join(t.TempDir(), "in.csv")
		if err := os.WriteFile(path, bytes.Repeat([]byte("a,b\n"), 100), 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		content, err := readAll(&busy{file, c.times, c.change}, "in.csv", 1<<20)
		if number.CodeOf(err) != c.want {
			t.Errorf("written to %d times: %v", c.times, err)
		}
		if now, failed := os.ReadFile(path); c.want == "" && (failed != nil || !bytes.Equal(content, now)) {
			t.Errorf("written to %d times: %d bytes were read of %d", c.times, len(content), len(now))
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// A file that is far too long is refused by its size: nothing of ten gigabytes is read. One
// that grows beyond the bound while it is read is refused, too.
func TestLongFilesAreNotRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "in.csv")
	if err := os.WriteFile(path, []byte("a,b\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, 10<<30); err != nil { // a hole: it takes no space
		t.Fatal(err)
	}
	directory, err := OpenDirectory(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer directory.Close()
	if _, err := directory.ReadFile("in.csv"); number.CodeOf(err) != TooLarge {
		t.Error(err)
	}
	if err := os.Truncate(path, 1000); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := readAll(&busy{file, 1, grow}, "in.csv", 1002); number.CodeOf(err) != TooLarge {
		t.Error(err)
	}
	if _, err := ReadSettings("/dev/zero"); number.CodeOf(err) != NotAFile {
		t.Errorf("a device was read: %v", err)
	}
}
