package statstest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats"
)

// figure writes one figure: what it is, where it comes from, how much of the
// unit it covers, its statuses and, where there is one, its roll-up.
//
//	97/119 81.51…% REPORTED 1/1 A
//	48×2000 COMPUTED 2/2 A
func figure(f *stats.Figure) []string {
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

func quantity(value, denominator, rate, weight stats.Value) string {
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

// cells writes the columns of a row; after them the reason of the last that is none.
func cells(columns []string, base, current *stats.Figure, change stats.Change, r *stats.RankingRow) string {
	var parts []string
	reason := ""
	number := func(v stats.Value, sign, unit string) {
		d, known := v.Decimal()
		if !known {
			parts, reason = append(parts, "none"), string(*v.Reason())
			return
		}
		text := d.String()
		if sign != "" && d.Sign() > 0 {
			text = sign + text
		}
		parts = append(parts, text+unit)
	}
	for _, column := range columns {
		switch column {
		case "absolute":
			number(change.Absolute(), "+", "")
		case "percent":
			number(change.Percent(), "+", "%")
		case "points":
			number(change.Points(), "+", "pp")
		case "index":
			number(change.Index(), "", "")
		case "cagr":
			number(change.CAGR(), "+", "%")
		case "primary":
			parts = append(parts, string(change.Primary()))
		case "verdict":
			parts = append(parts, string(change.Verdict()))
		case "base":
			number(base.Measure(), "", "")
		case "value":
			number(current.Measure(), "", "")
		case "share":
			number(r.Share, "", "%")
		case "moved":
			parts = append(parts, rank(r.BaseRank), rank(r.Movement))
		default:
			parts = append(parts, "?"+column)
		}
	}
	if reason != "" {
		parts = append(parts, reason)
	}
	return strings.Join(parts, " ")
}

func rank(n *int) string {
	if n == nil {
		return "-"
	}
	return strconv.Itoa(*n)
}

func comparison(answer *stats.Comparison, columns []string) []string {
	lines := []string{}
	for _, row := range answer.Rows {
		lines = append(lines, row.Unit.Code+" "+cells(columns, row.Base, row.Current, row.Change, nil))
	}
	if total := answer.Total; total != nil {
		lines = append(lines, "total "+total.Unit.Code+" "+cells(columns, total.Base, total.Current, total.Change, nil))
	}
	return append(lines, notes(answer.Notes, "")...)
}

func ranking(answer *stats.Ranking, columns []string) []string {
	lines := []string{}
	for _, row := range append(slices.Clip(answer.Rows), answer.Unranked...) {
		lines = append(lines, rank(row.Rank)+" "+row.Unit.Code+" "+cells(columns, row.Base, row.Figure, row.Change, row))
	}
	return append(lines, notes(answer.Notes, fmt.Sprintf("ranked %d of %d", answer.RankedCount, answer.UniverseCount))...)
}

// periodFigure writes the value of a period, the year of a stock's last value or
// the years that are missing, the statuses, and both texts.
//
//	35 A
//	none MISSING missing 2019 M
//	120 of 2019 missing 2020 A
func periodFigure(p *stats.PeriodFigure) []string {
	line := p.Value.String()
	if reason := p.Reason(); reason != nil {
		line = "none " + string(*reason)
	}
	if p.Last != nil {
		line += fmt.Sprintf(" of %d", p.Last.Year)
	}
	if len(p.Missing) > 0 {
		line += " missing"
	}
	for _, year := range p.Missing {
		line += fmt.Sprintf(" %d", year)
	}
	for _, status := range p.Statuses() {
		line += " " + string(status)
	}
	lines := []string{line, "vi " + p.Text(stats.Vietnamese), "en " + p.Text(stats.English)}
	return append(lines, notes(p.Notes, "")...)
}

func series(set *stats.SeriesSet) []string {
	lines := []string{}
	for _, s := range set.Series {
		var line strings.Builder
		line.WriteString(s.Unit.Code)
		for _, f := range s.Figures {
			line.WriteString(" " + f.Measure().String())
			if f.Reason() == nil && f.Status() != stats.Normal {
				line.WriteString(string(f.Status()))
			}
		}
		lines = append(lines, line.String())
	}
	return append(lines, notes(set.Notes, "")...)
}

// notes writes the notes: how many were ranked in numbers, the others by code
// with the cell they are about.
func notes(all []*stats.Note, ranked string) []string {
	var lines []string
	for _, note := range all {
		line := "note " + string(note.Code)
		if note.Code == stats.NoteRanked {
			line = "note " + ranked
		}
		if note.Unit != nil {
			line += fmt.Sprintf(" %s %d", note.Unit.Code, *note.Year)
		}
		if len(note.Citations) > 0 {
			line += " " + strings.Join(note.Citations, " ")
		}
		lines = append(lines, line)
	}
	return lines
}
