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
		q := &question{now: now, view: view, tables: map[series]table{}}
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
	tables map[series]table
	// decisions are those of registers, by indicator and unit.
	decisions map[string]map[uint32][]decision
}

// table holds the sums of one indicator and year.
type table map[spot]*sums

// spot is a unit, and the index of the level of the facts summed to it.
type spot struct {
	unit uint32
	from int
}

// statement gives the text and parameters for the question; "" when there is
// nothing to ask.
func (q *question) statement() (string, values) {
	var plain, means, registers []string
	var years []stats.Year
	levels := map[int]bool{}
	last := stats.Year(0)
	for _, key := range q.keys {
		indicator, level := q.now.catalogue.Indicator(key.Indicator), q.now.catalogue.Level(key.Level)
		switch {
		case indicator == nil || level == nil:
		case indicator.IsRegister():
			registers, last = append(registers, key.Indicator), max(last, key.Year)
		default:
			if years = append(years, key.Year); indicator.Kind == stats.Mean {
				means = append(means, key.Indicator)
			} else {
				plain = append(plain, key.Indicator)
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
	if len(plain) > 0 {
		parts = append(parts, text("slices"))
		v["indicators"] = names(unique(plain))
	}
	if len(means) > 0 {
		parts = append(parts, text("slices_mean"))
		v["means"] = names(unique(means))
	}
	if len(registers) > 0 {
		parts = append(parts, text("slices_register"))
		v["registers"], v["last"] = names(unique(registers)), number(last)
	}
	return strings.Join(parts, "\nUNION ALL\n"), v
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
		var indicator string
		var year uint16
		var place uint64
		err := rows.Scan(&indicator, &year, &place, &s.value, &s.denominator, &s.weighted, &s.tally, &s.flaws, &s.doubts, &s.reporters)
		if err != nil || place == 0 || s.total() == 0 {
			return err
		}
		s.value, s.denominator, s.weighted = short(s.value), short(s.denominator), short(s.weighted)
		q.take(indicator, stats.Year(year), place, s)
		return nil
	})
	if err != nil {
		return err
	}
	q.enforce()
	return nil
}

func (q *question) take(indicator string, year stats.Year, place uint64, s sums) {
	unit, from := uint32(place), int(place>>32)
	if i := q.now.catalogue.Indicator(indicator); i != nil && i.IsRegister() {
		if q.decisions == nil {
			q.decisions = map[string]map[uint32][]decision{}
		}
		if q.decisions[indicator] == nil {
			q.decisions[indicator] = map[uint32][]decision{}
		}
		q.decisions[indicator][unit] = append(q.decisions[indicator][unit], decision{year, s})
		return
	}
	at := series{indicator, year}
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
