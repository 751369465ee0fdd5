package graph

import (
	"context"
	"slices"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/niengiam/niengiam/stats/briefing"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/list"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// ReleaseManager decides about releases and reports how sources are loaded.
// Package etl implements it.
type ReleaseManager interface {
	// Jobs lists the sources with how each was loaded last.
	Jobs(ctx context.Context) ([]*ledger.Job, error)
	// Runs lists the runs of sources, the latest first. What is asked of several sources, runs
	// or restatements is read together: a page or an error for each.
	Runs(ctx context.Context, sources []string, p list.Page) ([]*query.RunConnection, []error)
	// RunRejects lists rows that runs did not accept, and how many there are.
	RunRejects(ctx context.Context, runs []*ledger.Run, p list.Page) ([]*query.RejectConnection, []error)
	// Start begins a load of a source that a person asks for; Pause pauses the schedule of a
	// source or lets it go on. Each returns the job.
	Start(ctx context.Context, source, actor string) (*ledger.Job, error)
	Pause(ctx context.Context, source, actor, comment string, paused bool) (*ledger.Job, error)
	// Follow returns the events of the runs of a source, "" for all, until the context ends.
	Follow(ctx context.Context, source string) (<-chan *ledger.RunProgress, error)
	// Deliveries lists the briefings that are sent by schedule.
	Deliveries(ctx context.Context) ([]*briefing.Delivery, error)
	// Restatements lists the restatements, Differences the cells that each of some changes.
	Restatements(ctx context.Context) ([]*ledger.Restatement, error)
	Differences(ctx context.Context, ids []ledger.ReleaseID, p list.Page) ([]*query.CellChangeConnection, []error)
	// PreviewFile finds what a load of a source would do with a file, at most so many entries
	// of each list; nothing is kept.
	PreviewFile(ctx context.Context, source, name string, content []byte, most int) (*catalogue.LoadPreview, error)
	// Approve publishes a restatement, its corrections as the mending of copying slips where
	// it is so; Refuse rejects it.
	Approve(ctx context.Context, id, actor, comment string, copyingSlip bool) (*ledger.Restatement, error)
	Refuse(ctx context.Context, id, actor, comment string) (*ledger.Restatement, error)
	// Withdraw reverses a release, Restore makes it count again.
	Withdraw(ctx context.Context, release string, since *number.Date, actor, comment string) (*ledger.Release, error)
	Restore(ctx context.Context, release string, since *number.Date, actor, comment string) (*ledger.Release, error)
}

// approvals is the release manager with what callers may ask of it. The setting is
// the same for all callers: there are no accounts.
type approvals struct {
	manager    ReleaseManager
	right      ledger.ReleaseManagement
	previewing *semaphore.Weighted // one preview at a time, which may hold a large file
}

// setting returns what callers may do.
func (a approvals) setting() ledger.ReleaseManagement {
	if a.manager == nil || a.right == "" {
		return ledger.ManagementNone
	}
	return a.right
}

// allowed returns the release manager, or an error where callers may not do that much.
func (a approvals) allowed(right ledger.ReleaseManagement) (ReleaseManager, error) {
	order := []ledger.ReleaseManagement{ledger.ManagementNone, ledger.ManagementView, ledger.ManagementDecide}
	if a.manager == nil || slices.Index(order, a.setting()) < slices.Index(order, right) {
		return nil, &number.Error{
			Code: notAllowed, Message: number.Say("this server does not let its callers do that"),
			Hint: number.Say("serve --release-management=view lists pending restatements, --release-management=decide lets callers decide; or use niengiam restatements, approve and refuse"),
		}
	}
	return a.manager, nil
}

// decide runs a decision, where callers may decide.
func decide[T any](a approvals, act func(ReleaseManager) (*T, error)) (*T, error) {
	manager, err := a.allowed(ledger.ManagementDecide)
	if err != nil {
		return nil, err
	}
	return act(manager)
}

// restatements lists those of a state, nil for all.
func (a approvals) restatements(ctx context.Context, state *ledger.RestatementState) ([]*ledger.Restatement, error) {
	manager, err := a.allowed(ledger.ManagementNone)
	if err != nil {
		return nil, err
	}
	all, err := manager.Restatements(ctx)
	kept := []*ledger.Restatement{}
	for _, r := range all {
		if state == nil || r.State == *state {
			kept = append(kept, r)
		}
	}
	return kept, err
}

// differences returns a page of the cells that each of some restatements changes.
func (a approvals) differences(ctx context.Context, service *query.Service, of []*ledger.Restatement, p list.Page) ([]*query.CellChangeConnection, []error) {
	return redacted(a, ledger.ManagementView, of, func(m ReleaseManager) ([]*query.CellChangeConnection, []error) {
		ids := make([]ledger.ReleaseID, len(of))
		for i, restatement := range of {
			ids[i] = restatement.ID
		}
		return m.Differences(ctx, ids, p)
	}, service.RedactPending)
}

// redacted returns the pages of some objects, as those may see them who have a right; redact
// takes out of the nodes of a page what nobody may.
func redacted[O, N any](a approvals, right ledger.ReleaseManagement, of []O, read func(ReleaseManager) ([]*list.Connection[N], []error), redact func([]N)) ([]*list.Connection[N], []error) {
	manager, err := a.allowed(right)
	if err != nil {
		return nil, repeat(err, len(of))
	}
	pages, errs := read(manager)
	for i, page := range pages {
		if errs[i] == nil {
			redact(page.Nodes)
		}
	}
	return pages, errs
}

// findings lists what was found in a restatement, as those may see it who may look at it.
func (a approvals) findings(service *query.Service, of *ledger.Restatement) ([]*ledger.Finding, error) {
	if _, err := a.allowed(ledger.ManagementView); err != nil {
		return nil, err
	}
	found := []*ledger.Finding{}
	for i := range of.Findings {
		found = append(found, service.RedactFinding(&of.Findings[i]))
	}
	return found, nil
}

// deliveries lists the briefings that are sent by schedule.
func (a approvals) deliveries(ctx context.Context) ([]*briefing.Delivery, error) {
	manager, err := a.allowed(ledger.ManagementView)
	if err != nil {
		return nil, err
	}
	return manager.Deliveries(ctx)
}

// jobs lists the jobs.
func (a approvals) jobs(ctx context.Context, service *query.Service) ([]*ledger.Job, error) {
	manager, err := a.allowed(ledger.ManagementNone)
	if err != nil {
		return nil, err
	}
	jobs, err := manager.Jobs(ctx)
	service.RedactJobs(jobs)
	return jobs, err
}

// decideJob decides about a job, where callers may decide.
func (a approvals) decideJob(service *query.Service, act func(ReleaseManager) (*ledger.Job, error)) (*ledger.Job, error) {
	job, err := decide(a, act)
	if err == nil {
		service.RedactJobs([]*ledger.Job{job})
	}
	return job, err
}

// follow returns the events of the next run of a source, or of all runs where it is "".
func (a approvals) follow(ctx context.Context, source string) (<-chan *ledger.RunProgress, error) {
	manager, err := a.allowed(ledger.ManagementNone)
	if err != nil {
		return nil, err
	}
	events, err := manager.Follow(ctx, source)
	if err != nil {
		return nil, err
	}
	return upTo(ctx, events, func(p *ledger.RunProgress) bool { return source != "" && p.IsLast() }), nil
}

// nextTimes returns the next times at which a job is due.
func nextTimes(job *ledger.Job, first int) ([]*time.Time, error) {
	if first < 1 || first > ledger.UpcomingTimes {
		return nil, &number.Error{Code: number.BadArgument, Where: "first", Message: number.Say("first is %d; a list has 1 to %d entries", first, ledger.UpcomingTimes)}
	}
	return list.Pointers(job.Upcoming[:min(first, len(job.Upcoming))]), nil
}

// runs returns a page of the runs of each of some sources.
func (a approvals) runs(ctx context.Context, service *query.Service, of []*ledger.Job, p list.Page) ([]*query.RunConnection, []error) {
	return redacted(a, ledger.ManagementNone, of, func(m ReleaseManager) ([]*query.RunConnection, []error) {
		sources := make([]string, len(of))
		for i, job := range of {
			sources[i] = job.SourceCode
		}
		return m.Runs(ctx, sources, p)
	}, service.RedactRuns)
}

// rejects returns a page of the rows that each of some runs did not accept.
func (a approvals) rejects(ctx context.Context, service *query.Service, of []*ledger.Run, p list.Page) ([]*query.RejectConnection, []error) {
	manager, err := a.allowed(ledger.ManagementNone)
	if err != nil {
		return nil, repeat(err, len(of))
	}
	pages, errs := manager.RunRejects(ctx, of, p)
	for i, page := range pages {
		if page, errs[i] = a.rows(page, errs[i]); errs[i] == nil {
			pages[i] = page
			service.RedactRejects(page.Nodes)
		}
	}
	return pages, errs
}
