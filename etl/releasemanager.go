package etl

import (
	"context"
	"fmt"
	"time"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/briefing"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/list"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// ReleaseManager lists loads and their results, and records decisions about releases.
type ReleaseManager struct {
	*Pipeline
	// Upcoming returns the next times at which a source is loaded, so many of them; none if
	// its schedule has no times. Nil if nothing is scheduled.
	Upcoming func(source string, count int) []time.Time
	// Waiting returns since when a scheduled load of a source waits for its turn; nil if
	// nothing is scheduled.
	Waiting func(source string) (time.Time, bool)
	// LoadNow starts a load of a source that a person asks for; nil where this program starts
	// none.
	LoadNow func(source, actor string) error
	// Sent lists the briefings that are sent by schedule; nil where none is.
	Sent func() ([]*briefing.Delivery, error)
}

// Deliveries lists the briefings that are sent by schedule.
func (m *ReleaseManager) Deliveries(context.Context) ([]*briefing.Delivery, error) {
	if m.Sent == nil {
		return []*briefing.Delivery{}, nil
	}
	return m.Sent()
}

// Jobs lists the sources of the workspace, each with its last run.
func (m *ReleaseManager) Jobs(ctx context.Context) ([]*ledger.Job, error) {
	reading, err := readJobs(ctx, m)
	if err != nil {
		return nil, err
	}
	jobs := make([]*ledger.Job, len(m.Workspace.Sources))
	for i, source := range m.Workspace.Sources {
		jobs[i] = reading.job(source)
	}
	return jobs, nil
}

// Pause pauses the schedule of a source, or lets it go on, and returns its job. What is due
// while it is paused is made once when it goes on; what a person asks for is loaded all the same.
func (m *ReleaseManager) Pause(ctx context.Context, source, actor, comment string, paused bool) (*ledger.Job, error) {
	if err := signed(actor, comment); err != nil {
		return nil, err
	}
	known := m.Workspace.Source(source)
	switch {
	case known == nil:
		return nil, m.unknown(source)
	case known.Schedule == nil:
		return nil, &number.Error{Code: NotScheduled, Where: "id", Message: number.Say("the source %q has no schedule", source)}
	}
	pause := ledger.Pause{Source: source, Paused: paused, Actor: actor, Comment: comment, Since: m.Now()}
	if err := m.Sink.SetPause(ctx, pause); err != nil {
		return nil, fmt.Errorf("record the pause: %w", err)
	}
	m.Logger.Info("schedule decided", "source", source, "paused", paused, "by", actor, "comment", comment)
	return m.job(ctx, known)
}

// Start begins a load of a source that a person asks for, and returns its job; it does not
// wait for the load.
func (m *ReleaseManager) Start(ctx context.Context, source, actor string) (*ledger.Job, error) {
	known := m.Workspace.Source(source)
	switch {
	case known == nil:
		return nil, m.unknown(source)
	case m.LoadNow == nil:
		return nil, &number.Error{Code: NotScheduled, Where: "id", Message: number.Say("this program starts no loads")}
	}
	if err := m.LoadNow(source, actor); err != nil {
		return nil, err
	}
	return m.job(ctx, known)
}

// job reads the job of one source.
func (m *ReleaseManager) job(ctx context.Context, source *workspace.Source) (*ledger.Job, error) {
	reading, err := readJobs(ctx, m)
	if err != nil {
		return nil, err
	}
	return reading.job(source), nil
}

// Follow returns the events of the runs of a source, "" for all, that this program makes;
// the channel is closed when the context ends.
func (m *ReleaseManager) Follow(ctx context.Context, source string) (<-chan *ledger.RunProgress, error) {
	if source != "" && m.Workspace.Source(source) == nil {
		return nil, m.unknown(source)
	}
	if m.Feed == nil {
		return nil, &number.Error{Code: NotScheduled, Where: "source", Message: number.Say("this program starts no loads")}
	}
	return m.Feed.Follow(ctx, source), nil
}

// waitingSince is since when a load of a source waits for another one, nil when none does.
func (m *ReleaseManager) waitingSince(source string) *time.Time {
	since, waits := m.waits.of(source)
	if !waits && m.Waiting != nil {
		since, waits = m.Waiting(source)
	}
	if !waits {
		return nil
	}
	return &since
}

// Runs lists the runs of each of some sources, the latest first.
func (m *ReleaseManager) Runs(ctx context.Context, sources []string, p list.Page) ([]*query.RunConnection, []error) {
	lists := make([]string, len(sources))
	for i, source := range sources {
		lists[i] = "runs-" + source
	}
	return list.Paged(lists, p, func(which []int, offset, limit int) ([]ledger.Excerpt[*ledger.Run], error) {
		return m.Sink.Runs(ctx, chosen(sources, which), offset, limit)
	})
}

// chosen returns the values at some places.
func chosen[T any](all []T, which []int) []T {
	some := make([]T, len(which))
	for i, at := range which {
		some[i] = all[at]
	}
	return some
}

// Restatements lists the restatements, the latest first.
func (m *ReleaseManager) Restatements(ctx context.Context) ([]*ledger.Restatement, error) {
	return m.Sink.Restatements(ctx)
}

// RunRejects lists rows that each of some runs did not accept, by file and line.
func (m *ReleaseManager) RunRejects(ctx context.Context, runs []*ledger.Run, p list.Page) ([]*query.RejectConnection, []error) {
	lists := make([]string, len(runs))
	for i, run := range runs {
		lists[i] = "run-rejects-" + run.ID
	}
	return list.Paged(lists, p, func(which []int, offset, limit int) ([]ledger.Excerpt[*ledger.Reject], error) {
		parts, err := m.Sink.RunRejects(ctx, chosen(runs, which), offset, limit)
		pages := make([]ledger.Excerpt[*ledger.Reject], len(parts))
		for i, part := range parts {
			pages[i] = ledger.Excerpt[*ledger.Reject]{Entries: list.Pointers(part.Entries), Total: part.Total}
		}
		return pages, err
	})
}

// Restatement returns the restatement with a number.
func (m *ReleaseManager) Restatement(ctx context.Context, id string) (*ledger.Restatement, error) {
	return findRestatement(ctx, m.Config, id)
}

// Differences lists the cells that each of some restatements would change, each with what
// readers see now and what they would see.
func (m *ReleaseManager) Differences(ctx context.Context, ids []ledger.ReleaseID, p list.Page) ([]*query.CellChangeConnection, []error) {
	lists := make([]string, len(ids))
	for i, id := range ids {
		lists[i] = fmt.Sprintf("differences-%d", id)
	}
	return list.Paged(lists, p, func(which []int, offset, limit int) ([]ledger.Excerpt[*catalogue.CellChange], error) {
		parts, err := m.Sink.HeldExcerpts(ctx, chosen(ids, which), offset, limit)
		pages := make([]ledger.Excerpt[*catalogue.CellChange], len(parts))
		for i, part := range parts {
			pages[i].Total = part.Total
			for j := range part.Entries {
				change := catalogue.NewCellChange(m.Sink.Catalogue(), part.Entries[j].Old, &part.Entries[j].Observation)
				pages[i].Entries = append(pages[i].Entries, &change)
			}
		}
		return pages, err
	})
}

// Approve publishes a restatement: all its releases at once, compared with what is
// published by now. One that was refused can still be approved. What it corrects under a
// day of publication that its source had used before counts from today or, where that
// mends copying slips, from that day.
func (m *ReleaseManager) Approve(ctx context.Context, id, judge, reason string, slip bool) (*ledger.Restatement, error) {
	act := func(ctx context.Context, c Config, r *ledger.Restatement) error {
		r.Slip = slip
		return approve(ctx, c, r)
	}
	return decide(ctx, m.Config, id, judge, reason, act, ledger.Pending, ledger.Declined)
}

// Refuse rejects a restatement, so that it is not published. What it would have revised
// is left out of later loads of its source that say the same.
func (m *ReleaseManager) Refuse(ctx context.Context, id, judge, reason string) (*ledger.Restatement, error) {
	return decide(ctx, m.Config, id, judge, reason, decline, ledger.Pending)
}

// Withdraw reverses a release from a day on (nil: today): its figures are removed and
// those before it count again, beneath whatever was published after it. Answers as of
// earlier days stay as they were. The withdrawal is a release of its own, which is
// returned.
func (m *ReleaseManager) Withdraw(ctx context.Context, release string, since *number.Date, by, reason string) (*ledger.Release, error) {
	return reverse(ctx, m.Config, release, since, by, reason, false)
}

// Restore makes a withdrawn release count again, from a day on (nil: today).
func (m *ReleaseManager) Restore(ctx context.Context, release string, since *number.Date, by, reason string) (*ledger.Release, error) {
	return reverse(ctx, m.Config, release, since, by, reason, true)
}
