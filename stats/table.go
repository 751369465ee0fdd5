package stats

import "context"

// Table is several indicators of several units in several years, as a dashboard
// shows them: a row for each unit, a column for each indicator, year and measure.
type Table struct {
	// Question is the question as it was understood.
	Question *TableQuestion
	// Release is the last publication that the answer knows; nil when there was none.
	Release *Release
	// Columns are ordered as they were asked for: by indicator, year and measure.
	Columns []*TableColumn
	// Rows are the units of the page: by code, or in the order asked.
	Rows []*TableRow
	// Total is the unit that all rows lie within; nil when they have none in common
	// or were named one by one.
	Total *TableRow
	// TotalCount is the number of rows of all pages.
	TotalCount int
	// PageInfo says whether rows follow.
	PageInfo *PageInfo
	// Notes are warnings about the rows of the page and the total.
	Notes []*Note
}

// TableColumn says what stands in the cells of a column.
type TableColumn struct {
	// Indicator, Year and Measure are what it shows.
	Indicator *Indicator
	Year      Year
	Measure   TableMeasure
	// BaseYear is the year that changes are measured from; nil for measures that
	// have none.
	BaseYear *Year

	place int // of its indicator and year among all of them
}

// TableRow is one unit of a table.
type TableRow struct {
	// Unit is the unit, as it was in the latest of the years.
	Unit *Unit
	// Cells are aligned with the columns.
	Cells []*TableCell
}

// TableCell is one number of a table, or the reason why there is none.
type TableCell struct {
	// Value is the number.
	Value Value
	// Figure is the figure of the column's year that it tells of.
	Figure *Figure

	column *TableColumn
	status Status
}

// Status is that of the figure; of a change, the first of both figures'.
func (c *TableCell) Status() Status { return c.status }

// Reason says why there is no number; nil when there is one.
func (c *TableCell) Reason() *Reason { return c.Value.Reason() }

// Table answers how several indicators stand for several units and years.
func (s *Service) Table(ctx context.Context, ask TableAsk) (*Table, error) {
	r := &resolver{Catalogue: s.Catalogue()}
	p := r.table(ask)
	if err := r.err(); err != nil {
		return nil, err
	}
	facts, err := s.fetchAll(ctx, r.Catalogue, p.scope.view, p.wants)
	if err != nil {
		return nil, err
	}
	t := &tabulation{plan: p, facts: facts, notes: &noter{catalogue: r.Catalogue}}
	t.rank()
	answer := &Table{
		Question: p.question, Release: p.scope.release, Columns: p.columns,
		TotalCount: len(p.units), PageInfo: pageInfo(p.offset, p.limit, len(p.units)),
	}
	cells := make([]TableCell, (p.limit+1)*len(p.columns))
	row := func(unit *Unit, at int) *TableRow {
		var own []TableCell
		own, cells = cells[:len(p.columns)], cells[len(p.columns):]
		return t.row(unit, at, own)
	}
	answer.Rows = make([]*TableRow, 0, p.limit)
	for at := p.offset; at < p.offset+p.limit; at++ {
		answer.Rows = append(answer.Rows, row(p.units[at], at))
	}
	if p.total != nil {
		answer.Total = row(p.total, noPlace)
	}
	if p.changes && !p.hasBase {
		t.notes.baseYear = *p.question.BaseYear
	}
	answer.Notes = t.notes.all()
	return answer, nil
}

// noPlace is the place of the total row, which is not ranked.
const noPlace = -1

// tabulation is a table while it is made.
type tabulation struct {
	plan  *tablePlan
	facts []*facts // by indicator
	notes *noter
	// ranks are those of all units in each indicator and year, 0 for none; nil
	// where nobody asks. baseRanks are those of the base year, by indicator.
	ranks, baseRanks [][]int
	// moves tells for each indicator and year whether ranks may be held against
	// those of the base year.
	moves []bool
}

// row fills the cells of a unit.
func (t *tabulation) row(unit *Unit, at int, cells []TableCell) *TableRow {
	row := &TableRow{Unit: unit, Cells: make([]*TableCell, len(cells))}
	years := t.plan.question.Years
	place := noPlace
	var change Change
	for i, column := range t.plan.columns {
		if place != column.place {
			place = column.place
			change = t.change(unit, place/len(years), years[place%len(years)])
			t.note(change)
		}
		cells[i] = t.cell(column, change, at)
		row.Cells[i] = &cells[i]
	}
	return row
}

// change holds the figure of a year against that of the base year, or against
// itself where no change was asked.
func (t *tabulation) change(unit *Unit, indicator int, year Year) Change {
	f := t.facts[indicator]
	current := f.figure(unit, year)
	if !t.plan.changes || year == *t.plan.question.BaseYear {
		return compare(current, current)
	}
	change := compare(f.figure(unit, *t.plan.question.BaseYear), current)
	change.mixed = f.mixed(change)
	return change
}

func (t *tabulation) note(change Change) {
	if change.base == change.current {
		t.notes.figure(change.current)
		return
	}
	t.notes.change(change)
}

func (t *tabulation) cell(column *TableColumn, change Change, at int) TableCell {
	c := TableCell{Figure: change.current, column: column, status: change.current.Status()}
	switch {
	case column.Measure.ranks():
		c.Value = t.standing(column, change.current, at)
	case !column.Measure.changes():
		c.Value = column.Measure.of(change.current)
	case change.base == change.current: // nothing changes against itself
		c.Value = None(NotApplicable)
	default:
		c.Value = column.Measure.ofChange(change)
		c.status = (change.base.StatusSet | change.current.StatusSet).First()
	}
	return c
}
