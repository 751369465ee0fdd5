package mapping

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/etl/format"
	"github.com/niengiam/niengiam/etl/layout"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// A file of a source may have a file beside it with rows that stand in for some of its own:
// in.mended.csv for in.csv, then in.mended-2.csv and so on. Each row of it says which row it
// mends. So what was wrong in a file that arrived is mended without touching that file, and
// all other rows are read from it as before.

// The columns that a file of mended rows has besides those of its source.
const (
	// ReasonColumn says in both languages why the row was rejected; nothing reads it.
	ReasonColumn = "niengiam_reason"
	// PlaceColumn says which row is mended: its place, and a mark of what stood there.
	PlaceColumn = "niengiam_place"
)

// mendedMark stands in the names of files with mended rows.
const mendedMark = ".mended"

// stem is the path of a file without the end of its name.
func stem(file string) string { return strings.TrimSuffix(file, path.Ext(file)) }

// IsMended reports whether a file has mended rows of another one.
func IsMended(file string) bool {
	_, _, is := mends(file)
	return is
}

// mends returns the stem of the file whose rows a file mends, and its number among those
// that do; false where it is no such file.
func mends(file string) (of string, nth int, ok bool) {
	at := strings.LastIndex(stem(file), mendedMark)
	if at < 0 || !slices.Contains([]string{".csv", ".xlsx"}, strings.ToLower(path.Ext(file))) {
		return "", 0, false
	}
	of, rest := file[:at], stem(file)[at+len(mendedMark):]
	if rest == "" {
		return of, 1, path.Base(of) != "."
	}
	nth, err := strconv.Atoi(strings.TrimPrefix(rest, "-"))
	return of, nth, err == nil && nth > 1 && rest == fmt.Sprintf("-%d", nth)
}

// WithMended parts the files of a source from those with mended rows, and adds those that
// stand beside them, in the order in which they count.
func WithMended(dir fs.FS, paths []string) (own, mending []string, err error) {
	stems := map[string]bool{}
	for _, p := range paths {
		if !IsMended(p) {
			own = append(own, p)
			stems[stem(p)] = true
		}
	}
	folders := map[string]bool{}
	for _, p := range own {
		folder := path.Dir(p)
		if folders[folder] {
			continue
		}
		folders[folder] = true
		entries, err := fs.ReadDir(dir, folder)
		if errors.Is(err, fs.ErrNotExist) { // of a file that was fetched, and nothing is mended
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		for _, entry := range entries {
			if of, _, is := mends(path.Join(folder, entry.Name())); is && stems[of] {
				mending = append(mending, path.Join(folder, entry.Name()))
			}
		}
	}
	slices.SortFunc(mending, func(a, b string) int {
		first, m, _ := mends(a)
		second, n, _ := mends(b)
		if first != second {
			return strings.Compare(first, second)
		}
		return m - n
	})
	return own, mending, nil
}

// mendedRow is a row that stands in for another.
type mendedRow struct {
	file    string
	line    int
	cells   []string // of the columns of the source
	numbers []int    // the cells that are numbers of the file's own
	place   string   // of the other, with its mark
	header  []string
	used    bool
}

// isBlank reports whether nothing is left of the row: the one that it mends is left out.
func (r *mendedRow) isBlank() bool {
	return !slices.ContainsFunc(r.cells, func(cell string) bool { return cell != "" })
}

// mendedRows are those of all files of a source, the last one of each row alone.
type mendedRows struct {
	rows    []*mendedRow
	rejects []Reject
}

// readMended reads the files with mended rows.
func readMended(source *workspace.Source, files []File) (*mendedRows, error) {
	m := &mendedRows{}
	var faults []error
	for _, f := range files {
		if IsMended(f.Path) {
			faults = append(faults, m.read(source, f))
		}
	}
	return m, errors.Join(faults...)
}

func (m *mendedRows) read(source *workspace.Source, f File) (err error) {
	options := source.Format()
	options.Format, options.Skip, options.Member = format.CSV, 0, ""
	if strings.EqualFold(path.Ext(f.Path), ".xlsx") {
		options.Format = ""
	}
	own, closeFile, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeFile()) }()
	sheets, err := format.Read(own, options)
	if err != nil {
		return err
	}
	var header []string
	reason, place := -1, -1
	for row, err := range sheets[0].Rows {
		switch {
		case err != nil:
			return err
		case header == nil:
			header = row.Cells
			reason, place = slices.Index(header, ReasonColumn), slices.Index(header, PlaceColumn)
			if place < 0 || reason < 0 {
				return &number.Error{
					Code: CSVMissingColumn, Where: layout.Where(f.Path, "", row.Line), Message: number.Say("there is no column %q", PlaceColumn),
					Hint: number.Say("a file of mended rows keeps all columns that niengiam rejects wrote"),
				}
			}
			continue
		case row.Fault != nil:
			m.reject(f.Path, row.Line, "", row.Fault.Code, row.Fault.Message)
			continue
		case !slices.ContainsFunc(row.Cells, func(cell string) bool { return cell != "" }):
			continue
		}
		cells := padded(row.Cells, len(header))
		if len(cells) != len(header) || cells[place] == "" {
			m.reject(f.Path, row.Line, strings.Join(row.Cells, " | "), MendedRowUnknown, number.Say("the row does not say in the column %q which row it mends", PlaceColumn))
			continue
		}
		mended := &mendedRow{file: f.Path, line: row.Line, place: cells[place], cells: without(cells, reason, place), header: without(header, reason, place)}
		if width := len(mended.header); reason >= width && place >= width {
			mended.numbers = slices.DeleteFunc(slices.Clone(row.Numbers), func(at int) bool { return at >= width })
		}
		m.add(mended)
	}
	return nil
}

