package warehouse_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

// country is 1 country, 10 provinces, 100 districts and 10,000 communes, half
// of which moved in 2015, with 250 indicators.
func country() catalogue.Definitions {
	d := catalogue.Definitions{Topics: []*catalogue.Topic{{Code: "t"}}}
	for _, code := range []string{"country", "province", "district", "commune"} {
		d.Levels = append(d.Levels, &catalogue.Level{Code: code, Kinds: []*catalogue.Kind{{Code: "k"}}})
	}
	for i := range 250 {
		d.Indicators = append(d.Indicators, &catalogue.Indicator{
			Code: fmt.Sprintf("i%d", i), TopicCode: "t", Kind: catalogue.Count, Eligibility: catalogue.Eligibility{Level: "commune"},
		})
	}
	add := func(code, level, parent string) *catalogue.UnitVersion {
		d.Units = append(d.Units, catalogue.UnitVersion{Code: code, Level: level, Kind: "k", Parent: parent, Opening: catalogue.Baseline})
		return &d.Units[len(d.Units)-1]
	}
	add("C", "country", "")
	for i := range 10 {
		add(fmt.Sprintf("P%d", i), "province", "C")
	}
	for i := range 100 {
		add(fmt.Sprintf("D%d", i), "district", fmt.Sprintf("P%d", i%10))
	}
	for i := range 10_000 {
		code := fmt.Sprintf("U%d", i)
		v := add(code, "commune", fmt.Sprintf("D%d", i%100))
		if i%2 == 0 {
			v.Validity.To = number.NewDate(2015, 7, 1)
			next := add(code, "commune", fmt.Sprintf("D%d", (i+1)%100))
			next.Validity.From, next.Opening = number.NewDate(2015, 7, 1), catalogue.Changed
		}
	}
	return d
}

// fill writes postings of units × 20 years × 250 indicators as release 1.
func fill(b *testing.B, cfg warehouse.Config, units int) *warehouse.Warehouse {
	b.Helper()
	return fillAll(b, cfg, country(), filling{units: units, first: 112, since: 2005, years: 20, indicators: 250})
}

// filling is what is written: a value of every unit for every indicator and year.
// The units have the keys from first on, those from each turn on the next ones.
type filling struct {
	units, first             int
	since, years, indicators int
	turns                    []string
}

// fillAll writes postings as release 1.
func fillAll(b *testing.B, cfg warehouse.Config, definitions catalogue.Definitions, f filling) *warehouse.Warehouse {
	b.Helper()
	w := warehousetest.Open(b, cfg)
	if err := w.Define(b.Context(), definitions, "definitions"); err != nil {
		b.Fatal(err)
	}
	begin := time.Now()
	for _, name := range []string{"bench/fill", "bench/settle"} {
		ctx := with(b.Context(), "units", fmt.Sprint(f.units), "first", fmt.Sprint(f.first),
			"since", fmt.Sprint(f.since), "years", fmt.Sprint(f.years), "indicators", fmt.Sprint(f.indicators), "turns", "["+strings.Join(f.turns, ",")+"]")
		if err := w.Run(ctx, testText(b, name)); err != nil {
			b.Fatal(err)
		}
	}
	b.Logf("filled in %v", time.Since(begin).Round(time.Millisecond))
	begin = time.Now()
	if err := w.Publish(b.Context(), ledger.Release{ID: 1}, nil, nil); err != nil {
		b.Fatal(err)
	}
	b.Logf("published, holdings read, in %v", time.Since(begin).Round(time.Millisecond))
	begin = time.Now()
	w = warehousetest.Open(b, cfg)
	b.Logf("opened in %v", time.Since(begin).Round(time.Millisecond))
	return w
}

// BenchmarkSlices holds the slices of a comparison against the barest statement
// that sums the same postings.
func BenchmarkSlices(b *testing.B) {
	for _, units := range []int{200, 2000, 10_000} {
		b.Run(fmt.Sprintf("%dpostings", units*20*250), func(b *testing.B) {
			w := fill(b, warehousetest.Config(b), units)
			run := func(name string, once func(ctx context.Context, n int) error) {
				b.Run(name, func(b *testing.B) {
					for n := 0; b.Loop(); n++ {
						if err := once(b.Context(), n); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
			run("floor", func(ctx context.Context, _ int) error { return drain(ctx, w, testText(b, "bench/floor")) })
			bare := testText(b, "bench/comparison")
			run("bare", func(ctx context.Context, n int) error {
				return drain(with(ctx, "indicator", fmt.Sprintf("i%d", n%250)), w, bare)
			})
			ask := func(level string, years ...number.Year) func(ctx context.Context, n int) error {
				return func(ctx context.Context, n int) error {
					var keys []figure.SliceKey
					for _, year := range years {
						keys = append(keys, figure.SliceKey{Indicator: fmt.Sprintf("i%d", n%250), Year: year, Level: level, View: ledger.View{Head: 1}})
					}
					_, err := w.Slices(ctx, keys)
					return err
				}
			}
			run("districts2years", ask("district", 2019, 2020))
			run("communes2years", ask("commune", 2019, 2020))
			var years []number.Year
			for year := number.Year(2005); year < 2025; year++ {
				years = append(years, year)
			}
			run("districts20years", ask("district", years...))
		})
	}
}

func drain(ctx context.Context, w *warehouse.Warehouse, sql string) error {
	rows, err := w.Query(ctx, sql, 0)
	if err != nil {
		return err
	}
	for more := true; more; {
		_, more = rows.Next()
	}
	return rows.Close()
}
