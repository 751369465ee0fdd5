package main

import "fmt"

// The sets of the table, by their rows.
const (
	small = "11"
	large = "700"
)

// growing is the part of the table that compares sizes.
const growing = "growth"

// The years of the synthetic facts: an even number, for first questions are pairs of them.
const (
	firstYear = 2005
	lastYear  = 2020
	years     = lastYear - firstYear + 1
)

// shape is how many there are of what. Every commune has a value of every indicator in
// every year.
type shape struct {
	name                            string
	indicators, districts, communes int
}

// shapes are the sets of the table: half a million facts and 32 million.
func shapes(indicators int, share float64) []shape {
	return []shape{
		{small, indicators, 11, max(int(156*share), 11)},
		{large, indicators, 700, max(int(10_000*share), 700)},
	}
}

// grown is the set of 11 rows with about so many facts: more communes, the same answers.
func grown(indicators, facts int) shape {
	return shape{fmt.Sprintf("growth-%d", facts), indicators, 11, max(facts/(indicators*years), 11)}
}

func (s shape) facts() int { return s.indicators * years * s.communes }

// String names the set for people, and says that it is synthetic.
func (s shape) String() string {
	return fmt.Sprintf("synthetic, %d rows, %.1f M facts", s.districts, float64(s.facts())/1e6)
}

// directory is where a set is kept; other sizes have other directories.
func (s shape) directory() string {
	return fmt.Sprintf("synthetic-%d-%d-%d", s.indicators, s.districts, s.communes)
}

// Which indicators are for what: no question of one row makes one of another row be at hand.
func repeatedOf(indicators int) int { return indicators / 5 }

func renewedOf(indicators int) int { return indicators / 10 }

func firstOf(indicators int) int { return indicators - repeatedOf(indicators) - renewedOf(indicators) }

// firstQuestions is how many questions can be asked of a program once whose slices nobody asked for.
func firstQuestions(indicators int) int { return firstOf(indicators) * years / 2 }

func indicator(n int) string { return fmt.Sprintf("synthetic-%03d", n+1) }
