package number

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

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

// Name is a code with the other names by which people know it, folded for searches.
// Folding is what costs, so it is done once for each catalogue or hierarchy.
type Name struct {
	code   folded
	others []folded
	parts  string // the folded texts that a search looks into, one a line
}

// folded is a text with what it folds to.
type folded struct {
	text, fold string
	length     int // of the fold, in letters
}

func fold(text string) folded {
	f := Fold(text)
	return folded{text, f, utf8.RuneCountInString(f)}
}

// NewName makes the name of a code. Names that fold to the same text are kept once,
// and what has no name in a language has none to be found by.
func NewName(code string, others ...string) Name {
	n := Name{code: fold(code)}
	n.parts = n.code.fold
	for _, other := range others {
		f := fold(other)
		if f.fold != "" && !slices.ContainsFunc(n.others, func(known folded) bool { return known.fold == f.fold }) {
			n.others = append(n.others, f)
			n.parts += "\n" + f.fold
		}
	}
	return n
}

// AddText lets a search find another folded text, too. NearestName does not compare with it.
func (n *Name) AddText(folded string) { n.parts += "\n" + folded }

// Contains reports whether the code or another name contains a folded text.
func (n Name) Contains(search string) bool { return strings.Contains(n.parts, search) }

// ContainsEach reports whether the code and other names contain each of some folded
// words, in whatever order.
func (n Name) ContainsEach(words []string) bool {
	return !slices.ContainsFunc(words, func(word string) bool { return !n.Contains(word) })
}

// NearestName returns the codes of at most three names that may have been meant, best
// first; the code stands with its name where the name is what came near.
func NearestName(asked string, names []Name) []string {
	type near struct {
		text     string
		distance int
	}
	wanted := fold(asked)
	limit := max(2, wanted.length/3)
	// distance is one beyond the limit where the lengths alone say so.
	distance := func(f folded) int {
		if max(f.length-wanted.length, wanted.length-f.length) > limit {
			return limit + 1
		}
		return levenshtein.ComputeDistance(wanted.fold, f.fold)
	}
	var found []near
	for _, n := range names {
		best := near{n.code.text, distance(n.code)}
		for _, other := range n.others {
			if d := distance(other); d < best.distance {
				best = near{n.code.text + " (" + other.text + ")", d}
			}
		}
		if strings.Contains(n.code.fold, wanted.fold) && wanted.fold != "" {
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

// Nearest returns at most three of the known codes that may have been meant, best first.
func Nearest(asked string, known []string) []string {
	names := make([]Name, len(known))
	for i, code := range known {
		names[i] = NewName(code)
	}
	return NearestName(asked, names)
}
