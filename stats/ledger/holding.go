package ledger

import (
	"cmp"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/number"
)

// Holdings are what has been published: the releases, and how many observations there are
// of each indicator, year, level and breakdown.
type Holdings struct {
	// Head is the last visible release; 0 when nothing was ever published.
	Head ReleaseID
	// Releases are the visible releases, oldest publication first.
	Releases []*Release
	// Cells counts the observations of each indicator, year, level and breakdown.
	Cells []Holding
	// Findings are what loads found that readers should know.
	Findings []*Finding
	// Mended are all observations of the cells in which releases mended copying slips.
	Mended []Observation
	// Revised are all observations of the cells in which one was replaced or withdrawn, by
	// cell and in order of publication, of the indicators and years that have few (Few).
	Revised []Observation
	// Breaks are the postings of observations with status B.
	Breaks []Posting
}

// Holding is how many observations are published of one indicator, year, level and
// breakdown ("" for totals).
type Holding struct {
	Indicator string
	Year      number.Year
	Level     string
	Breakdown string
	Count     int
	// First is the first release with any of them, Since the earliest position from which
	// one counts.
	First ReleaseID
	Since Position
	// Reversals counts how often an observation of them was replaced or withdrawn,
	// FirstReversal is the first release that did so, ReversedSince the earliest position
	// from which one no longer counts; zero where none was.
	Reversals     int
	FirstReversal ReleaseID
	ReversedSince Position
}

// ValueOf is the number of a cell; missing where it has none.
func ValueOf(n decimal.NullDecimal) number.Value {
	if !n.Valid {
		return number.None(number.MissingValue)
	}
	return number.Exactly(n.Decimal)
}

// Bounds of the reversals whose cells are kept at hand: of one indicator and year, and in all.
const (
	mostReversals    = 2_000
	mostReversalsAll = 20_000
)

// SeriesYear is an indicator and a year.
type SeriesYear struct {
	Indicator string
	Year      number.Year
}

// FewReversals lists the indicators and years in which observations were replaced or withdrawn
// so seldom that all of them can be kept at hand, those with the fewest first.
func (h *Holdings) FewReversals() []SeriesYear {
	count := map[SeriesYear]int{}
	for _, cell := range h.Cells {
		if cell.Reversals > 0 {
			count[SeriesYear{cell.Indicator, cell.Year}] += cell.Reversals
		}
	}
	few := slices.SortedFunc(maps.Keys(count), func(a, b SeriesYear) int {
		return cmp.Or(cmp.Compare(count[a], count[b]), cmp.Compare(a.Indicator, b.Indicator), cmp.Compare(a.Year, b.Year))
	})
	all := 0
	for at, series := range few {
		if all += count[series]; count[series] > mostReversals || all > mostReversalsAll {
			return few[:at]
		}
	}
	return few
}
