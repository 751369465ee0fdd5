// Package etl loads a source into published figures: Run in this file is the whole
// life of a load. It knows no database; what it publishes goes to a Sink.
package etl

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Config is what a pipeline needs. Wait may be left out.
type Config struct {
	// Workspace defines the sources and the catalogue.
	Workspace *workspace.Workspace
	// Sink keeps releases.
	Sink Sink
	// Logger logs what happens.
	Logger *slog.Logger
	// Now is the clock.
	Now func() time.Time
	// Snapshots is the directory in which the files of every load are kept.
	Snapshots string
	// LockFile is the file that is locked so that only one load runs on the same data.
	LockFile string
	// Wait is how long a load waits for another one to end before it fails.
	Wait time.Duration
}

// Progress is called with how far a load is: how many of a total are done in a stage.
type Progress func(stage string, done, total int)

// Pipeline loads sources.
type Pipeline struct {
	Config
}

// New makes a pipeline. It does nothing until a source is loaded.
func New(config Config) *Pipeline { return &Pipeline{config} }

// load is one run of a source while it runs.
type load struct {
	*Pipeline
	source   *workspace.Source
	progress Progress
	run      ledger.Run
	rejects  []reject
	after    ledger.ReleaseID      // the last release that the drafts were held against
	known    []*ledger.Restatement // those of the source
}

func (l *load) tell(stage string, done, total int) {
	if l.progress != nil {
		l.progress(stage, done, total)
	}
}

// perform is the life of a load. Each stage is made of what the one before gave;
// nothing of it is visible before publish, and then all of it is. What would
// change figures that readers could see is held instead, whole.
func (l *load) perform(ctx context.Context) error {
	if err := l.Sink.Define(ctx, definitions(l.Workspace), l.Workspace.Checksum); err != nil {
		return fmt.Errorf("define the catalogue: %w", err)
	}
	snapshot, unchanged, err := snapshotLoad(ctx, l)
	if err != nil || unchanged {
		return err
	}
	catalogue := l.Sink.Catalogue()
	result, err := examineLoad(l, catalogue, snapshot.files)
	if err != nil {
		return err
	}
	if l.source.StopOnReject && len(l.rejects) > 0 {
		return refuse(l)
	}
	drafts, err := diff(ctx, l, result.facts, snapshot.list())
	if err != nil {
		return err
	}
	discrepant, err := discrepancies(ctx, l, l.Sink.Catalogue(), drafts)
	if err != nil {
		return err
	}
	attach(drafts, snapshot.list(), slices.Concat(result.findings, discrepant), l.rejects, catalogue.Holdings.Findings)
	if ledger.MustWait(plain(drafts), l.source.Auto) {
		return hold(ctx, l, drafts)
	}
	if err := publish(ctx, l, drafts); err != nil {
		return err
	}
	return supersede(ctx, l, 0)
}

// Run loads a source. by is who or what started the load. The run that is returned has
// the outcome, also where there is an error; a load that finds nothing new is no error.
// Nothing of a load that failed or was cancelled is ever visible, and the next load is
// not affected by it.
func (p *Pipeline) Run(ctx context.Context, source, by string, progress Progress) (ledger.Run, error) {
	known := p.Workspace.Source(source)
	if known == nil {
		return ledger.Run{}, p.unknown(source)
	}
	release, err := acquire(ctx, p.LockFile, p.Wait)
	if err != nil {
		return ledger.Run{}, err
	}
	defer release()
	id, err := uuid.NewV7()
	if err != nil {
		return ledger.Run{}, fmt.Errorf("number the run: %w", err)
	}
	l := &load{Pipeline: p, source: known, progress: progress, run: ledger.Run{
		ID: id.String(), Source: source, Actor: by, StartedAt: p.Now(), Outcome: ledger.Running,
	}}
	if err := p.Sink.StartRun(ctx, l.run); err != nil {
		return l.run, fmt.Errorf("record the start of the run: %w", err)
	}
	return end(ctx, l, safely(ctx, l))
}

func (p *Pipeline) unknown(source string) error {
	var codes []string
	for _, known := range p.Workspace.Sources {
		codes = append(codes, known.Code)
	}
	return &number.Error{
		Code: UnknownSource, Message: number.Say("there is no source %q", source), Nearest: name.Nearest(source, codes),
	}
}
