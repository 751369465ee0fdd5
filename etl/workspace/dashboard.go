package workspace

import (
	"cmp"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// mostTiles is how many tiles a dashboard can have: it is one screen.
const mostTiles = 20

// readDashboards reads the files that a workspace names, one dashboard each.
func readDashboards(r *reader, questions Questions, n node) []*catalogue.DashboardTemplate {
	var all []*catalogue.DashboardTemplate
	for _, file := range n.list() {
		if document := r.document(file); document.exists() {
			all = append(all, readDashboard(r, questions, document))
		}
	}
	return all
}

func readDashboard(r *reader, questions Questions, document node) *catalogue.DashboardTemplate {
	m := document.mapping("code", "title", "description", "unit", "year", "base_year", "tiles")
	code, unit, tiles := m.need("code"), m.need("unit"), m.need("tiles")
	t := &catalogue.DashboardTemplate{
		Code: code.code(), Titles: m.need("title").text(), Descriptions: m.get("description").text(),
		UnitCode: unit.scalar(), Year: year(m.need("year")), BaseYear: cmp.Or(baseYear(m.get("base_year")), number.DefaultBaseYear),
	}
	r.dashboards.declare(&r.faults, t.Code, code.at)
	r.units.refer(&r.faults, t.UnitCode, unit.at)
	if t.Year == t.BaseYear && t.Year != 0 {
		m.get("base_year").fault(BadValue, "the base year is the year shown, %d", t.Year)
	}
	items := tiles.list()
	switch {
	case tiles.exists() && len(items) == 0:
		tiles.fault(MissingKey, "a dashboard has at least one tile")
	case len(items) > mostTiles:
		tiles.fault(BadValue, "%d tiles; a dashboard can have %d", len(items), mostTiles)
	}
	for _, item := range items {
		t.Tiles = append(t.Tiles, readTile(r, questions, item))
	}
	return t
}
