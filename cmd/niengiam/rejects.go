package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/format"
	"github.com/niengiam/niengiam/etl/mapping"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

type rejectsCommand struct {
	Source string `arg:"" help:"The code of the source."`
	Output string `help:"The file to write, FILE.csv or FILE.xlsx. Default: beside the file of the source, where loads read it." placeholder:"FILE"`
}

// OutputUnclear: a file cannot be written where it is asked for.
const OutputUnclear number.Code = "OUTPUT_UNCLEAR"

// Run writes the rejected rows of a source to files in the shape of its own, to be mended.
func (c *rejectsCommand) Run(s *session) error {
	w, err := readWorkspace(s)
	if err != nil {
		return err
	}
	sources, err := chosen(w, []string{c.Source})
	if err != nil {
		return err
	}
	tables, others, err := etl.Rejected(s.ctx, w, sources[0])
	if err != nil {
		return err
	}
	if len(tables) > 1 && c.Output != "" {
		return &number.Error{
			Code: OutputUnclear, Where: "--output", Message: number.EnglishOnly("the rejected rows are of %d tables, each with a file of its own", len(tables)),
			Hint: number.EnglishOnly("leave --output out: each is written beside the file that it is of"),
		}
	}
	if len(tables) == 0 {
		fmt.Fprintf(s.out, "%s: no row is rejected\n", c.Source)
	}
	for _, t := range tables {
		if err := c.write(s, sources[0], t); err != nil {
			return err
		}
	}
	for _, r := range others {
		fmt.Fprintf(s.out, "not a row of data, mend it in its file: %s: %s: %q: %s\n", place(r.Place), r.Reason, r.Value, r.Detail.EN)
	}
	return nil
}

// write writes the rows of a table to a file that is not there yet.
func (c *rejectsCommand) write(s *session, source *workspace.Source, t *mapping.RejectedTable) error {
	end := ".csv"
	if t.Kind == format.XLSX {
		end = ".xlsx"
	}
	file := c.Output
	if file == "" {
		file = filepath.Join(s.Workspace, filepath.FromSlash(t.Mended+end))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil { // that of a fetched file is not there yet
			return fmt.Errorf("make the folder of the rejected rows: %w", err)
		}
	}
	var content []byte
	var err error
	switch strings.ToLower(filepath.Ext(file)) {
	case ".xlsx":
		content, err = rejectsXLSX(t)
	case ".csv":
		content, err = rejectsCSV(source, t)
	default:
		return &number.Error{Code: OutputUnclear, Where: "--output", Message: number.EnglishOnly("%q ends neither in .csv nor in .xlsx", file)}
	}
	if err != nil {
		return fmt.Errorf("write the rejected rows: %w", err)
	}
	if err := create(file, content); err != nil {
		return &number.Error{Code: OutputUnclear, Where: file, Message: number.EnglishOnly("the file cannot be written: %s", reason(err)), Err: err,
			Hint: number.EnglishOnly("nothing is overwritten: move the file away that is there, or name another with --output")}
	}
	fmt.Fprintf(s.out, "%s: %d rejected rows of %s\n", file, len(t.Rows), t.File)
	if c.Output != "" {
		fmt.Fprintf(s.out, "  mend them there and put the file into the workspace as %s%s, or .xlsx; niengiam load %s reads them in place of the rejected ones\n", t.Mended, end, source.Code)
		return nil
	}
	fmt.Fprintf(s.out, "  mend them there; niengiam load %s reads them in place of the rejected ones (--dry-run shows what would change)\n", source.Code)
	return nil
}

// create writes a file whole, and overwrites none.
func create(file string, content []byte) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) //nolint:gosec // as readable as the files beside it, which the service reads
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Close()); err != nil {
		err = errors.Join(err, os.Remove(file))
	}
	return err
}

// rejectRows are the header and the rows of a table, with the columns of reason and place.
func rejectRows(t *mapping.RejectedTable) [][]string {
	rows := [][]string{append(append([]string{}, t.Header...), mapping.ReasonColumn, mapping.PlaceColumn)}
	for i := range t.Rows {
		r := &t.Rows[i]
		rows = append(rows, append(append([]string{}, r.Cells...), r.Reason(), r.Place))
	}
	return rows
}

// rejectsCSV writes text as the files of the source are written; of a file that is no text,
// as UTF-8 with commas.
func rejectsCSV(source *workspace.Source, t *mapping.RejectedTable) ([]byte, error) {
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	w.Comma, w.UseCRLF = source.CSV.Delimiter, true
	rows := rejectRows(t)
	to := encoderOf(source.CSV.Encoding)
	for _, row := range rows {
		for i := range row {
			if to != nil {
				row[i] = encodable(row[i], to)
			}
		}
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, err
	}
	if to == nil {
		return append([]byte("\uFEFF"), text.Bytes()...), nil // without it spreadsheets take UTF-8 for another
	}
	return to.NewEncoder().Bytes(text.Bytes())
}

// rejectsXLSX writes a workbook; what was a number in the file is one.
func rejectsXLSX(t *mapping.RejectedTable) ([]byte, error) {
	book := excelize.NewFile()
	sheet := book.GetSheetName(0)
	for at, row := range rejectRows(t) {
		for column, text := range row {
			cell, err := excelize.CoordinatesToCellName(column+1, at+1)
			if err != nil {
				return nil, err
			}
			if at > 0 && slices.Contains(t.Rows[at-1].Numbers, column) {
				err = book.SetCellDefault(sheet, cell, text)
			} else {
				err = book.SetCellStr(sheet, cell, text)
			}
			if err != nil {
				return nil, err
			}
		}
	}
	if t.Sheet != "" {
		if err := book.SetSheetName(sheet, t.Sheet); err != nil {
			return nil, err
		}
	}
	var content bytes.Buffer
	err := errors.Join(book.Write(&content), book.Close())
	return content.Bytes(), err
}
