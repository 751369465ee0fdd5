package stats_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
	"github.com/niengiam/niengiam/stats/statstest"
)

// secrets is a random world of a confidential count: communes in districts of a
// province, by sex where a commune tells, in one release or two, of which the second one
// adds and revises.
type secrets struct {
	store *statstest.Memory
	units []catalogue.UnitVersion
}

// sexes are the cells of a unit: the total, and the two that it divides into.
var sexes = []string{"", "sex=female", "sex=male"}

func newSecrets(t *testing.T, r *rand.Rand, releases int) secrets {
	t.Helper()
	w := secrets{store: statstest.NewMemory(), units: []catalogue.UnitVersion{version("P", "", "province", 0, 0)}}
	for i := range 2 + r.IntN(3) {
		district := fmt.Sprintf("D%d", i)
		w.units = append(w.units, version(district, "P", "district", 0, 0))
		for j := range 2 + r.IntN(4) {
			w.units = append(w.units, version(fmt.Sprintf("%sC%d", district, j), district, "commune", 0, 0))
		}
	}
	sex := &catalogue.Dimension{Code: "sex", Members: []*catalogue.DimensionMember{{Code: "female"}, {Code: "male"}}}
	d := catalogue.Definitions{Topics: []*catalogue.Topic{{Code: "t"}}, Units: w.units, Dimensions: []*catalogue.Dimension{sex}}
	for _, code := range []string{"province", "district", "commune"} {
		d.Levels = append(d.Levels, &catalogue.Level{Code: code, Kinds: []*catalogue.Kind{{Code: code}}})
	}
	d.Indicators = []*catalogue.Indicator{{
		Code: "i", TopicCode: "t", Kind: catalogue.Count, Direction: catalogue.LowerIsBetter, Absent: catalogue.Unreported,
		Eligibility: catalogue.Eligibility{Level: "commune"}, Threshold: 5, DimensionCodes: []string{"sex"},
	}}
	if err := w.store.Define(t.Context(), d, "1"); err != nil {
		t.Fatal(err)
	}
	history := map[ledger.CellKey][]ledger.Observation{}
	for release := range releases {
		w.publish(t, r, ledger.ReleaseID(release+1), history)
	}
	return w
}

func (w secrets) publish(t *testing.T, r *rand.Rand, release ledger.ReleaseID, history map[ledger.CellKey][]ledger.Observation) {
	t.Helper()
	at := ledger.Position{Published: number.NewDate(2020+int(release), 1, 1), Release: release}
	var observations []ledger.Observation
	var postings []ledger.Posting
	for _, unit := range w.store.Catalogue().At(number.Year(2020).Reference()).Level("commune") {
		key := ledger.CellKey{Indicator: "i", Unit: unit.Key(), Year: 2020}
		if release == 1 && r.IntN(5) == 0 || release == 2 && history[key] != nil && r.IntN(3) > 0 {
			continue
		}
		total := r.Int64N(12)
		female := r.Int64N(total + 1)
		for i, value := range []int64{total, female, total - female} {
			if key.Breakdown = sexes[i]; i > 0 && unit.Key()%7 == 0 {
				continue // tells the total alone
			}
			o := ledger.Observation{CellKey: key, Status: number.Normal, At: at, Value: decimal.NewNullDecimal(decimal.NewFromInt(value))}
			observations, postings = append(observations, o), append(postings, ledger.Ledger(nil).Post(history[key], o)...)
			history[key] = append(history[key], o)
		}
	}
	if err := w.store.Stage(t.Context(), observations, postings); err != nil {
		t.Fatal(err)
	}
	if err := w.store.Publish(t.Context(), ledger.Release{ID: release, Published: at.Published}, nil, nil); err != nil {
		t.Fatal(err)
	}
}

