package query

import (
	"context"
	"strconv"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/list"
	"github.com/niengiam/niengiam/stats/number"
)

// Table is several indicators of several units in several years: a row for each unit, a
// column for each indicator, year and measure.
type Table struct {
	// Question is the question as it was understood.
	Question *TableQuestion
	// Version says of which publications the answer is.
	Version
	// Columns are ordered as they were asked for: by indicator, year and measure.
	Columns []*TableColumn
	// Rows are the units of the page: by code, or in the order asked.
	Rows []*TableRow
	// Total is the unit that all rows lie within; nil when they have none in common
	// or were named one by one.
	Total *TableRow
	// TotalCount is the number of rows of all pages, UniverseCount what it would be
	// without conditions, and UnknownCount the number of rows left out because a number
	// that they are compared by is none.
	TotalCount, UniverseCount, UnknownCount int
	// PageInfo says whether rows follow.
	PageInfo *list.PageInfo
	// Notes are warnings about the rows of the page and the total.
	Notes []*Note
}

// TableColumn says what the cells of a column show.
type TableColumn struct {
	// Indicator, Year and Measure are what it shows.
	Indicator *catalogue.Indicator
	Year      number.Year
	Measure   catalogue.TableMeasure
	// Breakdown is the members that it is of; empty for the total.
	Breakdown []*catalogue.Breakdown
	// BaseYear is the year that changes are measured from; nil for measures that
	// have none.
	BaseYear *number.Year

	place int // of its indicator and year among all of them
}

// TableRow is one unit of a table.
type TableRow struct {
	// Unit is the unit, as it was in the latest of the years.
	Unit *catalogue.Unit
	// Cells are aligned with the columns.
	Cells []*TableCell
}

// TableCell is one number of a table, or the reason why there is none.
type TableCell struct {
	// Value is the number.
	Value number.Value
	// Figure is the figure of the column's year from which the number is taken.
	Figure *figure.Figure

	column *TableColumn
	status number.Status
	base   *figure.Figure // of a change
}

// Status is that of the figure; of a change, the first of both figures'.
func (c *TableCell) Status() number.Status { return c.status }

// Reason says why there is no number; nil when there is one.
func (c *TableCell) Reason() *number.Reason { return c.Value.Reason() }

// Table answers several indicators for several units and years at once.
func (s *Service) Table(ctx context.Context, ask TableAsk) (*Table, error) {
	r := &Resolver{State: s.State()}
	p := resolveTable(r, ask)
	if err := r.Err(); err != nil {
		return nil, err
	}
	facts, err := s.FetchAll(ctx, r.State, p.scope.view, p.wants)
	if err != nil {
		return nil, err
	}
	t := newTabulation(p, facts)
	rankTable(t)
	rows := arrange(t)
	if p.arranged {
		resolvePage(r, p, len(rows.places))
		if err := r.Err(); err != nil {
			return nil, err
		}
	}
	t.notes.unknownRows = rows.unknown
	answer := &Table{
		Question: p.question, Version: p.scope.version, Columns: p.columns, PageInfo: p.pageInfo,
		TotalCount: len(rows.places), UniverseCount: len(p.units), UnknownCount: rows.unknown,
	}
	cells := make([]TableCell, (p.limit+1)*len(p.columns))
	row := func(at int) *TableRow {
		var own []TableCell
		own, cells = cells[:len(p.columns)], cells[len(p.columns):]
		return t.row(at, own)
	}
	answer.Rows = make([]*TableRow, 0, p.limit)
	for _, at := range rows.places[p.offset : p.offset+p.limit] {
		answer.Rows = append(answer.Rows, row(at))
	}
	if p.total != nil {
		answer.Total = row(noPlace)
	}
	if p.changes {
		t.notes.baseYears = p.baseless
	}
	answer.Notes, answer.Release = t.notes.All(), t.notes.Release()
	return answer, nil
}

// noPlace is the place of the total row, which is not ranked.
const noPlace = -1

// tabulation is a table while it is made.
type tabulation struct {
	plan  *tablePlan
	facts []*figure.Facts // by indicator
	notes *NoteCollector
	// figures are those that were made, by indicator, year and row, the total
	// last; the base years follow the years.
	figures [][][]*figure.Figure
	// ranks are those of all units in each indicator and year, 0 for none; nil
	// where nobody asks. The base years follow the years.
	ranks [][]int
	// moves tells for each indicator and year whether ranks may be compared with
	// those of the base year.
	moves []bool
}

