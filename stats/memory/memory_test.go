package memory_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/memory"
	"github.com/niengiam/niengiam/stats/number"
)

// source counts its round trips and the keys of each; hold makes it wait.
type source struct {
	figure.Source
	trips atomic.Int32
	keys  atomic.Int32
	hold  func(ctx context.Context) error
}

func (s *source) Slices(ctx context.Context, keys []figure.SliceKey) ([]*figure.Slice, error) {
	s.trips.Add(1)
	s.keys.Add(int32(len(keys)))
	if s.hold != nil {
		if err := s.hold(ctx); err != nil {
			return nil, err
		}
	}
	slices := make([]*figure.Slice, len(keys))
	for i, key := range keys {
		slices[i] = figure.NewSlice([]figure.Sum{{Unit: uint32(key.Year), Count: 1, Value: decimal.New(int64(key.Year), 0)}})
	}
	return slices, nil
}

func key(year number.Year, head ledger.ReleaseID) figure.SliceKey {
	return figure.SliceKey{Indicator: "i", Year: year, Level: "l", View: ledger.View{Head: head}}
}

func remember(t *testing.T, from figure.Source, limit uint64) *memory.Source {
	t.Helper()
	s, err := memory.New(from, limit)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestWhatWasReadIsNotReadAgain(t *testing.T) {
	from := &source{}
	s := remember(t, from, 0)
	for range 3 {
		if _, err := s.Slices(t.Context(), []figure.SliceKey{key(2019, 1), key(2020, 1)}); err != nil {
			t.Fatal(err)
		}
	}
	if from.trips.Load() != 1 {
		t.Errorf("%d round trips, want 1", from.trips.Load())
	}
	slices, err := s.Slices(t.Context(), []figure.SliceKey{key(2021, 1), key(2020, 1), key(2022, 1)})
	if err != nil || len(slices) != 3 || slices[0] == nil || slices[1] == nil || slices[2] == nil {
		t.Fatalf("slices %v, error %v", slices, err)
	}
	if from.trips.Load() != 2 || from.keys.Load() != 4 {
		t.Errorf("%d round trips of %d keys, want 2 of 4: only what is missing, at once", from.trips.Load(), from.keys.Load())
	}
	if u := s.Usage(); u.Hits != 5 || u.Misses != 4 || u.Slices != 4 || u.Bytes == 0 || u.MaxBytes != memory.DefaultLimit {
		t.Errorf("usage %+v, want 5 hits, 4 misses and 4 slices", u)
	}
}

// generous is a source that reads the year before with each year, in the same view.
type generous struct{ source }

func (g *generous) Beside(keys []figure.SliceKey) (beside []figure.SliceKey) {
	for _, k := range keys {
		beside = append(beside, key(k.Year-1, k.View.Head))
	}
	return beside
}

func TestWhatIsReadBesideIsNotReadAgain(t *testing.T) {
	from := &generous{}
	s := remember(t, from, 0)
	for _, years := range [][]number.Year{{2020}, {2019}, {2020, 2019}} {
		for _, year := range years {
			got, err := s.Slices(t.Context(), []figure.SliceKey{key(year, 1)})
			if err != nil || len(got) != 1 || got[0].Sums()[0].Unit != uint32(year) {
				t.Fatalf("%d: %v, %v", year, got, err)
			}
		}
	}
	if from.trips.Load() != 1 || from.keys.Load() != 2 {
		t.Errorf("%d round trips of %d keys, want one of the year and the one before", from.trips.Load(), from.keys.Load())
	}
	if u := s.Usage(); u.Hits != 3 || u.Misses != 1 || u.Slices != 2 {
		t.Errorf("usage %+v, want one miss, that of what was asked for, and both years counted", u)
	}
	if _, err := s.Slices(t.Context(), []figure.SliceKey{key(2019, 2)}); err != nil || from.trips.Load() != 2 {
		t.Errorf("another view was answered from what was read for the first: %d round trips, %v", from.trips.Load(), err)
	}
}

func TestANewReleaseIsReadAnew(t *testing.T) {
	from := &source{}
	s := remember(t, from, 0)
	for head := range ledger.ReleaseID(3) {
		if _, err := s.Slices(t.Context(), []figure.SliceKey{key(2019, head)}); err != nil {
			t.Fatal(err)
		}
	}
	if from.trips.Load() != 3 {
		t.Errorf("%d round trips, want one for each release", from.trips.Load())
	}
}

func TestOneReadsForAllWhoWait(t *testing.T) {
	release := make(chan struct{})
	from := &source{hold: func(context.Context) error { <-release; return nil }}
	s := remember(t, from, 0)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if _, err := s.Slices(t.Context(), []figure.SliceKey{key(2019, 1)}); err != nil {
				t.Error(err)
			}
		})
	}
	for from.trips.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	close(release)
	wait.Wait()
	if from.trips.Load() != 1 {
		t.Errorf("%d round trips, want 1", from.trips.Load())
	}
}

// The caller who reads for all gives up; the one who waits still gets an answer.
func TestWhoWaitsIsNotCancelledByAnother(t *testing.T) {
	from := &source{}
	from.hold = func(ctx context.Context) error {
		if from.trips.Load() > 1 {
			return nil
		}
		<-ctx.Done()
		return ctx.Err()
	}
	s := remember(t, from, 0)
	first, cancel := context.WithCancel(t.Context())
	var wait sync.WaitGroup
	wait.Go(func() {
		if _, err := s.Slices(first, []figure.SliceKey{key(2019, 1)}); !errors.Is(err, context.Canceled) {
			t.Errorf("the caller who gave up got %v", err)
		}
	})
	for from.trips.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	wait.Go(func() {
		if slices, err := s.Slices(t.Context(), []figure.SliceKey{key(2019, 1)}); err != nil || slices[0] == nil {
			t.Errorf("the caller who waited got %v, %v", slices, err)
		}
	})
	cancel()
	wait.Wait()
}

func TestAnErrorIsNotRemembered(t *testing.T) {
	from := &source{hold: func(context.Context) error { return &number.Error{Code: "ENGINE_DOWN"} }}
	s := remember(t, from, 0)
	if _, err := s.Slices(t.Context(), []figure.SliceKey{key(2019, 1)}); number.CodeOf(err) != "ENGINE_DOWN" {
		t.Fatalf("got %v", err)
	}
	from.hold = nil
	if slices, err := s.Slices(t.Context(), []figure.SliceKey{key(2019, 1)}); err != nil || slices[0] == nil {
		t.Fatalf("after the engine came back: %v, %v", slices, err)
	}
}

func TestMemoryIsBounded(t *testing.T) {
	from := &source{}
	s := remember(t, from, 4096)
	for round := range 2 {
		for year := range number.Year(1000) {
			if _, err := s.Slices(t.Context(), []figure.SliceKey{key(year, 1)}); err != nil {
				t.Fatal(err)
			}
		}
		if trips := from.trips.Load(); round == 1 && trips < 1500 {
			t.Errorf("%d round trips for 2,000 questions: more was remembered than there is room for", trips)
		}
	}
}
