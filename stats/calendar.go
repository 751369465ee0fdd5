package stats

import "sync"

// Calendar gives the units of any day of a catalogue, and remembers what it worked out:
// hierarchies are made when a question first asks for their day. It is safe for
// concurrent use.
type Calendar struct {
	*Catalogue

	mu          sync.RWMutex
	hierarchies map[Date]*Hierarchy // by the turn that the day follows
	folded      map[*Hierarchy][]name
	alphabets   map[*Hierarchy][]int
}

// NewCalendar makes the Calendar of a catalogue.
func NewCalendar(catalogue *Catalogue) *Calendar {
	return &Calendar{
		Catalogue: catalogue, hierarchies: map[Date]*Hierarchy{}, folded: map[*Hierarchy][]name{}, alphabets: map[*Hierarchy][]int{},
	}
}

// At gives the hierarchy of a day.
func (c *Calendar) At(day Date) *Hierarchy {
	// Days between two turns share a hierarchy, so that there are no more of them
	// than turns, whatever days are asked for.
	at := c.turn(day)
	return remember(&c.mu, c.hierarchies, at, func() *Hierarchy { return newHierarchy(c, at) })
}

// remember gives what is known under a key, and makes it the first time.
func remember[K comparable, V any](mu *sync.RWMutex, known map[K]V, key K, make func() V) V {
	mu.RLock()
	value, found := known[key]
	mu.RUnlock()
	if found {
		return value
	}
	mu.Lock()
	defer mu.Unlock()
	if value, found = known[key]; !found {
		value = make()
		known[key] = value
	}
	return value
}

// unitNames are those of the units of all levels, from the top level down and by
// code within one; a search finds the kind, too.
func (c *Calendar) unitNames(h *Hierarchy) []name {
	return remember(&c.mu, c.folded, h, func() []name {
		names := make([]name, len(h.units))
		for at, u := range h.units {
			names[at] = named(u.Code, u.name.VI, u.name.EN)
			names[at].parts += "\n" + Fold(u.FullName(Vietnamese)) + "\n" + Fold(u.FullName(English))
		}
		return names
	})
}
