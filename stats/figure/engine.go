package figure

import (
	"context"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Engine makes figures: it reads slices through a source, finds what is withheld from the
// caller, and caches what it derives from a catalogue. It is safe for concurrent use.
type Engine struct {
	Source     Source
	caller     Caller
	remembered *remembered
}

// NewEngine makes an Engine that reads through a source, for a caller without any right.
func NewEngine(source Source) *Engine { return &Engine{Source: source, remembered: &remembered{}} }

// As returns the Engine for a caller.
func (e *Engine) As(caller Caller) *Engine {
	return &Engine{Source: e.Source, caller: caller, remembered: e.remembered}
}

// Caller returns whom the Engine answers.
func (e *Engine) Caller() Caller { return e.caller }

// pinned is a source whose catalogue no longer follows the releases.
type pinned struct {
	Source
	catalogue *catalogue.Calendar
}

// Catalogue returns the catalogue of the moment of pinning.
func (p pinned) Catalogue() *catalogue.Calendar { return p.catalogue }

// Catalogue returns the present definitions and holdings.
func (e *Engine) Catalogue() *catalogue.Calendar { return e.Source.Catalogue() }

// State returns the present catalogue with what was derived from it.
func (e *Engine) State() *State { return e.remembered.of(e.Source.Catalogue()) }

// FetchAll reads the slices of several requests, all at once. What was never published is
// not read: its slices are empty.
func (e *Engine) FetchAll(ctx context.Context, c *State, view Viewpoint, wants []Request) ([]*Facts, error) {
	asked := len(wants)
	all := make([]*Facts, asked)
	for i, w := range wants {
		all[i] = newFacts(c, view, w)
	}
	all, wants = partFacts(c, view, all, wants)
	if view.ByWeight {
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
			if _, asked := read[key]; !asked && (c.Indicator(key.Indicator).HasYear(key.Year, key.View) || key.isStated()) {
				read[key] = nothing
				keys = append(keys, key)
			}
		}
	}
	if err := guard(ctx, e, c, all, wants); err != nil {
		return nil, err
	}
	if len(keys) == 0 {
		return all[:asked], nil
	}
	got, err := e.Source.Slices(ctx, keys)
	if err != nil {
		return nil, err
	}
	for i, key := range keys {
		read[key] = got[i]
	}
	for i, f := range all {
		for key := range f.slices {
			if slice := read[key]; slice != nil {
				f.slices[key] = slice
			}
		}
		if f.Indicator.IsRegister() {
			findGaps(f, wants[i].Years)
		}
	}
	return all[:asked], nil
}

// Guards reports whether small numbers of an indicator are withheld from the caller.
func (e *Engine) Guards(i *catalogue.Indicator) bool {
	return i != nil && i.IsConfidential() && !e.caller.Confidential
}

// guardsAny reports whether small numbers of any indicator are withheld from the caller.
func (e *Engine) guardsAny(c *catalogue.Catalogue) bool {
	return slices.ContainsFunc(c.Indicators, e.Guards)
}

// Gather returns an Engine for one operation that asks so many questions at once, and the
// Gathering in which each of them must be entered. The Engine is pinned to the present
// catalogue, so that a release published in between does not put two states of the
// figures into one answer.
func (e *Engine) Gather(questions int) (*Engine, *Gathering) {
	state := e.State()
	g := &Gathering{
		Source:    pinned{Source: e.Source, catalogue: state.Calendar},
		announced: questions, running: questions, known: map[SliceKey]*Slice{},
	}
	return &Engine{Source: g, caller: e.caller, remembered: &remembered{state: state}}, g
}

// Caller is who asks, as far as answers depend on it.
type Caller struct {
	// Confidential reports whether the caller may see the numbers that are withheld from
	// others because they are small.
	Confidential bool
}

// RedactFinding takes the values out of a finding about a confidential indicator: one of
// them belongs to no cell, so that suppression cannot decide about it.
func (e *Engine) RedactFinding(f *ledger.Finding) *ledger.Finding {
	if !e.Guards(e.Catalogue().Indicator(f.IndicatorCode)) {
		return f
	}
	own := *f
	own.Used, own.Other, own.Derivation = string(number.Suppressed), string(number.Suppressed), ""
	own.Value, own.Measured = "", ""
	return &own
}
