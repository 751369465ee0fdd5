package statstest

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// Run runs every script of a folder as a subtest, each on a store of its own and
// side by side.
func Run(t *testing.T, scripts fs.FS, store func(t *testing.T) Store) {
	names, err := fs.Glob(scripts, "*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(path.Base(name), ".txt"), func(t *testing.T) {
			t.Parallel()
			file, err := scripts.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			statements, err := parse(file)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			r := &runner{world: newWorld(), store: store(t)}
			r.service = query.New(r.store)
			questions := 0
			for _, s := range statements {
				got, err := r.execute(t.Context(), s)
				if err != nil {
					t.Fatalf("%s:%d: %s: %v", name, s.line, strings.Join(s.words, " "), err)
				}
				if got == nil {
					continue
				}
				questions++
				if want := s.text(); !alike(got, want) {
					t.Errorf("%s:%d: %s\n got:\n\t%s\nwant:\n\t%s", name, s.line, strings.Join(s.words, " "),
						strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
				}
			}
			if questions == 0 {
				t.Errorf("%s asks nothing", name)
			}
		})
	}
}

// alike compares answers word by word; in a wanted word … stands for any digits.
func alike(got, want []string) bool {
	return slices.EqualFunc(got, want, func(g, w string) bool {
		return slices.EqualFunc(strings.Fields(g), strings.Fields(w), func(g, w string) bool {
			start, end, open := strings.Cut(w, "…")
			if !open || start == "" {
				return g == w
			}
			digits, fits := strings.CutPrefix(g, start)
			digits, ends := strings.CutSuffix(digits, end)
			return fits && ends && strings.Trim(digits, "0123456789") == ""
		})
	})
}

// runner executes the statements of one script.
type runner struct {
	*world
	store   Store
	service *query.Service
	cursor  string // of the table or ranking that was asked last
}

// execute does one statement. It gives the answer's lines for a question and
// nil for anything else.
func (r *runner) execute(ctx context.Context, s statement) ([]string, error) {
	switch s.words[0] {
	case "units":
		return nil, r.units(s)
	case "dimension":
		r.dimension(s)
		return nil, nil
	case "indicator":
		return nil, r.indicator(s)
	case "scorecard":
		return nil, scorecard(r.world, s)
	case "cohort":
		return nil, cohort(r.world, s)
	case "target":
		return nil, target(r.world, s)
	case "briefing":
		return nil, briefingWorld(r.world, s)
	case "crosswalk":
		return nil, crosswalk(r.world, s)
	case "known":
		return nil, knownFrom(r.world, s)
	case "load":
		return nil, r.load(ctx, s, r.publish)
	case "submit":
		return nil, submit(ctx, r, s)
	case "approve", "decline":
		return nil, decide(ctx, r, s.words)
	case "withdraw", "restore":
		return nil, withdraw(ctx, r, s.words)
	case "conflict":
		return nil, r.conflict(ctx, s)
	case "caller": // caller confidential: with the right to see small numbers; caller: without
		r.service = query.New(r.store).As(figure.Caller{Confidential: len(s.words) > 1})
		return nil, nil
	}
	if err := r.define(ctx); err != nil {
		return nil, err
	}
	if s.words[0] != "refuse" {
		return askRunner(ctx, r, s.words)
	}
	_, err := askRunner(ctx, r, s.words[1:])
	if err == nil {
		return nil, fmt.Errorf("was answered, and should have been refused")
	}
	return faults(err)
}

// define makes what was declared since the last time known to the store.
func (r *runner) define(ctx context.Context) error {
	if r.defined {
		return nil
	}
	r.defined = true
	d := r.definitions
	d.Units, d.Indicators = slices.Clone(d.Units), slices.Clone(d.Indicators)
	// The lines of one code stand in order of time, wherever the script put them.
	slices.SortStableFunc(d.Units, func(a, b catalogue.UnitVersion) int {
		if a.Code != b.Code {
			return 0
		}
		return int(a.Validity.From - b.Validity.From)
	})
	return r.store.Define(ctx, d, fmt.Sprintf("%d-%d-%d-%d-%d-%d-%d-%d", len(d.Units), len(d.Dimensions), len(d.Indicators), len(d.Cohorts), len(d.Targets), len(d.Scorecards), len(d.Briefings), len(d.Crosswalk)))
}

