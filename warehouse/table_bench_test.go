package warehouse_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/memory"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

// provinceOf is one province of 11 districts and 156 communes, the size of An
// Giang in 2020, with 250 indicators.
func provinceOf() catalogue.Definitions {
	d := country()
	d.Units = nil
	add := func(code, level, parent string) {
		d.Units = append(d.Units, catalogue.UnitVersion{Code: code, Level: level, Kind: "k", Parent: parent, Opening: catalogue.Baseline})
	}
	add("C", "country", "")
	add("P0", "province", "C")
	for i := range 11 {
		add(fmt.Sprintf("D%d", i), "district", "P0")
	}
	for i := range 156 {
		add(fmt.Sprintf("U%d", i), "commune", fmt.Sprintf("D%d", i%11))
	}
	return d
}

// BenchmarkTable holds a table of 20 indicators × 11 districts × 10 years against
// the barest statement that sums the same facts.
func BenchmarkTable(b *testing.B) {
	for name, size := range map[string]struct {
		definitions catalogue.Definitions
		units       int
		first       int
		within      string
	}{
		"province": {provinceOf(), 156, 14, "P0"},
		"country":  {country(), 2000, 112, "P1"},
	} {
		b.Run(name, func(b *testing.B) {
			w := fillAll(b, warehousetest.Config(b), size.definitions, filling{units: size.units, first: size.first, since: 2005, years: 20, indicators: 250})
			remembered, err := memory.New(w, 0)
			if err != nil {
				b.Fatal(err)
			}
			var codes, list []string
			for i := range 20 {
				codes = append(codes, fmt.Sprintf("i%d", i*12))
				list = append(list, fmt.Sprintf("'i%d'", i*12))
			}
			ask := query.TableAsk{Indicators: codes, Level: "district", Within: size.within, Measures: []catalogue.TableMeasure{catalogue.ShowFigure, catalogue.ShowPercent, catalogue.ShowRank}}
			for year := number.Year(2011); year <= 2020; year++ {
				ask.Years = append(ask.Years, year)
			}
			table := func(source figure.Source) func(ctx context.Context) error {
				return func(ctx context.Context) error {
					answer, err := query.New(source).Table(ctx, ask)
					if err == nil && len(answer.Rows[0].Cells) != 600 {
						err = fmt.Errorf("%d cells", len(answer.Rows[0].Cells))
					}
					return err
				}
			}
			run(b, "floor", func(ctx context.Context) error { return drain(ctx, w, testText(b, "bench/floor")) })
			bare, indicators := testText(b, "bench/table"), "["+strings.Join(list, ",")+"]"
			run(b, "bare", func(ctx context.Context) error { return drain(with(ctx, "indicators", indicators), w, bare) })
			run(b, "first", table(w))
			run(b, "again", table(remembered))
		})
	}
}

func run(b *testing.B, name string, once func(ctx context.Context) error) {
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := once(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
}
