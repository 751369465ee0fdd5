package statstest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// fig writes one figure: what it is, where it comes from, how much of the
// unit it covers, its statuses and, where there is one, its roll-up.
//
//	97/119 81.51…% REPORTED 1/1 A
//	48×2000 COMPUTED 2/2 A
func fig(f *figure.Figure) []string {
	line := quantity(f.Value, f.Denominator, f.Rate, f.Weight)
	if reason := f.Reason(); reason != nil {
		line = "none " + string(*reason)
	}
	line += fmt.Sprintf(" %s %d/%d", f.Origin, f.Coverage.Reported, f.Coverage.Expected)
	for _, status := range f.Statuses() {
		line += " " + string(status)
	}
	lines := []string{line}
	if t := f.Tally(); t != nil {
		lines = append(lines, fmt.Sprintf("tally met %s notMet %s unreported %s eligible %d", t.Met, t.NotMet, t.Unreported, t.Eligible))
	}
	if r := f.RollUp; r != nil {
		verdict := "reconciled"
		if !r.Reconciled {
			verdict = "differs by " + r.Difference.String()
		}
		lines = append(lines, fmt.Sprintf("rollup %s %d/%d %s", quantity(r.Value, r.Denominator, r.Rate, r.Weight), r.Coverage.Reported, r.Coverage.Expected, verdict))
	}
	return lines
}

func quantity(value, denominator, rate, weight number.Value) string {
	var parts []string
	if value.IsKnown() {
		parts = append(parts, value.String())
		if denominator.IsKnown() {
			parts[0] += "/" + denominator.String()
		}
		if weight.IsKnown() {
			parts[0] += "×" + weight.String()
		}
	}
	if rate.IsKnown() {
		parts = append(parts, rate.String()+"%")
	}
	return strings.Join(parts, " ")
}

// weighed writes a coverage by weight: what is reported, what is expected and the
// share, or why there is none.
//
//	1300/2000 0.65 people
//	none MISSING people
func weighed(c figure.Coverage) string {
	w := c.ByWeight()
	if w == nil {
		return "not asked"
	}
	text := "none"
	if w.Expected.IsKnown() {
		text = w.Reported.String() + "/" + w.Expected.String()
	}
	text += " " + w.Share().String()
	if w.Indicator != nil {
		text += " " + w.Indicator.Code
	}
	return text
}

// line collects the columns of a row.
type line struct {
	parts  []string
	reason string // of the last column that is none
}

func (l *line) add(text ...string) { l.parts = append(l.parts, text...) }

func (l *line) number(v number.Value, sign, unit string) {
	d, known := v.Decimal()
	if !known {
		l.add("none")
		l.reason = string(*v.Reason())
		return
	}
	text := d.String()
	if sign != "" && d.Sign() > 0 {
		text = sign + text
	}
	l.add(text + unit)
}

func (l *line) String() string {
	if l.reason != "" {
		return strings.Join(append(l.parts, l.reason), " ")
	}
	return strings.Join(l.parts, " ")
}

// cells writes the columns of a row that speak of two figures and their change (why has
// the reasons of absolute, percent, points, index and cagr, a dash for each that is known);
// other writes those that it knows besides. After them stands the reason of the
// last that is none.
func cells(columns []string, base, current *figure.Figure, change query.Change, other func(l *line, column string)) string {
	l := &line{}
	for _, column := range columns {
		switch column {
		case "absolute":
			l.number(change.Absolute(), "+", "")
		case "percent":
			l.number(change.Percent(), "+", "%")
		case "points":
			l.number(change.Points(), "+", "pp")
		case "index":
			l.number(change.Index(), "", "")
		case "cagr":
			l.number(change.CAGR(), "+", "%")
		case "primary":
			l.add(string(change.Primary()))
		case "verdict":
			l.add(string(change.Verdict()))
		case "base":
			l.number(base.Measure(), "", "")
		case "value":
			l.number(current.Measure(), "", "")
		case "why":
			l.add("why")
			for _, why := range []*number.Reason{change.AbsoluteReason(), change.PercentReason(), change.PointsReason(), change.IndexReason(), change.CagrReason()} {
				l.add(reasonOr(why))
			}
		case "weighed":
			l.add(weighed(current.Coverage))
		default:
			other(l, column)
		}
	}
	return l.String()
}

