// Package wholefile writes files so that readers see the old one or the new one, whole.
package wholefile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Write puts a file in the place of another, or where there is none. Until it has all its bytes
// it stands beside that place under a name that begins with .incoming-; where something fails
// nothing is left of it.
func Write(path string, content []byte, mode fs.FileMode) error {
	return write(path, mode, false, func(file *os.File) error {
		_, err := file.Write(content)
		return err
	})
}

// Keep is Write for what must outlast a crash of the machine: the bytes are on the disk before
// the file has its name. They are written by a function; where that fails nothing is kept.
func Keep(path string, mode fs.FileMode, fill func(file *os.File) error) error {
	return write(path, mode, true, fill)
}

func write(path string, mode fs.FileMode, sync bool, fill func(file *os.File) error) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".incoming-*")
	if err != nil {
		return err
	}
	if err = fill(file); err == nil {
		err = file.Chmod(mode)
	}
	if err == nil && sync {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name()) // the first error counts
	}
	return err
}
