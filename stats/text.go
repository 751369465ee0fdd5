package stats

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Texts are built from the facts by rules. Every numeral in them is a figure
// rounded once, half away from zero.

// minus is the sign of negative numbers in running text.
const minus = "−"

// FormatCount writes how many there are, for people.
func FormatCount(n int, language Language) string {
	return FormatNumber(decimal.NewFromInt(int64(n)), 0, language)
}

// counting writes a sentence in both languages, with a count (int) or words (Text) for
// each %s of it.
func counting(vi, en string, parts ...any) Text {
	in := func(sentence string, language Language) string {
		written := make([]any, len(parts))
		for i, part := range parts {
			switch part := part.(type) {
			case int:
				written[i] = FormatCount(part, language)
			case Text:
				written[i] = part.In(language)
			}
		}
		return fmt.Sprintf(sentence, written...)
	}
	return Text{in(vi, Vietnamese), in(en, English)}
}

// FormatNumber writes a number for people: 2.159 and 81,5 in Vietnamese, 2,159
// and 81.5 in English. Negative numbers have a minus sign, not a hyphen.
func FormatNumber(d decimal.Decimal, places int32, language Language) string {
	group, point := ".", ","
	if language == English {
		group, point = ",", "."
	}
	rounded := d.Round(places)
	whole, fraction, _ := strings.Cut(rounded.Abs().StringFixed(max(places, 0)), ".")
	var b strings.Builder
	if rounded.Sign() < 0 {
		b.WriteString(minus)
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(group)
		}
		b.WriteRune(digit)
	}
	if fraction != "" {
		b.WriteString(point + fraction)
	}
	return b.String()
}

// printed writes a number of an indicator as it stands in a file, 36726/543764 or
// 52.1×3000, for people. A ratio without its denominator is a rate: 6,45%. What is no
// number stays as it is.
func (i *Indicator) printed(text string, language Language) string {
	sign := "/"
	if strings.Contains(text, "×") {
		sign = "×"
	}
	parts := strings.Split(text, sign)
	for at, part := range parts {
		if d, err := decimal.NewFromString(part); err == nil {
			parts[at] = FormatNumber(d, max(-d.Exponent(), 0), language)
			if i != nil && i.Kind == Ratio && len(parts) == 1 {
				parts[at] += "%"
			}
		}
	}
	return strings.Join(parts, sign)
}

// valuePlaces is the number of digits after the point of the indicator's value.
func (i *Indicator) valuePlaces() int32 {
	if i.Kind.IsPercentage() {
		return 0
	}
	return i.Decimals
}

// ratePlaces is the number of digits after the point of a percentage.
func (i *Indicator) ratePlaces() int32 {
	if i.Kind.IsPercentage() {
		return i.Decimals
	}
	return 1
}

// Text is the figure in words: 97/119 xã (81,5%); 2.159 đơn vị; or why there is
// none. That of members names them first: nữ, thành thị: 306.811 người.
func (f *Figure) Text(language Language) string {
	if len(f.Breakdown) > 0 {
		return label(f.Breakdown, language) + ": " + f.words(language)
	}
	return f.words(language)
}

func (f *Figure) words(language Language) string {
	if reason := f.Reason(); reason != nil {
		return reason.Text(language)
	}
	i := f.Indicator
	value, known := f.Value.Decimal()
	if !known {
		return percent(f.Rate, i, language)
	}
	if exact, _ := f.Value.Number(); i.Kind == Mean {
		value = exact.Round(i.Decimals) // of the quotient itself, so that it is rounded once
	}
	number := FormatNumber(value, places(value, i), language)
	noun := i.Noun.For(isPlural(value), language)
	whole, hasWhole := f.Denominator.Decimal()
	if !hasWhole {
		return join(number, noun)
	}
	number += "/" + FormatNumber(whole, places(whole, i), language)
	noun = i.Noun.For(isPlural(whole), language)
	return join(number, noun) + " (" + percent(f.Rate, i, language) + ")"
}

// places shows all digits of a count, which has none after the point, and the
// indicator's decimals of anything else.
func places(value decimal.Decimal, i *Indicator) int32 {
	if i.Kind == Ratio { // numerators and denominators of any unit, as reported
		return max(-value.Exponent(), 0)
	}
	return i.valuePlaces()
}

func percent(rate Value, i *Indicator, language Language) string {
	number, ok := rate.Number()
	if !ok {
		return rate.Reason().Text(language)
	}
	return FormatNumber(number.Round(i.ratePlaces()), i.ratePlaces(), language) + "%"
}

func isPlural(d decimal.Decimal) bool { return !d.Abs().Equal(one()) }

func join(number, noun string) string {
	if noun == "" || strings.HasPrefix(noun, "%") {
		return number + noun
	}
	return number + " " + noun
}

// Short is one measure of the change with its sign, as a narrow cell has it: +14,
// +16,9%. Where it has no number, why.
func (c Change) Short(measure Measure, language Language) string {
	cell := &TableCell{Value: c.measure(measure), column: &TableColumn{Indicator: c.current.Indicator, Measure: TableMeasure(measure)}}
	return cell.Text(language)
}

