package graph

import (
	"context"

	"github.com/niengiam/niengiam/stats/briefing"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// Office is who decides about releases and knows how sources are loaded. Package
// etl is one; this door knows only what it asks.
type Office interface {
	// Jobs lists the sources with how each was loaded last.
	Jobs(ctx context.Context) ([]*ledger.Job, error)
	// RunRejects lists rows that a run did not accept, and how many there are.
	RunRejects(ctx context.Context, run *ledger.Run, p query.Page) (*query.RejectConnection, error)
	// Deliveries lists the briefings that are sent by schedule.
	Deliveries(ctx context.Context) ([]*briefing.Delivery, error)
	// Restatements lists the restatements, Differences what one says.
	Restatements(ctx context.Context) ([]*ledger.Restatement, error)
	Differences(ctx context.Context, id ledger.ReleaseID) ([]*catalogue.CellChange, error)
	// Approve publishes a restatement, Refuse keeps it from being published.
	Approve(ctx context.Context, id, by, reason string) (*ledger.Restatement, error)
	Refuse(ctx context.Context, id, by, reason string) (*ledger.Restatement, error)
	// Withdraw takes a release back, Restore lets it count again.
	Withdraw(ctx context.Context, release string, since *number.Date, by, reason string) (*ledger.Release, error)
	Restore(ctx context.Context, release string, since *number.Date, by, reason string) (*ledger.Release, error)
}

// Right is what callers may do besides asking for what is published. It is one for
// all of them: who they are is not known here.
type Right int

// The rights; each contains those before it.
const (
	// Ask: only what is published.
	Ask Right = iota
	// Look: what is held as well.
	Look
	// Decide: approve, refuse, withdraw and restore.
	Decide
)

// desk is the office with what callers may have of it.
type desk struct {
	office Office
	right  Right
}

// allows tells what callers may have of the office.
func (d desk) allows() ledger.OfficeRight {
	switch {
	case d.office == nil || d.right < Look:
		return ledger.OfficeNone
	case d.right < Decide:
		return ledger.OfficeLook
	}
	return ledger.OfficeDecide
}

// may gives the office to who may have it.
func (d desk) may(right Right) (Office, error) {
	if d.office == nil || d.right < right {
		return nil, &number.Error{
			Code: notAllowed, Message: number.Say("this server does not let its callers do that"),
			Hint: number.Say("serve --office=look shows what is held, --office=decide lets callers decide; or use niengiam restatements, approve and refuse"),
		}
	}
	return d.office, nil
}

// decide lets the office decide, where callers may.
func decide[T any](d desk, act func(Office) (*T, error)) (*T, error) {
	office, err := d.may(Decide)
	if err != nil {
		return nil, err
	}
	return act(office)
}

// restatements lists those of a state, nil for all.
func (d desk) restatements(ctx context.Context, state *ledger.RestatementState) ([]*ledger.Restatement, error) {
	office, err := d.may(Ask)
	if err != nil {
		return nil, err
	}
	all, err := office.Restatements(ctx)
	kept := []*ledger.Restatement{}
	for _, r := range all {
		if state == nil || r.State == *state {
			kept = append(kept, r)
		}
	}
	return kept, err
}

// differences gives a page of what a restatement says, to who may look.
func (d desk) differences(ctx context.Context, service *query.Service, id ledger.ReleaseID, p query.Page) (*query.CellChangeConnection, error) {
	office, err := d.may(Look)
	if err != nil {
		return nil, err
	}
	all, err := office.Differences(ctx, id)
	if err != nil {
		return nil, err
	}
	service.RedactHeld(all)
	return query.PageOf(all, p)
}

// deliveries lists the briefings that are sent, to who may look.
func (d desk) deliveries(ctx context.Context) ([]*briefing.Delivery, error) {
	office, err := d.may(Look)
	if err != nil {
		return nil, err
	}
	return office.Deliveries(ctx)
}

// jobs lists the jobs.
func (d desk) jobs(ctx context.Context, service *query.Service) ([]*ledger.Job, error) {
	office, err := d.may(Ask)
	if err != nil {
		return nil, err
	}
	jobs, err := office.Jobs(ctx)
	service.RedactJobs(jobs)
	return jobs, err
}

// rejects gives a page of the rows that a run did not accept.
func (d desk) rejects(ctx context.Context, service *query.Service, run *ledger.Run, p query.Page) (*query.RejectConnection, error) {
	office, err := d.may(Ask)
	if err != nil {
		return nil, err
	}
	page, err := office.RunRejects(ctx, run, p)
	if err != nil {
		return nil, err
	}
	service.RedactRejects(page.Nodes)
	return page, nil
}
