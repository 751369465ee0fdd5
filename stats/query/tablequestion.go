package query

import (
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/list"
	"github.com/niengiam/niengiam/stats/number"
)

// TableAsk is a question for a table as its caller puts it: codes and years.
type TableAsk struct {
	// Indicators are the codes of the indicators; Years the years; Measures what
	// to show of each, the figure when empty. What is named twice is shown once.
	Indicators []string
	Years      []number.Year
	// From and To ask for all years between them that have data, instead of Years; 0 is
	// as far as there are data.
	From, To number.Year
	Measures []catalogue.TableMeasure
	// Level is the code of a level, each of whose units has a row; Within the code of
	// a unit to which Level is narrowed. Units are the codes of units, instead of Level.
	Level, Within string
	Units         []string
	// BaseYear is the year that changes are measured from (2019 when 0, the year before
	// each of the years for number.PreviousYear).
	BaseYear number.Year
	// OrderBy is the column by which the rows are ordered; nil for their own order. Where
	// are conditions, all of which the rows meet.
	OrderBy *TableOrderAsk
	Where   []TableFilterAsk
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
	Indicators []*catalogue.Indicator
	Years      []number.Year
	Measures   []catalogue.TableMeasure
	// Level and Within say which units have rows, Units which were named instead.
	Level  *catalogue.Level
	Within *catalogue.Unit
	Units  []*catalogue.Unit
	// Breakdown is the members that the figures are of; empty for totals.
	Breakdown []*catalogue.Breakdown
	// Kinds are the kinds to which Level is narrowed; empty for all.
	Kinds []*catalogue.Kind
	// Cohort is the cohort to which Level is narrowed; nil for none.
	Cohort *catalogue.Cohort
	// BaseYear is the year that changes are measured from, number.PreviousYear for the
	// year before each; nil where no measure needs one.
	BaseYear *number.Year
	// OrderBy is the order of the rows, nil for their own; Where are the conditions that
	// they meet.
	OrderBy *TableOrder
	Where   []*TableFilter
	// AsOf is the day of publication up to which figures count; nil for all.
	AsOf *number.Date

	view figure.Viewpoint
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
	day      number.Date
	columns  []*TableColumn
	units    []*catalogue.Unit // of all rows
	total    *catalogue.Unit
	wants    []figure.Request // by indicator
	at       list.Part
	offset   int // of the page
	limit    int
	pageInfo *list.PageInfo

	years    []number.Year // those of the columns, then the base years that are none of them
	bases    []int         // of each year of the columns the place of its base year; nil where none is needed
	baseless []number.Year // the base years of which no indicator has figures

	changes, ranked, moved bool // what the measures need
	arranged               bool // rows are ordered or left out by their numbers
	oneLevel               bool // all rows are of one level, so that they can be ranked
	catalogue              *figure.State
}

// resolveTable resolves a question for a table.
func resolveTable(r *Resolver, ask TableAsk) *tablePlan {
	asked := ask
	asked.First, asked.After = nil, nil
	var bounds []string // a number.Value has no JSON of its own
	for _, f := range asked.Where {
		bounds = append(bounds, f.Value.String())
	}
	at := pageOf(r, list.Named("table", asked, bounds), ask.First, ask.After)
	p := &tablePlan{question: &TableQuestion{Units: []*catalogue.Unit{}, Kinds: []*catalogue.Kind{}}, scope: &Question{}, catalogue: r.State, at: at, arranged: ask.OrderBy != nil || len(ask.Where) > 0}
	p.question.view = r.published(ask.Scope) // what is wrong with it is told below
	resolveColumns(r, p, ask)
	p.scope.view, p.scope.version, p.scope.AsOf = r.AsOf(ask.Scope)
	p.question.AsOf, p.question.view = p.scope.AsOf, p.scope.view
	if len(p.question.Years) == 0 {
		return p
	}
	p.day = slices.Max(p.question.Years).Reference()
	resolveRows(r, p, ask)
	resolveArrangement(r, p, ask)
	if r.Err() == nil {
		checkRanked(r, p)
	}
	if r.Err() == nil && !p.arranged {
		resolvePage(r, p, len(p.units))
	}
	if r.Err() == nil {
		resolveWants(r, p)
	}
	return p
}

