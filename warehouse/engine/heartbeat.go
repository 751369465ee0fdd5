package engine

import (
	"context"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

const (
	// beatPause is the time between two signs of life.
	beatPause = time.Second
	// beatsMissed is how many signs of life in a row a child may fail to give: more than
	// one, so that a machine that was suspended does not make it seem mute.
	beatsMissed = 3
)

// listen asks a child for a sign of life again and again, on a connection of its own, and
// kills the child when it gives none for Config.MuteLimit: one that is stopped or hangs
// accepts connections and answers nothing, for ever. It returns when ctx or the child ends.
func (s *supervisor) listen(ctx context.Context, c *child) {
	options := dialThrough(s.cfg.MuteLimit, func(context.Context) (endpoint, error) {
		return endpoint{c.address, applicationUser, s.credentials.application}, nil
	})
	options.DialTimeout, options.MaxOpenConns = s.cfg.MuteLimit, 1
	options.DialContext = s.connections.connect
	conn, err := clickhouse.Open(options)
	if err != nil {
		s.cfg.Logger.Error("cannot listen for signs of life of the engine", "error", err)
		return
	}
	defer conn.Close()
	for missed := 0; ; {
		select {
		case <-ctx.Done():
			return
		case <-c.exited:
			return
		case <-time.After(min(beatPause, s.cfg.MuteLimit/beatsMissed)):
		}
		if alive(ctx, conn, s.cfg.MuteLimit/beatsMissed) {
			missed = 0
			continue
		}
		if missed++; missed == beatsMissed && ctx.Err() == nil {
			s.cfg.Logger.Error("engine gives no sign of life, killing it", "pid", c.pid(), "limit", s.cfg.MuteLimit)
			c.mute.Store(true)
			_ = c.cmd.Process.Kill()
			return
		}
	}
}

// alive reports whether an engine answers within a limit.
func alive(ctx context.Context, conn driver.Conn, limit time.Duration) bool {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return conn.Ping(ctx) == nil
}
