package engine

import (
	"context"
	"errors"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// saidLines is how many of the last lines that a child wrote an error repeats.
const saidLines = 12

// explain turns the failure of a child into an error with a code, from how it ended and
// what it said last; what is the sentence where the cause is not known.
func explain(cfg Config, said, what string, err error) error {
	dir := cfg.Dir
	var exit *exec.ExitError
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, errors.ErrUnsupported):
		return &number.Error{Code: EngineStart, Message: number.EnglishOnly("there is no embedded engine for this system"), Hint: libraryHint(), Err: err}
	case errors.As(err, &exit) && exit.ExitCode() == exitLibrary:
		return &number.Error{
			Code: EngineLibraryWrong, Message: number.EnglishOnly("the engine's library cannot be loaded: %s", said), Where: cfg.Library,
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
