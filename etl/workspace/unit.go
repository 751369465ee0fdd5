package workspace

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/stats"
)

// version is a stretch of a unit's life and the place that declares it.
type version struct {
	stats.UnitVersion
	at mark
}

func unitColumns() []string {
	return []string{"code", "level", "kind", "parent", "name", "name_en", "valid_from", "valid_to", "opening", "note"}
}

// readUnits reads the files of a list and checks the lives of all units together.
func (r *reader) readUnits(n node) []stats.UnitVersion {
	files := n.list()
	r.units.partial = len(files) == 0
	for _, file := range files {
		named := path.Clean(file.scalar())
		content, ok := r.content(file, named)
		if !ok || !r.readUnitFile(named, content) {
			r.units.partial = true
		}
	}
	// The warehouse numbers units in this order; it must not depend on that of the files.
	slices.SortStableFunc(r.versions, func(a, b version) int {
		if a.Code != b.Code {
			return strings.Compare(a.Code, b.Code)
		}
		return int(a.Validity.From) - int(b.Validity.From)
	})
	for _, v := range r.versions {
		if _, known := r.units.marks[v.Code]; !known {
			r.units.declare(&r.faults, v.Code, v.at)
		}
	}
	r.checkLives()
	r.checkParents()
	units := make([]stats.UnitVersion, len(r.versions))
	for i, v := range r.versions {
		units[i] = v.UnitVersion
	}
	return units
}

// readUnitFile reads one file; it reports false when rows of it are lost.
func (r *reader) readUnitFile(file string, content []byte) bool {
	content = bytes.TrimPrefix(content, []byte("\uFEFF"))
	if !utf8.Valid(content) {
		r.add(mark{file: file}, BadCSV, "the file is not UTF-8")
		return false
	}
	rows := csv.NewReader(bytes.NewReader(content))
	rows.FieldsPerRecord = -1
	header, err := rows.Read()
	if err != nil {
		r.add(mark{file: file, line: 1}, BadCSV, "the file is empty")
		return false
	}
	columns, ok := r.unitHeader(file, header)
	if !ok {
		return false
	}
	whole := true
	for {
		cells, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return whole
		}
		if broken, ok := errors.AsType[*csv.ParseError](err); ok {
			r.add(mark{file, broken.Line, broken.Column}, BadCSV, "this is not CSV: %s", broken.Err)
			return false
		}
		line, _ := rows.FieldPos(0)
		if len(cells) != len(header) {
			r.add(mark{file: file, line: line}, BadCSV, "the row has %d cells, the header %d", len(cells), len(header))
			whole = false
			continue
		}
		r.readUnit(func(column string) (string, mark) {
			place, ok := columns[column]
			if !ok {
				return "", mark{file: file, line: line}
			}
			line, at := rows.FieldPos(place)
			return strings.TrimSpace(cells[place]), mark{file, line, at}
		})
	}
}

// unitHeader finds the columns; all but the note must be there and no other may.
func (r *reader) unitHeader(file string, header []string) (map[string]int, bool) {
	columns, ok := map[string]int{}, true
	for i, column := range header {
		column = strings.TrimSpace(column)
		at := mark{file: file, line: 1}
		switch _, twice := columns[column]; {
		case !slices.Contains(unitColumns(), column):
			r.add(at, UnknownKey, "the column %q means nothing here", column).Nearest = name.Nearest(column, unitColumns())
		case twice:
			r.add(at, DuplicateKey, "the column %q stands here twice", column)
		default:
			columns[column] = i
		}
	}
	for _, column := range unitColumns() {
		if _, known := columns[column]; !known && column != "note" {
			r.add(mark{file: file, line: 1}, MissingKey, "the column %q is missing", column)
			ok = false
		}
	}
	return columns, ok
}

// readUnit reads one row of a unit file.
func (r *reader) readUnit(cell func(column string) (string, mark)) {
	var v version
	v.Code, v.at = cell("code")
	if v.Code == "" {
		r.add(v.at, MissingKey, "the code is missing")
		return
	}
	level, levelAt := cell("level")
	kind, kindAt := cell("kind")
	v.Level, v.Kind = level, kind
	v.Parent, _ = cell("parent")
	v.Names.VI, _ = cell("name")
	v.Names.EN, _ = cell("name_en")
	if v.Level == "" {
		r.add(levelAt, MissingKey, "the unit %s has no level", v.Code)
	} else if r.levels.refer(&r.faults, level, levelAt) {
		if kind == "" {
			r.add(kindAt, MissingKey, "the unit %s has no kind", v.Code)
		}
		r.kindsOf(level).refer(&r.faults, kind, kindAt)
	}
	for _, name := range []struct{ column, text string }{{"name", v.Names.VI}, {"name_en", v.Names.EN}} {
		if name.text == "" {
			_, at := cell(name.column)
			r.add(at, MissingText, "the unit %s has no %s", v.Code, name.column)
		}
	}
	v.Validity.From = r.unitDate(cell, "valid_from")
	v.Validity.To = r.unitDate(cell, "valid_to")
	if to := v.Validity.To; !to.IsOpen() && to <= v.Validity.From {
		r.add(v.at, BadValidity, "the unit %s ends on %s, before it begins on %s", v.Code, to, v.Validity.From)
	}
	opening, at := cell("opening")
	v.Opening = stats.Opening(opening)
	if known := []stats.Opening{stats.Baseline, stats.Created, stats.Changed, stats.Replaced}; !slices.Contains(known, v.Opening) {
		r.add(at, BadValue, "the opening %q is none of baseline, created, changed, replaced", opening)
	}
	r.versions = append(r.versions, v)
}

func (r *reader) unitDate(cell func(column string) (string, mark), column string) stats.Date {
	text, at := cell(column)
	date, err := stats.ParseDate(text)
	if err != nil {
		r.add(at, BadValue, "%s", err)
	}
	return date
}

// unitOn gives the version of a code that is valid on a day, nil when none is.
func (r *reader) unitOn(code string, day stats.Date) *version {
	first, _ := slices.BinarySearchFunc(r.versions, code, func(v version, code string) int {
		return strings.Compare(v.Code, code)
	})
	for i := first; i < len(r.versions) && r.versions[i].Code == code; i++ {
		if r.versions[i].Validity.Contains(day) {
			return &r.versions[i]
		}
	}
	return nil
}
