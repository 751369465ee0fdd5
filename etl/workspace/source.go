package workspace

import (
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/etl/format"
	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/validation"
)

// Source is a set of files with figures and the rules for reading them. Its JSON holds
// those rules alone: where they change, the same files are read differently.
type Source struct {
	// Code names the source.
	Code string `json:"code"`
	// Title is its title, Publisher who publishes the figures.
	Title     number.Text `json:"-"`
	Publisher number.Text `json:"-"`
	// Schedule is when it is loaded; nil if only by hand.
	Schedule *Schedule `json:"-"`
	// Timeout is how long a load of it may take; 0 for as long as it takes.
	Timeout time.Duration `json:"-"`
	// Patterns are the globs of its files, relative to the workspace.
	Patterns []string `json:"-"`
	// Places are where its files are fetched from; empty where Patterns name them.
	Places []Place `json:"-"`
	// Table is how the table is found within a file, CSV how its text is written.
	Table TableRule `json:"table,omitzero"`
	CSV   CSV       `json:"csv"`
	// Spellings are the headers that a column may have beside its name.
	Spellings map[string][]name.Pattern `json:"spellings,omitempty"`
	// Contract is what becomes of columns that the source does not read, Ignored are those
	// that it leaves out on purpose.
	Contract Contract       `json:"contract,omitempty"`
	Ignored  []name.Pattern `json:"ignored,omitempty"`
	// Flags are the words beside figures, or in their place, and the status that each gives.
	Flags map[string]number.Status `json:"flags,omitempty"`
	// Aliases are other names of units, folded as places, with their codes; only where units
	// are found by name.
	Aliases map[string][]string `json:"aliases,omitempty"`
	// Missing are the texts of cells that mean “exists but is not known”, Zero those
	// that mean “nothing occurred”.
	Missing []string `json:"missing"`
	Zero    []string `json:"zero"`
	// StopOnReject makes a single rejected row stop the whole load.
	StopOnReject bool `json:"stop_on_reject"`
	// Unit, Year and Published are the rules for the unit of a row, its year and the day
	// of its publication.
	Unit      UnitRule `json:"unit"`
	Year      YearRule `json:"year"`
	Published DateRule `json:"published"`
	// Basis is the rule for the day on whose units a row is stated; without one, and where
	// its cell is blank, a row is of the units of its year.
	Basis DateRule `json:"basis,omitzero"`
	// Breakdown gives the members that the figures are of; empty where they are totals.
	Breakdown []BreakdownRule `json:"breakdown,omitempty"`
	// Status, Note, Citation and Standing are columns; "" where the files have none.
	Status   string `json:"status"`
	Note     string `json:"note"`
	Citation string `json:"citation"`
	Standing string `json:"standing"`
	// Approximate says where it is written that a figure is not exact.
	Approximate ApproximateRule `json:"approximate,omitzero"`
	// Measures are the columns with figures.
	Measures []Measure `json:"measures"`
	// Auto is how much a load may change what was published without approval.
	Auto ledger.Allowance `json:"auto,omitzero"`
	// KeepDropped is true where a row that is no longer in its file stays published,
	// because the files hold the last years only.
	KeepDropped bool `json:"keep_gone,omitempty"`
	// Checks are those that the source declares itself.
	Checks []validation.Check `json:"checks,omitempty"`
}

// Contract is what becomes of columns that a source does not read.
type Contract string

// The contracts.
const (
	// Discard passes them over; the default.
	Discard Contract = ""
	// Evolve loads the file and tells each in a finding.
	Evolve Contract = "evolve"
	// Freeze refuses the file.
	Freeze Contract = "freeze"
)

// CSV is how the numbers and rows of a file are written.
type CSV struct {
	// Encoding is one of format.Encodings.
	Encoding string `json:"encoding"`
	// Skip is how many lines stand above the header: titles, dates, blank lines.
	Skip int `json:"skip,omitempty"`
	// Delimiter separates cells.
	Delimiter rune `json:"delimiter"`
	// Decimal is the decimal mark, Thousands the separator of groups of three digits;
	// "" for no separator.
	Decimal   string `json:"decimal"`
	Thousands string `json:"thousands"`
	// RoundExcess is true where digits after the tenth decimal are rounded; else a number
	// that has them is rejected.
	RoundExcess bool `json:"round_excess,omitempty"`
}

// mostSkipped is how many lines may stand above a header.
const mostSkipped = 1000

// readEncoding reads the name of an encoding. No nearest one is named for another: a code
// page with a name much like it has other letters.
func readEncoding(n node) string {
	known := format.Encodings()
	if !n.exists() {
		return known[0]
	}
	text := strings.ToLower(n.scalar())
	if !slices.Contains(known, text) {
		fault := n.fault(BadValue, "%q is no encoding that can be read", n.scalar())
		fault.Hint = number.EnglishOnly("save the files as utf-8, or name the very encoding that they are in; docs/workspace.md lists those that can be read")
		return known[0]
	}
	return text
}

// Format says how the files are written.
func (s *Source) Format() format.Options {
	return format.Options{Format: s.Table.Format, Language: s.Table.Language, Member: s.Table.Member, Encoding: s.CSV.Encoding, Skip: s.CSV.Skip, Delimiter: s.CSV.Delimiter}
}

