package figure

import (
	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// Text is the figure in words: 97/119 xã (81,5%); 2.159 đơn vị; of a unit that is judged
// itself Đạt or Chưa đạt; or why there is none. That of members names them first: nữ, thành thị: 306.811 người.
func (f *Figure) Text(language number.Language) string {
	if len(f.Breakdown) > 0 {
		return catalogue.BreakdownLabel(f.Breakdown, language) + ": " + f.words(language)
	}
	return f.words(language)
}

func (f *Figure) words(language number.Language) string {
	if least, bounded := f.bound(language); bounded {
		return number.Join(least, f.Indicator.Noun.For(number.IsPlural(decimal.NewFromInt(int64(f.Coverage.Expected))), language))
	}
	if reason := f.Reason(); reason != nil {
		return reason.Text(language)
	}
	if met, judged := f.Judged(); judged {
		return Judgement(met, language)
	}
	i := f.Indicator
	value, known := f.Value.Decimal()
	if !known || i.IsRatio() && !i.IsPercentage() { // 540,2 người/km²: what is divided has another unit of measure
		return f.Approximations.Written(rateText(f.Rate, i, language), language)
	}
	places := Places(value, i)
	value = f.Value.Fraction().Round(places) // of the quotient itself, so that it is rounded once
	amount := f.Approximations.Written(number.FormatNumber(value, places, language), language)
	noun := i.Noun.For(number.IsPlural(value), language)
	whole, hasWhole := f.Denominator.Decimal()
	if !hasWhole {
		return number.Join(amount, noun)
	}
	places = Places(whole, i)
	whole = f.Denominator.Fraction().Round(places)
	amount += "/" + number.FormatNumber(whole, places, language)
	noun = i.Noun.For(number.IsPlural(whole), language)
	return number.Join(amount, noun) + " (" + rateText(f.Rate, i, language) + ")"
}

// bound tells how much a withheld value is at least, of how many: ít nhất 3/16. That it is
// at least 0 says nothing.
func (f *Figure) bound(language number.Language) (string, bool) {
	least, bounded := f.AtLeast.Decimal()
	if !bounded || f.Value.IsKnown() || !least.IsPositive() {
		return "", false
	}
	of := number.FormatCount(f.Coverage.Expected, language)
	return number.Text{VI: "ít nhất ", EN: "at least "}.In(language) + number.FormatNumber(least, Places(least, f.Indicator), language) + "/" + of, true
}

// Judged reports whether the figure is that of one unit that is judged itself, no count of
// units within it, and whether it met the criterion.
func (f *Figure) Judged() (met, judged bool) {
	if f.Indicator.Kind != catalogue.Attainment || f.made != nil || f.Unit == nil || f.Unit.Level.Code != f.Indicator.Eligibility.Level {
		return false, false
	}
	one := number.Whole(decimal.NewFromInt(1))
	value, known := f.Value.Number()
	whole, _ := f.Denominator.Number()
	met = value.Cmp(one) == 0
	return met, known && whole.Cmp(one) == 0 && (met || value.Sign() == 0)
}

// Judgement is whether a unit met a criterion.
func Judgement(met bool, language number.Language) string {
	if met {
		return number.Text{VI: "Đạt", EN: "Met"}.In(language)
	}
	return number.Text{VI: "Chưa đạt", EN: "Not met"}.In(language)
}

// Short is the measure alone in words: 81,5%; 1.904,5; Đạt. Where it is missing, the reason.
func (f *Figure) Short(language number.Language) string {
	measure, known := f.Measure().Number()
	least, bounded := f.bound(language)
	met, judged := f.Judged()
	switch {
	case bounded:
		return least
	case !known:
		return f.Reason().Text(language)
	case judged:
		return Judgement(met, language)
	case f.Indicator.IsPercentage():
		return f.Approximations.Written(rateText(f.Rate, f.Indicator, language), language)
	}
	return f.Approximations.Written(number.FormatNumber(measure.Round(f.Indicator.Decimals), f.Indicator.Decimals, language), language)
}

// Places returns with how many digits after the point a value is printed: a ratio's
// numerators and denominators as they were reported, anything else as the indicator says.
func Places(value decimal.Decimal, i *catalogue.Indicator) int32 {
	if i.IsRatio() { // numerators and denominators of any unit, as reported
		return max(-value.Exponent(), 0)
	}
	return i.ValuePlaces()
}

// rateText is a rate with its unit of measure: 81,5%; 12.867.819 đồng/người.
func rateText(rate number.Value, i *catalogue.Indicator, language number.Language) string {
	quotient, ok := rate.Number()
	if !ok {
		return rate.Reason().Text(language)
	}
	rounded := quotient.Round(i.Decimals)
	return number.Join(number.FormatNumber(rounded, i.Decimals, language), i.MeasureNoun(i.Decimals > 0 || number.IsPlural(rounded), language))
}

// Vocabulary is the words from which sentences of a language are built.
type Vocabulary struct {
	language       number.Language
	Up, Down, Same string
	Since          string
	about          string // before the amount of a change that is not exact
	point, plural  string // percentage point, points
	Magnitude      string // percent of the magnitude of a negative base
}

// WordsIn is the vocabulary of a language.
func WordsIn(language number.Language) Vocabulary {
	if language == number.English {
		return Vocabulary{
			language: language, Up: "up", Down: "down", Same: "unchanged", Since: "from",
			point: "percentage point", plural: "percentage points", Magnitude: "% of the magnitude of the negative base",
		}
	}
	return Vocabulary{
		language: language, Up: "tăng", Down: "giảm", Same: "không đổi", Since: "so với năm",
		point: "điểm phần trăm", plural: "điểm phần trăm", Magnitude: "% trị tuyệt đối của số gốc âm",
	}
}

// Roughly returns the vocabulary for changes that are not exact: tăng khoảng 14 xã.
func (w Vocabulary) Roughly() Vocabulary {
	w.about = number.About.Text(w.language) + " "
	w.Same = number.Text{VI: "gần như ", EN: "about "}.In(w.language) + w.Same
	return w
}

// Points is the word for percentage points.
func (w Vocabulary) Points(plural bool) string {
	if plural {
		return w.plural
	}
	return w.point
}

// Move describes a change: tăng 14 xã, down 0.3%, không đổi. A change that would round to
// nothing is shown with as many more digits as it takes.
func (w Vocabulary) Move(change number.Fraction, places int32, unit func(plural bool) string) string {
	if change.Sign() == 0 {
		return w.Same
	}
	amount := change.Round(places)
	for places < number.Digits && amount.IsZero() {
		places++
		amount = change.Round(places)
	}
	verb := w.Up
	if change.Sign() < 0 {
		verb = w.Down
	}
	return verb + " " + w.about + number.Join(number.FormatNumber(amount.Abs(), places, w.language), unit(places > 0 || number.IsPlural(amount)))
}
