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
// compared with what is published cell by cell; the cells that change are remembered, so that
// publishing or holding them compares nothing again unless nearly all do. Where nothing is
// published yet they are staged while they are compared.
func perform(ctx context.Context, l *load) (err error) {
	if err := l.Sink.Define(ctx, definitions(l.Workspace), l.Workspace.Checksum); err != nil {
		return fmt.Errorf("define the catalogue: %w", err)
	}
	snapshot, unchanged, err := snapshotLoad(ctx, l)
	if err != nil || unchanged {
		return err
	}
	catalogue := l.Sink.Catalogue()
	result, err := examineLoad(ctx, l, catalogue, snapshot.sources())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, result.facts.close()) }()
	if l.source.StopOnReject && len(l.rejects) > 0 {
		return refuse(l)
	}
	changes, err := diffLoad(ctx, l, &result, snapshot.list())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, changes.close()) }()
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

// Run loads a source. by is who or what started the load. The run that is returned has
// the outcome, also where there is an error; a load that finds nothing new is no error.
// Nothing of a load that failed or was cancelled is ever visible, and the next load is
// not affected by it.
func (p *Pipeline) Run(ctx context.Context, source, by string, told func(ledger.RunProgress)) (ledger.Run, error) {
	return p.Load(ctx, Order{Source: source, Actor: by, Told: told})
}

// Load waits until no other load runs, and carries out an order as Run does. What was due
// and was done since, by whatever program, is not done again: its run is returned.
func (p *Pipeline) Load(ctx context.Context, order Order) (ledger.Run, error) {
	known := p.Workspace.Source(order.Source)
	if known == nil {
		return ledger.Run{}, p.unknown(order.Source)
	}
	telling := &teller{feed: p.Feed, told: order.Told, stage: p.StageEnded, log: p.Logger, now: p.Now}
	telling.current = ledger.RunProgress{Source: order.Source, StartedAt: p.Now(), Outcome: ledger.Running}
	lease, err := acquire(ctx, p.Config, func(holder number.Message) {
		p.waits.set(order.Source, p.Now())
		p.Logger.Info("load waits for another one to end", "source", order.Source, "holder", holder)
		telling.at(ledger.StageWait, 0, 0, 0, 0)
	})
	p.waits.set(order.Source, time.Time{})
	if err != nil {
		telling.leave()
		return ledger.Run{}, err
	}
	defer lease.Release()
	ctx, stop := lease.Context(ctx)
	defer stop()
	if err := recoverLoads(ctx, p.Config); err != nil {
		telling.leave()
		return ledger.Run{}, ofLoad(err)
	}
	run, done, err := order.begin(ctx, p.Config)
	if done || err != nil {
		telling.leave()
		return run, err
	}
	telling.current.Run, telling.current.StartedAt = run.ID, run.StartedAt
	l := &load{Config: p.Config, source: known, telling: telling, years: order.Years, run: run, aside: p.Snapshots}
	if err := p.Sink.StartRun(ctx, l.run); err != nil {
		telling.leave()
		return l.run, fmt.Errorf("record the start of the run: %w", err)
	}
	ctx, finish := inTime(ctx, known)
	defer finish()
	return end(ctx, l, safely(ctx, l))
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
