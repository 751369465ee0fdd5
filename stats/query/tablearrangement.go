package query

import (
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// SortDirection says which end of an order comes first.
type SortDirection string

// The values.
const (
	Ascending  SortDirection = "ASCENDING"
	Descending SortDirection = "DESCENDING"
)

// TableComparator says how a number of a table is compared with one that is given.
type TableComparator string

// The values.
const (
	CellAtLeast  TableComparator = "AT_LEAST"
	CellAtMost   TableComparator = "AT_MOST"
	CellMoreThan TableComparator = "MORE_THAN"
	CellLessThan TableComparator = "LESS_THAN"
	CellEqual    TableComparator = "EQUAL"
	CellNotEqual TableComparator = "NOT_EQUAL"
)

// TableOrderAsk names the column by which the rows of a table are ordered: nil is the
// first indicator, the latest year and the first measure.
type TableOrderAsk struct {
	Indicator *string
	Year      *number.Year
	Measure   *catalogue.TableMeasure
	Direction SortDirection
}

// TableFilterAsk keeps the rows whose number in a column compares so with another; the
// column is named as in TableOrderAsk.
type TableFilterAsk struct {
	Indicator  *string
	Year       *number.Year
	Measure    *catalogue.TableMeasure
	Comparator TableComparator
	Value      number.Value
}

// TableOrder is the order of the rows of a table as it was understood. Rows without a
// number in the column come last, whichever the direction.
type TableOrder struct {
	Column    *TableColumn
	Direction SortDirection
}

// TableFilter is a condition on the rows of a table as it was understood. A row without a
// number in the column does not meet it.
type TableFilter struct {
	Column     *TableColumn
	Comparator TableComparator
	Value      number.Value
}

// maxFilters is the cap on the conditions on the rows of one table.
const maxFilters = 10

// resolveArrangement resolves the order and the conditions, which are about columns that
// the table has.
func resolveArrangement(r *Resolver, p *tablePlan, ask TableAsk) {
	q := p.question
	q.Where = []*TableFilter{}
	if len(p.columns) == 0 {
		return
	}
	if o := ask.OrderBy; o != nil {
		q.OrderBy = &TableOrder{Column: columnAsked(r, p, "orderBy", o.Indicator, o.Year, o.Measure), Direction: *number.OrDefault(o.Direction, Descending)}
	}
	if len(ask.Where) > maxFilters {
		r.Fault(&number.Error{
			Code: number.TooMany, Where: "where", Message: number.Say("%d conditions are more than the %d of one table", len(ask.Where), maxFilters),
			Hint: number.Say("ask for fewer conditions"),
		})
		return
	}
	for _, f := range ask.Where {
		q.Where = append(q.Where, &TableFilter{Column: columnAsked(r, p, "where", f.Indicator, f.Year, f.Measure), Comparator: f.Comparator, Value: f.Value})
	}
}

// columnAsked finds the column that an order or a condition names.
func columnAsked(r *Resolver, p *tablePlan, where string, indicator *string, year *number.Year, measure *catalogue.TableMeasure) *TableColumn {
	q := p.question
	latest := slices.Max(q.Years)
	for _, c := range p.columns {
		is := c.Year == latest && year == nil || year != nil && *year == c.Year
		is = is && (indicator == nil && c.Indicator == q.Indicators[0] || indicator != nil && *indicator == c.Indicator.Code)
		if is && (measure == nil && c.Measure == q.Measures[0] || measure != nil && *measure == c.Measure) {
			return c
		}
	}
	r.Fault(&number.Error{
		Code: number.BadArgument, Where: where, Message: number.Say("the table has no such column"),
		Hint: number.Say("name an indicator, a year and a measure that the table shows"),
	})
	return nil
}

// arrangement is which rows a table has, in their order.
type arrangement struct {
	places  []int // of the rows among the units of the plan
	unknown int   // rows that are left out because a number they are compared by is none
}

// arrange leaves out the rows that do not meet the conditions and orders the others. What
// is withheld is none here too, so that neither the order nor the choice of rows tells of it.
func arrange(t *tabulation) arrangement {
	var a arrangement
	for at := range t.plan.units {
		switch met, known := meets(t, at); {
		case met && known:
			a.places = append(a.places, at)
		case met:
			a.unknown++
		}
	}
	order := t.plan.question.OrderBy
	if order == nil {
		return a
	}
	values := make([]number.Value, len(t.plan.units))
	for _, at := range a.places {
		values[at] = t.value(order.Column, at)
	}
	slices.SortStableFunc(a.places, func(one, other int) int {
		first, isFirst := values[one].Number()
		second, isSecond := values[other].Number()
		switch {
		case isFirst && isSecond && order.Direction == Ascending:
			return first.Cmp(second)
		case isFirst && isSecond:
			return second.Cmp(first)
		case isFirst:
			return -1
		case isSecond:
			return +1
		}
		return 0
	})
	return a
}

// meets reports whether a row meets the conditions whose numbers are known, and whether
// all of them are.
func meets(t *tabulation, at int) (met, known bool) {
	met, known = true, true
	for _, f := range t.plan.question.Where {
		value, is := t.value(f.Column, at).Number()
		bound, _ := f.Value.Number()
		known = known && is
		met = met && (!is || f.Comparator.holds(value.Cmp(bound)))
	}
	return met, known
}

// holds reports whether a comparison came out as the comparator asks.
func (c TableComparator) holds(sign int) bool {
	switch c {
	case CellAtLeast:
		return sign >= 0
	case CellAtMost:
		return sign <= 0
	case CellMoreThan:
		return sign > 0
	case CellLessThan:
		return sign < 0
	case CellNotEqual:
		return sign != 0
	}
	return sign == 0
}
