package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os/user"
	"slices"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// shownRejects is how many rejects of a source the summary shows one by one.
const shownRejects = 20

type loadCommand struct {
	Sources []string      `arg:"" optional:"" help:"The codes of the sources. Default: all."`
	Wait    time.Duration `help:"How long to wait for another load to end: 30s, 5m. Default: 1m." default:"1m" placeholder:"TIME"`
	Years   string        `help:"Load and compare only these years of the sources: 2019, 2011..2024, 2011.. or ..2024. All else of them stays as it is." placeholder:"YEARS"`
	Quiet   bool          `help:"Print no progress, neither bars on a terminal nor lines."`
	DryRun  bool          `help:"Show cell by cell what the loads would change, and change nothing: no run, no release, no restatement."`
	Lang    string        `help:"The language of what --dry-run shows: ${enum}." enum:"en,vi" default:"en"`
	Format  string        `help:"How --dry-run prints: ${enum}. A table is cut after 1,000 cells of a source, CSV has all." enum:"table,csv" default:"table"`
}

// Run loads the sources one after the other and prints what came of each.
func (c *loadCommand) Run(s *session) (err error) {
	w, err := readWorkspace(s)
	if err != nil {
		return err
	}
	store, err := open(s.ctx, s, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.close()) }()
	sources, err := chosen(w, c.Sources)
	if err != nil {
		return err
	}
	pipeline := s.pipeline(w, store, c.Wait, nil)
	order := etl.Order{Actor: who()}
	if c.Years != "" {
		if order.Years, err = etl.ParseYears(c.Years); err != nil {
			return err
		}
	}
	if c.DryRun {
		return c.dryRun(s, pipeline, sources, order.Years)
	}
	bars := newBars(s, len(sources), true)
	if c.Quiet {
		bars = &quiet{}
	}
	return loadAll(s, pipeline, sources, order, bars)
}

// chosen finds the sources of the codes, in the order of the workspace.
func chosen(w *workspace.Workspace, codes []string) ([]*workspace.Source, error) {
	if len(codes) == 0 {
		return w.Sources, nil
	}
	var sources []*workspace.Source
	for _, source := range w.Sources {
		if slices.Contains(codes, source.Code) {
			sources = append(sources, source)
		}
	}
	for _, code := range codes {
		if w.Source(code) == nil {
			_, err := etl.New(etl.Config{Workspace: w}).Run(context.Background(), code, "", nil)
			return nil, err
		}
	}
	return sources, nil
}

// loadAll loads sources one after the other. One that fails does not keep the
// others from being loaded; their errors come back together.
func loadAll(s *session, pipeline *etl.Pipeline, sources []*workspace.Source, order etl.Order, bars progressView) error {
	recorder := &recorder{Sink: pipeline.Sink}
	pipeline = etl.New(pipeline.Config)
	pipeline.Sink = recorder
	var runs []ledger.Run
	var all []recorded
	var failures []error
	for _, source := range sources {
		recorder.recorded = recorded{source: source.Code}
		order.Source, order.Told = source.Code, bars.of(source.Code)
		run, err := pipeline.Load(s.ctx, order)
		if err != nil {
			failures = append(failures, err)
		}
		runs, all = append(runs, run), append(all, recorder.recorded)
		if s.ctx.Err() != nil {
			if len(runs) < len(sources) {
				failures = append(failures, s.ctx.Err())
			}
			break
		}
	}
	bars.stop()
	summary(s, sources[:len(runs)], runs, all)
	tellFindings(s, pipeline.Sink.Catalogue(), all)
	return errors.Join(failures...)
}

// recorded is what came of a load beside its figures.
type recorded struct {
	source   string          // its code
	rejects  []ledger.Reject // the first ones
	rejected int             // how many there are
	findings []ledger.Finding
	revised  int // cells that a held load would change
}

// recorder is a sink that records the rejects and findings of a load.
type recorder struct {
	etl.Sink
	recorded
}

// PublishAll passes releases on and keeps their rejects and findings.
func (w *recorder) PublishAll(ctx context.Context, after ledger.ReleaseID, all []ledger.PendingRelease) error {
	for i := range all {
		w.reject(all[i].Rejects)
		w.findings = append(w.findings, all[i].Findings...)
	}
	return w.Sink.PublishAll(ctx, after, all)
}

