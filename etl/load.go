package etl

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/niengiam/niengiam/etl/mapping"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// keepings is how often files are kept that change after they were hashed.
const keepings = 3

// snapshotLoad hashes the files and keeps them. It reports unchanged when the source
// was loaded to its end with the same files, mapping and catalogue before: then they are read
// no further.
func snapshotLoad(ctx context.Context, l *load) (s snapshot, unchanged bool, err error) {
	for range keepings {
		l.tell(ledger.StageFetch, 0, max(len(l.source.Places), len(l.source.Patterns)))
		if s, err = fetchFiles(ctx, l.Workspace, l.source, l.Snapshots, nil, l.Logger); err != nil {
			return s, false, err
		}
		l.run.Snapshot, l.run.Fetched = s.fingerprint+suffix(l.years), s.fetched
		last, err := l.Sink.LastSnapshot(ctx, l.source.Code)
		if err != nil {
			return s, false, fmt.Errorf("look for the last snapshot: %w", err)
		}
		if last == s.fingerprint {
			l.run.Outcome = ledger.Unchanged
			return s, true, nil
		}
		if err = s.keep(l.Workspace, l.Snapshots, l.run.ID, l.tell); !errors.Is(err, errChanged) {
			return s, false, err
		}
	}
	return s, false, &number.Error{
		Code: workspace.FileChanges, Where: l.source.Code, Message: number.Say("the files of the source were written to each of the %d times that they were kept", keepings),
		Hint: number.Say("load it when it is written, or write it under another name and rename it"),
	}
}

// examineLoad reads what the files say. The facts of the result are to be closed.
func examineLoad(ctx context.Context, l *load, catalogue *catalogue.Calendar, files []mapping.File) (Result, error) {
	result, err := examine(ctx, l.source, catalogue, files, newFacts(catalogue, bounds{}, l.aside), l.tell)
	if err != nil {
		return result, err
	}
	l.run.Repeats, l.run.Read, l.run.Accepted, l.run.Rejected = "", result.Read, result.Accepted, result.Rejected
	l.rejects = result.rejects
	return result.within(l.years), nil
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

// diff holds what the files say against what is published, and checks what would change. The
// changes are to be closed.
func diff(ctx context.Context, l *load, facts *facts, files []ledger.File) (*changes, error) {
	c, err := against(ctx, l, facts, files)
	if err != nil {
		return nil, err
	}
	return withoutRefused(ctx, l, c, facts)
}

// diffLoad is diff for a load that publishes: where it is certain before the cells are compared
// that all they say is new, and under which numbers it will be published, they are staged while
// they are compared. The changes are to be closed.
func diffLoad(ctx context.Context, l *load, result *Result, files []ledger.File) (*changes, error) {
	c, err := against(ctx, l, result.facts, files)
	if err != nil {
		return nil, err
	}
	days, certain, err := newDays(ctx, l, c, result)
	if err != nil {
		return nil, err
	}
	if !certain {
		return withoutRefused(ctx, l, c, result.facts)
	}
	return stageAhead(ctx, l, c, result, days)
}

// newDays lists the days of publication of a load of which it is certain that it publishes a
// release for each of them and nothing else: nothing is published of what it says, nothing of it
// was refused before, no check can hold or stop it, and some cell is stated first under each day.
func newDays(ctx context.Context, l *load, c *comparison, result *Result) (days []number.Date, certain bool, err error) {
	if l.years != (catalogue.Years{}) || c.expected > 0 || len(result.days) == 0 {
		return nil, false, nil
	}
	for published, first := range result.days {
		if !first {
			return nil, false, nil
		}
		days = append(days, published)
	}
	plan := l.source.Plan(l.Workspace.Checks)
	for series := range result.facts.series {
		if plan.Decides(result.facts.codes[series>>yearBits]) {
			return nil, false, nil
		}
	}
	if err := restatements(ctx, l); err != nil {
		return nil, false, err
	}
	if slices.ContainsFunc(l.known, func(r *ledger.Restatement) bool { return r.State == ledger.Declined }) {
		return nil, false, nil
	}
	for _, err := range c.published(ctx) { // what is counted as published is not all that ever was
		if err != nil {
			err = fmt.Errorf("read what is published: %w", err)
		}
		return nil, false, err
	}
	slices.Sort(days)
	return days, true, nil
}

// against is the comparison of what the files say with what is published.
func against(ctx context.Context, l *load, facts *facts, files []ledger.File) (*comparison, error) {
	l.tell(ledger.StageDiff, 0, facts.sorter.Len())
	if err := l.Sink.Refresh(ctx); err != nil {
		return nil, fmt.Errorf("read the releases: %w", err)
	}
	calendar := l.Sink.Catalogue()
	l.after = calendar.Head
	indicators, years, err := asked(ctx, l, calendar, facts)
	if err != nil {
		return nil, err
	}
	years = slices.DeleteFunc(years, func(year number.Year) bool { return !l.years.Contains(year) })
	c := &comparison{
		calendar: calendar, correcting: correcting(l.Config, calendar, l.source.Code), aside: l.aside, said: saidBy(facts), added: facts.added,
		expected: expected(calendar, indicators, years),
		published: func(ctx context.Context) iter.Seq2[*ledger.Observation, error] {
			return l.Sink.Published(ctx, indicators, years)
		},
	}
	if !l.source.KeepDropped {
		c.dropping = &ledger.Dropping{Ledger: calendar.Ledger(), Own: c.correcting.Own, Today: c.correcting.Day, Whole: wholeFiles(l, files), Note: droppedNote}
	}
	return c, nil
}

// expected is about how many cells of some indicators and years are published.
func expected(calendar *catalogue.Calendar, indicators []string, years []number.Year) int {
	count := 0
	for i := range calendar.Holdings.Cells {
		h := &calendar.Holdings.Cells[i]
		_, one := slices.BinarySearch(indicators, h.Indicator)
		if _, other := slices.BinarySearch(years, h.Year); one && other {
			count += h.Count
		}
	}
	return count
}
