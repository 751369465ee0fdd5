package etl

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

const (
	// batch is how many observations or postings are staged at once.
	batch = 50_000
	// recordTime is what the record of a run may take when the run's own context
	// is over.
	recordTime = 30 * time.Second
)

func (l *load) tell(stage string, done, total int) {
	if l.progress != nil {
		l.progress(stage, done, total)
	}
}

// snapshotLoad reads the files and keeps them. It reports unchanged when the source
// was loaded to its end with the same files, mapping and catalogue before.
func snapshotLoad(ctx context.Context, l *load) (s snapshot, unchanged bool, err error) {
	l.tell("snapshot", 0, len(l.source.Patterns))
	if s, err = readFiles(ctx, l.Workspace, l.source); err != nil {
		return s, false, err
	}
	l.run.Snapshot = s.fingerprint
	last, err := l.Sink.LastSnapshot(ctx, l.source.Code)
	if err != nil {
		return s, false, fmt.Errorf("look for the last snapshot: %w", err)
	}
	if last == s.fingerprint {
		l.run.Outcome = ledger.Unchanged
		return s, true, nil
	}
	return s, false, s.keep(l.Snapshots)
}

func examineLoad(l *load, catalogue *catalogue.Calendar, files []file) (Result, error) {
	result, err := examine(l.source, catalogue, files, l.tell)
	l.run.Read, l.run.Accepted, l.run.Rejected = result.Read, result.Accepted, result.Rejected
	l.rejects = result.rejects
	return result, err
}

// refuse ends a load whose source asks to stop on rejects.
func refuse(l *load) error {
	l.run.Outcome = ledger.Refused
	first := l.rejects[0]
	return &number.Error{
		Code:    LoadRefused,
		Message: number.Say("%d rejects; the first: %s %s", len(l.rejects), first.Reason, first.Detail),
		Where:   fmt.Sprintf("%s:%d", first.Place.File, first.Place.Line),
		Hint:    number.Say("the source says `rejects: stop`: fix the rows, or let it keep the good ones"),
	}
}

// diff holds what the files say against what is published.
func diff(ctx context.Context, l *load, facts []fact, files []ledger.File) ([]*draft, error) {
	l.tell("diff", 0, len(facts))
	if err := l.Sink.Refresh(ctx); err != nil {
		return nil, fmt.Errorf("read the releases: %w", err)
	}
	catalogue := l.Sink.Catalogue()
	l.after = catalogue.Head
	indicators, years, err := asked(ctx, l, catalogue, facts)
	if err != nil {
		return nil, err
	}
	history, err := l.Sink.History(ctx, indicators, years)
	if err != nil {
		return nil, fmt.Errorf("read what is published: %w", err)
	}
	observations := observed(facts)
	if !l.source.KeepDropped {
		observations = append(observations, droppedRows(l, catalogue, observations, history, files)...)
	}
	drafts, err := withoutRefused(ctx, l, catalogue.Ledger(), observations, history)
	if err != nil {
		return nil, err
	}
	made := make([]*draft, len(drafts))
	for i, d := range drafts {
		d.Release.SourceCode, d.Release.Actor = l.source.Code, l.run.Actor
		made[i] = &draft{Draft: d}
	}
	return made, nil
}

// publish writes the drafts where nobody reads them yet, and then makes all of
// them visible at once, even when the load is cancelled meanwhile.
func publish(ctx context.Context, l *load, drafts []*draft) error {
	l.run.Outcome = ledger.Unchanged
	if len(drafts) == 0 {
		return nil
	}
	if err := publishPipeline(ctx, l.Pipeline, l.after, drafts, l.tell); err != nil {
		return err
	}
	for _, d := range drafts {
		l.run.Releases = append(l.run.Releases, d.Release.ID)
		l.run.Added += len(d.Observations)
	}
	l.run.Outcome = ledger.Published
	return nil
}

