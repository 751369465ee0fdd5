package stats

// frame is the units that the figures of a year are given for: those of the year's
// last day or, on a basis, those of its day, into which the year's are carried.
type frame struct {
	*Hierarchy
	recast *recast // nil where these are the year's own units
}

// frame gives the units for figures of a day, on a basis; an open basis is none.
func (c *State) frame(basis, day Date) frame {
	if basis.IsOpen() {
		return frame{Hierarchy: c.At(day)}
	}
	return frame{c.At(basis), c.recastOf(day, basis)}
}

// at gives the units for figures of a year.
func (f *facts) at(year Year) frame {
	if h, settled := f.frames[year]; settled {
		return h
	}
	return f.catalogue.frame(f.view.basis, year.Reference())
}

// settle finds the units of the years that an answer needs.
func (f *facts) settle(years []Year) {
	f.frames = make(map[Year]frame, len(years))
	for _, year := range years {
		f.frames[year] = f.catalogue.frame(f.view.basis, year.Reference())
	}
}

// on gives the units that a question is about in a year.
func (q *Question) on(c *State, year Year) frame { return c.frame(q.view.basis, year.Reference()) }

// Eligible counts the units within u that are expected to have a value: on a basis
// those of the year that came to lie in it. A unit that nothing was carried into
// counts by what it is itself, so that it shows as one without a figure.
func (f frame) Eligible(indicator *Indicator, u *Unit) int {
	if f.recast == nil {
		return f.Hierarchy.Eligible(indicator, u)
	}
	c := f.recast.carry(u.Level, indicator.Level())
	if len(c.pieces[u.Key()]) == 0 {
		return f.Hierarchy.Eligible(indicator, u)
	}
	return c.eligible(f.recast.from, indicator, u)
}
