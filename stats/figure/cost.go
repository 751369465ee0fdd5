package figure

import (
	"context"
	"sync/atomic"
)

// Cost adds up what a source spent on the questions of one request. It is safe
// for concurrent use; the fields may be added to by any source that can tell.
type Cost struct {
	// Statements is the number of queries that were run; 0 when everything was
	// at hand.
	Statements atomic.Int64
	// RowsRead is the number of rows that those queries read.
	RowsRead atomic.Int64
}

type costKey struct{}

// WithCost returns a context with a Cost to which sources add.
func WithCost(ctx context.Context) (context.Context, *Cost) {
	cost := &Cost{}
	return context.WithValue(ctx, costKey{}, cost), cost
}

// CostOf returns the Cost of a context, never nil: without one in the context, what is
// added is discarded.
func CostOf(ctx context.Context) *Cost {
	if cost, ok := ctx.Value(costKey{}).(*Cost); ok {
		return cost
	}
	return &Cost{}
}
