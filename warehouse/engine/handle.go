package engine

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/wholefile"
)

// handle is the content of engine.json: how other commands of the same user
// reach the running engine.
type handle struct {
	PID             int    `json:"pid"` // of the owner
	Address         string `json:"address"`
	Password        string `json:"password"`
	AnalystPassword string `json:"analystPassword"`
}

// writeHandle replaces engine.json as a whole, readable by this user only.
func writeHandle(dir, address string, login credentials) error {
	text, err := json.Marshal(handle{
		PID: os.Getpid(), Address: address,
		Password: login.application, AnalystPassword: login.analyst,
	})
	if err == nil {
		err = wholefile.Write(filepath.Join(dir, handleFile), append(text, '\n'), 0o600)
	}
	if err != nil {
		return directoryError(dir, err)
	}
	return nil
}

func removeHandle(dir string) { _ = os.Remove(filepath.Join(dir, handleFile)) }

// readHandle gives the engine.json of a living owner.
func readHandle(dir string) (handle, error) {
	text, err := os.ReadFile(filepath.Join(dir, handleFile))
	if errors.Is(err, fs.ErrNotExist) || err == nil && !owned(dir) {
		return handle{}, &number.Error{
			Code: EngineNotRunning, Message: number.EnglishOnly("no engine runs on this directory"), Where: dir,
			Hint: number.EnglishOnly("start one with: niengiam serve"), Err: err,
		}
	}
	if err != nil {
		return handle{}, directoryError(dir, err)
	}
	var h handle
	if err := json.Unmarshal(text, &h); err != nil {
		return handle{}, directoryError(dir, err)
	}
	return h, nil
}
