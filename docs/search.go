package docs

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/niengiam/niengiam/stats/number"
)

// found is a passage that the search looks into.
type found struct {
	page    *page
	heading heading
	words   []string // as they stand
	title   string   // folded titles of page and passage
	folded  string   // folded words, each after a space
}

// mostResults is how many passages an answer of the search has.
const mostResults = 30

// index prepares the search: texts are folded once.
func (e *edition) index() []found {
	var passages []found
	for _, address := range slices.Sorted(maps.Keys(e.pages)) {
		p := e.pages[address]
		for _, part := range p.document.passages {
			passages = append(passages, found{
				page: p, heading: part.heading, words: strings.Fields(part.text),
				title: " " + number.Fold(p.title+" "+part.heading.Text), folded: " " + number.Fold(part.text),
			})
		}
	}
	return passages
}

// result is a passage that was found.
type result struct {
	Title, Heading, Address string
	Excerpt                 []piece
}

// Link is the address with a query, which stands before the anchor.
func (r result) Link(query string) string {
	address, anchor, anchored := strings.Cut(r.Address, "#")
	if anchored {
		query += "#" + anchor
	}
	return address + query
}

// piece is a part of an excerpt.
type piece struct {
	Text string
	Hit  bool
}

// search lists the passages that have every word, or its beginning, whatever its case and
// tone marks: best first, those with the words in their titles before the others.
func (e *edition) search(asked string) []result {
	words := wordsOf(asked)
	type ranked struct {
		found
		score int
	}
	var all []ranked
	for _, f := range e.passages() {
		score := 0
		for _, word := range words {
			switch {
			case strings.Contains(f.title, " "+word):
				score += 100
			case strings.Contains(f.title+f.folded, word):
				score += min(10, strings.Count(f.folded, word))
			default:
				score = -1 << 20
			}
		}
		if score > 0 {
			if f.page.language == e.language {
				score += 50
			}
			all = append(all, ranked{f, score})
		}
	}
	slices.SortStableFunc(all, func(a, b ranked) int { return cmp.Compare(b.score, a.score) })
	var results []result
	for _, r := range all[:min(len(all), mostResults)] {
		address := r.page.Address
		if r.heading.Level > 1 {
			address += "#" + r.heading.ID
		}
		results = append(results, result{Title: r.page.title, Heading: r.heading.Text, Address: address, Excerpt: r.excerpt(words)})
	}
	return results
}

// wordsOf folds what was asked and takes it apart; signs around words count for nothing.
func wordsOf(asked string) []string {
	words := strings.Fields(number.Fold(asked))
	for i, word := range words {
		words[i] = strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	}
	return slices.DeleteFunc(words, func(word string) bool { return word == "" })
}

// Words before and after the first hit in an excerpt.
const before, after = 12, 24

// excerpt gives the words around the first one that was asked for.
func (f found) excerpt(asked []string) []piece {
	hit := func(word string) bool {
		folded := number.Fold(word)
		return slices.ContainsFunc(asked, func(word string) bool { return strings.Contains(folded, word) })
	}
	middle := max(0, slices.IndexFunc(f.words, hit))
	from, to := max(0, middle-before), min(len(f.words), middle+after)
	var pieces []piece
	for _, word := range f.words[from:to] {
		is := hit(word)
		if last := len(pieces) - 1; last >= 0 && pieces[last].Hit == is {
			pieces[last].Text += " " + word
			continue
		}
		pieces = append(pieces, piece{word, is})
	}
	return pieces
}
