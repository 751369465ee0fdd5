package statstest

import (
	"fmt"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// series writes a line for each series, or where columns are shown one for each figure,
// its change from the base year and from the year before.
//
//	series pupils [and poverty] by district [from 2018] [to 2020]
//	series pupils units A vs 2018 show absolute percent verdict
func series(set *query.SeriesSet, columns []string) []string {
	lines := []string{}
	for _, s := range set.Series {
		var line strings.Builder
		if len(set.Question.Indicators) > 1 {
			line.WriteString(s.Indicator.Code + " ")
		}
		line.WriteString(s.Unit.Code)
		for _, p := range s.Points {
			lines = append(lines, fmt.Sprintf("%s %d %s", line.String(), p.Figure.Year, point(p, columns)))
		}
		if len(s.Points) > 0 {
			continue
		}
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

// point writes a figure with its changes.
func point(p *query.SeriesPoint, columns []string) string {
	text := p.Figure.Measure().String() + " base "
	unknown := func(l *line, column string) { l.add("?" + column) }
	if p.Change == nil {
		text += "itself"
	} else {
		text += cells(columns, nil, p.Figure, *p.Change, unknown)
	}
	return text + " previous " + cells(columns, nil, p.Figure, p.ChangeFromPrevious, unknown)
}
