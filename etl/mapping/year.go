package mapping

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/stats/number"
)

// flaggedYear is a year as people write it, with what stands beside it.
type flaggedYear struct {
	year   number.Year
	flag   string        // as it is written; "" where the year stands alone
	status number.Status // that the flag gives
}

// parseYear reads a year, alone or with a flag that is known: `2019`, `Năm 2023`,
// `Prel. 2024`, `Ước 2022`, `2024 (P)`, `2020p`, `2018 [YR2018]`. It reports false where
// the text has no year, or something beside it whose meaning is not known: `2018Q4`,
// `FY2019`. The flag tells which.
func parseYear(text string) (y flaggedYear, ok bool) {
	at := yearDigits().FindStringSubmatchIndex(text)
	if at == nil {
		return y, false
	}
	digits := text[at[2]:at[3]]
	num, err := strconv.Atoi(digits)
	y.year = number.Year(num)
	if err != nil || y.year < number.FirstYear || y.year > number.LastYear {
		return y, false
	}
	before, after := text[:at[2]], text[at[3]:]
	after = regexp.MustCompile(`^\.0+($|[^0-9])`).ReplaceAllString(after, "$1") // 2018.0, as programs write whole numbers
	after = strings.Replace(after, "[YR"+digits+"]", "", 1)                     // as the World Bank writes it
	y.flag = strings.TrimSpace(strings.TrimSpace(before) + " " + strings.TrimSpace(after))
	y.status, ok = yearFlags()[plainFlag(y.flag)]
	return y, ok
}

// plainYear reads what nearly all years are, four digits, as parseYear does; false for everything
// else.
func plainYear(text string) (number.Year, bool) {
	if len(text) != 4 || !onlyDigits(text) || text < "1800" || text > "2299" {
		return 0, false
	}
	year := number.Year(text[0]-'0')*1000 + number.Year(text[1]-'0')*100 + number.Year(text[2]-'0')*10 + number.Year(text[3]-'0')
	return year, year >= number.FirstYear && year <= number.LastYear
}

// YearOf reads a header or a cell that is a year, alone or with a flag that is known; false
// for any other.
func YearOf(text string) (number.Year, bool) {
	y, ok := parseYear(text)
	return y.year, ok
}

// plainFlag folds a flag and takes out punctuation and the words that only say that this
// is a year.
func plainFlag(flag string) string {
	words := strings.FieldsFunc(name.Fold(flag), func(r rune) bool { return strings.ContainsRune(" ()[].,:;_-–—", r) })
	words = slices.DeleteFunc(words, func(word string) bool {
		return slices.Contains([]string{name.Fold("năm"), "year", "yr", "y"}, word)
	})
	plain := strings.Join(words, " ")
	if rest := strings.TrimRight(plain, "* "); rest != "" {
		return rest // a footnote mark beside a flag: what it refers to is the flag
	}
	return plain
}

// yearFlags has the status that each flag gives, folded.
func yearFlags() map[string]number.Status {
	flags := map[string]number.Status{}
	for status, words := range map[number.Status][]string{
		number.Normal:      {"", "r", "rev", "revised", "final", "chính thức", "số liệu chính thức", "số chính thức"},
		number.Provisional: {"p", "prel", "prelim", "preliminary", "prov", "provisional", "sơ bộ", "số sơ bộ", "số liệu sơ bộ", "tạm tính"},
		number.Estimated:   {"e", "est", "estimate", "estimated", "ước", "ước tính", "số ước tính", "số liệu ước tính", "ước thực hiện"},
		number.Break:       {"b", "break"},
	} {
		for _, word := range words {
			flags[name.Fold(word)] = status
		}
	}
	return flags
}

// yearDigits finds four digits of a year among no others.
func yearDigits() *regexp.Regexp {
	return regexp.MustCompile(`(?:^|[^0-9])((?:1[89]|2[0-2])[0-9]{2})(?:$|[^0-9])`)
}

// hasYear reports whether a text has a year in it, in whatever way it is written: in
// digits of any script, with a month or day behind it (201904), with a thousands sign.
func hasYear(text string) bool {
	plain := strings.Map(asciiDigit, text)
	return yearDigits().MatchString(plain) || disguisedYear().MatchString(plain)
}

// disguisedYear finds the digits of a month, of a day, and of a year like a thousand.
func disguisedYear() *regexp.Regexp {
	return regexp.MustCompile(`(^|[^0-9])((1[89]|2[0-2])[0-9]{2}(0[1-9]|1[0-2])([0-2][0-9]|3[01])?|(1[.,' ][89]|2[.,' ][0-2])[0-9]{2})($|[^0-9])`)
}

// asciiDigit makes an ASCII digit of the same digit in another script, and a plain space
// of any other. A raised digit (¹) is none: it ends a number, as a footnote mark does.
func asciiDigit(r rune) rune {
	if unicode.IsSpace(r) {
		return ' '
	}
	for _, block := range unicode.Nd.R16 {
		if first := rune(block.Lo); r >= first && r <= rune(block.Hi) {
			return '0' + (r-first)%10
		}
	}
	return r
}
