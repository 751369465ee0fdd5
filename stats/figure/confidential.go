package figure

import (
	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/suppression"
)

// amount is the numbers of one cell: a value and what it is a part of. Of a mean
// the value is weighted and whole is the weight.
type amount struct {
	value, whole decimal.Decimal
}

func (a amount) plus(b amount) amount {
	return amount{a.value.Add(b.value), a.whole.Add(b.whole)}
}

func (a amount) equals(b amount) bool { return a.value.Equal(b.value) && a.whole.Equal(b.whole) }

// The reasons why a cell is small, as classes of suppression.
const (
	smallValue suppression.Class = 1 << iota
	smallRest
	smallWhole
)

// isSmall reports whether a number lies above 0 and below the threshold.
func isSmall(i *catalogue.Indicator, d decimal.Decimal) bool {
	return d.Sign() > 0 && d.LessThan(decimal.NewFromInt(int64(i.Threshold)))
}

// classify says which kind of cell an amount makes, and whether there can be such an
// amount at all. Of a count or amount the value counts; of a ratio the value, the
// rest of its denominator and the denominator; of a mean the weight.
func classify(i *catalogue.Indicator, a amount) (suppression.Class, bool) {
	switch {
	case i.IsRatio():
		rest := a.whole.Sub(a.value)
		var class suppression.Class
		if isSmall(i, a.value) {
			class |= smallValue
		}
		if isSmall(i, rest) {
			class |= smallRest
		}
		if isSmall(i, a.whole) {
			class |= smallWhole
		}
		if class == 0 && a.value.IsZero() {
			class = suppression.Zero
		}
		return class, a.value.Sign() >= 0 && (rest.Sign() >= 0 || !i.IsPercentage())
	case i.Kind == catalogue.Mean:
		return classifyNumber(i, a.whole)
	}
	return classifyNumber(i, a.value)
}

func classifyNumber(i *catalogue.Indicator, d decimal.Decimal) (suppression.Class, bool) {
	switch {
	case isSmall(i, d):
		return smallValue, true
	case d.IsZero():
		return suppression.Zero, true
	}
	return 0, d.Sign() > 0
}

// isSensitive reports whether an amount is small for itself, so that it must be withheld.
func isSensitive(i *catalogue.Indicator, a amount) bool {
	class, _ := classify(i, a)
	return primary(class) != 0
}

// primary returns the layers of a class that must be withheld.
func primary(class suppression.Class) uint8 {
	switch {
	case class == suppression.Zero || class == 0:
		return 0
	case class&smallWhole != 0:
		return 1<<suppression.Value | 1<<suppression.Whole
	}
	return 1 << suppression.Value
}

// roomOf returns the moves by which an amount stays possible. An amount that is
// impossible by the bounds, such as a negative one, shows that they do not hold.
func roomOf(i *catalogue.Indicator, a amount) suppression.Room {
	_, sound := classify(i, a)
	move := func(l suppression.Layer, of func(step decimal.Decimal) amount) suppression.Room {
		return suppression.RoomOf(l, func(step int64) (suppression.Class, bool) {
			class, possible := classify(i, of(decimal.NewFromInt(step)))
			return class, possible || !sound
		})
	}
	byValue := func(step decimal.Decimal) amount { return amount{a.value.Add(step), a.whole} }
	byWhole := func(step decimal.Decimal) amount { return amount{a.value, a.whole.Add(step)} }
	switch i.Kind {
	case catalogue.Ratio:
		return move(suppression.Value, byValue) | move(suppression.Whole, byWhole)
	case catalogue.Mean:
		return move(suppression.Value, byWhole)
	}
	return move(suppression.Value, byValue)
}
