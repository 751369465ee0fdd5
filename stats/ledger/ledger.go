package ledger

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/number"
)

// CellKey identifies a cell: one indicator, unit, year and breakdown.
type CellKey struct {
	// Indicator is the code of the indicator.
	Indicator string
	// Unit is the key of the unit.
	Unit uint32
	// Year is the year of the figure.
	Year number.Year
	// Breakdown is the members that the figure is for, as catalogue.BreakdownKey writes
	// them; "" is the total. Where the figure was stated on the units of another day than
	// the last of its year, that day stands before them, as catalogue.OnBasis writes it.
	Breakdown string
}

// Compare orders cells by indicator, year, unit and breakdown.
func (k *CellKey) Compare(other *CellKey) int {
	if by := strings.Compare(k.Indicator, other.Indicator); by != 0 {
		return by
	}
	switch {
	case k.Year != other.Year:
		return cmp.Compare(k.Year, other.Year)
	case k.Unit != other.Unit:
		return cmp.Compare(k.Unit, other.Unit)
	}
	return strings.Compare(k.Breakdown, other.Breakdown)
}

// Place is a place in a file.
type Place struct {
	// File is the path of the file in the workspace.
	File string
	// Sheet is the sheet of a workbook; "" where files have none.
	Sheet string
	// Line is the line of a text file or the row of a sheet, from 1.
	Line int
	// Column is the header of the column.
	Column string
}

// Position is a point in the order of publications: by day of publication,
// then by the number of the release.
type Position struct {
	Published number.Date
	Release   ReleaseID
}

// Before reports whether p comes before q.
func (p Position) Before(q Position) bool {
	return p.Published < q.Published || p.Published == q.Published && p.Release < q.Release
}

// Later returns the later of two positions.
func (p Position) Later(q Position) Position {
	if p.Before(q) {
		return q
	}
	return p
}

// Observation is one reported value of one cell, as one release published it.
type Observation struct {
	CellKey
	// Value is the number as reported; not valid when the status is Missing.
	Value decimal.NullDecimal
	// Denominator is the number that the value is a part of, where there is one.
	// A ratio without a denominator has its printed rate as Value.
	Denominator decimal.NullDecimal
	// Status is its SDMX status.
	Status number.Status
	// Approximation says how the value lies to the one that is meant; "" where it is exact.
	Approximation number.Approximation
	// Note is what its source says of it; Citation is where it was printed.
	Note, Citation string
	// Place is its place in its file.
	Place Place
	// At is the publication that it belongs to: of two of a cell the later one is current.
	At Position
	// Since is the day from which it counts where that is not its day of publication: of a
	// correction, which was not known on that day; else 0.
	Since number.Date
}

// From is the position from which the observation counts.
func (o *Observation) From() Position {
	return Position{Published: max(o.At.Published, o.Since), Release: o.At.Release}
}

// SameFigure reports whether two observations of a cell state the same figure.
func (o *Observation) SameFigure(p *Observation) bool {
	return o.Status == p.Status && o.sameNumber(p)
}

// sameNumber reports whether they state the same number, whatever its status.
func (o *Observation) sameNumber(p *Observation) bool {
	return o.Approximation == p.Approximation && same(o.Value, p.Value) && same(o.Denominator, p.Denominator)
}

func same(a, b decimal.NullDecimal) bool {
	return a.Valid == b.Valid && (!a.Valid || equal(a.Decimal, b.Decimal))
}

// wordDigits is how many digits a machine word holds, whatever they are.
const wordDigits = 18

// equal reports whether two numbers are the same. One that was kept has no zeros at its end, and
// one of a file may have: Equal would make big numbers of both.
func equal(a, b decimal.Decimal) bool {
	if a.Exponent() > b.Exponent() {
		a, b = b, a
	}
	zeros := b.Exponent() - a.Exponent()
	if zeros == 0 || zeros > wordDigits || a.NumDigits() > wordDigits || b.NumDigits() > wordDigits {
		return a.Equal(b)
	}
	longer := a.CoefficientInt64()
	for ; zeros > 0; zeros-- {
		if longer%10 != 0 {
			return false
		}
		longer /= 10
	}
	return longer == b.CoefficientInt64()
}

// Posting is an entry of the ledger by which figures are summed. An observation
// is posted with sign +1; where it replaces an earlier one of its cell, that one
// is reversed with sign −1 at the same position. So the sum over all postings
// up to any position is the sum over what was current there, without looking
// for the last version of each cell, and no posting is ever changed.
type Posting struct {
	CellKey
	Value       decimal.NullDecimal
	Denominator decimal.NullDecimal
	Status      number.Status
	// Approximation is that of the observation.
	Approximation number.Approximation
	// Sign is +1 for a posting and −1 for its reversal.
	Sign int8
	// At is the position from which it counts.
	At Position
	// Loaded is the release that wrote it: later than At.Release where an older
	// publication was loaded after a newer one.
	Loaded ReleaseID
}

// Withdrawal says that from a position on a release no longer counts, or counts again. It
// has its place in the order of publications like a release and is never changed, so that
// earlier answers stay the same.
type Withdrawal struct {
	// Of is the release that is withdrawn or restored.
	Of ReleaseID
	// Restores reports whether the release counts again.
	Restores bool
	// At is the position from which the release does not count, or counts again.
	At Position
}

// Ledger lists the withdrawals and restorations of releases in order of position. With
// the observations of a cell it determines which one is current at any position.
type Ledger []Withdrawal

