package statstest

import (
	"fmt"

	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// periodFigure writes the value of a period, the year of a stock's last value or
// the years that are missing, the statuses, and both texts.
//
//	35 A
//	none MISSING missing 2019 M
//	120 of 2019 missing 2020 A
func periodFigure(p *query.PeriodFigure) []string {
	line := p.Value.String()
	if reason := p.Reason(); reason != nil {
		line = "none " + string(*reason)
	}
	if p.Last != nil {
		line += fmt.Sprintf(" of %d", p.Last.Year)
	}
	if len(p.MissingYears) > 0 {
		line += " missing"
	}
	for _, year := range p.MissingYears {
		line += fmt.Sprintf(" %d", year)
	}
	for _, status := range p.Statuses() {
		line += " " + string(status)
	}
	lines := []string{line, "vi " + p.Text(number.Vietnamese), "en " + p.Text(number.English)}
	return append(lines, notes(p.Notes, "")...)
}
