package mapping

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// The warehouse keeps numbers of 28 digits before the decimal sign and ten after
// it; ten of the 28 are left to their sums.
const (
	mostDigits   = 18
	mostDecimals = 10
)

// parseNumber reads a number exactly, as the source writes numbers and in no
// other way. Where a sign may mean two things nothing is guessed: `1.810` is 1810
// to a source whose thousands sign is a point, 1.81 to one whose decimal sign is,
// and `1.81` is no number to the first. Reason "" means that it is a number.
func parseNumber(cell string, c workspace.CSV) (num decimal.Decimal, reason number.Code, detail number.Message) {
	no := func(detail number.Message) (decimal.Decimal, number.Code, number.Message) {
		return decimal.Decimal{}, NotANumber, detail
	}
	text, sign := cell, ""
	for _, minus := range []string{"-", "−", "–", "－", "﹣"} {
		if rest, ok := strings.CutPrefix(text, minus); ok {
			text, sign = rest, "-"
			break
		}
	}
	whole, fraction, hasFraction := strings.Cut(text, c.Decimal)
	switch {
	case hasFraction && fraction == "":
		return no(number.Say("nothing stands after the decimal sign"))
	case !onlyDigits(fraction):
		return no(number.Say("%q is no fraction: the decimal sign is %q", fraction, c.Decimal))
	}
	whole, problem := joinGroups(whole, c.Thousands)
	if !problem.IsEmpty() {
		return no(problem)
	}
	if len(whole) > 1 && whole[0] == '0' {
		return no(number.Say("a number does not begin with zeros"))
	}
	if len(whole) > mostDigits {
		return decimal.Decimal{}, TooLarge, number.Say("%d digits before the decimal sign, at most %d can be kept", len(whole), mostDigits)
	}
	whole, fraction = withoutNoise(whole, fraction)
	hasFraction = fraction != ""
	if kept := strings.TrimRight(fraction, "0"); len(kept) > mostDecimals && !c.RoundExcess {
		return decimal.Decimal{}, TooManyDecimals, number.Say("%d digits after the decimal sign, at most %d can be kept", len(kept), mostDecimals)
	}
	text = sign + whole
	if hasFraction {
		text += "." + fraction
	}
	num, err := decimal.NewFromString(text)
	if err != nil {
		return no(number.Say("not a number"))
	}
	return num.Round(mostDecimals), "", number.Message{}
}

// Spreadsheets and programs keep numbers as doubles of 64 bits, and print some with digits
// that nobody wrote: 8.4356 as 8.43560000000000016. What people write in up to
// exactDigits digits is the shortest decimal of its double.
const exactDigits = 15

// withoutNoise gives the shortest decimal of the double that some digits stand for, where
// there are more of them than a double is exact in and the shortest has not. Any other
// digits stay.
func withoutNoise(whole, fraction string) (string, string) {
	if significant(whole+fraction) <= exactDigits || fraction == "" {
		return whole, fraction
	}
	double, err := strconv.ParseFloat(whole+"."+fraction, 64)
	if err != nil {
		return whole, fraction
	}
	shortWhole, shortFraction, _ := strings.Cut(strconv.FormatFloat(double, 'f', -1, 64), ".")
	if significant(shortWhole+shortFraction) > exactDigits {
		return whole, fraction
	}
	return shortWhole, shortFraction
}

// significant counts digits from the first that is not zero.
func significant(digits string) int { return len(strings.TrimLeft(digits, "0")) }

// joinGroups takes the thousands signs out of the digits before the decimal sign.
// Either there are none, or each stands before exactly three digits.
func joinGroups(text, sign string) (digits string, problem number.Message) {
	if sign == " " { // a space in print is often one that does not break
		text = strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text)
	}
	groups := []string{text}
	if sign != "" {
		groups = strings.Split(text, sign)
	}
	for i, group := range groups {
		switch {
		case group == "" || !onlyDigits(group):
			return "", number.Say("not a number")
		case len(groups) > 1 && i == 0 && (len(group) > 3 || group[0] == '0'),
			i > 0 && len(group) != 3:
			return "", number.Say("the thousands sign %q stands at a wrong place", sign)
		}
	}
	return strings.Join(groups, ""), number.Message{}
}

func onlyDigits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}
