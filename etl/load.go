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

	"github.com/niengiam/niengiam/stats"
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

// snapshot reads the files and keeps them. It reports unchanged when the source
// was loaded to its end with the same files, mapping and catalogue before.
func (l *load) snapshot(ctx context.Context) (s snapshot, unchanged bool, err error) {
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
		l.run.Outcome = stats.Unchanged
		return s, true, nil
	}
	return s, false, s.keep(l.Snapshots)
}

func (l *load) examine(catalogue *stats.Catalogue, files []file) (Result, error) {
	result, err := examine(l.source, catalogue, files, l.tell)
	l.run.Read, l.run.Accepted, l.run.Rejected = result.Read, result.Accepted, result.Rejected
	l.rejects = result.rejects
	return result, err
}

// refuse ends a load whose source asks to stop on rejects.
func (l *load) refuse() error {
	l.run.Outcome = stats.Refused
	first := l.rejects[0]
	return &stats.Error{
		Code:    LoadRefused,
		Message: fmt.Sprintf("%d rejects; the first: %s %s", len(l.rejects), first.Reason, first.Detail),
		Where:   fmt.Sprintf("%s:%d", first.Place.File, first.Place.Line),
		Hint:    "the source says `rejects: stop`: mend the rows, or let it keep the good ones",
	}
}

func (l *load) diff(ctx context.Context, facts []fact) ([]*draft, error) {
	l.tell("diff", 0, len(facts))
	if len(facts) == 0 {
		return nil, nil
	}
	indicators, years := asked(facts)
	history, err := l.Sink.History(ctx, indicators, years)
	if err != nil {
		return nil, fmt.Errorf("read what is published: %w", err)
	}
	first, err := l.Sink.NextRelease(ctx)
	if err != nil {
		return nil, fmt.Errorf("number the releases: %w", err)
	}
	drafts := diff(facts, history, first)
	for _, d := range drafts {
		d.release.Source, d.release.By = l.source.Code, l.run.By
	}
	return drafts, nil
}

// stage writes the drafts where nobody reads them yet.
func (l *load) stage(ctx context.Context, drafts []*draft) error {
	staged, total := 0, 0
	for _, d := range drafts {
		total += len(d.observations)
	}
	for _, d := range drafts {
		for at := 0; at < max(len(d.observations), len(d.postings)); at += batch {
			if err := ctx.Err(); err != nil {
				return err
			}
			l.tell("stage", staged, total)
			observations, postings := part(d.observations, at), part(d.postings, at)
			if err := l.Sink.Stage(ctx, observations, postings); err != nil {
				return fmt.Errorf("stage release %s: %w", d.release.ID, err)
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

// publish makes the drafts visible, oldest first. Once the first is, the others
// follow even when the load is cancelled: a load is not to be seen in part.
func (l *load) publish(ctx context.Context, drafts []*draft) error {
	ctx = context.WithoutCancel(ctx)
	for i, d := range drafts {
		l.tell("publish", i, len(drafts))
		d.release.Loaded = l.Now()
		if err := l.Sink.Publish(ctx, d.release, d.findings, d.rejects); err != nil {
			return fmt.Errorf("publish release %s: %w", d.release.ID, err)
		}
		l.run.Releases = append(l.run.Releases, d.release.ID)
		l.run.New += len(d.observations)
	}
	l.run.Outcome = stats.Unchanged
	if len(drafts) > 0 {
		l.run.Outcome = stats.Published
	}
	return nil
}

// safely performs the load and makes a coded error of a panic, so that the
// record of the run is written whatever happens.
func (l *load) safely(ctx context.Context) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			l.Logger.Error("load panicked", "source", l.source.Code, "run", l.run.ID, "cause", cause, "stack", string(debug.Stack()))
			err = &stats.Error{Code: LoadFailed, Message: fmt.Sprintf("the load broke off by a fault of the program: %v", cause)}
		}
	}()
	return l.perform(ctx)
}

// end records how the load ended, with a context of its own: that of the load may be over.
func (l *load) end(ctx context.Context, failure error) (stats.Run, error) {
	l.run.Ended = l.Now()
	if failure != nil {
		l.run.Error = failure.Error()
		if l.run.Outcome != stats.Refused {
			l.run.Outcome = stats.Failed
		}
	}
	var rejects []stats.Reject
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
	log := l.Logger.With("source", l.run.Source, "run", l.run.ID, "by", l.run.By, "outcome", l.run.Outcome,
		"read", l.run.Read, "rejected", l.run.Rejected, "new", l.run.New, "releases", len(l.run.Releases))
	if failure != nil {
		log.Error("load ended", "code", stats.CodeOf(failure), "error", failure)
	} else {
		log.Info("load ended")
	}
	return l.run, failure
}

// sortRejects puts rejects in the order of the files, as a person mends them.
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
