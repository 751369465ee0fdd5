package mapping

import (
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// known remembers what the texts of a file mean, of which there are few: that of a row is
// mostly that of one above it.
type known struct {
	years     map[string]readYear
	eligible  map[reporter]bool
	last      reporter // that was asked for last, and whether it may
	isLast    bool
	day       readDay // that was asked for last
	code      string  // of the indicator that was asked for last
	indicator *catalogue.Indicator
}

type readYear struct {
	flaggedYear
	ok bool
}

type readDay struct {
	text string
	day  number.Date
}

// reporter is all that decides whether a unit may have a value of an indicator: there are few,
// however many units there are.
type reporter struct {
	indicator *catalogue.Indicator
	kind      *catalogue.Kind
	level     *catalogue.Level
}

// mostKnown is how many texts of one kind are remembered.
const mostKnown = 10_000

// year reads a year.
func (k *known) year(text string) (flaggedYear, bool) {
	if year, ok := plainYear(text); ok {
		return flaggedYear{year: year, status: number.Normal}, true
	}
	y, found := k.years[text]
	if !found {
		y.flaggedYear, y.ok = parseYear(text)
		if len(k.years) < mostKnown {
			k.years[strings.Clone(text)] = y
		}
	}
	return y.flaggedYear, y.ok
}

// date reads a day.
func (k *known) date(text string) (number.Date, error) {
	if text == k.day.text && text != "" {
		return k.day.day, nil
	}
	day, err := number.ParseDate(text)
	if err == nil {
		k.day = readDay{strings.Clone(text), day}
	}
	return day, err
}

// indicatorOf finds an indicator by its code.
func (k *known) indicatorOf(c *catalogue.Calendar, code string) *catalogue.Indicator {
	if k.indicator == nil || k.code != code {
		if k.indicator = c.Indicator(code); k.indicator != nil {
			k.code = k.indicator.Code
		}
	}
	return k.indicator
}

// isEligible reports whether a unit may have a value of an indicator.
func (k *known) isEligible(c *catalogue.Calendar, indicator *catalogue.Indicator, unit *catalogue.Unit) bool {
	of := reporter{indicator, unit.Kind, unit.Level}
	if of == k.last {
		return k.isLast
	}
	is, found := k.eligible[of]
	if !found {
		is = eligible(indicator, unit, c)
		k.eligible[of] = is
	}
	k.last, k.isLast = of, is
	return is
}

// eligible reports whether a unit may have a value of an indicator: it is one of
// those that report, or lies above their level and may state their total.
func eligible(indicator *catalogue.Indicator, unit *catalogue.Unit, catalogue *catalogue.Calendar) bool {
	level := catalogue.Level(indicator.Eligibility.Level)
	switch {
	case unit.Kind.Aggregate:
		return unit.Level.Index() <= level.Index()
	case !reports(indicator, unit):
		return unit.Level.Index() < level.Index()
	}
	kinds := indicator.Eligibility.Kinds
	if slices.Contains(kinds, unit.Kind.Code) {
		return true
	}
	return len(kinds) == 0
}

// reports reports whether a unit is of the level whose units report, and no aggregate.
func reports(indicator *catalogue.Indicator, unit *catalogue.Unit) bool {
	return unit.Level.Code == indicator.Eligibility.Level && !unit.Kind.Aggregate
}

func rule(indicator *catalogue.Indicator) number.Message {
	if len(indicator.Eligibility.Kinds) > 0 {
		return number.Say("level %s, kinds %v", indicator.Eligibility.Level, indicator.Eligibility.Kinds)
	}
	return number.Say("level %s", indicator.Eligibility.Level)
}
