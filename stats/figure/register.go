package figure

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// A register of decisions is known to be incomplete where a report of a unit says that
// more of the units within it met the criterion than the register names. It is so from
// the year of the report on, until a report agrees again. What is counted in it there
// is a lower bound, for who is not named may have met the criterion.

// registerGaps is what is known to be missing from a register at the end of a year.
type registerGaps struct {
	year    number.Year
	reports map[uint32]registerReport
	open    map[uint32]bool            // the units whose last report exceeds the register, and that no later one of a unit above agrees with
	within  map[uint32]decimal.Decimal // unit → what is missing from the registers of units strictly within it
	counted map[uint32]decimal.Decimal // unit → what reports of the year itself, of units strictly within it, add to what the register names
	named   map[uint32]bool            // the units that it names by now: before their decision they had not met the criterion
}

// registerReport is the last report of a unit: by how much it exceeds what the register names.
type registerReport struct {
	year    number.Year
	missing decimal.Decimal // 0 where they agree, or the register names more
}

// registerKeys lists the slices that say where a register is incomplete: of each year
// with a report, up to the last one asked, those of the levels that reported and of the
// level that the register names.
func registerKeys(f *Facts, w Request, keys []SliceKey) []SliceKey {
	asked, reported := slices.Max(w.Years), w.Indicator.ReportYears(f.View.View)
	if len(reported) == 0 || reported[0] > asked {
		return keys
	}
	for _, year := range w.Indicator.YearsIn(f.View.View) {
		for _, cell := range f.Cells {
			keys = append(keys, f.key(year, w.Indicator.Level(), cell))
		}
	}
	for _, year := range reported {
		if year > asked {
			break
		}
		for _, level := range f.Catalogue.Levels {
			if level.Index() < w.Indicator.Level().Index() {
				for _, cell := range f.Cells {
					keys = append(keys, f.key(year, level, cell))
				}
			}
		}
	}
	return keys
}

// findGaps finds what is missing from the register in the years that were asked for.
func findGaps(f *Facts, years []number.Year) {
	f.gaps = map[gapKey]*registerGaps{}
	reported := f.Indicator.ReportYears(f.View.View)
	for _, cell := range f.Cells {
		last := map[uint32]registerReport{}
		var named map[uint32]bool
		at := 0
		for _, year := range slices.Compact(slices.Sorted(slices.Values(years))) {
			for ; at < len(reported) && reported[at] <= year; at++ {
				holdAgainstRegister(f, reported[at], cell, last)
			}
			g := newGaps(f.Catalogue.At(year.Reference()), year, last)
			if g != nil && named == nil {
				named = namedUnits(f, cell)
			}
			if g != nil {
				g.named = named
			}
			f.gaps[gapKey{year, cell}] = g
		}
	}
}

type gapKey struct {
	year number.Year
	cell string
}

// namedUnits lists the units that the register names in any year.
func namedUnits(f *Facts, cell string) map[uint32]bool {
	named := map[uint32]bool{}
	for _, year := range f.Indicator.YearsIn(f.View.View) {
		for _, sum := range f.slices[f.key(year, f.Indicator.Level(), cell)].Sums() {
			if sum.From == f.Indicator.Level().Index() && sum.Value.IsPositive() {
				named[sum.Unit] = true
			}
		}
	}
	return named
}

// holdAgainstRegister puts the reports of a year in the place of those before.
func holdAgainstRegister(f *Facts, year number.Year, cell string, last map[uint32]registerReport) {
	h, leaf := f.Catalogue.At(year.Reference()), f.Indicator.Level()
	named := map[uint32]decimal.Decimal{}
	for _, sum := range f.slices[f.key(year, leaf, cell)].Sums() {
		unit := h.ByKey(sum.Unit)
		if sum.From != leaf.Index() || unit == nil || !f.Indicator.Eligibility.Accepts(unit) {
			continue
		}
		for above := unit.Parent(); above != nil; above = above.Parent() {
			named[above.Key()] = plus(named[above.Key()], sum.Value)
		}
	}
	for _, level := range f.Catalogue.Levels[:leaf.Index()] {
		for _, sum := range f.slices[f.key(year, level, cell)].Sums() {
			if sum.From == level.Index() && sum.Count > 0 {
				missing := sum.Value.Sub(named[sum.Unit])
				if missing.LessThanOrEqual(f.Indicator.Tolerance) {
					missing = decimal.Zero
				}
				last[sum.Unit] = registerReport{year, missing}
			}
		}
	}
}

// newGaps looks at the last reports up to a year; nil where nothing is missing.
func newGaps(h *catalogue.Hierarchy, year number.Year, reports map[uint32]registerReport) *registerGaps {
	g := &registerGaps{
		year: year, reports: map[uint32]registerReport{}, open: map[uint32]bool{},
		within: map[uint32]decimal.Decimal{}, counted: map[uint32]decimal.Decimal{},
	}
	for key, report := range reports {
		if unit := h.ByKey(key); unit != nil {
			g.reports[key] = report
			if report.missing.IsPositive() && !agreedSince(reports, unit.Parent(), report.year) {
				g.open[key] = true
			}
		}
	}
	if len(g.open) == 0 {
		return nil
	}
	for key := range g.open {
		report := g.reports[key]
		sums := g.within
		if report.year == year {
			sums = g.counted
		}
		for at := h.ByKey(key).Parent(); at != nil; at = at.Parent() {
			sums[at.Key()] = plus(sums[at.Key()], report.missing)
			if g.open[at.Key()] || g.reports[at.Key()].year == year {
				break // it speaks for all within it, to whoever is above
			}
		}
	}
	return g
}

// agreedSince reports whether a unit, or one that it lies within, agreed with the
// register after a year.
func agreedSince(reports map[uint32]registerReport, unit *catalogue.Unit, year number.Year) bool {
	for ; unit != nil; unit = unit.Parent() {
		if report, has := reports[unit.Key()]; has && report.year > year && report.missing.IsZero() {
			return true
		}
	}
	return false
}

// missing is how many more units than are counted may have met the criterion within a
// unit; nothing where the register is not known to be incomplete.
func (g *registerGaps) missing(unit *catalogue.Unit) decimal.Decimal {
	if g == nil || g.named[unit.Key()] {
		return decimal.Zero
	}
	inside, counted := g.within[unit.Key()], g.counted[unit.Key()]
	missing, covered, agreed := decimal.Zero, false, number.Year(0)
	for at := unit; at != nil; at = at.Parent() {
		report, has := g.reports[at.Key()]
		switch {
		case !has:
		case report.missing.IsZero():
			agreed = max(agreed, report.year)
		case g.open[at.Key()] && report.year > agreed && (!covered || report.missing.LessThan(missing)):
			missing, covered = report.missing, true
		}
	}
	if missing = missing.Sub(counted); missing.LessThan(inside) {
		return inside
	}
	return missing
}
