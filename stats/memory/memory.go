// Package memory caches slices. It stands between a query.Service and its source: what
// was read once is answered from memory, what is being read is waited for instead of read
// again, and all slices that a question misses are read in one round trip. A slice is
// keyed by its view of the releases, which never changes, so nothing cached can be stale;
// it is only dropped to make room. Start with memory.go.
package memory

import (
	"context"
	"errors"
	"runtime/debug"
	"slices"
	"sync/atomic"

	"github.com/maypok86/otter/v2"

	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// DefaultLimit is the memory for slices, in bytes, unless another limit is given.
const DefaultLimit = 256 << 20

// Source is a figure.Source that caches the slices of another one and passes everything
// else through.
type Source struct {
	figure.Source
	slices *otter.Cache[figure.SliceKey, *figure.Slice]
	hits   atomic.Uint64
	misses atomic.Uint64
}

// Usage is what a Source keeps, and how often that was of use.
type Usage struct {
	// Slices are those cached now, Bytes what they take, MaxBytes what they may take.
	Slices          int
	Bytes, MaxBytes uint64
	// Hits counts the slices that were asked for and cached, Misses those that were asked
	// for and were not, from the start of the program.
	Hits, Misses uint64
}

// Collect sets the garbage collector of a program that caches up to limit bytes of slices
// (0 is DefaultLimit): an answer leaves far more garbage than it keeps, so the heap may
// grow to five times of what is in use, as long as it is small beside that limit. GOGC
// and GOMEMLIMIT of the environment take precedence.
func Collect(limit uint64, environment func(string) string) {
	if limit == 0 {
		limit = DefaultLimit
	}
	if environment("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if environment("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(int64(2*limit) + 512<<20)
	}
}

// New makes a Source that caches about limit bytes of slices of another one; 0 is
// DefaultLimit.
func New(source figure.Source, limit uint64) (*Source, error) {
	if limit == 0 {
		limit = DefaultLimit
	}
	cache, err := otter.New(&otter.Options[figure.SliceKey, *figure.Slice]{
		MaximumWeight: limit,
		Weigher: func(key figure.SliceKey, slice *figure.Slice) uint32 {
			return uint32(slice.Size() + len(key.Indicator) + len(key.Level) + len(key.Breakdown))
		},
	})
	if err != nil {
		return nil, err
	}
	return &Source{Source: source, slices: cache}, nil
}

// Usage returns what is cached at this moment.
func (s *Source) Usage() Usage {
	s.slices.CleanUp() // what was cached last is weighed later otherwise
	return Usage{
		Slices: s.slices.EstimatedSize(), Bytes: s.slices.WeightedSize(), MaxBytes: s.slices.GetMaximum(),
		Hits: s.hits.Load(), Misses: s.misses.Load(),
	}
}

// Slices returns the slices of the keys, in their order, and reads those that are not
// cached in one round trip.
func (s *Source) Slices(ctx context.Context, keys []figure.SliceKey) ([]*figure.Slice, error) {
	found := make([]*figure.Slice, len(keys))
	hits := 0
	for i, key := range keys {
		slice, ok := s.slices.GetIfPresent(key)
		if found[i] = slice; ok {
			hits++
		}
	}
	s.hits.Add(uint64(hits))
	if hits == len(keys) {
		return found, nil
	}
	s.misses.Add(uint64(len(keys) - hits))
	got, err := s.load(ctx, s.withBeside(keys))
	if err != nil {
		return nil, err
	}
	for i, key := range keys {
		found[i] = got[key]
	}
	return found, nil
}

// Neighbours is a source that can read further slices with those that are asked for at no cost
// that could be told, such as other years of an indicator that has few rows.
type Neighbours interface {
	// Beside returns the keys of such slices, those that are asked for among them or not.
	Beside(keys []figure.SliceKey) []figure.SliceKey
}

// withBeside adds to keys, of which some are missing, what can be read with them: who asks for
// another year next finds it.
func (s *Source) withBeside(keys []figure.SliceKey) []figure.SliceKey {
	from, has := s.Source.(Neighbours)
	if !has {
		return keys
	}
	return number.Distinct(append(slices.Clone(keys), from.Beside(keys)...))
}

// load reads what is missing. Whoever asks first reads for all who wait; when
// that caller gives up, the others must not be told that they did.
func (s *Source) load(ctx context.Context, keys []figure.SliceKey) (map[figure.SliceKey]*figure.Slice, error) {
	for {
		got, err := s.slices.BulkGet(ctx, keys, otter.BulkLoaderFunc[figure.SliceKey, *figure.Slice](s.read))
		given := errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
		if err == nil || !given || ctx.Err() != nil {
			return got, err
		}
	}
}

func (s *Source) read(ctx context.Context, keys []figure.SliceKey) (map[figure.SliceKey]*figure.Slice, error) {
	read, err := s.Source.Slices(ctx, keys)
	if err != nil {
		return nil, err
	}
	got := make(map[figure.SliceKey]*figure.Slice, len(keys))
	for i, key := range keys {
		got[key] = read[i]
	}
	return got, nil
}
