package stats

import "slices"

// states lists what could be seen of some observations at any time: what counts as of
// each publication, after all that is known, and what counted when each release was the
// last one. Those that are the same are listed once.
func (c *Catalogue) states(history []Observation) [][]Observation {
	touched := map[ReleaseID]bool{}
	for _, o := range history {
		touched[o.At.Release] = true
	}
	var views []View
	for _, r := range c.Releases {
		if touched[r.ID] || touched[r.Withdraws] || touched[r.Restores] {
			views = append(views, View{Head: c.Head, Published: r.Published, Release: r.ID}, View{Head: r.ID})
		}
	}
	var states [][]Observation
	for _, view := range views {
		state := c.current(view, history)
		if !slices.ContainsFunc(states, func(other []Observation) bool {
			return slices.EqualFunc(state, other, func(a, b Observation) bool { return a.CellKey == b.CellKey && a.At == b.At })
		}) {
			states = append(states, state)
		}
	}
	return states
}

// current keeps the observation of each cell that is current in a view, in the order
// of the history.
func (c *Catalogue) current(view View, history []Observation) []Observation {
	last := map[CellKey]Position{}
	seen := c.seen(view, slices.Clone(history))
	for _, o := range seen {
		if at, known := last[o.CellKey]; !known || at.Before(o.At) {
			last[o.CellKey] = o.At
		}
	}
	return slices.DeleteFunc(seen, func(o Observation) bool { return last[o.CellKey] != o.At })
}
