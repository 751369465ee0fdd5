package etl

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// fact is one figure that can be published, and the cell that it is for.
type fact struct {
	ledger.Observation // At has the day of publication and no release yet
	unit               *catalogue.Unit
	conflicting        bool
	derived            bool // of other numbers, by its source
	kind               catalogue.IndicatorKind
	text, whole        string // the cells of the value and of the denominator or weight
	wholeColumn        string
	seq                uint64 // its place in the order in which they were read
}

// named writes the indicator and breakdown of a fact: population[sex=female].
func (f *fact) named() string { return named(f.Indicator, f.Breakdown) }

func named(indicator, breakdown string) string {
	if breakdown == "" {
		return indicator
	}
	return indicator + "[" + breakdown + "]"
}

// finding is a finding and the day of the publication that it stands beside.
type finding struct {
	ledger.Finding
	published number.Date
	seq       uint64 // of the fact that it is about
}

// isOfRow reports whether it says again what a row says, at each load of its file.
func (f *finding) isOfRow() bool {
	return f.Code == number.NoteConflict || f.Code == number.NoteDerived
}

// checkFacts checks the facts of each cell together, and counts. What is wrong is a reject
// with a reason.
func checkFacts(facts *facts, result *Result) (findings []finding, rejects []reject, err error) {
	var derived []finding
	var lonely []reject
	days := map[number.Date]bool{}
	check := func(cell []fact) int {
		used, conflicting, duplicates := splitFacts(cell)
		found, alone := findConflicts(used, conflicting)
		findings, derived = append(findings, found...), append(derived, findDerived(used)...)
		rejects, lonely = append(rejects, duplicates...), append(lonely, alone...)
		for i := range used {
			published := used[i].At.Published
			days[published] = days[published] || i == 0 // they come by day
		}
		result.Facts += len(used)
		return len(used)
	}
	err = facts.doubtful(check, func(published number.Date) {
		days[published] = true
		result.Facts++
	})
	for _, all := range [][]finding{findings, derived} {
		slices.SortStableFunc(all, func(a, b finding) int { return cmp.Compare(a.seq, b.seq) })
	}
	for _, all := range [][]reject{rejects, lonely} {
		slices.SortStableFunc(all, func(a, b reject) int { return cmp.Compare(a.seq, b.seq) })
	}
	result.Releases, result.days = len(days), days
	return append(findings, derived...), append(rejects, lonely...), err
}

// checker reads one entry. The first thing that is wrong with it is its reject.
type checker struct {
	source   *workspace.Source
	entry    *entry
	made     fact
	rejected reject
}

func (c *checker) reject(column, value string, reason number.Code, detail number.Message) bool {
	place := c.entry.place
	place.Column = column
	c.rejected = newReject(place, value, reason, detail)
	c.rejected.published = c.entry.published
	return false
}

func (c *checker) rejectValue(reason number.Code, detail number.Message) bool {
	return c.reject(c.entry.place.Column, c.entry.value, reason, detail)
}

func (c *checker) rejectDenominator(reason number.Code, detail number.Message) bool {
	return c.reject(c.entry.whole, c.entry.denominator, reason, detail)
}

// fact reads and checks the entry's figure. The fact is valid until the next one.
func (c *checker) fact() (*fact, bool) {
	e, f := c.entry, &c.made
	*f = fact{unit: e.unit, kind: e.indicator.Kind, conflicting: e.conflicting, derived: e.derived, text: e.value, whole: e.denominator}
	f.wholeColumn = e.measure.Whole(e.indicator.Kind)
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
func (c *checker) readValue(f *fact, cell string) (num decimal.Decimal, known, ok bool) {
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
func (c *checker) addDenominator(f *fact, value decimal.Decimal) bool {
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
func (c *checker) addWeight(f *fact) bool {
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

// splitFacts parts the facts of a cell that are published from those that only contradict
// them. The same cell several times in one publication is a reject for each row.
func splitFacts(cell []fact) (used, conflicting []fact, rejects []reject) {
	if len(cell) == 1 && !cell[0].conflicting {
		return cell, nil, nil // nearly all
	}
	rows := map[number.Date][]*fact{}
	for i := range cell {
		if f := &cell[i]; !f.conflicting {
			rows[f.At.Published] = append(rows[f.At.Published], f)
		}
	}
	for i := range cell {
		f := &cell[i]
		same := rows[f.At.Published]
		switch {
		case f.conflicting:
			conflicting = append(conflicting, *f)
		case len(same) > 1:
			rejects = append(rejects, duplicate(f, same))
		default:
			used = append(used, *f)
		}
	}
	return used, conflicting, rejects
}

func duplicate(f *fact, same []*fact) reject {
	var others []string
	for _, other := range same {
		if other != f {
			others = append(others, fmt.Sprintf("%s:%d", other.Place.File, other.Place.Line))
		}
	}
	r := newReject(f.Place, shown(f), DuplicateKey, number.Say("%s of %s in %d, published %s, stands also at %s",
		f.named(), f.unit.Code, f.Year, f.At.Published, strings.Join(others, ", ")))
	r.published, r.seq = f.At.Published, f.seq
	return r
}

// inThousands proposes a multiplier for a count with decimals that thousands may be counted in.
func inThousands(indicator *catalogue.Indicator, value decimal.Decimal) number.Message {
	if indicator.Kind == catalogue.Count && value.Shift(3).IsInteger() {
		return number.Say("; if it is in thousands, its measure says `multiplier: 1000`")
	}
	return number.Message{}
}
