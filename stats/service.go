package stats

import (
	"context"
	"fmt"
	"slices"
)

// Service answers questions. It is safe for concurrent use.
type Service struct {
	source     Source
	caller     Caller
	remembered *remembered
}

// New makes a Service that reads through a source.
func New(source Source) *Service { return &Service{source: source, remembered: &remembered{}} }

// pinned is a source whose catalogue no longer follows the releases.
type pinned struct {
	Source
	catalogue *Calendar
}

// Catalogue gives the catalogue of the moment of pinning.
func (p pinned) Catalogue() *Calendar { return p.catalogue }

// Catalogue gives the present definitions and holdings.
func (s *Service) Catalogue() *Calendar { return s.source.Catalogue() }

// state gives the present catalogue with what was worked out from it.
func (s *Service) state() *State { return s.remembered.of(s.source.Catalogue()) }

// facts are the slices that one answer is made of.
type facts struct {
	catalogue *State
	indicator *Indicator
	view      viewpoint
	frames    map[Year]frame
	breakdown []*Breakdown
	cells     []string // of the breakdown; the total is ""
	slices    map[SliceKey]*Slice
	withheld  map[Year]*withheld // nil where nothing is withheld from the caller
	scale     *scale             // what the units are weighed by; nil where nobody asks
}

// want is what an answer needs of one indicator.
type want struct {
	indicator *Indicator
	breakdown []*Breakdown
	years     []Year
	levels    []*Level
}

