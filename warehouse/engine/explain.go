package engine

import (
	"context"
	"errors"
	"io/fs"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/niengiam/niengiam/stats/number"
)

// explain turns the failure of a child into a coded error, from how it ended
// and what it said last; what is the plain sentence for a cause not known.
func explain(e *Engine, what string, err error) error {
	dir, said := e.cfg.Dir, e.output.tail(12)
	var exit *exec.ExitError
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, errors.ErrUnsupported):
		return &number.Error{Code: EngineStart, Message: number.EnglishOnly("there is no embedded engine for this system"), Hint: libraryHint(), Err: err}
	case errors.As(err, &exit) && exit.ExitCode() == exitLibrary:
		return &number.Error{
			Code: EngineLibraryWrong, Message: number.EnglishOnly("the engine's library cannot be loaded: %s", said), Where: e.cfg.Library,
			Hint: number.EnglishOnly("get the one that belongs to this program with: npm ci"), Err: err,
		}
	case strings.Contains(said, "Cannot lock file"):
		return lockedError(dir, 0, err)
	case noSpace(said):
		return diskFullError(dir, err)
	case strings.Contains(said, "Permission denied"), strings.Contains(said, "Read-only file system"):
		return directoryError(dir, errors.New(said))
	}
	message := number.EnglishOnly("%s", what)
	if errors.Is(err, context.DeadlineExceeded) {
		message = number.EnglishOnly("%s in time", what)
	}
	if said != "" {
		message = number.EnglishOnly("%s; it said: %s", message, said)
	}
	return &number.Error{
		Code: EngineStart, Message: message, Where: dir,
		Hint: number.EnglishOnly("see %s for all it said", filepath.Join(dir, logFile)), Err: err,
	}
}

// noSpace recognises a full disk in a message of the engine or the system.
func noSpace(message string) bool {
	return strings.Contains(message, "No space left on device") || strings.Contains(message, "NOT_ENOUGH_SPACE")
}

func diskFullError(where string, err error) error {
	return &number.Error{
		Code: EngineDiskFull, Message: number.Say("the disk with the data is full"), Where: where,
		Hint: number.Say("free some space or move the directory to a larger disk; nothing that was stored is lost"), Err: err,
	}
}

func directoryError(dir string, err error) error {
	if errors.Is(err, syscall.ENOSPC) {
		return diskFullError(dir, err)
	}
	reason := err.Error()
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		reason = path.Path + ": " + path.Err.Error()
	}
	return &number.Error{
		Code: EngineDirectory, Message: number.EnglishOnly("the engine's directory cannot be used: %s", reason), Where: dir,
		Hint: number.EnglishOnly("give this user the right to write there, or name another directory"), Err: err,
	}
}
