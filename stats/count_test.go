package stats_test

import (
	"testing"

	"github.com/niengiam/niengiam/stats/number"
)

// TestCounts: how many there are is written as every number for people is.
func TestCounts(t *testing.T) {
	for n, want := range map[int][2]string{
		0: {"0", "0"}, 999: {"999", "999"}, 1000: {"1.000", "1,000"}, 9975: {"9.975", "9,975"}, -1234567: {"−1.234.567", "−1,234,567"},
	} {
		if vi, en := number.FormatCount(n, number.Vietnamese), number.FormatCount(n, number.English); vi != want[0] || en != want[1] {
			t.Errorf("%d: %q and %q, want %q", n, vi, en, want)
		}
	}
}
