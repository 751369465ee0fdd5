package briefing

import (
	"strconv"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// briefingWords words what a briefing tells, in its language.
type briefingWords struct{ number.Language }

// in returns the words of the briefing's language.
func (w briefingWords) in(vi, en string) string { return w.Of(vi, en) }

// year is a year in a sentence.
func (w briefingWords) year(year number.Year) string {
	return w.in("năm ", "") + strconv.Itoa(int(year))
}

// missing says that there is no figure of a year, and why.
func (w briefingWords) missing(f *figure.Figure) string {
	if *f.Reason() == number.MissingValue {
		return w.in("chưa có số liệu năm ", "no figure for ") + strconv.Itoa(int(f.Year))
	}
	return w.year(f.Year) + ": " + f.Text(w.Language) // why there is none, or at least how much
}

// mark says of a figure that is not final what it is.
func (w briefingWords) mark(f *figure.Figure) string {
	switch f.Status() {
	case number.Provisional:
		return w.in(" (sơ bộ)", " (provisional)")
	case number.Estimated:
		return w.in(" (ước tính)", " (estimated)")
	}
	return ""
}

// unlike says of a change that its two figures do not stand for the same units.
func (w briefingWords) unlike(c query.Change) string {
	if caution := c.Caution(w.Language); caution != "" {
		return " (" + caution + ")"
	}
	return ""
}

// remark is a source's note in one language: a note may have both, Vietnamese first,
// with “ / ” between them.
func (w briefingWords) remark(note string) string { return catalogue.NoteIn(note, &w.Language) }
