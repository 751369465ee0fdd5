package figure

import (
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// BasisKind says on which units figures are given.
type BasisKind string

// The bases.
const (
	// AsReported: each year on its own units, those of 31 December.
	AsReported BasisKind = "AS_REPORTED"
	// UnitsOfDate: all years on the units of one day.
	UnitsOfDate BasisKind = "UNITS_OF_DATE"
)

// Basis is the units that a question is answered on: those of each year, or those of one
// day.
type Basis struct {
	// Kind says whether on those of each year or those of one day; nil is
	// UnitsOfDate with a date, AsReported without.
	Kind *BasisKind
	// Date is the day whose units they are; nil for AsReported.
	Date *number.Date
}

// Viewpoint is what figures depend on besides the question: what is published, the day
// whose units they are given for (open for those of each year), and whether their
// coverage by weight is wanted.
type Viewpoint struct {
	ledger.View
	Basis    number.Date
	ByWeight bool
}

// The notes that stand beside answers on a basis.
const (
	// NoteBasis: figures are given on the units of another day than their own.
	NoteBasis number.NoteCode = "UNITS_OF_ANOTHER_DATE"
	// NoteRecastEstimated: figures hold parts of units that were shared out by weights.
	NoteRecastEstimated number.NoteCode = "RECAST_ESTIMATED"
	// NoteNotCarried: units of a year have no row in the crosswalk and are in no figure of the level.
	NoteNotCarried number.NoteCode = "UNITS_NOT_CARRIED"
	// NoteNotRecast: units have no figure on the basis, because nothing says how to carry it.
	NoteNotRecast number.NoteCode = "NOT_RECAST"
	// NoteTerritory: the territory of a unit changed between the years.
	NoteTerritory number.NoteCode = "TERRITORY_CHANGED"
)

// HasYear reports whether anything was published for a year: on a basis also what was
// stated on the units of some day.
func (v Viewpoint) HasYear(i *catalogue.Indicator, year number.Year) bool {
	return i.HasYear(year, v.View) || !v.Basis.IsOpen() && slices.Contains(i.YearsOn(v.Basis, v.View), year)
}

// AsBasis is the basis of a viewpoint, as an answer repeats it.
func (v Viewpoint) AsBasis() *Basis {
	kind := AsReported
	if !v.Basis.IsOpen() {
		kind = UnitsOfDate
	}
	return &Basis{Kind: &kind, Date: v.Basis.OrNil()}
}

// BasisDate returns the day of a basis; open for AsReported and with an error.
func BasisDate(c *catalogue.Catalogue, where string, b Basis) (number.Date, *number.Error) {
	dated := b.Date != nil && !b.Date.IsOpen()
	known := c.FirstKnown()
	switch {
	case b.Kind != nil && *b.Kind == AsReported && dated:
		return 0, &number.Error{Code: number.BadArgument, Where: where, Message: number.Say("AS_REPORTED has no date: each year is on its own units"), Hint: number.Say("leave out the kind or the date")}
	case b.Kind != nil && *b.Kind == AsReported:
		return 0, nil
	case !dated:
		return 0, &number.Error{Code: number.BadArgument, Where: where + ".date", Message: number.Say("the basis has no date"), Hint: number.Say("give the day whose units are meant, or the kind AS_REPORTED")}
	case *b.Date < known:
		return 0, &number.Error{
			Code: BasisUnknown, Where: where + ".date",
			Message: number.Say("the units of %s are not known", *b.Date), Hint: number.Say("the units are known from %s on", known.String()),
		}
	}
	return *b.Date, nil
}

// BasisUnknown is the code of a basis before the first day whose units are known.
const BasisUnknown number.Code = "BASIS_UNKNOWN"
