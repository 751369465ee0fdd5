package query

import "github.com/niengiam/niengiam/stats/list"

// pageOf gives the part of a list of rows that a question asks for; without first it holds
// all rows that follow. The rest of the question is then about the data of the page before.
func pageOf(r *Resolver, name string, first *int, after *string) list.Part {
	p := list.Page{First: 1, After: after}
	if first != nil {
		p.First = *first
	}
	at, err := p.Bounds(name)
	switch {
	case err != nil:
		r.faults = append(r.faults, err)
	case at.Next && at.Head() > r.Head:
		r.faults = append(r.faults, list.Stale())
	case at.Next:
		head := at.Head()
		r.pinned = &head
	}
	if first == nil {
		at.Limit = maxUnits
	}
	return at
}
