package validation

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// shrank finds units of which the source had figures in the last year that it published,
// and of which there would be none: of that year where it is published again, else of the
// newest year after it. A unit that is no more, or no longer reports, is not missed.
func shrank(s *state, check *Check, indicator *catalogue.Indicator) []Result {
	var first *ledger.Observation // of the newest year
	for _, o := range s.current[indicator.Code] {
		if first == nil || o.Year > first.Year {
			first = o
		}
	}
	year := lastYear(s, indicator)
	if first == nil || year == 0 || first.Year < year || indicator.IsRegister() {
		return nil // a register names whom it names
	}
	had, lost := 0, []*ledger.Observation{}
	for o := range s.before.All() {
		if o.Indicator != indicator.Code || o.Year != year || !o.Value.Valid || !isOwn(s, o) {
			continue
		}
		moved := *o
		moved.Year = first.Year
		unit := s.unit(&moved)
		if unit == nil || unit.Level == indicator.Level() && !unit.Kind.Aggregate && !indicator.Eligibility.Accepts(unit) {
			continue
		}
		had++
		if in(s.standing, &moved, first.Year) == nil {
			lost = append(lost, &moved)
		}
	}
	if len(lost) <= check.Units {
		return nil
	}
	slices.SortFunc(lost, func(a, b *ledger.Observation) int {
		return cmp.Or(cmp.Compare(s.unit(a).Code, s.unit(b).Code), cmp.Compare(a.Breakdown, b.Breakdown))
	})
	r := s.result(number.NoteShrank, indicator, lost[0])
	r.Used, r.Other = strconv.Itoa(had-len(lost)), strconv.Itoa(had)
	r.Measured, r.Cells, r.Published = strconv.Itoa(int(year)), len(lost), first.At.Published
	r.UsedCitation = ""
	r.Place = ledger.Place{File: first.Place.File, Sheet: first.Place.Sheet, Column: first.Place.Column}
	return []Result{r}
}

// lastYear is the last year of which the source has published a figure of an indicator; 0
// where it has none.
func lastYear(s *state, indicator *catalogue.Indicator) number.Year {
	last := number.Year(0)
	for o := range s.before.All() {
		if o.Indicator == indicator.Code && o.Value.Valid && o.Year > last && isOwn(s, o) {
			last = o.Year
		}
	}
	return last
}

// isOwn reports whether an observation was published by the source.
func isOwn(s *state, o *ledger.Observation) bool {
	release := s.Catalogue.Release(o.At.Release)
	return release != nil && release.SourceCode == s.Source
}
