package query

import (
	"cmp"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// levelLook is what a level has to show: a chart of a few of its units over the years, and a
// ranking of all of them in one year.
type levelLook struct {
	facts *figure.Facts
	level *catalogue.Level
	// lines are those of the chart, that of the unit above first where it is drawn.
	lines []*firstLookLine
	// ranked are the units of the ranking in its order.
	ranked     []*firstLookLine
	rankedYear number.Year
	// total is the unit that all lie within; nil when there is none.
	total *firstLookLine
}

// firstLookLine is a unit and the years of which it has a figure, ascending.
type firstLookLine struct {
	unit  *catalogue.Unit
	known []number.Year
}

func (l *firstLookLine) hasFigure() bool { return l != nil && len(l.known) > 0 }
func (l *firstLookLine) isLine() bool    { return len(l.known) >= lineFigures }

// baseOf is the year to compare a year with: 2019 as everywhere where the unit has a figure
// of it, else the last one before that has; 0 where none has.
func (l *firstLookLine) baseOf(year number.Year) number.Year {
	base := number.Year(0)
	for _, known := range l.known {
		if known < year {
			base = known
		}
	}
	if usual := number.Year(0).BaseFor(year); usual < base && slices.Contains(l.known, usual) {
		return usual
	}
	return base
}

func lineOf(f *figure.Facts, unit *catalogue.Unit, years []number.Year) *firstLookLine {
	line := &firstLookLine{unit: unit}
	for _, year := range years {
		if f.Figure(unit, year).Measure().IsKnown() {
			line.known = append(line.known, year)
		}
	}
	return line
}

// lookAt looks at the figures of a level.
func lookAt(f *figure.Facts, q *Question, level firstLookLevel) *levelLook {
	o := &levelLook{facts: f, level: level.level}
	counts := map[number.Year]int{}
	var lines []*firstLookLine
	for _, unit := range level.units {
		line := lineOf(f, unit, level.years)
		lines = append(lines, line)
		for _, year := range line.known {
			counts[year]++
		}
	}
	if level.total != nil {
		o.total = lineOf(f, level.total, level.years)
	}
	for _, year := range level.years {
		if counts[year] >= max(counts[o.rankedYear], 1) {
			o.rankedYear = year
		}
	}
	if slices.Contains(level.years, q.Year) {
		o.rankedYear = q.Year
	}
	o.ranked = inOrder(f, q, lines, o.rankedYear)
	if q.Unit != nil {
		o.lines = lines
	} else {
		o.chooseLines(q.Indicator)
	}
	return o
}

// inOrder returns the units in the order of a ranking: those that have a figure of the year
// by it, best first, and after them those that have figures of other years.
func inOrder(f *figure.Facts, q *Question, lines []*firstLookLine, year number.Year) []*firstLookLine {
	byUnit := map[*catalogue.Unit]*firstLookLine{}
	var rows []*RankingRow
	for _, line := range lines {
		if line.hasFigure() {
			byUnit[line.unit] = line
			rows = append(rows, &RankingRow{Unit: line.unit, Current: f.Figure(line.unit, year)})
		}
	}
	order := byFigure(q.Indicator.Direction)
	sorted, without := order.sort(rows, order.of)
	var found []*firstLookLine
	for _, k := range sorted {
		found = append(found, byUnit[k.row.Unit])
	}
	for _, row := range without {
		found = append(found, byUnit[row.Unit])
	}
	return found
}

// chooseLines chooses the lines of the chart: the units with the most figures, of equals
// the best; beside lines nothing that is none. The unit above is drawn with its parts, but not where it
// is the sum of parts that have as many figures: its line would press theirs flat.
func (o *levelLook) chooseLines(i *catalogue.Indicator) {
	lines := slices.Clone(o.ranked)
	slices.SortStableFunc(lines, func(a, b *firstLookLine) int { return cmp.Compare(len(b.known), len(a.known)) })
	above := o.total.hasFigure() && (len(lines) == 0 || !i.IsSum() || len(o.total.known) > len(lines[0].known))
	if above {
		lines = append([]*firstLookLine{o.total}, lines...)
	}
	if slices.ContainsFunc(lines, (*firstLookLine).isLine) {
		lines = slices.DeleteFunc(lines, func(line *firstLookLine) bool { return !line.isLine() })
	}
	o.lines = lines[:min(len(lines), firstLookLines)]
}

// drawn is the number of figures in the chart.
func (o *levelLook) drawn() int {
	count := 0
	for _, line := range o.lines {
		count += len(line.known)
	}
	return count
}

// hasLine reports whether the chart has a line, and not only dots.
func (o *levelLook) hasLine() bool { return slices.ContainsFunc(o.lines, (*firstLookLine).isLine) }

// rankedCount is the number of units that have a figure of the year of the ranking.
func (o *levelLook) rankedCount() int {
	return len(slices.DeleteFunc(slices.Clone(o.ranked), func(line *firstLookLine) bool { return !slices.Contains(line.known, o.rankedYear) }))
}

// view is the view with more to show: the chart where it has a line, else the one that draws
// more figures.
func (o *levelLook) view() (FirstLookView, int) {
	drawn, ranked := o.drawn(), o.rankedCount()
	if !o.hasLine() && ranked > drawn {
		return FirstLookRanking, ranked
	}
	return FirstLookChart, drawn
}

// focus is the unit to tell of first, and the lines of the chart: the unit above where it has
// a figure, else the first of the lines. nil where nothing is known.
func (o *levelLook) focus() (*firstLookLine, []*firstLookLine) {
	view, _ := o.view()
	lines := o.lines
	if view == FirstLookRanking {
		lines = o.ranked[:min(len(o.ranked), firstLookLines)]
	}
	told := o.total
	if view == FirstLookRanking && told.hasFigure() && !slices.Contains(told.known, o.rankedYear) {
		told = nil
	}
	switch {
	case told.hasFigure():
		return told, lines
	case len(lines) > 0:
		return lines[0], lines
	}
	return nil, nil
}

// all are the units that the answer was chosen by.
func (o *levelLook) all() []*firstLookLine {
	focus, lines := o.focus()
	if focus == nil {
		return nil
	}
	return append([]*firstLookLine{focus}, lines...)
}

// bestLevel is the level with the most to show, one with lines before one without; of
// equals the indicator's own, then the lowest. Of an attainment the units that report are met
// or not and no more, 0 or 100 %: they are shown only where nothing above them has a figure.
func bestLevel(levels []*levelLook, i *catalogue.Indicator) *levelLook {
	shown := func(o *levelLook) bool {
		return len(o.ranked) > 0 && (i.Kind != catalogue.Attainment || o.level != i.Level())
	}
	return slices.MaxFunc(levels, func(a, b *levelLook) int {
		_, drawnA := a.view()
		_, drawnB := b.view()
		return cmp.Or(
			truth(shown(a))-truth(shown(b)),
			truth(a.hasLine())-truth(b.hasLine()),
			cmp.Compare(drawnA, drawnB),
			truth(a.level == i.Level())-truth(b.level == i.Level()),
			cmp.Compare(a.level.Index(), b.level.Index()),
		)
	})
}

// truth is 1 for true.
func truth(is bool) int {
	if is {
		return 1
	}
	return 0
}