// resolveColumns resolves indicators, years and measures.
func resolveColumns(r *Resolver, p *tablePlan, ask TableAsk) {
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
		q.Breakdown = resolveBreakdowns(r, ask.Scope, i)
	}
	q.Years, q.Measures = tableYears(r, q, ask), number.Distinct(ask.Measures)
	if len(q.Measures) == 0 {
		q.Measures = []catalogue.TableMeasure{catalogue.ShowFigure}
	}
	if len(ask.Indicators) == 0 {
		r.Fault(&number.Error{Code: number.BadArgument, Where: "indicators", Message: number.Say("the list is empty"), Hint: number.Say("name at least one indicator")})
	}
	if len(ask.Years) == 0 && ask.From == 0 && ask.To == 0 {
		r.Fault(&number.Error{Code: number.BadArgument, Where: "years", Message: number.Say("the list is empty"), Hint: number.Say("name at least one year, or give from and to")})
	}
	if count := len(q.Indicators) * len(q.Years) * len(q.Measures); count > maxUnits {
		r.Fault(&number.Error{
			Code: number.TooMany, Where: "measures", Message: number.Say("%d columns are more than the %d cells that one answer can have", count, maxUnits),
			Hint: number.Say("ask for fewer indicators, years or measures"),
		})
		return
	}
	for _, m := range q.Measures {
		p.changes, p.ranked, p.moved = p.changes || m.Changes(), p.ranked || m.Ranks(), p.moved || m == catalogue.ShowMovement
	}
	resolveTableYears(r, q)
	resolveBaseYears(r, p, ask.BaseYear)
	for at, i := range q.Indicators {
		for j, year := range q.Years {
			for _, m := range q.Measures {
				column := &TableColumn{Indicator: i, Breakdown: q.Breakdown, Year: year, Measure: m, place: at*len(q.Years) + j}
				if m.NeedsBase() {
					column.BaseYear = &p.years[p.bases[j]]
				}
				p.columns = append(p.columns, column)
			}
		}
	}
}

// tableYears lists the years that are named, or all from one to another.
func tableYears(r *Resolver, q *TableQuestion, ask TableAsk) []number.Year {
	switch ranged := ask.From != 0 || ask.To != 0; {
	case ranged && len(ask.Years) > 0:
		r.Fault(&number.Error{Code: number.BadArgument, Where: "years", Message: number.Say("both years and a range are given"), Hint: number.Say("give years, or from and to")})
		return nil
	case ranged && len(q.Indicators) > 0:
		return resolveSpan(r, &Question{From: ask.From, To: ask.To, view: q.view}, q.Indicators...)
	}
	return number.Distinct(ask.Years)
}

// resolveBaseYears finds the base year of each year, and which of them have no figures.
func resolveBaseYears(r *Resolver, p *tablePlan, base number.Year) {
	q := p.question
	p.years = slices.Clone(q.Years)
	if !p.changes && !p.moved {
		return
	}
	q.BaseYear = number.OrDefault(base, number.DefaultBaseYear)
	for _, year := range q.Years {
		from := base.BaseFor(year)
		at := slices.Index(p.years, from)
		if at < 0 {
			at, p.years = len(p.years), append(p.years, from)
			r.CalendarYear("baseYear", from)
		}
		p.bases = append(p.bases, at)
		if !slices.Contains(p.baseless, from) && !slices.ContainsFunc(q.Indicators, func(i *catalogue.Indicator) bool { return q.view.HasYear(i, from) }) {
			p.baseless = append(p.baseless, from)
		}
	}
	slices.Sort(p.baseless)
}

// resolveTableYears checks the years. That an indicator has nothing of one of them is a
// reason in a cell; a table that has nothing at all is refused.
func resolveTableYears(r *Resolver, q *TableQuestion) {
	found := len(q.Indicators) == 0
	faults := len(r.faults)
	for _, year := range q.Years {
		if len(r.faults) >= maxFaults {
			return
		}
		r.CalendarYear("years", year)
		found = found || slices.ContainsFunc(q.Indicators, func(i *catalogue.Indicator) bool { return q.view.HasYear(i, year) })
	}
	if !found && len(q.Years) > 0 && len(r.faults) == faults {
		r.year("years", q.Years[0], q.Indicators[0], q.view, number.UnknownYear)
	}
}

