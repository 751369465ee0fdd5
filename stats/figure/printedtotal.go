package figure

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// PrintedTotals compares what units reported for themselves with the roll-up of what the
// units below them reported, wherever some observations of an indicator touch either, as
// they stand once these are published beside the history. What stands is what standing
// says; the roll-up, the coverage that it needs and its tolerance are those of a figure.
// Where units below have no figure, only a total of the others that is too much disagrees.
func PrintedTotals(c *catalogue.Calendar, indicator *catalogue.Indicator, observations []ledger.Observation, standing *Standing) []Discrepancy {
	if indicator.IsRegister() || indicator.IsDerived() {
		return nil // who is not named in a register was judged as well
	}
	touched := map[ledger.CellKey]bool{}
	tables := map[ledger.CellKey][]*ledger.Observation{} // by year and breakdown
	for i := range observations {
		if o := &observations[i]; o.Indicator == indicator.Code && standing.At(&o.CellKey) == o {
			touched[o.CellKey] = true
			tables[tableOf(o)] = nil
		}
	}
	for o := range standing.All() {
		if _, asked := tables[tableOf(o)]; asked && o.Value.Valid {
			tables[tableOf(o)] = append(tables[tableOf(o)], o)
		}
	}
	var found []Discrepancy
	for table, cells := range tables {
		found = append(found, printedTotals(c, indicator, table, cells, touched)...)
	}
	slices.SortFunc(found, func(a, b Discrepancy) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Breakdown, b.Breakdown), cmp.Compare(a.UnitCode, b.UnitCode))
	})
	return found
}

// tableOf is the key of a cell without its unit.
func tableOf(o *ledger.Observation) ledger.CellKey {
	key := o.CellKey
	key.Unit = 0
	return key
}

// printedTotals compares the totals of one indicator, year and breakdown.
func printedTotals(c *catalogue.Calendar, indicator *catalogue.Indicator, table ledger.CellKey, cells []*ledger.Observation, touched map[ledger.CellKey]bool) []Discrepancy {
	h := c.At(catalogue.DayOf(table.Year, table.Breakdown))
	own := map[uint32]*ledger.Observation{}
	for _, o := range cells {
		own[o.Unit] = o
	}
	below := map[uint32][]*ledger.Observation{} // those that a unit's total is made of
	for _, o := range cells {
		unit := h.ByKey(o.Unit)
		if unit == nil || unit.Kind.Aggregate {
			continue
		}
		for at := unit.Parent(); at != nil; at = at.Parent() {
			if own[at.Key()] != nil { // it stands for all below it, so that nothing is added twice
				below[at.Key()] = append(below[at.Key()], o)
				break
			}
		}
	}
	var found []Discrepancy
	for key, parts := range below {
		unit, total := h.ByKey(key), own[key]
		f := totalFigure(h, indicator, unit, total, parts)
		if f.RollUp == nil || f.RollUp.Reconciled || !isWhole(h, f) {
			continue
		}
		d := Discrepancy{Published: total.At.Published}
		place, isTouched := total.Place, touched[total.CellKey]
		for _, part := range parts {
			d.Published = max(d.Published, part.At.Published)
			if touched[part.CellKey] && !isTouched {
				place, isTouched = part.Place, true
			}
		}
		if !isTouched {
			continue
		}
		rolled := ledger.Observation{Value: decimalOf(f.RollUp.Value), Denominator: decimalOf(f.RollUp.Denominator)}
		if indicator.Kind == catalogue.Mean {
			rolled.Denominator = decimalOf(f.RollUp.Weight)
		}
		d.Finding = ledger.Finding{
			Code: number.NoteChildren, IndicatorCode: table.Indicator, UnitCode: unit.Code, UnitKey: key, Year: table.Year, Breakdown: table.Breakdown,
			Used: indicator.Kind.Written(total), Other: indicator.Kind.Written(&rolled), UsedCitation: total.Citation, Place: place, Cells: len(parts),
		}
		found = append(found, d)
	}
	return found
}

// isWhole reports whether a roll-up can be held against a report: all units are in it and
// the catalogue lists them all, or it is more than was reported anyway.
func isWhole(h *catalogue.Hierarchy, f *Figure) bool {
	within := h.ListedWithin(f.Indicator.Level(), f.Unit)
	if f.RollUp.Coverage.Reported >= f.RollUp.Coverage.Expected && within.Listed >= within.Expected {
		return true
	}
	difference, _ := f.RollUp.Difference.Number()
	return f.Indicator.Kind.IsSum() && difference.Sign() < 0
}

// totalFigure makes the figure of a unit from its own observation and those below it.
func totalFigure(h *catalogue.Hierarchy, indicator *catalogue.Indicator, unit *catalogue.Unit, total *ledger.Observation, parts []*ledger.Observation) *Figure {
	sums := []Sum{{Unit: unit.Key(), From: unit.Level.Index()}}
	sums[0].observe(indicator, total)
	for _, part := range parts {
		from := h.ByKey(part.Unit).Level
		at := slices.IndexFunc(sums, func(s Sum) bool { return s.From == from.Index() })
		if at < 0 {
			sums, at = append(sums, Sum{Unit: unit.Key(), From: from.Index()}), len(sums)
		}
		sums[at].observe(indicator, part)
		if from.Index() < h.ReportingLevel(indicator) {
			sums[at].Members = append(sums[at].Members, part.Unit)
		}
	}
	return figureOf(h, SliceKey{Indicator: indicator.Code, Year: total.Year}, pack(sums), indicator, unit, nil)
}

// observe adds an observation with a value to the sum.
func (s *Sum) observe(indicator *catalogue.Indicator, o *ledger.Observation) {
	s.Count++
	s.Value = s.Value.Add(o.Value.Decimal)
	s.Statuses = s.Statuses.With(o.Status)
	if o.Approximation != "" {
		s.Approximations |= number.Approximations(o.Approximation)
	}
	s.Latest = s.Latest.Later(o.At)
	if !o.Denominator.Valid {
		s.Bare++
		return
	}
	s.Denominator = s.Denominator.Add(o.Denominator.Decimal)
	if indicator.Kind == catalogue.Mean {
		s.Weighted = s.Weighted.Add(o.Value.Decimal.Mul(o.Denominator.Decimal))
	}
}

func decimalOf(v number.Value) decimal.NullDecimal {
	d, known := v.Decimal()
	return decimal.NullDecimal{Decimal: d, Valid: known}
}
