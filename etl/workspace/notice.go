package workspace

import (
	"slices"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Notice says who is told how loads ended.
type Notice struct {
	// Delivery has the code, the language and the places; it has no unit and no schedule.
	Delivery
	// Outcomes are those that are told.
	Outcomes []ledger.Outcome
	// Sources are the codes of the sources whose loads are told; none for all.
	Sources []string
}

// Tells reports whether a notice tells of a run.
func (n *Notice) Tells(run *ledger.Run) bool {
	return slices.Contains(n.Outcomes, run.Outcome) && (len(n.Sources) == 0 || slices.Contains(n.Sources, run.Source))
}

// readNotices reads the list of notices. Its sources must be known by then.
func readNotices(r *reader, n node, deliveries []*Delivery) []*Notice {
	known := newNames("notice")
	for _, d := range deliveries { // both are recorded in one journal
		known.declare(&r.faults, d.Code, n.at)
	}
	var notices []*Notice
	for _, item := range n.list() {
		m := item.mapping("code", "outcomes", "sources", "language", "to")
		code := m.need("code")
		notice := &Notice{
			Delivery: Delivery{Code: code.code(), Language: number.Language(constant(m.get("language").choice("vi", "en")))},
			Sources:  r.sources.readList(m.get("sources")),
		}
		known.declare(&r.faults, notice.Code, code.at)
		for _, outcome := range m.get("outcomes").list() {
			notice.Outcomes = append(notice.Outcomes, ledger.Outcome(outcome.choice(
				string(ledger.Failed), string(ledger.Refused), string(ledger.Waiting), string(ledger.Published), string(ledger.Unchanged))))
		}
		if len(notice.Outcomes) == 0 {
			notice.Outcomes = []ledger.Outcome{ledger.Failed, ledger.Refused, ledger.Waiting}
		}
		notice.readPlaces(m.need("to"))
		notices = append(notices, notice)
	}
	return notices
}
