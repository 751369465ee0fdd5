package format

import (
	"iter"
	"regexp"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// readSDMXCSV reads SDMX-CSV, of version 1.0 (first column DATAFLOW) and 2.0 (STRUCTURE)
// (https://github.com/sdmx-twg/sdmx-csv). It is CSV; what stands between the cells is found in
// its header, which begins with a known word. Where codes have their labels beside them, as in
// “A: Annual”, the column becomes two, as of the dimensions of a cube: freq and freq label.
func readSDMXCSV(f File, o Options) ([]Sheet, error) {
	t, err := openText(f, o)
	if err != nil {
		return nil, err
	}
	if t.comma = sdmxDelimiter(t.head); t.comma == 0 {
		return nil, malformed(f.Name, SDMXCSV, number.Say("its header begins with neither DATAFLOW nor STRUCTURE"), nil)
	}
	return []Sheet{{Rows: func(yield func(Row, error) bool) { parted(t, yield) }}}, nil
}

// sdmxHeader is the first column's: DATAFLOW, STRUCTURE, STRUCTURE[;], each perhaps with a label.
var sdmxHeader = regexp.MustCompile(`^"?(?:DATAFLOW|STRUCTURE(?:\[[^\]\n]?\])?)(?:: [^,;\t|"\n]*)?"?([,;\t|])`)

// sdmxDelimiter is what stands between the cells of a header of SDMX-CSV; 0 for any other text.
func sdmxDelimiter(text string) rune {
	found := sdmxHeader.FindStringSubmatch(text)
	if found == nil {
		return 0
	}
	return rune(found[1][0])
}

// sdmxLabelled is a code, a period, or the name of a structure with its version, and a label.
var sdmxLabelled = regexp.MustCompile(`^([\w@$\-.+]+|[\w@$\-.]+:[\w@$\-.]+\([\d.+*]+\)): (.*)$`)

// labelled parts a cell into its code and its label.
func labelled(cell string) (code, label string, ok bool) {
	found := sdmxLabelled.FindStringSubmatch(cell)
	if found == nil {
		return cell, "", false
	}
	return found[1], strings.TrimSpace(found[2]), true
}

// parted gives the rows with the columns parted whose cells all have a code and a label. A text
// that happens to look like that stands among others that do not, so the rows are gone
// through twice.
func parted(t text, yield func(Row, error) bool) {
	columns := labelledColumns(t.rows)
	header := true
	for row, err := range t.rows {
		if err == nil && row.Fault == nil {
			row.Cells = partCells(row.Cells, columns, header)
			header = false
			if fault := t.limits.check(at(t.file.Name, row.Line), row); fault != nil {
				err = fault
			}
		}
		if !yield(row, err) || err != nil {
			return
		}
	}
}

// labelledColumns finds the columns to part: none, unless a header has a label itself.
func labelledColumns(rows iter.Seq2[Row, error]) []bool {
	var columns, plain []bool
	for row, err := range rows {
		if err != nil || row.Fault != nil {
			continue
		}
		if columns == nil {
			labels := false
			for _, cell := range row.Cells {
				_, _, ok := labelled(cell)
				labels = labels || ok
			}
			if columns, plain = make([]bool, len(row.Cells)), make([]bool, len(row.Cells)); !labels {
				return columns
			}
			continue
		}
		for i, cell := range row.Cells[:min(len(row.Cells), len(columns))] {
			if _, _, ok := labelled(cell); ok {
				columns[i] = true
			} else if cell != "" {
				plain[i] = true
			}
		}
	}
	for i := range columns {
		columns[i] = columns[i] && !plain[i]
	}
	return columns
}

// partCells gives two cells for one in the columns that are parted. Of a header's label only
// the code stays.
func partCells(cells []string, columns []bool, header bool) []string {
	var parted []string
	for i, cell := range cells {
		two := i < len(columns) && columns[i]
		code, label, _ := labelled(cell)
		switch {
		case header && two:
			parted = append(parted, code, code+" label")
		case header:
			parted = append(parted, code)
		case two:
			parted = append(parted, code, label)
		default:
			parted = append(parted, cell)
		}
	}
	return parted
}
