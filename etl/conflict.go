package etl

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/mapping"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// reject is what is wrong with a row or a figure.
type reject = mapping.Reject

// placedReject is a reject of a fact and the place of that in the order in which they were read.
type placedReject struct {
	reject
	seq uint64
}

// named writes an indicator and its breakdown: population[sex=female].
func named(indicator, breakdown string) string {
	if breakdown == "" {
		return indicator
	}
	return indicator + "[" + breakdown + "]"
}

// finding is a finding and the day of the publication that it stands beside.
type finding struct {
	ledger.Finding
	published number.Date
	seq       uint64 // of the fact that it is about
}

// isOfRow reports whether it says again what a row says, at each load of its file.
func (f *finding) isOfRow() bool {
	return f.Code == number.NoteConflict || f.Code == number.NoteDerived
}

// checkFacts checks the facts of each cell together, and counts. What is wrong is a reject
// with a reason.
func checkFacts(facts *facts, result *Result) (findings []finding, rejects []reject, err error) {
	var derived []finding
	var wrong, lonely []placedReject
	days := map[number.Date]bool{}
	check := func(cell []fact) int {
		used, conflicting, duplicates := splitFacts(cell)
		found, alone := findConflicts(used, conflicting)
		findings, derived = append(findings, found...), append(derived, findDerived(used)...)
		wrong, lonely = append(wrong, duplicates...), append(lonely, alone...)
		for i := range used {
			published := used[i].At.Published
			days[published] = days[published] || i == 0 // they come by day
		}
		result.Facts += len(used)
		return len(used)
	}
	err = facts.doubtful(check, func(published number.Date) {
		days[published] = true
		result.Facts++
	})
	for _, all := range [][]finding{findings, derived} {
		slices.SortStableFunc(all, func(a, b finding) int { return cmp.Compare(a.seq, b.seq) })
	}
	for _, all := range [][]placedReject{wrong, lonely} {
		slices.SortStableFunc(all, func(a, b placedReject) int { return cmp.Compare(a.seq, b.seq) })
		for _, r := range all {
			rejects = append(rejects, r.reject)
		}
	}
	result.Releases, result.days = len(days), days
	return append(findings, derived...), rejects, err
}

// splitFacts parts the facts of a cell that are published from those that only contradict
// them. The same cell several times in one publication is a reject for each row.
func splitFacts(cell []fact) (used, conflicting []fact, rejects []placedReject) {
	alone := func(i int) bool { // facts come by day of publication
		return !cell[i].Conflicting && (i == 0 || cell[i-1].At.Published != cell[i].At.Published)
	}
	first := 0
	for first < len(cell) && alone(first) {
		first++
	}
	if first == len(cell) {
		return cell, nil, nil // nearly all
	}
	rows := map[number.Date][]*fact{}
	for i := range cell {
		if f := &cell[i]; !f.Conflicting {
			rows[f.At.Published] = append(rows[f.At.Published], f)
		}
	}
	for i := range cell {
		f := &cell[i]
		same := rows[f.At.Published]
		switch {
		case f.Conflicting:
			conflicting = append(conflicting, *f)
		case len(same) > 1:
			rejects = append(rejects, duplicate(f, same))
		default:
			used = append(used, *f)
		}
	}
	return used, conflicting, rejects
}

func duplicate(f *fact, same []*fact) placedReject {
	var others []string
	for _, other := range same {
		if other != f {
			others = append(others, fmt.Sprintf("%s:%d", other.Place.File, other.Place.Line))
		}
	}
	r := mapping.NewReject(f.Place, shown(f), DuplicateKey, number.Say("%s of %s in %d, published %s, stands also at %s",
		named(f.Indicator, f.Breakdown), f.unitCode, f.Year, f.At.Published, strings.Join(others, ", ")))
	r.Published = f.At.Published
	return placedReject{r, f.seq}
}

// findConflicts makes a finding of each fact of a cell that is not used and differs from
// the one that is; one that stands beside no used fact is a reject.
func findConflicts(used, conflicting []fact) ([]finding, []placedReject) {
	if len(conflicting) == 0 {
		return nil, nil
	}
	same := make([]*fact, len(used))
	for i := range used {
		same[i] = &used[i]
	}
	var findings []finding
	var rejects []placedReject
	for i := range conflicting {
		other := &conflicting[i]
		use := usedBeside(same, other.At.Published)
		switch {
		case use == nil:
			r := mapping.NewReject(other.Place, shown(other), ConflictWithoutUsed,
				number.Say("no used row gives %s of %s in %d", named(other.Indicator, other.Breakdown), other.unitCode, other.Year))
			r.Published = other.At.Published
			rejects = append(rejects, placedReject{r, other.seq})
		case shown(use) != shown(other):
			findings = append(findings, finding{published: use.At.Published, seq: other.seq, Finding: ledger.Finding{
				Code: number.NoteConflict, Severity: ledger.Warn, Value: mapping.Shortened(other.Text),
				IndicatorCode: other.Indicator, UnitCode: other.unitCode, UnitKey: other.Unit, Year: other.Year, Breakdown: other.Breakdown,
				Used: shown(use), Other: shown(other),
				UsedCitation: use.Citation, OtherCitation: other.Citation,
				Place: other.Place,
			}})
		}
	}
	return findings, rejects
}

// findDerived makes a finding of each fact that its source derived.
func findDerived(used []fact) []finding {
	var findings []finding
	for i := range used {
		if f := &used[i]; f.Derived && f.Value.Valid && f.Note != "" { // a note that could quote a confidential figure is not kept
			findings = append(findings, finding{published: f.At.Published, seq: f.seq, Finding: ledger.Finding{
				Code: number.NoteDerived, Severity: ledger.Warn, Value: mapping.Shortened(f.Text),
				IndicatorCode: f.Indicator, UnitCode: f.unitCode, UnitKey: f.Unit, Year: f.Year, Breakdown: f.Breakdown,
				Used: shown(f), UsedCitation: f.Citation, Derivation: f.Note,
				Place: f.Place,
			}})
		}
	}
	return findings
}

// usedBeside chooses the used fact that a conflicting one contradicts: the last
// that was published when it was, or else the first.
func usedBeside(used []*fact, published number.Date) *fact {
	var chosen *fact
	for _, f := range used {
		switch {
		case chosen == nil,
			f.At.Published <= published && (chosen.At.Published > published || f.At.Published > chosen.At.Published),
			chosen.At.Published > published && f.At.Published < chosen.At.Published:
			chosen = f
		}
	}
	return chosen
}

// shown writes a figure as a reader would.
func shown(o *fact) string { return o.kind.Written(&o.Observation) }
