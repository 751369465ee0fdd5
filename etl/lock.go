package etl

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"github.com/niengiam/niengiam/stats/number"
)

// lockPoll is how often a waiting load looks whether the other has ended.
const lockPoll = 200 * time.Millisecond

// Lease is the right to load into a warehouse, which one run has at a time. It may be lost
// before it is given back, when its holder gives no sign of life and another program takes it.
type Lease interface {
	// Context ends with ctx, and when the lease is lost, with the reason as its cause.
	Context(ctx context.Context) (context.Context, context.CancelFunc)
	// Release gives the lease back.
	Release()
}

// LeaseFunc waits as long as it is told for the lease of the loads and takes it, or fails
// with LOAD_RUNNING; waits is told once when it has to wait.
type LeaseFunc func(ctx context.Context, wait time.Duration, waits func(holder number.Message)) (Lease, error)

// acquire takes the lease of the loads on the warehouse of a configuration.
func acquire(ctx context.Context, c Config, waits func(holder number.Message)) (Lease, error) {
	if c.Lease != nil {
		return c.Lease(ctx, c.Wait, waits)
	}
	return FileLease(c.LockFile)(ctx, c.Wait, waits)
}

// FileLease takes the lease that a locked file is, for programs that share a directory.
func FileLease(path string) LeaseFunc {
	return func(ctx context.Context, wait time.Duration, waits func(holder number.Message)) (Lease, error) {
		release, err := lockFile(ctx, path, wait, waits)
		if err != nil {
			return nil, err
		}
		return fileLease(release), nil
	}
}

// Running is the fault of a load that another one keeps from running; holder says which, as
// far as it is known.
func Running(holder number.Message) *number.Error {
	return &number.Error{
		Code:    LoadRunning,
		Message: number.Say("another load is running%s", holder),
		Hint:    number.Say("one load runs at a time; try again when it has ended"),
	}
}

// fileLease is the lease that a locked file is: the system takes it from a process that
// dies, and from no other, so that it is never lost.
type fileLease func()

// Context returns a context that ends with ctx.
func (fileLease) Context(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithCancel(ctx)
}

// Release unlocks the file.
func (f fileLease) Release() { f() }

// lockFile takes the lock of the loads on a data directory, for this process and
// all others, and gives what ends it. When another load holds it, it waits so
// long and then fails with LOAD_RUNNING; waits is told once when it has to wait. The system frees the lock of a process
// that dies.
func lockFile(ctx context.Context, path string, wait time.Duration, waits func(holder number.Message)) (release func(), err error) {
	// The system ties a lock to an open file, so that each load opens its own and
	// two loads of one process exclude each other as well.
	lock := flock.New(path, flock.SetPermissions(0o644))
	waiting, stop := context.WithTimeout(ctx, wait)
	defer stop()
	held, err := lock.TryLock()
	if err == nil && !held && wait > 0 && waits != nil {
		waits(holder(path))
	}
	for err == nil && !held && wait > 0 {
		held, err = lock.TryLockContext(waiting, lockPoll)
		if waiting.Err() != nil {
			err = nil
			break
		}
	}
	switch {
	case ctx.Err() != nil && !held:
		return nil, ctx.Err()
	case err != nil:
		return nil, &number.Error{Code: LoadFailed, Message: number.Say("the lock of the loads cannot be taken"), Where: path, Err: err}
	case !held:
		return nil, Running(holder(path))
	}
	// For people: the lock itself is the system's, and does without what is written.
	_ = os.WriteFile(path, fmt.Appendf(nil, "%d\n", os.Getpid()), 0o644)
	return func() {
		_ = os.Truncate(path, 0)
		_ = lock.Close()
	}, nil
}

// waits notes since when loads wait for another one to end. It is safe for concurrent use.
type waits struct {
	mu    sync.Mutex
	since map[string]time.Time // by source
}

// set notes since when a load of a source waits; the zero time: it does no more.
func (w *waits) set(source string, since time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if since.IsZero() {
		delete(w.since, source)
		return
	}
	if w.since == nil {
		w.since = map[string]time.Time{}
	}
	w.since[source] = since
}

// of returns since when a load of a source waits, false when none does.
func (w *waits) of(source string) (time.Time, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	since, waits := w.since[source]
	return since, waits
}

// holder says which process holds the lock, as far as it has written it.
func holder(path string) number.Message {
	content, err := os.ReadFile(path)
	pid := strings.TrimSpace(string(content))
	if err != nil || pid == "" {
		return number.Message{}
	}
	return number.Say(", in the process with pid %s", pid)
}
