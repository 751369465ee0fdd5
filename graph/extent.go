package graph

import (
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/niengiam/niengiam/stats/number"
)

// table sizes a table: its rows, and its columns in place of years.
func table(m *meter, f *ast.Field) extent {
	size := extent{years: 1}
	for _, name := range []string{"indicators", "years", "measures"} {
		list, _ := m.value(f, name).([]any)
		size.years = clamp(multiply(size.years, max(len(list), 1)), 1_000_000)
	}
	latest := 0
	years, _ := m.value(f, "years").([]any)
	for _, year := range years {
		n, _ := graphql.UnmarshalInt(year)
		latest = max(latest, n)
	}
	if len(years) == 0 {
		from, to := m.bounds(f)
		size.years, latest = multiply(size.years, clamp(int(to-from)+1, 100)), int(to)
	}
	size.rows = units(m, f, number.Year(latest))
	if first := m.number(f, "first"); first > 0 {
		size.rows = min(size.rows, first)
	}
	return size
}

// profile sizes a profile: a row for each indicator; and prices it by the figures
// of the siblings that the unit is ranked among, in two years.
func profile(m *meter) (rows, price int) {
	const siblings = 20
	rows = len(m.catalogue.Indicators)
	return rows, add(1, multiply(rows, 2*siblings))
}

// firstLook prices the figures that a first look chooses among: of all levels and years, as
// many of a level as one answer has at most.
func firstLook(m *meter, f *ast.Field) int {
	const most = 20_000
	from, to := m.bounds(f)
	years, cells := clamp(int(to-from)+1, 100), 0
	for _, level := range m.catalogue.Levels {
		cells = add(cells, min(multiply(years, largest(m, level.Code)), most))
	}
	return add(1, multiply(priceOfRow, cells))
}

// briefingMeter counts the rows of the longest ranking of a briefing.
func briefingMeter(m *meter, f *ast.Field) int {
	rows := 1
	year := number.Year(m.number(f, "year"))
	if year < number.FirstYear || year > number.LastYear {
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

// targets counts the rows of a report: for each target that may be meant the units
// asked for, else those it was set for.
func targets(m *meter, f *ast.Field) int {
	indicator, code := m.text(f, "indicator"), m.text(f, "target")
	rows := 0
	for _, target := range m.catalogue.Targets {
		if code != "" && target.Code != code || code == "" && indicator != "" && target.IndicatorCode != indicator {
			continue
		}
		switch known := target.Indicator().Years(); {
		case m.text(f, "unit") != "" || m.text(f, "level") == "" && target.UnitCode != "":
			rows++
		case m.text(f, "level") == "":
			rows += largest(m, target.LevelCode)
		case m.number(f, "year") != 0:
			rows += units(m, f, number.Year(m.number(f, "year")))
		case len(known) > 0:
			rows += units(m, f, known[len(known)-1])
		}
	}
	if m.value(f, "goal") != nil {
		rows += max(largest(m, m.text(f, "level")), 1)
	}
	return max(rows, 1)
}

// largest counts the units that a level ever had.
func largest(m *meter, level string) int {
	count := 0
	for _, version := range m.catalogue.Units {
		if version.Level == level {
			count++
		}
	}
	return count
}

// allUnits counts the units of all levels that a question is about.
func allUnits(m *meter, f *ast.Field) int {
	year := number.Year(m.number(f, "year"))
	if indicator := m.catalogue.Indicator(m.text(f, "indicator")); year == 0 && indicator != nil && len(indicator.Years()) > 0 {
		year = slices.Max(indicator.Years())
	}
	if year < number.FirstYear || year > number.LastYear {
		return 1
	}
	h, count := m.catalogue.At(day(m, f, year)), 0
	for _, level := range m.catalogue.Levels {
		count += len(h.LevelWithin(level.Code, h.Unit(m.text(f, "within"))))
	}
	return max(count, 1)
}

// units counts the units that a question is about: those named, or those of the
// level named.
func units(m *meter, f *ast.Field, year number.Year) int {
	level := m.text(f, "level")
	if level == "" {
		named, _ := m.value(f, "units").([]any)
		return max(len(named), 1)
	}
	if year < number.FirstYear || year > number.LastYear || m.catalogue.Level(level) == nil {
		return 1
	}
	h := m.catalogue.At(day(m, f, year))
	return len(h.LevelWithin(level, h.Unit(m.text(f, "within"))))
}

// day is the day whose units a question is about.
func day(m *meter, f *ast.Field, year number.Year) number.Date {
	scope, _ := m.value(f, "scope").(map[string]any)
	basis, _ := scope["basis"].(map[string]any)
	text, _ := basis["date"].(string)
	if date, err := number.ParseDate(text); err == nil && !date.IsOpen() {
		return date
	}
	return year.Reference()
}

// parts counts the units that report the indicator behind a comparison.
func parts(m *meter, f *ast.Field, year number.Year) int {
	indicator := m.catalogue.Indicator(m.text(f, "indicator"))
	if indicator == nil || year < number.FirstYear || year > number.LastYear {
		return 1
	}
	h := m.catalogue.At(day(m, f, year))
	around := h.Unit(m.text(f, "unit"))
	if around == nil {
		around = h.Unit(m.text(f, "within"))
	}
	return len(h.LevelWithin(indicator.Level().Code, around))
}
