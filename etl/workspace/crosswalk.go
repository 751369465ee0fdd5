package workspace

import (
	"fmt"
	"iter"
	"path"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// carried is a row of a crosswalk, the place that declares it and the stretches of
// its units.
type carried struct {
	catalogue.Carry
	at       mark
	from, to *version
}

func crosswalkColumns() []string {
	return []string{"date", "from", "to", "extent", "share", "by", "note"}
}

// readCrosswalks reads the files that say what became of units, each as its path
// or with the indicator that the shares of its partial rows follow.
func readCrosswalks(r *reader, n node) []catalogue.Carry {
	if !n.exists() {
		return nil
	}
	var rows []carried
	for _, item := range n.list() {
		file, weights := item, (*catalogue.Weights)(nil)
		if item.isMapping() {
			m := item.mapping("file", "weights")
			file, weights = m.need("file"), readWeights(r, m.need("weights"))
		}
		named := path.Clean(file.scalar())
		content, ok := r.content(file, named, maxFile)
		if !ok {
			continue
		}
		readTable(&r.faults, named, content, crosswalkColumns(), []string{"share", "by", "note"}, func(cell cells) {
			if row := readCarry(r, cell, weights); row != nil {
				rows = append(rows, *row)
			}
		})
	}
	checkCrosswalk(r, rows)
	all := make([]catalogue.Carry, len(rows))
	for i, row := range rows {
		all[i] = row.Carry
	}
	return all
}

// readWeights reads the indicator and year that shares follow.
func readWeights(r *reader, n node) *catalogue.Weights {
	m := n.mapping("indicator", "year")
	indicator := m.need("indicator")
	w := &catalogue.Weights{IndicatorCode: indicator.scalar(), Year: year(m.need("year"))}
	if r.indicators.refer(&r.faults, w.IndicatorCode, indicator.at) {
		if kind := r.byCode[w.IndicatorCode].Kind; kind != catalogue.Count && kind != catalogue.Amount {
			indicator.fault(BadValue, "%q is neither a count nor an amount, so that nothing can be shared out by it", w.IndicatorCode)
		}
		if r.byCode[w.IndicatorCode].Threshold > 0 {
			indicator.fault(BadValue, "%q is confidential: shares that follow it would tell its small numbers", w.IndicatorCode)
		}
	}
	return w
}

// readCarry reads one row; nil when its units are not to be found.
func readCarry(r *reader, cell cells, weights *catalogue.Weights) *carried {
	row := carried{Carry: catalogue.Carry{Date: cell.date(&r.faults, "date")}}
	row.From, row.at = cell("from")
	row.To, _ = cell("to")
	if row.Date.IsOpen() {
		r.add(row.at, MissingKey, "the row from %s to %s has no day", row.From, row.To)
		return nil
	}
	extent, at := cell("extent")
	switch extent {
	case "full", "partial":
		row.Partial = extent == "partial"
	default:
		r.add(at, BadValue, "the extent %q is neither full nor partial", extent)
		return nil
	}
	readShare(r, &row, cell, weights)
	row.from = r.lives.before(row.From, row.Date)
	row.to = r.lives.on(row.To, row.Date)
	_, toAt := cell("to")
	switch {
	case r.units.partial:
		return nil
	case row.from == nil:
		r.add(row.at, UnknownReference, "no unit had the code %q before %s", row.From, row.Date).Nearest = name.Nearest(row.From, r.units.order)
		return nil
	case row.to == nil:
		r.add(toAt, UnknownReference, "no unit has the code %q on %s", row.To, row.Date).Nearest = name.Nearest(row.To, r.units.order)
		return nil
	case row.from.Level != row.to.Level:
		r.add(row.at, BadCrosswalk, "%s is of the level %s, and %s of the level %s", row.From, row.from.Level, row.To, row.to.Level)
	}
	return &row
}

// readShare reads the share of a partial row and what it is a share of.
func readShare(r *reader, row *carried, cell cells, weights *catalogue.Weights) {
	share, at := cell("share")
	by, byAt := cell("by")
	if row.By = by; !slices.Contains([]string{"", "population", "area", "count"}, by) {
		r.add(byAt, BadValue, "shares are by population, area or count, not by %q", by)
	}
	switch {
	case share == "" && row.Partial:
		row.Weights = weights
	case share == "":
	case !row.Partial:
		r.add(at, BadCrosswalk, "%s is carried into %s whole, and so has no share", row.From, row.To)
	case weights != nil:
		r.add(at, BadCrosswalk, "the shares of this file follow %s: this row has one of its own", weights.IndicatorCode)
	default:
		fraction, err := number.ParseFraction(share)
		switch {
		case err != nil:
			r.add(at, BadValue, "%s", err)
		case fraction.Sign() <= 0 || fraction.Cmp(number.Whole(decimal.New(1, 0))) >= 0:
			r.add(at, BadValue, "a share lies between 0 and 1: %s does not", share)
		}
		row.Share = fraction
	}
}

// checkCrosswalk checks the rows of each unit and day together.
func checkCrosswalk(r *reader, rows []carried) {
	type key struct {
		from string
		date number.Date
	}
	groups := map[key][]*carried{}
	var order []key
	for i := range rows {
		k := key{rows[i].From, rows[i].Date}
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], &rows[i])
	}
	for _, k := range order {
		checkGroup(r, groups[k])
	}
	for i := range rows {
		for above := range unitsAbove(r, rows[i].from, rows[i].Date) {
			if goesElsewhere(r, &rows[i], above, groups[key{above.Code, rows[i].Date}]) {
				break
			}
		}
	}
}

