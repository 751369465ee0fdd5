package etl

import (
	"slices"

	"github.com/niengiam/niengiam/stats"
)

// draft is a release that is not published yet.
type draft struct {
	release      stats.Release
	observations []stats.Observation
	postings     []stats.Posting
	findings     []stats.Finding
	rejects      []stats.Reject
}

// diff holds the facts against what is published and makes a draft for each day
// of publication that says something new, oldest first, numbered from a first
// number on. Facts come in order of publication; later ones see the earlier ones.
func diff(facts []fact, history []stats.Observation, first stats.ReleaseID) []*draft {
	cells := map[stats.CellKey][]stats.Observation{}
	for _, o := range history {
		cells[o.CellKey] = append(cells[o.CellKey], o)
	}
	var drafts []*draft
	var current *draft
	for i := range facts {
		o := facts[i].Observation
		if current == nil || current.release.Published != o.At.Published {
			current = &draft{release: stats.Release{
				ID: first + stats.ReleaseID(len(drafts)), Published: o.At.Published,
			}}
		}
		o.At.Release = current.release.ID
		if !current.add(cells, o) {
			continue
		}
		if len(current.observations) == 1 {
			drafts = append(drafts, current)
		}
	}
	return drafts
}

// add enters an observation in the draft and in the history of its cell, unless
// it says nothing new.
func (d *draft) add(cells map[stats.CellKey][]stats.Observation, o stats.Observation) bool {
	known := cells[o.CellKey]
	postings := stats.Post(known, o)
	if len(postings) == 0 {
		return false
	}
	place := 0
	for place < len(known) && known[place].At.Before(o.At) {
		place++
	}
	if place == 0 {
		d.release.Added++
	} else {
		d.release.Revised++
	}
	cells[o.CellKey] = slices.Insert(known, place, o)
	d.observations = append(d.observations, o)
	d.postings = append(d.postings, postings...)
	return true
}

// attach gives each draft the files that it was made from, and shares out
// findings and rejects: those of a day of publication go with its release, and
// the rest, which no release of this load stands for, with the last.
// Findings that an earlier load made are not repeated. Without a draft there is
// nothing to attach to: a finding waits for the next release of its source.
func attach(drafts []*draft, files []stats.File, findings []finding, rejects []reject, known []*stats.Finding) {
	if len(drafts) == 0 {
		return
	}
	draftOf := func(published stats.Date) *draft {
		for _, d := range drafts {
			if d.release.Published == published {
				return d
			}
		}
		return drafts[len(drafts)-1]
	}
	for _, f := range findings {
		if slices.ContainsFunc(known, func(k *stats.Finding) bool { return sameFinding(*k, f.Finding) }) {
			continue
		}
		d := draftOf(f.published)
		f.Release = d.release.ID
		d.findings = append(d.findings, f.Finding)
	}
	for _, r := range rejects {
		d := draftOf(r.published)
		d.rejects = append(d.rejects, r.Reject)
	}
	for _, d := range drafts {
		d.release.Rejected = countRows(d.rejects)
		for _, f := range files {
			if slices.ContainsFunc(d.observations, func(o stats.Observation) bool { return o.Place.File == f.Path }) {
				d.release.Files = append(d.release.Files, f)
			}
		}
	}
}

// sameFinding tells whether two findings say the same of the same cell, wherever
// their rows stand by now.
func sameFinding(a, b stats.Finding) bool {
	a.Release, b.Release = 0, 0
	a.Place, b.Place = stats.Place{}, stats.Place{}
	return a == b
}

// countRows counts the data rows that rejects are of.
func countRows(rejects []stats.Reject) int {
	type line struct {
		file string
		line int
	}
	rows := map[line]bool{}
	for _, r := range rejects {
		if r.Place.Line > 1 { // the first is the header
			rows[line{r.Place.File, r.Place.Line}] = true
		}
	}
	return len(rows)
}

// asked lists the indicators and years whose history the facts are held against.
func asked(facts []fact) (indicators []string, years []stats.Year) {
	for i := range facts {
		indicators = append(indicators, facts[i].Indicator)
		years = append(years, facts[i].Year)
	}
	slices.Sort(indicators)
	slices.Sort(years)
	return slices.Compact(indicators), slices.Compact(years)
}