func newTabulation(p *tablePlan, all []*figure.Facts) *tabulation {
	t := &tabulation{plan: p, facts: all, notes: &NoteCollector{Catalogue: p.catalogue}, figures: make([][][]*figure.Figure, len(all))}
	for i := range all {
		t.figures[i] = make([][]*figure.Figure, len(p.years))
	}
	return t
}

// figure returns the figure of a row for one of the years of the plan. It is made once,
// whatever shows it.
func (t *tabulation) figure(indicator, year, at int) *figure.Figure {
	p := t.plan
	first, count := 0, len(p.units)
	if !p.ranked && !p.arranged { // only the page is needed
		first, count = p.offset, p.limit
	}
	if t.figures[indicator][year] == nil {
		t.figures[indicator][year] = make([]*figure.Figure, count+1)
	}
	place, unit := count, p.total
	if at != noPlace {
		place, unit = at-first, p.units[at]
	}
	made := &t.figures[indicator][year][place]
	if *made == nil {
		*made = t.facts[indicator].Figure(unit, p.years[year])
	}
	return *made
}

// row fills the cells of a unit.
func (t *tabulation) row(at int, cells []TableCell) *TableRow {
	row := &TableRow{Unit: t.plan.total, Cells: make([]*TableCell, len(cells))}
	if at != noPlace {
		row.Unit = t.plan.units[at]
	}
	years := len(t.plan.question.Years)
	place := noPlace
	var change Change
	for i, column := range t.plan.columns {
		if place != column.place {
			place = column.place
			change = t.change(place/years, place%years, at)
			t.note(change)
		}
		cells[i] = t.cell(column, change, at)
		row.Cells[i] = &cells[i]
	}
	return row
}

// change compares the figure of a year with that of the base year, or against
// itself where no change was asked.
func (t *tabulation) change(indicator, year, at int) Change {
	current := t.figure(indicator, year, at)
	if !t.plan.changes || t.plan.bases[year] == year {
		return Compare(current, current)
	}
	return Compare(t.figure(indicator, t.plan.bases[year], at), current)
}

// value is the number of a row in a column.
func (t *tabulation) value(column *TableColumn, at int) number.Value {
	years := len(t.plan.question.Years)
	return t.cell(column, t.change(column.place/years, column.place%years, at), at).Value
}

func (t *tabulation) note(change Change) {
	if change.base == change.current {
		t.notes.figure(change.current)
		return
	}
	t.notes.Change(change)
}

func (t *tabulation) cell(column *TableColumn, change Change, at int) TableCell {
	c := TableCell{Figure: change.current, column: column, status: change.current.Status()}
	switch {
	case column.Measure.Ranks():
		c.Value = rankValue(t, column, change.current, at)
	case !column.Measure.Changes():
		c.Value = measureOf(column.Measure, change.current)
	case change.base == change.current: // nothing changes against itself
		c.Value = number.None(number.NotApplicable)
	default:
		c.Value, c.base = measureOfChange(column.Measure, change), change.base
		c.status = (change.base.StatusSet | change.current.StatusSet).First()
	}
	return c
}

// Text is the number for a narrow cell, without its unit of measure but for a
// percent sign: 97, 81,5%, +14, +16,9%. A change has its sign; a unit that is judged
// itself has met the criterion or has not: Đạt. A cell without a number says why.
func (c *TableCell) Text(language number.Language) string {
	shown, known := c.Value.Number()
	if !known {
		return c.Value.Reason().Text(language)
	}
	if told, judged := c.judged(language); judged {
		return told
	}
	places := c.column.places(c.Value)
	text := number.FormatNumber(shown.Round(places), places, language)
	m := c.column.Measure
	approximations := number.ApproximationSet(0)
	switch {
	case m == catalogue.ShowFigure, m == catalogue.ShowValue, m == catalogue.ShowRate:
		approximations = c.Figure.Approximations
	case m.Changes() && c.base != nil && Compare(c.base, c.Figure).Approximate():
		approximations = number.Approximations(number.About)
	}
	if shown.Sign() > 0 && (m.Changes() && m != catalogue.ShowIndex || m == catalogue.ShowMovement) {
		text = "+" + text
	}
	if c.column.isPercent() {
		text += "%"
	}
	return approximations.Written(text, language)
}

