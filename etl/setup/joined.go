package setup

import (
	"fmt"
	"slices"
	"strings"
)

// joined is a code of units in two columns: a state's 2 digits and a county's 3.
type joined struct {
	places [2]int
	pad    [2]int // how many digits each is filled up to
	texts  []string
	// skipped is a column and what stands in it where a row is of no unit: the county 000.
	skipped, skippedText string
}

// mostCodeDigits is how many digits a part of a code may have, mostCodeColumns in how many of the
// first columns one is looked for.
const (
	mostCodeDigits  = 4
	mostCodeColumns = 12
)

// join finds two columns that together have the codes of more units than any column has alone, or
// of as many as have their names in one.
func (i *inferrer) join() {
	codes := map[string]string{}
	for _, unit := range i.workspace.Definitions.Units {
		codes[unit.Code] = unit.Level
	}
	most := i.match.Matched
	var parts []int
	for place := range i.table.header[:min(len(i.table.header), mostCodeColumns)] {
		if values := i.values(place); len(values) > 0 && !slices.ContainsFunc(values, notCodePart) {
			parts = append(parts, place)
		}
	}
	for at, first := range parts {
		for _, second := range parts[at+1:] {
			for _, pad := range i.pads(first, second) {
				if j, levels, matched := i.joinOf([2]int{first, second}, pad, codes); matched > most || matched == most && most > 0 && i.match.ByName {
					most, i.joined, i.match.Rule.Levels, i.match.ByName, i.match.Matched = matched, j, levels, false, matched
				}
			}
		}
	}
}

// notCodePart reports whether a text is no part of a code in digits.
func notCodePart(text string) bool {
	return len(text) > mostCodeDigits || strings.Trim(text, "0123456789") != ""
}

// pads lists the numbers of digits that two columns may be filled up to.
func (i *inferrer) pads(first, second int) [][2]int {
	var pads [][2]int
	width := func(place int) int {
		return len(slices.MaxFunc(i.values(place), func(a, b string) int { return len(a) - len(b) }))
	}
	for a := width(first); a <= mostCodeDigits; a++ {
		for b := width(second); b <= mostCodeDigits; b++ {
			pads = append(pads, [2]int{a, b})
		}
	}
	return pads
}

// joinOf joins the codes of all rows and counts the units that they are.
func (i *inferrer) joinOf(places, pad [2]int, codes map[string]string) (j *joined, levels []string, matched int) {
	j = &joined{places: places, pad: pad}
	seen := map[string]bool{}
	others := [2]map[string]bool{{}, {}}
	for _, row := range i.table.rows {
		code := i.codeOf(j, row)
		level, known := codes[code]
		switch {
		case !known:
			for n, place := range places {
				others[n][row[place]] = true
			}
			if !seen[code] {
				j.texts = append(j.texts, code)
			}
		case !seen[code]:
			matched++
			if !slices.Contains(levels, level) {
				levels = append(levels, level)
			}
		}
		seen[code] = true
	}
	for n, texts := range others {
		if len(texts) != 1 {
			continue
		}
		for text := range texts {
			if !slices.ContainsFunc(i.table.rows, func(row []string) bool { return row[places[n]] == text && !slices.Contains(j.texts, i.codeOf(j, row)) }) {
				j.skipped, j.skippedText = i.column(places[n]), text
			}
		}
	}
	return j, levels, matched
}

// codeOf is what names the unit of a row: its code in two columns, or what stands in one.
func (i *inferrer) codeOf(j *joined, row []string) string {
	if j == nil {
		return row[i.unit]
	}
	var code strings.Builder
	for n, place := range j.places {
		code.WriteString(strings.Repeat("0", max(0, j.pad[n]-len(row[place]))) + row[place])
	}
	return code.String()
}

// rule says how the units are found.
func (j *joined) rule(i *inferrer, levels string) string {
	return fmt.Sprintf("columns: [%s, %s], pad: [%d, %d], level: %s", quote(i.column(j.places[0])), quote(i.column(j.places[1])), j.pad[0], j.pad[1], levels)
}
