package statstest

import (
	"context"
	"fmt"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/query"
)

// compare asks for a comparison and writes it, or the churn behind it alone.
func compare(ctx context.Context, in *session, verb string, ask query.Ask, columns []string) ([]string, error) {
	answer, err := in.service.Compare(ctx, ask)
	switch {
	case err != nil:
		return nil, err
	case verb == "churn":
		return churn(answer), nil
	}
	return comparison(answer, orDefault(columns, true)), nil
}

// comparison writes the rows, the former units, the total, and where
// contributions are shown what they leave unexplained; then who was left out.
func comparison(answer *query.Comparison, columns []string) []string {
	lines := []string{}
	add := func(head string, row *query.ComparisonRow) {
		lines = append(lines, head+row.Unit.Code+" "+comparedCells(columns, row))
	}
	for _, row := range answer.Rows {
		add("", row)
	}
	for _, row := range answer.Former {
		add("former ", row)
	}
	if answer.Total != nil {
		add("total ", answer.Total)
	}
	if answer.Inside != nil {
		add("inside ", answer.Inside)
		add("outside ", answer.Outside)
	}
	if answer.Unexplained != nil && slices.Contains(columns, "contribution") {
		l := &line{}
		for _, column := range columns {
			contribution(l, column, answer.Unexplained)
		}
		lines = append(lines, "unexplained "+l.String())
	}
	for _, left := range answer.LeftOut {
		lines = append(lines, fmt.Sprintf("left out %s %s", left.Unit.Code, left.Reason))
	}
	if slices.Contains(columns, "version") {
		lines = append(lines, version(answer.Version))
	}
	return append(lines, notes(answer.Notes, "")...)
}

func comparedCells(columns []string, row *query.ComparisonRow) string {
	return cells(columns, row.Base, row.Current, row.Change, func(l *line, column string) {
		if row.Contribution == nil {
			return
		}
		if !contribution(l, column, row.Contribution) {
			l.add("?" + column)
		}
	})
}

// contribution writes the columns contribution, rate, mix and part: what a row
// adds to the total's change, its two effects, and its percentage of the change.
func contribution(l *line, column string, c *query.Contribution) bool {
	unit := ""
	if c.Measure == catalogue.MeasurePoints {
		unit = "pp"
	}
	switch column {
	case "contribution":
		l.number(c.Value, "+", unit)
	case "rate":
		l.number(c.RateEffect, "+", unit)
	case "mix":
		l.number(c.MixEffect, "+", unit)
	case "part":
		l.number(c.Share, "", "%")
	default:
		return false
	}
	return true
}

// churn writes each group of units with how many of it met the criterion then
// and now, and how many of the others met it in both years and in neither.
//
//	gained 2 met 0 > 2 a1 a2
func churn(answer *query.Comparison) []string {
	c := answer.Churn()
	if c == nil {
		return []string{"none " + string(*answer.ChurnReason())}
	}
	var lines []string
	add := func(name string, g *query.ChurnGroup) {
		l := &line{}
		l.add(fmt.Sprintf("%s %d met %d > %d", name, g.Count(), g.MetBase, g.MetCurrent))
		for _, unit := range g.Units {
			l.add(unit.Code)
		}
		lines = append(lines, l.String())
	}
	add("gained", c.Gained)
	add("lost", c.Lost)
	add("new", c.New)
	add("gone", c.Gone)
	add("unjudged", c.Unjudged)
	return append(lines, fmt.Sprintf("kept %d never %d", c.Kept, c.Never))
}
