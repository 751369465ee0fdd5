package figure

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Discrepancy is a finding that the members of a dimension and the figure that they
// divide do not agree.
type Discrepancy struct {
	ledger.Finding
	// Published is the last day on which one of them was published.
	Published number.Date
}

// Discrepancies compares the members of dimensions with the figures that they divide,
// wherever some observations touch either, as they stand once these are published beside
// the history; both come in order of publication. All members of a complete dimension
// must add up to the figure within the indicator's tolerance, some of them to no more.
func Discrepancies(c *catalogue.Calendar, observations, history []ledger.Observation) []Discrepancy {
	cells := NewStanding(c, history).With(observations)
	var found []Discrepancy
	seen := map[ledger.CellKey]bool{}
	for i := range observations {
		// What was stated on the units of a day is divided by what was stated on the same.
		day, breakdown := catalogue.BasisOf(observations[i].Breakdown)
		indicator := c.Indicator(observations[i].Indicator)
		for _, d := range indicator.Dimensions {
			key := observations[i].CellKey
			of := d.Without(breakdown)
			if key.Breakdown = catalogue.OnBasis(day, d.Whole(of)); seen[key] {
				continue
			}
			seen[key] = true
			m, differs := discrepancyOf(d, indicator, key, of, cells)
			if last := lastDiscrepancy(c.Catalogue, key, ledger.View{Head: c.Head}); last == nil && !differs || last != nil && last.Repeats(m.Finding, differs) {
				continue
			}
			if !differs {
				m.Finding = ledger.Finding{Code: number.NoteMembersAgree, Severity: ledger.Warn, IndicatorCode: key.Indicator, UnitKey: key.Unit, Year: key.Year, Breakdown: key.Breakdown}
				m.Published, m.Place = observations[i].At.Published, observations[i].Place
			}
			if unit := c.At(catalogue.DayOf(key.Year, key.Breakdown)).ByKey(key.Unit); unit != nil {
				m.UnitCode = unit.Code
			}
			found = append(found, m)
		}
	}
	return found
}

// lastDiscrepancy returns the last finding about the members of a division that a view sees;
// nil when there is none.
func lastDiscrepancy(c *catalogue.Catalogue, division ledger.CellKey, view ledger.View) *ledger.Finding {
	var last *ledger.Finding
	var when ledger.Position
	for _, finding := range c.FindingsAt(division.Indicator, division.Unit, division.Year) {
		if finding.Code != number.NoteMembers && finding.Code != number.NoteMembersAgree || finding.Breakdown != division.Breakdown {
			continue
		}
		release := c.Release(finding.Release)
		if release == nil || !view.Reaches(release.ID, release.At()) || c.LedgerIn(view).Withdrawn(release.ID) {
			continue
		}
		if last == nil || when.Before(release.At()) {
			last, when = finding, release.At()
		}
	}
	return last
}

// DiscrepanciesOf lists the findings that members and the figure that they divide do not
// agree, of all divisions that a figure's cell takes part in, as far as they concern its
// value.
func DiscrepanciesOf(c *catalogue.Catalogue, f *Figure) []*ledger.Finding {
	if len(c.FindingsOf(f.Indicator.Code)) == 0 || len(f.Cells) != 1 {
		return nil // the figures that it was made of have their own
	}
	value, known := f.Value.Decimal()
	var found []*ledger.Finding
	for _, d := range f.Indicator.Dimensions {
		of := d.Without(f.Cells[0])
		finding := lastDiscrepancy(c, ledger.CellKey{Indicator: f.Indicator.Code, Unit: f.ReportingUnit().Key(), Year: f.Year, Breakdown: catalogue.OnBasis(f.Stated, d.Whole(of))}, f.View.View)
		if finding == nil || finding.Code == number.NoteMembersAgree || !known {
			continue
		}
		stands := finding.Used
		if at := slices.Index(d.Divide(of), f.Cells[0]); at >= 0 {
			stands = strings.Split(finding.Other, "+")[at]
		}
		stands, _, _ = strings.Cut(stands, "/")
		if stands, _, _ = strings.Cut(stands, "×"); stands == value.String() {
			found = append(found, finding)
		}
	}
	return found
}

// discrepancyOf holds the members that divide a cell against it. The key is that of the
// finding.
func discrepancyOf(d *catalogue.Dimension, i *catalogue.Indicator, key ledger.CellKey, of string, cells *Standing) (Discrepancy, bool) {
	day, _ := catalogue.BasisOf(key.Breakdown)
	at := func(breakdown string) *ledger.Observation {
		cell := key
		cell.Breakdown = catalogue.OnBasis(day, breakdown)
		if o := cells.At(&cell); o != nil && o.Value.Valid {
			return o
		}
		return nil
	}
	total := at(of)
	if total == nil {
		return Discrepancy{}, false
	}
	m := Discrepancy{Published: total.At.Published}
	var members []*ledger.Observation
	var summands, citations []string
	parts := d.Divide(of)
	for _, part := range parts {
		member := at(part)
		if member == nil {
			summands = append(summands, catalogue.UnknownMark)
			continue
		}
		members, summands = append(members, member), append(summands, i.Kind.Written(member))
		m.Published = max(m.Published, member.At.Published)
		if !slices.Contains(citations, member.Citation) {
			citations = append(citations, member.Citation)
		}
	}
	if len(members) == 0 || agree(i, total, members, len(members) == len(parts) && !d.Partial) {
		return Discrepancy{}, false
	}
	m.Finding = ledger.Finding{
		Code: number.NoteMembers, Severity: ledger.Warn, IndicatorCode: key.Indicator, UnitKey: key.Unit, Year: key.Year, Breakdown: key.Breakdown,
		Used: i.Kind.Written(total), Other: strings.Join(summands, "+"),
		UsedCitation: total.Citation, OtherCitation: strings.Join(citations, "; "),
		Place: members[0].Place,
	}
	return m, true
}

// agree reports whether members add up to a figure or, where they are not the whole of
// it, to no more. Values are added, and so is what they are parts of; means are
// weighted. What must not be added agrees with anything.
func agree(i *catalogue.Indicator, total *ledger.Observation, members []*ledger.Observation, whole bool) bool {
	value, weighted, denominator := decimal.Zero, decimal.Zero, decimal.Zero
	negative, bare := false, !total.Denominator.Valid
	for _, member := range members {
		value = value.Add(member.Value.Decimal)
		weighted = weighted.Add(member.Value.Decimal.Mul(member.Denominator.Decimal))
		denominator = denominator.Add(member.Denominator.Decimal)
		negative, bare = negative || member.Value.Decimal.IsNegative(), bare || !member.Denominator.Valid
	}
	fits := func(sum, of decimal.Decimal) bool {
		over := sum.Sub(of)
		return over.LessThanOrEqual(i.Tolerance) && (!whole || over.Neg().LessThanOrEqual(i.Tolerance))
	}
	switch i.Kind {
	case catalogue.Count, catalogue.Amount: // with a negative one, some members may be more than the whole
		return !whole && negative || fits(value, total.Value.Decimal)
	case catalogue.Ratio:
		return bare || fits(value, total.Value.Decimal) && fits(denominator, total.Denominator.Decimal)
	case catalogue.Mean:
		if bare || !fits(denominator, total.Denominator.Decimal) || !whole {
			return bare || fits(denominator, total.Denominator.Decimal)
		}
		exact, ok := number.Divide(weighted, denominator)
		return ok && exact.Sub(number.Whole(total.Value.Decimal)).Abs().Cmp(number.Whole(i.Tolerance)) <= 0
	}
	return true
}
