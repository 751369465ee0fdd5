package layout

import (
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/format"
	"github.com/niengiam/niengiam/etl/name"
)

// header looks for the rows of a header.
type header struct {
	rows      int
	merged    []format.Area
	needs     Needs
	spellings map[string][]name.Pattern
	from      name.Pattern

	names  []string
	line   int
	broken error // that ended the rows before the header was certain
	seen   bool  // there are rows with cells
}

// find reads rows until the header is among them, and returns those above it and those behind
// it that were read. Where no row has all that is needed, the header is the one that has most
// of it, so that what it lacks can be told.
func (h *header) find(next func() (format.Row, error, bool)) (above, behind []format.Row, err error) {
	var read []format.Row
	best, most := -1, -1
	for len(read) < mostAbove+h.rows {
		row, err, more := next()
		if err != nil {
			if best < 0 {
				return nil, nil, err
			}
			h.broken = err
			break
		}
		if !more {
			break
		}
		read = append(read, row)
		h.seen = h.seen || !h.isBlank(row)
		at := len(read) - h.rows
		if at < 0 || h.isBlank(read[at]) {
			continue
		}
		if !h.from.IsEmpty() {
			if slices.ContainsFunc(read[at].Cells, h.from.Fits) {
				best = at
				break
			}
			continue
		}
		has, all := h.has(h.join(read[at : at+h.rows]))
		if has > most {
			best, most = at, has
		}
		if all {
			break
		}
	}
	if best < 0 {
		return nil, nil, nil
	}
	h.names, h.line = h.join(read[best:best+h.rows]), read[best+h.rows-1].Line
	return read[:best], read[best+h.rows:], nil
}

func (h *header) isBlank(row format.Row) bool {
	return !slices.ContainsFunc(row.Cells, func(cell string) bool { return cell != "" })
}

// has counts what a header has of what is needed, and reports whether that is all.
func (h *header) has(names []string) (count int, all bool) {
	all = true
	for _, column := range h.needs.Columns {
		if Place(names, column, h.spellings) >= 0 {
			count++
		} else {
			all = false
		}
	}
	for _, isYear := range h.needs.Years {
		if slices.ContainsFunc(names, isYear) {
			count++
		} else {
			all = false
		}
	}
	return count, all
}

// join makes one header of several rows.
func (h *header) join(rows []format.Row) []string { return Join(rows, h.merged) }

// Join makes one header of several rows: what stands above others in merged cells, or with
// blank cells to its right, stands over all of them.
func Join(rows []format.Row, merged []format.Area) []string {
	width := 0
	for _, row := range rows {
		width = max(width, len(row.Cells))
	}
	names := make([]string, width)
	for i, row := range rows {
		before := ""
		for column := range names {
			text := ""
			if column < len(row.Cells) {
				text = strings.Join(strings.Fields(row.Cells[column]), " ")
			}
			switch {
			case text != "":
			case len(merged) > 0:
				text = spread(rows, merged, row.Line, column)
			case i < len(rows)-1:
				text = before
			}
			before = text
			if text != "" && names[column] != text && !strings.HasSuffix(names[column], " "+text) {
				names[column] = strings.TrimSpace(names[column] + " " + text)
			}
		}
	}
	return names
}

// spread returns the text of the merged cell that a blank cell of the header is part of.
func spread(rows []format.Row, merged []format.Area, line, column int) string {
	for _, area := range merged {
		if line < area.FirstRow || line > area.LastRow || column < area.FirstCell || column > area.LastCell {
			continue
		}
		for _, row := range rows {
			if row.Line == area.FirstRow && area.FirstCell < len(row.Cells) {
				return strings.Join(strings.Fields(row.Cells[area.FirstCell]), " ")
			}
		}
	}
	return ""
}
