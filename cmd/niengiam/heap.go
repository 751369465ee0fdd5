package main

import (
	"context"
	"runtime"
	"runtime/debug"
	"time"
)

// restTime is how often it is looked whether the program is at rest.
const restTime = 10 * time.Second

// atRest is how many bytes a program at rest allocates between two looks, at most.
const atRest = 32 << 20

// heap decides when memory is given back to the system: answers leave far more garbage than
// they keep, and the heap grows with it (memory.Collect); when callers are gone nothing else
// would make it small again.
type heap struct {
	most      uint64 // bytes that the program may hold at rest
	allocated uint64 // from the start until the last look
	given     uint64 // the same, until memory was given back last
}

// due reports whether memory is to be given back now: the program is at rest, holds too much,
// and has allocated something since the last time.
func (h *heap) due(held, allocated uint64) bool {
	rests := allocated-h.allocated < atRest
	h.allocated = allocated
	if !rests || held <= h.most || allocated-h.given < atRest {
		return false
	}
	h.given = allocated
	return true
}

// giveBack looks from time to time, until ctx ends, and gives memory back when it is due.
func giveBack(ctx context.Context, most uint64) {
	h := heap{most: most}
	ticker := time.NewTicker(restTime)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		if h.due(m.Sys-m.HeapReleased, m.TotalAlloc) {
			debug.FreeOSMemory()
		}
	}
}
