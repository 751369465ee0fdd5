package stats

import (
	"slices"
	"strings"
	"unicode"

	"github.com/agnivade/levenshtein"
	"golang.org/x/text/unicode/norm"
)

// Fold makes a text comparable for a search: lower case, without tone marks and
// the other marks of Vietnamese letters, đ as d, spaces single. `Tri Tôn` and
// `tri ton` fold to the same.
func Fold(text string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(text)) {
		switch {
		case r == 'đ':
			b.WriteRune('d')
		case !unicode.Is(unicode.Mn, r):
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// matches tells whether any of the texts contains the search, both folded.
func matches(search string, texts ...string) bool {
	folded := Fold(search)
	return folded == "" || slices.ContainsFunc(texts, func(text string) bool {
		return strings.Contains(Fold(text), folded)
	})
}

// name is a code with the other names by which people know it.
type name struct {
	code   string
	others []string
}

// nearest gives the codes of at most three names that may have been meant, best
// first; the code stands with its name where the name is what came near.
func nearest(asked string, names []name) []string {
	type near struct {
		text     string
		distance int
	}
	folded := Fold(asked)
	limit := max(2, len([]rune(folded))/3)
	var found []near
	for _, n := range names {
		best := near{n.code, levenshtein.ComputeDistance(folded, Fold(n.code))}
		for _, other := range n.others {
			if d := levenshtein.ComputeDistance(folded, Fold(other)); d < best.distance {
				best = near{n.code + " (" + other + ")", d}
			}
		}
		if strings.Contains(Fold(n.code), folded) && folded != "" {
			best.distance = min(best.distance, 1)
		}
		if best.distance <= limit {
			found = append(found, best)
		}
	}
	slices.SortStableFunc(found, func(a, b near) int { return a.distance - b.distance })
	var texts []string
	for _, n := range found[:min(3, len(found))] {
		texts = append(texts, n.text)
	}
	return texts
}

func (c *Catalogue) indicatorNames() []name {
	var names []name
	for _, i := range c.Indicators {
		names = append(names, name{i.Code, []string{i.Names.VI, i.Names.EN}})
	}
	return names
}
