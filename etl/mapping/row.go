package mapping

import (
	"strings"

	"github.com/niengiam/niengiam/etl/layout"
	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// rowMapper finds out whose figures the rows are. It is one use of a source's rules, and serves one
// goroutine. Whatever is not known exactly is a reject.
type rowMapper struct {
	source    *workspace.Source
	catalogue *catalogue.Calendar
	finder    *finder
	known     known
	reading   reading
	entry     entry // of the row that is read
	checker   checker
	into      *batch // what comes of the rows
}

func newRowMapper(source *workspace.Source, g *gazetteer) *rowMapper {
	m := &rowMapper{source: source, catalogue: g.catalogue, finder: newFinder(g)}
	m.known = known{years: map[string]readYear{}, eligible: map[reporter]bool{}}
	m.checker.source = source
	return m
}

// mapRow reads one row: first what all its figures share, then each figure.
func (m *rowMapper) mapRow(t *table, r *layout.Row) {
	read := &m.reading
	*read = reading{table: t, row: r, rejects: read.rejects[:0]}
	shared := entry{note: read.cell(m.source.Note), citation: read.cell(m.source.Citation), approximation: read.cell(m.source.Approximate.Column)}
	shared.published = m.publication(read)
	read.published = shared.published
	shared.basis = m.basis(read)
	shared.status = m.status(read)
	shared.conflicting, shared.derived = m.standing(read, shared.note)
	if m.tellsOfAnother(read) {
		shared.note = ""
	}
	if m.source.Year.Headers {
		m.mapWide(read, &shared)
	} else {
		m.mapLong(read, &shared)
	}
	m.into.rejects = append(m.into.rejects, read.rejects...)
}

// tellsOfAnother reports whether the remark of a row may quote a confidential figure beside
// another one: a row has several figures, and its remark would be told with each of them.
func (m *rowMapper) tellsOfAnother(read *reading) bool {
	if len(m.source.Measures) < 2 && !(m.source.Year.Headers && len(read.table.wide[0]) > 1) {
		return false
	}
	for i := range m.source.Measures {
		code := m.source.Measures[i].Indicator.Constant
		if column := m.source.Measures[i].Indicator.Column; column != "" {
			code = read.cell(column)
		}
		if indicator := m.catalogue.Indicator(code); indicator != nil && indicator.IsConfidential() {
			return true
		}
	}
	return false
}

func (m *rowMapper) mapLong(read *reading, shared *entry) {
	shared.year = m.source.Year.Constant
	if own := read.table.year; own.year != 0 {
		shared.year = own.year
		shared.addStatus(own.status)
	}
	if column := m.source.Year.Column; column != "" {
		text := read.cell(column)
		year, ok := m.known.year(text)
		switch {
		case !ok && year.flag != "":
			read.reject(column, text, BadYear, number.Say("what %q beside the year %d means is not known", year.flag, year.year))
			return
		case !ok:
			read.reject(column, text, BadYear, number.Say("not a year: write it as 2019"))
			return
		}
		shared.year = year.year
		shared.addStatus(year.status)
	}
	shared.unit = m.finder.find(read, &m.source.Unit, shared.day())
	for i := range m.source.Measures {
		measure := &m.source.Measures[i]
		if !hasFigures(m.source, read.table, read.row, measure) {
			continue
		}
		m.entry = *shared
		e := &m.entry
		e.measure = measure
		e.value, e.form = read.figure(measure.Value)
		e.place = read.place(measure.Value)
		m.enter(read, e)
	}
}

func (m *rowMapper) mapWide(read *reading, shared *entry) {
	for i, columns := range read.table.wide {
		measure := &m.source.Measures[i]
		if !hasFigures(m.source, read.table, read.row, measure) {
			continue
		}
		for i := range columns {
			column, e := &columns[i], &m.entry
			*e = *shared
			e.measure, e.year = measure, column.year
			e.value, e.form = read.row.Cells[column.place], formOf(read.table, read.row, column.place)
			e.place = read.place(column.header)
			if e.value == "" && measure.Optional {
				continue // before the unit is looked for: it need not exist in that year
			}
			if column.whole >= 0 {
				e.denominator, e.wholeForm = read.row.Cells[column.whole], formOf(read.table, read.row, column.whole)
				e.whole = column.wholeHeader
			}
			e.addStatus(column.status)
			e.unit = m.finder.find(read, &m.source.Unit, e.day())
			m.enter(read, e)
		}
	}
}

// enter finds the indicator of a figure and keeps the entry when it is whole. A
// row with any fault in what its figures share gives no entry.
func (m *rowMapper) enter(read *reading, e *entry) {
	if e.value == "" && e.measure.Optional {
		return
	}
	if status, said := m.source.Year.Statuses[e.year]; said {
		e.addStatus(status)
	}
	code, column := e.measure.Indicator.Constant, e.measure.Indicator.Column
	if column != "" {
		code = read.cell(column)
	}
	e.indicator = m.known.indicatorOf(m.catalogue, code)
	if e.indicator != nil && e.whole == "" {
		e.whole = e.measure.Whole(e.indicator.Kind)
		e.denominator, e.wholeForm = read.figure(e.whole)
	}
	switch {
	case e.indicator == nil:
		read.reject(column, code, number.UnknownIndicator, number.Say("there is no indicator %q%s", code, m.nearestIndicators(code)))
	case e.indicator.IsDerived():
		read.reject(column, code, DerivedIndicator, number.Say("%s is made of other indicators: %s", code, strings.Join(e.indicator.Derivation.PartCodes, ", ")))
	case e.unit == nil || e.published.IsOpen() || e.status == "" || read.faulty():
	case !e.basis.IsOpen() && (e.indicator.IsConfidential() || e.indicator.IsRegister()):
		read.reject(e.place.Column, e.value, BasisNotAllowed, number.Say("%s is confidential or a register: it has no figures on the units of another day", code))
	case !m.known.isEligible(m.catalogue, e.indicator, e.unit):
		read.reject(e.place.Column, e.value, NotEligible, number.Say("%s (%s, %s) is not among the units that have %s: %s",
			e.unit.FullName(number.Vietnamese), e.unit.Code, e.unit.Kind.Code, code, rule(e.indicator)))
	case breakdown(m.source, m.catalogue, read, e):
		m.keep(e)
	}
}

// keep reads the figure of an entry and keeps the fact. What is wrong is a reject with a reason.
func (m *rowMapper) keep(e *entry) {
	m.checker.entry = e
	if f, ok := m.checker.fact(); !ok {
		m.into.wrong = append(m.into.wrong, m.checker.rejected)
	} else {
		m.into.page.Add(f)
	}
}

func (m *rowMapper) nearestIndicators(code string) number.Message {
	var known []string
	for _, indicator := range m.catalogue.Indicators {
		known = append(known, indicator.Code)
	}
	return suggestion(name.Nearest(code, known))
}

// publication reads the day of publication, 0 when it is none.
func (m *rowMapper) publication(read *reading) number.Date {
	column := m.source.Published.Column
	if column == "" {
		return m.source.Published.Constant
	}
	text := read.cell(column)
	date, err := m.known.date(text)
	switch {
	case err != nil:
		read.reject(column, text, BadDate, number.Say("not a day: write it as 2025-07-01"))
	case date.IsOpen():
		read.reject(column, text, BadDate, number.Say("the day of publication is missing"))
	}
	return date
}

// basis reads the day on whose units the row is stated; open when it is of its year's own.
func (m *rowMapper) basis(read *reading) number.Date {
	column := m.source.Basis.Column
	if column == "" {
		return m.source.Basis.Constant
	}
	text := read.cell(column)
	day, err := m.known.date(text)
	switch {
	case err != nil:
		read.reject(column, text, BadDate, number.Say("not a day: write it as 2025-07-01"))
	case !day.IsOpen() && day < m.catalogue.FirstKnown():
		read.reject(column, text, BadDate, number.Say("the units of %s are not known: the list begins on %s", day, m.catalogue.FirstKnown()))
	}
	return day
}

// status reads the status, "" when it is none.
func (m *rowMapper) status(read *reading) number.Status {
	text := read.cell(m.source.Status)
	status, ok := number.ParseStatus(text)
	if !ok {
		read.reject(m.source.Status, text, BadStatus, number.Say("a status is A, P, E, B, M or C, or blank for A"))
	}
	return status
}

// standing reads how a row stands beside others: it only contradicts one that is used, or
// its figures were derived by whoever wrote it, as its note says.
func (m *rowMapper) standing(read *reading, note string) (conflicting, derived bool) {
	text := read.cell(m.source.Standing)
	switch text {
	case "", "used":
	case "conflicting":
		return true, false
	case "derived":
		if note == "" {
			read.reject(m.source.Standing, text, BadStanding, number.Say("the note of a derived row says how it was derived"))
		}
		return false, true
	default:
		read.reject(m.source.Standing, text, BadStanding, number.Say("a row is used, derived, conflicting or blank for used"))
	}
	return false, false
}
