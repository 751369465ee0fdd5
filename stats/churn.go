package stats

// Churn is what stands behind the change of an attainment: which of the units
// that report gained it and which lost it. The sum of MetCurrent − MetBase over
// all groups is the change of what the units add up to.
type Churn struct {
	// Level is the level of the units.
	Level *Level
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

// ChurnGroup is units that fared alike.
type ChurnGroup struct {
	// Units are the units by code, as they were in the year asked, or in the base
	// year where they were gone.
	Units []*Unit
	// MetBase and MetCurrent count those of them that met the criterion in the
	// base year and in the year asked.
	MetBase, MetCurrent int
}

// Count is the number of units.
func (g *ChurnGroup) Count() int { return len(g.Units) }

func (g *ChurnGroup) add(unit *Unit, metBase, metCurrent bool) {
	g.Units = append(g.Units, unit)
	if metBase {
		g.MetBase++
	}
	if metCurrent {
		g.MetCurrent++
	}
}

// Churn gives the units behind the change of the unit asked for, or of the total.
// It is nil for what is no attainment, and where the units that report are not
// known one by one in both years: ChurnReason says which.
func (c *Comparison) Churn() *Churn {
	churn, _ := c.churn()
	return churn
}

// ChurnReason says why there is no churn; nil when there is one.
func (c *Comparison) ChurnReason() *Reason {
	_, reason := c.churn()
	return reason
}

func (c *Comparison) churn() (*Churn, *Reason) {
	q := c.Question
	because := func(reason Reason) (*Churn, *Reason) { return nil, &reason }
	if q.Indicator.Kind != Attainment {
		return because(NotApplicable)
	}
	churn := &Churn{
		Level: q.Indicator.Level(), Gained: group(), Lost: group(), New: group(), Gone: group(), Unjudged: group(),
	}
	then, now := c.facts.eligible(q.BaseYear, c.around()), c.facts.eligible(q.Year, c.around())
	was, is := keys(then), keys(now)
	judgedThen, judgedNow := 0, 0
	for _, unit := range now {
		met, judged := c.facts.judge(unit, q.Year)
		if judged {
			judgedNow++
		}
		if !was[unit.Key()] {
			churn.New.add(unit, false, met)
			continue
		}
		metBase, judgedBase := c.facts.judge(unit, q.BaseYear)
		churn.sort(unit, metBase, met, judgedBase && judged)
	}
	for _, unit := range then {
		met, judged := c.facts.judge(unit, q.BaseYear)
		if judged {
			judgedThen++
		}
		if !is[unit.Key()] {
			churn.Gone.add(unit, met, false)
		}
	}
	switch {
	case judgedThen == 0 && judgedNow == 0:
		return because(MissingValue)
	case judgedNow == 0:
		return because(CurrentMissing)
	case judgedThen == 0:
		return because(BaseMissing)
	}
	return churn, nil
}

func keys(units []*Unit) map[uint32]bool {
	set := map[uint32]bool{}
	for _, unit := range units {
		set[unit.Key()] = true
	}
	return set
}

func group() *ChurnGroup { return &ChurnGroup{Units: []*Unit{}} }

// sort puts a unit that was eligible in both years into its group.
func (c *Churn) sort(unit *Unit, metBase, metCurrent, judged bool) {
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

// eligible lists the units that were eligible within a unit in a year, by code;
// all of them when the unit is nil.
func (f *facts) eligible(year Year, around *Unit) []*Unit {
	h := f.at(year)
	var units []*Unit
	for _, unit := range h.LevelWithin(f.indicator.Eligibility.Level, around) {
		if h.Eligible(f.indicator, unit) > 0 {
			units = append(units, unit)
		}
	}
	return units
}

// judge tells whether one reporting unit met the criterion in a year, and whether
// it was judged at all. A figure of several units at once judges none of them.
func (f *facts) judge(unit *Unit, year Year) (met, judged bool) {
	figure := f.figure(unit, year)
	value, known := figure.Value.Number()
	whole, hasWhole := figure.Denominator.Number()
	one := Whole(one())
	if !known || !hasWhole || whole.Cmp(one) != 0 || value.Sign() != 0 && value.Cmp(one) != 0 {
		return false, false
	}
	return value.Sign() > 0, true
}
