package catalogue

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// CellChange is one cell that a release added, revised or removed.
type CellChange struct {
	// IndicatorCode is the code of the indicator.
	IndicatorCode string
	// UnitCode is the code of the unit, and UnitNames its name in that year.
	UnitCode  string
	UnitNames number.Text
	// Year is the year of the figure.
	Year number.Year
	// Basis is the day on whose units it was stated; open for those of its year.
	Basis number.Date
	// Breakdown is the members that it is a figure of; empty for the total.
	Breakdown []*Breakdown
	// Old is the value before, none when the cell was new; New the value since.
	Old, New number.Value
	// OldDenominator and NewDenominator are theirs.
	OldDenominator, NewDenominator number.Value
	// OldStatus and NewStatus are theirs; "" where the cell had or has no figure.
	OldStatus, NewStatus number.Status
	// Release is the release that changed it last, nil where none has yet.
	Release *ledger.Release
	// Place is the place of the new value in its file, or of the old one where there is
	// no new one; Note is what its source says of it, and Citation where it was printed.
	Place    ledger.Place
	Note     string
	Citation string

	indicator *Indicator // nil when it is not defined any more
}

// UnitName is the proper name of the unit in that year.
func (c *CellChange) UnitName(language number.Language) string { return c.UnitNames.In(language) }

// NoteText is the note, in one language where it is written in both.
func (c *CellChange) NoteText(language *number.Language) string { return NoteIn(c.Note, language) }

// IndicatorName is the name of the indicator, its code when it is not defined any more.
func (c *CellChange) IndicatorName(language number.Language) string {
	if c.indicator == nil {
		return c.IndicatorCode
	}
	return c.indicator.Name(language)
}

// Complete fills in the indicator, the unit of a key as it was in that year, and the
// breakdown of the cell.
func (c *CellChange) Complete(calendar *Calendar, unit uint32, breakdown string) {
	c.Breakdown = []*Breakdown{}
	if c.indicator = calendar.Indicator(c.IndicatorCode); c.indicator != nil {
		c.Breakdown = c.indicator.BreakdownOf(breakdown)
	}
	c.Basis, _ = BasisOf(breakdown)
	if u := calendar.At(DayOf(c.Year, breakdown)).ByKey(unit); u != nil {
		c.UnitCode = u.Code
		c.UnitNames = number.Text{VI: u.Name(number.Vietnamese), EN: u.Name(number.English)}
	}
}

// OldStatusOrNil is the status before, nil when the cell had no figure.
func (c *CellChange) OldStatusOrNil() *number.Status { return statusOf(c.OldStatus) }

// NewStatusOrNil is the status since, nil when the cell has no figure.
func (c *CellChange) NewStatusOrNil() *number.Status { return statusOf(c.NewStatus) }

// Text describes the change of the cell: what it is of, what it was and what it is.
func (c *CellChange) Text(language number.Language) string {
	unit := c.UnitName(language)
	if !c.Basis.IsOpen() {
		on := map[number.Language]string{number.Vietnamese: " (đơn vị ngày " + c.Basis.In(number.Vietnamese) + ")", number.English: " (units of " + c.Basis.In(number.English) + ")"}
		unit += on[language]
	}
	return fmt.Sprintf("%s, %s, %d: %s → %s", c.IndicatorName(language), unit, c.Year, c.OldText(language), c.NewText(language))
}

// OldText writes the figure before, with its denominator; NewText the figure since.
func (c *CellChange) OldText(language number.Language) string {
	return writtenFigure(c.Old, c.OldDenominator, c.OldStatus, language)
}

// NewText writes the figure since, with its denominator.
func (c *CellChange) NewText(language number.Language) string {
	return writtenFigure(c.New, c.NewDenominator, c.NewStatus, language)
}

func writtenFigure(value, denominator number.Value, status number.Status, language number.Language) string {
	if reason := value.Reason(); reason != nil && *reason == number.Suppressed {
		return reason.Text(language)
	}
	v, known := value.Number()
	if !known || status == "" {
		return number.Text{VI: "không có số liệu", EN: "no figure"}.In(language)
	}
	text := exactly(v.Decimal(), language)
	if d, whole := denominator.Number(); whole {
		text += "/" + exactly(d.Decimal(), language)
	}
	return text
}

// Relative is by how much the figure changed in percent of what it was: of a part of a whole
// its rate, of a mean the mean alone. There is none where either is not known, or nothing or
// less was before.
func (c *CellChange) Relative() number.Value {
	old, was := c.quantity(c.Old, c.OldDenominator)
	current, is := c.quantity(c.New, c.NewDenominator)
	switch {
	case !was || !is || c.OldStatus == "" || c.NewStatus == "":
		return number.None(number.NotApplicable)
	case old.IsZero():
		return number.None(number.BaseZero)
	case old.Sign() < 0:
		return number.None(number.BaseNegative)
	}
	return number.Known(current.Sub(old).Over(old).Times(number.Hundred()))
}

// quantity is the number that a figure is compared by; false where there is none.
func (c *CellChange) quantity(value, denominator number.Value) (number.Fraction, bool) {
	v, known := value.Number()
	d, whole := denominator.Number()
	if known && whole && !d.IsZero() && !(c.indicator != nil && c.indicator.Kind == Mean) {
		return v.Over(d), true
	}
	return v, known
}

// RelativeText writes Relative with its sign and one decimal; "" where there is none.
func (c *CellChange) RelativeText(language number.Language) string {
	relative, known := c.Relative().Number()
	if !known {
		return ""
	}
	sign := "+"
	if relative.Sign() < 0 {
		sign = "−"
	}
	return sign + number.FormatNumber(relative.Abs().Round(1), 1, language) + "%"
}

func statusOf(s number.Status) *number.Status {
	if s == "" {
		return nil
	}
	return &s
}

// exactly writes a number with all its digits: a revision may be in the last.
func exactly(d decimal.Decimal, language number.Language) string {
	places := max(0, -d.Exponent())
	for places > 0 && d.Equal(d.Truncate(places-1)) { // a column of decimals adds zeros
		places--
	}
	return number.FormatNumber(d, places, language)
}

// NoteIn returns the remark of a source in a language, where it is written in both, and
// unchanged without a language.
func NoteIn(note string, language *number.Language) string {
	vi, en, both := strings.Cut(note, " / ")
	if !both || language == nil {
		return note
	}
	return number.Text{VI: vi, EN: en}.In(*language)
}

// NewCellChange describes how a cell went from one observation to another; either may be
// nil, but not both.
func NewCellChange(c *Calendar, old, current *ledger.Observation) CellChange {
	at := current
	if at == nil {
		at = old
	}
	change := CellChange{
		IndicatorCode: at.Indicator, Year: at.Year, Place: at.Place, Note: at.Note, Citation: at.Citation, Release: c.Release(at.At.Release),
	}
	if old != nil {
		change.Old, change.OldDenominator, change.OldStatus = ledger.ValueOf(old.Value), ledger.ValueOf(old.Denominator), old.Status
	}
	if current != nil {
		change.New, change.NewDenominator, change.NewStatus = ledger.ValueOf(current.Value), ledger.ValueOf(current.Denominator), current.Status
	}
	change.Complete(c, at.Unit, at.Breakdown)
	return change
}
