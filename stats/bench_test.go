package stats_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats"
)

// prepared is a source that has all slices at hand: what is measured is stats itself.
type prepared struct {
	stats.Source
	catalogue *stats.Calendar
	slices    map[stats.SliceKey]*stats.Slice
}

func (p *prepared) Catalogue() *stats.Calendar { return p.catalogue }

func (p *prepared) Slices(_ context.Context, keys []stats.SliceKey) ([]*stats.Slice, error) {
	found := make([]*stats.Slice, len(keys))
	for i, key := range keys {
		found[i] = p.slices[key]
	}
	return found, nil
}

// eightyDistricts holds sums over 25 communes for each of eighty districts.
func eightyDistricts() *prepared {
	level := func(code string) *stats.Level {
		return &stats.Level{Code: code, Kinds: []*stats.Kind{{Code: code, Names: stats.Same(code)}}}
	}
	d := stats.Definitions{
		Levels: []*stats.Level{level("country"), level("district"), level("commune")},
		Topics: []*stats.Topic{{Code: "topic"}},
		Indicators: []*stats.Indicator{{
			Code: "area", TopicCode: "topic", Kind: stats.Amount, Decimals: 1, Direction: stats.HigherIsBetter,
			Eligibility: stats.Eligibility{Level: "commune"}, Absent: stats.Unreported,
		}},
		Units: []stats.UnitVersion{{Code: "S", Level: "country", Kind: "country", Opening: stats.Baseline}},
	}
	for i := range 80 {
		d.Units = append(d.Units, stats.UnitVersion{Code: fmt.Sprintf("D%02d", i), Level: "district", Kind: "district", Parent: "S", Opening: stats.Baseline})
	}
	for i := range 2000 {
		d.Units = append(d.Units, stats.UnitVersion{
			Code: fmt.Sprintf("C%04d", i), Level: "commune", Kind: "commune", Parent: fmt.Sprintf("D%02d", i%80), Opening: stats.Baseline,
		})
	}
	d.AssignKeys(nil)
	p := &prepared{slices: map[stats.SliceKey]*stats.Slice{}}
	var cells []stats.Holding
	for _, year := range []stats.Year{2019, 2020} {
		cells = append(cells, stats.Holding{Indicator: "area", Year: year, Level: "commune", Count: 2000})
		var sums []stats.Sum
		for i := range 80 {
			value := decimal.New(100_000+int64(i*i*977%5000)+int64(year-2019)*int64(i*331%4001), -1)
			sums = append(sums, stats.Sum{Unit: uint32(i + 2), From: 2, Count: 25, Bare: 25, Value: value, Statuses: stats.Statuses(stats.Normal)})
		}
		for level, sums := range map[string][]stats.Sum{
			"district": sums,
			"country":  {{Unit: 1, From: 2, Count: 2000, Bare: 2000, Value: decimal.New(1_000_000, -1), Statuses: stats.Statuses(stats.Normal)}},
		} {
			p.slices[stats.SliceKey{Indicator: "area", Year: year, Level: level}] = stats.NewSlice(sums)
		}
	}
	p.catalogue = stats.NewCalendar(stats.NewCatalogue(d, stats.Holdings{Cells: cells}))
	return p
}

// BenchmarkEightyDistricts answers a comparison and a ranking, and writes the
// numbers that a caller asks for.
func BenchmarkEightyDistricts(b *testing.B) {
	service := stats.New(eightyDistricts())
	ask := stats.Ask{Indicator: "area", Year: 2020, Level: "district", OrderBy: stats.ByPercent}
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
	var sums []stats.Sum
	for i := range 80 {
		value := decimal.New(int64(100_000+i)*1_000_000_000, -10)
		sums = append(sums, stats.Sum{Unit: uint32(i + 2), From: 2, Count: 25, Value: value, Denominator: decimal.New(0, -10)})
	}
	b.ReportAllocs()
	for b.Loop() {
		if stats.NewSlice(sums).Len() != 80 {
			b.Fatal("lost")
		}
	}
}
