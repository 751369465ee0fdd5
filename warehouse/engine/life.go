package engine

import (
	"context"
	"sync"
	"time"

	"github.com/niengiam/niengiam/stats/number"
)

// State is the state of an Engine.
type State string

// The states of an Engine. Restarting means that the child died and another one is being
// started; Stopped is final.
const (
	Idle       State = "idle"
	Starting   State = "starting"
	Running    State = "running"
	Restarting State = "restarting"
	Stopped    State = "stopped"
)

// life is the state of an Engine and its child. Its methods may be called from any
// goroutine.
type life struct {
	mu      sync.Mutex
	state   State
	changed chan struct{} // closed and renewed at each change of state
	child   *child        // nil unless Running
	cause   error         // why the child is not there, while Restarting

	restarts, muteKills uint64
}

// Usage is how an Engine fares.
type Usage struct {
	// Up reports whether the child runs.
	Up bool
	// Restarts counts the children that took the place of one that had died, MuteKills
	// those that were killed because they gave no sign of life.
	Restarts, MuteKills uint64
	// ResidentBytes is the memory of the machine that the child takes, 0 where the system
	// does not tell.
	ResidentBytes int64
}

func newLife() *life { return &life{state: Idle, changed: make(chan struct{})} }

// State returns the present state.
func (l *life) State() State {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.state
}

// Ready returns nil when the child runs, otherwise the reason why it does not.
func (l *life) Ready() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.state == Running {
		return nil
	}
	return l.down()
}

// Usage returns how the engine fares at this moment.
func (l *life) Usage() Usage {
	l.mu.Lock()
	defer l.mu.Unlock()
	u := Usage{Up: l.state == Running, Restarts: l.restarts, MuteKills: l.muteKills}
	if l.child != nil {
		u.ResidentBytes = residentBytes(l.child.pid())
	}
	return u
}

// PID returns the process id of the child, 0 when there is none.
func (l *life) PID() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.child == nil {
		return 0
	}
	return l.child.pid()
}

// Address returns the address at which the child listens, "" when there is none. It
// changes when the child is restarted: connect with Options, not to a stored address.
func (l *life) Address() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.child == nil {
		return ""
	}
	return l.child.address
}

// setState wakes everyone who waits for a change. The caller holds mu.
func (l *life) setState(s State, c *child, cause error) {
	l.state, l.child, l.cause = s, c, cause
	close(l.changed)
	l.changed = make(chan struct{})
}

// down returns the error that says why there is no child. The caller holds mu.
func (l *life) down() error {
	err := &number.Error{Code: EngineDown, Message: number.EnglishOnly("the engine is %s", string(l.state)), Err: l.cause}
	switch l.state {
	case Stopped:
		err.Message = number.Say("the engine is stopped")
	case Restarting:
		err.Message = number.Say("the engine is restarting")
		err.Hint = number.Say("it is being started anew; ask again in a moment")
	}
	return err
}

// stopped returns an error once the engine is stopped, and nil before.
func (l *life) stopped() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.state == Stopped {
		return l.down()
	}
	return nil
}

// present returns the address of the child, and waits up to limit for one that is being
// started.
func (l *life) present(ctx context.Context, limit time.Duration) (string, error) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	for {
		l.mu.Lock()
		state, child, changed, down := l.state, l.child, l.changed, l.down()
		l.mu.Unlock()
		switch state {
		case Running:
			return child.address, nil
		case Idle, Stopped:
			return "", down
		}
		select {
		case <-changed:
		case <-timer.C:
			return "", down
		case <-ctx.Done():
			return "", context.Cause(ctx)
		}
	}
}
