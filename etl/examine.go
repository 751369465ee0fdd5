package etl

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/mapping"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Result is the result of reading the files of a source, before anything is published.
type Result struct {
	// Read, Accepted and Rejected count the data rows of the files.
	Read, Accepted, Rejected int
	// Columns counts the columns among what is rejected.
	Columns int
	// Facts counts the figures, Releases their days of publication.
	Facts, Releases int
	// Rejects are the rows and figures that cannot be published, Findings the
	// contradictions among those that can.
	Rejects  []ledger.Reject
	Findings []ledger.Finding

	facts     *facts
	days      map[number.Date]bool // of publication; true where some cell is stated under it first
	findings  []finding
	rejects   []reject
	catalogue *catalogue.Calendar
}

// Tell describes a finding of the result.
func (r *Result) Tell(f *ledger.Finding, language number.Language) string {
	return r.catalogue.TellFinding(f, language)
}

// Examine reads the files of a source as a load does and stops there: it needs no
// warehouse and changes nothing.
func Examine(ctx context.Context, w *workspace.Workspace, source *workspace.Source) (Result, error) {
	result, err := examineSource(ctx, w, source, bounds{})
	return result, errors.Join(err, result.facts.close())
}

// examineSource is Examine for those who look at the facts, too, and close them.
func examineSource(ctx context.Context, w *workspace.Workspace, source *workspace.Source, b bounds) (_ Result, err error) {
	snapshot, err := readFiles(ctx, w, source, shelf{})
	if err != nil {
		return Result{}, err
	}
	defer func() { err = errors.Join(err, snapshot.close()) }()
	catalogue := w.Calendar()
	result, err := examine(ctx, source, catalogue, snapshot.sources(), newFacts(catalogue, b, ""), func(string, int, int) {})
	if err != nil {
		return result, err
	}
	result.Rejects = stored(result.rejects)
	checked, err := checkAll(source.Plan(w.Checks), source.Code, catalogue, result.facts)
	if err != nil {
		return result, err
	}
	for _, f := range checked {
		result.Findings = append(result.Findings, f.Finding)
	}
	result.catalogue = catalogue
	return result, err
}

// examine is the part of a load that is made of nothing but the files and the
// catalogue: parse, map and check. The facts are added to those that are given; they are
// closed where it fails.
func examine(ctx context.Context, source *workspace.Source, catalogue *catalogue.Calendar, files []mapping.File, facts *facts, tell Progress) (_ Result, err error) {
	tell(ledger.StageParse, 0, len(files))
	defer func() {
		if err != nil {
			err = errors.Join(err, facts.close())
		}
	}()
	m := mapping.Mapper{Source: source, Calendar: catalogue, NewPage: facts.newPage, Tell: tell, Rows: facts.bounds.rows, Goroutines: facts.bounds.goroutines}
	mapped, err := m.Map(ctx, files)
	if err != nil {
		return Result{}, err
	}
	result := Result{Read: mapped.Read, facts: facts}
	tell(ledger.StageCheck, 0, facts.sorter.Len())
	findings, wrong, err := checkFacts(facts, &result)
	if err != nil {
		return Result{}, err
	}
	mapped.Rejects = append(mapped.Rejects, wrong...)
	sortRejects(mapped.Rejects)
	result.findings, result.rejects = findings, mapped.Rejects
	for _, f := range findings {
		result.Findings = append(result.Findings, f.Finding)
	}
	result.Columns = countColumns(result.rejects)
	result.Rejected = countRows(result.rejects) + result.Columns
	result.Accepted = result.Read - countRows(result.rejects)
	return result, nil
}

// Rejected reads the files of a source as a load does and returns the rows that would be
// rejected, and those rejects that are of no row: of headers and totals.
func Rejected(ctx context.Context, w *workspace.Workspace, source *workspace.Source) (_ []*mapping.RejectedTable, _ []ledger.Reject, err error) {
	snapshot, err := readFiles(ctx, w, source, shelf{})
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, snapshot.close()) }()
	calendar := w.Calendar()
	result, err := examine(ctx, source, calendar, snapshot.sources(), newFacts(calendar, bounds{}, ""), func(string, int, int) {})
	if err != nil {
		return nil, nil, err
	}
	if err := result.facts.close(); err != nil {
		return nil, nil, err
	}
	return mapping.Rejected(source, snapshot.sources(), result.rejects)
}

// definitions are those of the workspace, apart from them where keys are given out.
func definitions(w *workspace.Workspace) catalogue.Definitions {
	own := w.Definitions
	own.Units = slices.Clone(own.Units)
	return own
}

// sortRejects puts rejects in the order of the files, as a person fixes them.
func sortRejects(rejects []reject) {
	slices.SortStableFunc(rejects, func(a, b reject) int {
		return cmp.Or(
			strings.Compare(a.Place.File, b.Place.File),
			strings.Compare(a.Place.Sheet, b.Place.Sheet),
			a.Place.Line-b.Place.Line,
			strings.Compare(a.Place.Column, b.Place.Column),
			strings.Compare(string(a.Reason), string(b.Reason)),
		)
	})
}
