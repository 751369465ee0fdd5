package ledger

// Effect is what an observation of a draft does to its cell.
type Effect struct {
	// Old is what was current where the observation begins to count, nil when nothing was;
	// New is the observation.
	Old *Observation
	New Observation
	// Behind reports whether a later publication of the cell stays current there, so that the
	// observation is recorded and no figure changes.
	Behind bool
}

// Effects lists what each observation of drafts does, in their order: a later draft is held
// against those before it. The history is all that is visible of their cells.
func (l Ledger) Effects(drafts []*Draft, history []Observation) []Effect {
	cells := map[CellKey][]Observation{}
	for _, o := range history {
		cells[o.CellKey] = append(cells[o.CellKey], o)
	}
	var effects []Effect
	for _, d := range drafts {
		for i := range d.Observations {
			o := d.Observations[i]
			before := cells[o.CellKey]
			after := insert(before, o)
			cells[o.CellKey] = after
			e := Effect{New: o}
			if now := l.Current(after, o.From()); now != nil && now.At == o.At {
				e.Old = l.Current(before, o.From())
			} else {
				e.Behind, e.Old = true, l.Current(before, o.At)
			}
			effects = append(effects, e)
		}
	}
	return effects
}
