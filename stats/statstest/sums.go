package statstest

import (
	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// fact is the net of the postings of one unit in one year.
type fact struct {
	unit               *catalogue.Unit
	count, notKnown    int
	bare               int
	value, denominator decimal.Decimal
	weighted           decimal.Decimal
	statuses           number.StatusSet
	latest             ledger.Position
	approximations     number.ApproximationSet
	year               number.Year
}

// sums adds up the facts of a slice, by unit of its level and level of the facts.
func sums(b *book, key figure.SliceKey) []figure.Sum {
	h := b.catalogue.At(catalogue.DayOf(key.Year, key.Breakdown))
	indicator, level := b.catalogue.Indicator(key.Indicator), b.catalogue.Level(key.Level)
	facts := netted(b, key, indicator, h)
	leaf := b.catalogue.Level(indicator.Eligibility.Level).Index()
	type group struct {
		unit uint32
		from int
	}
	sums := map[group]*figure.Sum{}
	for _, f := range facts {
		at := ancestor(f.unit, level)
		if at == nil || covered(f.unit, at, facts) {
			continue
		}
		g := group{at.Key(), f.unit.Level.Index()}
		if sums[g] == nil {
			sums[g] = &figure.Sum{Unit: g.unit, From: g.from}
		}
		sum := sums[g]
		sum.Count, sum.NotKnown, sum.Bare = sum.Count+f.count, sum.NotKnown+f.notKnown, sum.Bare+f.bare
		sum.Value, sum.Denominator = sum.Value.Add(f.value), sum.Denominator.Add(f.denominator)
		if indicator.Kind == catalogue.Mean {
			sum.Weighted = sum.Weighted.Add(f.weighted)
		}
		sum.Statuses |= f.statuses
		sum.Latest = sum.Latest.Later(f.latest)
		sum.Approximations |= f.approximations
		if f.count > 0 != indicator.IsRegister() {
			sum.Reporters += figure.Fingerprint(f.unit.Key())
		}
		if f.count > 0 && level.Index() < g.from && g.from < leaf {
			sum.Members = append(sum.Members, f.unit.Key())
		}
	}
	var list []figure.Sum
	for _, sum := range sums {
		list = append(list, *sum)
	}
	return list
}

// netted nets the postings that a view sees, by unit. In a register the latest
// year up to the key's speaks for a unit of the level that reports, if the unit
// is still one to which the indicator applies.
func netted(b *book, key figure.SliceKey, indicator *catalogue.Indicator, h *catalogue.Hierarchy) map[uint32]*fact {
	type cell struct {
		unit uint32
		year number.Year
	}
	cells := map[cell]*fact{}
	byStatus, byApproximation := map[cell]map[number.Status]int{}, map[cell]map[number.Approximation]int{}
	for _, p := range b.postings {
		if p.Indicator != key.Indicator || p.Breakdown != key.Breakdown || p.Year > key.Year || !visible(p, key.View) {
			continue
		}
		unit := h.ByKey(p.Unit)
		if unit == nil {
			continue
		}
		decision := indicator.IsRegister() && unit.Level.Code == indicator.Eligibility.Level && h.Eligible(indicator, unit) > 0
		if p.Year != key.Year && !decision {
			continue
		}
		c := cell{p.Unit, p.Year}
		if cells[c] == nil {
			cells[c], byStatus[c], byApproximation[c] = &fact{unit: unit, year: p.Year}, map[number.Status]int{}, map[number.Approximation]int{}
		}
		cells[c].post(p)
		byStatus[c][p.Status] += int(p.Sign)
		byApproximation[c][p.Approximation] += int(p.Sign)
	}
	facts := map[uint32]*fact{}
	for c, f := range cells {
		if f.count+f.notKnown == 0 {
			continue
		}
		for status, n := range byStatus[c] {
			if n > 0 {
				f.statuses = f.statuses.With(status)
			}
		}
		for approximation, n := range byApproximation[c] {
			if n > 0 {
				f.approximations |= number.Approximations(approximation)
			}
		}
		if earlier := facts[c.unit]; earlier == nil || earlier.year < f.year {
			facts[c.unit] = f
		}
	}
	return facts
}

func (f *fact) post(p ledger.Posting) {
	f.latest = f.latest.Later(p.At)
	sign := decimal.NewFromInt(int64(p.Sign))
	if !p.Value.Valid {
		f.notKnown += int(p.Sign)
		return
	}
	f.count += int(p.Sign)
	f.value = f.value.Add(p.Value.Decimal.Mul(sign))
	if !p.Denominator.Valid {
		f.bare += int(p.Sign)
		return
	}
	f.denominator = f.denominator.Add(p.Denominator.Decimal.Mul(sign))
	f.weighted = f.weighted.Add(p.Value.Decimal.Mul(p.Denominator.Decimal).Mul(sign))
}

func ancestor(u *catalogue.Unit, level *catalogue.Level) *catalogue.Unit {
	for at := u; at != nil; at = at.Parent() {
		if at.Level.Code == level.Code {
			return at
		}
	}
	return nil
}

// covered reports whether a unit strictly between u and top has a value of its own.
func covered(u, top *catalogue.Unit, facts map[uint32]*fact) bool {
	if u == top {
		return false
	}
	for at := u.Parent(); at != nil && at != top; at = at.Parent() {
		if f := facts[at.Key()]; f != nil && f.count > 0 {
			return true
		}
	}
	return false
}
