package statstest

import (
	"context"
	"fmt"
	"strings"

	"github.com/niengiam/niengiam/stats/query"
)

// sources writes the observations behind a figure, by unit.
func sources(ctx context.Context, in *session, ask query.Ask) ([]string, error) {
	f, err := in.service.Figure(ctx, ask)
	if err != nil {
		return nil, err
	}
	behind, err := in.service.Provenance(ctx, f.ID(), query.Page{First: 100})
	if err != nil {
		return nil, err
	}
	lines := []string{}
	for _, e := range behind.Nodes {
		value := e.Value.String()
		if e.Denominator.IsKnown() {
			value += "/" + e.Denominator.String()
		}
		of := []string{e.Unit.Code}
		if e.Indicator != f.Indicator { // of a derived figure
			of = []string{e.Indicator.Code, e.Unit.Code}
		}
		for _, b := range e.Breakdown {
			of = append(of, b.Dimension.Code+"="+b.Members[0].Code)
		}
		lines = append(lines, fmt.Sprintf("%s %d %s %s published %s", strings.Join(of, " "), e.Year, value, e.Status, e.Release.Published))
	}
	return lines, nil
}
