package engine

import (
	"log/slog"
	"time"
)

// Config is the settings of an Engine: its directory, its limits and its users. Only Dir
// is required.
type Config struct {
	// Dir is the engine's directory; it is created with mode 0700.
	Dir string
	// Library is the path of libchdb.so. Empty: see FindLibrary for where it is looked for.
	Library string
	// Database is the database that the analyst may read. Empty: "niengiam".
	Database string
	// MaxMemory limits the memory of the child, in bytes. 0: 60 % of the
	// machine's memory, or of the control group's limit where that is less.
	MaxMemory uint64
	// MaxQueries limits how many queries run at once. 0: 16 per core.
	MaxQueries int
	// MaxExecutionTime ends a longer query, unless it brings its own
	// max_execution_time (a context's deadline does). 0: one minute.
	MaxExecutionTime time.Duration
	// MaxRowsToRead refuses a query that would read more. 0: two thousand million.
	MaxRowsToRead uint64
	// WaitLimit is how long a new connection waits for a child that is being restarted.
	// 0: ten seconds.
	WaitLimit time.Duration
	// MuteLimit is how long the child may give no sign of life before it is killed and
	// started anew. 0: fifteen seconds.
	MuteLimit time.Duration
	// Reader is the user of other programs who may read the published views. nil: there
	// is none.
	Reader *Reader
	// Keeper is the address, host:port, of a ZooKeeper or ClickHouse Keeper for tables that
	// several engines share. Empty: there is none.
	Keeper string
	// Logger receives starts, crashes and restarts. nil: nothing is logged.
	Logger *slog.Logger
}

// withDefaults fills in what an engine needs at once; configure.go has the rest.
func (c Config) withDefaults() Config {
	if c.Database == "" {
		c.Database = "niengiam"
	}
	if c.WaitLimit == 0 {
		c.WaitLimit = 10 * time.Second
	}
	if c.MuteLimit == 0 {
		c.MuteLimit = 15 * time.Second
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	return c
}
