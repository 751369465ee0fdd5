package warehouse

import (
	"context"
	"errors"
	"iter"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// errEnough ends a statement of which no more rows are wanted.
var errEnough = errors.New("enough")

// each gives the rows of the statement of a file one after the other, as scan reads them. An
// error ends them.
func each[T any](ctx context.Context, db *database, statement string, v values, scan func(driver.Rows) (*T, error)) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		err := db.read(ctx, statement, v, func(rows driver.Rows) error {
			row, err := scan(rows)
			if err == nil && !yield(row, nil) {
				stop()
				return errEnough
			}
			return err
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}
}

// collect copies what is given.
func collect[T any](all iter.Seq2[*T, error]) ([]T, error) {
	var kept []T
	for one, err := range all {
		if err != nil {
			return nil, err
		}
		kept = append(kept, *one)
	}
	return kept, nil
}

// given gives what there is, one after the other.
func given[T any](all []T) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		for i := range all {
			if !yield(&all[i], nil) {
				return
			}
		}
	}
}