// publishPipeline stages and publishes drafts that were numbered from after + 1 on.
func publishPipeline(ctx context.Context, p *Pipeline, after ledger.ReleaseID, drafts []*draft, tell Progress) error {
	first, err := p.Sink.Claim(ctx, len(drafts))
	if err != nil {
		return fmt.Errorf("number the releases: %w", err)
	}
	renumber(drafts, after+1, first)
	if err := stage(ctx, p, drafts, tell); err != nil {
		return err
	}
	publications := make([]ledger.PendingRelease, len(drafts))
	for i, d := range drafts {
		publications[i] = d.publication()
		publications[i].Release.Loaded = p.Now()
	}
	tell("publish", 0, len(drafts))
	if err := p.Sink.PublishAll(context.WithoutCancel(ctx), after, publications); err != nil {
		return fmt.Errorf("publish release %s: %w", first, err)
	}
	return nil
}

// stage writes the drafts where nobody reads them yet.
func stage(ctx context.Context, p *Pipeline, drafts []*draft, tell Progress) error {
	staged, total := 0, 0
	for _, d := range drafts {
		total += len(d.Observations)
	}
	for _, d := range drafts {
		for at := 0; at < max(len(d.Observations), len(d.Postings)); at += batch {
			if err := ctx.Err(); err != nil {
				return err
			}
			tell("stage", staged, total)
			observations, postings := part(d.Observations, at), part(d.Postings, at)
			if err := p.Sink.Stage(ctx, observations, postings); err != nil {
				return fmt.Errorf("stage release %s: %w", d.Release.ID, err)
			}
			staged += len(observations)
		}
	}
	return ctx.Err()
}

// part gives the batch of a list that begins at a place; none behind its end.
func part[T any](list []T, at int) []T {
	return list[min(at, len(list)):min(at+batch, len(list))]
}

// safely performs the load and makes a coded error of a panic, so that the
// record of the run is written whatever happens.
func safely(ctx context.Context, l *load) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			l.Logger.Error("load panicked", "source", l.source.Code, "run", l.run.ID, "cause", cause, "stack", string(debug.Stack()))
			err = &number.Error{Code: LoadFailed, Message: number.Say("the load broke off by a fault of the program"), Err: fmt.Errorf("panic: %v", cause)}
		}
	}()
	return l.perform(ctx)
}

// end records how the load ended, with a context of its own: that of the load may be over.
func end(ctx context.Context, l *load, failure error) (ledger.Run, error) {
	l.run.Ended = l.Now()
	if failure != nil {
		l.run.Error = number.Text{VI: told(failure, number.Vietnamese), EN: told(failure, number.English)}
		if l.run.Outcome != ledger.Refused {
			l.run.Outcome = ledger.Failed
		}
	}
	var rejects []ledger.Reject
	if len(l.run.Releases) == 0 {
		for _, r := range l.rejects {
			rejects = append(rejects, r.Reject)
		}
	}
	recording, stop := context.WithTimeout(context.WithoutCancel(ctx), recordTime)
	defer stop()
	if err := l.Sink.EndRun(recording, l.run, rejects); err != nil {
		failure = errors.Join(failure, fmt.Errorf("record the end of the run: %w", err))
	}
	log := l.Logger.With("source", l.run.Source, "run", l.run.ID, "by", l.run.Actor, "outcome", l.run.Outcome,
		"read", l.run.Read, "rejected", l.run.Rejected, "new", l.run.Added, "releases", len(l.run.Releases))
	if failure != nil {
		log.Error("load ended", "code", number.CodeOf(failure), "error", failure)
	} else {
		log.Info("load ended")
	}
	return l.run, failure
}

// told writes a failure for those who look at the run: what a fault of the program or
// the warehouse was is for the log.
func told(failure error, language number.Language) string {
	faults := number.Errors(failure)
	if len(faults) == 0 {
		fault, _ := LoadFailed.Fault()
		return fault.Meaning.In(language) + "; " + fault.Remedy.In(language)
	}
	lines := make([]string, len(faults))
	for i, fault := range faults {
		lines[i] = fault.Line(language)
	}
	return strings.Join(lines, "\n")
}

// sortRejects puts rejects in the order of the files, as a person fixes them.
func sortRejects(rejects []reject) {
	slices.SortStableFunc(rejects, func(a, b reject) int {
		return cmp.Or(
			strings.Compare(a.Place.File, b.Place.File),
			a.Place.Line-b.Place.Line,
			strings.Compare(a.Place.Column, b.Place.Column),
			strings.Compare(string(a.Reason), string(b.Reason)),
		)
	})
}
