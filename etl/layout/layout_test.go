package layout

import (
	"slices"
	"testing"

	"github.com/niengiam/niengiam/etl/format"
)

// A total stays behind the rows that it stood behind, whichever of them are taken out.
func TestKeep(t *testing.T) {
	row := func(line int) Row { return Row{Row: format.Row{Line: line}} }
	for _, c := range []struct{ kept, after []int }{
		{[]int{1, 2, 4, 5, 7}, []int{2, 4}}, {[]int{4, 5, 7}, []int{0, 2}}, {[]int{1, 2, 7}, []int{2, 2}}, {[]int{1, 2}, []int{2, 2}}, {nil, []int{0, 0}},
	} {
		table := &Table{Rows: []Row{row(1), row(2), row(4), row(5), row(7)}, Totals: []Row{row(3), row(6)}}
		table.Totals[0].After, table.Totals[1].After = 2, 4
		table.Keep(func(_ int, r *Row) bool { return slices.Contains(c.kept, r.Line) })
		var kept, after []int
		for _, r := range table.Rows {
			kept = append(kept, r.Line)
		}
		for _, r := range table.Totals {
			after = append(after, r.After)
		}
		if !slices.Equal(kept, c.kept) || !slices.Equal(after, c.after) {
			t.Errorf("rows %v are left and totals behind %v, want %v and %v", kept, after, c.kept, c.after)
		}
	}
}
