package warehouse_test

import (
	"fmt"
	"testing"

	"github.com/niengiam/niengiam/stats"
	"github.com/niengiam/niengiam/stats/memory"
	"github.com/niengiam/niengiam/warehouse"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

// reforms of the synthetic country: after each a third of the communes is merged
// whole into their neighbour, and some are split by halves.
func reformed(units int) stats.Definitions {
	d := country()
	d.Units = d.Units[:111] // country, provinces, districts
	half, err := stats.ParseFraction("1/2")
	if err != nil {
		panic(err)
	}
	days := []stats.Date{0, stats.NewDate(2010, 7, 1), stats.NewDate(2015, 7, 1), stats.NewDate(2020, 7, 1), 0}
	for era := range 4 {
		for i := range units {
			d.Units = append(d.Units, stats.UnitVersion{
				Code: fmt.Sprintf("U%d", i), Level: "commune", Kind: "k", Parent: fmt.Sprintf("D%d", i%100),
				Opening:  map[bool]stats.Opening{true: stats.Baseline, false: stats.Replaced}[era == 0],
				Validity: stats.Validity{From: days[era], To: days[era+1]},
			})
		}
	}
	for era := 1; era < 4; era++ {
		for i := range units {
			into, code := fmt.Sprintf("U%d", (i+100)%units), fmt.Sprintf("U%d", i)
			switch i % 10 {
			case 0, 1, 2:
				d.Crosswalk = append(d.Crosswalk, stats.Carry{Date: days[era], From: code, To: into})
			case 3:
				d.Crosswalk = append(d.Crosswalk,
					stats.Carry{Date: days[era], From: code, To: code, Partial: true, Share: half},
					stats.Carry{Date: days[era], From: code, To: into, Partial: true, Share: half})
			default:
				d.Crosswalk = append(d.Crosswalk, stats.Carry{Date: days[era], From: code, To: code})
			}
		}
	}
	return d
}

// BenchmarkBasis holds a question on the units of another date against the same as
// reported: 10,000 synthetic communes, three reforms, 33,000 rows of a crosswalk.
// “first” has a store of slices that is empty and a catalogue that was never asked,
// “new indicator” one that knows the way, “again” slices in memory.
func BenchmarkBasis(b *testing.B) {
	const units = 10_000
	d := reformed(units)
	w := fillAll(b, warehousetest.Config(b), d, units, 112+units)
	day := stats.NewDate(2025, 1, 1)
	for _, by := range []string{"province", "district", "commune"} {
		for _, basis := range []struct {
			name  string
			scope *stats.Scope
		}{{"as reported", nil}, {"on a basis", &stats.Scope{Basis: &stats.Basis{Date: &day}}}} {
			ask := func(b *testing.B, service *stats.Service, indicator int) {
				b.Helper()
				_, err := service.Rank(b.Context(), stats.Ask{Indicator: fmt.Sprintf("i%d", indicator), By: by, Year: 2014, BaseYear: 2012, Scope: basis.scope})
				if err != nil {
					b.Fatal(err)
				}
			}
			b.Run(by+"/"+basis.name+"/first", func(b *testing.B) {
				for n := 0; b.Loop(); n++ {
					b.StopTimer()
					service := remembering(b, forgetful{w, stats.NewCatalogue(w.Catalogue().Definitions, w.Catalogue().Holdings)})
					b.StartTimer()
					ask(b, service, n%250)
				}
			})
			service := remembering(b, w)
			b.Run(by+"/"+basis.name+"/new indicator", func(b *testing.B) {
				for n := 0; b.Loop(); n++ {
					ask(b, service, n%250)
				}
			})
			b.Run(by+"/"+basis.name+"/again", func(b *testing.B) {
				for b.Loop() {
					ask(b, service, 0)
				}
			})
		}
	}
}

// forgetful has a catalogue of its own, which no question was put to yet.
type forgetful struct {
	*warehouse.Warehouse
	catalogue *stats.Catalogue
}

func (f forgetful) Catalogue() *stats.Catalogue { return f.catalogue }

func remembering(b *testing.B, source stats.Source) *stats.Service {
	b.Helper()
	remembered, err := memory.New(source, 0)
	if err != nil {
		b.Fatal(err)
	}
	return stats.New(remembered)
}
