package statstest

import (
	"strings"

	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

func series(set *query.SeriesSet) []string {
	lines := []string{}
	for _, s := range set.Series {
		var line strings.Builder
		line.WriteString(s.Unit.Code)
		for _, f := range s.Figures {
			line.WriteString(" " + f.Measure().String())
			if f.Reason() == nil && f.Status() != number.Normal {
				line.WriteString(string(f.Status()))
			}
		}
		lines = append(lines, line.String())
	}
	return append(lines, notes(set.Notes, "")...)
}
