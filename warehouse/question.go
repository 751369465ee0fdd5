package warehouse

import (
	"math"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// question is what is asked of one view.
type question struct {
	now    *state
	view   ledger.View
	keys   []figure.SliceKey
	tables map[cells]*table
	// posted says that postings are read, whatever roll-ups there are; found are the series of
	// which a row of the roll-ups was seen.
	posted bool
	found  map[series]bool
	// decisions are those of registers, by indicator and unit.
	decisions map[string]map[uint32][]decision
}

// decision is what a register says of a unit from a year on.
type decision struct {
	year number.Year
	sums
}

// cells are those of one breakdown in a series.
type cells struct {
	series
	breakdown string
}

// table holds the facts of some cells, added up as far as ClickHouse did.
type table struct {
	indicator *catalogue.Indicator
	units     *catalogue.Hierarchy
	parts     []part
	deepest   int // index of the deepest level of the facts
}

// part is what a unit has from one level of facts.
type part struct {
	unit *catalogue.Unit
	from int // index of the level of the facts
	sums
}

// add adds a part. The first one makes room for one of each unit of its level.
func (t *table) add(p part) {
	if t.parts == nil {
		t.parts = make([]part, 0, len(t.units.Level(p.unit.Level.Code)))
	}
	t.parts, t.deepest = append(t.parts, p), max(t.deepest, p.from)
}

// table gives the table of some cells, made at the first call.
func (q *question) table(at cells) *table {
	if q.tables[at] == nil {
		q.tables[at] = &table{indicator: q.now.catalogue.Indicator(at.indicator), units: q.now.catalogue.At(catalogue.DayOf(at.year, at.breakdown))}
	}
	return q.tables[at]
}

// statement gives the text and parameters for what is read of postings; "" when there is
// nothing to ask.
func (q *question) statement() (string, values) {
	named := map[string][]string{}      // the indicators, by the query that reads them
	breakdowns := map[string][]string{} // likewise
	var years []number.Year
	last, deepest := number.Year(0), 0
	depths := q.depths()
	for _, key := range q.keys {
		indicator, level := q.now.catalogue.Indicator(key.Indicator), q.now.catalogue.Level(key.Level)
		switch {
		case indicator == nil || level == nil || q.rolled(key, depths):
		case indicator.IsRegister():
			named["slices_register"], last = append(named["slices_register"], key.Indicator), max(last, key.Year)
		default:
			query := queryFor(indicator, key.Breakdown)
			years = append(years, key.Year)
			named[query] = append(named[query], key.Indicator)
			breakdowns[query] = append(breakdowns[query], key.Breakdown)
			deepest = max(deepest, q.deepest(indicator, key.Year, level.Index()))
		}
	}
	v := q.visible()
	var parts []string
	if len(years) > 0 {
		v["years"], v["level"] = numbers(unique(years)), num(deepest)
	}
	if members := slices.Concat(breakdowns["slices_member"], breakdowns["slices_member_mean"]); len(members) > 0 {
		v["breakdowns"] = names(unique(members))
	}
	if stated := named["slices_basis"]; len(stated) > 0 {
		v["stated_breakdowns"] = names(unique(breakdowns["slices_basis"]))
		v["stated_means"] = names(slices.DeleteFunc(unique(slices.Clone(stated)), func(code string) bool { return q.now.catalogue.Indicator(code).Kind != catalogue.Mean }))
	}
	for _, query := range []struct{ name, parameter string }{
		{"slices", "indicators"}, {"slices_mean", "means"},
		{"slices_member", "parted"}, {"slices_member_mean", "parted_means"}, {"slices_register", "registers"}, {"slices_basis", "stated"},
	} {
		if indicators := named[query.name]; len(indicators) > 0 {
			parts = append(parts, text(query.name))
			v[query.parameter] = names(unique(indicators))
		}
	}
	if len(named["slices_register"]) > 0 {
		v["last"] = num(last)
	}
	return strings.Join(parts, "\nUNION ALL\n"), v
}

// rolledStatement is statement for what is read of roll-ups, whose rows have other columns.
func (q *question) rolledStatement() (string, values) {
	var indicators []string
	var years []number.Year
	deepest, depths := 0, q.depths()
	for _, key := range q.keys {
		if q.rolled(key, depths) {
			indicators, years, deepest = append(indicators, key.Indicator), append(years, key.Year), max(deepest, depths[key.Indicator])
		}
	}
	if len(indicators) == 0 {
		return "", nil
	}
	return text("slices_rollup"), values{
		"generation": num(q.now.rolled.newest), "level": num(deepest), "indicators": names(unique(indicators)), "years": numbers(unique(years)),
	}
}

// visible gives the parameters that say what can be seen in the view.
func (q *question) visible() values {
	return values{"position": num(lastPosition(q.now, q.view)), "head": num(q.head()), "unpublished": numbers(q.now.unpublished)}
}

// sees says the same of a posting or a sum of some: whether its position and the release that
// wrote it are those of the view.
func (q *question) sees() func(position uint64, loaded uint32) bool {
	last, head := bound(q.view), uint32(q.head())
	return func(position uint64, loaded uint32) bool {
		_, unpublished := slices.BinarySearch(q.now.unpublished, loaded)
		return position <= last && loaded <= head && !unpublished
	}
}

// head is the last release that the view and we know.
func (q *question) head() ledger.ReleaseID { return min(q.view.Head, q.now.catalogue.Head) }

// depths gives for each indicator the deepest level to which its totals are asked for: all years
// of one are read in one way, so that none is read in two.
func (q *question) depths() map[string]int {
	depths := map[string]int{}
	for _, key := range q.keys {
		indicator, level := q.now.catalogue.Indicator(key.Indicator), q.now.catalogue.Level(key.Level)
		if indicator != nil && level != nil && key.Breakdown == "" {
			depths[key.Indicator] = max(depths[key.Indicator], q.deepest(indicator, key.Year, level.Index()))
		}
	}
	return depths
}

// rolled reports whether a slice is read from roll-ups.
func (q *question) rolled(key figure.SliceKey, depths map[string]int) bool {
	indicator := q.now.catalogue.Indicator(key.Indicator)
	return !q.posted && indicator != nil && q.now.catalogue.Level(key.Level) != nil && !indicator.IsRegister() &&
		queryFor(indicator, key.Breakdown) == "slices" && q.now.rolled.reads(depths[key.Indicator])
}

// lacks reports whether a series of which there are facts had no row among those that were read from
// roll-ups: its facts are later than the view, or the roll-ups are no more.
func (q *question) lacks() bool {
	depths := q.depths()
	for _, key := range q.keys {
		at := series{key.Indicator, key.Year}
		if !q.rolled(key, depths) {
			continue
		}
		if !q.found[at] && len(q.now.facts[at]) > 0 {
			return true
		}
	}
	return false
}

// lastPosition writes the last position of a view: none when all that is visible lies
// before it, so that no fact's position has to be read.
func lastPosition(s *state, view ledger.View) uint64 {
	last := bound(view)
	if releases := s.catalogue.Releases; len(releases) > 0 {
		if newest := releases[len(releases)-1]; last >= position(ledger.Position{Published: newest.Published, Release: newest.ID}) {
			return math.MaxUint64
		}
	}
	return last
}

// queryFor names the query that reads a breakdown of an indicator.
func queryFor(indicator *catalogue.Indicator, breakdown string) string {
	if day, _ := catalogue.BasisOf(breakdown); !day.IsOpen() {
		return "slices_basis"
	}
	query := "slices"
	if breakdown != "" {
		query += "_member"
	}
	if indicator.Kind == catalogue.Mean {
		query += "_mean"
	}
	return query
}

// deepest gives the level to which a slice's facts may be summed: its own, or the
// lowest below it of which units may have values of their own and facts below them.
func (q *question) deepest(indicator *catalogue.Indicator, year number.Year, level int) int {
	facts := q.now.facts[series{indicator.Code, year}]
	for _, index := range facts { // ascending
		if index > level && (index < facts[len(facts)-1] || index < indicator.Level().Index()) {
			level = index
		}
	}
	return level
}

// take takes the sums of a place.
func (q *question) take(at cells, place uint64, s *sums) {
	if place == 0 || s.total() == 0 {
		return
	}
	key, from, t := uint32(place), int(place>>32), q.table(at)
	if t.indicator.IsRegister() {
		if q.decisions == nil {
			q.decisions = map[string]map[uint32][]decision{}
		}
		if q.decisions[at.indicator] == nil {
			q.decisions[at.indicator] = map[uint32][]decision{}
		}
		q.decisions[at.indicator][key] = append(q.decisions[at.indicator][key], decision{at.year, *s})
		return
	}
	unit := t.units.ByKey(key)
	if unit == nil {
		return
	}
	if from == 0 {
		from = unit.Level.Index()
	}
	t.add(part{unit, from, *s})
}

func unique[T string | number.Year](all []T) []T {
	slices.Sort(all)
	return slices.Compact(all)
}
