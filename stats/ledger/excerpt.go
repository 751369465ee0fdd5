package ledger

// Excerpt is a part of a list, with the length of the whole list. Lists of the same kind
// are read together, so that a list of objects with a list each costs as much as one.
type Excerpt[T any] struct {
	// Entries are the entries of the part.
	Entries []T
	// Total is the number of entries of the whole list.
	Total int
}
