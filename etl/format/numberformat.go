package format

import (
	"strconv"
	"strings"
	"time"
)

// numberFormat is what is known of a number by the format in which a spreadsheet shows it.
type numberFormat struct{ isDate, isPercent bool }

// builtinFormat gives the formats that have a number and no code.
func builtinFormat(id int) numberFormat {
	switch {
	case id == 9, id == 10:
		return numberFormat{isPercent: true}
	case id >= 14 && id <= 17, id == 22, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return numberFormat{isDate: true}
	}
	return numberFormat{}
}

// readFormat reads the code of a number format, such as `dd/mm/yyyy` or `0.0%`. What its
// section for positive numbers says outside of quotes, escapes and brackets decides.
// Formats of a time alone give no date.
func readFormat(code string) numberFormat {
	bare := strings.ToLower(bareFormat(code))
	bare = strings.NewReplacer("am/pm", "", "a/p", "", "general", "", "standard", "").Replace(bare)
	isTime := strings.ContainsAny(bare, "hs")
	return numberFormat{
		isDate:    strings.ContainsAny(bare, "yd") || strings.Contains(bare, "m") && !isTime,
		isPercent: strings.Contains(bare, "%"),
	}
}

// bareFormat takes what only decorates out of the first section of a format code.
func bareFormat(code string) string {
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case ';':
			return b.String()
		case '\\', '_', '*': // the next sign stands for itself, is a width, or fills the cell
			i++
		case '"', '[':
			end := strings.IndexByte(code[i+1:], map[byte]byte{'"': '"', '[': ']'}[c])
			if end < 0 {
				return b.String()
			}
			if elapsed := strings.ToLower(code[i+1 : i+1+end]); c == '[' && strings.Trim(elapsed, "hms") == "" {
				b.WriteByte('h') // [h], [mm]: hours and minutes that are not those of a day
			}
			i += end + 1
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// The days that serial numbers of dates count from, and the first that they do not reach.
const (
	mostSerial  = 2_958_466 // of 1 January 10000
	leapOf1900  = 60        // the 29 February 1900, which never was
	secondsADay = 86_400
)

// dateOf makes an ISO date of a serial number, with its time where it has one. What is no
// day stays as it is.
func dateOf(serial string, from1904 bool) string {
	number, err := strconv.ParseFloat(serial, 64)
	if err != nil || !(number >= 0 && number < mostSerial) { // nor is NaN
		return serial
	}
	day := int(number)
	seconds := int((number-float64(day))*secondsADay + 0.5)
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case from1904:
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case day == 0, day == leapOf1900:
		return serial
	case day < leapOf1900:
		first = first.AddDate(0, 0, 1)
	}
	moment := first.AddDate(0, 0, day).Add(time.Duration(seconds) * time.Second)
	if seconds == 0 {
		return moment.Format(time.DateOnly)
	}
	return moment.Format("2006-01-02T15:04:05")
}

// plainNumber writes a number without its exponent, digit for digit the same: 1.5E-2 is
// 0.015. What is no number stays as it is.
func plainNumber(text string) string {
	const most = 400 // places that an exponent may move the decimal point
	mantissa, exponent, has := strings.Cut(strings.ToLower(text), "e")
	move, err := strconv.Atoi(exponent)
	if !has || err != nil || move < -most || move > most {
		return text
	}
	sign := ""
	if mantissa, has = strings.CutPrefix(mantissa, "-"); has {
		sign = "-"
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := whole + fraction
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return text
	}
	point := len(whole) + move
	if point <= 0 {
		digits, point = strings.Repeat("0", 1-point)+digits, 1
	}
	if point > len(digits) {
		digits += strings.Repeat("0", point-len(digits))
	}
	whole, fraction = strings.TrimLeft(digits[:point], "0"), strings.TrimRight(digits[point:], "0")
	if whole == "" {
		whole = "0"
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return sign + whole
}
