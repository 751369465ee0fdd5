package graph

import (
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/niengiam/niengiam/stats"
)

// table sizes a table: its rows, and its columns in place of years.
func (m *meter) table(f *ast.Field) extent {
	size := extent{years: 1}
	for _, name := range []string{"indicators", "years", "measures"} {
		list, _ := m.value(f, name).([]any)
		size.years = clamp(multiply(size.years, len(list)), 1_000_000)
	}
	latest := 0
	years, _ := m.value(f, "years").([]any)
	for _, year := range years {
		n, _ := graphql.UnmarshalInt(year)
		latest = max(latest, n)
	}
	size.rows = m.units(f, stats.Year(latest))
	if first := m.number(f, "first"); first > 0 {
		size.rows = min(size.rows, first)
	}
	return size
}

// profile sizes a profile: a row for each indicator; and prices it by the figures
// of the siblings that the unit is ranked among, in two years.
func (m *meter) profile() (rows, price int) {
	rows = len(m.catalogue.Indicators)
	return rows, add(1, multiply(rows, 2*manyEntries))
}

// briefing counts the rows of the longest ranking of a briefing.
func (m *meter) briefing(f *ast.Field) int {
	rows := 1
	year := stats.Year(m.number(f, "year"))
	if year < stats.FirstYear || year > stats.LastYear {
		return rows
	}
	h := m.catalogue.At(year.Reference())
	unit := h.Unit(m.text(f, "unit"))
	for _, template := range m.catalogue.Briefings {
		for _, ranking := range template.Rankings {
			rows = max(rows, len(h.LevelWithin(ranking.By, unit)))
		}
	}
	return rows
}
