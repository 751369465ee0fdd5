package query

import (
	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// GapText describes the gap: cao hơn 1,5 điểm phần trăm, 5 communes below.
func GapText(r *TargetRow, language number.Language) string {
	gap, _ := r.Gap.Number()
	amount := r.amount(gap, language)
	switch {
	case gap.Sign() == 0 && r.approximate():
		return number.Text{VI: "khoảng bằng mục tiêu", EN: "about there"}.In(language)
	case gap.Sign() == 0:
		return number.Text{VI: "bằng mục tiêu", EN: "exactly"}.In(language)
	case language == number.English && gap.Sign() > 0:
		return amount + " above"
	case language == number.English:
		return amount + " below"
	case gap.Sign() > 0:
		return "cao hơn " + amount
	}
	return "thấp hơn " + amount
}

// PaceText describes a change a year: cần tăng 13 xã mỗi năm.
func PaceText(r *TargetRow, before number.Text, pace number.Fraction, language number.Language) string {
	w := figure.WordsIn(language)
	if pace.Sign() == 0 {
		return before.In(language) + w.Same
	}
	verb := w.Up
	if pace.Sign() < 0 {
		verb = w.Down
	}
	return before.In(language) + verb + " " + r.amount(pace, language) + number.Text{VI: " mỗi năm", EN: " a year"}.In(language)
}

// targetNoun is the unit of measure of what is compared with a target, where that is no
// percentage.
func targetNoun(t *catalogue.Target, i *catalogue.Indicator, plural bool, language number.Language) string {
	if t.On == catalogue.OnValue {
		return i.ValueNoun(plural, language)
	}
	return i.Noun.For(plural, language)
}

// thresholdText is the number to reach in words: ít nhất 80%, down at least 5% from
// the year before.
func thresholdText(t *catalogue.Target, language number.Language) string {
	threshold := number.Trim(t.Number)
	amount := func(d decimal.Decimal) string {
		i, plural := t.Indicator(), number.IsPlural(d)
		noun := targetNoun(t, i, plural, language)
		switch {
		case t.On == catalogue.OnChangePercent, t.On == catalogue.OnRate && i.IsPercentage():
			noun = "%"
		case t.GapIn(i) == catalogue.MeasurePoints:
			noun = figure.WordsIn(language).Points(plural)
		}
		return number.Join(number.FormatNumber(d, max(-d.Exponent(), 0), language), noun)
	}
	most := t.Comparator == catalogue.AtMost
	if !t.On.IsChange() {
		if most {
			return number.Text{VI: "không quá ", EN: "at most "}.In(language) + amount(threshold)
		}
		return number.Text{VI: "ít nhất ", EN: "at least "}.In(language) + amount(threshold)
	}
	w := figure.WordsIn(language)
	before := number.Text{VI: " so với năm trước", EN: " from the year before"}.In(language)
	verb := w.Up
	if threshold.Sign() < 0 {
		verb = w.Down
	}
	// To change by at most −5 % is to fall by at least 5 %.
	switch {
	case threshold.Sign() == 0 && most:
		return number.Text{VI: "không tăng", EN: "no increase"}.In(language) + before
	case threshold.Sign() == 0:
		return number.Text{VI: "không giảm", EN: "no decrease"}.In(language) + before
	case most == (threshold.Sign() < 0):
		return verb + number.Text{VI: " ít nhất ", EN: " at least "}.In(language) + amount(threshold.Abs()) + before
	}
	return verb + number.Text{VI: " không quá ", EN: " at most "}.In(language) + amount(threshold.Abs()) + before
}