// Text is the change in words, the absolute change first and the primary measure
// beside it: tăng 14 xã (tăng 11,8 điểm phần trăm) so với năm 2019.
func (c Change) Text(language Language) string {
	if reason := c.Reason(); reason != nil && !c.Absolute().IsKnown() {
		return reason.Text(language)
	}
	w := words(language)
	i := c.current.Indicator
	since := w.since + " " + strconv.Itoa(int(c.base.Year))
	var told []string
	if absolute, ok := c.Absolute().Number(); ok && i.Kind != Ratio {
		told = append(told, w.move(absolute, i.valuePlaces(), func(plural bool) string {
			return i.Noun.For(plural, language)
		}))
	}
	if number, ok := c.measure(c.Primary()).Number(); ok && c.Primary() != MeasureAbsolute {
		unit := func(bool) string { return "%" }
		switch {
		case c.Primary() == MeasurePoints:
			unit = w.points
		case c.byMagnitude():
			unit = func(bool) string { return w.magnitude }
		}
		told = append(told, w.move(number, i.ratePlaces(), unit))
	}
	if len(told) == 2 && told[0] == w.same && told[1] == w.same {
		told = told[:1]
	}
	text := told[0]
	if len(told) == 2 {
		text += " (" + told[1] + ")"
	}
	return text + " " + since
}

// vocabulary is what the sentences of a language are made of.
type vocabulary struct {
	language       Language
	up, down, same string
	since          string
	point, plural  string // percentage point, points
	magnitude      string // percent of the magnitude of a negative base
}

func words(language Language) vocabulary {
	if language == English {
		return vocabulary{
			language: language, up: "up", down: "down", same: "unchanged", since: "from",
			point: "percentage point", plural: "percentage points", magnitude: "% of the magnitude of the negative base",
		}
	}
	return vocabulary{
		language: language, up: "tăng", down: "giảm", same: "không đổi", since: "so với năm",
		point: "điểm phần trăm", plural: "điểm phần trăm", magnitude: "% trị tuyệt đối của số gốc âm",
	}
}

func (w vocabulary) points(plural bool) string {
	if plural {
		return w.plural
	}
	return w.point
}

// move tells a change: tăng 14 xã, down 0.3%, không đổi. A change that rounds
// to nothing is still told as one: the digits that show it are added.
func (w vocabulary) move(change Fraction, places int32, unit func(plural bool) string) string {
	if change.Sign() == 0 {
		return w.same
	}
	amount := change.Round(places)
	for places < digits && amount.IsZero() {
		places++
		amount = change.Round(places)
	}
	verb := w.up
	if change.Sign() < 0 {
		verb = w.down
	}
	return verb + " " + join(FormatNumber(amount.Abs(), places, w.language), unit(places > 0 || isPlural(amount)))
}

// Text is the reason in words.
func (r Reason) Text(language Language) string { return r.text().In(language) }

func (r Reason) text() Text {
	switch r {
	case MissingValue:
		return Text{"chưa có số liệu", "no figure"}
	case BaseMissing:
		return Text{"năm gốc chưa có số liệu", "no figure in the base year"}
	case CurrentMissing:
		return Text{"năm báo cáo chưa có số liệu", "no figure in the year asked"}
	case BaseZero:
		return Text{"năm gốc bằng không nên không tính được tỷ lệ", "the base is zero, so there is no relative change"}
	case BaseNegative:
		return Text{"năm gốc âm nên không tính được tỷ lệ", "the base is negative, so there is no relative change"}
	case NotAPercentage:
		return Text{"chỉ tiêu không phải tỷ lệ phần trăm", "the measure is not a percentage"}
	case NotComparable:
		return Text{"hai số liệu không so sánh được", "the two figures cannot be compared"}
	case CoverageLow:
		return Text{"quá ít đơn vị báo cáo để tổng hợp", "too few units reported for an aggregate"}
	case Suppressed:
		return Text{"không công bố để bảo mật các số nhỏ", "withheld to keep small numbers confidential"}
	case NotAdditive:
		return Text{"chỉ tiêu không cộng được", "the parts must not be added"}
	case TooFewValues:
		return Text{"quá ít số liệu để tính", "too few values for it"}
	case NegativeValues:
		return Text{"có số âm nên không tính được", "not defined where values are negative"}
	}
	return Text{"không áp dụng", "does not apply"}
}

// Short is the measure alone in words: 81,5%; 1.904,5. A figure that is missing is
// told by its reason.
func (f *Figure) Short(language Language) string {
	number, known := f.Measure().Number()
	switch {
	case !known:
		return f.Reason().Text(language)
	case f.Indicator.Kind.IsPercentage():
		return percent(f.Rate, f.Indicator, language)
	}
	return FormatNumber(number.Round(f.Indicator.Decimals), f.Indicator.Decimals, language)
}
