package engine

import (
	"context"
	"path/filepath"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// Attached is an engine that another process of the same user runs.
type Attached struct {
	dir string
}

// Attach finds the engine that runs on dir. When there is none, or only files of one that
// crashed, the code of the error is EngineNotRunning.
func Attach(dir string) (*Attached, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, directoryError(dir, err)
	}
	if _, err := readHandle(dir); err != nil {
		return nil, err
	}
	return &Attached{dir: dir}, nil
}

// Owner returns the pid of the process that runs the engine, 0 when it is gone.
func (a *Attached) Owner() int {
	h, err := readHandle(a.dir)
	if err != nil {
		return 0
	}
	return h.PID
}

// Options returns the options of a connection as the program's own user. Each new
// connection looks up where the engine is, so they stay valid when the child or its
// owner was restarted.
func (a *Attached) Options() *clickhouse.Options {
	return a.options(func(h handle) (string, string) { return applicationUser, h.Password })
}

// AnalystOptions is Options for people with SQL, see Engine.AnalystOptions.
func (a *Attached) AnalystOptions() *clickhouse.Options {
	return a.options(func(h handle) (string, string) { return analystUser, h.AnalystPassword })
}

// attachLimit is how long a connection waits for an engine that its owner is
// starting anew.
const attachLimit = 10 * time.Second

func (a *Attached) options(login func(handle) (user, password string)) *clickhouse.Options {
	return dialThrough(attachLimit, func(context.Context) (endpoint, error) {
		h, err := readHandle(a.dir)
		user, password := login(h)
		return endpoint{h.Address, user, password}, err
	})
}
