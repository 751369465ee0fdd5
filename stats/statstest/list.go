package statstest

import (
	"strings"

	"github.com/niengiam/niengiam/stats"
)

// list writes the units of a level, or of all levels, one a line.
func (r *runner) list(a *arguments) ([]string, error) {
	ask := stats.UnitsAsk{
		Within: a.after("within"), Cohort: a.after("cohort"), Search: strings.ReplaceAll(a.after("search"), "_", " "),
		OrderBy: stats.UnitOrder(strings.ToUpper(a.after("by"))), Page: stats.Page{First: 1000},
	}
	if level := a.next(); level != "units" {
		ask.Level = level
	}
	if err := a.end(); err != nil {
		return nil, err
	}
	page, err := r.service.Units(ask)
	if err != nil {
		return nil, err
	}
	lines := []string{}
	for _, unit := range page.Nodes {
		lines = append(lines, unit.Code+" "+unit.Name(stats.Vietnamese))
	}
	return lines, nil
}
