package etl

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/stats/number"
)

// parseYear reads `2019`, and `Prel. 2024`, `Sơ bộ 2024` or `2024 (P)` as a
// provisional one.
func parseYear(text string) (year number.Year, provisional, ok bool) {
	digits := text
	if len(text) != 4 || !onlyDigits(text) {
		digits = yearDigits().FindString(text)
	}
	if digits == "" {
		return 0, false, false
	}
	before, after, _ := strings.Cut(text, digits)
	word := strings.TrimSpace(before + " " + after)
	num, err := strconv.Atoi(digits)
	year = number.Year(num)
	if err != nil || year < number.FirstYear || year > number.LastYear {
		return 0, false, false
	}
	if word == "" {
		return year, false, true
	}
	word = name.Fold(strings.Trim(word, "()*. "))
	return year, true, slices.Contains(provisionalWords(), word)
}

// hasYear reports whether a text has the digits of a year in it.
func hasYear(text string) bool { return yearDigits().MatchString(text) }

func yearDigits() *regexp.Regexp { return regexp.MustCompile(`\b(1[89]|2[0-2])[0-9]{2}\b`) }

// provisionalWords are those that say that a year's figures are not final.
func provisionalWords() []string {
	return []string{
		"p", "prel", "prelim", "preliminary", "provisional",
		name.Fold("sơ bộ"), name.Fold("số liệu sơ bộ"), name.Fold("tạm tính"),
	}
}
