package stats_test

import (
	"fmt"
	"testing"

	"github.com/niengiam/niengiam/stats"
	"github.com/niengiam/niengiam/stats/statstest"
)

// BenchmarkSearch looks for units by name, and for what an unknown code was
// meant to be, among 10,000.
func BenchmarkSearch(b *testing.B) {
	store := statstest.NewMemory()
	d := stats.Definitions{
		Levels: []*stats.Level{{Code: "commune", Kinds: []*stats.Kind{{Code: "xa", Names: stats.Text{VI: "Xã", EN: "Commune"}}}}},
		Topics: []*stats.Topic{{Code: "t"}},
		Indicators: []*stats.Indicator{{
			Code: "people", TopicCode: "t", Kind: stats.Count, Eligibility: stats.Eligibility{Level: "commune"},
		}},
	}
	for i := range 10_000 {
		d.Units = append(d.Units, stats.UnitVersion{
			Code: fmt.Sprint(30000 + i), Level: "commune", Kind: "xa", Names: stats.Same(fmt.Sprintf("Vĩnh Thạnh Trung %d", i)), Opening: stats.Baseline,
		})
	}
	if err := store.Define(b.Context(), d, "1"); err != nil {
		b.Fatal(err)
	}
	service := stats.New(store)
	b.Run("unknown", func(b *testing.B) {
		for b.Loop() {
			if _, err := service.Units(stats.UnitsAsk{Within: "vinh thanh trung x", Page: stats.Page{First: 10}}); stats.CodeOf(err) != stats.UnknownUnit {
				b.Fatal(err)
			}
		}
	})
	b.Run("search", func(b *testing.B) {
		for b.Loop() {
			page, err := service.Units(stats.UnitsAsk{Search: "thanh trung 9", OrderBy: stats.UnitsByName, Page: stats.Page{First: 10}})
			if err != nil || page.TotalCount != 1111 {
				b.Fatal(page, err)
			}
		}
	})
}
