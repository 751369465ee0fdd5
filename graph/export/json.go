package export

import (
	"bufio"
	"encoding/json"
	"io"

	"github.com/niengiam/niengiam/graph/sheet"
	"github.com/niengiam/niengiam/stats/number"
)

// jsonFile writes {"about": …, "rows": [{…}]}: each row an object with the names
// of the columns as keys, numbers as JSON numbers with all their digits.
type jsonFile struct {
	out      *bufio.Writer
	document *document
	keys     []string
	kinds    []sheet.Kind
	rows     int
}

func prepareJSON(d *document) (begin, *number.Error) {
	return func(w io.Writer) (encoder, error) {
		return &jsonFile{out: bufio.NewWriter(w), document: d}, nil
	}, nil
}

func (j *jsonFile) table(_ string, columns []columnOf) error {
	for _, c := range columns {
		key, err := quoted(c.Name)
		if err != nil {
			return err
		}
		j.keys, j.kinds = append(j.keys, key), append(j.kinds, c.Kind)
	}
	about, err := j.document.paper.metadata()
	if err != nil {
		return err
	}
	_, err = j.out.WriteString(`{"about":` + about + `,"rows":[`)
	return err
}

func (j *jsonFile) row(cells []sheet.Cell) error {
	separator := "\n{"
	if j.rows++; j.rows > 1 {
		separator = ",\n{"
	}
	for i, cell := range cells {
		value, err := jsonValue(cell, j.kinds[i])
		if err != nil {
			return err
		}
		_, _ = j.out.WriteString(separator + j.keys[i] + ":" + value) // the writer keeps its fault
		separator = ","
	}
	_, err := j.out.WriteString("}")
	return err
}

func (j *jsonFile) end() error {
	_, _ = j.out.WriteString("\n]}\n")
	return j.out.Flush()
}

// jsonValue writes a cell: what is a number or a truth value as it stands.
func jsonValue(cell sheet.Cell, kind sheet.Kind) (string, error) {
	switch {
	case !cell.Known:
		return "null", nil
	case kind.IsNumber() || kind == sheet.Boolean:
		return cell.Text, nil
	}
	return quoted(cell.Text)
}

func quoted(text string) (string, error) {
	value, err := json.Marshal(text)
	return string(value), err
}
