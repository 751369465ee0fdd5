package stats_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
	"github.com/niengiam/niengiam/stats/statstest"
)

// counting is a source that counts its round trips and refuses to read a slice twice.
type counting struct {
	figure.Source
	t      testing.TB
	before func(ctx context.Context) error
	trips  atomic.Int32
	mu     sync.Mutex
	read   map[figure.SliceKey]bool
}

func (c *counting) Slices(ctx context.Context, keys []figure.SliceKey) ([]*figure.Slice, error) {
	c.trips.Add(1)
	if c.before != nil {
		if err := c.before(ctx); err != nil {
			return nil, err
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	slices := make([]*figure.Slice, len(keys))
	for i, key := range keys {
		if c.read[key] {
			c.t.Errorf("%v is read twice", key)
		}
		c.read[key] = true
		slices[i] = figure.NewSlice([]figure.Sum{{Unit: uint32(key.Year), Count: 1}})
	}
	return slices, nil
}

// gather makes a gathering of so many questions on a counting source.
func gather(t testing.TB, questions int) (*counting, *figure.Gathering) {
	source := &counting{Source: statstest.NewMemory(), t: t, read: map[figure.SliceKey]bool{}}
	_, g := query.New(source).Gather(questions)
	return source, g
}

func slice(year number.Year) []figure.SliceKey {
	return []figure.SliceKey{{Indicator: "i", Year: year, Level: "l"}}
}

// wants asks for the slice of a year and checks that it is the one.
func wants(ctx context.Context, t testing.TB, g *figure.Gathering, year number.Year) {
	got, err := g.Slices(ctx, slice(year))
	if err != nil || len(got) != 1 || got[0].Sums()[0].Unit != uint32(year) {
		t.Errorf("the slice of %d: %v, %v", year, got, err)
	}
}

// at runs the questions of an operation at the same time.
func at(ctx context.Context, g *figure.Gathering, questions ...func(ctx context.Context)) {
	var all sync.WaitGroup
	for _, question := range questions {
		all.Go(func() {
			ctx, end := g.Enter(ctx)
			defer end()
			question(ctx)
		})
	}
	all.Wait()
}

func TestQuestionsAreReadTogether(t *testing.T) {
	source, g := gather(t, 12)
	var questions []func(ctx context.Context)
	for i := range 10 {
		questions = append(questions, func(ctx context.Context) {
			time.Sleep(time.Duration(rand.IntN(3)) * time.Millisecond)
			wants(ctx, t, g, number.Year(2010+i/2))
		})
	}
	questions = append(questions,
		func(context.Context) {}, // one that needs nothing, or was refused
		func(context.Context) { time.Sleep(3 * time.Millisecond) })
	at(t.Context(), g, questions...)
	if trips := source.trips.Load(); trips != 1 {
		t.Errorf("%d round trips, want 1", trips)
	}
}

// A question that asks again is gathered with the others that do; parts of one
// question that ask at the same time do not wait for one another.
func TestLaterAsksAreReadTogether(t *testing.T) {
	source, g := gather(t, 3)
	twice := func(first, second number.Year) func(ctx context.Context) {
		return func(ctx context.Context) {
			wants(ctx, t, g, first)
			wants(ctx, t, g, second)
		}
	}
	at(t.Context(), g, twice(2001, 2011), twice(2002, 2012), func(ctx context.Context) { wants(ctx, t, g, 2003) })
	if trips := source.trips.Load(); trips != 2 {
		t.Errorf("%d round trips, want 2", trips)
	}
	source, g = gather(t, 1)
	at(t.Context(), g, func(ctx context.Context) {
		var parts sync.WaitGroup
		for range 16 {
			parts.Go(func() { wants(ctx, t, g, 2001) })
		}
		parts.Wait()
	})
	if trips := source.trips.Load(); trips != 1 {
		t.Errorf("%d round trips for one slice, want 1", trips)
	}
}

// Whatever becomes of one question, no other waits for ever.
func TestNobodyWaitsForEver(t *testing.T) {
	t.Run("a question panics", func(t *testing.T) {
		_, g := gather(t, 2)
		at(t.Context(), g, func(ctx context.Context) { wants(ctx, t, g, 2001) }, func(context.Context) {
			defer func() { _ = recover() }()
			panic("a fault of a resolver")
		})
	})
	t.Run("the source panics", func(t *testing.T) {
		source, g := gather(t, 3)
		source.before = func(context.Context) error { panic("a fault of the source") }
		var failed, panicked atomic.Int32
		ask := func(ctx context.Context) {
			defer func() {
				if recover() != nil {
					panicked.Add(1)
				}
			}()
			if _, err := g.Slices(ctx, slice(2001)); err != nil {
				failed.Add(1)
			}
		}
		at(t.Context(), g, slices.Repeat([]func(context.Context){ask}, 3)...)
		if failed.Load() != 2 || panicked.Load() != 1 {
			t.Errorf("%d panicked and %d failed, want 1 and 2", panicked.Load(), failed.Load())
		}
	})
	t.Run("the source fails", func(t *testing.T) {
		source, g := gather(t, 2)
		down := errors.New("down")
		source.before = func(context.Context) error { return down }
		ask := func(ctx context.Context) {
			if _, err := g.Slices(ctx, slice(2001)); !errors.Is(err, down) {
				t.Errorf("got %v", err)
			}
		}
		at(t.Context(), g, slices.Repeat([]func(context.Context){ask}, 2)...)
	})
	t.Run("a question never begins", func(t *testing.T) {
		_, g := gather(t, 2)
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		defer cancel()
		at(ctx, g, func(ctx context.Context) {
			if _, err := g.Slices(ctx, slice(2001)); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got %v", err)
			}
		})
	})
	t.Run("a question gives up", func(t *testing.T) {
		source, g := gather(t, 2)
		waiting := make(chan struct{})
		at(t.Context(), g, func(ctx context.Context) {
			ctx, cancel := context.WithCancel(ctx)
			cancel()
			if _, err := g.Slices(ctx, slice(2001)); !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
			close(waiting)
		}, func(ctx context.Context) {
			<-waiting
			wants(ctx, t, g, 2002)
		})
		if source.trips.Load() != 1 {
			t.Errorf("%d round trips, want 1", source.trips.Load())
		}
	})
}

// Questions that ask whatever they like, in parts, some of them giving up, all
// come to an end with the right slices, and no slice is read twice.
func TestAnyQuestionsEnd(t *testing.T) {
	for seed := range uint64(60) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 1))
			_, g := gather(t, 8)
			var questions []func(ctx context.Context)
			for range 8 {
				parts, asks, offset := 1+random.IntN(4), random.IntN(4), random.IntN(6)
				giveUp := random.IntN(6) == 0
				questions = append(questions, func(ctx context.Context) {
					var group sync.WaitGroup
					for part := range parts {
						group.Go(func() {
							for i := range asks {
								wants(ctx, t, g, number.Year(2000+(offset+i*(part+1))%9))
							}
							if !giveUp {
								return
							}
							ctx, cancel := context.WithTimeout(ctx, time.Duration(part)*100*time.Microsecond)
							defer cancel()
							_, _ = g.Slices(ctx, slice(number.Year(2001+part)))
						})
					}
					group.Wait()
				})
			}
			at(t.Context(), g, questions...)
		})
	}
}
