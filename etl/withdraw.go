package etl

import (
	"context"

	"github.com/niengiam/niengiam/stats"
)

// Withdraw takes a release back: from a day on (nil: today) its figures are gone
// and those before it are back, beneath whatever was published after it. Days
// before are answered as they were. It is a release of its own, and is given.
func (p *Pipeline) Withdraw(ctx context.Context, release string, since *stats.Date, by, reason string) (*stats.Release, error) {
	return p.reverse(ctx, release, since, by, reason, false)
}

// Restore lets a withdrawn release count again, from a day on (nil: today).
func (p *Pipeline) Restore(ctx context.Context, release string, since *stats.Date, by, reason string) (*stats.Release, error) {
	return p.reverse(ctx, release, since, by, reason, true)
}

func (p *Pipeline) reverse(ctx context.Context, number string, since *stats.Date, by, reason string, restore bool) (*stats.Release, error) {
	if err := signed(by, reason); err != nil {
		return nil, err
	}
	unlock, err := acquire(ctx, p.LockFile, p.Wait)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if err := p.Sink.Refresh(ctx); err != nil {
		return nil, err
	}
	catalogue := p.Sink.Catalogue()
	next, err := p.reversal(catalogue, number, since, restore)
	if err != nil {
		return nil, err
	}
	next.Actor, next.Comment = by, reason
	indicators, years, err := p.Sink.Stated(ctx, []stats.ReleaseID{max(next.Withdraws, next.Restores)})
	if err != nil {
		return nil, err
	}
	history, err := p.Sink.History(ctx, indicators, years)
	if err != nil {
		return nil, err
	}
	d := &draft{Draft: catalogue.Ledger().Withdraw(next, history)}
	if err := p.publish(ctx, catalogue.Head, []*draft{d}, func(string, int, int) {}); err != nil {
		return nil, err
	}
	return p.Sink.Catalogue().Release(d.Release.ID), nil
}

// reversal makes the release that withdraws or restores another one, or says why
// that cannot be.
func (p *Pipeline) reversal(catalogue *stats.Calendar, number string, since *stats.Date, restore bool) (stats.Release, error) {
	id, _ := stats.ParseReleaseID(number)
	other := catalogue.Release(id)
	refuse := func(where string, why, hint stats.Message) (stats.Release, error) {
		return stats.Release{}, &stats.Error{Code: WithdrawalRefused, Where: where, Message: why, Hint: hint}
	}
	switch {
	case other == nil:
		return stats.Release{}, &stats.Error{
			Code: stats.UnknownRelease, Where: "release", Message: stats.Say("no release has the number %q", number), Hint: stats.Say("niengiam releases lists them"),
		}
	case other.Withdraws != 0 || other.Restores != 0:
		return refuse("release", stats.Say("release %s publishes nothing: it withdraws or restores another one", other.ID),
			stats.Say("withdraw or restore release %s", max(other.Withdraws, other.Restores)))
	case restore != catalogue.Ledger().Withdrawn(other.ID):
		state := stats.Say("is withdrawn already")
		if restore {
			state = stats.Say("is not withdrawn")
		}
		return refuse("release", stats.Say("release %s %s", other.ID, state), stats.Message{})
	}
	from := other.Published
	for _, r := range catalogue.Releases {
		if r.Withdraws == other.ID || r.Restores == other.ID {
			from = max(from, r.Published)
		}
	}
	next := stats.Release{ID: catalogue.Head + 1, SourceCode: other.SourceCode, Published: max(p.today(), from)}
	if since != nil {
		next.Published = *since
	}
	if next.Published < from || next.Published > max(p.today(), from) {
		return refuse("since", stats.Say("%s is not a day from %s to %s", next.Published, from, max(p.today(), from)),
			stats.Say("it counts from the day of the release, or of the last withdrawal or restoration, at the earliest"))
	}
	if restore {
		next.Restores = other.ID
	} else {
		next.Withdraws = other.ID
	}
	return next, nil
}
