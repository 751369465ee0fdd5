package workspace

import (
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Source says where figures come from and what its files mean. Its JSON is the
// mapping alone: what, when it changes, makes another reading of the same files.
type Source struct {
	// Code names the source.
	Code string `json:"code"`
	// Title is its title, Publisher who stands behind the figures.
	Title     number.Text `json:"-"`
	Publisher number.Text `json:"-"`
	// Schedule says when it is loaded; nil when only by hand.
	Schedule *Schedule `json:"-"`
	// Patterns are the globs of its files, relative to the workspace.
	Patterns []string `json:"-"`
	// CSV says how its files are written.
	CSV CSV `json:"csv"`
	// Missing are the cells that say “exists but is not known”, Zero those that
	// say “nothing occurred”.
	Missing []string `json:"missing"`
	Zero    []string `json:"zero"`
	// StopOnReject makes one reject stop the whole load.
	StopOnReject bool `json:"stop_on_reject"`
	// Unit says whose figure a row is, Year of which year, Published when it was published.
	Unit      UnitRule `json:"unit"`
	Year      YearRule `json:"year"`
	Published DateRule `json:"published"`
	// Breakdown says of which members the figures are; empty where they are totals.
	Breakdown []BreakdownRule `json:"breakdown,omitempty"`
	// Status, Note, Citation and Standing are columns; "" where the files have none.
	Status   string `json:"status"`
	Note     string `json:"note"`
	Citation string `json:"citation"`
	Standing string `json:"standing"`
	// Measures are the columns with figures.
	Measures []Measure `json:"measures"`
	// Auto is how much a load may change what was published without approval.
	Auto ledger.Allowance `json:"auto,omitzero"`
	// KeepGone says that a row which is no longer in its file stays published: its
	// files have the last years only.
	KeepDropped bool `json:"keep_gone,omitempty"`
}

// Schedule is when a source is loaded.
type Schedule struct {
	// Cron is a cron expression of five fields.
	Cron string
	// TimeZone is that of the expression.
	TimeZone *time.Location
}

// CSV says how numbers and rows are written.
type CSV struct {
	// Encoding is utf-8, utf-16, utf-16le, utf-16be or windows-1258.
	Encoding string `json:"encoding"`
	// Delimiter stands between cells.
	Delimiter rune `json:"delimiter"`
	// Decimal stands before the fraction of a number, Thousands between groups of
	// three digits; "" when groups are not told apart.
	Decimal   string `json:"decimal"`
	Thousands string `json:"thousands"`
}

// Cell is a text that is the same for all rows, or that each row has in a column.
// Exactly one of the two is given.
type Cell struct {
	Column   string `json:"column,omitempty"`
	Constant string `json:"constant,omitempty"`
}

// UnitRule tells the unit of a row: by the code in a column, by one code for all
// rows, or by the name in a column among the units of a level.
type UnitRule struct {
	Cell
	// Name is the column of the name, Level the code of the level.
	Name  string `json:"name,omitempty"`
	Level string `json:"level,omitempty"`
	// Within is the rule of the unit that the named one lies in; nil for anywhere.
	Within *UnitRule `json:"within,omitempty"`
}

// YearRule tells the year of a figure.
type YearRule struct {
	Column   string      `json:"column,omitempty"`
	Constant number.Year `json:"constant,omitempty"`
	// Headers says that the headers of the columns are years: a wide table.
	Headers bool `json:"headers,omitempty"`
}

// DateRule tells the day of publication.
type DateRule struct {
	Column   string      `json:"column,omitempty"`
	Constant number.Date `json:"constant,omitzero"`
}

// Measure says which column has the figures of which indicator.
type Measure struct {
	Indicator Cell `json:"indicator"`
	// Value is the column of the value, or of the printed rate when Rate says so;
	// "" in a wide table, whose values stand under the years.
	Value string `json:"value,omitempty"`
	Rate  bool   `json:"rate,omitempty"`
	// Denominator is the column of the denominator; "" where there is none.
	Denominator string `json:"denominator,omitempty"`
	// Weight is the column of a mean's weight; "" where there is none.
	Weight string `json:"weight,omitempty"`
	// Breakdown says of which members the figures of this column are, beside what the
	// source says.
	Breakdown []BreakdownRule `json:"breakdown,omitempty"`
	// Optional says that a blank cell means: this row has no such figure.
	Optional bool `json:"optional,omitempty"`
}

// Whole is the column of what a value stands for: the weight of a mean, the
// denominator of any other kind.
func (m *Measure) Whole(kind catalogue.IndicatorKind) string {
	if kind == catalogue.Mean {
		return m.Weight
	}
	return m.Denominator
}

// Files lists the files of a source in a workspace as they are now, in order.
func (s *Source) Files(workspace fs.FS) ([]string, error) {
	var files []string
	for _, pattern := range s.Patterns {
		matches, err := fs.Glob(workspace, pattern)
		if err == nil && len(matches) == 0 {
			err = fs.ErrNotExist
		}
		if err != nil {
			return nil, &number.Error{Code: FileMissing, Message: number.Say("no file matches"), Where: pattern, Err: err}
		}
		files = append(files, matches...)
	}
	slices.Sort(files)
	return slices.Compact(files), nil
}

// readSource reads one source, nil when the item is no source at all.
func readSource(r *reader, item node, zone *time.Location) *Source {
	m := item.mapping("code", "title", "publisher", "schedule", "files", "csv", "missing", "zero", "rejects",
		"unit", "year", "published", "breakdown", "status", "note", "citation", "standing", "measures", "restatements", "gone_rows")
	if !m.exists() {
		return nil
	}
	code := m.need("code")
	source := &Source{
		Code:         code.code(),
		Title:        m.need("title").text(),
		Publisher:    m.need("publisher").text(),
		Schedule:     readSchedule(m.get("schedule"), zone),
		Patterns:     readPatterns(r, m.need("files")),
		CSV:          readCSV(m.get("csv")),
		Missing:      wordsNode(m.get("missing"), "…", "..."),
		Zero:         wordsNode(m.get("zero"), "-"),
		StopOnReject: m.get("rejects").choice("keep-good", "stop") == "stop",
		Unit:         readUnitRule(r, m.need("unit")),
		Year:         readYearRule(m.need("year")),
		Published:    readDateRule(m.need("published")),
		Breakdown:    readBreakdown(r, m.get("breakdown")),
		Status:       column(m.get("status")),
		Note:         column(m.get("note")),
		Citation:     column(m.get("citation")),
		Standing:     column(m.get("standing")),
		Auto:         readAllowance(m.get("restatements")),
		KeepDropped:  m.get("gone_rows").choice("take-back", "keep") == "keep",
	}
	r.sources.declare(&r.faults, source.Code, code.at)
	for _, word := range source.Missing {
		if slices.Contains(source.Zero, word) {
			m.get("missing").fault(BadMapping, "%q cannot mean both missing and zero", word)
		}
	}
	source.Measures = readMeasures(r, m.need("measures"), source)
	return source
}

// wordsNode reads a list of cells with a meaning of their own.
func wordsNode(n node, defaults ...string) []string {
	if !n.exists() {
		return defaults
	}
	words := []string{}
	for _, item := range n.list() {
		words = append(words, strings.TrimSpace(item.scalar()))
	}
	return words
}

// readAllowance reads restatements: {auto: {absolute: 5, relative: 1}}.
func readAllowance(n node) ledger.Allowance {
	bounds := ledger.Allowance{}
	if !n.exists() {
		return bounds
	}
	auto := n.mapping("auto").need("auto")
	m := auto.mapping("absolute", "relative")
	for name, bound := range map[string]*decimal.NullDecimal{"absolute": &bounds.Absolute, "relative": &bounds.Relative} {
		if given := m.get(name); given.exists() {
			number, err := decimal.NewFromString(given.scalar())
			if err != nil || number.Sign() < 0 {
				given.fault(BadValue, "%q is not a number of 0 or more", given.scalar())
			}
			*bound = decimal.NewNullDecimal(number)
		}
	}
	if auto.exists() && !bounds.Absolute.Valid && !bounds.Relative.Valid {
		auto.fault(MissingKey, "auto says how much may change: absolute, relative (percent) or both")
	}
	return bounds
}

func readSchedule(n node, zone *time.Location) *Schedule {
	if !n.exists() {
		return nil
	}
	m := n.mapping("cron", "time_zone")
	expression := m.need("cron")
	schedule := &Schedule{Cron: expression.scalar(), TimeZone: zone}
	if named := m.get("time_zone"); named.exists() {
		schedule.TimeZone = timeZone(named)
	}
	fields := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)
	if _, err := fields.Parse(schedule.Cron); expression.exists() && (err != nil || strings.Contains(schedule.Cron, "=")) {
		fault := expression.fault(BadSchedule, "%q is not a cron expression of five fields", schedule.Cron)
		fault.Err = err
		fault.Hint = number.EnglishOnly("minute hour day month weekday, like 0 6 * * 1")
	}
	return schedule
}

