package figure

import (
	"slices"
	"sync"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// Scale weighs units by the figures of an indicator.
type Scale struct {
	facts *Facts // of the indicator; nil where nothing is declared
	mu    sync.Mutex
	known map[weighed]number.Value
}

// NewScale makes a scale of the facts of an indicator; nil facts weigh nothing, where no
// indicator is declared.
func NewScale(by *Facts) *Scale { return &Scale{facts: by, known: map[weighed]number.Value{}} }

type weighed struct {
	unit uint32
	year number.Year
}

// Weigh returns how much of the weight of the expected units stands behind the figure.
func (s *Scale) Weigh(e *ExpectedReporters) *CoverageByWeight {
	if s.facts == nil {
		return &CoverageByWeight{Expected: number.None(number.NotApplicable), Reported: number.None(number.NotApplicable)}
	}
	expected, reported := e.List()
	c := &CoverageByWeight{Indicator: s.facts.Indicator, Expected: s.sum(expected, e.Year)}
	if c.Reported = c.Expected; c.Expected.IsKnown() {
		c.Reported = s.sum(reported, e.Year)
	}
	return c
}

// sum adds weights up; none, for the reason of the first that is not known.
func (s *Scale) sum(all []ReportingUnit, year number.Year) number.Value {
	total := number.Fraction{}
	for _, each := range all {
		weight := s.weight(each.Unit, year)
		if each.shareUnknown {
			weight = number.None(number.NotComparable)
		}
		n, known := weight.Number()
		if !known {
			return weight
		}
		if each.share != nil {
			n = number.FromRat(number.MulRat(n.Rat(), each.share))
		}
		total = total.Add(n)
	}
	return number.Known(total)
}

// weight is what one unit weighed in a year. What was added up of some of its parts
// is not its weight, and nothing weighs less than nothing.
func (s *Scale) weight(unit *catalogue.Unit, year number.Year) number.Value {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := weighed{unit.Key(), year}
	if weight, known := s.known[at]; known {
		return weight
	}
	s.known[at] = s.read(unit, year)
	return s.known[at]
}

func (s *Scale) read(unit *catalogue.Unit, year number.Year) number.Value {
	if unit.Level.Index() > s.facts.Indicator.Level().Index() {
		return number.None(number.MissingValue)
	}
	figure := s.facts.Figure(unit, year)
	weight, known := figure.Value.Number()
	switch {
	case known && figure.Origin == OriginComputed && figure.Coverage.Reported < figure.Coverage.Expected:
		return number.None(number.CoverageLow)
	case known && weight.Sign() < 0:
		return number.None(number.NotApplicable)
	}
	return figure.Value
}

// maxWeighed is the cap on the units × years that one answer may weigh.
const maxWeighed = 1_000_000

// weighBy makes facts tell coverage by weight, and lists what they need for that.
func weighBy(f *Facts, w Request) *Request {
	f.scale = NewScale(nil)
	by := w.Indicator.CoverageWeight()
	if by == nil {
		return nil
	}
	need := &Request{Indicator: by, Years: w.Years}
	for _, year := range w.Years {
		levels := append(levelsFrom(f, year, w.Levels), f.Indicator.Level())
		for _, level := range f.Catalogue.Levels { // a unit that reports alone weighs what it is
			if level.Index() < f.Indicator.Level().Index() && w.Indicator.ReportsAt(level.Code, f.View.View) {
				levels = append(levels, level)
			}
		}
		for _, level := range levels {
			if level.Index() <= by.Level().Index() && !slices.Contains(need.Levels, level) {
				need.Levels = append(need.Levels, level)
			}
		}
	}
	return need
}

// levelsFrom lists the levels of the units that figures of a year are made from.
func levelsFrom(f *Facts, year number.Year, levels []*catalogue.Level) []*catalogue.Level {
	r := f.At(year).Recast
	if r == nil {
		return slices.Clone(levels)
	}
	var from []*catalogue.Level
	for _, level := range levels {
		from = append(from, r.PartsOf(level, f.Indicator.Level()).levels...)
	}
	return from
}

// weighAll makes all facts of an answer tell coverage by weight, and adds those
// of the weights.
func weighAll(c *State, view Viewpoint, all []*Facts, wants []Request) ([]*Facts, []Request, error) {
	units := 0
	for i, w := range wants {
		if w.Indicator.IsDerived() { // whose coverage is that of its parts
			continue
		}
		for _, year := range w.Years {
			units += len(c.At(year.Reference()).Level(w.Indicator.Level().Code)) * len(all[i].Cells)
		}
		if need := weighBy(all[i], w); need != nil {
			all[i].scale.facts = newFacts(c, Viewpoint{View: view.View}, *need)
			all, wants = append(all, all[i].scale.facts), append(wants, *need)
		}
	}
	for _, f := range slices.Backward(all) { // parts come after what is made of them
		if len(f.parts) > 0 {
			f.scale = f.parts[0].scale
		}
	}
	if units > maxWeighed {
		return nil, nil, &number.Error{
			Code: number.TooMany, Where: "byWeight", Message: number.Say("%d units and years are more than the %d that one answer can weigh", units, maxWeighed),
			Hint: number.Say("ask for fewer years or indicators, or leave out byWeight"),
		}
	}
	return all, wants, nil
}
