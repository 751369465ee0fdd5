package validation

import (
	"strconv"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/estimate"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// fewestChanges is how many changes there must be for one to stand out among them.
const fewestChanges = 5

// jumps finds figures that changed from the year before by more than the check allows: in
// percent of what they were, or against the changes of the other units of their level.
func jumps(s *state, check *Check, indicator *catalogue.Indicator) []Result {
	if indicator.Kind == catalogue.Attainment {
		return nil // of one unit it is yes or no
	}
	var found []Result
	told := map[ledger.CellKey]bool{}
	for _, o := range s.of(indicator) {
		change, known := change(s, indicator, o)
		if !known || !check.Relative.Valid || change.Abs().Cmp(number.Whole(check.Relative.Decimal)) <= 0 {
			continue
		}
		told[o.CellKey] = true
		found = append(found, jump(s, indicator, o, change))
	}
	if !check.RobustZ.Valid {
		return found
	}
	for _, o := range standingOut(s, check, indicator) {
		if !told[o.CellKey] {
			change, _ := change(s, indicator, o)
			found = append(found, jump(s, indicator, o, change))
		}
	}
	return found
}

// jump is a finding about a figure that changed by so many percent.
func jump(s *state, indicator *catalogue.Indicator, o *ledger.Observation, change number.Fraction) Result {
	r := s.result(number.NoteChange, indicator, o)
	r.Other, r.Measured = indicator.Kind.Written(in(s.standing, o, o.Year-1)), change.Round(1).String()
	return r
}

// change is the change of a figure from the year before in percent; none from nothing or
// from less, and none over a break in the series.
func change(s *state, indicator *catalogue.Indicator, o *ledger.Observation) (percent number.Fraction, known bool) {
	before := in(s.standing, o, o.Year-1)
	if before == nil || o.Status == number.Break {
		return percent, false
	}
	then := measure(indicator, before)
	if then.Sign() <= 0 {
		return percent, false
	}
	return measure(indicator, o).Sub(then).Over(then).Times(number.Hundred()), true
}

// group is the cells that changes are compared among: one year, breakdown and level.
type group struct {
	year      number.Year
	breakdown string
	level     string
}

// standingOut lists the observations whose change stands out among those of the units of
// their level in the same year: whose modified z-score is beyond that of the check.
func standingOut(s *state, check *Check, indicator *catalogue.Indicator) []*ledger.Observation {
	peers := map[group][]*ledger.Observation{}
	own := s.of(indicator)
	asked := map[*ledger.Observation]bool{}
	groups := map[group]bool{}
	for _, o := range own {
		asked[o] = true
		if g, ok := groupOf(s, o); ok {
			groups[g] = true
		}
	}
	for o := range s.standing.All() {
		if g, ok := groupOf(s, o); ok && o.Indicator == indicator.Code && o.Value.Valid && groups[g] {
			peers[g] = append(peers[g], o)
		}
	}
	out := map[*ledger.Observation]bool{}
	for _, all := range peers {
		var changed []*ledger.Observation
		var changes []number.Fraction
		for _, o := range all {
			if change, known := change(s, indicator, o); known {
				changed, changes = append(changed, o), append(changes, change)
			}
		}
		if len(changes) < fewestChanges {
			continue
		}
		_, _, far := estimate.OutliersBeyond(estimate.NewSample(changes), number.Whole(check.RobustZ.Decimal))
		for _, f := range far {
			out[changed[f.Place]] = asked[changed[f.Place]]
		}
	}
	var listed []*ledger.Observation
	for _, o := range own {
		if out[o] {
			listed = append(listed, o)
		}
	}
	return listed
}

// group is the cells that the change of an observation is compared among; false for what
// is part of nothing.
func groupOf(s *state, o *ledger.Observation) (group, bool) {
	unit := s.unit(o)
	if unit == nil || unit.Kind.Aggregate {
		return group{}, false
	}
	return group{o.Year, o.Breakdown, unit.Level.Code}, true
}

// frozen finds values that are the same over several years, the last of them once. Zero is
// no such value: where nothing occurs, nothing occurs again.
func frozen(s *state, check *Check, indicator *catalogue.Indicator) []Result {
	if indicator.Kind == catalogue.Attainment {
		return nil // what was met is met
	}
	years := check.Years
	if years == 0 {
		years = LeastFrozen
	}
	same := func(o *ledger.Observation, year number.Year) bool {
		other := in(s.standing, o, year)
		return other != nil && other.Value.Decimal.Equal(o.Value.Decimal) &&
			other.Denominator.Valid == o.Denominator.Valid && other.Denominator.Decimal.Equal(o.Denominator.Decimal)
	}
	var found []Result
	for _, o := range s.of(indicator) {
		if o.Value.Decimal.IsZero() || same(o, o.Year+1) {
			continue
		}
		first := o.Year
		for same(o, first-1) {
			first--
		}
		if int(o.Year-first)+1 < years {
			continue
		}
		r := s.result(number.NoteFrozen, indicator, o)
		r.Measured = strconv.Itoa(int(first))
		found = append(found, r)
	}
	return found
}
