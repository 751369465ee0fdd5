package etl

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/niengiam/niengiam/etl/format"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/wholefile"
)

// file is a file of a snapshot. Its bytes are in memory, where they are few or somebody has sent
// them, or in a file that nobody changes: a kept snapshot, or a copy that was set aside.
type file struct {
	ledger.File
	content []byte
	at      string      // the path of the snapshot; "" where there is none
	copied  *os.File    // the copy, which has no name and goes when it is closed; nil where there is none
	seen    fs.FileInfo // what stood there when it was hashed
}

// shelf says where the bytes of files are set aside: in memory those of files of so many bytes, 0
// for 8 MiB, of longer ones in files of a directory, "" for that of the system.
type shelf struct {
	dir  string
	most int64
}

// errChanged is that a file is no longer the one that was hashed.
var errChanged = errors.New("changed")

// read hashes the bytes of a file of the workspace, or of one that was fetched. Those of the
// workspace are set aside where there is a shelf.
func (f *file) read(dir *workspace.Directory, aside *shelf) error {
	if f.at != "" {
		return f.hashAt()
	}
	var sum sums
	if aside != nil {
		info, err := dir.Stat(f.Path)
		if err == nil && info.Size() <= cmp.Or(aside.most, 8<<20) {
			f.content, err = dir.ReadFile(f.Path)
			digest := sha256.Sum256(f.content)
			f.SHA256, f.Bytes = hex.EncodeToString(digest[:]), int64(len(f.content))
			return err
		}
		if f.copied, err = unnamed(aside.dir); err != nil {
			return fmt.Errorf("set a file aside: %w", err)
		}
		sum.also = f.copied
	}
	err := dir.Copy(f.Path, sum.begin)
	if err == nil {
		f.SHA256, f.Bytes = sum.sum()
		if f.copied != nil {
			f.seen, err = f.copied.Stat()
		}
	}
	if err != nil {
		return errors.Join(err, f.close())
	}
	return nil
}

// unnamed makes a file in a directory that nobody sees and that goes when it is closed.
func unnamed(dir string) (*os.File, error) {
	made, err := os.CreateTemp(dir, ".incoming-*")
	if errors.Is(err, fs.ErrNotExist) { // nothing was loaded yet
		made, err = os.CreateTemp("", ".incoming-*")
	}
	if err != nil {
		return nil, err
	}
	if err := os.Remove(made.Name()); err != nil {
		return nil, errors.Join(err, made.Close())
	}
	return made, nil
}

// close frees what was set aside of the file.
func (f *file) close() error {
	if f.copied == nil {
		return nil
	}
	copied := f.copied
	f.copied = nil
	return copied.Close()
}

// hashAt hashes the bytes where they are.
func (f *file) hashAt() error {
	own, err := os.Open(f.at)
	if err != nil {
		return err
	}
	defer own.Close()
	if f.seen, err = own.Stat(); err != nil {
		return err
	}
	sum := sha256.New()
	if f.Bytes, err = io.CopyBuffer(struct{ io.Writer }{sum}, struct{ io.Reader }{own}, make([]byte, 256<<10)); err != nil {
		return err
	}
	f.SHA256 = hex.EncodeToString(sum.Sum(nil))
	return nil
}

// keep puts the file into a directory under its checksum, unless it is there: what has its name
// and its length is hashed, for it may be damaged.
func (f *file) keep(from *workspace.Directory, dir string) error {
	path := filepath.Join(dir, f.SHA256)
	if f.at == path {
		return nil
	}
	if known, err := os.Stat(path); err == nil && known.Size() == f.Bytes {
		there := file{at: path}
		if err := there.hashAt(); err == nil && there.SHA256 == f.SHA256 {
			f.at, f.seen = path, there.seen
			return nil
		}
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unkept(number.Say("the snapshot cannot be kept"), f.Path, err)
	}
	err := wholefile.Keep(path, 0o600, func(into *os.File) error {
		sum := sums{also: into}
		var err error
		if f.at != "" {
			err = copyFile(f.at, &sum)
		} else {
			err = from.Copy(f.Path, sum.begin)
		}
		if checksum, _ := sum.sum(); err == nil && checksum != f.SHA256 {
			return errChanged
		}
		return err
	})
	switch {
	case err == nil:
		f.at = path
		f.seen, err = os.Stat(path)
		return err
	case number.CodeOf(err) != "" || errors.Is(err, errChanged):
		return err
	}
	return unkept(number.Say("the snapshot cannot be kept"), f.Path, err)
}

