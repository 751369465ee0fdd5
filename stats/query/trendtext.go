package query

import (
	"fmt"
	"slices"

	"github.com/niengiam/niengiam/stats/estimate"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// The notes of a trend.
const (
	// NoteFewYears: the trend is made of under ten years.
	NoteFewYears number.NoteCode = "FEW_YEARS"
	// NoteLeftOut: years within the span are not in the trend.
	NoteLeftOut number.NoteCode = "YEARS_LEFT_OUT"
)

// trendNotes warns of what the trend is made of.
func trendNotes(t *Trend, c *figure.State) []*Note {
	notes := []*Note{}
	add := func(when bool, code number.NoteCode, vi, en string) {
		if when {
			notes = append(notes, &Note{Code: code, Words: number.Text{VI: vi, EN: en}})
		}
	}
	n := len(t.Points)
	add(n < estimate.FewPoints, NoteFewYears,
		fmt.Sprintf("chỉ có %d năm: kết quả kiểm định và khoảng tin cậy kém chắc chắn", n),
		fmt.Sprintf("only %d years: test and intervals are uncertain", n))
	var left []number.Year
	apart := false
	for _, year := range t.LeftOut {
		left = append(left, year.Year)
		apart = apart || year.apart
	}
	add(len(left) > 0, NoteLeftOut,
		"không tính các năm "+spans(left), "years that are left out: "+spans(left))
	add(apart, number.NoteBreak,
		"chuỗi số liệu bị gián đoạn; chỉ tính các năm từ lần gián đoạn cuối", "the series breaks; the trend is that of the years since the last break")
	eligible, coverage := false, false
	figures := &NoteCollector{Catalogue: c}
	for i, point := range t.Points {
		figures.figure(point)
		if i > 0 {
			change := Compare(t.Points[i-1], point)
			eligible = eligible || change.eligibleDiffers()
			coverage = coverage || change.coverageDiffers() && !change.eligibleDiffers()
		}
	}
	for _, year := range t.LeftOut {
		if year.Reason == number.CoverageLow {
			figures.figure(year.Figure)
		}
	}
	add(eligible, number.NoteEligible,
		"số đơn vị thuộc diện đánh giá không như nhau trong các năm", "the number of units to which the criterion applies is not the same in all years")
	add(coverage, number.NoteCoverage,
		"số đơn vị có số liệu không như nhau trong các năm", "the years cover different shares of the units")
	return slices.Concat(notes, figures.All())
}
