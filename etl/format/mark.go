package format

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// split is how evenly a sign parts the lines of a text.
type split struct {
	sign         string
	cells, lines int // most lines that it parts have so many cells
	all          int // lines that are not blank
}

// guessDelimiter finds the sign that parts the lines most evenly.
func guessDelimiter(text string, lines []string) Finding {
	if sign, ok := saidDelimiter(text); ok {
		return Finding{Known: true, Value: string(sign), Why: number.Say("the first line says so: %q", lines[0])}
	}
	var splits []split
	for _, sign := range []string{"\t", ";", ",", "|"} {
		if s := splitBy(lines, sign); 2*s.lines >= s.all && s.all > 0 {
			splits = append(splits, s)
		}
	}
	slices.SortStableFunc(splits, func(a, b split) int { return cmp.Compare(b.lines, a.lines) })
	switch {
	case len(splits) == 0:
		return Finding{Why: number.Say("neither tab, semicolon, comma nor bar parts the lines evenly")}
	case len(splits) == 1, splits[0].lines > splits[1].lines && splits[0].lines == splits[0].all:
		return splits[0].finding()
	}
	for _, s := range splits {
		if s.sign != "," && commasAreDecimal(lines) {
			found := s.finding()
			found.Why = number.Say("%d of %d lines have %d cells with %q between them, and every comma stands between two digits", s.lines, s.all, s.cells, s.sign)
			return found
		}
	}
	found := Finding{Why: number.Say("several signs part the lines evenly")}
	for _, s := range splits {
		found.Candidates = append(found.Candidates, Candidate{s.sign, strings.Join(cellsOf(lines[0], s.sign), " │ ")})
	}
	return found
}

func (s split) finding() Finding {
	return Finding{Known: true, Value: s.sign, Why: number.Say("%d of %d lines have %d cells with %q between them", s.lines, s.all, s.cells, s.sign)}
}

// splitBy counts into how many cells a sign parts most lines.
func splitBy(lines []string, sign string) split {
	s := split{sign: sign}
	counts := map[int]int{}
	for _, line := range lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		s.all++
		counts[len(cellsOf(line, sign))]++
	}
	for cells, lines := range counts {
		if cells > 1 && (lines > s.lines || lines == s.lines && cells > s.cells) {
			s.cells, s.lines = cells, lines
		}
	}
	return s
}

// cellsOf parts one line at a sign that stands in no quotes.
func cellsOf(line, sign string) []string {
	var cells []string
	begin, quote := 0, false
	for i := range len(line) {
		switch {
		case line[i] == '"':
			quote = !quote
		case line[i] == sign[0] && !quote:
			cells = append(cells, strings.Trim(strings.TrimSpace(line[begin:i]), `"`))
			begin = i + 1
		}
	}
	return append(cells, strings.Trim(strings.TrimSpace(line[begin:]), `"`))
}

