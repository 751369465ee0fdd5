package stats

import (
	"context"
	"slices"
	"sync"
)

// CoverageByWeight is how much of what the eligible units weigh stands behind a
// figure. Nothing is estimated: where the weight of one of them is not known, or
// known of a part of it only, there is none.
type CoverageByWeight struct {
	// Indicator is what the units are weighed by; nil where nothing is declared.
	Indicator *Indicator
	// Expected is the weight of all eligible units, in the unit of measure of
	// Indicator, by its totals of the figure's year; of a reported figure that of its own unit.
	Expected Value
	// Reported is the weight of those of them whose value is in the figure.
	Reported Value
}

// Share is reported ÷ expected, 0 to 1; none where a weight is not known, and when
// all of them weigh nothing.
func (c *CoverageByWeight) Share() Value {
	reported, known := c.Reported.Number()
	if !known {
		return c.Reported
	}
	expected, _ := c.Expected.Number()
	share, ok := Divide(reported.cross(expected), expected.cross(reported))
	if !ok {
		return None(NotApplicable)
	}
	return Known(share)
}

// Reason says why there is no share; nil when there is one.
func (c *CoverageByWeight) Reason() *Reason { return c.Share().Reason() }

// ByWeight is the coverage by what the units weigh; nil where it was not asked for
// with Scope.ByWeight. Its reason is NotApplicable where nothing says what units weigh,
// and where none is expected to report.
func (c Coverage) ByWeight() *CoverageByWeight {
	if c.electorate == nil {
		return nil
	}
	return c.electorate.weigh()
}

// scale is what the units of an answer are weighed by.
type scale struct {
	facts *facts // of the indicator; nil where nothing is declared
	mu    sync.Mutex
	known map[weighed]Value
}

func newScale(by *facts) *scale { return &scale{facts: by, known: map[weighed]Value{}} }

type weighed struct {
	unit uint32
	year Year
}

func (e *electorate) weigh() *CoverageByWeight {
	if e.scale == nil || e.scale.facts == nil {
		return &CoverageByWeight{Expected: None(NotApplicable), Reported: None(NotApplicable)}
	}
	expected, reported := e.roll()
	c := &CoverageByWeight{Indicator: e.scale.facts.indicator, Expected: e.scale.sum(expected, e.year)}
	if c.Reported = c.Expected; c.Expected.IsKnown() {
		c.Reported = e.scale.sum(reported, e.year)
	}
	return c
}

// sum adds weights up; none, for the reason of the first that is not known.
func (s *scale) sum(all []stander, year Year) Value {
	total := Fraction{}
	for _, each := range all {
		weight := s.weight(each.unit, year)
		if each.torn {
			weight = None(NotComparable)
		}
		n, known := weight.Number()
		if !known {
			return weight
		}
		if each.share != nil {
			n = fromRat(product(n.rat(), each.share))
		}
		total = total.Add(n)
	}
	return Known(total)
}

// weight is what one unit weighed in a year. What was added up of some of its parts
// is not its weight, and nothing weighs less than nothing.
func (s *scale) weight(unit *Unit, year Year) Value {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := weighed{unit.Key(), year}
	if weight, known := s.known[at]; known {
		return weight
	}
	s.known[at] = s.read(unit, year)
	return s.known[at]
}

func (s *scale) read(unit *Unit, year Year) Value {
	if unit.Level.Index() > s.facts.indicator.Level().Index() {
		return None(MissingValue)
	}
	figure := s.facts.figure(unit, year)
	weight, known := figure.Value.Number()
	switch {
	case known && figure.Origin == OriginComputed && figure.Coverage.Reported < figure.Coverage.Expected:
		return None(CoverageLow)
	case known && weight.Sign() < 0:
		return None(NotApplicable)
	}
	return figure.Value
}

// maxWeighed is the cap on the units × years that one answer may weigh.
const maxWeighed = 1_000_000

// weighBy makes facts tell coverage by weight, and lists what they need for that.
func (f *facts) weighBy(w want) *want {
	f.scale = newScale(nil)
	by := w.indicator.CoverageWeight()
	if by == nil {
		return nil
	}
	need := &want{indicator: by, years: w.years}
	for _, year := range w.years {
		for _, level := range append(f.levelsFrom(year, w.levels), f.indicator.Level()) {
			if level.Index() <= by.Level().Index() && !slices.Contains(need.levels, level) {
				need.levels = append(need.levels, level)
			}
		}
	}
	return need
}

// levelsFrom lists the levels of the units that figures of a year are made from.
func (f *facts) levelsFrom(year Year, levels []*Level) []*Level {
	r := f.at(year).recast
	if r == nil {
		return slices.Clone(levels)
	}
	var from []*Level
	for _, level := range levels {
		from = append(from, r.carry(level, f.indicator.Level()).levels...)
	}
	return from
}

// weighAll makes all facts of an answer tell coverage by weight, and adds those
// of the weights.
func weighAll(c *State, view viewpoint, all []*facts, wants []want) ([]*facts, []want, error) {
	units := 0
	for i, w := range wants {
		for _, year := range w.years {
			units += len(c.At(year.Reference()).Level(w.indicator.Level().Code)) * len(all[i].cells)
		}
		if need := all[i].weighBy(w); need != nil {
			all[i].scale.facts = newFacts(c, viewpoint{View: view.View}, *need)
			all, wants = append(all, all[i].scale.facts), append(wants, *need)
		}
	}
	if units > maxWeighed {
		return nil, nil, &Error{
			Code: TooMany, Where: "byWeight", Message: Say("%d units and years are more than the %d that one answer can weigh", units, maxWeighed),
			Hint: Say("ask for fewer years or indicators, or leave out byWeight"),
		}
	}
	return all, wants, nil
}

// fetchScores gets the facts of a scorecard's criteria and, where coverage is to be
// weighed, those of the weights of the units that are scored, on the same basis.
func (s *Service) fetchScores(ctx context.Context, c *State, q *ScorecardQuestion, wants []want, years []Year) ([]*facts, *scale, error) {
	if !q.view.byWeight {
		all, err := s.fetchAll(ctx, c, q.view, wants)
		return all, nil, err
	}
	by := q.Set.CoverageWeight()
	if by != nil {
		wants = append(wants, want{indicator: by, years: years, levels: []*Level{q.Set.Level()}})
	}
	all, err := s.fetchAll(ctx, c, q.view, wants)
	if by == nil || err != nil {
		return all, &scale{}, err
	}
	criteria := len(all) - 1
	return all[:criteria], newScale(all[criteria]), nil
}

// electorate is the units that a summary counts: those of which every criterion is
// known stand behind it.
func (s *scoring) electorate(members []*Unit) *electorate {
	if s.scale == nil {
		return nil
	}
	return &electorate{s.scale, s.year, func() (expected, reported []stander) {
		for _, member := range members {
			expected = append(expected, stander{unit: member})
			if len(s.scores[member.Key()].Unknown) == 0 {
				reported = append(reported, stander{unit: member})
			}
		}
		return expected, reported
	}}
}
