package warehouse

import (
	"context"
	"time"
)

// lettingGo returns a context that ends with ctx until letGo is called, and not after: an
// insert is given it. What clickhouse-go starts for an insert, to close its connection when
// the context ends, may still be there when the insert is over, and would close a connection
// that another statement has by then.
func lettingGo(ctx context.Context) (own context.Context, letGo func()) {
	bound, end := context.WithCancelCause(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { end(context.Cause(ctx)) })
	return untilDeadline{bound, ctx}, func() { stop() }
}

// untilDeadline has the deadline of another context, which is set on the connection.
type untilDeadline struct {
	context.Context
	of context.Context
}

// Deadline is that of the other context.
func (u untilDeadline) Deadline() (time.Time, bool) { return u.of.Deadline() }

// Err is that of the other context where this one has ended.
func (u untilDeadline) Err() error {
	if u.Context.Err() != nil {
		return u.of.Err()
	}
	return nil
}