// HoldAll passes a restatement on and keeps its findings.
func (w *recorder) HoldAll(ctx context.Context, r *ledger.Restatement, cells iter.Seq2[*ledger.PendingCell, error]) error {
	w.findings, w.revised = append(w.findings, r.Findings...), r.Revised
	return w.Sink.HoldAll(ctx, r, cells)
}

// EndRun passes the end of a run on and keeps its rejects.
func (w *recorder) EndRun(ctx context.Context, run ledger.Run, rejects []ledger.Reject) error {
	w.reject(rejects)
	return w.Sink.EndRun(ctx, run, rejects)
}

// reject records rejects, as many as are shown.
func (r *recorded) reject(rejects []ledger.Reject) {
	r.rejected += len(rejects)
	r.rejects = append(r.rejects, rejects[:min(len(rejects), shownRejects-len(r.rejects))]...)
}

// summary prints one line for each source and, below, the rows that were rejected.
func summary(s *session, sources []*workspace.Source, runs []ledger.Run, all []recorded) {
	if !slices.ContainsFunc(runs, isNews) {
		fmt.Fprintf(s.out, "unchanged: %d sources have nothing new\n", len(runs))
		tellStanding(s, runs)
		return
	}
	t := table.NewWriter()
	t.SetOutputMirror(s.out)
	t.SetStyle(table.StyleLight)
	t.AppendHeader(table.Row{"source", "outcome", "rows read", "accepted", "rejected", "cells published", "releases"})
	for i, run := range runs {
		t.AppendRow(table.Row{sources[i].Code, run.Outcome, run.Read, run.Accepted, run.Rejected, run.Added, len(run.Releases)})
	}
	t.Render()
	for i, run := range runs {
		if run.Outcome == ledger.Waiting {
			why := "would change published figures"
			if all[i].revised == 0 && len(all[i].findings) > 0 {
				why = "has findings of its checks"
			}
			fmt.Fprintf(s.out, "held: %s %s and awaits approval; niengiam restatements lists it, approve or refuse decides\n", sources[i].Code, why)
		}
	}
	tellStanding(s, runs)
	for _, came := range all {
		for i := range came.rejects {
			printReject(s, &came.rejects[i])
		}
		if more := came.rejected - len(came.rejects); more > 0 {
			fmt.Fprintf(s.out, "rejected: %d more of %s: niengiam sql \"SELECT * FROM reject\" shows all\n", more, came.source)
		}
	}
}

// isNews reports whether something came of a run: figures, or rows that were rejected, even all.
func isNews(run ledger.Run) bool {
	return run.Outcome != ledger.Unchanged || run.Rejected > 0 && run.Repeats == ""
}

// tellStanding prints how many rejects of files that were not examined again still stand.
func tellStanding(s *session, runs []ledger.Run) {
	for _, run := range runs {
		if run.Repeats != "" && run.Rejected > 0 {
			fmt.Fprintf(s.out, "still rejected: %d rows or columns of %s: mend the files; jobs shows them\n", run.Rejected, run.Source)
		}
	}
}

// place writes file:line (column).
func place(p ledger.Place) string {
	text := p.File
	if p.Line > 0 {
		text += fmt.Sprintf(":%d", p.Line)
	}
	if p.Column != "" {
		text += " (" + p.Column + ")"
	}
	return text
}

// who names the person that runs the program.
func who() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "unknown user"
}

// printReject prints a row that was rejected, and what to do about it.
func printReject(s *session, r *ledger.Reject) {
	fmt.Fprintf(s.out, "rejected: %s: %s: %q: %s; %s\n", place(r.Place), r.Reason, r.Value, r.Detail.EN, r.Remedy(number.English))
}

// tellFindings prints what the checks of the loads found, the cell and what to do about it.
func tellFindings(s *session, catalogue *catalogue.Calendar, all []recorded) {
	for i := range all {
		var found []ledger.Finding
		for _, f := range all[i].findings {
			if f.Rule != "" {
				found = append(found, f)
			}
		}
		for _, f := range found[:min(shownRejects, len(found))] {
			printFinding(s, &f, catalogue.TellFinding(&f, number.English))
		}
		if more := len(found) - shownRejects; more > 0 {
			fmt.Fprintf(s.out, "found: %d more: jobs shows all\n", more)
		}
	}
}

// printFinding prints what a check found, in words, the cell and what to do about it.
func printFinding(s *session, f *ledger.Finding, told string) {
	fmt.Fprintf(s.out, "found: %s: %s (%s): %q: %s; %s\n",
		place(f.Place), f.Code, strings.ToLower(string(f.Severity)), f.Value, told, f.Remedy(number.English))
}
