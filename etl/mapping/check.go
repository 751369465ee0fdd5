package mapping

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// checker reads one entry. The first thing that is wrong with it is its reject.
type checker struct {
	source   *workspace.Source
	entry    *entry
	made     Fact
	rejected Reject
}

func (c *checker) reject(column, value string, reason number.Code, detail number.Message) bool {
	place := c.entry.place
	place.Column = column
	c.rejected = NewReject(place, value, reason, detail)
	c.rejected.Published = c.entry.published
	return false
}

func (c *checker) rejectValue(reason number.Code, detail number.Message) bool {
	return c.reject(c.entry.place.Column, c.entry.value, reason, detail)
}

func (c *checker) rejectDenominator(reason number.Code, detail number.Message) bool {
	return c.reject(c.entry.whole, c.entry.denominator, reason, detail)
}

// fact reads and checks the entry's figure. The fact is valid until the next one.
func (c *checker) fact() (*Fact, bool) {
	e, f := c.entry, &c.made
	*f = Fact{Conflicting: e.conflicting, Derived: e.derived, Text: e.value, Whole: e.denominator}
	f.WholeColumn = e.measure.Whole(e.indicator.Kind)
	f.CellKey = ledger.CellKey{Indicator: e.indicator.Code, Unit: e.unit.Key(), Year: e.year, Breakdown: catalogue.OnBasis(e.basis, e.breakdown)}
	f.Status, f.Note, f.Citation, f.Place = e.status, e.note, e.citation, e.place
	f.At.Published = e.published
	if e.measure.Rate && e.indicator.Kind != catalogue.Ratio {
		return f, c.rejectValue(RateNotAllowed, number.Say("%s is no ratio: it has no printed rate", e.indicator.Code))
	}
	approximation, text, ok := c.approximation()
	if !ok {
		return f, false
	}
	value, known, ok := c.readValue(f, text)
	if !ok {
		c.rejected.Value = e.value // the whole cell
		return f, false
	}
	switch {
	case !known && (e.status == number.Break || e.status == number.Confidential):
		return f, c.rejectValue(BadStatus, number.Say("a figure that is not known cannot have the status %s", e.status))
	case !known:
		f.Status = number.Missing
		return f, true
	case e.status == number.Missing:
		return f, c.rejectValue(BadStatus, number.Say("a figure of the status M is not known, yet a value stands there"))
	}
	f.Value, f.Approximation = decimal.NewNullDecimal(value), approximation
	return f, c.checkValue(value) && c.addDenominator(f, value)
}

// readValue reads the value, with the flags beside it that its source has.
func (c *checker) readValue(f *Fact, cell string) (num decimal.Decimal, known, ok bool) {
	if !slices.Contains(c.source.Missing, cell) && !slices.Contains(c.source.Zero, cell) {
		rest, flag, isFlag := splitFlags(cell, c.source.Flags)
		if isFlag && flag != number.Normal {
			c.entry.addStatus(flag)
			f.Status = c.entry.status
		}
		if isFlag && rest == "" && cell != "" && (flag == number.Missing || flag == number.Confidential) {
			return num, false, true
		}
		cell = rest
	}
	return c.read(c.entry.place.Column, cell, c.entry.form)
}

// read reads a cell with a number; known is false where it says that the number
// is not known.
func (c *checker) read(column, cell string, form cellForm) (num decimal.Decimal, known, ok bool) {
	switch {
	case cell == "":
		return num, false, c.reject(column, cell, BlankCell,
			number.Say("a blank cell is neither zero (%s) nor “not known” (%s)", strings.Join(c.source.Zero, " "), strings.Join(c.source.Missing, " ")))
	case slices.Contains(c.source.Missing, cell):
		return num, false, true
	case slices.Contains(c.source.Zero, cell):
		return num, true, true
	}
	num, reason, detail := readCell(cell, form, c.entry.measure, c.source)
	if reason != "" {
		return num, false, c.reject(column, cell, reason, detail)
	}
	return num, true, true
}

