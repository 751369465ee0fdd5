package etl

import (
	"context"
	"fmt"
	"iter"
)

// inParts gives something a part at a time, while a goroutine of its own fills the next part.
// There are two of them, which take turns: fill gets the first, empty, and for each that it gives
// away another, as it was left when it was taken. A panic of fill is an error.
func inParts[P any](ctx context.Context, fill func(ctx context.Context, part *P, give func(part *P) (*P, error)) error) iter.Seq2[*P, error] {
	return func(yield func(*P, error) bool) {
		ctx, stop := context.WithCancel(ctx)
		full, ended := make(chan *P, 1), make(chan error, 1)
		free := make(chan *P, 2)
		for range cap(free) {
			free <- new(P)
		}
		go func() {
			var err error
			defer func() {
				if cause := recover(); cause != nil {
					err = fmt.Errorf("panic: %v", cause)
				}
				ended <- err
				close(full)
			}()
			err = fill(ctx, <-free, func(part *P) (*P, error) {
				select {
				case full <- part:
				case <-ctx.Done():
					return nil, ctx.Err()
				}
				select {
				case part = <-free:
					return part, nil
				case <-ctx.Done():
					return nil, ctx.Err()
				}
			})
		}()
		defer func() {
			stop()
			for range full { // what fills them is let go, and is over then
				continue
			}
		}()
		for part := range full {
			if !yield(part, nil) {
				return
			}
			free <- part
		}
		if err := <-ended; err != nil {
			yield(nil, err)
		}
	}
}
