package format

import (
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// lined is a text with an object on each line.
type lined struct {
	file     File
	encoding string
	limits   Limits
	known    *flat // its columns; nil until it was gone through once
}

// rows gives the rows. It is an iter.Seq2.
func (l *lined) rows(yield func(Row, error) bool) {
	if l.known == nil {
		all := newTable(l.file.Name, 0, l.limits)
		if err := l.each(all, func(flatRow) bool { return true }); err != nil {
			yield(Row{}, err)
			return
		}
		l.known = all
	}
	t := l.known
	if fault := t.limits.spread(t.name, t.length, inText, int64(t.count), int64(len(t.columns))); fault != nil {
		yield(Row{}, fault)
		return
	}
	if !yield(Row{Line: 1, Cells: t.columns}, nil) {
		return
	}
	again := &flat{name: t.name, limits: t.limits, columns: t.columns, places: t.places, last: make([]int, len(t.columns))}
	stopped := false
	err := l.each(again, func(read flatRow) bool {
		row, err := again.row(read)
		stopped = !yield(row, err) || err != nil
		return !stopped
	})
	if err != nil && !stopped {
		yield(Row{}, err)
	}
}

// each reads the objects of all lines and gives the row of each, which is valid until the next.
func (l *lined) each(t *flat, give func(flatRow) bool) error {
	text, err := l.file.parts(l.encoding)
	if err != nil {
		return err
	}
	defer text.close()
	line, rest := 0, ""
	for {
		part, err := text.next(min(max(partBytes, len(rest)), mostBytes))
		if err != nil {
			return err
		}
		t.length += int64(len(part))
		isLast := part == ""
		part, rest = rest+part, ""
		for written := range strings.Lines(part) {
			if len(written) > l.limits.Line {
				return l.limits.over(at(l.file.Name, line+1), number.Say("bytes in a row"), int64(l.limits.Line))
			}
			if !isLast && !strings.HasSuffix(written, "\n") {
				rest = written
				break
			}
			if line++; strings.TrimSpace(written) == "" {
				continue
			}
			if fault := t.line(written, line); fault != nil {
				return fault
			}
			if !give(t.rows[0]) {
				return nil
			}
			t.rows = t.rows[:0]
		}
		if isLast {
			return nil
		}
	}
}
