package statstest

import (
	"context"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// composition writes of what each unit's figure is made up:
//
//	composition pupils 2020 over sex unit A | by district [for residence=urban]
//	  A 100: female 40 40%, male none MISSING, unstated 60
func composition(ctx context.Context, in *session, a *arguments) ([]string, error) {
	ask := query.Ask{Indicator: a.next(), Dimension: a.after("over")}
	options(a, &ask)
	var err error
	if ask.Year, err = year(a.next()); err != nil {
		return nil, err
	}
	if err := a.end(); err != nil {
		return nil, err
	}
	answer, err := in.service.Compose(ctx, ask)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, row := range answer.Rows {
		lines = append(lines, composed(row))
	}
	if answer.Total != nil {
		lines = append(lines, "total "+composed(answer.Total))
	}
	return append(lines, notes(answer.Notes, "")...), nil
}

func composed(row *query.CompositionRow) string {
	number := func(v number.Value, unit string) string {
		if reason := v.Reason(); reason != nil {
			return "none " + string(*reason)
		}
		return v.String() + unit
	}
	var parts []string
	for _, p := range row.Parts {
		part := p.Member.Code + " " + number(p.Figure.Measure(), "")
		if p.Share.IsKnown() {
			part += " " + number(p.Share, "%")
		}
		parts = append(parts, part)
	}
	parts = append(parts, "unstated "+number(row.Unstated, ""))
	return row.Unit.Code + " " + number(row.Whole.Measure(), "") + ": " + strings.Join(parts, ", ")
}
