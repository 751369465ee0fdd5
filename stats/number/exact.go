package number

import (
	"math"
	"math/big"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"
)

// significant is the number of digits that are kept of a number that no exact
// arithmetic can give: a probability, a limit made of a quantile.
const significant = 14

// Ascending returns the fractions sorted, and for each its index before sorting; equal
// ones keep their order.
func Ascending(values []Fraction) (sorted []Fraction, before []int) {
	type placed struct {
		place  int
		approx float64
	}
	all := make([]placed, len(values))
	for i, value := range values {
		all[i] = placed{i, value.Approximate()}
	}
	slices.SortStableFunc(all, func(a, b placed) int {
		// Floats decide where they are far enough apart to be sure.
		if gap := a.approx - b.approx; math.Abs(gap) > 1e-9*(math.Abs(a.approx)+math.Abs(b.approx)) {
			return int(math.Copysign(1, gap))
		}
		return values[a.place].Cmp(values[b.place])
	})
	sorted, before = make([]Fraction, len(values)), make([]int, len(values))
	for i, at := range all {
		sorted[i], before[i] = values[at.place], at.place
	}
	return sorted, before
}

// IntRat returns an integer as a quotient.
func IntRat(n int) *big.Rat { return new(big.Rat).SetInt64(int64(n)) }

// AddRat returns a + b. The operations on quotients return new ones and leave their
// operands alone.
func AddRat(a, b *big.Rat) *big.Rat { return new(big.Rat).Add(a, b) }

// SubRat returns a − b.
func SubRat(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }

// MulRat returns a × b.
func MulRat(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }

// QuoRat returns a ÷ b.
func QuoRat(a, b *big.Rat) *big.Rat { return new(big.Rat).Quo(a, b) }

// Sum adds fractions up: those of one denominator by their numerators, then the sums in
// pairs, so that the numbers stay short for as long as they can.
func Sum(terms []Fraction) Fraction {
	sums, places := []Fraction{}, map[string]int{}
	for _, term := range terms {
		den := ""
		if !term.isWhole() {
			den = term.den.String()
		}
		place, known := places[den]
		if !known {
			places[den] = len(sums)
			sums = append(sums, term)
			continue
		}
		sums[place].num = sums[place].num.Add(term.num)
	}
	for len(sums) > 1 {
		half := (len(sums) + 1) / 2
		for i := range len(sums) / 2 {
			sums[i] = sums[i].Add(sums[half+i])
		}
		sums = sums[:half]
	}
	if len(sums) == 0 {
		return Fraction{}
	}
	return sums[0]
}

// Root returns √f rounded once to sixteen digits after the point; f is not negative. It is
// ⌊√(4·f·10³²)⌋ in integers, half of it rounded to the nearest.
func Root(f Fraction) decimal.Decimal {
	square, _ := f.num.Mul(decimal.New(4, 2*Digits)).QuoRem(f.divisor(), 0)
	root := new(big.Int).Sqrt(square.BigInt())
	return Trim(decimal.NewFromBigInt(root.Rsh(root.Add(root, big.NewInt(1)), 1), -Digits))
}

// Measured returns a floating-point number as a decimal with fourteen significant digits,
// and no more than sixteen after the point.
func Measured(x float64) decimal.Decimal {
	d, _ := decimal.NewFromString(strconv.FormatFloat(x, 'e', significant-1, 64))
	return Trim(d.Round(Digits))
}

// Statistic is a number that describes several values, or the reason why there
// is none.
type Statistic struct {
	// Value is the number.
	Value Value
}

// Reason says why there is no number; nil when there is one.
func (s Statistic) Reason() *Reason { return s.Value.Reason() }

// The reasons that only numbers about several values have.
const (
	// TooFewValues: there are fewer values than the measure needs.
	TooFewValues Reason = "TOO_FEW_VALUES"
	// NegativeValues: some values are negative, for which the measure is not defined.
	NegativeValues Reason = "NEGATIVE_VALUES"
)

// IsUnity reports whether a quotient is 1.
func IsUnity(r *big.Rat) bool { return r.IsInt() && r.Num().IsInt64() && r.Num().Int64() == 1 }
