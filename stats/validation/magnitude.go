package validation

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/estimate"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

const (
	// mostZeros is the largest power of ten that is looked for: a thousand millions.
	mostZeros = 9
	// fewestOfColumn is how many cells make a column, whose median says what is usual in it.
	fewestOfColumn = 3
	// leastCount is the smaller of two counts for which tenfold is a slip: of a few cases
	// there may be ten times as many.
	leastCount = 10
)

// compared is a number of an observation beside that which was published before.
type compared struct {
	o       *ledger.Observation
	before  *ledger.Observation
	ofWhole bool            // the denominator or weight, not the value
	ratio   number.Fraction // now ÷ before
	small   bool            // one of two counts is under leastCount
}

// column is where numbers stand in a file under one header.
type column struct {
	file, sheet, header string
	ofWhole             bool
}

// slips finds numbers that are about 10, 100, 1,000 … times what was published before, or a
// part of it: of the same cell or, where the year is new, of the nearest year before it. A
// whole column is one finding, and so is a year of it; else each cell is.
func slips(s *state, indicator *catalogue.Indicator) []Result {
	if indicator.Kind == catalogue.Attainment {
		return nil // of one unit it is yes or no
	}
	columns := map[column][]compared{}
	var order []column
	for _, o := range s.of(indicator) {
		before := published(s, o)
		if before == nil {
			continue
		}
		for _, ofWhole := range []bool{false, true} {
			c, ok := compare(indicator, o, before, ofWhole)
			if !ok {
				continue
			}
			key := column{o.Place.File, o.Place.Sheet, o.Place.Column, ofWhole}
			if columns[key] == nil {
				order = append(order, key)
			}
			columns[key] = append(columns[key], c)
		}
	}
	var found []Result
	for _, key := range order {
		found = append(found, slipsOf(s, indicator, columns[key])...)
	}
	return found
}

// published is what was published before of a cell or of the nearest year before it; nil
// where nothing was.
func published(s *state, o *ledger.Observation) *ledger.Observation {
	for year := o.Year; year > o.Year-mostYears; year-- {
		if before := in(s.before, o, year); before != nil {
			return before
		}
	}
	return nil
}

// mostYears is how far back a figure is looked for that another is compared with.
const mostYears = 10

// compare puts two numbers beside each other; false where one of them is none or zero, or
// their signs differ.
func compare(indicator *catalogue.Indicator, o, before *ledger.Observation, ofWhole bool) (compared, bool) {
	now, then := o.Value, before.Value
	if ofWhole {
		now, then = o.Denominator, before.Denominator
	}
	if !now.Valid || !then.Valid || now.Decimal.Sign()*then.Decimal.Sign() <= 0 {
		return compared{}, false
	}
	ratio, _ := number.Divide(now.Decimal, then.Decimal)
	least := decimal.NewFromInt(leastCount)
	counts := indicator.Kind == catalogue.Count || indicator.Kind == catalogue.Ratio && o.Denominator.Valid
	return compared{
		o: o, before: before, ofWhole: ofWhole, ratio: ratio,
		small: counts && (now.Decimal.Abs().LessThan(least) || then.Decimal.Abs().LessThan(least)),
	}, true
}

// slipsOf finds the slips of a column.
func slipsOf(s *state, indicator *catalogue.Indicator, cells []compared) []Result {
	middle := number.Whole(number.One())
	if len(cells) >= fewestOfColumn {
		middle = medianOf(cells)
		if zeros := magnitude(middle, decimal.NewFromInt(2)); zeros != 0 {
			return []Result{slip(s, indicator, cells[0], zeros, len(cells))}
		}
	}
	var found []Result
	for _, year := range yearsOf(cells) {
		of := slices.DeleteFunc(slices.Clone(cells), func(c compared) bool { return c.o.Year != year })
		if len(of) >= fewestOfColumn && len(of) < len(cells) {
			if zeros := magnitude(medianOf(of), decimal.NewFromInt(2)); zeros != 0 {
				found = append(found, slip(s, indicator, of[0], zeros, len(of)))
				continue
			}
		}
		for _, c := range of {
			// Beside a column that grew the usual growth is no part of the slip.
			zeros := magnitude(c.ratio.Over(middle), decimal.New(125, -2))
			if zeros != 0 && !(c.small && zeros*zeros == 1) {
				found = append(found, slip(s, indicator, c, zeros, 0))
			}
		}
	}
	return found
}

// slip is a finding about a cell or, where it stands for several, about their column.
func slip(s *state, indicator *catalogue.Indicator, c compared, zeros, cells int) Result {
	r := s.result(number.NoteMagnitude, indicator, c.o)
	r.Other, r.UsedCitation, r.OtherCitation = indicator.Kind.Written(c.before), c.o.Citation, c.before.Citation
	r.OfWhole, r.Cells = c.ofWhole, cells
	if r.Measured = decimal.New(1, int32(zeros)).String(); zeros < 0 {
		r.Measured = "1/" + decimal.New(1, int32(-zeros)).String()
	}
	return r
}

// magnitude returns the power of ten that a ratio is about, within a factor; 0 where it is
// about none of them.
func magnitude(ratio number.Fraction, within decimal.Decimal) int {
	if about := ratio.Approximate(); about > 0.25 && about < 4 {
		return 0 // nearly all: no exact arithmetic is needed to see it
	}
	for zeros := 1; zeros <= mostZeros; zeros++ {
		power := number.Whole(decimal.New(1, int32(zeros)))
		for _, sign := range []int{1, -1} {
			off := ratio.Over(power)
			if sign < 0 {
				off = ratio.Times(decimal.New(1, int32(zeros)))
			}
			if off.Cmp(number.Whole(within)) <= 0 && off.Times(within).Cmp(number.Whole(number.One())) >= 0 {
				return sign * zeros
			}
		}
	}
	return 0
}

func medianOf(cells []compared) number.Fraction {
	ratios := make([]number.Fraction, len(cells))
	for i, c := range cells {
		ratios[i] = c.ratio
	}
	middle, _ := estimate.NewSample(ratios).Quantile(1, 2).Number()
	return middle
}

// yearsOf lists the years of cells, the first first.
func yearsOf(cells []compared) []number.Year {
	var years []number.Year
	for _, c := range cells {
		years = append(years, c.o.Year)
	}
	slices.Sort(years)
	return slices.Compact(years)
}
