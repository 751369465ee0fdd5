package catalogue

import (
	"github.com/niengiam/niengiam/stats/number"
)

// Level is a tier of units: province, district, commune, school. The levels of
// a workspace are ordered from the top down.
type Level struct {
	// Code names the level: "district".
	Code string `json:"code"`
	// Noun is the level's common noun: huyện, district, districts.
	Noun Noun `json:"noun"`
	// Kinds are the kinds of unit that the level has.
	Kinds []*Kind `json:"kinds"`

	index int
}

// Kind is a kind of unit within a level: xã, phường and thị trấn are kinds of commune.
type Kind struct {
	// Code names the kind: "xa".
	Code string `json:"code"`
	// Names is the kind as it stands in official names: Xã, Commune.
	Names number.Text `json:"name"`
	// Aggregate is true where units of the kind are published totals that are part of
	// nothing, such as OECD beside countries: see Hierarchy.
	Aggregate bool `json:"aggregate,omitempty"`
	// Abbreviation is what tables write of it before a name: TP., TX.; empty where they write nothing.
	Abbreviation number.Text `json:"short,omitzero"`
	// Bare is true where full names leave the kind out: Viet Nam, not Viet Nam Country.
	Bare bool `json:"bare,omitempty"`
}

// Index is the level's place from the top, 0 first.
func (l *Level) Index() int { return l.index }

// Name is the level's common noun.
func (l *Level) Name(language number.Language) string { return l.Noun.One(language) }

// Name is the kind as it stands in official names.
func (k *Kind) Name(language number.Language) string { return k.Names.In(language) }

// Short is what tables write of the kind beside a name.
func (k *Kind) Short(language number.Language) string { return k.Abbreviation.In(language) }

func (l *Level) kind(code string) *Kind {
	if kind := l.Has(code); kind != nil {
		return kind
	}
	return &Kind{Code: code, Names: number.Same(code)}
}

// Has returns the kind of a code, nil when the level has none.
func (l *Level) Has(code string) *Kind {
	for _, kind := range l.Kinds {
		if kind.Code == code {
			return kind
		}
	}
	return nil
}