// withdrawn reports whether a release does not count at a position.
func (l Ledger) withdrawn(release ReleaseID, at Position) bool {
	withdrawn := false
	for _, w := range l {
		if w.Of == release && !at.Before(w.At) {
			withdrawn = !w.Restores
		}
	}
	return withdrawn
}

// Withdrawn reports whether a release is withdrawn at the end of the ledger.
func (l Ledger) Withdrawn(release ReleaseID) bool {
	return l.withdrawn(release, Position{Published: math.MaxInt32})
}

// mentions reports whether a release was ever withdrawn or restored.
func (l Ledger) mentions(release ReleaseID) bool {
	return slices.ContainsFunc(l, func(w Withdrawal) bool { return w.Of == release })
}

// with adds a withdrawal at its place.
func (l Ledger) with(w Withdrawal) Ledger {
	place := 0
	for place < len(l) && l[place].At.Before(w.At) {
		place++
	}
	return slices.Insert(slices.Clone(l), place, w)
}

// Current returns the observation of a cell that is current at a position, nil when none
// is: of those that count there the last publication. The history is all observations of
// the cell, in order of publication.
func (l Ledger) Current(history []Observation, at Position) *Observation {
	for i := len(history) - 1; i >= 0; i-- {
		if o := &history[i]; !at.Before(o.From()) && !l.withdrawn(o.At.Release, at) {
			return o
		}
	}
	return nil
}

// Latest returns the observation of a cell that is current now, nil when none is.
func (l Ledger) Latest(history []Observation) *Observation {
	return l.Current(history, Position{Published: math.MaxInt32})
}

// Post enters an observation into the ledger and returns its postings. The history is
// what the cell already has, in order of publication. There are none when the observation
// says what the cell had from where it counts on, anyway.
func (l Ledger) Post(history []Observation, o Observation) []Posting {
	if len(history) == 0 && o.Since == 0 && len(l) == 0 {
		return []Posting{posting(&o, +1, o.At, o.At.Release)} // of a cell that nothing was known of: nearly all
	}
	return difference(l, history, l, insert(history, o), o.From())
}

// withdraw enters a withdrawal or restoration for one cell. It returns no
// postings when the cell stays as it is.
func (l Ledger) withdraw(history []Observation, w Withdrawal) []Posting {
	return difference(l, history, l.with(w), history, w.At)
}

// Revises returns the first observation that was current somewhere and would be
// replaced by one that says something else; nil when there is none. The history
// is what is visible of the cell.
func (l Ledger) Revises(history []Observation, o Observation) *Observation {
	after := insert(history, o)
	for _, at := range positions(l, after, o.From()) {
		seen, now := l.Current(history, at), l.Current(after, at)
		if seen != nil && now.At == o.At && !seen.SameFigure(&o) {
			return seen
		}
	}
	return nil
}

// insert puts an observation in its place in the history of its cell.
func insert(history []Observation, o Observation) []Observation {
	place := 0
	for place < len(history) && history[place].At.Before(o.At) {
		place++
	}
	return slices.Insert(slices.Clone(history), place, o)
}

// difference posts what makes the ledger that was into the ledger that is, both
// the same before a position, whose release writes the postings: at each position
// from there on, what became current and what no longer is.
func difference(then Ledger, was []Observation, now Ledger, is []Observation, from Position) []Posting {
	var postings []Posting
	var old, current *Observation // at the position before
	for _, at := range positions(now, is, from) {
		o, c := then.Current(was, at), now.Current(is, at)
		entries := []entry{{c, +1}, {o, -1}, {current, -1}, {old, +1}}
		for _, e := range cancel(entries) {
			postings = append(postings, posting(e.of, e.sign, at, from.Release))
		}
		old, current = o, c
	}
	return postings
}

// posting posts an observation with a sign.
func posting(o *Observation, sign int8, at Position, loaded ReleaseID) Posting {
	return Posting{
		CellKey: o.CellKey, Value: o.Value, Denominator: o.Denominator, Status: o.Status, Approximation: o.Approximation,
		Sign: sign, At: at, Loaded: loaded,
	}
}

// positions lists where a cell may change, from one position on.
func positions(l Ledger, history []Observation, from Position) []Position {
	all := []Position{from}
	for i := range history {
		all = append(all, history[i].From())
	}
	for _, w := range l {
		if slices.ContainsFunc(history, func(o Observation) bool { return o.At.Release == w.Of }) {
			all = append(all, w.At)
		}
	}
	all = slices.DeleteFunc(all, func(at Position) bool { return at.Before(from) })
	slices.SortFunc(all, func(a, b Position) int {
		return cmp.Or(cmp.Compare(a.Published, b.Published), cmp.Compare(a.Release, b.Release))
	})
	return slices.Compact(all)
}

// entry is an observation with the sign that it is posted with.
type entry struct {
	of   *Observation
	sign int8
}

// cancel leaves out what is not there, and pairs that say the same with opposite signs.
func cancel(entries []entry) []entry {
	var kept []entry
next:
	for _, e := range entries {
		if e.of == nil {
			continue
		}
		for i, k := range kept {
			if k.sign == -e.sign && k.of.SameFigure(e.of) {
				kept = slices.Delete(kept, i, i+1)
				continue next
			}
		}
		kept = append(kept, e)
	}
	return kept
}

// Post enters an observation into a ledger of which nothing was withdrawn.
func Post(history []Observation, o Observation) []Posting { return Ledger(nil).Post(history, o) }
