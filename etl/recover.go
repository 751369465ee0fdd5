package etl

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Recover ends what programs that were killed left behind: their runs get an end, and what
// they wrote and never published is removed. Each load and decision does it by itself; a
// program that starts does it so that nobody has to wait for the next load. Where a load is
// running nothing is done.
func (p *Pipeline) Recover(ctx context.Context) error {
	c := p.Config
	c.Wait = 0
	lease, err := acquire(ctx, c, nil)
	if number.CodeOf(err) == LoadRunning {
		return nil
	}
	if err != nil {
		return err
	}
	defer lease.Release()
	return recoverLoads(ctx, c)
}

// enter takes the lease of the loads for a decision, and ends what died before.
func enter(ctx context.Context, c Config) (Lease, error) {
	lease, err := acquire(ctx, c, nil)
	if err != nil {
		return nil, err
	}
	if err := recoverLoads(ctx, c); err != nil {
		lease.Release()
		return nil, ofLoad(err)
	}
	return lease, nil
}

// recoverLoads is Recover for those who hold the lock of the loads: whatever is not over
// then is dead.
func recoverLoads(ctx context.Context, c Config) error {
	before, err := c.Sink.Recover(ctx)
	if err != nil {
		return fmt.Errorf("remove what interrupted loads left: %w", err)
	}
	runs, err := c.Sink.LastRuns(ctx)
	if err != nil {
		return fmt.Errorf("read the runs: %w", err)
	}
	for _, run := range runs {
		if run.Outcome == ledger.Running && !run.StartedAt.After(before) {
			if err := bury(ctx, c, run); err != nil {
				return err
			}
		}
	}
	removeUnused(ctx, c)
	return nil
}

// interrupted is the end of a run whose program died.
func interrupted() *number.Error {
	return &number.Error{
		Code: LoadInterrupted, Message: number.Say("the program was killed in the load"),
		Hint: number.Say("load the source again: what was published stays, and the rest is loaded"),
	}
}

// bury records the end of a run whose program was killed: by what came of it.
func bury(ctx context.Context, c Config, run *ledger.Run) error {
	if err := c.Sink.Refresh(ctx); err != nil {
		return fmt.Errorf("read the releases: %w", err)
	}
	held, err := c.Sink.Restatements(ctx)
	if err != nil {
		return fmt.Errorf("read the restatements: %w", err)
	}
	fault := interrupted()
	run.Ended, run.Outcome = c.Now(), ledger.Failed
	run.Error = number.Text{VI: fault.Line(number.Vietnamese), EN: fault.Line(number.English)}
	if slices.ContainsFunc(held, func(r *ledger.Restatement) bool { return r.Run == run.ID }) {
		run.Outcome, run.Error = ledger.Waiting, number.Text{}
	}
	for _, r := range c.Sink.Catalogue().Releases {
		// One load runs at a time, and no decision beside it.
		if r.SourceCode == run.Source && r.Restatement == 0 && !r.Loaded.Before(run.StartedAt) {
			run.Outcome, run.Error = ledger.Published, number.Text{}
			run.Releases, run.Added = append(run.Releases, r.ID), run.Added+r.Added+r.Revised
		}
	}
	if err := c.Sink.EndRun(ctx, *run, nil); err != nil {
		return fmt.Errorf("record the end of the run: %w", err)
	}
	c.Logger.Warn("run was interrupted", "source", run.Source, "run", run.ID, "by", run.Actor, "outcome", run.Outcome, "releases", len(run.Releases))
	if c.Ended != nil {
		c.Ended(*run)
	}
	return nil
}

// What is in the directory of snapshots beside them.
const (
	incoming = ".incoming-" // a file that is being written
	keeping  = ".keeping-"  // the names of the files that a run keeps first, until the run is over
)

// removeUnused removes of the directory of snapshots what runs that were killed left: files
// that are not whole, and those that no release and no restatement names. What cannot be
// removed keeps nobody from loading.
func removeUnused(ctx context.Context, c Config) {
	entries, err := os.ReadDir(c.Snapshots)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	var lists []string
	var faults []error
	for _, entry := range entries {
		switch path := filepath.Join(c.Snapshots, entry.Name()); {
		case strings.HasPrefix(entry.Name(), incoming):
			faults = append(faults, os.Remove(path))
		case strings.HasPrefix(entry.Name(), keeping):
			lists = append(lists, path)
		}
	}
	if err = errors.Join(append(faults, err)...); err == nil && len(lists) > 0 {
		var named map[string]bool
		if named, err = namedFiles(ctx, c); err == nil {
			err = removeListed(c.Snapshots, lists, named)
		}
	}
	if err != nil {
		c.Logger.Warn("snapshots of interrupted loads stay", "directory", c.Snapshots, "error", err)
	}
}

// removeListed removes the files that are in lists and not named, and then the lists.
func removeListed(dir string, lists []string, named map[string]bool) error {
	for _, list := range lists {
		content, err := os.ReadFile(list)
		if err != nil {
			return err
		}
		for sum := range strings.FieldsSeq(string(content)) {
			if named[sum] || filepath.Base(sum) != sum {
				continue
			}
			if err := os.Remove(filepath.Join(dir, sum)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
		if err := os.Remove(list); err != nil {
			return err
		}
	}
	return nil
}

// namedFiles are the checksums of the files that releases and restatements name.
func namedFiles(ctx context.Context, c Config) (map[string]bool, error) {
	if err := c.Sink.Refresh(ctx); err != nil {
		return nil, err
	}
	held, err := c.Sink.Restatements(ctx)
	if err != nil {
		return nil, err
	}
	named := map[string]bool{}
	for _, r := range c.Sink.Catalogue().Releases {
		for _, f := range r.Files {
			named[f.SHA256] = true
		}
	}
	for _, r := range held {
		for _, f := range r.Files {
			named[f.SHA256] = true
		}
	}
	return named, nil
}
