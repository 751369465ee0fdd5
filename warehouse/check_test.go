package warehouse_test

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/memory"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

// TestIndependently computes every measure of 500 units × 10 years a second time: by
// plain statements over what was published, testdata/check, written from docs/numbers.md
// and not from our code. Fractions agree exactly; what a statement can only give
// as a float (it says ~) to twelve digits. No number of ours may be left that no
// statement gave. Then it shows that it would see a wrong rule: each of
// testdata/check/wrong.txt must be found by the measures that it is about, and
// every measure by one of them at least.
func TestIndependently(t *testing.T) {
	const seed uint64 = 20210312
	t.Logf("seed %d", seed)
	w := warehousetest.Start(t)
	m := random(seed)
	if err := w.Define(t.Context(), checkDefinitions(), "check"); err != nil {
		t.Fatal(err)
	}
	for release := range 2 {
		m.reported(t, w, release)
	}
	m.corrected(t, w)
	random(seed).stated(t, w)
	remembered, err := memory.New(w, 0)
	if err != nil {
		t.Fatal(err)
	}
	c := &checked{T: t, service: query.New(remembered), ours: map[checkKey]claim{}}
	c.answers()
	s := &statements{T: t, w: w, texts: checkTexts(t), parameters: chances()}
	s.build(s.texts, s.views(s.names()...)...)
	measures := c.right(s)
	c.wrong(s, measures)
}

// checkKey is what a number is of: a measure of an indicator, unit and year.
type checkKey struct {
	measure, indicator, unit string
	year                     number.Year
}

func (k checkKey) String() string {
	return fmt.Sprintf("%s of %s in %s %d", k.measure, k.indicator, k.unit, k.year)
}

// claim is what our code says of it: a number or the reason for none, or a word.
type claim struct {
	value number.Value
	word  string
}

func (c claim) String() string {
	if c.word != "" {
		return c.word
	}
	return c.value.String()
}

// agrees compares a number as a fraction, a float to twelve digits, and anything
// else as text.
func (c claim) agrees(want string) bool {
	numeral, known := c.value.Number()
	if c.word != "" || !known {
		return c.String() == want
	}
	if float, is := strings.CutPrefix(want, "~"); is {
		theirs, err := decimal.NewFromString(float)
		if err != nil {
			return false
		}
		a, b := numeral.Decimal().InexactFloat64(), theirs.InexactFloat64()
		return math.Abs(a-b) <= 1e-12*max(1, math.Abs(a), math.Abs(b))
	}
	theirs, err := number.ParseFraction(want)
	return err == nil && numeral.Cmp(theirs) == 0
}

// checked is what our code says.
type checked struct {
	*testing.T
	service *query.Service
	ours    map[checkKey]claim
}

// say keeps a number; two answers must not say different ones of the same thing.
func (c *checked) say(key checkKey, value number.Value) { c.claim(key, claim{value: value}) }

func (c *checked) count(key checkKey, n int) {
	c.say(key, number.Exactly(decimal.NewFromInt(int64(n))))
}

func (c *checked) word(key checkKey, word string) { c.claim(key, claim{word: word}) }

func (c *checked) claim(key checkKey, now claim) {
	if before, said := c.ours[key]; said && !before.same(now) {
		c.Errorf("%s: one answer says %s, another %s", key, before, now)
	}
	c.ours[key] = now
}

func (c claim) same(other claim) bool {
	a, known := c.value.Number()
	b, too := other.value.Number()
	if known && too {
		return a.Cmp(b) == 0
	}
	return c.String() == other.String()
}

// outcome is how the rows of a statement stand to what our code says, by measure.
type outcome struct {
	agreed, numbers map[string]int
	differ          map[string][]string
	seen            map[checkKey]bool // kept where it is there
}

// against holds all rows of a statement against what our code says, and notes in seen,
// if there is one, of what they are. It ends early when enough says so.
func (c *checked) against(s *statements, name, text string, seen map[checkKey]bool, enough func(outcome) bool) outcome {
	c.Helper()
	o := outcome{agreed: map[string]int{}, numbers: map[string]int{}, differ: map[string][]string{}, seen: seen}
	rows, err := s.w.Query(s.context(), text, 0)
	if err != nil {
		c.Errorf("%s: %v", name, err)
		return o
	}
	for !enough(o) {
		row, more := rows.Next()
		if !more {
			break
		}
		key, want := checkKey{row[0].(string), row[1].(string), row[2].(string), yearOf(row[3])}, row[4].(string)
		said, found := c.ours[key]
		if o.seen != nil {
			o.seen[key] = true
		}
		if found && said.agrees(want) {
			o.agreed[key.measure]++
			if said.value.IsKnown() && said.word == "" {
				o.numbers[key.measure]++
			}
			continue
		}
		o.differ[key.measure] = append(o.differ[key.measure], fmt.Sprintf("%s: %s, ours is %s (found: %t)", key, want, said, found))
	}
	if err := rows.Close(); err != nil {
		c.Fatalf("%s: %v", name, err)
	}
	return o
}

// yearOf reads a year of any type of number.
func yearOf(column any) number.Year {
	v := reflect.ValueOf(column)
	if v.CanUint() {
		return number.Year(v.Uint())
	}
	return number.Year(v.Int())
}

// right runs all statements as they are. It gives the statement of each measure.
func (c *checked) right(s *statements) map[string]string {
	measures, given, sum := map[string]string{}, map[string]outcome{}, 0 // by measure
	names := s.names()
	outcomes := make([]outcome, len(names))
	twoAtOnce(len(names), func(i int) {
		outcomes[i] = c.against(s, names[i], s.texts[names[i]], map[checkKey]bool{}, func(outcome) bool { return false })
	})
	for i, name := range names {
		o := outcomes[i]
		for _, measure := range slices.Sorted(maps.Keys(o.differ)) {
			for _, difference := range o.differ[measure][:min(3, len(o.differ[measure]))] {
				c.Errorf("%s.sql: %s", name, difference)
			}
			c.Errorf("%s.sql: %d of %s differ", name, len(o.differ[measure]), measure)
		}
		var told []string
		for _, measure := range slices.Sorted(maps.Keys(o.agreed)) {
			if of := measures[measure]; of != "" {
				c.Errorf("%s is given by %s and %s", measure, of, name)
			}
			measures[measure], given[measure], sum = name, o, sum+o.agreed[measure]
			told = append(told, fmt.Sprintf("%s %d (%d numbers)", measure, o.agreed[measure], o.numbers[measure]))
		}
		c.Logf("%s.sql: %s", name, strings.Join(told, ", "))
	}
	c.Logf("%d values agree, of %d measures", sum, len(measures))
	unseen := map[string][]checkKey{}
	for key, said := range c.ours {
		if !given[key.measure].seen[key] && (said.value.IsKnown() || said.word != "") {
			unseen[key.measure] = append(unseen[key.measure], key)
		}
	}
	for _, measure := range slices.Sorted(maps.Keys(unseen)) {
		example := slices.MinFunc(unseen[measure], func(a, b checkKey) int { return cmp.Compare(a.String(), b.String()) })
		c.Errorf("no statement gives %d of %s, such as %s", len(unseen[measure]), measure, example)
	}
	return measures
}
