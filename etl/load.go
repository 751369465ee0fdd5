package etl

import (
	"context"
	"fmt"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// snapshotLoad reads the files and keeps them. It reports unchanged when the source
// was loaded to its end with the same files, mapping and catalogue before.
func snapshotLoad(ctx context.Context, l *load) (s snapshot, unchanged bool, err error) {
	l.tell(ledger.StageFetch, 0, len(l.source.Patterns))
	if s, err = readFiles(ctx, l.Workspace, l.source); err != nil {
		return s, false, err
	}
	l.run.Snapshot = s.fingerprint + suffix(l.years)
	last, err := l.Sink.LastSnapshot(ctx, l.source.Code)
	if err != nil {
		return s, false, fmt.Errorf("look for the last snapshot: %w", err)
	}
	if last == s.fingerprint {
		l.run.Outcome = ledger.Unchanged
		return s, true, nil
	}
	l.tell(ledger.StageSnapshot, 0, len(s.files))
	return s, false, s.keep(l.Snapshots)
}

func examineLoad(l *load, catalogue *catalogue.Calendar, files []file) (Result, error) {
	result, err := examine(l.source, catalogue, files, l.tell)
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

// diff holds what the files say against what is published, and returns that history, too.
func diff(ctx context.Context, l *load, facts []fact, files []ledger.File) (made []*draft, history []ledger.Observation, err error) {
	l.tell(ledger.StageDiff, 0, len(facts))
	if err := l.Sink.Refresh(ctx); err != nil {
		return nil, nil, fmt.Errorf("read the releases: %w", err)
	}
	catalogue := l.Sink.Catalogue()
	l.after = catalogue.Head
	indicators, years, err := asked(ctx, l, catalogue, facts)
	if err != nil {
		return nil, nil, err
	}
	years = slices.DeleteFunc(years, func(year number.Year) bool { return !l.years.Contains(year) })
	history, err = l.Sink.History(ctx, indicators, years)
	if err != nil {
		return nil, nil, fmt.Errorf("read what is published: %w", err)
	}
	observations := observed(facts)
	if !l.source.KeepDropped {
		observations = append(observations, droppedRows(l, catalogue, observations, history, files)...)
	}
	if l.compared != nil {
		l.compared.history, l.compared.dropped = history, observations[len(facts):]
	}
	drafts, err := withoutRefused(ctx, l, catalogue, observations, history)
	if err != nil {
		return nil, nil, err
	}
	made = make([]*draft, len(drafts))
	for i, d := range drafts {
		d.Release.SourceCode, d.Release.Actor = l.source.Code, l.run.Actor
		made[i] = &draft{Draft: d}
	}
	return made, history, nil
}
