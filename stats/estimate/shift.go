package estimate

import (
	"math"
	"math/big"

	"github.com/niengiam/niengiam/stats/number"
)

// Pettitt suggests a break by the test of Pettitt, “A Non-Parametric Approach to
// the Change-Point Problem”, Applied Statistics 28 (1979), 126–135: K = max |U_k|
// with U_k = Σ_{i≤k<j} sgn(x_j − x_i), and p ≈ 2·exp(−6K² ÷ (n³ + n²)). The test also
// answers to a steady rise, which is no break; so p must be at most 5 % and two
// levels must fit the figures better than the line does, with a smaller sum of
// squared errors. Nothing is found when there is nothing to suggest, as always under
// eleven years.
func Pettitt(p Path, l *Line) (year number.Year, chance number.Value, found bool) {
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
		return 0, number.Value{}, false
	}
	likelihood := min(1, 2*math.Exp(-6*float64(most*most)/float64(n*n*n+n*n)))
	if likelihood > 0.05 || number.AddRat(errorsOf(p.values[:at]), errorsOf(p.values[at:])).Cmp(l.errors) >= 0 {
		return 0, number.Value{}, false
	}
	return p.years[at], number.Exactly(number.Measured(likelihood)), true
}

// errorsOf is the sum of the squared distances of values from their mean.
func errorsOf(values []number.Fraction) *big.Rat {
	sum, squares := new(big.Rat), new(big.Rat)
	for _, value := range values {
		v := value.Rat()
		sum.Add(sum, v)
		squares.Add(squares, number.MulRat(v, v))
	}
	return number.SubRat(squares, number.QuoRat(number.MulRat(sum, sum), number.IntRat(len(values))))
}