// reasonOr writes a reason, or a dash where there is a number.
func reasonOr(why *number.Reason) string {
	if why == nil {
		return "-"
	}
	return string(*why)
}

func rank(n *int) string {
	if n == nil {
		return "-"
	}
	return strconv.Itoa(*n)
}

// ranking writes the ranked rows, the others as one, and the unranked.
func ranking(answer *query.Ranking, columns []string) []string {
	lines := []string{}
	for _, row := range answer.Rows {
		lines = append(lines, rank(row.Rank)+" "+row.Unit.Code+" "+rankedCells(columns, row))
	}
	if answer.Others != nil {
		lines = append(lines, fmt.Sprintf("%d %s %s", answer.OthersCount, answer.Others.Unit.Code, rankedCells(columns, answer.Others)))
	}
	for _, row := range answer.Unranked {
		lines = append(lines, "- "+row.Unit.Code+" "+rankedCells(columns, row))
	}
	if slices.Contains(columns, "average") {
		lines = append(lines, "average "+answer.Mean().String())
	}
	return append(lines, notes(answer.Notes, fmt.Sprintf("ranked %d of %d", answer.RankedCount, answer.UniverseCount))...)
}

// turn remembers where the next page of a ranking begins, and writes the last of the
// ranked where it does not stand on this one.
func turn(r *runner, answer *query.Ranking) []string {
	r.cursor = ""
	if !answer.PageInfo.HasNextPage {
		return nil
	}
	r.cursor = *answer.PageInfo.EndCursor
	return []string{"last " + rank(answer.Last.Rank) + " " + answer.Last.Unit.Code}
}

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

// rankedCells writes a row. Besides the columns of every row it knows count and
// denominator (the figure's parts), share, moved (base rank and movement),
// possible (best and worst rank), quartile, best and mean (the gaps to them), and
// average, which is the mean itself on a line below the rows.
func rankedCells(columns []string, row *query.RankingRow) string {
	return cells(columns, row.Base, row.Current, row.Change, func(l *line, column string) {
		switch column {
		case "share":
			l.number(row.Share, "", "%")
		case "moved":
			l.add(rank(row.BaseRank), rank(row.Movement))
		case "possible":
			l.add(rank(row.BestRank) + ".." + rank(row.WorstRank))
		case "gap":
			l.number(row.GapToTarget, "+", "")
		case "quartile":
			l.add("Q" + rank(row.Quartile))
		case "average": // of all rows, on a line of its own
		case "best":
			l.number(row.GapToBest(), "+", "")
		case "mean":
			l.number(row.GapToMean(), "+", "")
		case "denominator":
			l.number(row.Current.Denominator, "", "")
		case "count":
			l.number(row.Current.Value, "", "")
		default:
			l.add("?" + column)
		}
	})
}

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

// notes writes the notes: how many were ranked in numbers, the others by code
// with the cell they are about.
func notes(all []*query.Note, ranked string) []string {
	var lines []string
	for _, note := range all {
		line := "note " + string(note.Code)
		if note.Code == number.NoteRanked {
			line = "note " + ranked
		}
		if note.Unit != nil {
			line += fmt.Sprintf(" %s %d", note.Unit.Code, *note.Year)
		}
		if note.Unit == nil && note.Year != nil {
			line += fmt.Sprintf(" %d", *note.Year)
		}
		if len(note.Citations) > 0 {
			line += " " + strings.Join(note.Citations, " ")
		}
		lines = append(lines, line)
	}
	return lines
}
