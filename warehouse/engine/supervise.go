package engine

import (
	"context"
	"time"
)

const (
	firstPause = 50 * time.Millisecond
	lastPause  = 30 * time.Second
	// A child that lived this long was healthy: the next pause is short again.
	healthyLife = time.Minute
)

// supervise owns the child until Stop: it waits for its death and starts the
// next one, with pauses that double so that a child that cannot live does not
// eat the machine.
func supervise(e *Engine, c *child) {
	defer close(e.gone)
	defer e.release()
	pause := firstPause
	for {
		begin := time.Now()
		select {
		case <-e.quit:
			cut(e)
			c.end()
			e.log.Info("engine stopped", "took", time.Since(begin).Round(time.Millisecond))
			return
		case <-c.exited:
		}
		if !lost(e, c) {
			return
		}
		if time.Since(begin) > healthyLife {
			pause = firstPause
		}
		if c, pause = revive(e, pause); c == nil {
			return
		}
	}
}

// lost takes note that the child has died. It reports false when the engine was
// being stopped anyway.
func lost(e *Engine, c *child) bool {
	cut(e)
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.state != Running {
		return false
	}
	e.setState(Restarting, nil, explain(e, "the engine died", c.err))
	e.log.Error("engine died, starting it anew", "pid", c.pid(), "error", c.err, "output", e.output.tail(5))
	return true
}

// revive starts children until one answers, and gives it with the next pause to
// make; nil when the engine was stopped meanwhile.
func revive(e *Engine, pause time.Duration) (*child, time.Duration) {
	ctx, cancel := untilQuit(context.Background(), e)
	defer cancel()
	for {
		select {
		case <-e.quit:
			return nil, 0
		case <-time.After(pause):
		}
		pause = min(2*pause, lastPause)
		c, err := spawn(ctx, e)
		if err == nil {
			if err = adopt(e, c); err == nil {
				e.log.Info("engine started anew", "pid", c.pid(), "address", c.address)
				return c, pause
			}
			c.end()
		}
		if ctx.Err() != nil {
			return nil, 0
		}
		e.mu.Lock()
		e.cause = err
		e.mu.Unlock()
		e.log.Error("engine did not start", "error", err, "next", pause)
	}
}

// untilQuit gives a context that Stop cancels.
func untilQuit(parent context.Context, e *Engine) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(parent)
	go func() {
		select {
		case <-e.quit:
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}

// adopt makes c the child of this engine, and tells other commands where it is.
func adopt(e *Engine, c *child) error {
	if err := writeHandle(e, c); err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.state == Stopped {
		return e.down()
	}
	e.setState(Running, c, nil)
	return nil
}
