package catalogue

import (
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// Opening says how a version of a unit began.
type Opening string

// The openings.
const (
	Baseline Opening = "baseline" // existed before the list begins
	Created  Opening = "created"  // a new unit
	Changed  Opening = "changed"  // the same unit under another name, kind or parent
	Replaced Opening = "replaced" // the code was used again for another territory: another unit
)

// UnitVersion is a period of a unit's life in which its kind, name and parent stay the
// same. Key, Code and Level are those of the unit.
type UnitVersion struct {
	// Key numbers the unit (not the version) in the warehouse, from 1; 0 until assigned.
	Key uint32 `json:"key"`
	// Code is the official code. The same code can belong to several units at different times.
	Code string `json:"code"`
	// Level is the code of the unit's level; it never changes in a unit's life.
	Level string `json:"level"`
	// Kind is the code of the kind.
	Kind string `json:"kind"`
	// Parent is the code of the unit above, valid in the same time; "" at the top.
	Parent string `json:"parent,omitempty"`
	// Names is the proper name without its kind: Chợ Mới.
	Names number.Text `json:"name"`
	// Validity is the period.
	Validity number.Validity `json:"validity"`
	// Opening says how it began.
	Opening Opening `json:"opening"`
}

// UnitIdentity distinguishes a unit from those that had the same code before it.
type UnitIdentity struct {
	// Code is the official code.
	Code string
	// Generation counts the units that had the code before: 0 for the first.
	Generation int
}

// Unit is a unit as it was on one day: the day that a question's year or basis gives.
type Unit struct {
	// Code is the official code.
	Code string
	// Validity is the life of the unit itself, over all its names, kinds and parents.
	Validity number.Validity
	// Kind is the kind it had on that day.
	Kind *Kind
	// Level is the tier it belongs to.
	Level *Level

	history history      // nil for what stands in place of a unit
	version *UnitVersion // the stretch of its life
	day     number.Date  // the first on which all units are as on that day

	key      uint32
	Place    int // index in Hierarchy.Units
	name     number.Text
	parent   *Unit
	children []*Unit
}

// NewGroup makes a unit that stands for several units of a level taken together.
func NewGroup(code string, names number.Text, level *Level, parent *Unit) *Unit {
	return &Unit{Code: code, Level: level, Kind: &Kind{Code: code}, name: names, parent: parent}
}

// Key numbers the unit in the warehouse.
func (u *Unit) Key() uint32 { return u.key }

// SameVersion reports whether a unit of another day has the same code, names, kind and
// parent since the same day.
func (u *Unit) SameVersion(other *Unit) bool { return u.version == other.version }

// Parent is the unit above it on that day, nil at the top.
func (u *Unit) Parent() *Unit { return u.parent }

// Children are the units below it on that day, by code.
func (u *Unit) Children() []*Unit { return u.children }

// Name is the proper name: Chợ Mới.
func (u *Unit) Name(language number.Language) string { return u.name.In(language) }

// Label is the name as tables, charts and sentences write it, with the short form of its
// kind where that has one: Chợ Mới, TP. Hồ Chí Minh.
func (u *Unit) Label(language number.Language) string {
	return u.with(u.Kind.Abbreviation, language)
}

// FullName is the name with its kind: Huyện Chợ Mới, Chợ Mới District; Việt Nam, where the kind is bare.
func (u *Unit) FullName(language number.Language) string {
	if u.Kind.Bare {
		return u.Name(language)
	}
	return u.with(u.Kind.Names, language)
}

// with writes the name and the word of its kind in the order of the language that the word
// is in.
func (u *Unit) with(kind number.Text, language number.Language) string {
	name, word := u.name.In(language), kind.In(language)
	if kind.Lacks(language) {
		language = language.Other()
	}
	return strings.TrimSpace(language.Of(word+" "+name, name+" "+word))
}

// ValidFrom is the first day of its life, nil when that is not known.
func (u *Unit) ValidFrom() *number.Date { return u.Validity.From.OrNil() }

// ValidTo is the day after the last of its life, nil while it lives.
func (u *Unit) ValidTo() *number.Date { return u.Validity.To.OrNil() }

// Within reports whether u is other or lies below it.
func (u *Unit) Within(other *Unit) bool {
	for at := u; at != nil; at = at.parent {
		if at.key == other.key {
			return true
		}
	}
	return false
}

// UnitChange says what happened to a unit.
type UnitChange string

// The changes.
const (
	Renamed   UnitChange = "RENAMED"   // another name
	Retyped   UnitChange = "RETYPED"   // another kind
	Moved     UnitChange = "MOVED"     // another unit above it
	Recoded   UnitChange = "RECODED"   // another code for the same land
	Merged    UnitChange = "MERGED"    // became one with others
	Split     UnitChange = "SPLIT"     // went to several
	Restored  UnitChange = "RESTORED"  // is there again after it had been a part of another
	Abolished UnitChange = "ABOLISHED" // ended; the catalogue does not say what became of it
)

// Succession is a step in which a unit came from another, or became another.
type Succession struct {
	// Unit is the other unit: a predecessor as it was on the day before, a successor
	// as it was on the day; nil for a unit that was abolished.
	Unit *Unit
	// Date is the day from which the new state holds.
	Date number.Date
	// Changes say what happened.
	Changes []UnitChange
	// Share is the part of the predecessor that is carried into the successor, 0 to 1;
	// none where it is not known, or follows an indicator.
	Share number.Value
	// Weights is the indicator that the share follows; nil when none.
	Weights *Weights
}

// Reason says why there is no share; nil when there is one.
func (s *Succession) Reason() *number.Reason { return s.Share.Reason() }

// history knows the steps of units over time; a Calendar does.
type history interface {
	predecessors(u *Unit) []*Succession
	successors(u *Unit) []*Succession
}

// Predecessors are the steps by which the unit came to be as it is on the day: from
// its own earlier states and from other units, by day and code.
func (u *Unit) Predecessors() []*Succession {
	if u.history == nil {
		return []*Succession{}
	}
	return u.history.predecessors(u)
}

// Successors are the steps that the unit takes after the day: its own later states
// and the units that it became, by day and code.
func (u *Unit) Successors() []*Succession {
	if u.history == nil {
		return []*Succession{}
	}
	return u.history.successors(u)
}
