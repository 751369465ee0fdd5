package engine

import (
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
