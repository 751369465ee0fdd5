package mapping

import (
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/stats/catalogue"
)

// index finds the units of one level and day by name, folded as places. kinds are the words
// for the level's kinds, and what is written for them in short.
type index struct {
	units            []*catalogue.Unit
	byName, unmarked map[string][]*catalogue.Unit
	kinds            []kindWord
}

type kindWord struct{ code, folded string }

// lookup finds the units that have a folded name, or have it behind the word of their kind.
// The word is of use only where several units share the name: the town Cai Lậy and the
// district Cai Lậy.
func (x *index) lookup(folded string, within *catalogue.Unit, names map[string][]*catalogue.Unit) []*catalogue.Unit {
	found := among(names[folded], within, "")
	for _, kind := range x.kinds {
		rest, ok := name.CutPrefix(folded, kind.folded)
		if !ok {
			continue
		}
		named := among(names[rest], within, "")
		if len(named) > 1 {
			if ofKind := among(named, within, kind.code); len(ofKind) > 0 {
				named = ofKind
			}
		}
		found = merge(found, named...)
	}
	return found
}

// isEnglishKind reports whether words are those that English has for kinds of units.
func isEnglishKind(words string) bool {
	known := []string{"city", "province", "town", "township", "urban", "district", "ward", "commune"}
	return !slices.ContainsFunc(strings.Fields(words), func(word string) bool { return !slices.Contains(known, word) })
}

// among keeps the units that lie within one and are of a kind; nil and "" keep all.
func among(units []*catalogue.Unit, within *catalogue.Unit, kind string) []*catalogue.Unit {
	var kept []*catalogue.Unit
	for _, unit := range units {
		if (within == nil || unit.Within(within)) && (kind == "" || unit.Kind.Code == kind) {
			kept = append(kept, unit)
		}
	}
	return kept
}

// merge adds the units that are not there yet.
func merge(units []*catalogue.Unit, more ...*catalogue.Unit) []*catalogue.Unit {
	for _, unit := range more {
		if !slices.ContainsFunc(units, func(other *catalogue.Unit) bool { return other.Key() == unit.Key() }) {
			units = append(units, unit)
		}
	}
	return units
}
