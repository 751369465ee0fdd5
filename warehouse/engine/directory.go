package engine

import (
	"errors"
	"os"
	"path/filepath"
)

// What lies in the engine's directory.
const (
	lockFile     = "engine.lock"
	handleFile   = "engine.json"
	logFile      = "engine.log"
	configFile   = "config.xml"
	usersFile    = "users.xml"
	dataDir      = "data"
	tmpDir       = "tmp"
	userFilesDir = "user_files"
	schemasDir   = "format_schemas"
)

// makeDirectories makes dir and what the engine expects in it, for this user only.
func makeDirectories(dir string) error {
	for _, sub := range []string{"", dataDir, tmpDir, userFilesDir, schemasDir} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
			return directoryError(dir, err)
		}
	}
	return nil
}

// replaceFile writes a file so that a reader sees the old or the new one whole.
// Its mode is 0600.
func replaceFile(path string, content []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
	return err
}
