package warehouse_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/memory"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
	"github.com/niengiam/niengiam/warehouse"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

// reformed gives the reforms of the synthetic country: after each a third of the
// communes is merged whole into another, and some are split by halves. The other is of
// the same district, as most are, or the next one of another province, so that no
// district and no province stays what it was.
func reformed(units int, across bool) catalogue.Definitions {
	d := country()
	d.Units = d.Units[:111] // country, provinces, districts
	half, err := number.ParseFraction("1/2")
	if err != nil {
		panic(err)
	}
	step := 100 // districts
	if across {
		step = 1
	}
	days := []number.Date{0, number.NewDate(2010, 7, 1), number.NewDate(2015, 7, 1), number.NewDate(2020, 7, 1), 0}
	for era := range 4 {
		for i := range units {
			d.Units = append(d.Units, catalogue.UnitVersion{
				Code: fmt.Sprintf("U%d", i), Level: "commune", Kind: "k", Parent: fmt.Sprintf("D%d", i%100),
				Opening:  map[bool]catalogue.Opening{true: catalogue.Baseline, false: catalogue.Replaced}[era == 0],
				Validity: number.Validity{From: days[era], To: days[era+1]},
			})
		}
	}
	for era := 1; era < 4; era++ {
		for i := range units {
			into, code := fmt.Sprintf("U%d", (i+step)%units), fmt.Sprintf("U%d", i)
			switch i % 10 {
			case 0, 1, 2:
				d.Crosswalk = append(d.Crosswalk, catalogue.Carry{Date: days[era], From: code, To: into})
			case 3:
				d.Crosswalk = append(d.Crosswalk,
					catalogue.Carry{Date: days[era], From: code, To: code, Partial: true, Share: half},
					catalogue.Carry{Date: days[era], From: code, To: into, Partial: true, Share: half})
			default:
				d.Crosswalk = append(d.Crosswalk, catalogue.Carry{Date: days[era], From: code, To: code})
			}
		}
	}
	return d
}

// BenchmarkBasis holds questions on the units of another date against the same as
// reported: 10,000 synthetic communes, 30 years, three reforms, 33,000 rows of a
// crosswalk, within districts and across provinces. “first” has a store of slices that is empty and a catalogue that was
// never asked, “new indicator” one that knows the way, “again” slices in memory. The
// metric ×reported is the ratio to the same question as reported.
func BenchmarkBasis(b *testing.B) {
	b.Run("within districts", func(b *testing.B) { benchmarkBasis(b, false) })
	b.Run("across provinces", func(b *testing.B) { benchmarkBasis(b, true) })
}

func benchmarkBasis(b *testing.B, across bool) {
	b.Helper()
	const units, indicators = 10_000, 30
	d := reformed(units, across)
	w := fillAll(b, warehousetest.Config(b), d, filling{units: units, first: 112, since: 1995, years: 30, indicators: indicators, turns: []string{"2010", "2015", "2020"}})
	day := number.NewDate(2025, 1, 1)
	for _, question := range []struct {
		name string
		ask  func(ctx context.Context, service *query.Service, indicator string, scope *query.Scope) error
	}{
		{"ranking of provinces", rank("province")}, {"ranking of districts", rank("district")}, {"ranking of communes", rank("commune")},
		{"series of 30 years", func(ctx context.Context, service *query.Service, indicator string, scope *query.Scope) error {
			_, err := service.Series(ctx, query.Ask{Indicator: indicator, Level: "province", From: 1995, To: 2024, Scope: scope})
			return err
		}},
	} {
		reported := map[string]float64{}
		for _, basis := range []struct {
			name  string
			scope *query.Scope
		}{{"as reported", nil}, {"on a basis", &query.Scope{Basis: &figure.Basis{Date: &day}}}} {
			service := remembering(b, w)
			measure := func(name string, prepare func(n int) (*query.Service, int)) {
				b.Run(question.name+"/"+basis.name+"/"+name, func(b *testing.B) {
					for n := 0; b.Loop(); n++ {
						b.StopTimer()
						service, indicator := prepare(n)
						b.StartTimer()
						if err := question.ask(b.Context(), service, fmt.Sprintf("i%d", indicator), basis.scope); err != nil {
							b.Fatal(err)
						}
					}
					once := b.Elapsed().Seconds() / float64(b.N)
					if basis.scope == nil {
						reported[name] = once
					} else {
						b.ReportMetric(once/reported[name], "×reported")
					}
				})
			}
			measure("first", func(n int) (*query.Service, int) {
				return remembering(b, forgetful{w, catalogue.NewCalendar(catalogue.NewCatalogue(w.Catalogue().Definitions, w.Catalogue().Holdings))}), n % indicators
			})
			measure("new indicator", func(n int) (*query.Service, int) { return service, n % indicators })
			measure("again", func(int) (*query.Service, int) { return service, 0 })
		}
	}
}

func rank(by string) func(context.Context, *query.Service, string, *query.Scope) error {
	return func(ctx context.Context, service *query.Service, indicator string, scope *query.Scope) error {
		_, err := service.Rank(ctx, query.Ask{Indicator: indicator, Level: by, Year: 2024, BaseYear: 1995, Scope: scope})
		return err
	}
}

// forgetful has a catalogue of its own, which no question was put to yet.
type forgetful struct {
	*warehouse.Warehouse
	catalogue *catalogue.Calendar
}

func (f forgetful) Catalogue() *catalogue.Calendar { return f.catalogue }

func remembering(b *testing.B, source figure.Source) *query.Service {
	b.Helper()
	remembered, err := memory.New(source, 0)
	if err != nil {
		b.Fatal(err)
	}
	return query.New(remembered)
}