// fetch gets the slices of a question's indicator and breakdown for some years and
// levels, all at once.
func (s *Service) fetch(ctx context.Context, c *State, q *Question, years []Year, levels []*Level) (*facts, error) {
	all, err := s.fetchAll(ctx, c, q.view, []want{{q.Indicator, q.Breakdown, years, levels}})
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// fetchAll gets the slices of several indicators, all at once. What was never
// published needs no asking: its slices are empty.
func (s *Service) fetchAll(ctx context.Context, c *State, view viewpoint, wants []want) ([]*facts, error) {
	asked := len(wants)
	all := make([]*facts, asked)
	for i, w := range wants {
		all[i] = newFacts(c, view, w)
	}
	if view.byWeight {
		var err error
		if all, wants, err = weighAll(c, view, all, wants); err != nil {
			return nil, err
		}
	}
	nothing := NewSlice(nil)
	read := map[SliceKey]*Slice{}
	var keys []SliceKey
	for i, w := range wants {
		for _, key := range all[i].keys(w) {
			all[i].slices[key] = nothing
			if _, asked := read[key]; !asked && c.Indicator(key.Indicator).hasYear(key.Year, key.View) {
				read[key] = nothing
				keys = append(keys, key)
			}
		}
	}
	if err := s.guard(ctx, c, all, wants); err != nil {
		return nil, err
	}
	if len(keys) == 0 {
		return all[:asked], nil
	}
	got, err := s.source.Slices(ctx, keys)
	if err != nil {
		return nil, err
	}
	for i, key := range keys {
		read[key] = got[i]
	}
	for _, f := range all {
		for key := range f.slices {
			if slice := read[key]; slice != nil {
				f.slices[key] = slice
			}
		}
	}
	return all[:asked], nil
}

// newFacts makes facts that have no slices yet.
func newFacts(c *State, view viewpoint, w want) *facts {
	f := &facts{
		catalogue: c, indicator: w.indicator, view: view, breakdown: w.breakdown, cells: cellsOf(w.breakdown),
		slices: make(map[SliceKey]*Slice, len(w.years)*len(w.levels)),
	}
	f.settle(w.years)
	return f
}

// keys lists the slices that the figures may be made of: those of the breakdown's
// cells and, for a cell that members may stand for, theirs.
func (f *facts) keys(w want) []SliceKey {
	var keys []SliceKey
	for _, year := range w.years {
		cells := slices.Clone(f.cells)
		for _, cell := range f.cells {
			cells = append(cells, f.indicator.below(year, cell, f.view.View)...)
		}
		cells = distinct(cells)
		for _, level := range w.levels {
			keys = f.keysOf(year, level, cells, keys)
		}
		if f.scale != nil { // who of those that report did
			for _, cell := range cells {
				keys = append(keys, f.key(year, f.indicator.level, cell))
			}
		}
	}
	return keys
}

func (f *facts) key(year Year, level *Level, cell string) SliceKey {
	return SliceKey{Indicator: f.indicator.Code, Year: year, Level: level.Code, Breakdown: cell, View: f.view.View}
}

// figure makes the figure of a unit for a year, on the hierarchy of that year or
// of the basis. A unit that did not exist then has no figure, because the question
// does not apply to it.
func (f *facts) figure(unit *Unit, year Year) *Figure {
	h := f.at(year)
	then := h.ByKey(unit.key)
	if then == nil {
		return &Figure{
			Indicator: f.indicator, Breakdown: f.breakdown, Unit: unit, Year: year, cells: f.cells, view: f.view, Origin: OriginNone,
			Value: None(NotApplicable), Denominator: None(NotApplicable), Rate: None(NotApplicable), Weight: None(NotApplicable),
			Coverage: Coverage{electorate: f.electorate(year, nobody)},
		}
	}
	parts := make([]*Figure, len(f.cells))
	for i, cell := range f.cells {
		parts[i] = f.cell(h, then, year, cell)
	}
	figure := parts[0]
	if len(parts) > 1 {
		figure = f.add(then, year, parts)
	}
	figure.Breakdown = f.breakdown
	return figure
}

// Figure answers what one indicator was for one unit and year.
func (s *Service) Figure(ctx context.Context, ask Ask) (*Figure, error) {
	r := &resolver{State: s.state()}
	q := &Question{Indicator: r.indicator(ask.Indicator)}
	r.year("year", ask.Year, q.Indicator, r.published(ask.Scope), UnknownYear)
	unit := r.unit("unit", ask.Unit, r.on(ask.Scope, ask.Year.Reference()))
	r.narrow(q, ask)
	q.view, _, _ = r.asOf(ask.Scope)
	if err := r.err(); err != nil {
		return nil, err
	}
	f, err := s.fetch(ctx, r.State, q, []Year{ask.Year}, []*Level{unit.Level})
	if err != nil {
		return nil, err
	}
	return f.figure(unit, ask.Year), nil
}

// scope is the units that an answer is about, and the unit that they add up to.
type scope struct {
	units []*Unit
	total *Unit
}

// scope finds the units of a question: one unit, or those of a level (within a
// unit) to which the indicator applies.
func (r *resolver) scope(q *Question, day Date) scope {
	h := r.frame(q.view.basis, day)
	if q.Unit != nil {
		return scope{units: []*Unit{q.Unit}}
	}
	if q.By == nil || q.Indicator == nil {
		return scope{}
	}
	var units, all []*Unit // all: those of the cohort and the others
	for _, unit := range h.LevelWithin(q.By.Code, q.Within) {
		if !q.keepsKind(unit) || h.Eligible(q.Indicator, unit) == 0 {
			continue
		}
		all = append(all, unit)
		if q.keeps(unit) {
			units = append(units, unit)
		}
	}
	if len(units) == 0 && (len(r.faults) == 0 || len(h.Level(q.By.Code)) == 0 && !r.found("by")) {
		r.fault(r.empty(q, day))
	}
	if len(units) > maxUnits {
		r.fault(&Error{
			Code: TooMany, Where: "by",
			Message: fmt.Sprintf("%d units are more than the %d that one answer can have", len(units), maxUnits),
			Hint:    "narrow the question with within",
		})
	}
	total := q.Within
	if total == nil {
		total = h.Common(all)
	}
	return scope{units: units, total: total}
}

// empty says why a level has no units that the indicator applies to.
func (r *resolver) empty(q *Question, day Date) *Error {
	e := &Error{Code: BadArgument, Where: "by"}
	switch {
	case len(r.frame(q.view.basis, day).Level(q.By.Code)) == 0:
		e.Message, e.Hint = r.without(q, day)
	case q.Cohort != nil:
		e.Where = "scope.cohort"
		e.Message = fmt.Sprintf("%s applies to no unit of the cohort %q on %s", q.Indicator.Code, q.Cohort.Code, day)
	case len(q.Kinds) > 0:
		e.Message = fmt.Sprintf("%s applies to no unit of these kinds on %s", q.Indicator.Code, day)
	case q.Within != nil:
		e.Message = fmt.Sprintf("%s has no units of the level %q to which %s applies", q.Within.FullName(English), q.By.Code, q.Indicator.Code)
	default:
		e.Message = fmt.Sprintf("%s applies to no unit of the level %q on %s", q.Indicator.Code, q.By.Code, day)
	}
	return e
}

// lastOf gives the day on which the last unit of a level ended, open when one lives.
func (r *resolver) lastOf(level string) Date {
	var last Date
	for _, version := range r.Units {
		if version.Level != level {
			continue
		}
		if version.Validity.To.IsOpen() {
			return 0
		}
		last = max(last, version.Validity.To)
	}
	return last
}

// target fills the unit, level, parent and kinds of a question that asks either
// for one unit or by a level.
func (r *resolver) target(q *Question, ask Ask, day Date) {
	switch {
	case ask.Unit != "" && ask.By != "":
		r.fault(&Error{Code: BadArgument, Where: "by", Message: "both unit and by are given", Hint: "give unit for one unit, or by for each unit of a level"})
	case ask.Unit != "":
		q.Unit = r.unit("unit", ask.Unit, r.on(ask.Scope, day))
	case ask.By != "":
		q.By = r.level("by", ask.By)
	default:
		r.fault(&Error{Code: BadArgument, Where: "by", Message: "neither unit nor by is given", Hint: "give unit for one unit, or by for each unit of a level"})
	}
	if ask.Within != "" {
		q.Within = r.unit("within", ask.Within, r.on(ask.Scope, day))
		if ask.By == "" {
			r.fault(&Error{Code: BadArgument, Where: "within", Message: "within narrows by, which is not given", Hint: "give by as well"})
		}
	}
	r.narrow(q, ask)
	r.publishedFor("by", q.Indicator, q.By)
}

// levelsOf lists the levels of a question's units and of their total.
func (s scope) levels() []*Level {
	var levels []*Level
	if len(s.units) > 0 {
		levels = append(levels, s.units[0].Level)
	}
	if s.total != nil {
		levels = append(levels, s.total.Level)
	}
	return levels
}
