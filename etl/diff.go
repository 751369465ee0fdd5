package etl

import (
	"context"
	"fmt"
	"slices"

	"github.com/niengiam/niengiam/etl/mapping"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// draft is a draft with what comes with it.
type draft struct {
	*ledger.Draft
	findings []ledger.Finding
	rejects  []reject
	files    map[string]bool // that it is made from
}

// publication is the draft as it is published.
func (d *draft) publication() ledger.PendingRelease {
	return ledger.PendingRelease{Release: d.Release, Findings: d.findings, Rejects: stored(d.rejects)}
}

// attach gives each draft the files that it was made from, and shares out
// findings and rejects: those of a day of publication go with its release, and
// the rest, which no release of this load stands for, with the last.
// Findings that an earlier load made are not repeated. Without a draft there is
// nothing to attach to: a finding waits for the next release of its source.
func attach(drafts []*draft, files []ledger.File, findings []finding, rejects []reject, known []*ledger.Finding) {
	if len(drafts) == 0 {
		return
	}
	draftOf := func(published number.Date) *draft {
		for _, d := range drafts {
			if d.Release.Stated() == published {
				return d
			}
		}
		return drafts[len(drafts)-1]
	}
	for _, f := range findings {
		if f.isOfRow() && slices.ContainsFunc(known, func(k *ledger.Finding) bool { return sameFinding(*k, f.Finding) }) {
			continue
		}
		d := draftOf(f.published)
		f.Release = d.Release.ID
		d.findings = append(d.findings, f.Finding)
	}
	for _, r := range rejects {
		d := draftOf(r.Published)
		d.rejects = append(d.rejects, r)
	}
	for _, d := range drafts {
		d.Release.Rejected = countRows(d.rejects) + countColumns(d.rejects)
		for _, f := range files {
			if d.files[f.Path] {
				d.Release.Files = append(d.Release.Files, f)
			}
		}
	}
}

// sameFinding reports whether two findings say the same of the same cell, wherever
// their rows stand by now and however they are written.
func sameFinding(a, b ledger.Finding) bool {
	a.Release, b.Release = 0, 0
	a.Place, b.Place, a.Value, b.Value = ledger.Place{}, ledger.Place{}, "", ""
	return a == b
}

// stored are rejects as they are stored.
func stored(rejects []reject) []ledger.Reject {
	all := make([]ledger.Reject, len(rejects))
	for i := range rejects {
		all[i] = rejects[i].Reject
	}
	return all
}

// restored are stored rejects as they were: the reject of a header has the header as its text.
func restored(rejects []ledger.Reject) []reject {
	var all []reject
	for _, r := range rejects {
		all = append(all, reject{Reject: r, OfNoRow: r.Value != "" && r.Value == r.Place.Column || r.Reason == mapping.TotalDiffers})
	}
	return all
}

// countRows counts the data rows that rejects are of; these are in the order of the files.
func countRows(rejects []reject) int {
	count := 0
	var last ledger.Place
	for i := range rejects {
		if rejects[i].OfNoRow {
			continue
		}
		row := rejects[i].Place
		if row.Column = ""; count == 0 || row != last {
			count, last = count+1, row
		}
	}
	return count
}

// countColumns counts the rejects of headers, each of a column that was not read, and of
// printed totals, each in one column.
func countColumns(rejects []reject) int {
	count := 0
	for _, r := range rejects {
		if r.OfNoRow {
			count++
		}
	}
	return count
}

// asked lists the indicators and years whose history the facts are compared with:
// their own, and those of which the source has said something before.
func asked(ctx context.Context, l *load, catalogue *catalogue.Calendar, facts *facts) (indicators []string, years []number.Year, err error) {
	var releases []ledger.ReleaseID
	for _, r := range catalogue.Releases {
		if r.SourceCode == l.source.Code {
			releases = append(releases, r.ID)
		}
	}
	if len(releases) > 0 {
		if indicators, years, err = l.Sink.Stated(ctx, releases); err != nil {
			return nil, nil, fmt.Errorf("read what the source has said: %w", err)
		}
	}
	for series := range facts.series {
		indicators = append(indicators, facts.codes[series>>yearBits])
		years = append(years, number.Year(series&(1<<yearBits-1)))
	}
	slices.Sort(indicators)
	slices.Sort(years)
	return slices.Compact(indicators), slices.Compact(years), nil
}
