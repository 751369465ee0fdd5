package export

import (
	"io"

	"github.com/niengiam/niengiam/graph/sheet"
)

// begin begins a file and gives what writes it.
type begin func(w io.Writer) (encoder, error)

// encoder writes the tables of a file, one after the other.
type encoder interface {
	// table begins a table.
	table(name string, columns []columnOf) error
	// row writes a row of the table, with a cell for each column.
	row(cells []sheet.Cell) error
	// end writes what is still to come; the writer below stays open.
	end() error
}

// write writes a document, row by row.
func write(w io.Writer, begin begin, d *document) error {
	e, err := begin(w)
	if err != nil {
		return err
	}
	for _, t := range d.tables {
		if err := e.table(t.Name, t.columns); err != nil {
			return err
		}
		for row, err := range t.rows() {
			if err != nil {
				return err
			}
			if err := e.row(row); err != nil {
				return err
			}
		}
	}
	return e.end()
}
