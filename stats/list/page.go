package list

import "github.com/niengiam/niengiam/stats/ledger"

// most is how many entries a page has at most; a larger first is refused.
const most = 1000

// PageInfo says whether a list goes on and from where.
type PageInfo struct {
	// HasNextPage reports whether more follows.
	HasNextPage bool
	// EndCursor is what to pass as after for what follows; nil on an empty page.
	EndCursor *string
}

// Connection is one page of a list.
type Connection[T any] struct {
	// Nodes are the entries of the page.
	Nodes []T
	// TotalCount is the number of entries of the whole list.
	TotalCount int
	// PageInfo says whether the list goes on.
	PageInfo *PageInfo
}

// Paged reads the same page of each of some lists, which have a name each, all in one go:
// read is told which of the lists to read, by their places. What is wrong with the cursor of
// one list is its own error alone.
func Paged[T any](lists []string, p Page, read func(which []int, offset, limit int) ([]ledger.Excerpt[T], error)) ([]*Connection[T], []error) {
	pages, errs := make([]*Connection[T], len(lists)), make([]error, len(lists))
	places := make([]Part, len(lists))
	var which []int
	for i, list := range lists {
		if places[i], errs[i] = p.Bounds(list); errs[i] == nil {
			which = append(which, i)
		}
	}
	if len(which) == 0 {
		return pages, errs
	}
	at := places[which[0]] // of all of them: they were asked with one cursor
	parts, err := read(which, at.Offset, at.Limit)
	for i, of := range which {
		if errs[of] = err; err == nil {
			pages[of], errs[of] = Connect(parts[i].Entries, places[of], parts[i].Total)
		}
	}
	return pages, errs
}

// Pointers returns the addresses of the values of a list.
func Pointers[T any](values []T) []*T {
	all := make([]*T, len(values))
	for i := range values {
		all[i] = &values[i]
	}
	return all
}
