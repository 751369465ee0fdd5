package setup

import (
	"slices"
	"strings"
)

// note finds the first heading that begins a note below the rows; -1 for none.
func (t *table) note() int {
	return slices.IndexFunc(t.headings, func(h heading) bool { return isNote(h.text) })
}

// headingBetween finds the first heading right before a row, where one stands between it and
// another above; -1 for none.
func (t *table) headingBetween(first, again int) int {
	found := -1
	for n, h := range t.headings {
		if h.after > first && h.after <= again && (found < 0 || t.headings[found].after < h.after) {
			found = n
		}
	}
	return found
}

// cut ends the table before a heading, and returns it.
func (t *table) cut(n int) string {
	h := t.headings[n]
	t.end = h.pattern()
	if isNote(h.text) {
		first, _, _ := strings.Cut(t.end, ":")
		t.end = strings.TrimRight(first, "* ") + "*"
	}
	t.rows, t.headings = t.rows[:h.after], t.headings[:n]
	return h.text
}

// pattern is a heading as a mapping names it.
func (h heading) pattern() string { return literal(strings.Join(strings.Fields(h.text), " ")) }

// endRule says where the table ends.
func (t *table) endRule() []string {
	if t.end == "" {
		return nil
	}
	return []string{"to: " + quote(t.end)}
}

// groupsRule lists the headings among the rows that are no units: rows that the rows below them
// belong to.
func (t *table) groupsRule(isUnit func(text string) bool) []string {
	var groups []string
	for _, h := range t.headings {
		if h.after < len(t.rows) && !slices.Contains(groups, h.pattern()) && !isUnit(h.text) {
			groups = append(groups, h.pattern())
		}
	}
	if len(groups) == 0 {
		return nil
	}
	return []string{"groups: [" + strings.Join(quoted(groups), ", ") + "]"}
}

// totalsRule lists the rows that are sums of others.
func totalsRule(column string, totals []string) []string {
	if len(totals) == 0 {
		return nil
	}
	return []string{"totals: {" + quote(column) + ": [" + strings.Join(quoted(totals), ", ") + "]}"}
}

// keep leaves the rows that are to be read, and the headings where they stand among these.
func (t *table) keep(wanted func(row []string) bool) {
	var kept [][]string
	next := 0
	for at, row := range t.rows {
		for ; next < len(t.headings) && t.headings[next].after <= at; next++ {
			t.headings[next].after = len(kept)
		}
		if wanted(row) {
			kept = append(kept, row)
		}
	}
	for ; next < len(t.headings); next++ {
		t.headings[next].after = len(kept)
	}
	t.rows = kept
}
