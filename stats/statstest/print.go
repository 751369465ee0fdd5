package statstest

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

func quantity(i *catalogue.Indicator, value, denominator, rate, weight number.Value) string {
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
		unit := "%"
		if i != nil && !i.IsPercentage() {
			unit = " per " + strconv.Itoa(*i.Per())
		}
		parts = append(parts, rate.String()+unit)
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
		case "version":
			l.add("(" + base.Latest.Release.String() + " " + current.Latest.Release.String() + ")")
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

func orDefault(columns []string, changes bool) []string {
	switch {
	case len(columns) > 0:
		return columns
	case changes:
		return []string{"absolute", "percent"}
	}
	return []string{"value"}
}

// released writes a publication with its day.
func released(head string, r *ledger.Release) string {
	if r == nil {
		return head + " none"
	}
	return head + " " + r.ID.String() + " of " + r.Published.String()
}

// version writes of which publications an answer is.
func version(v query.Version) string {
	return released("release", v.Release) + " data v" + v.DataVersion
}
