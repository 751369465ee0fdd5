package etl

import (
	"context"
	"errors"
	"iter"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// reverse publishes a release that withdraws or restores another one.
func reverse(ctx context.Context, c Config, number string, since *number.Date, by, reason string, restore bool) (*ledger.Release, error) {
	if err := signed(by, reason); err != nil {
		return nil, err
	}
	lease, err := enter(ctx, c)
	if err != nil {
		return nil, err
	}
	defer lease.Release()
	ctx, stop := lease.Context(ctx)
	defer stop()
	if err := c.Sink.Refresh(ctx); err != nil {
		return nil, err
	}
	catalogue := c.Sink.Catalogue()
	next, err := reversal(c, catalogue, number, since, restore)
	if err != nil {
		return nil, err
	}
	next.Actor, next.Comment = by, reason
	indicators, years, err := c.Sink.Stated(ctx, []ledger.ReleaseID{max(next.Withdraws, next.Restores)})
	if err != nil {
		return nil, err
	}
	d := &draft{Draft: &ledger.Draft{Release: next}}
	err = publishAll(ctx, c, catalogue.Head, []*draft{d}, func(first ledger.ReleaseID) blocks {
		d.Release.ID = first
		return reversed(catalogue.Ledger().Withdrawing(&d.Release), c.Sink.Published(ctx, indicators, years))
	}, c.tell)
	if err != nil {
		return nil, ofLoad(because(ctx, err))
	}
	return c.Sink.Catalogue().Release(d.Release.ID), nil
}

// errEnough ends the reading of cells of which no more are asked for.
var errEnough = errors.New("enough")

// reversed gives what a withdrawal or restoration means for the ledger, a part at a time.
func reversed(w *ledger.Withdrawing, published iter.Seq2[*ledger.Observation, error]) blocks {
	return func(yield func(*ledger.Block, error) bool) {
		var block ledger.Block
		err := ledger.EachCell(published, func(cell []ledger.Observation) error {
			if block.Postings = append(block.Postings, w.Cell(cell)...); len(block.Postings) >= batch {
				if !yield(&block, nil) {
					return errEnough
				}
				block.Postings = block.Postings[:0]
			}
			return nil
		})
		if !errors.Is(err, errEnough) {
			yield(&block, err)
		}
	}
}

// reversal makes the release that withdraws or restores another one, or says why
// that cannot be.
func reversal(c Config, catalogue *catalogue.Calendar, num string, since *number.Date, restore bool) (ledger.Release, error) {
	id, _ := ledger.ParseReleaseID(num)
	other := catalogue.Release(id)
	refuse := func(where string, why, hint number.Message) (ledger.Release, error) {
		return ledger.Release{}, &number.Error{Code: WithdrawalRefused, Where: where, Message: why, Hint: hint}
	}
	switch {
	case other == nil:
		return ledger.Release{}, &number.Error{
			Code: number.UnknownRelease, Where: "release", Message: number.Say("no release has the number %q", num), Hint: number.Say("niengiam releases lists them"),
		}
	case other.Withdraws != 0 || other.Restores != 0:
		return refuse("release", number.Say("release %s publishes nothing: it withdraws or restores another one", other.ID),
			number.Say("withdraw or restore release %s", max(other.Withdraws, other.Restores)))
	case restore != catalogue.Ledger().Withdrawn(other.ID):
		state := number.Say("is withdrawn already")
		if restore {
			state = number.Say("is not withdrawn")
		}
		return refuse("release", number.Say("release %s %s", other.ID, state), number.Message{})
	}
	from := other.Published
	for _, r := range catalogue.Releases {
		if r.Withdraws == other.ID || r.Restores == other.ID {
			from = max(from, r.Published)
		}
	}
	next := ledger.Release{ID: catalogue.Head + 1, SourceCode: other.SourceCode, Published: max(today(c), from)}
	if since != nil {
		next.Published = *since
	}
	if next.Published < from || next.Published > max(today(c), from) {
		return refuse("since", number.Say("%s is not a day from %s to %s", next.Published, from, max(today(c), from)),
			number.Say("it counts from the day of the release, or of the last withdrawal or restoration, at the earliest"))
	}
	if restore {
		next.Restores = other.ID
	} else {
		next.Withdraws = other.ID
	}
	return next, nil
}
