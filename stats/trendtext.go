package stats

import (
	"fmt"
	"slices"
)

// The notes of a trend.
const (
	// NoteFewYears: the trend is made of under ten years.
	NoteFewYears NoteCode = "FEW_YEARS"
	// NoteLeftOut: years within the span are not in the trend.
	NoteLeftOut NoteCode = "YEARS_LEFT_OUT"
)

// measurePlaces is the number of digits after the point of the measure.
func (i *Indicator) measurePlaces() int32 {
	if i.Kind.IsPercentage() {
		return i.ratePlaces()
	}
	return i.valuePlaces()
}

// measureUnit is the word beside the measure: % of a percentage, else the noun.
func (i *Indicator) measureUnit(plural bool, language Language) string {
	if i.Kind.IsPercentage() {
		return "%"
	}
	return i.Noun.For(plural, language)
}

// Text is the verdict in words, with the slope of Theil and Sen where there is a
// trend: one digit more than the figures have, for a slope is less than they are.
func (t *Trend) Text(language Language) string {
	w, i := words(language), t.Question.Indicator
	span := ""
	if len(t.Points) > 0 {
		span = fmt.Sprintf(" (%s)", t.span(language))
	}
	if t.Verdict == Undecided {
		if language == English {
			return fmt.Sprintf("too few years to tell a trend: %d", len(t.Points)) + span
		}
		return fmt.Sprintf("quá ít năm có số liệu để kết luận xu thế: %d", len(t.Points)) + span
	}
	text := map[TrendVerdict]Text{
		Rising:       {"xu thế tăng ở mức ý nghĩa 5%", "rising, at the 5% level"},
		Falling:      {"xu thế giảm ở mức ý nghĩa 5%", "falling, at the 5% level"},
		NoClearTrend: {"không có xu thế rõ rệt ở mức ý nghĩa 5%", "no clear trend at the 5% level"},
	}[t.Verdict].In(language)
	if slope, known := t.TheilSen.Slope.Number(); known && t.Verdict != NoClearTrend && slope.Sign() != 0 {
		unit := func(plural bool) string { return i.Noun.For(plural, language) }
		if i.Kind.IsPercentage() {
			unit = w.points
		}
		year := " mỗi năm"
		if language == English {
			year = " a year"
		}
		text += ", " + w.move(slope, i.measurePlaces()+1, unit) + year
	}
	return text + span
}

// span names the years of the trend.
func (t *Trend) span(language Language) string {
	var years []Year
	for _, point := range t.Points {
		years = append(years, point.Year)
	}
	if language == English {
		return spans(years)
	}
	return "năm " + spans(years)
}

// notes warns of what the trend is made of.
func (t *Trend) notes(c *State) []*Note {
	notes := []*Note{}
	add := func(when bool, code NoteCode, vi, en string) {
		if when {
			notes = append(notes, &Note{Code: code, text: Text{vi, en}})
		}
	}
	n := len(t.Points)
	add(n < fewPoints, NoteFewYears,
		fmt.Sprintf("chỉ có %d năm: kết quả kiểm định và khoảng tin cậy kém chắc chắn", n),
		fmt.Sprintf("only %d years: test and intervals are uncertain", n))
	var left []Year
	apart := false
	for _, year := range t.LeftOut {
		left = append(left, year.Year)
		apart = apart || year.apart
	}
	add(len(left) > 0, NoteLeftOut,
		"không tính các năm "+spans(left), "years that are left out: "+spans(left))
	add(apart, NoteBreak,
		"chuỗi số liệu bị gián đoạn; chỉ tính các năm từ lần gián đoạn cuối", "the series breaks; the trend is that of the years since the last break")
	eligible, coverage := false, false
	figures := &noter{catalogue: c}
	for i, point := range t.Points {
		figures.figure(point)
		if i > 0 {
			change := compare(t.Points[i-1], point)
			eligible = eligible || change.eligibleDiffers()
			coverage = coverage || change.coverageDiffers() && !change.eligibleDiffers()
		}
	}
	for _, year := range t.LeftOut {
		if year.Reason == CoverageLow {
			figures.figure(year.Figure)
		}
	}
	add(eligible, NoteEligible,
		"số đơn vị thuộc diện đánh giá không như nhau trong các năm", "the number of units to which the criterion applies is not the same in all years")
	add(coverage, NoteCoverage,
		"số đơn vị có số liệu không như nhau trong các năm", "the years cover different shares of the units")
	return slices.Concat(notes, figures.all())
}
