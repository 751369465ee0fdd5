package setup

import (
	"regexp"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/mapping"
	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/stats/number"
)

// figures are columns of figures of one thing.
type figures struct {
	pattern string // of the headers; "" for headers that are years, or for one column
	places  []int
}

// stem is what the headers of the columns say beside the year.
func (f *figures) stem() string {
	words := strings.FieldsFunc(f.pattern, func(r rune) bool { return r == ' ' || r == '*' })
	words = slices.DeleteFunc(words, func(word string) bool { return word == sheetYear || word == "-" })
	return strings.Trim(strings.ReplaceAll(strings.Join(words, " "), sheetYear, ""), " -–_,:/")
}

// yearPattern is what a header with a year in it is like: POPESTIMATE2019 is POPESTIMATE{year}.
// A year that is said again, and the second of a school year, are left open.
func yearPattern(header string) (pattern string, ok bool) {
	var b strings.Builder
	first, from := "", 0
	for _, at := range yearInName().FindAllStringIndex(header, -1) {
		year := header[at[0]:at[1]]
		if at[0] > 0 && isDigit(header[at[0]-1]) || at[1] < len(header) && isDigit(header[at[1]]) {
			continue
		}
		between := header[from:at[0]]
		b.WriteString(literal(between))
		switch {
		case first == "":
			first = year
			b.WriteString(sheetYear)
		case year == first, strings.Trim(between, " -–/") == "" && year > first:
			b.WriteString("*")
		default:
			return "", false // which of the two it is of is not known
		}
		from = at[1]
		if short := shortYear().FindString(header[from:]); short != "" {
			b.WriteString(short[:1] + "*")
			from += len(short)
		}
	}
	b.WriteString(literal(header[from:]))
	return b.String(), first != ""
}

// shortYear finds the second year of a school year behind the first: 2019/20.
func shortYear() *regexp.Regexp { return regexp.MustCompile(`^[-/][0-9]{2}\b`) }

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// literal is a text as a pattern has it: no place in it is open but by chance.
func literal(text string) string { return strings.ReplaceAll(text, "{", "*") }

// yearGroups puts together columns of figures whose headers differ by a year alone.
func yearGroups(header []string, isFigures func(place int) bool) []figures {
	var groups []figures
	for place, text := range header {
		pattern, is := yearPattern(text)
		if _, ok := mapping.YearOf(text); ok {
			pattern = ""
		} else if !is {
			continue
		}
		if text == sheetYear || !isFigures(place) {
			continue
		}
		at := slices.IndexFunc(groups, func(g figures) bool { return g.pattern == pattern })
		if at < 0 {
			at, groups = len(groups), append(groups, figures{pattern: pattern})
		}
		groups[at].places = append(groups[at].places, place)
	}
	return mergedGroups(header, groups)
}

// mergedGroups adds to a group of columns those whose headers say more about the year alone:
// Population 2022, Population prel. 2023.
func mergedGroups(header []string, groups []figures) []figures {
	fits := func(g, other figures) bool {
		pattern, err := name.CompilePattern(g.pattern)
		return err == nil && !slices.ContainsFunc(other.places, func(place int) bool {
			fields, fits := pattern.Match(header[place])
			_, isYear := mapping.YearOf(fields["year"])
			return !fits || !isYear
		})
	}
	var merged []figures
	taken := map[int]bool{}
	for i, g := range groups {
		if taken[i] || slices.ContainsFunc(groups, func(other figures) bool {
			return other.pattern != g.pattern && len(other.pattern) < len(g.pattern) && fits(other, g)
		}) {
			continue
		}
		for j, other := range groups {
			if j != i && len(other.pattern) > len(g.pattern) && fits(g, other) && !taken[j] {
				taken[j] = true
				g.places = append(g.places, other.places...)
			}
		}
		slices.Sort(g.places)
		merged = append(merged, g)
	}
	return merged
}

// isValue reports whether a header says that its column has the figures, as formats of
// statistics and lists call it.
func isValue(header string) bool {
	return slices.Contains([]string{"value", "obs value", "values", "gia tri", "so lieu"}, strings.ReplaceAll(number.Fold(header), "_", " "))
}
