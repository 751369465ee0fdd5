package stats

import "sync"

// State is the catalogue that questions are answered from, with what was worked out
// from it so far: the ways from the units of one day to those of another, the cells
// that are withheld, the years in which territories changed. All questions share it
// until a release or another catalogue takes its place. It is safe for concurrent use.
type State struct {
	*Calendar

	mu            sync.RWMutex
	recasts       map[[2]*Hierarchy]*recast
	withheld      map[withheldKey]*withheld
	withheldCount int
	redraws       func() map[uint32][]Year // see redrawnYears
}

func newState(calendar *Calendar) *State {
	s := &State{Calendar: calendar, recasts: map[[2]*Hierarchy]*recast{}, withheld: map[withheldKey]*withheld{}}
	s.redraws = sync.OnceValue(func() map[uint32][]Year { return s.findRedraws() })
	return s
}

// remembered is the State of the catalogue that a source has at the moment. The
// Services that are made from one another share it.
type remembered struct {
	mu    sync.Mutex
	state *State
}

// of gives the State of a catalogue.
func (r *remembered) of(calendar *Calendar) *State {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.state == nil || r.state.Calendar != calendar {
		r.state = newState(calendar)
	}
	return r.state
}
