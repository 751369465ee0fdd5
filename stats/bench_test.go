package stats_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// prepared is a source that has all slices at hand: what is measured is stats itself.
type prepared struct {
	figure.Source
	catalogue *catalogue.Calendar
	slices    map[figure.SliceKey]*figure.Slice
}

func (p *prepared) Catalogue() *catalogue.Calendar { return p.catalogue }

func (p *prepared) Slices(_ context.Context, keys []figure.SliceKey) ([]*figure.Slice, error) {
	found := make([]*figure.Slice, len(keys))
	for i, key := range keys {
		found[i] = p.slices[key]
	}
	return found, nil
}

// eightyDistricts holds sums over 25 communes for each of eighty districts.
func eightyDistricts() *prepared {
	level := func(code string) *catalogue.Level {
		return &catalogue.Level{Code: code, Kinds: []*catalogue.Kind{{Code: code, Names: number.Same(code)}}}
	}
	d := catalogue.Definitions{
		Levels: []*catalogue.Level{level("country"), level("district"), level("commune")},
		Topics: []*catalogue.Topic{{Code: "topic"}},
		Indicators: []*catalogue.Indicator{{
			Code: "area", TopicCode: "topic", Kind: catalogue.Amount, Decimals: 1, Direction: catalogue.HigherIsBetter,
			Eligibility: catalogue.Eligibility{Level: "commune"}, Absent: catalogue.Unreported,
		}},
		Units: []catalogue.UnitVersion{{Code: "S", Level: "country", Kind: "country", Opening: catalogue.Baseline}},
	}
	for i := range 80 {
		d.Units = append(d.Units, catalogue.UnitVersion{Code: fmt.Sprintf("D%02d", i), Level: "district", Kind: "district", Parent: "S", Opening: catalogue.Baseline})
	}
	for i := range 2000 {
		d.Units = append(d.Units, catalogue.UnitVersion{
			Code: fmt.Sprintf("C%04d", i), Level: "commune", Kind: "commune", Parent: fmt.Sprintf("D%02d", i%80), Opening: catalogue.Baseline,
		})
	}
	d.AssignKeys(nil)
	p := &prepared{slices: map[figure.SliceKey]*figure.Slice{}}
	var cells []ledger.Holding
	for _, year := range []number.Year{2019, 2020} {
		cells = append(cells, ledger.Holding{Indicator: "area", Year: year, Level: "commune", Count: 2000})
		var sums []figure.Sum
		for i := range 80 {
			value := decimal.New(100_000+int64(i*i*977%5000)+int64(year-2019)*int64(i*331%4001), -1)
			sums = append(sums, figure.Sum{Unit: uint32(i + 2), From: 2, Count: 25, Bare: 25, Value: value, Statuses: number.Statuses(number.Normal)})
		}
		for level, sums := range map[string][]figure.Sum{
			"district": sums,
			"country":  {{Unit: 1, From: 2, Count: 2000, Bare: 2000, Value: decimal.New(1_000_000, -1), Statuses: number.Statuses(number.Normal)}},
		} {
			p.slices[figure.SliceKey{Indicator: "area", Year: year, Level: level}] = figure.NewSlice(sums)
		}
	}
	p.catalogue = catalogue.NewCalendar(catalogue.NewCatalogue(d, ledger.Holdings{Cells: cells}))
	return p
}

// BenchmarkEightyDistricts answers a comparison and a ranking, and writes the
// numbers that a caller asks for.
func BenchmarkEightyDistricts(b *testing.B) {
	service := query.New(eightyDistricts())
	ask := query.Ask{Indicator: "area", Year: 2020, Level: "district", OrderBy: catalogue.ByPercent}
	b.Run("comparison", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			answer, err := service.Compare(b.Context(), ask)
			if err != nil || len(answer.Rows) != 80 {
				b.Fatal(err)
			}
			for _, row := range answer.Rows {
				_, _, _, _ = row.Base.Value.String(), row.Current.Value.String(), row.Change.Absolute().String(), row.Change.Percent().String()
				_ = row.Change.Verdict()
			}
		}
	})
	b.Run("ranking", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			answer, err := service.Rank(b.Context(), ask)
			if err != nil || answer.RankedCount != 80 {
				b.Fatal(err)
			}
			for _, row := range answer.Rows {
				_, _, _, _ = row.Base.Value.String(), row.Current.Value.String(), row.Change.Absolute().String(), row.Change.Percent().String()
			}
		}
	})
}

// BenchmarkNewSlice packs sums as the warehouse reads them: with ten digits
// after the point, of which most are zeros.
func BenchmarkNewSlice(b *testing.B) {
	var sums []figure.Sum
	for i := range 80 {
		value := decimal.New(int64(100_000+i)*1_000_000_000, -10)
		sums = append(sums, figure.Sum{Unit: uint32(i + 2), From: 2, Count: 25, Value: value, Denominator: decimal.New(0, -10)})
	}
	b.ReportAllocs()
	for b.Loop() {
		if figure.NewSlice(sums).Len() != 80 {
			b.Fatal("lost")
		}
	}
}
