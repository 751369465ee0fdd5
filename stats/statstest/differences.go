package statstest

import (
	"cmp"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
)

// states returns the current observation of each cell in a view, from what the
// releases said and what was withdrawn, without a look at the postings.
func states(b *book, view ledger.View) map[ledger.CellKey]*ledger.Observation {
	bound := ledger.Position{Published: view.Published, Release: view.Release}
	sees := func(loaded ledger.ReleaseID, at ledger.Position) bool {
		return loaded <= view.Head && (bound == ledger.Position{} || !bound.Before(at))
	}
	var book ledger.Ledger
	for _, w := range b.catalogue.Ledger() {
		if sees(w.At.Release, w.At) {
			book = append(book, w)
		}
	}
	cells := map[ledger.CellKey][]ledger.Observation{}
	for _, o := range b.observations {
		if sees(o.At.Release, o.From()) {
			cells[o.CellKey] = append(cells[o.CellKey], o)
		}
	}
	current := map[ledger.CellKey]*ledger.Observation{}
	for key, history := range cells {
		slices.SortFunc(history, func(a, b ledger.Observation) int {
			return cmp.Or(cmp.Compare(a.At.Published, b.At.Published), cmp.Compare(a.At.Release, b.At.Release))
		})
		if o := book.Latest(history); o != nil {
			current[key] = o
		}
	}
	return current
}

func differences(b *book, then, now ledger.View, indicator string, added bool) []catalogue.CellChange {
	was, is := states(b, then), states(b, now)
	var keys []ledger.CellKey
	for key, o := range was {
		if c := is[key]; c == nil || !c.SameFigure(o) {
			keys = append(keys, key)
		}
	}
	for key := range is {
		if added && was[key] == nil {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b ledger.CellKey) int {
		return cmp.Or(cmp.Compare(a.Indicator, b.Indicator), cmp.Compare(a.Year, b.Year), cmp.Compare(a.Unit, b.Unit))
	})
	var changes []catalogue.CellChange
	for _, key := range keys {
		if indicator == "" || key.Indicator == indicator {
			change := catalogue.NewCellChange(b.catalogue, was[key], is[key])
			change.Release = changedBy(b, key, then, now)
			changes = append(changes, change)
		}
	}
	return changes
}

// changedBy returns the last release that posted to a cell what one view sees and
// an earlier one does not.
func changedBy(b *book, key ledger.CellKey, then, now ledger.View) *ledger.Release {
	var by *ledger.Release
	for _, p := range b.postings {
		for _, r := range b.catalogue.Releases {
			if p.CellKey == key && r.ID == p.Loaded && visible(p, now) && !visible(p, then) && (by == nil || by.ID < r.ID) {
				by = r
			}
		}
	}
	return by
}
