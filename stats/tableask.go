package stats

import (
	"slices"
)

// TableAsk says which table is wanted: codes and years, as their caller puts them.
type TableAsk struct {
	// Indicators are the codes of the indicators; Years the years; Measures what
	// to show of each, the figure when empty. What is named twice is shown once.
	Indicators []string
	Years      []Year
	Measures   []TableMeasure
	// Level is the code of a level, each of whose units has a row; Within the code of
	// a unit to which Level is narrowed. Units are the codes of units, instead of Level.
	Level, Within string
	Units         []string
	// BaseYear is the year that changes are measured from (2019 when 0).
	BaseYear Year
	// First is the number of rows of the page, nil for all; After the cursor that
	// the page before ended with.
	First *int
	After *string
	// Scope says from which point of view; nil is the present.
	Scope *Scope
}

// TableQuestion is a question for a table as it was understood.
type TableQuestion struct {
	// Indicators, Years and Measures make the columns, in the order asked.
	Indicators []*Indicator
	Years      []Year
	Measures   []TableMeasure
	// Level and Within say which units have rows, Units which were named instead.
	Level  *Level
	Within *Unit
	Units  []*Unit
	// Breakdown is the members that the figures are of; empty for totals.
	Breakdown []*Breakdown
	// Kinds are the kinds to which Level is narrowed; empty for all.
	Kinds []*Kind
	// Cohort is the cohort to which Level is narrowed; nil for none.
	Cohort *Cohort
	// BaseYear is the year that changes are measured from; nil where no measure
	// needs one.
	BaseYear *Year
	// AsOf is the day of publication up to which figures count; nil for all.
	AsOf *Date

	view viewpoint
}

// maxSums is the cap on the sums of slices that one table may read, and
// maxRanked on the figures that it may rank: those of all rows, not of the page.
const (
	maxSums   = 5_000_000
	maxRanked = 200_000
)

// tablePlan is a table before any figure of it is known.
type tablePlan struct {
	question *TableQuestion
	scope    *Question // by, within and the point of view, as other questions have them
	day      Date
	columns  []*TableColumn
	units    []*Unit // of all rows
	total    *Unit
	wants    []want // by indicator
	offset   int    // of the page
	limit    int

	changes, ranked, moved bool // what the measures need
	hasBase                bool // some indicator has figures of the base year
	oneLevel               bool // all rows are of one level, so that they can be ranked
	catalogue              *State
}

// table resolves a question for a table.
func (r *resolver) table(ask TableAsk) *tablePlan {
	p := &tablePlan{question: &TableQuestion{Units: []*Unit{}, Kinds: []*Kind{}}, scope: &Question{}, catalogue: r.State}
	p.question.view.View = r.published(ask.Scope) // what is wrong with it is told below
	r.tableColumns(p, ask)
	p.scope.view, p.scope.release, p.scope.AsOf = r.asOf(ask.Scope)
	p.question.AsOf, p.question.view = p.scope.AsOf, p.scope.view
	if len(p.question.Years) == 0 {
		return p
	}
	p.day = slices.Max(p.question.Years).Reference()
	r.tableRows(p, ask)
	if r.err() == nil {
		r.tablePage(p, ask)
	}
	if r.err() == nil {
		r.tableWants(p)
	}
	return p
}