// commasAreDecimal reports whether all commas outside of quotes stand between two digits.
func commasAreDecimal(lines []string) bool {
	for _, line := range lines {
		quote := false
		for i := range len(line) {
			switch {
			case line[i] == '"':
				quote = !quote
			case line[i] == ',' && !quote && (i == 0 || i == len(line)-1 || !isDigit(line[i-1]) || !isDigit(line[i+1])):
				return false
			}
		}
	}
	return true
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// marks is what the numbers of a text show: for each mark the first that has it.
type marks struct {
	decimal, thousands map[string]string // mark → the first number that has it so, and its line
	either             map[string]string // … and the first that can be read in two ways
}

// guessMarks looks at the numbers. One that has three digits behind its only mark, such as
// 1.810, tells nothing.
func guessMarks(lines []string, delimiter string) (decimal, thousands Finding) {
	m := marks{map[string]string{}, map[string]string{}, map[string]string{}}
	for i, line := range lines {
		cells := []string{line}
		if delimiter != "" {
			cells = cellsOf(line, delimiter)
		}
		for _, cell := range cells {
			m.see(cell, i+1)
		}
	}
	decimal = m.findDecimal()
	return decimal, m.findThousands(decimal)
}

// see takes a cell for what it shows.
func (m *marks) see(cell string, line int) {
	shown := fmt.Sprintf("%s (:%d)", cell, line)
	note := func(marks map[string]string, mark string) { marks[mark] = cmp.Or(marks[mark], shown) }
	cell = strings.TrimRight(strings.TrimLeft(strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ").Replace(cell), "+-−–"), "%")
	digits := strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune("., ", r) })
	if len(digits) < 2 || strings.Trim(cell, "0123456789., ") != "" || !isDigit(cell[0]) || !isDigit(cell[len(cell)-1]) {
		return
	}
	signs := strings.Trim(cell, "0123456789")
	signs = strings.Map(func(r rune) rune {
		if isDigit(byte(r)) {
			return -1
		}
		return r
	}, signs)
	if len(signs) != len(digits)-1 { // two marks stand beside one another
		return
	}
	last, first := signs[len(signs)-1:], signs[:1]
	grouped := len(digits[0]) <= 3
	for _, group := range digits[1 : len(digits)-1] {
		grouped = grouped && len(group) == 3
	}
	tail := len(digits[len(digits)-1])
	switch {
	case strings.Trim(signs, first) == "" && len(signs) > 1 && grouped && tail == 3, first == " " && strings.Trim(signs, " ") == "" && grouped && tail == 3:
		note(m.thousands, first) // 1.234.567
	case len(signs) == 1 && last != " " && (tail != 3 || len(digits[0]) > 3 || digits[0] == "0"):
		note(m.decimal, last) // 1,5
	case len(signs) == 1 && last != " ":
		note(m.either, last)
	case len(signs) > 1 && grouped && last != first && last != " " && strings.Trim(signs[:len(signs)-1], first) == "":
		note(m.thousands, first) // 1.234,5
		note(m.decimal, last)
	}
}

// findDecimal decides between point and comma; a mark between groups is not the decimal one.
func (m *marks) findDecimal() Finding {
	point, comma := cmp.Or(m.decimal["."], m.thousands[","]), cmp.Or(m.decimal[","], m.thousands["."])
	either := cmp.Or(m.either["."], m.either[","])
	both := []Candidate{{".", cmp.Or(point, either)}, {",", cmp.Or(comma, either)}}
	switch {
	case point != "" && comma != "":
		return Finding{Candidates: both, Why: number.Say("%s has a point for its decimal mark, %s a comma", point, comma)}
	case point != "":
		return Finding{Known: true, Value: ".", Why: number.Say("the decimal mark is a point in %s", point)}
	case comma != "":
		return Finding{Known: true, Value: ",", Why: number.Say("the decimal mark is a comma in %s", comma)}
	case either != "":
		return Finding{Candidates: both, Why: number.Say("the mark in %s may stand before decimals or between thousands, and no number shows which", either)}
	}
	return Finding{Known: true, Value: ".", Why: number.Say("no number has a decimal mark, so that either reads the same")}
}

// findThousands goes by what is parted twice, or beside a decimal mark; once that mark is
// known, the other one in 1,234 parts thousands.
func (m *marks) findThousands(decimal Finding) Finding {
	var found []Candidate
	for _, mark := range []string{" ", ".", ","} {
		shown := m.thousands[mark]
		if decimal.Known && mark != decimal.Value {
			shown = cmp.Or(shown, m.either[mark])
		}
		if shown != "" {
			found = append(found, Candidate{mark, shown})
		}
	}
	either := cmp.Or(m.either["."], m.either[","])
	switch {
	case len(found) == 1:
		return Finding{Known: true, Value: found[0].Value, Why: number.Say("thousands are parted by %q in %s", found[0].Value, found[0].Example)}
	case len(found) > 1:
		return Finding{Candidates: found, Why: number.Say("thousands are parted by several signs: %s, %s", found[0].Example, found[1].Example)}
	case either != "" && !decimal.Known:
		return Finding{Candidates: []Candidate{{".", either}, {",", either}}, Why: number.Say("the mark in %s may stand before decimals or between thousands, and no number shows which", either)}
	}
	return Finding{Known: true, Why: number.Say("no number has thousands parted")}
}
