package etl_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// preview writes the file and previews its load; the warehouse must stay as it is.
func (o *office) preview(rows string) *catalogue.LoadPreview {
	o.t.Helper()
	o.write("in.csv", header+rows)
	before := o.sink.inside()
	p, err := o.pipeline().Preview(o.t.Context(), "long", catalogue.Years{}, 0)
	if err != nil {
		o.t.Fatal(err)
	}
	if after := o.sink.inside(); after != before {
		o.t.Errorf("a preview changed the warehouse: %s, then %s", before, after)
	}
	return p
}

// inside counts everything that the warehouse keeps.
func (m *memory) inside() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return fmt.Sprint(m.checksum, len(m.keys), len(m.staged), len(m.observations), len(m.postings), len(m.releases), len(m.runs), len(m.held), m.claimed)
}

// outline writes the outcome, the counts and the cells of a preview.
func outline(p *catalogue.LoadPreview) []string {
	lines := []string{fmt.Sprintf("%s new %d changed %d dropped %d recorded %d unchanged %d left out %d", p.Outcome, p.Added, p.Revised, p.Dropped, p.Recorded, p.Unchanged, p.LeftOut)}
	for _, cell := range p.Cells {
		c := cell.Change
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s %d %s→%s %s", cell.Kind, c.IndicatorCode, c.UnitCode, c.Year, c.OldText(number.English), c.NewText(number.English), c.RelativeText(number.Vietnamese))))
	}
	return lines
}

func expect(t *testing.T, p *catalogue.LoadPreview, want ...string) {
	t.Helper()
	if got := outline(p); !slices.Equal(got, want) {
		t.Errorf("the preview says\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A preview of some years shows what a load of them would change, and no other year.
func TestPreviewOfYears(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	if _, err := o.load(threeDates); err != nil {
		t.Fatal(err)
	}
	o.write("in.csv", header+strings.NewReplacer(",97,", ",90,", ",78,", ",70,").Replace(threeDates))
	shown := func(years catalogue.Years) string {
		t.Helper()
		p, err := o.pipeline().Preview(t.Context(), "long", years, 0)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(outline(p), "\n")
	}
	all, some := shown(catalogue.Years{}), shown(catalogue.Years{From: 2020, To: 2020})
	for text, in := range map[string]bool{" 2020 ": true, " 2018 ": false} {
		if !strings.Contains(all, text) || strings.Contains(some, text) != in {
			t.Errorf("all years:\n%s\n2020 alone:\n%s", all, some)
		}
	}
}

// A preview of a workspace that no load has defined yet, one of what changes, is dropped and
// stays, and one of files that were loaded.
func TestPreview(t *testing.T) {
	o := newOffice(t)
	const base = "89,criterion-19-2,2020,97,119,2021-03-12,,,,B\n89,criterion-19-2,2019,83,119,2021-03-12,,,,B\n89,criterion-19-2,2018,78,119,2021-03-12,,,,A\n"
	first := []string{
		"published new 3 changed 0 dropped 0 recorded 0 unchanged 0 left out 0",
		"ADDED criterion-19-2 89 2020 no figure→97/119", "ADDED criterion-19-2 89 2019 no figure→83/119", "ADDED criterion-19-2 89 2018 no figure→78/119",
	}
	expect(t, o.preview(base), first...)
	expect(t, o.preview(base), first...)
	o.must(ledger.Published, base)
	expect(t, o.preview(base), "unchanged new 0 changed 0 dropped 0 recorded 0 unchanged 3 left out 0")

	changed := strings.Replace(base, "97,119,2021-03-12", "83,119,2022-03-12", 1)
	changed = strings.Replace(changed, "89,criterion-19-2,2018,78,119,2021-03-12,,,,A\n", "", 1)
	p := o.preview(changed)
	expect(t, p, "held new 0 changed 1 dropped 1 recorded 0 unchanged 1 left out 0",
		"REVISED criterion-19-2 89 2020 97/119→83/119 −14,4%", "DROPPED criterion-19-2 89 2018 78/119→no figure")
	if p.Releases != 2 || p.Pending != 0 || !strings.Contains(p.Text(number.Vietnamese), "chờ duyệt") {
		t.Errorf("%d releases, pending as %d: %s", p.Releases, p.Pending, p.Text(number.Vietnamese))
	}
	o.must(ledger.Waiting, changed)
	if p = o.preview(changed); p.Pending == 0 || p.Outcome != ledger.Waiting || p.CellCount != 2 {
		t.Errorf("what awaits approval is previewed as %+v", p)
	}
	o.refuse(p.Pending.String())
	expect(t, o.preview(changed+"\n"), "unchanged new 0 changed 0 dropped 0 recorded 0 unchanged 0 left out 2")
}

// Rejected rows are told, and where the source stops at them nothing would be published.
func TestPreviewOfRejects(t *testing.T) {
	o := newOffice(t)
	const rows = "89,criterion-19-2,2020,97,119,2021-03-12,,,,B\n89,criterion-19-2,2019,some,119,2021-03-12,,,,B\n"
	p := o.preview(rows)
	if p.Added != 1 || p.RejectCount != 1 || p.Rejected != 1 || p.Read != 2 || p.Rejects[0].Place.Line != 3 || p.Outcome != ledger.Published {
		t.Errorf("%+v", p)
	}
	o.allow("    rejects: stop\n")
	if p = o.preview(rows); p.Outcome != ledger.Refused || p.CellCount != 0 || p.RejectCount != 1 {
		t.Errorf("%+v", p)
	}
}