// tableColumns resolves indicators, years and measures.
func (r *resolver) tableColumns(p *tablePlan, ask TableAsk) {
	q := p.question
	for _, code := range ask.Indicators {
		if len(r.faults) >= maxFaults {
			break
		}
		if i := r.indicatorAt("indicators", code); i != nil && !slices.Contains(q.Indicators, i) {
			q.Indicators = append(q.Indicators, i)
		}
	}
	for _, i := range q.Indicators {
		q.Breakdown = r.breakdowns(ask.Scope, i)
	}
	q.Years, q.Measures = distinct(ask.Years), distinct(ask.Measures)
	if len(q.Measures) == 0 {
		q.Measures = []TableMeasure{ShowFigure}
	}
	if len(ask.Indicators) == 0 {
		r.fault(&Error{Code: BadArgument, Where: "indicators", Message: Say("the list is empty"), Hint: Say("name at least one indicator")})
	}
	if len(q.Years) == 0 {
		r.fault(&Error{Code: BadArgument, Where: "years", Message: Say("the list is empty"), Hint: Say("name at least one year")})
	}
	if count := len(q.Indicators) * len(q.Years) * len(q.Measures); count > maxUnits {
		r.fault(&Error{
			Code: TooMany, Where: "measures", Message: Say("%d columns are more than the %d cells that one answer can have", count, maxUnits),
			Hint: Say("ask for fewer indicators, years or measures"),
		})
		return
	}
	base := ask.BaseYear
	if base == 0 {
		base = DefaultBaseYear
	}
	for _, m := range q.Measures {
		p.changes, p.ranked, p.moved = p.changes || m.changes(), p.ranked || m.ranks(), p.moved || m == ShowMovement
	}
	if p.changes || p.moved {
		q.BaseYear = &base
		r.calendarYear("baseYear", base)
		p.hasBase = slices.ContainsFunc(q.Indicators, func(i *Indicator) bool { return i.hasYear(base, q.view.View) })
	}
	r.tableYears(q)
	for at, i := range q.Indicators {
		for j, year := range q.Years {
			for _, m := range q.Measures {
				column := &TableColumn{Indicator: i, Breakdown: q.Breakdown, Year: year, Measure: m, place: at*len(q.Years) + j}
				if m.needsBase() {
					column.BaseYear = &base
				}
				p.columns = append(p.columns, column)
			}
		}
	}
}

// tableYears checks the years. That an indicator has nothing of one of them is a
// reason in a cell; a table that has nothing at all is refused.
func (r *resolver) tableYears(q *TableQuestion) {
	found := len(q.Indicators) == 0
	faults := len(r.faults)
	for _, year := range q.Years {
		if len(r.faults) >= maxFaults {
			return
		}
		r.calendarYear("years", year)
		found = found || slices.ContainsFunc(q.Indicators, func(i *Indicator) bool { return i.hasYear(year, q.view.View) })
	}
	if !found && len(q.Years) > 0 && len(r.faults) == faults {
		r.year("years", q.Years[0], q.Indicators[0], q.view.View, UnknownYear)
	}
}

// tableRows resolves the units of the rows: those that exist at the end of the
// latest year and to which some indicator applies, or those that are named.
func (r *resolver) tableRows(p *tablePlan, ask TableAsk) {
	q := p.question
	h := r.frame(q.view.basis, p.day)
	applies := func(u *Unit) bool {
		return slices.ContainsFunc(q.Indicators, func(i *Indicator) bool { return h.Eligible(i, u) > 0 })
	}
	switch {
	case len(ask.Units) > 0 && ask.Level != "":
		r.fault(&Error{Code: BadArgument, Where: "level", Message: Say("both units and level are given"), Hint: Say("give units for some units, or level for each unit of one")})
		return
	case len(ask.Units) > 0:
		for _, code := range ask.Units {
			if u := r.unit("units", code, r.on(ask.Scope, p.day)); u != nil && !slices.Contains(q.Units, u) {
				q.Units = append(q.Units, u)
			}
		}
		if ask.Within != "" {
			r.fault(&Error{Code: BadArgument, Where: "within", Message: Say("within narrows level, which is not given"), Hint: Say("leave it out")})
		}
		r.narrow(p.scope, Ask{Scope: ask.Scope})
		p.units = q.Units
	case ask.Level == "":
		r.fault(&Error{Code: BadArgument, Where: "level", Message: Say("neither level nor units is given"), Hint: Say("give level for each unit of one, or units for some units")})
		return
	default:
		r.target(p.scope, Ask{Level: ask.Level, Within: ask.Within, Scope: ask.Scope}, p.day)
		q.Level, q.Within, q.Kinds, q.Cohort = p.scope.Level, p.scope.Within, p.scope.Kinds, p.scope.Cohort
		if q.Level == nil || len(r.faults) > 0 {
			return
		}
		for _, u := range h.LevelWithin(q.Level.Code, q.Within) {
			if p.scope.keeps(u) && applies(u) {
				p.units = append(p.units, u)
			}
		}
		if p.total = q.Within; p.total == nil {
			p.total = h.Common(p.units)
		}
	}
	p.oneLevel = !slices.ContainsFunc(p.units, func(u *Unit) bool { return u.Level != p.units[0].Level })
	if len(r.faults) == 0 && !slices.ContainsFunc(p.units, applies) {
		r.fault(r.nothingApplies(p))
	}
}

