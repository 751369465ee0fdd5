package figure

import (
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
)

// visibleStates lists what could be seen of some observations at any time: what counts as of
// each publication, after all that is known, and what counted when each release was the
// last one; also what counted as of each publication before slips were mended. Those that
// are the same are listed once.
func visibleStates(c *catalogue.Catalogue, history []ledger.Observation) [][]ledger.Observation {
	touched := map[ledger.ReleaseID]bool{}
	for _, o := range history {
		touched[o.At.Release] = true
	}
	var mending []ledger.ReleaseID // the last releases before slips were mended
	for _, r := range c.Releases {
		if touched[r.ID] && r.MendsSlips() {
			mending = append(mending, r.ID-1)
		}
	}
	var views []ledger.View
	for _, r := range c.Releases {
		if touched[r.ID] || touched[r.Withdraws] || touched[r.Restores] {
			views = append(views, ledger.View{Head: c.Head, Published: r.Published, Release: r.ID}, ledger.View{Head: r.ID})
			for _, before := range mending {
				views = append(views, ledger.View{Head: before, Published: r.Published, Release: r.ID})
			}
		}
	}
	var states [][]ledger.Observation
	for _, view := range views {
		state := c.CurrentIn(view, history)
		if !slices.ContainsFunc(states, func(other []ledger.Observation) bool {
			return slices.EqualFunc(state, other, func(a, b ledger.Observation) bool { return a.CellKey == b.CellKey && a.At == b.At })
		}) {
			states = append(states, state)
		}
	}
	return states
}