// load publishes observations of one indicator as one release:
//
//	load pupils published 2020-02-18  2018  2019
//	  A                               3     4P
//	  A  sex=female                   1     2P
//
// It takes also where they were printed (cited page-1) and what the source says of
// them (noting over_160).
func (r *runner) load(ctx context.Context, s statement, publish func(context.Context, ledger.Position, []ledger.Observation) error) error {
	a := &arguments{words: s.words[1:]}
	code := a.next()
	published, err := number.ParseDate(a.after("published"))
	if err != nil {
		return err
	}
	if published.IsOpen() {
		published = number.NewDate(2021, 1, 1)
	}
	citation, note := spaced(a.after("cited")), spaced(a.after("noting"))
	a.has("unit") // the heading of the first column may be written
	var years []number.Year
	for word := a.next(); word != ""; word = a.next() {
		year, err := strconv.Atoi(word)
		if err != nil {
			return fmt.Errorf("%q is not a year", word)
		}
		years = append(years, number.Year(year))
	}
	var units []string
	for _, b := range s.body {
		if !slices.Contains(units, b.words[0]) {
			units = append(units, b.words[0])
		}
	}
	if err := r.assume(code, units); err != nil {
		return err
	}
	if err := r.define(ctx); err != nil {
		return err
	}
	id, err := r.store.NextRelease(ctx)
	if err != nil {
		return err
	}
	at := ledger.Position{Published: published, Release: id}
	observations, err := r.observations(code, years, at, s.body)
	if err != nil {
		return err
	}
	for i := range observations {
		observations[i].Citation, observations[i].Note = citation, note
	}
	return publish(ctx, at, observations)
}

// spaced is a word whose underscores stand for blanks.
func spaced(word string) string { return strings.ReplaceAll(word, "_", " ") }

func (r *runner) observations(code string, years []number.Year, at ledger.Position, body []bodyLine) ([]ledger.Observation, error) {
	c := r.store.Catalogue()
	indicator := c.Indicator(code)
	var observations []ledger.Observation
	for _, b := range body {
		cells, breakdown := b.words[1:], ""
		if len(cells) > 0 && strings.Contains(cells[0], "=") {
			breakdown, cells = cells[0], cells[1:]
		}
		switch {
		case len(cells) != len(years):
			return nil, fmt.Errorf("line %d: %d cells for %d years", b.line, len(cells), len(years))
		case !indicator.Has(breakdown) || breakdown != catalogue.BreakdownKey(catalogue.ParseBreakdownKey(breakdown)...):
			return nil, fmt.Errorf("line %d: %s has no breakdown %s", b.line, code, breakdown)
		}
		for i, year := range years {
			unit := c.At(year.Reference()).Unit(b.words[0])
			if unit == nil {
				return nil, fmt.Errorf("line %d: %s does not exist at the end of %d", b.line, b.words[0], year)
			}
			leaf := unit.Level.Code == indicator.Eligibility.Level
			o, present, err := observation(cells[i], leaf, indicator.Kind == catalogue.Attainment)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", b.line, err)
			}
			if present {
				o.CellKey = ledger.CellKey{Indicator: code, Unit: unit.Key(), Year: year, Breakdown: breakdown}
				o.At = at
				observations = append(observations, o)
			}
		}
	}
	return observations, nil
}

// publish posts observations and makes them visible.
func (r *runner) publish(ctx context.Context, at ledger.Position, observations []ledger.Observation) error {
	release := ledger.Release{ID: at.Release, SourceCode: "script", Published: at.Published, Actor: "script"}
	var postings []ledger.Posting
	var before []ledger.Observation
	read := map[number.Year]bool{}
	for _, o := range observations {
		if read[o.Year] {
			continue
		}
		read[o.Year] = true
		all, err := r.store.History(ctx, []string{o.Indicator}, []number.Year{o.Year})
		if err != nil {
			return err
		}
		before = append(before, all...)
	}
	for _, o := range observations {
		var history []ledger.Observation
		for _, h := range before {
			if h.CellKey == o.CellKey {
				history = append(history, h)
			}
		}
		if len(history) > 0 {
			release.Revised++
		} else {
			release.Added++
		}
		postings = append(postings, r.store.Catalogue().Ledger().Post(history, o)...)
	}
	if err := r.store.Stage(ctx, observations, postings); err != nil {
		return err
	}
	var findings []ledger.Finding
	for _, m := range figure.Discrepancies(r.store.Catalogue(), observations, before) {
		m.Release = at.Release
		findings = append(findings, m.Finding)
	}
	return r.store.Publish(ctx, release, findings, nil)
}

// conflict keeps another published value of a cell as a finding:
//
//	conflict census A 2019 used 141 from page-1 other 175 from page-2
func (r *runner) conflict(ctx context.Context, s statement) error {
	a := &arguments{words: s.words[1:]}
	finding := ledger.Finding{Code: number.NoteConflict, IndicatorCode: a.next(), UnitCode: a.next()}
	year, err := strconv.Atoi(a.next())
	if err != nil {
		return err
	}
	finding.Year = number.Year(year)
	finding.Used, finding.UsedCitation = a.after("used"), a.after("from")
	finding.Other, finding.OtherCitation = a.after("other"), a.after("from")
	if err := a.end(); err != nil {
		return err
	}
	unit := r.store.Catalogue().At(finding.Year.Reference()).Unit(finding.UnitCode)
	if unit == nil {
		return fmt.Errorf("%s does not exist at the end of %d", finding.UnitCode, finding.Year)
	}
	finding.UnitKey = unit.Key()
	if finding.Release, err = r.store.NextRelease(ctx); err != nil {
		return err
	}
	release := ledger.Release{ID: finding.Release, SourceCode: "script", Published: number.NewDate(2021, 1, 1), Actor: "script"}
	return r.store.Publish(ctx, release, []ledger.Finding{finding}, nil)
}