func (r *resolver) nothingApplies(p *tablePlan) *Error {
	q := p.question
	if q.Level != nil && (len(q.Indicators) == 1 || len(r.frame(q.view.basis, p.day).Level(q.Level.Code)) == 0) {
		p.scope.Indicator = q.Indicators[0]
		return r.empty(p.scope, p.day)
	}
	e := &Error{Code: BadArgument, Where: "indicators", Message: Say("none of the indicators applies to any of the units on %s", p.day)}
	e.Hint = Say("ask for the level that reports one of them, or one above it")
	return e
}

// tablePage cuts the page out of the rows.
func (r *resolver) tablePage(p *tablePlan, ask TableAsk) {
	from, to, err := pageOf(ask.First, ask.After, len(p.units))
	if err != nil {
		r.faults = append(r.faults, err)
		return
	}
	p.offset, p.limit = from, to-from
	if cells := p.limit * len(p.columns); cells > maxUnits {
		r.fault(&Error{
			Code: TooMany, Where: "first",
			Message: Say("%d rows × %d columns are more than the %d cells that one answer can have", p.limit, len(p.columns), maxUnits),
			Hint:    Say("ask for at most %d rows at a time, or for fewer columns", maxUnits/len(p.columns)),
		})
	}
	if p.ranked && len(p.units)*len(p.question.Indicators)*(len(p.question.Years)+1) > maxRanked {
		r.fault(&Error{
			Code: TooMany, Where: "measures",
			Message: Say("to rank %d units in %d years by %d indicators is more than the %d figures that one answer can rank", len(p.units), len(p.question.Years), len(p.question.Indicators), maxRanked),
			Hint:    Say("ask for fewer years or indicators, narrow the question with within, or leave out ranks"),
		})
	}
}

// tableWants lists the slices that are needed. An indicator has none of a level
// below the one that reports it.
func (r *resolver) tableWants(p *tablePlan) {
	h := r.frame(p.scope.view.basis, p.day)
	years := p.question.Years
	if p.question.BaseYear != nil {
		years = append(slices.Clip(years), *p.question.BaseYear)
	}
	var levels []*Level
	for _, u := range p.units {
		if !slices.Contains(levels, u.Level) {
			levels = append(levels, u.Level)
		}
	}
	if p.total != nil && !slices.Contains(levels, p.total.Level) {
		levels = append(levels, p.total.Level)
	}
	sums := 0
	for _, i := range p.question.Indicators {
		d := want{indicator: i, breakdown: p.question.Breakdown, years: years, levels: levels}
		for _, level := range levels {
			sums += len(years) * len(h.Level(level.Code)) * len(cellsOf(p.question.Breakdown))
		}
		p.wants = append(p.wants, d)
	}
	if sums > maxSums {
		r.fault(&Error{
			Code: TooMany, Where: "years", Message: Say("the table takes %d sums; one answer can take %d", sums, maxSums),
			Hint: Say("ask for fewer years or indicators"),
		})
	}
}

// sameUnits tells whether the indicator applies to the same units in a year as in
// the base year.
func (p *tablePlan) sameUnits(i *Indicator, year Year) bool {
	return slices.Equal(p.universe(i, year), p.universe(i, *p.question.BaseYear))
}

// universe lists the keys of the units of the rows' kind to which the indicator
// applies in a year.
func (p *tablePlan) universe(i *Indicator, year Year) []uint32 {
	h := p.scope.on(p.catalogue, year)
	units := p.units
	if by := p.question.Level; by != nil {
		units = h.LevelWithin(by.Code, p.question.Within)
	}
	var keys []uint32
	for _, u := range units {
		if then := h.ByKey(u.Key()); then != nil && p.scope.keeps(then) && h.Eligible(i, then) > 0 {
			keys = append(keys, u.Key())
		}
	}
	slices.Sort(keys)
	return keys
}

// distinct gives each value once, in the order of the first ones.
func distinct[T comparable](all []T) []T {
	var found []T
	seen := map[T]bool{}
	for _, value := range all {
		if !seen[value] {
			seen[value] = true
			found = append(found, value)
		}
	}
	return found
}
