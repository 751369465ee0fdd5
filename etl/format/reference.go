package format

import (
	"strconv"
	"strings"
)

// cellName names a cell as spreadsheets do: B5 for row 5 and the cell 1.
func cellName(row, cell int) string { return columnName(cell) + strconv.Itoa(row) }

func columnName(cell int) string {
	name := ""
	for n := cell + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// parseCell reads the name of a cell, with or without dollars.
func parseCell(name string) (row, cell int, ok bool) {
	name = strings.ReplaceAll(name, "$", "")
	letters := 0
	for ; letters < len(name) && letters < 4; letters++ {
		c := name[letters] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		cell = cell*26 + int(c-'A') + 1
	}
	row, err := strconv.Atoi(name[letters:])
	return row, cell - 1, err == nil && letters > 0 && row > 0
}

// parseArea reads A1:C2.
func parseArea(name string) (Area, bool) {
	first, last, has := strings.Cut(name, ":")
	if !has {
		last = first
	}
	var a Area
	var ok, alsoOK bool
	a.FirstRow, a.FirstCell, ok = parseCell(first)
	a.LastRow, a.LastCell, alsoOK = parseCell(last)
	return a, ok && alsoOK && a.FirstRow <= a.LastRow && a.FirstCell <= a.LastCell
}

// spans are numbers in rising order, kept as the first and last of each run of them.
type spans [][2]int

func (s *spans) add(first, last int) {
	if n := len(*s); n > 0 && (*s)[n-1][1]+1 == first {
		(*s)[n-1][1] = last
		return
	}
	*s = append(*s, [2]int{first, last})
}

// text writes them as 3-5, 9; not all where they are many.
func (s spans) text(name func(int) string) string {
	const most = 50
	var parts []string
	for _, span := range s[:min(len(s), most)] {
		part := name(span[0])
		if span[1] > span[0] {
			part += "-" + name(span[1])
		}
		parts = append(parts, part)
	}
	if len(s) > most {
		parts = append(parts, "…")
	}
	return strings.Join(parts, ", ")
}
