package setup

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/mapping"
	"github.com/niengiam/niengiam/stats/number"
)

// aggregateKind is the kind of units that are totals of others.
const aggregateKind = "aggregate"

// mostExact is how many digits after the decimal mark a workspace reads exactly,
// mostPrinted how many are printed.
const (
	mostExact   = 10
	mostPrinted = 2
)

// Plan is a workspace that can be written.
type Plan struct {
	options    Options
	table      *table
	columns    *columns
	levels     []level
	units      []unit
	indicators []indicator
	published  number.Date
	lastYear   number.Year // the last that has figures
	without    int         // rows without a unit
	// totals and passed are the names of rows that are no units: sums of others, the highest, the lowest
	totals, passed []string
}

// Understand reads the file and finds out what it has. What is not clear is asked, or is
// an error that names the flag to give.
func Understand(o Options) (*Plan, error) {
	t, err := readTable(&o, o.File)
	if err != nil {
		return nil, err
	}
	if o.Language == "" {
		o.Language = languageOf(t)
	}
	p := &Plan{table: t}
	if n := t.note(); n >= 0 {
		t.cut(n)
	}
	if p.columns, err = findColumns(&o, t); err != nil {
		return nil, err
	}
	if p.levels, err = levelsOf(&o, p.columns); err != nil {
		return nil, err
	}
	p.leaveTotals(&o)
	if p.units, p.without, err = unitsOf(&o, t, p.levels); err != nil {
		return nil, err
	}
	if p.indicators, err = indicatorsOf(&o, p.columns); err != nil {
		return nil, err
	}
	if o.Kind == "count" && p.columns.most > 0 {
		return nil, &number.Error{
			Code: BadOption, Where: o.File, Message: number.EnglishOnly("--kind count: there are figures with decimals, and a count is a whole number"),
			Hint: number.EnglishOnly("give --kind amount, which adds up, too, and say with --measure what one is: thousand persons"),
		}
	}
	if p.published, err = publishedOn(&o, t); err != nil {
		return nil, err
	}
	if o.Title == "" {
		if o.Title = t.told("data source"); o.Title == "" {
			o.Title = strings.TrimSuffix(filepath.Base(o.File), filepath.Ext(o.File))
		}
	}
	if o.Publisher, err = o.find(o.Publisher, "who published the figures?", "--publisher", nil); err != nil {
		return nil, err
	}
	if slug(o.Title) == "" {
		return nil, &number.Error{Code: BadOption, Where: o.File, Message: number.EnglishOnly("--title: %q has no letter to make a code of", o.Title)}
	}
	p.options = o
	p.lastYear = p.findLastYear()
	return p, nil
}

// leaveTotals leaves out the rows that are named as totals, or as the highest and lowest of
// others, where the units are of one level; a unit that --aggregates names stays.
func (p *Plan) leaveTotals(o *Options) {
	if len(p.levels) > 1 {
		return
	}
	of := p.levels[0]
	for _, label := range p.table.values(of.levelColumns.name) {
		switch {
		case isTotal(label):
			p.totals = append(p.totals, label)
		case isSummary(label):
			p.passed = append(p.passed, label)
		}
	}
	apart := slices.Concat(p.totals, p.passed)
	p.table.keep(func(row []string) bool {
		return !slices.Contains(apart, row[of.levelColumns.name]) || slices.Contains(o.Aggregates, of.codeOf(row))
	})
}

// languageOf is the language of the headers and names: Vietnamese where they have letters
// that English has not and Vietnamese has.
func languageOf(t *table) string {
	text := strings.ToLower(strings.Join(t.header, " "))
	if strings.ContainsAny(text, "ăâđêôơưạảấầẩậắằẵặẹẻẽếềểệỉịọỏốồổộớờởợụủứừửữựỳỵỷỹ") {
		return "vi"
	}
	return "en"
}

// publishedOn finds the day of publication.
func publishedOn(o *Options, t *table) (number.Date, error) {
	given := o.Published
	if given == "" {
		given = t.told("last updated date")
	}
	given, err := o.find(given, "on which day were the figures published (2020-10-29)?", "--published", nil)
	if err != nil {
		return 0, err
	}
	day, err := number.ParseDate(given)
	if err != nil || day.IsOpen() {
		return 0, &number.Error{
			Code: BadOption, Where: o.File, Message: number.EnglishOnly("the day of publication is no day: %q", given), Hint: number.EnglishOnly("give --published 2020-10-29"),
		}
	}
	return day, nil
}

