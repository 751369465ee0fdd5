package etl

import (
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// findConflicts makes a finding of each fact of a cell that is not used and differs from
// the one that is; one that stands beside no used fact is a reject.
func findConflicts(used, conflicting []fact) ([]finding, []reject) {
	if len(conflicting) == 0 {
		return nil, nil
	}
	same := make([]*fact, len(used))
	for i := range used {
		same[i] = &used[i]
	}
	var findings []finding
	var rejects []reject
	for i := range conflicting {
		other := &conflicting[i]
		use := usedBeside(same, other.At.Published)
		switch {
		case use == nil:
			r := newReject(other.Place, shown(other), ConflictWithoutUsed,
				number.Say("no used row gives %s of %s in %d", other.named(), other.unit.Code, other.Year))
			r.published, r.seq = other.At.Published, other.seq
			rejects = append(rejects, r)
		case shown(use) != shown(other):
			findings = append(findings, finding{published: use.At.Published, seq: other.seq, Finding: ledger.Finding{
				Code: number.NoteConflict, Severity: ledger.Warn, Value: shortened(other.text),
				IndicatorCode: other.Indicator, UnitCode: other.unit.Code, UnitKey: other.Unit, Year: other.Year, Breakdown: other.Breakdown,
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
		if f := &used[i]; f.derived && f.Value.Valid && f.Note != "" { // a note that could quote a confidential figure is not kept
			findings = append(findings, finding{published: f.At.Published, seq: f.seq, Finding: ledger.Finding{
				Code: number.NoteDerived, Severity: ledger.Warn, Value: shortened(f.text),
				IndicatorCode: f.Indicator, UnitCode: f.unit.Code, UnitKey: f.Unit, Year: f.Year, Breakdown: f.Breakdown,
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