// checkValue checks a value against its indicator's kind.
func (c *checker) checkValue(value decimal.Decimal) bool {
	e := c.entry
	switch e.indicator.Kind {
	case catalogue.Attainment:
		if reports(e.indicator, e.unit) {
			if value.IsZero() || value.Equal(decimal.New(1, 0)) {
				return true
			}
			return c.rejectValue(NotYesOrNo, number.Say("one unit has met %s, 1, or has not, 0", e.indicator.Code))
		}
	case catalogue.Count:
	default:
		return true
	}
	switch {
	case value.IsNegative():
		return c.rejectValue(NegativeCount, number.Say("%s counts: it is not negative", e.indicator.Code))
	case !value.IsInteger():
		return c.rejectValue(FractionalCount, number.Say("%s counts: it is a whole number%s", e.indicator.Code, inThousands(e.indicator, value)))
	}
	return true
}

// addDenominator reads the denominator where the figure has one.
func (c *checker) addDenominator(f *Fact, value decimal.Decimal) bool {
	e := c.entry
	if e.indicator.Kind == catalogue.Mean {
		return c.addWeight(f)
	}
	single := e.indicator.Kind == catalogue.Attainment && reports(e.indicator, e.unit)
	wanted := e.indicator.Kind == catalogue.Attainment || e.indicator.Kind == catalogue.Ratio
	switch {
	case single && e.denominator == "":
		f.Denominator = decimal.NewNullDecimal(decimal.New(1, 0))
		return true
	case e.measure.Rate:
		return true
	case !wanted && e.denominator != "":
		return c.rejectDenominator(UnexpectedDenominator, number.Say("%s has no denominator", e.indicator.Code))
	case !wanted:
		return true
	case e.denominator == "":
		return c.rejectDenominator(DenominatorMissing, number.Say("%s is a part of a whole, which is not given", e.indicator.Code))
	}
	denominator, known, ok := c.read(e.whole, e.denominator, e.wholeForm)
	switch {
	case !ok:
		return false
	case !known:
		return c.rejectDenominator(DenominatorMissing, number.Say("%s is a part of a whole, which is not known", e.indicator.Code))
	case !denominator.IsPositive():
		return c.rejectDenominator(DenominatorNotPositive, number.Say("nothing can be a part of %s", denominator))
	case single && !denominator.Equal(decimal.New(1, 0)):
		return c.rejectDenominator(UnexpectedDenominator, number.Say("the denominator of a single unit is 1 or blank"))
	case e.indicator.Kind == catalogue.Attainment && !denominator.IsInteger():
		return c.rejectDenominator(FractionalCount, number.Say("units are whole"))
	case e.indicator.Kind == catalogue.Attainment && value.GreaterThan(denominator):
		return c.rejectValue(ValueOverDenominator, number.Say("%s of %s units cannot have met it", value, denominator))
	}
	f.Denominator = decimal.NewNullDecimal(denominator)
	return true
}

// addWeight reads the weight of a mean where the source has a column for it. A
// mean whose weight is not known stands for itself alone.
func (c *checker) addWeight(f *Fact) bool {
	e := c.entry
	switch {
	case e.whole == "":
		return true
	case e.denominator == "":
		return c.rejectDenominator(DenominatorMissing, number.Say("%s is weighted, and its weight is not given", e.indicator.Code))
	}
	weight, known, ok := c.read(e.whole, e.denominator, e.wholeForm)
	switch {
	case !ok:
		return false
	case !known:
		return true
	case !weight.IsPositive():
		return c.rejectDenominator(DenominatorNotPositive, number.Say("nothing weighs %s", weight))
	}
	f.Denominator = decimal.NewNullDecimal(weight)
	return true
}

// inThousands proposes a multiplier for a count with decimals that thousands may be counted in.
func inThousands(indicator *catalogue.Indicator, value decimal.Decimal) number.Message {
	if indicator.Kind == catalogue.Count && value.Shift(3).IsInteger() {
		return number.Say("; if it is in thousands, its measure says `multiplier: 1000`")
	}
	return number.Message{}
}

// approximation says how the figure of an entry lies to the one that is meant, where its
// source can have figures that are not exact, and what is left of the cell. It is false for
// a word in the source's column that is none of them.
func (c *checker) approximation() (is number.Approximation, value string, ok bool) {
	e, rule := c.entry, c.source.Approximate
	switch {
	case rule.Cells:
		is, value = cutApproximation(e.value)
		return is, value, true
	case rule.Column == "" || e.approximation == "":
		return "", e.value, true
	}
	is, rest := cutApproximation(e.approximation)
	if is == "" || rest != "" {
		return "", "", c.reject(rule.Column, e.approximation, BadApproximation,
			number.Say("an exact figure has a blank cell here, any other one a word or sign like trên, gần, khoảng, ≥"))
	}
	return is, e.value, true
}
