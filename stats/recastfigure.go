package stats

import (
	"math/big"

	"github.com/shopspring/decimal"
)

// recasting says how a figure came to be on the units of a basis.
type recasting uint8

const (
	asReported recasting = iota // on the year's own units
	fromWhole                   // whole units were put together
	fromParts                   // some unit was shared out by weights
)

// recast makes the figure of a unit of the basis from those of the year's units
// that came to lie in it.
func (f *facts) recast(fr frame, u *Unit, year Year, cell string) *Figure {
	r := fr.recast
	figure := &Figure{
		Indicator: f.indicator, Unit: u, Year: year, view: f.view, Origin: OriginNone, recasting: fromWhole,
		eligible: fr.Eligible(f.indicator, u), Denominator: None(NotApplicable), Weight: None(NotApplicable),
	}
	f.isOf(figure, cell)
	pieces := r.carry(u.Level, f.indicator.Level()).pieces[u.Key()]
	if len(pieces) == 1 && pieces[0].whole() {
		from := pieces[0].unit
		key := f.key(year, from.Level, cell)
		sole := r.from.figure(key, f.slices[key], f.indicator, from)
		f.attend(sole, r.from, from, cell)
		f.isOf(sole, cell)
		f.hide(sole, cell)
		sole.breaks = f.catalogue.breaksOf(sole, r.from)
		sole.Unit, sole.view, sole.recasting = u, f.view, fromWhole
		switch {
		case from.Key() == u.Key():
			return sole
		case f.indicator.Kind != Reported:
			if sole.Origin == OriginReported {
				sole.Origin, sole.RollUp = OriginComputed, nil
			}
			return sole
		}
	}
	m := merger{facts: f, frame: fr, figure: figure, year: year, cell: cell}
	value := m.merge(pieces)
	figure.guarded = f.withheld[year] != nil
	figure.Value, figure.Denominator, figure.Rate, figure.Weight, figure.Coverage = value.Value, value.Denominator, value.Rate, value.Weight, value.Coverage
	if f.scale != nil {
		merged := m
		figure.Coverage.electorate = f.electorate(year, func() (expected, reported []stander) { return merged.rollOfPieces(pieces) })
	}
	if figure.Value.IsKnown() && f.hidesPiece(m, pieces) {
		figure.suppress()
		return figure
	}
	if figure.Value.IsKnown() {
		figure.Origin = OriginComputed
		figure.StatusSet &^= Statuses(Missing)
	} else {
		figure.StatusSet |= Statuses(Missing)
	}
	return figure
}

// hidesPiece tells whether anything that is put together is withheld as reported:
// from the sum and the other pieces it could be computed back. What is made of
// figures that are all shown tells nothing new.
func (f *facts) hidesPiece(m merger, pieces []*piece) bool {
	if f.withheld[m.year] == nil {
		return false
	}
	from := m.frame.recast.from
	for _, p := range pieces {
		g, _ := f.gatherPiece(from, p.unit, m.year, m.cell)
		if g.coverage.Reported == 0 {
			continue
		}
		key := f.key(m.year, p.unit.Level, m.cell)
		shown := from.figure(key, f.slices[key], f.indicator, p.unit)
		f.hide(shown, m.cell)
		if !shown.Value.IsKnown() {
			return true
		}
	}
	return false
}

// notCarried tells whether nothing says how to carry the figure to its unit.
func (f *Figure) notCarried() bool {
	reason := f.Reason()
	return f.recasting != asReported && reason != nil && *reason == NotComparable
}

// merger puts the pieces of a unit together.
type merger struct {
	facts  *facts
	frame  frame
	figure *Figure
	year   Year
	cell   string
	total  gathered
	parts  stakes
	judged bool // the unit as a whole, whoever of those in it was silent
}

// stakes are what units have of which parts are taken, summed by the share that is.
type stakes map[*big.Rat]*shared

type shared struct{ value, denominator, weighted decimal.Decimal }

