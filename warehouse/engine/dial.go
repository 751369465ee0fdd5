package engine

import (
	"context"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// placeholder stands where clickhouse-go wants an address; dialling ignores it.
const placeholder = "engine:0"

// retryPause is the time between two looks at an engine that refuses.
const retryPause = 20 * time.Millisecond

// endpoint is where an engine listens at present and how to log in.
type endpoint struct{ address, user, password string }

// dialThrough makes options whose every new connection asks find for the present
// endpoint, and asks again for up to limit when the engine there is dying: a
// child killed a moment ago still accepts, and then resets.
func dialThrough(limit time.Duration, find func(context.Context) (endpoint, error)) *clickhouse.Options {
	return &clickhouse.Options{
		Addr: []string{placeholder},
		// Longer than the wait, so that the answer is ours and says why.
		DialTimeout: limit + 5*time.Second,
		DialStrategy: func(ctx context.Context, _ int, opt *clickhouse.Options, dial clickhouse.Dial) (clickhouse.DialResult, error) {
			end := time.Now().Add(limit)
			for {
				at, err := find(ctx)
				if err != nil {
					return clickhouse.DialResult{}, err
				}
				own := *opt
				own.Auth.Username, own.Auth.Password = at.user, at.password
				result, err := dial(ctx, at.address, &own)
				if err == nil || ctx.Err() != nil || !broken(err) {
					return result, err
				}
				if time.Now().After(end) {
					return result, downError(err)
				}
				select {
				case <-time.After(retryPause):
				case <-ctx.Done():
					return result, context.Cause(ctx)
				}
			}
		},
	}
}
