package stats

import (
	"context"
)

// Engine makes figures: it reads slices through a source, finds what is withheld from
// the caller, and remembers what it worked out from a catalogue. It is safe for
// concurrent use.
type Engine struct {
	source     Source
	caller     Caller
	remembered *remembered
}

// NewEngine makes an Engine that reads through a source, for a caller without any right.
func NewEngine(source Source) *Engine { return &Engine{source: source, remembered: &remembered{}} }

// As gives the Engine for a caller.
func (e *Engine) As(caller Caller) *Engine {
	return &Engine{source: e.source, caller: caller, remembered: e.remembered}
}

// pinned is a source whose catalogue no longer follows the releases.
type pinned struct {
	Source
	catalogue *Calendar
}

// Catalogue gives the catalogue of the moment of pinning.
func (p pinned) Catalogue() *Calendar { return p.catalogue }

// Catalogue gives the present definitions and holdings.
func (e *Engine) Catalogue() *Calendar { return e.source.Catalogue() }

// state gives the present catalogue with what was worked out from it.
func (e *Engine) state() *State { return e.remembered.of(e.source.Catalogue()) }

// fetchAll gets the slices of several indicators, all at once. What was never
// published needs no asking: its slices are empty.
func (e *Engine) fetchAll(ctx context.Context, c *State, view viewpoint, wants []want) ([]*facts, error) {
	asked := len(wants)
	all := make([]*facts, asked)
	for i, w := range wants {
		all[i] = newFacts(c, view, w)
	}
	if view.byWeight {
		var err error
		if all, wants, err = weighAll(c, view, all, wants); err != nil {
			return nil, err
		}
	}
	nothing := NewSlice(nil)
	read := map[SliceKey]*Slice{}
	var keys []SliceKey
	for i, w := range wants {
		for _, key := range all[i].keys(w) {
			all[i].slices[key] = nothing
			if _, asked := read[key]; !asked && c.Indicator(key.Indicator).hasYear(key.Year, key.View) {
				read[key] = nothing
				keys = append(keys, key)
			}
		}
	}
	if err := e.guard(ctx, c, all, wants); err != nil {
		return nil, err
	}
	if len(keys) == 0 {
		return all[:asked], nil
	}
	got, err := e.source.Slices(ctx, keys)
	if err != nil {
		return nil, err
	}
	for i, key := range keys {
		read[key] = got[i]
	}
	for _, f := range all {
		for key := range f.slices {
			if slice := read[key]; slice != nil {
				f.slices[key] = slice
			}
		}
	}
	return all[:asked], nil
}