// resolveRows resolves the units of the rows: those that exist at the end of the
// latest year and to which some indicator applies, or those that are named.
func resolveRows(r *Resolver, p *tablePlan, ask TableAsk) {
	q := p.question
	h := r.Frame(q.view.Basis, p.day)
	applies := func(u *catalogue.Unit) bool {
		return slices.ContainsFunc(q.Indicators, func(i *catalogue.Indicator) bool { return h.MayApply(i, u, q.view.View) })
	}
	switch {
	case len(ask.Units) > 0 && ask.Level != "":
		r.Fault(&number.Error{Code: number.BadArgument, Where: "level", Message: number.Say("both units and level are given"), Hint: number.Say("give units for some units, or level for each unit of one")})
		return
	case len(ask.Units) > 0:
		for _, code := range ask.Units {
			if u := r.Unit("units", code, r.On(ask.Scope, p.day)); u != nil && !slices.Contains(q.Units, u) {
				q.Units = append(q.Units, u)
			}
		}
		if ask.Within != "" {
			r.Fault(&number.Error{Code: number.BadArgument, Where: "within", Message: number.Say("within narrows level, which is not given"), Hint: number.Say("leave it out")})
		}
		Narrow(r, p.scope, Ask{Scope: ask.Scope})
		p.units = q.Units
	case ask.Level == "":
		r.Fault(&number.Error{Code: number.BadArgument, Where: "level", Message: number.Say("neither level nor units is given"), Hint: number.Say("give level for each unit of one, or units for some units")})
		return
	default:
		resolveUnits(r, p.scope, Ask{Level: ask.Level, Within: ask.Within, Scope: ask.Scope}, p.day)
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
	p.oneLevel = !slices.ContainsFunc(p.units, func(u *catalogue.Unit) bool { return u.Level != p.units[0].Level })
	if len(r.faults) == 0 && !slices.ContainsFunc(p.units, applies) {
		r.Fault(nothingApplies(r, p))
	}
}

func nothingApplies(r *Resolver, p *tablePlan) *number.Error {
	q := p.question
	if q.Level != nil && (len(q.Indicators) == 1 || len(r.Frame(q.view.Basis, p.day).Level(q.Level.Code)) == 0) {
		p.scope.Indicator = q.Indicators[0]
		return emptyScope(r, p.scope, p.day)
	}
	e := &number.Error{Code: number.BadArgument, Where: "indicators", Message: number.Say("none of the indicators applies to any of the units on %s", p.day)}
	e.Hint = number.Say("ask for the level that reports one of them, or one above it")
	return e
}

// resolvePage cuts the page out of so many rows.
func resolvePage(r *Resolver, p *tablePlan, rows int) {
	from, to, info, err := p.at.Rows(p.scope.view.Head, rows)
	if err != nil {
		r.faults = append(r.faults, err)
		return
	}
	p.offset, p.limit, p.pageInfo = from, to-from, info
	if cells := p.limit * len(p.columns); cells > maxUnits {
		r.Fault(&number.Error{
			Code: number.TooMany, Where: "first",
			Message: number.Say("%d rows × %d columns are more than the %d cells that one answer can have", p.limit, len(p.columns), maxUnits),
			Hint:    number.Say("ask for at most %d rows at a time, or for fewer columns", maxUnits/len(p.columns)),
		})
	}
}

// checkRanked refuses to rank more figures than one answer can.
func checkRanked(r *Resolver, p *tablePlan) {
	if p.ranked && len(p.units)*len(p.question.Indicators)*len(p.years) > maxRanked {
		r.Fault(&number.Error{
			Code: number.TooMany, Where: "measures",
			Message: number.Say("to rank %d units in %d years by %d indicators is more than the %d figures that one answer can rank", len(p.units), len(p.question.Years), len(p.question.Indicators), maxRanked),
			Hint:    number.Say("ask for fewer years or indicators, narrow the question with within, or leave out ranks"),
		})
	}
}

// resolveWants lists the slices that are needed. An indicator has none of a level
// below the one that reports it.
func resolveWants(r *Resolver, p *tablePlan) {
	h := r.Frame(p.scope.view.Basis, p.day)
	var levels []*catalogue.Level
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
		d := figure.Request{Indicator: i, Breakdown: p.question.Breakdown, Years: p.years, Levels: levels}
		for _, level := range levels {
			sums += len(p.years) * len(h.Level(level.Code)) * len(catalogue.CellsOf(p.question.Breakdown))
		}
		p.wants = append(p.wants, d)
	}
	if sums > maxSums {
		r.Fault(&number.Error{
			Code: number.TooMany, Where: "years", Message: number.Say("the table takes %d sums; one answer can take %d", sums, maxSums),
			Hint: number.Say("ask for fewer years or indicators"),
		})
	}
}

// sameUnits reports whether the indicator applies to the same units in a year as in
// its base year.
func (p *tablePlan) sameUnits(i *catalogue.Indicator, year, base number.Year) bool {
	return slices.Equal(p.universe(i, year), p.universe(i, base))
}

// universe lists the keys of the units of the rows' kind to which the indicator
// applies in a year.
func (p *tablePlan) universe(i *catalogue.Indicator, year number.Year) []uint32 {
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

// Basis is on which units the question is answered.
func (q *TableQuestion) Basis() *figure.Basis { return q.view.AsBasis() }
