package etl

import (
	"context"
	"slices"

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

	facts     []fact
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
	own := definitions(w)
	own.AssignKeys(nil)
	snapshot, err := readFiles(ctx, w, source)
	if err != nil {
		return Result{}, err
	}
	catalogue := catalogue.NewCalendar(catalogue.NewCatalogue(own, ledger.Holdings{}))
	result, err := examine(source, catalogue, snapshot.files, func(string, int, int) {})
	for _, f := range validate(source.Plan(w.Checks), source.Code, catalogue, observed(result.facts), nil, result.facts) {
		result.Findings = append(result.Findings, f.Finding)
	}
	result.catalogue = catalogue
	return result, err
}

// examine is the part of a load that is made of nothing but the files and the
// catalogue: parse, map and check.
func examine(source *workspace.Source, catalogue *catalogue.Calendar, files []file, progress Progress) (Result, error) {
	progress(ledger.StageParse, 0, len(files))
	tables, rejects, err := parse(source, files)
	if err != nil {
		return Result{}, err
	}
	var result Result
	for _, r := range rejects {
		if !r.ofColumn {
			result.Read++ // a row that is none is in no table
		}
	}
	for _, t := range tables {
		result.Read += len(t.Rows)
	}
	progress(ledger.StageMap, 0, result.Read)
	entries, unmapped := mapTables(source, catalogue, tables)
	progress(ledger.StageCheck, 0, len(entries))
	facts, findings, wrong := checkEntries(source, entries)
	result.facts, result.findings = facts, findings
	result.rejects = slices.Concat(rejects, unmapped, wrong)
	sortRejects(result.rejects)
	for _, r := range result.rejects {
		result.Rejects = append(result.Rejects, r.Reject)
	}
	for _, f := range findings {
		result.Findings = append(result.Findings, f.Finding)
	}
	days := map[number.Date]bool{}
	for i := range facts {
		days[facts[i].At.Published] = true
	}
	result.Facts, result.Releases = len(facts), len(days)
	result.Columns = countColumns(result.rejects)
	result.Rejected = countRows(result.rejects) + result.Columns
	result.Accepted = result.Read - countRows(result.rejects)
	return result, nil
}

// definitions are those of the workspace, apart from them where keys are given out.
func definitions(w *workspace.Workspace) catalogue.Definitions {
	own := w.Definitions
	own.Units = slices.Clone(own.Units)
	return own
}
