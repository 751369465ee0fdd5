package query

import (
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// Churn is the units behind the change of an attainment: which of the units that report
// gained it and which lost it. The sum of MetCurrent − MetBase over all groups is the
// change of what the units add up to.
type Churn struct {
	// Level is the level of the units.
	Level *catalogue.Level
	// Gained met the criterion in the year asked and not in the base year; Lost
	// the other way round. They were judged in both years.
	Gained, Lost *ChurnGroup
	// New are or were eligible within the unit in the year asked alone: created,
	// become eligible or come from another unit. Gone in the base year alone.
	New, Gone *ChurnGroup
	// Unjudged were eligible in both years and judged in one of them or neither.
	Unjudged *ChurnGroup
	// Kept counts the units that met it in both years, Never those that were
	// judged in both years and met it in neither.
	Kept, Never int
}

// ChurnGroup is the units with the same outcome.
type ChurnGroup struct {
	// Units are the units by code, as they were in the year asked, or in the base
	// year where they were gone.
	Units []*catalogue.Unit
	// MetBase and MetCurrent count those of them that met the criterion in the
	// base year and in the year asked.
	MetBase, MetCurrent int
}

// Count is the number of units.
func (g *ChurnGroup) Count() int { return len(g.Units) }

func (g *ChurnGroup) add(unit *catalogue.Unit, metBase, metCurrent bool) {
	g.Units = append(g.Units, unit)
	if metBase {
		g.MetBase++
	}
	if metCurrent {
		g.MetCurrent++
	}
}

func churnOf(c *Comparison) (*Churn, *number.Reason) {
	q := c.Question
	because := func(reason number.Reason) (*Churn, *number.Reason) { return nil, &reason }
	if q.Indicator.Kind != catalogue.Attainment {
		return because(number.NotApplicable)
	}
	churn := &Churn{
		Level: q.Indicator.Level(), Gained: group(), Lost: group(), New: group(), Gone: group(), Unjudged: group(),
	}
	then, now := eligibleIn(c.facts, q.BaseYear, around(c)), eligibleIn(c.facts, q.Year, around(c))
	was, is := keys(then), keys(now)
	judgedThen, judgedNow := 0, 0
	for _, unit := range now {
		met, judged := judge(c.facts, unit, q.Year)
		if judged {
			judgedNow++
		}
		if !was[unit.Key()] {
			churn.New.add(unit, false, met)
			continue
		}
		metBase, judgedBase := judge(c.facts, unit, q.BaseYear)
		churn.sort(unit, metBase, met, judgedBase && judged)
	}
	for _, unit := range then {
		met, judged := judge(c.facts, unit, q.BaseYear)
		if judged {
			judgedThen++
		}
		if !is[unit.Key()] {
			churn.Gone.add(unit, met, false)
		}
	}
	switch {
	case judgedThen == 0 && judgedNow == 0:
		return because(number.MissingValue)
	case judgedNow == 0:
		return because(number.CurrentMissing)
	case judgedThen == 0:
		return because(number.BaseMissing)
	}
	return churn, nil
}

func keys(units []*catalogue.Unit) map[uint32]bool {
	set := map[uint32]bool{}
	for _, unit := range units {
		set[unit.Key()] = true
	}
	return set
}

func group() *ChurnGroup { return &ChurnGroup{Units: []*catalogue.Unit{}} }

// sort puts a unit that was eligible in both years into its group.
func (c *Churn) sort(unit *catalogue.Unit, metBase, metCurrent, judged bool) {
	switch {
	case !judged:
		c.Unjudged.add(unit, metBase, metCurrent)
	case metCurrent && !metBase:
		c.Gained.add(unit, metBase, metCurrent)
	case metBase && !metCurrent:
		c.Lost.add(unit, metBase, metCurrent)
	case metBase:
		c.Kept++
	default:
		c.Never++
	}
}

// eligibleIn lists the units that were eligible within a unit in a year, by code;
// all of them when the unit is nil.
func eligibleIn(f *figure.Facts, year number.Year, around *catalogue.Unit) []*catalogue.Unit {
	h := f.At(year)
	var units []*catalogue.Unit
	for _, unit := range h.LevelWithin(f.Indicator.Eligibility.Level, around) {
		if h.Eligible(f.Indicator, unit) > 0 {
			units = append(units, unit)
		}
	}
	return units
}

// judge reports whether one reporting unit met the criterion in a year, and whether
// it was judged at all. A figure of several units at once judges none of them.
func judge(f *figure.Facts, unit *catalogue.Unit, year number.Year) (met, judged bool) {
	figure := f.Figure(unit, year)
	value, known := figure.Value.Number()
	whole, hasWhole := figure.Denominator.Number()
	one := number.Whole(number.One())
	if !known || !hasWhole || whole.Cmp(one) != 0 || value.Sign() != 0 && value.Cmp(one) != 0 {
		return false, false
	}
	return value.Sign() > 0, true
}
