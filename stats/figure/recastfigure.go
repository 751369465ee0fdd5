package figure

import (
	"math/big"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// recastFigure makes the figure of a unit of the basis from those of the year's units
// that came to lie in it.
func recastFigure(f *Facts, fr Frame, u *catalogue.Unit, year number.Year, cell string) *Figure {
	r := fr.Recast
	figure := &Figure{
		Indicator: f.Indicator, Unit: u, Year: year, View: f.View, Origin: OriginNone, Recasting: FromWhole,
		Eligible: fr.Eligible(f.Indicator, u), Denominator: number.None(number.NotApplicable), Weight: number.None(number.NotApplicable),
	}
	setCell(f, figure, cell)
	parts := r.PartsOf(u.Level, f.Indicator.Level()).Parts[u.Key()]
	if len(parts) == 1 && parts[0].whole() && !overruled(f, r, parts[0].Unit, year, cell) {
		from := parts[0].Unit
		key := f.key(year, from.Level, cell)
		single := figureOf(r.From, key, f.slices[key], f.Indicator, from, f.gaps[gapKey{year, cell}])
		countReporters(f, single, r.From, from, cell)
		setCell(f, single, cell)
		hide(f, single, cell)
		single.Breaks = breaksOf(f.Catalogue.Calendar.Catalogue, single, r.From)
		single.Unit, single.View, single.Recasting = u, f.View, FromWhole
		switch {
		case from.Key() == u.Key():
			if r.untouched(u) {
				single.Recasting = Untouched
			}
			return single
		case f.Indicator.Kind != catalogue.Reported:
			if single.Origin == OriginReported {
				single.Origin, single.RollUp = OriginComputed, nil
			}
			return single
		}
	}
	for _, p := range parts {
		if own := p.Unit; overruled(f, r, own, year, cell) {
			key := f.key(year, own.Level, cell)
			figure.Unused = append(figure.Unused, figureOf(r.From, key, f.slices[key], f.Indicator, own, f.gaps[gapKey{year, cell}]))
		}
	}
	m := merger{facts: f, frame: fr, figure: figure, year: year, cell: cell}
	value := m.merge(parts)
	figure.Guarded = f.withheld[year] != nil
	figure.Value, figure.Denominator, figure.Rate, figure.Weight, figure.Coverage = value.Value, value.Denominator, value.Rate, value.Weight, value.Coverage
	figure.AtLeast, figure.AtMost, figure.Approximations = value.AtLeast, value.AtMost, value.Approximations
	if f.scale != nil {
		merged := m
		figure.Coverage.Reporters = NewExpectedReporters(f, year, func() (expected, reported []ReportingUnit) { return reportersOfParts(&merged, parts) })
	}
	if figure.Value.IsKnown() && hidesPart(f, m, parts) {
		figure.suppress()
		return figure
	}
	if figure.Value.IsKnown() {
		figure.Origin = OriginComputed
		figure.StatusSet &^= number.Statuses(number.Missing)
	} else {
		figure.StatusSet |= number.Statuses(number.Missing)
	}
	return figure
}

// hidesPart reports whether any figure that is added up is itself withheld: it could be
// computed back from the sum and the other parts. What is made of figures that are all
// shown reveals nothing new.
func hidesPart(f *Facts, m merger, parts []*Part) bool {
	if f.withheld[m.year] == nil {
		return false
	}
	from := m.frame.Recast.From
	for _, p := range parts {
		g, _ := gatherPart(f, m.frame.Recast, p.Unit, m.year, m.cell)
		if g.coverage.Reported == 0 {
			continue
		}
		key := f.key(m.year, p.Unit.Level, m.cell)
		shown := figureOf(from, key, f.slices[key], f.Indicator, p.Unit, nil)
		hide(f, shown, m.cell)
		if !shown.Value.IsKnown() {
			return true
		}
	}
	return false
}

// merger adds up the parts of a unit of the basis.
type merger struct {
	facts  *Facts
	frame  Frame
	figure *Figure
	year   number.Year
	cell   string
	total  gathered
	parts  stakes
	judged bool // the unit was judged as a whole, whatever is missing within it
}

// stakes are the sums over units of which parts are taken, by the share that is taken.
type stakes map[*big.Rat]*shared

type shared struct{ value, denominator, weighted decimal.Decimal }

// merge returns what the parts add up to by the rules of the indicator's kind, or why
// they do not.
func (m *merger) merge(parts []*Part) RollUp {
	f, indicator := m.facts, m.facts.Indicator
	none := func(why number.Reason) RollUp {
		r := RollUp{Value: number.None(why), Denominator: number.None(number.NotApplicable), Weight: number.None(number.NotApplicable), Coverage: m.total.coverage}
		r.Rate = rate(indicator, r.Value, r.Denominator)
		return r
	}
	m.total.coverage.Expected = m.figure.Eligible
	if len(parts) == 0 || indicator.Kind == catalogue.Reported {
		return none(number.NotComparable)
	}
	m.parts = stakes{}
	judged := indicator.Kind == catalogue.Attainment && m.figure.Unit.Level.Index() >= indicator.Level().Index()
	var verdicts []verdict
	unlisted, unclear, divided := false, false, false
	for _, p := range parts {
		g, statuses := gatherPart(f, m.frame.Recast, p.Unit, m.year, m.cell)
		if g.coverage.Expected == 0 && g.coverage.Reported == 0 {
			unlisted = unlisted || p.Unit.Level.Index() < indicator.Level().Index() && !hasUnitsOf(m.frame.Recast.From, p.Unit, indicator.Level())
			continue
		}
		share, known := shareOfPart(f, p)
		unclear, divided = unclear || !known, divided || !p.whole()
		if !p.whole() && g.adds() {
			m.figure.Recasting = FromParts
			statuses = statuses.With(number.Estimated)
		}
		if !known {
			continue
		}
		m.figure.StatusSet |= statuses
		m.figure.Breaks = append(m.figure.Breaks, breaksOfPart(f, m.frame.Recast.From, p.Unit, m.cell)...)
		m.take(g, share)
		verdicts = append(verdicts, verdictOf(g))
	}
	m.figure.notKnown, m.figure.Reporters, m.figure.Latest = m.total.notKnown, m.total.reporters, m.total.latest
	switch {
	case unclear, judged && indicator.Recast == "", indicator.Kind == catalogue.Attainment && !judged && divided && indicator.Recast != catalogue.RecastShare:
		return none(number.NotComparable)
	case unlisted:
		return none(number.MissingValue)
	case judged && indicator.Recast != catalogue.RecastShare:
		m.judge(verdicts)
	}
	m.total.split = m.parts.fractions()
	return m.total.rollUp(indicator)
}

// take adds a share of what a unit has.
func (m *merger) take(g gathered, share *big.Rat) {
	t := &m.total
	t.coverage.Reported += g.coverage.Reported
	t.bare, t.notKnown, t.reporters = t.bare+g.bare, t.notKnown+g.notKnown, t.reporters+g.reporters
	t.latest = t.latest.Later(g.latest)
	t.silent, t.missing, t.approximations = t.silent+g.silent, plus(t.missing, g.missing), t.approximations|g.approximations
	if number.IsUnity(share) {
		t.value, t.denominator, t.weighted = plus(t.value, g.value), plus(t.denominator, g.denominator), plus(t.weighted, g.weighted)
		return
	}
	s := m.parts[share]
	if s == nil {
		s = &shared{}
		m.parts[share] = s
	}
	s.value, s.denominator, s.weighted = plus(s.value, g.value), plus(s.denominator, g.denominator), plus(s.weighted, g.weighted)
}

// fractions returns the parts, exact.
func (s stakes) fractions() splits {
	value, denominator, weighted := new(big.Rat), new(big.Rat), new(big.Rat)
	for share, of := range s {
		value.Add(value, number.MulRat(share, of.value.Rat()))
		denominator.Add(denominator, number.MulRat(share, of.denominator.Rat()))
		weighted.Add(weighted, number.MulRat(share, of.weighted.Rat()))
	}
	return splits{number.FromRat(value), number.FromRat(denominator), number.FromRat(weighted)}
}

// verdict says whether one unit met the criterion, as far as is known.
type verdict uint8

const (
	unjudged verdict = iota
	hasMet
	hasNotMet
)

func verdictOf(g gathered) verdict {
	switch {
	case g.coverage.Reported == 0:
		return unjudged
	case g.value.Sign() > 0:
		return hasMet
	case g.missing.IsPositive(): // not named, which says nothing
		return unjudged
	}
	return hasNotMet
}

// judge replaces the sums by the one verdict on the unit: it met the criterion when
// all, or any, of the units in it did. What is unknown leaves it unknown where it
// could decide.
func (m *merger) judge(all []verdict) {
	decides, otherwise := hasNotMet, hasMet
	if m.facts.Indicator.Recast == catalogue.RecastAny {
		decides, otherwise = hasMet, hasNotMet
	}
	result := otherwise
	for _, v := range all {
		switch {
		case v == decides:
			result = decides
		case v == unjudged && result != decides:
			result = unjudged
		}
	}
	t := gathered{notKnown: m.total.notKnown, reporters: m.total.reporters, coverage: m.total.coverage}
	m.parts = stakes{}
	if result == unjudged {
		t.coverage.Reported, t.missing = 0, decimal.Min(m.total.missing, number.One())
	} else {
		// One unit has been judged as a whole, whoever of those in it was silent.
		t.denominator, t.coverage = number.One(), Coverage{Expected: t.coverage.Expected, Reported: t.coverage.Expected}
		m.judged = true
	}
	if result == hasMet {
		t.value = number.One()
	}
	m.total = t
}

// gatherPart returns what one unit of the year adds: its own observation, which
// stands for all eligible units within it, or what those units add up to.
func gatherPart(f *Facts, r *Recast, u *catalogue.Unit, year number.Year, cell string) (gathered, number.StatusSet) {
	own := f.ownSum(u, year, cell)
	if own.Count > 0 && !overruled(f, r, u, year, cell) {
		return gathered{
			value: own.Value, denominator: own.Denominator, weighted: own.Weighted, bare: own.Bare, reporters: own.Reporters, latest: own.Latest, approximations: own.Approximations,
			coverage: Coverage{Expected: r.From.Eligible(f.Indicator, u), Reported: max(r.From.Eligible(f.Indicator, u), 1)},
		}, own.Statuses
	}
	return gatherBelow(f, r.From, u, year, cell)
}

// ownSum is what a unit of the year reported itself.
func (f *Facts) ownSum(u *catalogue.Unit, year number.Year, cell string) Sum {
	own, _ := split(f.slices[f.key(year, u.Level, cell)].of(u.Key(), nil), u.Level.Index())
	return own
}

// gatherBelow returns what the units within one of the year add up to.
func gatherBelow(f *Facts, h *catalogue.Hierarchy, u *catalogue.Unit, year number.Year, cell string) (gathered, number.StatusSet) {
	slice := f.slices[f.key(year, u.Level, cell)]
	own, parts := split(slice.of(u.Key(), nil), u.Level.Index())
	if own.Count == 0 && own.NotKnown > 0 && own.From == h.ReportingLevel(f.Indicator) {
		parts = append(parts, own)
	}
	statuses := number.StatusSet(0)
	for _, part := range parts {
		statuses |= part.Statuses
	}
	part := &Figure{Indicator: f.Indicator, Year: year, Eligible: h.Eligible(f.Indicator, u)}
	return gather(h, part, slice, parts, f.gaps[gapKey{year, cell}].missing(u)), statuses
}

// overruled reports whether what a unit reported itself is not what is carried: the
// crosswalk does not carry it but the units within it, and all of those have figures.
func overruled(f *Facts, r *Recast, u *catalogue.Unit, year number.Year, cell string) bool {
	if f.withheld[year] != nil { // what is shown was chosen for the figures as they were reported
		return false
	}
	if r.Carries(u) || f.Indicator.Kind == catalogue.Reported || f.ownSum(u, year, cell).Count == 0 {
		return false
	}
	below, _ := gatherBelow(f, r.From, u, year, cell)
	averages := f.Indicator.IsRatio() || f.Indicator.Kind == catalogue.Mean
	return below.coverage.Expected > 0 && below.coverage.Reported >= below.coverage.Expected && (!averages || below.bare == 0)
}

// hasUnitsOf reports whether the catalogue knows units of a level within a unit. Of one
// that it does not know, it cannot be said that nothing in it is expected to report.
func hasUnitsOf(h *catalogue.Hierarchy, u *catalogue.Unit, level *catalogue.Level) bool {
	return len(h.LevelWithin(level.Code, u)) > 0
}

// shareOfPart is the part of its unit that a part is; false when it is not known.
func shareOfPart(f *Facts, p *Part) (*big.Rat, bool) {
	if p.share != nil {
		return p.share, true
	}
	return p.sum(func(w catalogue.Weights, unit uint32) (*big.Rat, bool) { return weighUnit(f, w, unit) })
}

// weighUnit returns the figure by which a part weighs, on the units of its year.
func weighUnit(f *Facts, w catalogue.Weights, unit uint32) (*big.Rat, bool) {
	indicator, h := f.Catalogue.Indicator(w.IndicatorCode), f.Catalogue.At(w.Year.Reference())
	at := h.ByKey(unit)
	if at == nil || indicator == nil {
		return nil, false
	}
	key := SliceKey{Indicator: w.IndicatorCode, Year: w.Year, Level: at.Level.Code, View: f.View.View}
	weight, known := figureOf(h, key, f.slices[key], indicator, at, nil).Quantity().Number()
	if !known {
		return nil, false
	}
	return weight.Rat(), true
}

// breaksOfPart lists the years in which the series of a unit of the year breaks.
func breaksOfPart(f *Facts, h *catalogue.Hierarchy, u *catalogue.Unit, cell string) []number.Year {
	return breaksOf(f.Catalogue.Calendar.Catalogue, &Figure{Indicator: f.Indicator, Unit: u, Origin: OriginComputed, Cells: []string{cell}, View: f.View}, h)
}

// keysOf adds the slices that figures of a level and year take: where the units are
// carried, those of the levels that they are carried from, and of what shares follow.
func keysOf(f *Facts, year number.Year, level *catalogue.Level, cells []string, keys []SliceKey) []SliceKey {
	levels := []*catalogue.Level{level}
	r := f.At(year).Recast
	if r != nil {
		c := r.PartsOf(level, f.Indicator.Level())
		levels = c.levels
		for _, w := range c.weights {
			keys = keysOfWeights(f, w, keys)
		}
	}
	for _, from := range levels {
		for _, cell := range cells {
			keys = append(keys, f.key(year, from, cell))
		}
	}
	return keys
}

func keysOfWeights(f *Facts, w catalogue.Weights, keys []SliceKey) []SliceKey {
	indicator := f.Catalogue.Indicator(w.IndicatorCode)
	for _, level := range f.Catalogue.Levels {
		if indicator != nil && level.Index() <= indicator.Level().Index() {
			keys = append(keys, SliceKey{Indicator: w.IndicatorCode, Year: w.Year, Level: level.Code, View: f.View.View})
		}
	}
	return keys
}
