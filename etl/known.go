package etl

import (
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
)

// known remembers what the texts of a file mean, of which there are few: that of a row is
// mostly that of one above it.
type known struct {
	years    map[string]readYear
	eligible map[indicatorUnit]bool
}

type readYear struct {
	flaggedYear
	ok bool
}

type indicatorUnit struct {
	indicator *catalogue.Indicator
	unit      *catalogue.Unit
}

// mostKnown is how many texts of one kind are remembered.
const mostKnown = 10_000

// year reads a year.
func (k *known) year(text string) (flaggedYear, bool) {
	y, found := k.years[text]
	if !found {
		y.flaggedYear, y.ok = parseYear(text)
		if len(k.years) < mostKnown {
			k.years[strings.Clone(text)] = y
		}
	}
	return y.flaggedYear, y.ok
}

// isEligible reports whether a unit may have a value of an indicator.
func (k *known) isEligible(c *catalogue.Calendar, indicator *catalogue.Indicator, unit *catalogue.Unit) bool {
	key := indicatorUnit{indicator, unit}
	is, found := k.eligible[key]
	if !found {
		is = eligible(indicator, unit, c)
		k.eligible[key] = is
	}
	return is
}