// judged tells the figure, or the change, of a unit that is judged itself.
func (c *TableCell) judged(language number.Language) (string, bool) {
	switch c.column.Measure {
	case catalogue.ShowFigure, catalogue.ShowRate:
		met, judged := c.Figure.Judged()
		return figure.Judgement(met, language), judged
	case catalogue.ShowAbsolute, catalogue.ShowPoints, catalogue.ShowPercent:
		if c.base != nil {
			return Compare(c.base, c.Figure).turned(language)
		}
	}
	return "", false
}

// Name is the column's heading: the indicator, the members, the year and, for anything but the
// figure, the measure.
func (c *TableColumn) Name(language number.Language) string {
	text := c.Indicator.Name(language) + ", "
	if len(c.Breakdown) > 0 {
		text += catalogue.BreakdownLabel(c.Breakdown, language) + ", "
	}
	text += strconv.Itoa(int(c.Year))
	if title := c.Measure.Title().In(language); title != "" {
		text += ", " + title
	}
	if c.BaseYear != nil {
		text += " " + figure.WordsIn(language).Since + " " + strconv.Itoa(int(*c.BaseYear))
	}
	return text
}

// UnitOfMeasure is that of the column's numbers; empty where they have none.
func (c *TableColumn) UnitOfMeasure(language number.Language) string {
	i := c.Indicator
	points := c.Measure == catalogue.ShowPoints || c.Measure == catalogue.ShowAbsolute && i.IsRatio() && i.IsPercentage()
	switch {
	case c.isPercent():
		return "%"
	case points:
		return figure.WordsIn(language).Points(true)
	case c.Measure == catalogue.ShowDenominator && i.Denominator() != nil:
		return i.Denominator().UnitOfMeasure(language)
	case c.Measure == catalogue.ShowIndex, c.Measure.Ranks():
		return ""
	case c.Measure == catalogue.ShowValue, c.Measure == catalogue.ShowDenominator:
		return i.ValueNoun(true, language)
	}
	return i.UnitOfMeasure(language)
}

// isPercent reports whether the column's numbers are written with a percent sign.
func (c *TableColumn) isPercent() bool {
	switch c.Measure {
	case catalogue.ShowFigure:
		return c.Indicator.IsPercentage()
	case catalogue.ShowRate: // of what has none, too: the cells say so
		return c.Indicator.IsPercentage() || !c.Indicator.HasRate()
	case catalogue.ShowPercent, catalogue.ShowCAGR:
		return true
	}
	return false
}

// places is the number of digits after the point.
func (c *TableColumn) places(v number.Value) int32 {
	i := c.Indicator
	switch c.Measure {
	case catalogue.ShowRank, catalogue.ShowMovement:
		return 0
	case catalogue.ShowValue, catalogue.ShowDenominator:
		d, _ := v.Decimal()
		return figure.Places(d, i)
	case catalogue.ShowFigure, catalogue.ShowRate:
		return i.Decimals
	case catalogue.ShowAbsolute:
		return i.ChangePlaces()
	}
	return i.RatePlaces()
}

// measureOf returns the measure of a figure.
func measureOf(m catalogue.TableMeasure, f *figure.Figure) number.Value {
	switch m {
	case catalogue.ShowValue:
		return f.Value
	case catalogue.ShowDenominator:
		return f.Denominator
	case catalogue.ShowRate:
		return f.Rate
	}
	return f.Measure()
}

// measureOfChange returns the measure of a change.
func measureOfChange(m catalogue.TableMeasure, c Change) number.Value {
	switch m {
	case catalogue.ShowAbsolute:
		return c.Absolute()
	case catalogue.ShowPoints:
		return c.Points()
	case catalogue.ShowIndex:
		return c.Index()
	case catalogue.ShowCAGR:
		return c.CAGR()
	}
	return c.Percent()
}

// Short is one measure of the change with its sign, for a narrow cell: +14, +16,9%; of a unit that is judged itself, how that turned. Where
// it has no number, the reason.
func (c Change) Short(measure catalogue.Measure, language number.Language) string {
	cell := &TableCell{
		Value: c.Measure(measure), Figure: c.current, base: c.base,
		column: &TableColumn{Indicator: c.current.Indicator, Measure: catalogue.TableMeasure(measure)},
	}
	return cell.Text(language)
}
