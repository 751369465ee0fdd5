package format

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/stats/number"
)

// zipOf makes a ZIP file of names and contents that follow one another.
func zipOf(t testing.TB, members ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		w, err := z.Create(members[i])
		if err == nil {
			_, err = w.Write([]byte(members[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// printed reads a file and writes what it has, a line for each sheet, note, area and row.
func printed(f File, o Options) string {
	var b strings.Builder
	sheets, err := Read(f, o)
	if err != nil {
		return errorLine(err)
	}
	for _, sheet := range sheets {
		fmt.Fprintf(&b, "= %s\n", sheet.Name)
		for _, note := range sheet.Notes {
			fmt.Fprintf(&b, "%s: %s\n", note.Kind, note.Text)
		}
		for _, area := range sheet.Merged {
			fmt.Fprintf(&b, "merged %s:%s\n", cellName(area.FirstRow, area.FirstCell), cellName(area.LastRow, area.LastCell))
		}
		for row, err := range sheet.Rows {
			if err != nil {
				b.WriteString(errorLine(err))
				continue
			}
			fmt.Fprintf(&b, "%d|%s|", row.Line, strings.Join(row.Cells, "|"))
			if row.Percent != nil {
				fmt.Fprintf(&b, " percent %v", row.Percent)
			}
			if row.Fault != nil {
				b.WriteString(" " + errorLine(row.Fault))
				continue
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

func errorLine(err error) string {
	coded, ok := err.(*number.Error) //nolint:errorlint // what is wrapped would not be told to people
	if !ok {
		return fmt.Sprintf("not coded: %v\n", err)
	}
	return fmt.Sprintf("%s %s: %s\n", coded.Code, coded.Where, coded.Message)
}

// expect compares what a file has, line by line.
func expect(t *testing.T, got, want string) {
	t.Helper()
	if want = strings.TrimLeft(want, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// drain reads all that a file has, within small limits: what a fuzz target calls. Whatever
// the file, errors are coded, and rows keep to the limits.
func drain(kind Kind, content []byte) {
	limits := Limits{Bytes: 1 << 20, Columns: 100, Cell: 1000, Sheets: 10, Rows: 10_000, Depth: 10}
	sheets, err := Read(File{Name: "fuzzed", Content: content}, Options{Format: kind, Limits: limits})
	mustBeCoded(err)
	for _, sheet := range sheets {
		last := 0
		for row, err := range sheet.Rows {
			if mustBeCoded(err); err == nil && (len(row.Cells) > limits.Columns || row.Line <= last) {
				panic(fmt.Sprintf("row %d after %d, of %d cells", row.Line, last, len(row.Cells)))
			}
			last = row.Line
		}
	}
}

func mustBeCoded(err error) {
	if err != nil && number.CodeOf(err) == "" {
		panic(err)
	}
}
