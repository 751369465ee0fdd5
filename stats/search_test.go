package stats_test

import (
	"fmt"
	"testing"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/list"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
	"github.com/niengiam/niengiam/stats/statstest"
)

// BenchmarkSearch looks for units by name, and for what an unknown code was
// meant to be, among 10,000.
func BenchmarkSearch(b *testing.B) {
	store := statstest.NewMemory()
	d := catalogue.Definitions{
		Levels: []*catalogue.Level{{Code: "commune", Kinds: []*catalogue.Kind{{Code: "xa", Names: number.Text{VI: "Xã", EN: "Commune"}}}}},
		Topics: []*catalogue.Topic{{Code: "t"}},
		Indicators: []*catalogue.Indicator{{
			Code: "people", TopicCode: "t", Kind: catalogue.Count, Eligibility: catalogue.Eligibility{Level: "commune"},
		}},
	}
	for i := range 10_000 {
		d.Units = append(d.Units, catalogue.UnitVersion{
			Code: fmt.Sprint(30000 + i), Level: "commune", Kind: "xa", Names: number.Same(fmt.Sprintf("Vĩnh Thạnh Trung %d", i)), Opening: catalogue.Baseline,
		})
	}
	if err := store.Define(b.Context(), d, "1"); err != nil {
		b.Fatal(err)
	}
	service := query.New(store)
	b.Run("unknown", func(b *testing.B) {
		for b.Loop() {
			if _, err := service.Units(query.UnitsAsk{Within: "vinh thanh trung x", Page: list.Page{First: 10}}); number.CodeOf(err) != number.UnknownUnit {
				b.Fatal(err)
			}
		}
	})
	b.Run("search", func(b *testing.B) {
		for b.Loop() {
			page, err := service.Units(query.UnitsAsk{Search: "thanh trung 9", OrderBy: catalogue.UnitsByName, Page: list.Page{First: 10}})
			if err != nil || page.TotalCount != 1111 {
				b.Fatal(page, err)
			}
		}
	})
}
