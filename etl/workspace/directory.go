package workspace

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/niengiam/niengiam/stats/number"
)

// maxFile is the size of the largest file that is read, in bytes: those of some formats are held
// in memory while they are read.
const maxFile = 512 << 20

// Directory is the directory of a workspace; every file of one is opened through it. It
// opens regular files and directories only, and nothing outside of it, links included:
// opening a named pipe would wait for a writer for ever, and a device may have no end.
// Its errors are *number.Error, within an *fs.PathError where package fs asks for one.
type Directory struct {
	dir  string
	root *os.Root
}

// OpenDirectory opens the directory of a workspace.
func OpenDirectory(dir string) (*Directory, error) {
	root, err := os.OpenRoot(dir)
	if errors.Is(err, fs.ErrPermission) {
		return nil, forbidden(dir, err)
	}
	if err != nil {
		return nil, &number.Error{
			Code: FileMissing, Message: number.Say("the directory of the workspace cannot be opened"), Where: dir, Err: err,
		}
	}
	return &Directory{dir, root}, nil
}

// Close closes the directory; files that are open stay open.
func (d *Directory) Close() error { return d.root.Close() }

// Open opens a regular file or a directory.
func (d *Directory) Open(name string) (fs.File, error) {
	file, err := d.open(name, fs.FileMode.IsDir)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return file, nil
}

// Stat tells about a file, following links within the directory.
func (d *Directory) Stat(name string) (fs.FileInfo, error) {
	return d.root.Stat(filepath.FromSlash(name))
}

// ReadFile reads a regular file whole.
func (d *Directory) ReadFile(name string) ([]byte, error) { return d.read(name, maxFile) }

// Copy gives a regular file as it was at one moment to a writer, which is made anew each time
// that the file changed meanwhile. Little of it is in memory at once. An error of a writer is
// returned as it is.
func (d *Directory) Copy(name string, begin func() (io.Writer, error)) error {
	file, err := d.open(name, func(fs.FileMode) bool { return false })
	if err != nil {
		return err
	}
	defer file.Close()
	return steadily(file, name, maxFile, begin)
}

// check reports why a file cannot be read; nil for one that can.
func (d *Directory) check(name string) error {
	file, err := d.open(name, func(fs.FileMode) bool { return false })
	if err != nil {
		return err
	}
	return file.Close()
}

// read reads a regular file of at most some bytes.
func (d *Directory) read(name string, most int64) ([]byte, error) {
	file, err := d.open(name, func(fs.FileMode) bool { return false })
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return readAll(file, name, most)
}

// open opens a regular file, or what else is accepted. What stands there is looked at
// before it is opened, since opening a device can do things, and once more when it is
// open, since another thing may have taken its place; opening never waits.
func (d *Directory) open(name string, also func(fs.FileMode) bool) (*os.File, error) {
	path := filepath.FromSlash(name)
	if !filepath.IsLocal(path) {
		return nil, outside(name, nil)
	}
	info, err := d.root.Stat(path)
	if err != nil {
		return nil, unopened(name, err)
	}
	if !info.Mode().IsRegular() && !also(info.Mode()) {
		return nil, notAFile(name, info.Mode())
	}
	file, err := d.root.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, unopened(name, err)
	}
	return checked(file, name, also)
}

// checked returns an open file, or closes it where it is of a wrong kind.
func checked(file *os.File, name string, also func(fs.FileMode) bool) (*os.File, error) {
	info, err := file.Stat()
	switch {
	case err != nil:
		err = unopened(name, err)
	case !info.Mode().IsRegular() && !also(info.Mode()):
		err = notAFile(name, info.Mode())
	default:
		return file, nil
	}
	return nil, errors.Join(err, file.Close())
}

// ReadSettings reads a YAML file that stands anywhere, within the bounds of those of a
// workspace, and reports the first fault that can be seen before it is decoded.
func ReadSettings(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, notAFile(path, info.Mode())
	}
	file, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	if file, err = checked(file, path, func(fs.FileMode) bool { return false }); err != nil {
		return nil, err
	}
	defer file.Close()
	content, err := readAll(file, path, maxYAML)
	if err != nil {
		return nil, err
	}
	var found faults
	tokenize(&found, path, content)
	return content, found.err()
}

// regular is an open file.
type regular interface {
	io.ReadSeeker
	Stat() (fs.FileInfo, error)
}

