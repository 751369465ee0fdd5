package etl

import (
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/layout"
	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// entry is one figure of one row: whose it is has been found out, what it says
// is still text.
type entry struct {
	indicator   *catalogue.Indicator
	unit        *catalogue.Unit
	year        number.Year
	breakdown   string
	published   number.Date
	basis       number.Date // on whose units it is stated; open: those of its year
	status      number.Status
	conflicting bool
	derived     bool
	// approximation is what the source's column for it says.
	approximation string
	note          string
	citation      string
	measure       *workspace.Measure
	value         string
	denominator   string
	place         ledger.Place // of the value
	whole         string       // the column of the denominator
	form          cellForm     // of the value
	wholeForm     cellForm
}

// addStatus adds the status that a year's flag gives to that of the row. One that
// could not be read stays as it is: its row is rejected.
func (e *entry) addStatus(flag number.Status) {
	if e.status != "" {
		e.status = number.Statuses(e.status, flag).First()
	}
}

// day is the day whose units it is of.
func (e *entry) day() number.Date {
	if e.basis.IsOpen() {
		return e.year.Reference()
	}
	return e.basis
}

// mapping finds out whose figures the rows are. It is one use of a source's rules.
type mapping struct {
	source    *workspace.Source
	catalogue *catalogue.Calendar
	finder    *finder
	known     known
	facts     *facts
	reading   reading
	entry     entry // of the row that is read
	checker   checker
	failed    error    // of keeping a fact
	rejects   []reject // of rows whose figures are nobody's
	wrong     []reject // of figures
}

// newMapping begins to map the tables of a source. Whatever is not known exactly is a reject.
func newMapping(source *workspace.Source, catalogue *catalogue.Calendar, facts *facts) *mapping {
	m := &mapping{source: source, catalogue: catalogue, finder: newFinder(catalogue, source.Aliases), facts: facts}
	m.known = known{years: map[string]readYear{}, eligible: map[indicatorUnit]bool{}}
	m.checker.source = source
	return m
}

// reading is a row while it is read.
type reading struct {
	table     *table
	row       *layout.Row
	published number.Date
	rejects   []reject
}

func (r *reading) place(column string) ledger.Place {
	return r.table.place(r.row, column)
}

func (r *reading) cell(column string) string { return r.table.cell(r.row, column) }

// reject enters a reject; the same fault of the same cell only once, though it
// be met for every year of a wide table.
func (r *reading) reject(column, value string, reason number.Code, detail number.Message) {
	rejected := newReject(r.place(column), value, reason, detail)
	rejected.published = r.published
	for _, other := range r.rejects {
		if other.Place == rejected.Place && other.Reason == reason {
			return
		}
	}
	r.rejects = append(r.rejects, rejected)
}

// mapRow reads one row: first what all its figures share, then each figure.
func (m *mapping) mapRow(t *table, r *layout.Row) error {
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
	m.rejects = append(m.rejects, read.rejects...)
	return m.failed
}

// tellsOfAnother reports whether the remark of a row may quote a confidential figure beside
// another one: a row has several figures, and its remark would be told with each of them.
func (m *mapping) tellsOfAnother(read *reading) bool {
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

func (m *mapping) mapLong(read *reading, shared *entry) {
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

// hasFigures reports whether a row has figures of a measure.
func hasFigures(source *workspace.Source, t *table, row *layout.Row, measure *workspace.Measure) bool {
	if len(measure.Group) > 0 && !name.FitsAny(measure.Group, row.Group) {
		return false
	}
	return !slices.ContainsFunc(measure.Where, func(rule workspace.RowRule) bool { return !t.Fits(row, rule, source.Spellings) })
}

func (m *mapping) mapWide(read *reading, shared *entry) {
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
func (m *mapping) enter(read *reading, e *entry) {
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
	case !m.known.isEligible(m.catalogue, e.indicator, e.unit, e.year):
		read.reject(e.place.Column, e.value, NotEligible, number.Say("%s (%s, %s) is not among the units that have %s: %s",
			e.unit.FullName(number.Vietnamese), e.unit.Code, e.unit.Kind.Code, code, rule(e.indicator)))
	case breakdown(m, read, e):
		m.keep(e)
	}
}

// keep reads the figure of an entry and keeps the fact. What is wrong is a reject with a reason.
func (m *mapping) keep(e *entry) {
	m.checker.entry = e
	if f, ok := m.checker.fact(); !ok {
		m.wrong = append(m.wrong, m.checker.rejected)
	} else if err := m.facts.add(f); err != nil {
		m.failed = err
	}
}

// faulty reports whether something that all figures of the row share is wrong.
func (r *reading) faulty() bool {
	for _, rejected := range r.rejects {
		switch rejected.Reason {
		case BadDate, BadStatus, BadStanding:
			return true
		}
	}
	return false
}

func (m *mapping) nearestIndicators(code string) number.Message {
	var known []string
	for _, indicator := range m.catalogue.Indicators {
		known = append(known, indicator.Code)
	}
	return suggestion(name.Nearest(code, known))
}

// publication reads the day of publication, 0 when it is none.
func (m *mapping) publication(read *reading) number.Date {
	column := m.source.Published.Column
	if column == "" {
		return m.source.Published.Constant
	}
	text := read.cell(column)
	date, err := number.ParseDate(text)
	switch {
	case err != nil:
		read.reject(column, text, BadDate, number.Say("not a day: write it as 2025-07-01"))
	case date.IsOpen():
		read.reject(column, text, BadDate, number.Say("the day of publication is missing"))
	}
	return date
}

// basis reads the day on whose units the row is stated; open when it is of its year's own.
func (m *mapping) basis(read *reading) number.Date {
	column := m.source.Basis.Column
	if column == "" {
		return m.source.Basis.Constant
	}
	text := read.cell(column)
	day, err := number.ParseDate(text)
	switch {
	case err != nil:
		read.reject(column, text, BadDate, number.Say("not a day: write it as 2025-07-01"))
	case !day.IsOpen() && day < m.catalogue.FirstKnown():
		read.reject(column, text, BadDate, number.Say("the units of %s are not known: the list begins on %s", day, m.catalogue.FirstKnown()))
	}
	return day
}

// status reads the status, "" when it is none.
func (m *mapping) status(read *reading) number.Status {
	text := read.cell(m.source.Status)
	status, ok := number.ParseStatus(text)
	if !ok {
		read.reject(m.source.Status, text, BadStatus, number.Say("a status is A, P, E, B, M or C, or blank for A"))
	}
	return status
}

// standing reads how a row stands beside others: it only contradicts one that is used, or
// its figures were derived by whoever wrote it, as its note says.
func (m *mapping) standing(read *reading, note string) (conflicting, derived bool) {
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

// eligible reports whether a unit may have a value of an indicator: it is one of
// those that report, or lies above their level and may state their total.
func eligible(indicator *catalogue.Indicator, unit *catalogue.Unit, catalogue *catalogue.Calendar) bool {
	level := catalogue.Level(indicator.Eligibility.Level)
	switch {
	case unit.Kind.Aggregate:
		return unit.Level.Index() <= level.Index()
	case !reports(indicator, unit):
		return unit.Level.Index() < level.Index()
	}
	kinds := indicator.Eligibility.Kinds
	if slices.Contains(kinds, unit.Kind.Code) {
		return true
	}
	return len(kinds) == 0
}

// reports reports whether a unit is of the level whose units report, and no aggregate.
func reports(indicator *catalogue.Indicator, unit *catalogue.Unit) bool {
	return unit.Level.Code == indicator.Eligibility.Level && !unit.Kind.Aggregate
}

func rule(indicator *catalogue.Indicator) number.Message {
	if len(indicator.Eligibility.Kinds) > 0 {
		return number.Say("level %s, kinds %v", indicator.Eligibility.Level, indicator.Eligibility.Kinds)
	}
	return number.Say("level %s", indicator.Eligibility.Level)
}