func copyFile(path string, sum *sums) error {
	own, err := os.Open(path)
	if err != nil {
		return err
	}
	defer own.Close()
	into, err := sum.begin()
	if err == nil {
		_, err = io.Copy(into, own)
	}
	return err
}

// sums hashes what is written, and passes it on to a file.
type sums struct {
	also   *os.File // nil for none
	hash   hash.Hash
	length int64
}

// begin begins anew.
func (s *sums) begin() (io.Writer, error) {
	s.hash, s.length = sha256.New(), 0
	if s.also == nil {
		return s, nil
	}
	if _, err := s.also.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return s, s.also.Truncate(0)
}

func (s *sums) Write(p []byte) (int, error) {
	_, _ = s.hash.Write(p) // a hash takes everything
	s.length += int64(len(p))
	if s.also == nil {
		return len(p), nil
	}
	return s.also.Write(p)
}

func (s *sums) sum() (checksum string, length int64) {
	return hex.EncodeToString(s.hash.Sum(nil)), s.length
}

// open opens the file for reading. What is not as it was hashed is refused then, and when it is
// closed.
func (f *file) open() (format.File, func() error, error) {
	if f.copied != nil {
		s := &storedFile{file: f.copied, of: f}
		return format.File{Name: f.Path, Stored: s}, s.check, s.check()
	}
	if f.at == "" {
		return format.File{Name: f.Path, Content: f.content}, func() error { return nil }, nil
	}
	own, err := os.Open(f.at)
	if err != nil {
		return format.File{}, nil, &number.Error{Code: FileUnreadable, Message: number.Say("the snapshot cannot be read"), Where: f.Path, Err: err}
	}
	s := &storedFile{file: own, of: f}
	if err := s.check(); err != nil {
		return format.File{}, nil, errors.Join(err, own.Close())
	}
	return format.File{Name: f.Path, Stored: s}, func() error { return errors.Join(s.check(), own.Close()) }, nil
}

// storedFile is the bytes of an open file of a snapshot.
type storedFile struct {
	file *os.File
	of   *file
}

// Size is how many bytes were hashed.
func (s *storedFile) Size() int64 { return s.of.Bytes }

// ReadAt reads bytes. A file that has become shorter has no end there, but a fault.
func (s *storedFile) ReadAt(p []byte, at int64) (int, error) {
	n, err := s.file.ReadAt(p, at)
	switch {
	case err == nil:
	case !errors.Is(err, io.EOF):
		return n, &number.Error{Code: FileUnreadable, Message: number.Say("the snapshot cannot be read"), Where: s.of.Path, Err: err}
	case at+int64(n) < s.of.Bytes:
		return n, s.changed()
	}
	return n, err
}

// check returns a fault where the file is not the one that was hashed.
func (s *storedFile) check() error {
	info, err := s.file.Stat()
	if err != nil || info.Size() != s.of.Bytes || !info.ModTime().Equal(s.of.seen.ModTime()) {
		return s.changed()
	}
	return nil
}

func (s *storedFile) changed() error {
	return &number.Error{
		Code: workspace.FileChanges, Where: s.of.Path, Message: number.Say("the snapshot of the file was written to while it was read"),
		Hint: number.Say("load it again, and let nothing but this program write into the directory of snapshots"),
	}
}
