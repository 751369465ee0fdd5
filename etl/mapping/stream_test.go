package mapping

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/niengiam/niengiam/etl/format"
	"github.com/niengiam/niengiam/etl/workspace"
)

// kept is the values that pages have kept, in that order.
type kept struct {
	values []string
	most   int                // fails to keep more; 0 for any number
	add    func(value string) // what a page does beside; nil for nothing
}

type keptPage struct {
	*kept
	values []string
}

var errFull = errors.New("full")

func (p *keptPage) Add(f *Fact) {
	p.values = append(p.values, f.Text)
	if p.add != nil {
		p.add(f.Text)
	}
}

func (p *keptPage) Keep() error {
	p.kept.values, p.values = append(p.kept.values, p.values...), nil
	if p.most > 0 && len(p.kept.values) > p.most {
		return errFull
	}
	return nil
}

// manyRows is a file of so many rows whose values are their numbers. Its codes have not lost their
// zeros, which is seen in the first one.
func manyRows(count int) []byte {
	var b strings.Builder
	b.WriteString("code,indicator,year,value,denominator,published,status,standing,note,source\n")
	for i := range count {
		fmt.Fprintf(&b, "02,population,%d,%d,,2021-03-12,,,,\n", 1900+i%120, i)
	}
	return []byte(b.String())
}

// mapper maps by a source of the golden cases.
func mapper(t *testing.T, into *kept) *Mapper {
	t.Helper()
	dir := t.TempDir()
	rules, err := os.ReadFile("../testdata/long/" + workspace.Filename)
	err = errors.Join(err, os.CopyFS(filepath.Join(dir, "catalogue"), os.DirFS("../testdata/catalogue")), os.WriteFile(filepath.Join(dir, workspace.Filename), rules, 0o600), os.WriteFile(filepath.Join(dir, "in.csv"), nil, 0o600))
	if err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Read(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	return &Mapper{
		Source: w.Sources[0], Calendar: w.Calendar(), Rows: 5, Goroutines: 4, Tell: func(string, int, int) {},
		NewPage: func() Page { return &keptPage{kept: into} },
	}
}

// Facts are kept in the order of the rows, and few batches are under way at once.
func TestRowsInOrder(t *testing.T) {
	const count = 3000
	var all kept
	m := mapper(t, &all)
	pages := 0
	own := m.NewPage
	m.NewPage = func() Page {
		pages++
		return own()
	}
	result, err := m.Map(t.Context(), []File{held("in.csv", manyRows(count))})
	if err != nil || result.Read != count || len(result.Rejects) > 0 || len(all.values) != count || pages > 4+ahead {
		t.Fatalf("%d rows read, %d rejects, %d facts, %d pages, %v", result.Read, len(result.Rejects), len(all.values), pages, err)
	}
	for i, value := range all.values {
		if value != fmt.Sprint(i) {
			t.Fatalf("fact %d is %s", i, value)
		}
	}
}

// Whatever ends the rows early, what was kept is the beginning of them, and no goroutine goes on.
func TestRowsThatEndEarly(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(m *Mapper, all *kept, stored *breaking, stop context.CancelFunc)
		want    string
	}{
		"page": {func(_ *Mapper, all *kept, _ *breaking, _ context.CancelFunc) { all.most = 500 }, errFull.Error()},
		"cancel": {func(m *Mapper, _ *kept, _ *breaking, stop context.CancelFunc) {
			m.Tell = func(_ string, done, _ int) {
				if done >= 500 {
					stop()
				}
			}
		}, context.Canceled.Error()},
		"panic": {func(_ *Mapper, all *kept, _ *breaking, _ context.CancelFunc) {
			all.add = func(value string) {
				if value == "777" {
					panic(value)
				}
			}
		}, "panic: 777"},
		"file": {func(m *Mapper, _ *kept, stored *breaking, _ context.CancelFunc) {
			m.Tell = func(_ string, done, _ int) { stored.broken.Store(done >= 500) }
		}, "its bytes cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			var all kept
			m := mapper(t, &all)
			synctest.Test(t, func(t *testing.T) { // which fails where a goroutine is left
				ctx, stop := context.WithCancel(t.Context())
				defer stop()
				stored := &breaking{Reader: bytes.NewReader(manyRows(20_000))}
				c.prepare(m, &all, stored, stop)
				_, err := m.Map(ctx, []File{{Path: "in.csv", Open: func() (format.File, func() error, error) {
					return format.File{Name: "in.csv", Stored: stored}, func() error { return nil }, nil
				}}})
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("it ends with %v, not with %s", err, c.want)
				}
			})
			if len(all.values) < 500 || len(all.values) > 19_000 {
				t.Errorf("%d facts were kept", len(all.values))
			}
			for i, value := range all.values {
				if value != fmt.Sprint(i) {
					t.Fatalf("fact %d is %s", i, value)
				}
			}
		})
	}
}

// breaking is a stored file that cannot be read any more once it is broken.
type breaking struct {
	*bytes.Reader
	broken atomic.Bool
}

func (b *breaking) ReadAt(p []byte, at int64) (int, error) {
	if b.broken.Load() {
		return 0, os.ErrClosed
	}
	return b.Reader.ReadAt(p, at)
}
