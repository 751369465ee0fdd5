package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"github.com/niengiam/niengiam/stats/number"
)

// lockPatience outlasts an owner that is just being killed and a command that
// looks whether there is one.
const lockPatience = 300 * time.Millisecond

// dirLock is the ownership of a directory: engine.lock, held, with our pid in it.
type dirLock struct{ file *flock.Flock }

// lockDirectory makes this process the owner of dir, or says who is.
func lockDirectory(ctx context.Context, dir string) (*dirLock, error) {
	path := filepath.Join(dir, lockFile)
	file := flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o600))
	patient, cancel := context.WithTimeout(ctx, lockPatience)
	defer cancel()
	held, err := file.TryLockContext(patient, 20*time.Millisecond)
	switch {
	case held:
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, context.DeadlineExceeded):
		return nil, lockedError(dir, readOwner(dir), err)
	default:
		return nil, directoryError(dir, err)
	}
	if err := os.WriteFile(path, fmt.Appendln(nil, os.Getpid()), 0o600); err != nil {
		_ = file.Unlock()
		return nil, directoryError(dir, err)
	}
	return &dirLock{file}, nil
}

// unlock gives the directory back. The file stays: removing it would let two
// processes lock two files of the same name.
func (l *dirLock) unlock() { _ = l.file.Unlock() }

// readOwner gives the pid in the lock of dir, 0 when there is none.
func readOwner(dir string) int {
	text, err := os.ReadFile(filepath.Join(dir, lockFile))
	if err != nil {
		return 0
	}
	pid, _ := strconv.Atoi(strings.TrimSpace(string(text)))
	return pid
}

// owned reports whether a living process owns dir.
func owned(dir string) bool {
	file := flock.New(filepath.Join(dir, lockFile), flock.SetFlag(os.O_RDONLY))
	free, err := file.TryRLock()
	if free {
		_ = file.Unlock()
	}
	return err == nil && !free
}

// lockedError says which process holds dir; pid 0 means that it is not known.
func lockedError(dir string, pid int, err error) error {
	who, stop := "another process", "stop that process"
	if pid != 0 {
		who = fmt.Sprintf("process %d", pid)
		stop = fmt.Sprintf("stop it (kill %d)", pid)
	}
	return &number.Error{
		Code: EngineLocked, Message: number.EnglishOnly("the engine's directory is in use by %s", who), Where: dir,
		Hint: number.EnglishOnly("%s, or name another directory", stop), Err: err,
	}
}