// attempts is how often a file is read that changes meanwhile.
const attempts = 3

// readAll reads a file as it was at one moment, or refuses it where it is too long.
func readAll(file regular, name string, most int64) ([]byte, error) {
	var content bytes.Buffer
	err := steadily(file, name, most, func() (io.Writer, error) {
		content.Reset()
		return &content, nil
	})
	return content.Bytes(), err
}

// steadily copies a file as it was at one moment, or refuses it where it is too long: half of
// an old and half of a new file would be figures that nobody published. One that is still
// written to is read again, and refused where that does not end.
func steadily(file regular, name string, most int64, begin func() (io.Writer, error)) error {
	for range attempts {
		into, err := begin()
		if err != nil {
			return err
		}
		steady, err := copyOnce(file, name, most, into)
		if err != nil || steady {
			return err
		}
	}
	return &number.Error{
		Code: FileChanges, Where: name, Message: number.Say("%q was written to each of the %d times that it was read", name, attempts),
		Hint: number.Say("load it when it is written, or write it under another name and rename it"),
	}
}

// copyBytes is how many bytes of a file are copied at a time.
const copyBytes = 256 << 10

// copyOnce copies a file and reports whether it stayed the same meanwhile. A file may say that
// it is empty and have content, as those of /proc do.
func copyOnce(file regular, name string, most int64, into io.Writer) (steady bool, err error) {
	before, err := file.Stat()
	if err != nil {
		return false, unopened(name, err)
	}
	if before.Size() > most {
		return false, tooLong(name, most)
	}
	if _, err = file.Seek(0, io.SeekStart); err != nil {
		return false, unopened(name, err)
	}
	length, buffer := int64(0), make([]byte, min(copyBytes, before.Size()+512))
	for err == nil {
		var n int
		n, err = file.Read(buffer)
		if length += int64(n); length > most {
			return false, tooLong(name, most)
		}
		if _, failed := into.Write(buffer[:n]); failed != nil {
			return false, failed
		}
	}
	if !errors.Is(err, io.EOF) {
		return false, unopened(name, err)
	}
	after, err := file.Stat()
	if err != nil {
		return false, unopened(name, err)
	}
	same := before.Size() == after.Size() && before.ModTime().Equal(after.ModTime())
	return same && (after.Size() == 0 || after.Size() == length), nil
}

func tooLong(name string, most int64) *number.Error {
	return &number.Error{Code: TooLarge, Where: name, Message: number.Say("%q is longer than the %d bytes that are allowed", name, most)}
}

func outside(name string, err error) *number.Error {
	return &number.Error{Code: FileOutside, Where: name, Message: number.Say("the path %q leaves the workspace", name), Err: err}
}

// unopened is the fault of a file that cannot be opened or read.
func unopened(name string, err error) error {
	if failed, ok := errors.AsType[*fs.PathError](err); ok && failed.Err.Error() == "path escapes from parent" { // package os has no name for it
		return outside(name, err)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return &number.Error{Code: FileMissing, Where: name, Message: number.Say("there is no file %q", name), Err: err}
	}
	if errors.Is(err, fs.ErrPermission) {
		return forbidden(name, err)
	}
	return &number.Error{Code: FileMissing, Where: name, Message: number.Say("the file %q cannot be read", name), Err: err}
}

// forbidden is the fault of what is there and the user of this process has no right to read,
// such as the user of the service.
func forbidden(name string, err error) *number.Error {
	return &number.Error{
		Code: FileDenied, Where: name, Message: number.Say("%q may not be read by this user (%s)", name, userName()), Err: err,
		Hint: number.Say("give the user the right to read it, and to enter each directory that leads to it"),
	}
}

// userName returns the name of the user of this process, the number where it has none.
func userName() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return strconv.Itoa(os.Getuid())
}

func notAFile(name string, mode fs.FileMode) *number.Error {
	kind := number.Say("something else")
	switch {
	case mode.IsDir():
		kind = number.Say("a directory")
	case mode&fs.ModeNamedPipe != 0:
		kind = number.Say("a named pipe")
	case mode&fs.ModeSocket != 0:
		kind = number.Say("a socket")
	case mode&fs.ModeDevice != 0:
		kind = number.Say("a device")
	}
	return &number.Error{Code: NotAFile, Where: name, Message: number.Say("%q is no regular file but %s", name, kind)}
}