// merge gives what the pieces add up to by the rules of the indicator's kind, or
// why they do not.
func (m *merger) merge(pieces []*piece) RollUp {
	f, indicator := m.facts, m.facts.indicator
	none := func(why Reason) RollUp {
		r := RollUp{Value: None(why), Denominator: None(NotApplicable), Weight: None(NotApplicable), Coverage: m.total.coverage}
		r.Rate = rate(indicator, r.Value, r.Denominator)
		return r
	}
	m.total.coverage.Expected = m.figure.eligible
	if len(pieces) == 0 || indicator.Kind == Reported {
		return none(NotComparable)
	}
	m.parts = stakes{}
	judged := indicator.Kind == Attainment && m.figure.Unit.Level.Index() >= indicator.Level().Index()
	var verdicts []verdict
	uncharted, torn := false, false
	for _, p := range pieces {
		g, statuses := f.gatherPiece(m.frame.recast.from, p.unit, m.year, m.cell)
		if g.coverage.Expected == 0 && g.coverage.Reported == 0 {
			uncharted = uncharted || p.unit.Level.Index() < indicator.Level().Index() && !m.frame.recast.from.charts(p.unit, indicator.Level())
			continue
		}
		share, known := f.share(p)
		torn = torn || !known
		if !p.whole() {
			m.figure.recasting = fromParts
			statuses = statuses.With(Estimated)
		}
		if !known {
			continue
		}
		m.figure.StatusSet |= statuses
		m.figure.breaks = append(m.figure.breaks, f.breaksOfPiece(m.frame.recast.from, p.unit, m.cell)...)
		m.take(g, share)
		verdicts = append(verdicts, verdictOf(g))
	}
	m.figure.notKnown, m.figure.reporters = m.total.notKnown, m.total.reporters
	switch {
	case torn, judged && indicator.Recast == "", indicator.Kind == Attainment && !judged && m.figure.recasting == fromParts && indicator.Recast != RecastShare:
		return none(NotComparable)
	case uncharted:
		return none(MissingValue)
	case judged && indicator.Recast != RecastShare:
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
	if isWhole(share) {
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

// fractions gives the parts, exact.
func (s stakes) fractions() splits {
	value, denominator, weighted := new(big.Rat), new(big.Rat), new(big.Rat)
	for share, of := range s {
		value.Add(value, product(share, of.value.Rat()))
		denominator.Add(denominator, product(share, of.denominator.Rat()))
		weighted.Add(weighted, product(share, of.weighted.Rat()))
	}
	return splits{fromRat(value), fromRat(denominator), fromRat(weighted)}
}

// splits are what parts of units add to a sum of whole ones.
type splits struct{ value, denominator, weighted Fraction }

// verdict is what is known of one unit's attainment.
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
	}
	return hasNotMet
}

// judge replaces the sums by the one verdict on the unit: it met the criterion when
// all, or any, of the units in it did. What is unknown leaves it unknown where it
// could decide.
func (m *merger) judge(all []verdict) {
	decides, otherwise := hasNotMet, hasMet
	if m.facts.indicator.Recast == RecastAny {
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
		t.coverage.Reported = 0
	} else {
		// One unit has been judged as a whole, whoever of those in it was silent.
		t.denominator, t.coverage = one(), Coverage{Expected: t.coverage.Expected, Reported: t.coverage.Expected}
		m.judged = true
	}
	if result == hasMet {
		t.value = one()
	}
	m.total = t
}

// gatherPiece gives what one unit of the year adds: its own observation, which
// stands for all eligible units within it, or what those units add up to.
func (f *facts) gatherPiece(h *Hierarchy, u *Unit, year Year, cell string) (gathered, StatusSet) {
	slice := f.slices[f.key(year, u.Level, cell)]
	eligible := h.Eligible(f.indicator, u)
	own, parts := split(slice.of(u.Key(), nil), u.Level.Index())
	if own.Count > 0 {
		return gathered{
			value: own.Value, denominator: own.Denominator, weighted: own.Weighted, bare: own.Bare, reporters: own.Reporters,
			coverage: Coverage{Expected: eligible, Reported: max(eligible, 1)},
		}, own.Statuses
	}
	if own.NotKnown > 0 && own.From == h.leaf(f.indicator) {
		parts = append(parts, own)
	}
	statuses := StatusSet(0)
	for _, part := range parts {
		statuses |= part.Statuses
	}
	return h.gather(&Figure{Indicator: f.indicator, eligible: eligible}, slice, parts), statuses
}

// charts tells whether the catalogue knows units of a level within a unit. Of one
// that it does not know, it cannot be said that nothing in it is expected to report.
func (h *Hierarchy) charts(u *Unit, level *Level) bool { return len(h.LevelWithin(level.Code, u)) > 0 }

// share is the part of its unit that a piece is; false when it is not known.
func (f *facts) share(p *piece) (*big.Rat, bool) {
	if p.share != nil {
		return p.share, true
	}
	return p.sum(func(w Weights, unit uint32) (*big.Rat, bool) { return f.weigh(w, unit) })
}

// weigh gives the figure by which a part weighs, on the units of its year.
func (f *facts) weigh(w Weights, unit uint32) (*big.Rat, bool) {
	indicator, h := f.catalogue.Indicator(w.IndicatorCode), f.catalogue.At(w.Year.Reference())
	at := h.ByKey(unit)
	if at == nil || indicator == nil {
		return nil, false
	}
	key := SliceKey{Indicator: w.IndicatorCode, Year: w.Year, Level: at.Level.Code, View: f.view.View}
	weight, known := h.figure(key, f.slices[key], indicator, at).quantity().Number()
	if !known {
		return nil, false
	}
	return weight.rat(), true
}

// breaksOfPiece lists the years in which the series of a unit of the year breaks.
func (f *facts) breaksOfPiece(h *Hierarchy, u *Unit, cell string) []Year {
	return f.catalogue.breaksOf(&Figure{Indicator: f.indicator, Unit: u, Origin: OriginComputed, cells: []string{cell}, view: f.view}, h)
}

// keysOf adds the slices that figures of a level and year take: where the units are
// carried, those of the levels that they are carried from, and of what shares follow.
func (f *facts) keysOf(year Year, level *Level, cells []string, keys []SliceKey) []SliceKey {
	levels := []*Level{level}
	r := f.at(year).recast
	if r != nil {
		c := r.carry(level, f.indicator.Level())
		levels = c.levels
		for _, w := range c.follow {
			keys = f.keysOfWeights(w, keys)
		}
	}
	for _, from := range levels {
		for _, cell := range cells {
			keys = append(keys, f.key(year, from, cell))
		}
	}
	return keys
}

func (f *facts) keysOfWeights(w Weights, keys []SliceKey) []SliceKey {
	indicator := f.catalogue.Indicator(w.IndicatorCode)
	for _, level := range f.catalogue.Levels {
		if indicator != nil && level.Index() <= indicator.Level().Index() {
			keys = append(keys, SliceKey{Indicator: w.IndicatorCode, Year: w.Year, Level: level.Code, View: f.view.View})
		}
	}
	return keys
}
