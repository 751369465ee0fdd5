package engine

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/niengiam/niengiam/stats/number"
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
func writeHandle(e *Engine, c *child) error {
	text, err := json.Marshal(handle{
		PID: os.Getpid(), Address: c.address,
		Password: e.credentials.application, AnalystPassword: e.credentials.analyst,
	})
	if err == nil {
		err = replaceFile(filepath.Join(e.cfg.Dir, handleFile), append(text, '\n'))
	}
	if err != nil {
		return directoryError(e.cfg.Dir, err)
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