// add keeps a row in place of an earlier one that mends the same.
func (m *mendedRows) add(row *mendedRow) {
	m.rows = slices.DeleteFunc(m.rows, func(r *mendedRow) bool { return r.place == row.place && r.file != row.file })
	m.rows = append(m.rows, row)
}

func (m *mendedRows) reject(file string, line int, value string, code number.Code, detail number.Message) {
	m.rejects = append(m.rejects, NewReject(ledger.Place{File: file, Line: line}, value, code, detail))
}

// take puts mended rows in the place of those of a table that they stand in for. Their places
// are those of the files in which they were mended.
func (m *mendedRows) take(t *layout.Table) {
	if len(m.rows) == 0 {
		return
	}
	known := marksOf(t)
	var left []int // the rows of which nothing is left
	for _, row := range m.rows {
		at := row.find(t, known)
		if row.used || at < 0 {
			continue
		}
		row.used = true
		if row.isBlank() {
			left = append(left, at)
			continue
		}
		r := &t.Rows[at]
		r.Mended, r.Line, r.Cells, r.Fault = row.file, row.line, row.cells, nil
		r.Numbers = slices.Compact(slices.Sorted(slices.Values(slices.Concat(r.Numbers, row.numbers))))
	}
	if len(left) > 0 {
		t.Keep(func(at int, _ *layout.Row) bool { return !slices.Contains(left, at) })
	}
}

// marks are the places of the rows of a table, by the mark of what stands in them, and by
// their lines.
type marks struct {
	rows map[string][]int
	line []int
}

func marksOf(t *layout.Table) marks {
	m := marks{rows: map[string][]int{}}
	for i := range t.Rows {
		mark := markOf(&t.Rows[i])
		m.rows[mark] = append(m.rows[mark], i)
		m.line = append(m.line, t.Rows[i].Line)
	}
	return m
}

// find finds the row that is mended: where its place says or, when the rows of a newer file
// have moved, the only one that is the same; -1 for none.
func (r *mendedRow) find(t *layout.Table, known marks) int {
	if !slices.Equal(r.header, t.Header) {
		return -1
	}
	place, mark, _ := strings.Cut(r.place, " #")
	in, line, ok := cutLine(place)
	if !ok || in != strings.TrimSuffix(t.Where(0), ":0") {
		return -1
	}
	same := known.rows[mark]
	for _, at := range same {
		if known.line[at] == line {
			return at
		}
	}
	if len(same) != 1 {
		return -1
	}
	return same[0]
}

// unused makes rejects of the rows that mend nothing, and gives the others that were made.
func (m *mendedRows) unused() []Reject {
	for _, row := range m.rows {
		if !row.used {
			m.reject(row.file, row.line, row.place, MendedRowUnknown, number.Say("no row of its file is the one at %q, as it was: the file has changed, or this row was changed in its last column", row.place))
		}
	}
	return m.rejects
}

// cutLine parts a place from the line at its end.
func cutLine(place string) (in string, line int, ok bool) {
	at := strings.LastIndexByte(place, ':')
	if at < 0 {
		return "", 0, false
	}
	line, err := strconv.Atoi(place[at+1:])
	return place[:at], line, err == nil
}

// markOf is a short checksum of what stands in a row.
func markOf(r *layout.Row) string {
	fault := ""
	if r.Fault != nil {
		fault = r.Fault.Message.In(number.English)
	}
	sum := sha256.Sum256([]byte(strings.Join(append(slices.Clone(r.Cells), fault), "\x1f")))
	return hex.EncodeToString(sum[:4])
}

// padded adds blank cells that spreadsheets leave out at the end of a row.
func padded(cells []string, width int) []string {
	if len(cells) >= width {
		return cells
	}
	return append(slices.Clone(cells), make([]string, width-len(cells))...)
}

// without leaves out the cells at two places.
func without(cells []string, one, other int) []string {
	var rest []string
	for i, cell := range cells {
		if i != one && i != other {
			rest = append(rest, cell)
		}
	}
	return rest
}

// of returns the mended rows that stand in for rows of a table, by the places of these.
func (m *mendedRows) of(t *layout.Table) map[int]*mendedRow {
	if len(m.rows) == 0 {
		return nil
	}
	all, known := map[int]*mendedRow{}, marksOf(t)
	for _, row := range m.rows {
		if at := row.find(t, known); at >= 0 {
			all[at] = row
		}
	}
	return all
}
