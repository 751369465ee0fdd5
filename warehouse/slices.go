package warehouse

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/stats"
)

// Slices gives one slice for each key, in their order. The keys of one view are
// answered by one statement, whatever their indicators, years and levels.
func (w *Warehouse) Slices(ctx context.Context, keys []stats.SliceKey) ([]*stats.Slice, error) {
	now, err := w.stateFor(ctx, keys)
	if err != nil {
		return nil, err
	}
	places := map[stats.View][]int{}
	for i, key := range keys {
		places[key.View] = append(places[key.View], i)
	}
	answer := make([]*stats.Slice, len(keys))
	for view, places := range places {
		q := &question{now: now, view: view, tables: map[cells]table{}}
		for _, i := range places {
			q.keys = append(q.keys, keys[i])
		}
		if err := w.ask(ctx, q); err != nil {
			return nil, err
		}
		for _, i := range places {
			answer[i] = stats.NewSlice(q.sums(keys[i]))
		}
	}
	return answer, nil
}

// stateFor gives the present state, made anew when a key names a release that
// is not known yet.
func (w *Warehouse) stateFor(ctx context.Context, keys []stats.SliceKey) (*state, error) {
	for _, key := range keys {
		if key.View.Head > w.now.Load().catalogue.Head {
			if err := w.Refresh(ctx); err != nil {
				return nil, err
			}
			break
		}
	}
	return w.now.Load(), nil
}

// question is what is asked of one view.
type question struct {
	now    *state
	view   stats.View
	keys   []stats.SliceKey
	tables map[cells]table
	// decisions are those of registers, by indicator and unit.
	decisions map[string]map[uint32][]decision
}

// cells are those of one breakdown in a series.
type cells struct {
	series
	breakdown string
}

// table holds the sums of one indicator, year and breakdown.
type table map[spot]*sums

// spot is a unit, and the index of the level of the facts summed to it.
type spot struct {
	unit uint32
	from int
}

// statement gives the text and parameters for the question; "" when there is
// nothing to ask.
func (q *question) statement() (string, values) {
	named := map[string][]string{} // the indicators, by the query that reads them
	var breakdowns []string
	var years []stats.Year
	levels := map[int]bool{}
	last := stats.Year(0)
	for _, key := range q.keys {
		indicator, level := q.now.catalogue.Indicator(key.Indicator), q.now.catalogue.Level(key.Level)
		switch {
		case indicator == nil || level == nil:
		case indicator.IsRegister():
			named["slices_register"], last = append(named["slices_register"], key.Indicator), max(last, key.Year)
		default:
			query := queryFor(indicator, key.Breakdown)
			named[query] = append(named[query], key.Indicator)
			if years = append(years, key.Year); key.Breakdown != "" {
				breakdowns = append(breakdowns, key.Breakdown)
			}
			for _, index := range q.levelsFor(indicator, key.Year, level.Index()) {
				levels[index] = true
			}
		}
	}
	bound := uint64(math.MaxUint64)
	if q.view.Published != 0 || q.view.Release != 0 {
		bound = position(stats.Position{Published: q.view.Published, Release: q.view.Release})
	}
	head := min(q.view.Head, q.now.catalogue.Head)
	v := values{"position": fmt.Sprint(bound), "head": number(head), "unpublished": numbers(q.now.unpublished)}
	var parts []string
	if len(years) > 0 {
		v["years"], v["levels"] = numbers(unique(years)), numbers(sortedKeys(levels))
	}
	if len(breakdowns) > 0 {
		v["breakdowns"] = names(unique(breakdowns))
	}
	for _, query := range []struct{ name, parameter string }{
		{"slices", "indicators"}, {"slices_mean", "means"},
		{"slices_member", "parted"}, {"slices_member_mean", "parted_means"}, {"slices_register", "registers"},
	} {
		if indicators := named[query.name]; len(indicators) > 0 {
			parts = append(parts, text(query.name))
			v[query.parameter] = names(unique(indicators))
		}
	}
	if len(named["slices_register"]) > 0 {
		v["last"] = number(last)
	}
	return strings.Join(parts, "\nUNION ALL\n"), v
}

// queryFor names the query that reads a breakdown of an indicator.
func queryFor(indicator *stats.Indicator, breakdown string) string {
	query := "slices"
	if breakdown != "" {
		query += "_member"
	}
	if indicator.Kind == stats.Mean {
		query += "_mean"
	}
	return query
}

// levelsFor lists the levels whose sums a slice needs: its own, and those
// between it and the lowest facts whose units may have values of their own.
func (q *question) levelsFor(indicator *stats.Indicator, year stats.Year, level int) []int {
	needed := []int{level}
	facts := q.now.facts[series{indicator.Code, year}]
	for _, index := range facts {
		if index > level && (index < facts[len(facts)-1] || index < indicator.Level().Index()) {
			needed = append(needed, index)
		}
	}
	return needed
}

// ask runs the statement of a question and reads the sums.
func (w *Warehouse) ask(ctx context.Context, q *question) error {
	sql, v := q.statement()
	if sql == "" {
		return nil
	}
	err := w.readText(ctx, "slices", sql, v, func(rows driver.Rows) error {
		var s sums
		var indicator, breakdown string
		var year uint16
		var place uint64
		err := rows.Scan(&indicator, &year, &breakdown, &place, &s.value, &s.denominator, &s.weighted, &s.tally, &s.flaws, &s.doubts, &s.reporters)
		if err != nil || place == 0 || s.total() == 0 {
			return err
		}
		s.value, s.denominator, s.weighted = short(s.value), short(s.denominator), short(s.weighted)
		q.take(cells{series{indicator, stats.Year(year)}, breakdown}, place, s)
		return nil
	})
	if err != nil {
		return err
	}
	q.enforce()
	return nil
}

func (q *question) take(at cells, place uint64, s sums) {
	unit, from, indicator := uint32(place), int(place>>32), at.indicator
	if i := q.now.catalogue.Indicator(indicator); i != nil && i.IsRegister() {
		if q.decisions == nil {
			q.decisions = map[string]map[uint32][]decision{}
		}
		if q.decisions[indicator] == nil {
			q.decisions[indicator] = map[uint32][]decision{}
		}
		q.decisions[indicator][unit] = append(q.decisions[indicator][unit], decision{at.year, s})
		return
	}
	if q.tables[at] == nil {
		q.tables[at] = table{}
	}
	q.tables[at][spot{unit, from}] = &s
}

func unique[T string | stats.Year](all []T) []T {
	slices.Sort(all)
	return slices.Compact(all)
}

func sortedKeys(set map[int]bool) []int {
	var all []int
	for key := range set {
		all = append(all, key)
	}
	slices.Sort(all)
	return all
}
