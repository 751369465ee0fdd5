package spill

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
)

// However much fits in memory, records come in the order of their keys, those of one key in
// the order in which they came, as often as they are read.
func TestSorter(t *testing.T) {
	for _, size := range []int{3, 10, 15} { // keys in which the first bytes differ, and in which the rest does
		sorts(t, size)
	}
}

func sorts(t *testing.T, size int) {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	var want []string
	for i := range 3000 {
		want = append(want, fmt.Sprintf("%03d invented %d %d", random.IntN(700), random.IntN(10), i))
	}
	added := slices.Clone(want)
	slices.SortStableFunc(want, func(a, b string) int { return bytes.Compare([]byte(a[:size]), []byte(b[:size])) })
	for _, bound := range []int{1, 100, 5000, 1 << 20} {
		dir := t.TempDir()
		s := New(bound, dir)
		for _, text := range added {
			if err := s.Add([]byte(text[:size]), []byte(text[size:])); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 {
			var got []string
			err := s.All(func(key, value []byte) error {
				got = append(got, string(key)+string(value))
				return nil
			})
			if err != nil || !slices.Equal(got, want) {
				t.Fatalf("with %d bytes in memory the order is another one: %v", bound, err)
			}
		}
		if left, err := os.ReadDir(dir); len(left) > 0 || err != nil || s.Len() != len(want) {
			t.Errorf("%d records; the directory has %v %v", s.Len(), left, err)
		}
		enough := errors.New("enough")
		if err := s.All(func([]byte, []byte) error { return enough }); !errors.Is(err, enough) {
			t.Errorf("reading ends with %v", err)
		}
		if err := errors.Join(s.Close(), s.Close()); err != nil {
			t.Error(err)
		}
	}
	if err := New(1, t.TempDir()+"/none").Add(nil, nil); err != nil {
		t.Errorf("what fits in memory needs no directory: %v", err)
	}
}

// A disk that takes nothing is told.
func TestSorterWithoutDisk(t *testing.T) {
	s := New(1, t.TempDir()+"/none")
	if err := errors.Join(s.Add([]byte("a"), nil), s.Add([]byte("b"), nil)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v, want that there is no directory", err)
	}
}
