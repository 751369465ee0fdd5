package stats

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Misfit is a finding that members and the figure that they divide do not agree.
type Misfit struct {
	Finding
	// Published is the last day on which one of them was published.
	Published Date
}

// Misfits holds the members of dimensions against the figures that they divide,
// wherever some observations touch either, as they stand once these are published
// beside the history; both come in order of publication. All members that are the
// whole must add up to the figure within the indicator's tolerance, some of them to
// no more.
func (c *Calendar) Misfits(observations, history []Observation) []Misfit {
	cells := map[CellKey]*Observation{}
	ledger := c.Ledger()
	for _, all := range [][]Observation{history, observations} {
		for i := range all {
			if ledger.Withdrawn(all[i].At.Release) {
				continue
			}
			if known := cells[all[i].CellKey]; known == nil || known.At.Published <= all[i].At.Published {
				cells[all[i].CellKey] = &all[i]
			}
		}
	}
	var found []Misfit
	seen := map[CellKey]bool{}
	for i := range observations {
		indicator := c.indicators[observations[i].Indicator]
		for _, d := range indicator.dimensions {
			key := observations[i].CellKey
			of := d.without(key.Breakdown)
			if key.Breakdown = d.whole(of); seen[key] {
				continue
			}
			seen[key] = true
			m, misfit := d.misfit(indicator, key, of, cells)
			if last := c.lastMisfit(key, View{Head: c.Head}); last == nil && !misfit || last != nil && last.says(m.Finding, misfit) {
				continue
			}
			if !misfit {
				m.Finding = Finding{Code: NoteMembersAgree, IndicatorCode: key.Indicator, UnitKey: key.Unit, Year: key.Year, Breakdown: key.Breakdown}
				m.Published, m.Place = observations[i].At.Published, observations[i].Place
			}
			if unit := c.At(key.Year.Reference()).ByKey(key.Unit); unit != nil {
				m.UnitCode = unit.Code
			}
			found = append(found, m)
		}
	}
	return found
}

// says tells whether a finding about members says already what is found.
func (f *Finding) says(m Finding, misfit bool) bool {
	if !misfit {
		return f.Code == NoteMembersAgree
	}
	return f.Code == NoteMembers && f.Used == m.Used && f.Other == m.Other
}

// lastMisfit gives the last finding about the members of a division that a view sees;
// nil when there is none.
func (c *Catalogue) lastMisfit(division CellKey, view View) *Finding {
	var last *Finding
	var when Position
	for _, finding := range c.findings[division.Indicator] {
		if finding.Code != NoteMembers && finding.Code != NoteMembersAgree || finding.UnitKey != division.Unit ||
			finding.Year != division.Year || finding.Breakdown != division.Breakdown {
			continue
		}
		release := c.Release(finding.Release)
		if release == nil || !view.reaches(release.ID, release.At()) || c.ledger(view).Withdrawn(release.ID) {
			continue
		}
		if last == nil || when.Before(release.At()) {
			last, when = finding, release.At()
		}
	}
	return last
}

// misfitsOf lists the findings that members and what they divide do not agree, of the
// divisions that a figure's cell is a part of: those that speak of its value.
func (c *Catalogue) misfitsOf(f *Figure) []*Finding {
	if len(c.findings[f.Indicator.Code]) == 0 || len(f.cells) != 1 {
		return nil // the figures that it was made of have their own
	}
	value, known := f.Value.Decimal()
	var found []*Finding
	for _, d := range f.Indicator.dimensions {
		of := d.without(f.cells[0])
		finding := c.lastMisfit(CellKey{Indicator: f.Indicator.Code, Unit: f.Unit.Key(), Year: f.Year, Breakdown: d.whole(of)}, f.view.View)
		if finding == nil || finding.Code == NoteMembersAgree || !known {
			continue
		}
		stands := finding.Used
		if at := slices.Index(d.divide(of), f.cells[0]); at >= 0 {
			stands = strings.Split(finding.Other, "+")[at]
		}
		stands, _, _ = strings.Cut(stands, "/")
		if stands, _, _ = strings.Cut(stands, "×"); stands == value.String() {
			found = append(found, finding)
		}
	}
	return found
}

// misfit holds the members that divide a cell against it. The key is that of the
// finding.
func (d *Dimension) misfit(i *Indicator, key CellKey, of string, cells map[CellKey]*Observation) (Misfit, bool) {
	at := func(breakdown string) *Observation {
		cell := key
		cell.Breakdown = breakdown
		if o := cells[cell]; o != nil && o.Value.Valid {
			return o
		}
		return nil
	}
	total := at(of)
	if total == nil {
		return Misfit{}, false
	}
	m := Misfit{Published: total.At.Published}
	var members []*Observation
	var summands, citations []string
	parts := d.divide(of)
	for _, part := range parts {
		member := at(part)
		if member == nil {
			summands = append(summands, unknownMark)
			continue
		}
		members, summands = append(members, member), append(summands, i.Kind.Written(member))
		m.Published = max(m.Published, member.At.Published)
		if !slices.Contains(citations, member.Citation) {
			citations = append(citations, member.Citation)
		}
	}
	if len(members) == 0 || i.agree(total, members, len(members) == len(parts) && !d.Partial) {
		return Misfit{}, false
	}
	m.Finding = Finding{
		Code: NoteMembers, IndicatorCode: key.Indicator, UnitKey: key.Unit, Year: key.Year, Breakdown: key.Breakdown,
		Used: i.Kind.Written(total), Other: strings.Join(summands, "+"),
		UsedCitation: total.Citation, OtherCitation: strings.Join(citations, "; "),
		Place: members[0].Place,
	}
	return m, true
}

// agree tells whether members add up to a figure or, where they are not the whole of
// it, to no more. Values are added, and so is what they are parts of; means are
// weighted. What must not be added agrees with anything.
func (i *Indicator) agree(total *Observation, members []*Observation, whole bool) bool {
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
	case Count, Amount: // with a negative one, some members may be more than the whole
		return !whole && negative || fits(value, total.Value.Decimal)
	case Ratio:
		return bare || fits(value, total.Value.Decimal) && fits(denominator, total.Denominator.Decimal)
	case Mean:
		if bare || !fits(denominator, total.Denominator.Decimal) || !whole {
			return bare || fits(denominator, total.Denominator.Decimal)
		}
		exact, ok := Divide(weighted, denominator)
		return ok && fits(exact.Decimal(), total.Value.Decimal)
	}
	return true
}

// unknownMark stands for a value that is not known.
const unknownMark = "…"

// Written writes an observation as a reader would: 97/119, 175211, a mean with its
// weight as 52.1×3000, or … where it is not known.
func (k IndicatorKind) Written(o *Observation) string {
	switch {
	case !o.Value.Valid:
		return unknownMark
	case !o.Denominator.Valid:
		return o.Value.Decimal.String()
	case k == Mean:
		return o.Value.Decimal.String() + "×" + o.Denominator.Decimal.String()
	}
	return o.Value.Decimal.String() + "/" + o.Denominator.Decimal.String()
}
