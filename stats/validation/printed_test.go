package validation

import (
	"testing"

	"github.com/shopspring/decimal"
)

// Three parts printed with one decimal may be 4 × 0.05 away from their total, and no further;
// whole numbers that were not rounded not at all.
func TestIsPrintedSum(t *testing.T) {
	for _, c := range []struct {
		total, sum, unit string
		parts            int
		want             bool
	}{
		{"300", "300", "0", 3, true}, {"301", "300", "0", 3, false}, {"10.2", "10.0", "0.1", 3, true}, {"10.0", "10.2", "0.1", 3, true},
		{"10.3", "10.0", "0.1", 3, false}, {"10.21", "10.0", "0.1", 3, false}, {"10.1", "10.0", "0.1", 1, true}, {"100300", "100000", "100", 5, true}, {"100301", "100000", "100", 5, false},
	} {
		d := decimal.RequireFromString
		if got := IsPrintedSum(d(c.total), d(c.sum), d(c.unit), c.parts); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}
