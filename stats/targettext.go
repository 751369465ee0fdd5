package stats

import (
	"fmt"
	"strconv"

	"github.com/shopspring/decimal"
)

// Text is the row in words: 97/119 xã (81,5%), đạt mục tiêu ít nhất 80% (cao hơn
// 1,5 điểm phần trăm).
func (r *TargetRow) Text(language Language) string {
	actual := r.Current.Text(language)
	if r.Target.On.isChange() && r.Current.Reason() == nil {
		actual += ", " + compare(r.Base, r.Current).Text(language)
	}
	goal := r.Target.threshold(language)
	if r.Result == UnknownResult {
		if r.Actual.IsKnown() { // only the line to the target is not known
			actual += ", " + r.Reason.Text(language)
		}
		return actual + "; " + Text{"chưa đánh giá được mục tiêu ", "not known whether it meets the target: "}.In(language) + goal
	}
	by := ""
	if r.Target.BaseYear != 0 {
		by = Text{" đến năm ", " by "}.In(language) + strconv.Itoa(int(r.Target.Years.To))
	}
	status := map[TargetResult]Text{
		Met:      {"đạt mục tiêu ", "meets the target: "},
		Missed:   {"không đạt mục tiêu ", "misses the target: "},
		OnTrack:  {"chưa đạt nhưng đúng lộ trình tới mục tiêu ", "not there yet but on track to the target: "},
		OffTrack: {"chậm so với lộ trình tới mục tiêu ", "behind the path to the target: "},
	}[r.Result].In(language)
	text := actual + "; " + status + goal + by + " (" + r.gapText(language)
	if pace, known := r.PaceNeeded.Number(); known {
		text += "; " + r.paceText(Text{"cần ", "needed: "}, pace, language)
		if soFar, known := r.PaceSoFar.Number(); known {
			since := strconv.Itoa(int(r.Target.BaseYear))
			text += "; " + r.paceText(Text{"từ năm " + since + " ", "since " + since + ": "}, soFar, language)
			if caution := compare(r.Base, r.Current).caution(language); caution != "" {
				text += ", " + caution
			}
		}
	}
	return text + ")"
}

// gapText tells the gap: cao hơn 1,5 điểm phần trăm, 5 communes below.
func (r *TargetRow) gapText(language Language) string {
	gap, _ := r.Gap.Number()
	amount := r.amount(gap, language)
	switch {
	case gap.Sign() == 0:
		return Text{"bằng mục tiêu", "exactly"}.In(language)
	case language == English && gap.Sign() > 0:
		return amount + " above"
	case language == English:
		return amount + " below"
	case gap.Sign() > 0:
		return "cao hơn " + amount
	}
	return "thấp hơn " + amount
}

// paceText tells a change a year: cần tăng 13 xã mỗi năm.
func (r *TargetRow) paceText(before Text, pace Fraction, language Language) string {
	w := words(language)
	if pace.Sign() == 0 {
		return before.In(language) + w.same
	}
	verb := w.up
	if pace.Sign() < 0 {
		verb = w.down
	}
	return before.In(language) + verb + " " + r.amount(pace, language) + Text{" mỗi năm", " a year"}.In(language)
}

// amount writes the size of a gap or pace, with as many digits as the figure has,
// or more where fewer would not show it.
func (r *TargetRow) amount(number Fraction, language Language) string {
	i := r.Current.Indicator
	places := i.valuePlaces()
	if r.GapIn == MeasurePoints {
		places = max(i.ratePlaces(), 1)
	}
	rounded := number.Round(places)
	for places < digits && number.Sub(Whole(rounded)).Sign() != 0 && (places == 0 || rounded.IsZero()) {
		places++
		rounded = number.Round(places)
	}
	plural := places > 0 || isPlural(rounded)
	noun := i.Noun.For(plural, language)
	if r.GapIn == MeasurePoints {
		noun = words(language).points(plural)
	}
	return join(FormatNumber(rounded.Abs(), places, language), noun)
}

// threshold is the number to reach in words: ít nhất 80%, down at least 5% from
// the year before.
func (t *Target) threshold(language Language) string {
	number := trim(t.Number)
	amount := func(d decimal.Decimal) string {
		noun, i := "%", t.Indicator()
		switch {
		case t.On == OnChangeAbsolute && i.Kind == Ratio:
			noun = words(language).points(isPlural(d))
		case t.On == OnValue, t.On == OnChangeAbsolute:
			noun = i.Noun.For(isPlural(d), language)
		}
		return join(FormatNumber(d, max(-d.Exponent(), 0), language), noun)
	}
	most := t.Comparator == AtMost
	if !t.On.isChange() {
		if most {
			return Text{"không quá ", "at most "}.In(language) + amount(number)
		}
		return Text{"ít nhất ", "at least "}.In(language) + amount(number)
	}
	w := words(language)
	before := Text{" so với năm trước", " from the year before"}.In(language)
	verb := w.up
	if number.Sign() < 0 {
		verb = w.down
	}
	// To change by at most −5 % is to fall by at least 5 %.
	switch {
	case number.Sign() == 0 && most:
		return Text{"không tăng", "no increase"}.In(language) + before
	case number.Sign() == 0:
		return Text{"không giảm", "no decrease"}.In(language) + before
	case most == (number.Sign() < 0):
		return verb + Text{" ít nhất ", " at least "}.In(language) + amount(number.Abs()) + before
	}
	return verb + Text{" không quá ", " at most "}.In(language) + amount(number.Abs()) + before
}

// period tells for which years a target stands: từ 2021 đến 2025, since 2021.
func (y Years) period(language Language) string {
	switch {
	case y.From == 0:
		return fmt.Sprintf(Text{"đến %d", "until %d"}.In(language), y.To)
	case y.To == 0:
		return fmt.Sprintf(Text{"từ %d", "since %d"}.In(language), y.From)
	}
	return fmt.Sprintf("%d–%d", y.From, y.To)
}

// target notes where a target is held against a year or units that it was not set for.
func (n *noter) target(h held) {
	t, year := h.target, h.year
	if !t.Years.contains(year) {
		n.cells = append(n.cells, &Note{Code: NoteOutside, Year: &year, text: Text{
			VI: fmt.Sprintf("mục tiêu “%s” đặt cho thời kỳ %s; số liệu năm %d chỉ được so với cùng mức đó", t.Statements.VI, t.Years.period(Vietnamese), year),
			EN: fmt.Sprintf("the target “%s” stands for %s; %d is only held against the same number", t.Statements.EN, t.Years.period(English), year),
		}})
	}
	if t.Code == "" {
		return
	}
	for _, unit := range h.units {
		if unit.Code != t.UnitCode && unit.Level.Code != t.LevelCode {
			n.cells = append(n.cells, &Note{Code: NoteOthers, text: Text{
				VI: fmt.Sprintf("mục tiêu “%s” không đặt cho các đơn vị này; chúng chỉ được so với cùng mức đó", t.Statements.VI),
				EN: fmt.Sprintf("the target “%s” was not set for these units; they are only held against the same number", t.Statements.EN),
			}})
			return
		}
	}
}
