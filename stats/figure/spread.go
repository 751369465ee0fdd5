package figure

import (
	"runtime"
	"sync"
)

// spreadBeyond is how many rows there are before they are made by several processors: of fewer
// the goroutines cost as much as the rows.
const spreadBeyond = 128

// Spread calls each for every place below n, side by side where there are many: figures are made
// from what was read before, and none needs another. A panic is passed on to who called.
func Spread(n int, each func(place int)) {
	parts := 1
	if n > spreadBeyond {
		parts = min(runtime.GOMAXPROCS(0), n/(spreadBeyond/2))
	}
	if parts == 1 {
		for place := range n {
			each(place)
		}
		return
	}
	var all sync.WaitGroup
	faults := make([]any, parts)
	for part := range parts {
		all.Go(func() {
			defer func() { faults[part] = recover() }()
			for place := n * part / parts; place < n*(part+1)/parts; place++ {
				each(place)
			}
		})
	}
	all.Wait()
	for _, fault := range faults {
		if fault != nil {
			panic(fault)
		}
	}
}
