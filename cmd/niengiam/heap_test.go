package main

import "testing"

// Memory is given back once when the program has come to rest and holds too much, and again
// only after it was at work.
func TestMemoryIsGivenBackAtRest(t *testing.T) {
	t.Parallel()
	const mib = 1 << 20
	h := heap{most: 200 * mib}
	for _, look := range []struct {
		what            string
		held, allocated uint64
		due             bool
	}{
		{"at work", 900 * mib, 5000 * mib, false},
		{"still at work", 900 * mib, 9000 * mib, false},
		{"at rest", 900 * mib, 9001 * mib, true},
		{"it did not help: what it holds lives", 900 * mib, 9010 * mib, false},
		{"at work again", 900 * mib, 9100 * mib, false},
		{"at rest again", 900 * mib, 9101 * mib, true},
		{"little is held", 150 * mib, 9200 * mib, false},
		{"at rest with little", 150 * mib, 9201 * mib, false},
	} {
		if got := h.due(look.held, look.allocated); got != look.due {
			t.Errorf("%s: %v, want %v", look.what, got, look.due)
		}
	}
}