// Files lists the files that match the patterns of the source now, in order.
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
	m := item.mapping("code", "title", "publisher", "schedule", "timeout", "files", "from", "table", "csv", "columns", "contract", "ignored", "missing", "flags", "zero", "rejects",
		"unit", "year", "published", "basis", "breakdown", "status", "note", "citation", "standing", "approximate", "measures", "restatements", "gone_rows", "checks")
	if !m.exists() {
		return nil
	}
	code := m.need("code")
	source := &Source{
		Code:         code.code(),
		Title:        m.need("title").text(),
		Publisher:    m.need("publisher").text(),
		Schedule:     readSourceSchedule(m.get("schedule"), zone),
		Timeout:      readDuration(m.get("timeout")),
		Table:        readTableRule(m.get("table")),
		CSV:          readCSV(m.get("csv")),
		Spellings:    readSpellings(m.get("columns")),
		Contract:     readContract(m.get("contract")),
		Ignored:      patterns(m.get("ignored")),
		Flags:        readFlags(m.get("flags")),
		Missing:      readWords(m.get("missing"), "…", "..."),
		Zero:         readWords(m.get("zero"), "-"),
		StopOnReject: m.get("rejects").choice("keep-good", "stop") == "stop",
		Unit:         readUnitRule(r, m.need("unit")),
		Year:         readYearRule(m.need("year")),
		Published:    readDateRule(m.need("published")),
		Basis:        readBasis(r, m.get("basis")),
		Breakdown:    readBreakdown(r, m.get("breakdown")),
		Status:       column(m.get("status")),
		Note:         column(m.get("note")),
		Citation:     column(m.get("citation")),
		Standing:     column(m.get("standing")),
		Approximate:  readApproximateRule(m.get("approximate")),
		Auto:         readAllowance(m.get("restatements")),
		KeepDropped:  m.get("gone_rows").choice("take-back", "keep") == "keep",
		Checks:       readChecks(r, m.get("checks"), nil),
	}
	r.sources.declare(&r.faults, source.Code, code.at)
	switch from := m.get("from"); {
	case !from.exists():
		source.Patterns = readPatterns(r, m.need("files"))
	case m.get("files").exists():
		from.fault(BadMapping, "a source has files in the workspace or fetches them from elsewhere, not both")
	default:
		source.Places = readFrom(from, source)
		checkArrival(m.get("schedule"), source)
	}
	for _, word := range source.Missing {
		if slices.Contains(source.Zero, word) {
			m.get("missing").fault(BadMapping, "%q cannot mean both missing and zero", word)
		}
	}
	if source.Unit.Name != "" {
		source.Aliases = r.aliases
	}
	source.Measures = readMeasures(r, m.need("measures"), source.Year.Headers, source.Breakdown)
	return source
}

// readAllowance reads restatements: {auto: {absolute: 5, relative: 1}}.
// definition is the source as readers name it.
func (s *Source) definition() *catalogue.DataSource {
	return &catalogue.DataSource{Code: s.Code, Titles: s.Title, Publishers: s.Publisher}
}

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

// readContract reads what becomes of columns that are not read.
func readContract(n node) Contract {
	contract := Contract(n.choice("discard", string(Evolve), string(Freeze)))
	if contract == "discard" {
		return Discard
	}
	return contract
}

// readFlags reads the words of each status: `{P: [p, "(*)"], A: ["*"]}`.
func readFlags(n node) map[string]number.Status {
	if !n.exists() {
		return nil
	}
	m, flags := n.mapping(), map[string]number.Status{}
	for letter, at := range m.keys {
		status, ok := number.ParseStatus(letter)
		if !ok || letter == "" {
			n.faults.add(at, BadValue, "%q is no status: flags stand under A, P, E, B, M or C", letter)
			continue
		}
		for _, word := range m.get(letter).scalars() {
			word = strings.TrimSpace(word)
			if other, twice := flags[word]; twice && other != status || word == "" {
				m.get(letter).fault(BadMapping, "%q cannot mean %s and %s", word, other, status)
			}
			flags[word] = status
		}
	}
	return flags
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
		matches, err := fs.Glob(r.dir, pattern)
		switch {
		case err != nil:
			item.fault(BadValue, "%q is not a pattern of file names", pattern).Err = err
		case len(matches) == 0:
			item.fault(FileMissing, "no file matches %q", pattern)
		}
		for _, match := range matches {
			r.refused(item, r.dir.check(match))
		}
		patterns = append(patterns, pattern)
	}
	if n.exists() && len(patterns) == 0 {
		n.fault(MissingKey, "a source has at least one file")
	}
	return patterns
}

func readCSV(n node) CSV {
	m := n.mapping("encoding", "skip", "delimiter", "decimal", "thousands", "beyond_ten")
	c := CSV{
		Encoding:    readEncoding(m.get("encoding")),
		Skip:        m.get("skip").integer(0, mostSkipped),
		Delimiter:   ',',
		Decimal:     m.get("decimal").choice(".", ","),
		Thousands:   m.get("thousands").choice("", ".", ",", " ", "'"),
		RoundExcess: m.get("beyond_ten").choice("refuse", "round") == "round",
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
