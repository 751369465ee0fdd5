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

// supervisor keeps a child running: it starts the next one when one dies.
type supervisor struct {
	cfg         Config
	credentials credentials
	output      *output
	life        *life
	connections *connections
	quit        <-chan struct{} // closed when the engine is to stop
}

// run owns the child until the engine is stopped: when it dies, run starts the next one,
// after pauses that double, so that a child that dies at once does not use up the
// machine.
func (s *supervisor) run(c *child) {
	pause := firstPause
	for {
		begin := time.Now()
		ctx, deaf := context.WithCancel(context.Background())
		go s.listen(ctx, c)
		select {
		case <-s.quit:
			deaf()
			s.connections.cut()
			c.end()
			s.cfg.Logger.Info("engine stopped", "took", time.Since(begin).Round(time.Millisecond))
			return
		case <-c.exited:
			deaf()
		}
		if !s.lost(c) {
			return
		}
		if time.Since(begin) > healthyLife {
			pause = firstPause
		}
		if c, pause = s.revive(pause); c == nil {
			return
		}
	}
}

// lost takes note that the child has died. It reports false when the engine was
// being stopped anyway.
func (s *supervisor) lost(c *child) bool {
	s.connections.cut()
	s.life.mu.Lock()
	defer s.life.mu.Unlock()
	if s.life.state != Running {
		return false
	}
	what := "the engine died"
	if c.mute.Load() {
		s.life.muteKills++
		what = "the engine answered nothing and was killed"
	}
	s.life.setState(Restarting, nil, explain(s.cfg, s.output.tail(saidLines), what, c.err))
	s.cfg.Logger.Error(what+", starting it anew", "pid", c.pid(), "error", c.err, "output", s.output.tail(5))
	return true
}

// revive starts children until one answers, and gives it with the next pause to
// make; nil when the engine was stopped meanwhile.
func (s *supervisor) revive(pause time.Duration) (*child, time.Duration) {
	ctx, cancel := untilQuit(context.Background(), s.quit)
	defer cancel()
	for {
		select {
		case <-s.quit:
			return nil, 0
		case <-time.After(pause):
		}
		pause = min(2*pause, lastPause)
		c, err := spawn(ctx, s.cfg, s.output)
		if err == nil {
			if err = s.adopt(c); err == nil {
				s.cfg.Logger.Info("engine started anew", "pid", c.pid(), "address", c.address)
				return c, pause
			}
			c.end()
		}
		if ctx.Err() != nil {
			return nil, 0
		}
		s.life.mu.Lock()
		s.life.cause = err
		s.life.mu.Unlock()
		s.cfg.Logger.Error("engine did not start", "error", err, "next", pause)
	}
}

// adopt makes c the child of this engine, and tells other commands where it is.
func (s *supervisor) adopt(c *child) error {
	if err := writeHandle(s.cfg.Dir, c.address, s.credentials); err != nil {
		return err
	}
	s.life.mu.Lock()
	defer s.life.mu.Unlock()
	if s.life.state == Stopped {
		return s.life.down()
	}
	if s.life.state == Restarting {
		s.life.restarts++
	}
	s.life.setState(Running, c, nil)
	return nil
}

// untilQuit gives a context that is cancelled when quit is closed.
func untilQuit(parent context.Context, quit <-chan struct{}) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(parent)
	go func() {
		select {
		case <-quit:
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}
