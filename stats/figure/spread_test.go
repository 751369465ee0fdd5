package figure

import (
	"fmt"
	"testing"
)

// TestSpread reaches every place once, however many there are, and passes panics on.
func TestSpread(t *testing.T) {
	for _, n := range []int{0, 1, spreadBeyond, spreadBeyond + 1, 700, 10_000} {
		reached := make([]int, n)
		Spread(n, func(place int) { reached[place]++ })
		for place, times := range reached {
			if times != 1 {
				t.Fatalf("place %d of %d was reached %d times", place, n, times)
			}
		}
	}
	for _, n := range []int{3, 700} {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); got != "the last one" {
					t.Errorf("of %d it passed on %s", n, got)
				}
			}()
			Spread(n, func(place int) {
				if place == n-1 {
					panic("the last one")
				}
			})
		}()
	}
}
