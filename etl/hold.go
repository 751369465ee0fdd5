package etl

import (
	"context"
	"time"
)

// HoldLoads keeps loads and decisions of all programs on a data directory from running until
// release is called, for what must see one state throughout. file is Config.LockFile. It
// waits for a load that runs, and fails with LOAD_RUNNING where that takes longer than wait.
func HoldLoads(ctx context.Context, file string, wait time.Duration) (release func(), err error) {
	return lockFile(ctx, file, wait, nil)
}
