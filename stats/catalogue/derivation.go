package catalogue

import (
	"slices"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Formula says what is made of the parts of a derived indicator.
type Formula string

// The formulas.
const (
	FormulaRatio      Formula = "RATIO"      // the first ÷ the second × per
	FormulaShare      Formula = "SHARE"      // the first in percent of the second, of which it is a part
	FormulaSum        Formula = "SUM"        // all of them added
	FormulaDifference Formula = "DIFFERENCE" // the first − the second
)

// IsQuotient reports whether the first part is divided by the second.
func (f Formula) IsQuotient() bool { return f == FormulaRatio || f == FormulaShare }

// Derivation says how an indicator is made of others. Nothing is reported of it.
type Derivation struct {
	// Formula says what is made of the parts.
	Formula Formula `json:"formula"`
	// PartCodes are the codes of the indicators that it is made of, in their order.
	PartCodes []string `json:"parts"`

	parts []*Indicator
}

// Of lists the parts; empty for an indicator that is not derived.
func (d *Derivation) Of() []*Indicator {
	if d == nil {
		return []*Indicator{}
	}
	return d.parts
}

// Codes lists the codes of the parts; empty for an indicator that is not derived.
func (d *Derivation) Codes() []string {
	if d == nil {
		return []string{}
	}
	return d.PartCodes
}

// inAll reports whether something holds of every part of a derived indicator, and whether
// there are any.
func (d *Derivation) inAll(holds func(part *Indicator) bool) (all, derived bool) {
	parts := d.Of()
	return !slices.ContainsFunc(parts, func(part *Indicator) bool { return !holds(part) }), len(parts) > 0
}

// common lists the years that all parts have.
func (d *Derivation) common(years func(part *Indicator) []number.Year) []number.Year {
	var all []number.Year
	for at, part := range d.Of() {
		of := years(part)
		if at == 0 {
			all = slices.Clone(of)
			continue
		}
		all = slices.DeleteFunc(all, func(year number.Year) bool { return !slices.Contains(of, year) })
	}
	return all
}

// MadeOf reports whether an indicator is derived from another, however many steps away.
func (d *Derivation) MadeOf(code string) bool {
	return slices.ContainsFunc(d.Of(), func(part *Indicator) bool { return part.Code == code || part.Derivation.MadeOf(code) })
}

// derive completes an indicator that is made of others by what these are: it is asked for
// at the levels that all of them reach, and by the dimensions that all of them have.
func derive(i *Indicator, byCode map[string]*Indicator) {
	if i.Derivation == nil || len(i.Derivation.parts) > 0 {
		return
	}
	for at, code := range i.Derivation.PartCodes {
		part := byCode[code]
		derive(part, byCode)
		i.Derivation.parts = append(i.Derivation.parts, part)
		if at == 0 {
			i.Dimensions, i.coverageWeight = slices.Clone(part.Dimensions), part.coverageWeight
		}
		i.Dimensions = slices.DeleteFunc(i.Dimensions, func(d *Dimension) bool { return part.Dimension(d.Code) == nil })
		if i.level == nil || part.level.Index() < i.level.Index() {
			i.level, i.Eligibility = part.level, part.Eligibility
		}
		if part.MinimumCoverage.Cmp(i.MinimumCoverage) > 0 {
			i.MinimumCoverage = part.MinimumCoverage
		}
	}
	if i.Derivation.Formula.IsQuotient() {
		i.denominator = i.Derivation.parts[1]
	}
}

// deriveYears sets the years of a derived indicator: those that all its parts have.
func deriveYears(i *Indicator) {
	if i.Derivation == nil || len(i.years) > 0 {
		return
	}
	for _, part := range i.Derivation.parts {
		deriveYears(part)
	}
	i.years = i.Derivation.common((*Indicator).Years)
}

// Parts are the indicators that a derived one is made of; empty for any other.
func (i *Indicator) Parts() []*Indicator { return i.Derivation.Of() }

// IsDerived reports whether it is made of other indicators.
func (i *Indicator) IsDerived() bool { return i.Derivation != nil }

// Formula says what is made of its parts; nil where it has none.
func (i *Indicator) Formula() *Formula {
	if i.Derivation == nil {
		return nil
	}
	return &i.Derivation.Formula
}

// Sources are the indicators whose observations are behind its figures: itself, or those
// that it is derived from in the end, each once.
func (i *Indicator) Sources() []*Indicator {
	if !i.IsDerived() {
		return []*Indicator{i}
	}
	var all []*Indicator
	for _, part := range i.Parts() {
		all = append(all, part.Sources()...)
	}
	return number.Distinct(all)
}

// HasYear reports whether anything was published for the year in a view; a register
// has every year from its first decision to its last.
func (i *Indicator) HasYear(year number.Year, view ledger.View) bool {
	if has, derived := i.Derivation.inAll(func(part *Indicator) bool { return part.HasYear(year, view) }); derived {
		return has
	}
	before, after := false, false
	for _, cell := range i.holdings {
		if view.Reaches(cell.First, cell.Since) {
			before, after = before || cell.Year <= year, after || cell.Year >= year
			if cell.Year == year || before && after && i.IsRegister() {
				return true
			}
		}
	}
	return false
}
