package mapping

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/etl/layout"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// cellForm is what a file says of a cell beside its text.
type cellForm struct {
	// plain is true where the number is the file's own and not text: it is written with a
	// point, whatever signs the texts of the source have.
	plain bool
	// percent is true where a spreadsheet shows a hundred times the number, with a % sign.
	percent bool
}

// formOf says what the file says of a cell.
func formOf(t *table, r *layout.Row, place int) cellForm {
	return cellForm{
		plain:   t.plain || slices.Contains(r.Numbers, place),
		percent: slices.Contains(r.Percent, place),
	}
}

// signsOf are the signs of the numbers of a cell.
func signsOf(source *workspace.Source, form cellForm) workspace.CSV {
	signs := source.CSV
	if form.plain {
		signs.Decimal, signs.Thousands = ".", ""
	}
	return signs
}

// exponent finds a number as programs write it with a power of ten: 1.2E-05.
func exponent() *regexp.Regexp {
	return regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?[eE][-+]?[0-9]{1,3}$`)
}

// readCell reads the number of a cell as its form and the measure say.
func readCell(cell string, form cellForm, measure *workspace.Measure, source *workspace.Source) (decimal.Decimal, number.Code, number.Message) {
	if num, ok := plainNumber(cell, form, measure, source); ok {
		return num, "", number.Message{}
	}
	text := strings.TrimFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	rest, sign := strings.CutSuffix(text, "%")
	if (sign || form.percent) && !measure.Percent {
		return decimal.Decimal{}, NotANumber, number.Say("the cell is a percentage: where the source means it, its measure says `percent: true`")
	}
	text = strings.TrimSpace(rest)
	if form.plain && strings.ContainsAny(text, "eE") && exponent().MatchString(text) {
		if expanded, err := decimal.NewFromString(text); err == nil {
			text = expanded.String()
		}
	}
	num, reason, detail := parseNumber(text, signsOf(source, form))
	if reason != "" {
		return num, reason, detail
	}
	if form.percent {
		num = num.Shift(2)
	}
	if !measure.Multiplier.IsZero() {
		num = num.Mul(measure.Multiplier)
	}
	return num, "", number.Message{}
}

// splitFlags parts a figure from the words behind it that its source has flags for: 12.3 p, 12.3p,
// 1,234 (*). A cell of flags alone leaves "". It is false, and changes nothing, where something
// stands there that is no flag.
func splitFlags(cell string, flags map[string]number.Status) (rest string, status number.Status, ok bool) {
	if len(flags) == 0 {
		return cell, number.Normal, true
	}
	if known, is := flags[cell]; is {
		return "", known, true
	}
	end := strings.LastIndexFunc(cell, isDigit)
	if end < 0 {
		if head, words, found := strings.Cut(cell, " "); found {
			if status, known := flagsOf(words, flags); known { // : c, no figure and why
				if is, flagged := flags[head]; flagged {
					return "", number.Statuses(status, is).First(), true
				}
				return head, status, true
			}
		}
		return cell, number.Normal, false
	}
	// The digits of a footnote, 12.3 1), are behind the figure, too: the longest figure wins.
	for at := end + 1; at > 0; at = 1 + strings.LastIndexFunc(cell[:at-1], isDigit) {
		words := strings.TrimSpace(cell[at:])
		if percent, is := strings.CutPrefix(words, "%"); is {
			words, at = strings.TrimSpace(percent), at+strings.Index(cell[at:], "%")+1
		}
		if status, known := flagsOf(words, flags); known {
			return strings.TrimSpace(cell[:at]), status, true
		}
		if !strings.ContainsFunc(cell[:at-1], isDigit) {
			break
		}
	}
	return cell, number.Normal, false
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// flagsOf gives the first of the statuses that words give together: each is a flag, or is
// made of flags of one letter (Eurostat's bep).
func flagsOf(words string, flags map[string]number.Status) (number.Status, bool) {
	if words == "" {
		return number.Normal, true
	}
	var statuses []number.Status
	if status, known := flags[words]; known {
		return status, true
	}
	for word := range strings.FieldsSeq(words) {
		if status, known := flags[word]; known {
			statuses = append(statuses, status)
			continue
		}
		for _, letter := range word {
			status, known := flags[string(letter)]
			if !known || utf8.RuneCountInString(word) > 4 {
				return number.Normal, false
			}
			statuses = append(statuses, status)
		}
	}
	return number.Statuses(statuses...).First(), true
}

// plainNumber reads what nearly all cells are, digits with or without a decimal sign that a
// double holds exactly, as parseNumber does; false for everything else.
func plainNumber(cell string, form cellForm, measure *workspace.Measure, source *workspace.Source) (decimal.Decimal, bool) {
	sign := byte('.')
	if !form.plain {
		if len(source.CSV.Decimal) != 1 {
			return decimal.Decimal{}, false
		}
		sign = source.CSV.Decimal[0]
	}
	if cell == "" || len(cell) > exactDigits || form.percent || !measure.Multiplier.IsZero() {
		return decimal.Decimal{}, false
	}
	digits, decimals, point := int64(0), int32(0), -1
	for i := range len(cell) {
		switch d := cell[i]; {
		case d >= '0' && d <= '9':
			digits = digits*10 + int64(d-'0')
			if point >= 0 {
				decimals++
			}
		case d == sign && point < 0 && i > 0 && i+1 < len(cell):
			point = i
		default:
			return decimal.Decimal{}, false
		}
	}
	if decimals > mostDecimals || len(cell) > 1 && cell[0] == '0' && point != 1 {
		return decimal.Decimal{}, false
	}
	for ; decimals < mostDecimals; decimals++ { // as Round leaves it
		if digits > math.MaxInt64/10 {
			return decimal.Decimal{}, false
		}
		digits *= 10
	}
	return decimal.New(digits, -mostDecimals), true
}
