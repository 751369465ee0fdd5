package stats

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Holdings are what has been published: the releases, and for each indicator
// the years and levels that have observations.
type Holdings struct {
	// Head is the last visible release; 0 when nothing was ever published.
	Head ReleaseID
	// Releases are the visible releases, oldest publication first.
	Releases []*Release
	// Cells counts the observations of each indicator, year, level and breakdown.
	Cells []Holding
	// Findings are what the loads found to be noticed beside the figures.
	Findings []*Finding
	// Breaks are the postings of observations with status B.
	Breaks []Posting
}

// Holding is the number of observations of one indicator, year, level and
// breakdown ("" for totals).
type Holding struct {
	Indicator string
	Year      Year
	Level     string
	Breakdown string
	Count     int
	// First is the first release that said something of them, Since the earliest
	// position from which something counts.
	First ReleaseID
	Since Position
}

// heldCell is a breakdown that some unit has an observation of in a year.
type heldCell struct {
	year      Year
	breakdown string
}

// yearsIn lists the years of which something was published in a view, ascending, so
// that what is asked as of a day goes as far as it went then.
func (i *Indicator) yearsIn(view View) []Year {
	var years []Year
	for _, cell := range i.holdings {
		if view.reaches(cell.First, cell.Since) {
			years = append(years, cell.Year)
		}
	}
	slices.Sort(years)
	return slices.Compact(years)
}

// hasYear tells whether anything was published for the year in a view; a register
// speaks for every year from its first decision to its last.
func (i *Indicator) hasYear(year Year, view View) bool {
	before, after := false, false
	for _, cell := range i.holdings {
		if view.reaches(cell.First, cell.Since) {
			before, after = before || cell.Year <= year, after || cell.Year >= year
			if cell.Year == year || before && after && i.IsRegister() {
				return true
			}
		}
	}
	return false
}

// holds tells whether any unit has an observation of a breakdown in a year and view.
func (i *Indicator) holds(year Year, breakdown string, view View) bool {
	return slices.ContainsFunc(i.held[heldCell{year, breakdown}], func(cell Holding) bool { return view.reaches(cell.First, cell.Since) })
}

// calendarYear checks that a year is one.
func (r *resolver) calendarYear(where string, year Year) bool {
	if year >= FirstYear && year <= LastYear {
		return true
	}
	r.fault(&Error{
		Code: UnknownYear, Where: where,
		Message: Say("%d is not a year from %d to %d", year, FirstYear, LastYear),
	})
	return false
}

// year checks a year of an indicator against the years that have data in a view. As of
// a day it need not be published yet: that it was not is the answer.
func (r *resolver) year(where string, year Year, i *Indicator, view View, code Code) {
	if !r.calendarYear(where, year) || i == nil || i.hasYear(year, view) {
		return
	}
	years := i.yearsIn(view)
	if view.awaits(year, years) {
		return
	}
	e := &Error{Code: code, Where: where, Message: Say("%s has no figures for %d", i.Code, year)}
	switch {
	case view.Published != 0 && year.first() > view.Published:
		e.Hint = Say("the year had not begun on %s", view.Published)
	case len(years) == 0:
		e.Hint = Say("nothing of it was published yet")
	default:
		e.Hint = Say("it has figures for %s", spans(years))
	}
	e.Nearest = nearestYears(year, years)
	r.fault(e)
}

func nearestYears(year Year, years []Year) []string {
	sorted := slices.Clone(years)
	slices.SortFunc(sorted, func(a, b Year) int { return distance(a, year) - distance(b, year) })
	var names []string
	for _, y := range sorted[:min(3, len(sorted))] {
		names = append(names, strconv.Itoa(int(y)))
	}
	return names
}

func distance(a, b Year) int { return int(max(a-b, b-a)) }

// spans writes years as 2011–2015, 2019.
func spans(years []Year) string {
	var parts []string
	for i := 0; i < len(years); {
		j := i
		for j+1 < len(years) && years[j+1] == years[j]+1 {
			j++
		}
		if i == j {
			parts = append(parts, strconv.Itoa(int(years[i])))
		} else {
			parts = append(parts, fmt.Sprintf("%d–%d", years[i], years[j]))
		}
		i = j + 1
	}
	return strings.Join(parts, ", ")
}
