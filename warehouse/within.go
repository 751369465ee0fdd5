package warehouse

import (
	"cmp"
	"context"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse/engine"
)

// answerLimit is Config.AnswerLimit where that is 0.
const answerLimit = 5 * time.Minute

// dialLimit is how long a new connection may take where neither its address nor the limit of
// an answer says less.
const dialLimit = 30 * time.Second

// A connection waits a little longer than the statement, so that the answer is ours and says why.
const (
	readGrace = 10 * time.Second
	dialGrace = time.Second
)

// within returns a context for one statement, which ends when its answer takes longer than
// the limit. It has no deadline of its own: one would be sent to ClickHouse as a limit of
// the statement's time, in place of the one that is configured there.
func (db *database) within(ctx context.Context) (own context.Context, answered func()) {
	own, step, answered := db.stepwise(ctx)
	step()
	return own, answered
}

// stepwise is within for a statement that goes on for long: its context ends when it takes
// longer than the limit from one call of step to the next one, or to that of what step
// returned, after which nothing is waited for.
func (db *database) stepwise(ctx context.Context) (own context.Context, step func() (over func()), answered func()) {
	limit := db.cfg.AnswerLimit
	own, end := context.WithCancelCause(ctx)
	timer := time.AfterFunc(limit, func() {
		end(&number.Error{
			Code: engine.EngineDown, Message: number.Say("ClickHouse gave no answer within %s", limit.String()),
			Hint: number.Say("ask again; where it goes on, look at the ClickHouse server, or give --warehouse-answer-limit a longer time"),
		})
	})
	timer.Stop()
	step = func() func() {
		timer.Reset(limit)
		return func() { timer.Stop() }
	}
	return own, step, func() {
		timer.Stop()
		end(nil)
	}
}

// hurry lets connections wait as long as statements may: those that are made anew, too, of
// which a context says nothing.
func (db *database) hurry(options *clickhouse.Options) {
	options.ReadTimeout = db.cfg.AnswerLimit + readGrace
	options.DialTimeout = min(cmp.Or(options.DialTimeout, dialLimit), db.cfg.AnswerLimit+dialGrace)
}

// unanswered returns why a statement has failed: where its answer took too long, that.
func unanswered(ctx context.Context, err error) error {
	if err != nil {
		if cause := context.Cause(ctx); number.CodeOf(cause) == engine.EngineDown {
			return cause
		}
	}
	return err
}
