// Package etl loads a source into published figures: Run in this file is the whole
// life of a load. It knows no database; what it publishes goes to a Sink.
package etl

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Pipeline loads sources.
type Pipeline struct {
	Config
	waits waits
}

// New makes a pipeline. It does nothing until a source is loaded.
func New(config Config) *Pipeline { return &Pipeline{Config: config} }

// perform is the life of a load. Each stage is made of what the one before gave;
// nothing of it is visible before publish, and then all of it is. What would
// change figures that readers could see, or breaks a check that asks for it, is held
// instead, whole.
//
// However many rows there are, few of them are in memory: rows pass from the reader through
// map and check, and what they say is sorted by cell, on the disk where it is much. Then it is
// compared with what is published cell by cell, once to decide and once to publish or hold.
func perform(ctx context.Context, l *load) (err error) {
	if err := l.Sink.Define(ctx, definitions(l.Workspace), l.Workspace.Checksum); err != nil {
		return fmt.Errorf("define the catalogue: %w", err)
	}
	snapshot, unchanged, err := snapshotLoad(ctx, l)
	if err != nil || unchanged {
		return err
	}
	catalogue := l.Sink.Catalogue()
	result, err := examineLoad(ctx, l, catalogue, snapshot.files)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, result.facts.close()) }()
	if l.source.StopOnReject && len(l.rejects) > 0 {
		return refuse(l)
	}
	changes, err := diff(ctx, l, result.facts, snapshot.list())
	if err != nil {
		return err
	}
	if err := stop(l, changes.findings); err != nil {
		return err
	}
	attach(changes.drafts, snapshot.list(), slices.Concat(result.findings, changes.findings), l.rejects, catalogue.Holdings.Findings)
	if changes.mustWait || severe(changes.findings, ledger.Hold) {
		return hold(ctx, l, changes)
	}
	if err := publish(ctx, l, changes); err != nil {
		return err
	}
	return supersede(context.WithoutCancel(ctx), l, 0)
}

// RunDue loads a source whose schedule says so, or said so while the program was down.
func (p *Pipeline) RunDue(ctx context.Context, source string, due time.Time) (ledger.Run, error) {
	return p.start(ctx, ledger.Run{Source: source, Actor: scheduleActor, Due: due}, nil)
}

// LastStart returns what tells a scheduler when a source was loaded last.
func (p *Pipeline) LastStart(ctx context.Context) func(source string) (time.Time, bool) {
	return func(source string) (time.Time, bool) {
		last, err := p.Sink.LastRuns(ctx)
		if err != nil {
			p.Logger.Error("nobody knows what was missed", "source", source, "code", number.CodeOf(err), "error", err)
			return time.Time{}, false
		}
		for _, run := range last {
			if run.Source == source {
				return run.StartedAt, true
			}
		}
		return time.Time{}, false
	}
}

// scheduleActor is who starts a scheduled load.
const scheduleActor = "schedule"

// Run loads a source. by is who or what started the load. The run that is returned has
// the outcome, also where there is an error; a load that finds nothing new is no error.
// Nothing of a load that failed or was cancelled is ever visible, and the next load is
// not affected by it.
func (p *Pipeline) Run(ctx context.Context, source, by string, progress Progress) (ledger.Run, error) {
	return p.start(ctx, ledger.Run{Source: source, Actor: by}, progress)
}

// start waits until no other load runs, records the run and performs it.
func (p *Pipeline) start(ctx context.Context, run ledger.Run, progress Progress) (ledger.Run, error) {
	known := p.Workspace.Source(run.Source)
	if known == nil {
		return ledger.Run{}, p.unknown(run.Source)
	}
	release, err := acquire(ctx, p.LockFile, p.Wait, func(holder number.Message) {
		p.waits.set(run.Source, p.Now())
		p.Logger.Info("load waits for another one to end", "source", run.Source, "holder", holder)
		if progress != nil {
			progress(StageWait, 0, 0)
		}
	})
	p.waits.set(run.Source, time.Time{})
	if err != nil {
		return ledger.Run{}, err
	}
	defer release()
	id, err := uuid.NewV7()
	if err != nil {
		return ledger.Run{}, fmt.Errorf("number the run: %w", err)
	}
	last, err := recoverLoads(ctx, p.Config)
	if err != nil {
		return ledger.Run{}, ofLoad(err)
	}
	repeat(last, &run)
	run.ID, run.StartedAt, run.Outcome = id.String(), p.Now(), ledger.Running
	l := &load{Config: p.Config, source: known, progress: progress, run: run, aside: p.Snapshots}
	if err := p.Sink.StartRun(ctx, l.run); err != nil {
		return l.run, fmt.Errorf("record the start of the run: %w", err)
	}
	return end(ctx, l, safely(ctx, l))
}

// repeat lets a run stand for what the one before found in the files, until it has
// examined them itself: rows that were rejected stay so until they are mended, also where
// a later run finds the files unchanged or cannot read them.
func repeat(last []*ledger.Run, run *ledger.Run) {
	for _, earlier := range last {
		if earlier.Source == run.Source {
			run.Repeat(earlier)
		}
	}
}

func (p *Pipeline) unknown(source string) error {
	var codes []string
	for _, known := range p.Workspace.Sources {
		codes = append(codes, known.Code)
	}
	return &number.Error{
		Code: number.UnknownSource, Message: number.Say("there is no source %q", source), Nearest: name.Nearest(source, codes),
	}
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
	return perform(ctx, l)
}
