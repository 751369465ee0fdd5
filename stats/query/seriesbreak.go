package query

import (
	"fmt"
	"slices"

	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// BreakKind says how a break is known.
type BreakKind string

// The kinds of break.
const (
	ReportedBreak  BreakKind = "REPORTED"  // the source says so: status B
	TerritoryBreak BreakKind = "TERRITORY" // the land of the unit changed
	SuggestedBreak BreakKind = "SUGGESTED" // the figures look so; nobody said it
)

// SeriesBreak is a year from which the figures are not, or seem not to be, made
// like those before.
type SeriesBreak struct {
	// Year is the first year of the new kind of figures.
	Year number.Year
	// Kind says how it is known.
	Kind BreakKind
	// PValue is that of Pettitt's test; none for a reported break.
	PValue number.Value
}

// breakOf is the break that a figure's status reports.
func breakOf(f *figure.Figure, year number.Year) *SeriesBreak {
	b := &SeriesBreak{Year: year, Kind: ReportedBreak, PValue: number.None(number.NotApplicable)}
	if slices.Contains(f.Redrawn, year) {
		b.Kind = TerritoryBreak
	}
	return b
}

// Text is the break in words.
func (b *SeriesBreak) Text(language number.Language) string {
	switch {
	case b.Kind == TerritoryBreak && language == number.English:
		return fmt.Sprintf("the territory of the unit changed in %d", b.Year)
	case b.Kind == TerritoryBreak:
		return fmt.Sprintf("địa giới của đơn vị thay đổi năm %d", b.Year)
	case b.Kind == ReportedBreak && language == number.English:
		return fmt.Sprintf("break in the series in %d, as reported", b.Year)
	case b.Kind == ReportedBreak:
		return fmt.Sprintf("chuỗi số liệu bị gián đoạn năm %d theo nguồn công bố", b.Year)
	case language == number.English:
		return fmt.Sprintf("the level may have shifted in %d: a suggestion of Pettitt's test, not a reported break", b.Year)
	}
	return fmt.Sprintf("mức số liệu có thể đã thay đổi từ năm %d: gợi ý của kiểm định Pettitt, không phải gián đoạn được công bố", b.Year)
}
