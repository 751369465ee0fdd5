package figure

import (
	"runtime"
	"sync"
)

// spreadBeyond is how many rows there are before they are made by several processors: of fewer
// the goroutines cost as much as the rows.
const spreadBeyond = 128

// Spread calls each for every place below n, side by side where there are many: figures are made
// from what was read before, and none needs another. Where that panics, the rest of the part is
// made by who called, and meets the panic where it can be told.
func Spread(n int, each func(place int)) {
	parts := 1
	if n > spreadBeyond {
		parts = min(runtime.GOMAXPROCS(0), n/(spreadBeyond/2))
	}
	begun := make([]int, parts) // the place of each part that is next
	end := func(part int) int { return n * (part + 1) / parts }
	run := func(part int) {
		for ; begun[part] < end(part); begun[part]++ {
			each(begun[part])
		}
	}
	var others sync.WaitGroup
	for part := range parts {
		begun[part] = n * part / parts
		if part > 0 {
			others.Go(func() {
				defer func() { _ = recover() }()
				run(part)
			})
		}
	}
	defer others.Wait() // where our own part panics, too
	run(0)
	others.Wait()
	for part := range parts {
		run(part) // nothing, where all went well
	}
}