// figure asks for a figure as one caller sees it.
func (w secrets) figure(t *testing.T, confidential bool, unit, cell, release string) *figure.Figure {
	t.Helper()
	ask := query.Ask{Indicator: "i", Year: 2020, Unit: unit, Scope: &query.Scope{AsOf: &query.AsOf{Release: &release}}}
	for _, of := range catalogue.ParseBreakdownKey(cell) {
		ask.Scope.Breakdown = []query.BreakdownAsk{{Dimension: of.Dimension, Members: []string{of.Member}}}
	}
	f, err := query.New(w.store).As(figure.Caller{Confidential: confidential}).Figure(t.Context(), ask)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// puzzle is what an attacker has: an unknown for each figure that is suppressed, one
// for all releases in which it is the same, and the sums that they are part of.
type puzzle struct {
	unknowns map[string]int
	truth    []string
	rows     []map[int]int64
}

// term adds a figure to a sum: a number that is known does not matter for what is
// determined, one that is not there spoils the sum.
func (p *puzzle) term(row map[int]int64, name string, shown, truth *figure.Figure, sign int64) bool {
	value, known := truth.Value.Decimal()
	if reason := shown.Reason(); reason != nil && *reason == number.Suppressed {
		name += " " + value.String()
		if _, met := p.unknowns[name]; !met {
			p.unknowns[name] = len(p.truth)
			p.truth = append(p.truth, name)
		}
		row[p.unknowns[name]] += sign
	}
	return known
}

// determined lists the unknowns that a linear combination of the sums gives.
func (p *puzzle) determined() []string {
	matrix := make([][]*big.Rat, len(p.rows))
	for i, row := range p.rows {
		matrix[i] = make([]*big.Rat, len(p.truth))
		for j := range matrix[i] {
			matrix[i][j] = big.NewRat(row[j], 1)
		}
	}
	rank := 0
	for column := range p.truth {
		pivot := slices.IndexFunc(matrix[rank:], func(row []*big.Rat) bool { return row[column].Sign() != 0 })
		if pivot < 0 {
			continue
		}
		matrix[rank], matrix[rank+pivot] = matrix[rank+pivot], matrix[rank]
		inverse := new(big.Rat).Inv(matrix[rank][column])
		for j, v := range matrix[rank] {
			matrix[rank][j] = new(big.Rat).Mul(v, inverse)
		}
		for i, row := range matrix {
			if factor := row[column]; i != rank && factor.Sign() != 0 {
				for j, v := range row {
					row[j] = new(big.Rat).Sub(v, new(big.Rat).Mul(factor, matrix[rank][j]))
				}
			}
		}
		rank++
	}
	var found []string
	for _, row := range matrix[:rank] {
		isZero := func(v *big.Rat) bool { return v.Sign() == 0 }
		first := slices.IndexFunc(row, func(v *big.Rat) bool { return !isZero(v) })
		if !slices.ContainsFunc(row[first+1:], func(v *big.Rat) bool { return !isZero(v) }) {
			found = append(found, p.truth[first])
		}
	}
	return found
}

// Whatever a caller without the right puts together from the figures of all units,
// both sexes and both releases, no small number comes out. That of a parent is the sum of
// its parts where it was computed, and a total that of its members where all tell.
func TestNoSmallNumberComesOut(t *testing.T) {
	hidden, small := 0, 0
	for seed := range uint64(60) {
		releases := 1 + int(seed%2)
		w := newSecrets(t, rand.New(rand.NewPCG(seed, 2026)), releases)
		p := &puzzle{unknowns: map[string]int{}}
		for _, release := range []string{"1", "2"}[:releases] {
			shown, truth := map[string]*figure.Figure{}, map[string]*figure.Figure{}
			for _, unit := range w.units {
				for _, cell := range sexes {
					name := unit.Code + " " + cell
					shown[name], truth[name] = w.figure(t, false, unit.Code, cell, release), w.figure(t, true, unit.Code, cell, release)
					value, known := truth[name].Value.Decimal()
					if known && value.Sign() > 0 && value.LessThan(decimal.NewFromInt(5)) {
						small++
						if shown[name].Value.IsKnown() {
							t.Errorf("seed %d: %s is %s, and shown", seed, name, value)
						}
					}
				}
			}
			add := func(total string, parts []string) {
				row := map[int]int64{}
				complete := p.term(row, total, shown[total], truth[total], -1)
				for _, part := range parts {
					if reason := truth[part].Reason(); reason == nil || *reason != number.MissingValue {
						complete = p.term(row, part, shown[part], truth[part], 1) && complete
					}
				}
				if complete && len(row) > 0 {
					p.rows = append(p.rows, row)
				}
			}
			for _, unit := range w.units {
				for _, cell := range sexes {
					var parts []string
					for _, child := range w.units {
						if child.Parent == unit.Code {
							parts = append(parts, child.Code+" "+cell)
						}
					}
					if len(parts) > 0 {
						add(unit.Code+" "+cell, parts)
					}
				}
				total, female, male := unit.Code+" ", unit.Code+" "+sexes[1], unit.Code+" "+sexes[2]
				if sum := exact(truth[female].Value); sum.Add(sum, exact(truth[male].Value)).Cmp(exact(truth[total].Value)) == 0 {
					add(total, []string{female, male})
				}
			}
		}
		hidden += len(p.truth)
		for _, name := range p.determined() {
			// What one release needs is withheld in both, and may come out in the other
			// one: there it is no secret.
			if value := name[len(name)-2:]; releases == 1 || slices.Contains([]string{" 1", " 2", " 3", " 4"}, value) {
				t.Errorf("seed %d, %d releases: %s comes out", seed, releases, name)
			}
		}
	}
	if hidden < 500 || small < 200 {
		t.Errorf("only %d numbers were withheld, of %d small ones", hidden, small)
	}
}