// unitsAbove yields the units that a unit lay within on the day before, the nearest
// first; none of one that had ended by then.
func unitsAbove(r *reader, unit *version, day number.Date) iter.Seq[*version] {
	was := func(v *version) bool { return v != nil && (v.Validity.To.IsOpen() || v.Validity.To >= day) }
	return func(yield func(*version) bool) {
		seen := map[string]bool{}
		for v := unit; was(v) && v.Parent != "" && !seen[v.Parent]; {
			seen[v.Parent] = true
			if v = r.lives.before(v.Parent, day); was(v) && !yield(v) {
				return
			}
		}
	}
}

// goesElsewhere finds fault with a row whose unit comes to lie in another unit than those
// that the rows of the unit above it carry all of that into.
func goesElsewhere(r *reader, row *carried, above *version, into []*carried) bool {
	if len(into) == 0 {
		return false // nothing says what became of the unit above
	}
	seen := map[string]bool{}
	for v := row.to; v != nil && !seen[v.Code]; v = r.lives.on(v.Parent, row.Date) {
		seen[v.Code] = true
		if v.Level != above.Level {
			continue
		}
		if slices.ContainsFunc(into, func(of *carried) bool { return of.To == v.Code }) {
			return false
		}
		var goes []string
		for _, of := range into {
			goes = append(goes, fmt.Sprintf("%s (%s)", of.To, of.at))
		}
		r.add(row.at, BadCrosswalk, "%s is carried into %s, which lies in %s on %s; but %s, in which %s lay, is carried into %s",
			row.From, row.To, v.Code, row.Date, above.Code, row.From, strings.Join(goes, ", "))
		return true
	}
	return false
}

func checkGroup(r *reader, group []*carried) {
	first := group[0]
	sum, shared, twice := number.Fraction{}, 0, map[string]bool{}
	goesOn := false
	for _, row := range group {
		if twice[row.To] {
			r.add(row.at, DuplicateCode, "%s is carried into %s twice on %s", row.From, row.To, row.Date)
			return
		}
		twice[row.To] = true
		if !row.Partial && len(group) > 1 {
			r.add(row.at, BadCrosswalk, "%s is carried into %s whole on %s, and elsewhere too", row.From, row.To, row.Date)
			return
		}
		if row.Share.Sign() != 0 {
			sum, shared = sum.Add(row.Share), shared+1
		}
		goesOn = goesOn || row.To == row.From
	}
	switch {
	case first.Partial && len(group) == 1:
		r.add(first.at, BadCrosswalk, "a part of %s is carried into %s on %s; where the rest goes is missing", first.From, first.To, first.Date)
	case shared > 0 && shared < len(group):
		r.add(first.at, BadCrosswalk, "%d of the %d parts of %s on %s have a share: give all of them or none", shared, len(group), first.From, first.Date)
	case shared > 0 && sum.Cmp(number.Whole(decimal.New(1, 0))) != 0:
		r.add(first.at, BadCrosswalk, "the shares of %s on %s sum to %s, not to 1", first.From, first.Date, sum.Decimal())
	}
	if v := r.lives.on(first.From, first.Date); v != nil && !goesOn && r.lives.sameUnit(first.from, v) {
		r.add(first.at, BadCrosswalk, "%s goes on after %s, but none of it is carried into itself: say which part stays", first.From, first.Date)
	}
}