// findLastYear finds the last year that has a figure.
func (p *Plan) findLastYear() number.Year {
	var last number.Year
	has := func(cell string) bool { return cell != "" && !slices.Contains(missingCells(), cell) }
	for _, row := range p.table.rows {
		for _, place := range p.columns.years {
			if has(row[place]) {
				last = max(last, p.columns.yearOf(place))
			}
		}
		for _, place := range p.columns.values {
			year := p.columns.constant
			if p.columns.year >= 0 {
				year = row[p.columns.year]
			}
			if year, ok := mapping.YearOf(year); ok && has(row[place]) {
				last = max(last, year)
			}
		}
	}
	return last
}

// Told says, a line each, what was understood and what was not.
func (p *Plan) Told() []string {
	t := p.table
	var told []string
	say := func(format string, args ...any) { told = append(told, fmt.Sprintf(format, args...)) }
	say("header: line %d, %d columns, %d rows", t.line, len(t.header), len(t.rows))
	if t.depth > 1 {
		say("the header has %d rows: what stands over several columns is said of each, as in %q", t.depth, t.column(len(t.header)-1))
	}
	for _, row := range t.above {
		if text := strings.Trim(strings.Join(row, ": "), ": "); text != "" {
			say("above the header: %s", text)
		}
	}
	told = append(told, p.toldUnits()...)
	told = append(told, p.toldYears())
	for _, i := range p.indicators {
		say("indicator %s: %s, in %s, of the kind %s", i.code, i.name, i.measure, p.options.Kind)
	}
	say("published on %s by %s; the names are in the language %s, the other is missing", p.published, p.options.Publisher, p.options.Language)
	if len(p.options.Aggregates) == 0 && p.options.Metadata == "" {
		say("not told: which units are totals of others (World, regions); they would be ranked beside the rest. --aggregates or --metadata names them")
	}
	if p.options.Kind == "reported" {
		say("not told: whether figures of parts add up; none are added. --kind count or amount says that they do")
	}
	return append(told, p.toldUnread()...)
}

// toldUnits says which levels and units there are.
func (p *Plan) toldUnits() []string {
	var told []string
	for at, level := range p.levels {
		all, totals := 0, 0
		for _, u := range p.units {
			if u.level == at {
				all++
			}
			if u.level == at && u.aggregate {
				totals++
			}
		}
		by := fmt.Sprintf("%q and %q", p.table.column(level.codeColumn()), p.table.column(level.levelColumns.name))
		if level.named {
			by = fmt.Sprintf("their names in %q, of which codes were made", p.table.column(level.codeColumn()))
		}
		told = append(told, fmt.Sprintf("level %s: %d units by %s; %d are totals of others", level.code, all, by, totals))
	}
	return told
}

// toldYears says where the years are.
func (p *Plan) toldYears() string {
	t, c := p.table, p.columns
	switch {
	case len(c.years) > 0:
		years := make([]number.Year, len(c.years))
		for i, place := range c.years {
			years[i] = c.yearOf(place)
		}
		return fmt.Sprintf("years: %d columns, %d to %d", len(years), slices.Min(years), slices.Max(years))
	case c.year >= 0 && t.header[c.year] == sheetYear:
		return "year: in the names of the sheets, " + t.sheet
	case c.year >= 0:
		return fmt.Sprintf("year: the column %q", t.column(c.year))
	}
	return fmt.Sprintf("year: %s in all rows", c.constant)
}

// toldUnread says what is not read, and what is rounded.
func (p *Plan) toldUnread() []string {
	t, c := p.table, p.columns
	var told []string
	say := func(format string, args ...any) { told = append(told, fmt.Sprintf(format, args...)) }
	if len(c.unread) > 0 {
		say("not read: %s", strings.Join(t.named(c.unread), ", "))
	}
	if len(t.partial) > 0 {
		say("not read, for not all sheets have them: %s", strings.Join(t.partial, ", "))
	}
	if p.without > 0 {
		say("not read: %d rows without a code under %q", p.without, t.column(p.levels[len(p.levels)-1].codeColumn()))
	}
	if len(p.totals) > 0 {
		say("totals, held against the rows: %s", listed(p.totals))
	}
	if len(p.passed) > 0 {
		say("passed over, no units of their own: %s", listed(p.passed))
	}
	if t.end != "" {
		say("the table ends before: %s", t.end)
	}
	if c.most > mostExact {
		say("rounded: digits after the tenth decimal")
	}
	return told
}

// Write writes the files of the workspace and returns their paths. None is written where
// one is there already: nothing is overwritten.
func (p *Plan) Write() ([]string, error) { return writer{p}.write() }
