package ledger

import "slices"

// Withdrawing withdraws or restores a release one cell after another, so that nobody needs to
// have all its cells at once.
type Withdrawing struct {
	ledger  Ledger
	release *Release
}

// Withdrawing begins a release that withdraws or restores another one: it says which, since
// when and why, and counts the cells.
func (l Ledger) Withdrawing(release *Release) *Withdrawing { return &Withdrawing{l, release} }

// Cell returns what the release means for a cell, of which the history is all that is visible:
// nothing where the other release says nothing of it.
func (w *Withdrawing) Cell(history []Observation) []Posting {
	entered := Withdrawal{Of: max(w.release.Withdraws, w.release.Restores), Restores: w.release.Restores != 0, At: w.release.At()}
	if !slices.ContainsFunc(history, func(o Observation) bool { return o.At.Release == entered.Of }) {
		return nil
	}
	postings := w.ledger.withdraw(history, entered)
	w.release.count(postings)
	return postings
}