// timeZone reads the name of a time zone.
func timeZone(n node) *time.Location {
	text := n.scalar()
	zone, err := time.LoadLocation(text)
	if err != nil || text == "" || text == "Local" {
		n.fault(BadSchedule, "%q is not the name of a time zone like Asia/Ho_Chi_Minh", text).Err = err
		return time.UTC
	}
	return zone
}

// readPatterns reads the globs of a source's files; each must match something.
func readPatterns(r *reader, n node) []string {
	var patterns []string
	for _, item := range n.list() {
		pattern := path.Clean(item.scalar())
		if !filepath.IsLocal(filepath.FromSlash(pattern)) {
			item.fault(FileOutside, "the path %q leaves the workspace", item.scalar())
			continue
		}
		matches, err := fs.Glob(r.root.FS(), pattern)
		switch {
		case err != nil:
			item.fault(BadValue, "%q is not a pattern of file names", pattern).Err = err
		case len(matches) == 0:
			item.fault(FileMissing, "no file matches %q", pattern)
		}
		for _, match := range matches {
			if _, err := r.root.Stat(filepath.FromSlash(match)); err != nil {
				item.fault(FileOutside, "the file %q cannot be reached within the workspace", match).Err = err
			}
		}
		patterns = append(patterns, pattern)
	}
	if n.exists() && len(patterns) == 0 {
		n.fault(MissingKey, "a source has at least one file")
	}
	return patterns
}

func readCSV(n node) CSV {
	m := n.mapping("encoding", "delimiter", "decimal", "thousands")
	c := CSV{
		Encoding:  m.get("encoding").choice("utf-8", "utf-16", "utf-16le", "utf-16be", "windows-1258"),
		Delimiter: ',',
		Decimal:   m.get("decimal").choice(".", ","),
		Thousands: m.get("thousands").choice("", ".", ",", " ", "'"),
	}
	if delimiter := m.get("delimiter"); delimiter.exists() {
		text := delimiter.scalar()
		if known := []string{",", ";", "\t", "|"}; slices.Contains(known, text) {
			c.Delimiter = rune(text[0])
		} else {
			delimiter.fault(BadValue, "%q cannot stand between cells", text).Hint = number.EnglishOnly(`use "," ";" "\t" or "|"`)
		}
	}
	if c.Decimal == c.Thousands {
		m.fault(BadMapping, "%q cannot be both the decimal and the thousands sign", c.Decimal)
	}
	return c
}
