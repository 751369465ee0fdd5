package stats

import (
	"fmt"
	"math"
	"math/big"
	"slices"
)

// BreakKind says how a break is known.
type BreakKind string

// The kinds of break.
const (
	ReportedBreak  BreakKind = "REPORTED"  // the source says so: status B
	TerritoryBreak BreakKind = "TERRITORY" // the land of the unit changed
	SuggestedBreak BreakKind = "SUGGESTED" // the figures look so; nobody said it
)

// SeriesBreak is a year from which the figures are not, or seem not to be, made
// like those before.
type SeriesBreak struct {
	// Year is the first year of the new kind of figures.
	Year Year
	// Kind says how it is known.
	Kind BreakKind
	// PValue is that of Pettitt's test; none for a reported break.
	PValue Value
}

// breakOf is the break that a figure's status tells of.
func breakOf(f *Figure, year Year) *SeriesBreak {
	b := &SeriesBreak{Year: year, Kind: ReportedBreak, PValue: None(NotApplicable)}
	if slices.Contains(f.redrawn, year) {
		b.Kind = TerritoryBreak
	}
	return b
}

// Text is the break in words.
func (b *SeriesBreak) Text(language Language) string {
	switch {
	case b.Kind == TerritoryBreak && language == English:
		return fmt.Sprintf("the territory of the unit changed in %d", b.Year)
	case b.Kind == TerritoryBreak:
		return fmt.Sprintf("địa giới của đơn vị thay đổi năm %d", b.Year)
	case b.Kind == ReportedBreak && language == English:
		return fmt.Sprintf("break in the series in %d, as reported", b.Year)
	case b.Kind == ReportedBreak:
		return fmt.Sprintf("chuỗi số liệu bị gián đoạn năm %d theo nguồn công bố", b.Year)
	case language == English:
		return fmt.Sprintf("the level may have shifted in %d: a suggestion of Pettitt's test, not a reported break", b.Year)
	}
	return fmt.Sprintf("mức số liệu có thể đã thay đổi từ năm %d: gợi ý của kiểm định Pettitt, không phải gián đoạn được công bố", b.Year)
}

// shift suggests a break by the test of Pettitt, “A Non-Parametric Approach to
// the Change-Point Problem”, Applied Statistics 28 (1979), 126–135: K = max |U_k|
// with U_k = Σ_{i≤k<j} sgn(x_j − x_i), and p ≈ 2·exp(−6K² ÷ (n³ + n²)). The test also
// answers to a steady rise, which is no break; so p must be at most 5 % and two
// levels must fit the figures better than the line does, with a smaller sum of
// squared errors. It is nil when there is nothing to suggest, as always under
// eleven years.
func (p path) shift(l *line) *SeriesBreak {
	n := len(p.values)
	most, at := 0, 0
	for k := 1; k < n; k++ {
		u := 0
		for i := range k {
			for j := k; j < n; j++ {
				u += p.values[j].Cmp(p.values[i])
			}
		}
		if abs(u) > most {
			most, at = abs(u), k
		}
	}
	if most == 0 {
		return nil
	}
	chance := min(1, 2*math.Exp(-6*float64(most*most)/float64(n*n*n+n*n)))
	if chance > 0.05 || sumOf(errorsOf(p.values[:at]), errorsOf(p.values[at:])).Cmp(l.errors) >= 0 {
		return nil
	}
	return &SeriesBreak{Year: p.years[at], Kind: SuggestedBreak, PValue: Exactly(measured(chance))}
}

// errorsOf is the sum of the squared distances of values from their mean.
func errorsOf(values []Fraction) *big.Rat {
	sum, squares := new(big.Rat), new(big.Rat)
	for _, value := range values {
		v := value.rat()
		sum.Add(sum, v)
		squares.Add(squares, product(v, v))
	}
	return minusOf(squares, ratio(product(sum, sum), whole(len(values))))
}
