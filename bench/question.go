package main

import "encoding/json"

// The kinds of question; also the names of their queries.
const (
	ranking    = "ranking"
	comparison = "comparison"
	dashboard  = "dashboard"
)

// The orders of a ranking.
const percent = "PERCENT"

// question asks how the districts grew by an indicator from one year to another.
type question struct {
	indicator  int
	year, base int
	order      string
	top        int // 0: all
}

// body writes the request of a question by the query of a file.
func (q question) body(query string) ([]byte, error) {
	variables := map[string]any{"indicator": indicator(q.indicator), "year": q.year, "base": q.base, "level": "district", "order": q.order}
	if q.top > 0 {
		variables["top"] = q.top
	}
	return json.Marshal(map[string]any{"query": document(query), "variables": variables})
}

// parameters are those of the question in SQL.
func (q question) parameters() values {
	return values{"indicator": indicator(q.indicator), "year": q.year, "base": q.base, "order": q.order}
}

// repeated are the questions that are asked again and again.
func repeated(s shape) (all []question) {
	for i := range repeatedOf(s.indicators) {
		all = append(all, question{indicator: i, year: lastYear, base: lastYear - 1, order: percent})
	}
	return all
}

// screens are the dashboards that are asked again and again: of four years.
func screens() (all []question) {
	for n := range 4 {
		all = append(all, question{year: lastYear - n, base: lastYear - n - 1, order: percent})
	}
	return all
}

// renewed gives question number n of those whose slices are at hand and that nobody has asked
// before: another year, base year, order and bound, all rows of each.
func renewed(s shape, n int) question {
	orders := []string{percent, "ABSOLUTE", "VALUE"}
	indicators := renewedOf(s.indicators)
	q := question{indicator: repeatedOf(s.indicators) + n%indicators, order: orders[n/indicators%len(orders)]}
	n /= indicators * len(orders)
	q.year = lastYear - n%years
	n /= years
	q.base = firstYear + (q.year-firstYear+1+n%(years-1))%years
	q.top = s.districts + n/(years-1)
	return q
}

// warming are questions after which all slices of the renewed ones are at hand.
func warming(s shape) (all []question) {
	for i := range renewedOf(s.indicators) {
		for year := firstYear; year < lastYear; year += 2 {
			all = append(all, question{indicator: repeatedOf(s.indicators) + i, year: year + 1, base: year, order: percent, top: 1})
		}
	}
	return all
}

// first gives question number n of those whose slices nobody has asked for: neighbours in the
// list are neither of one indicator nor of near years. The first ones, firstOf, are of indicators
// that nobody has asked for either: a program may read other years of one beside.
func first(s shape, n int) question {
	before, indicators := repeatedOf(s.indicators)+renewedOf(s.indicators), firstOf(s.indicators)
	year := firstYear + 2*((n/indicators+n%indicators)%(years/2))
	return question{indicator: before + n%indicators, year: year + 1, base: year, order: percent}
}

// nth gives the first questions of a set by their numbers, of indicators that nobody asked for.
func nth(s shape) func(int) question { return func(n int) question { return first(s, n) } }

// further gives those that are of other years of the same indicators.
func further(s shape) func(int) question {
	return func(n int) question { return first(s, firstOf(s.indicators)+n) }
}
