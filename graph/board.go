package graph

import (
	"cmp"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// board is how large the answers on a dashboard are: of each kind one entry for
// each tile.
type board struct {
	tiles int
	kinds map[catalogue.TileKind][]extent
}

// tileKinds names the kinds of tiles that have the answer of a field of Tile.
func tileKinds(field string) []catalogue.TileKind {
	switch field {
	case "comparison":
		return []catalogue.TileKind{catalogue.HeadlineTile, catalogue.ChurnTile}
	case "series":
		return []catalogue.TileKind{catalogue.TrendTile}
	case "ranking":
		return []catalogue.TileKind{catalogue.RankingTile}
	case "targets":
		return []catalogue.TileKind{catalogue.TargetsTile}
	case "scorecard":
		return []catalogue.TileKind{catalogue.ScorecardTile}
	case "table":
		return []catalogue.TileKind{catalogue.TableTile}
	}
	return nil
}

// sizesExtent returns the sizes of the answers that a field of a tile stands for: one for each
// tile that has it; false for a field of anything else.
func sizesExtent(e extent, f *ast.Field) ([]extent, bool) {
	if e.board == nil || f.ObjectDefinition == nil || f.ObjectDefinition.Name != "Tile" {
		return nil, false
	}
	kinds := tileKinds(f.Name)
	if kinds == nil {
		return make([]extent, e.board.tiles), true
	}
	var sizes []extent
	for _, kind := range kinds {
		sizes = append(sizes, e.board.kinds[kind]...)
	}
	return sizes, true
}

// tiles prices a field of all tiles of a dashboard at once: an answer is only there
// on the tiles of its kind. The list of tiles itself counts as one.
func tiles(m *meter, f *ast.Field, sizes []extent) estimate {
	total := estimate{depth: m.selections(f.SelectionSet, extent{}).depth + 1}
	for _, size := range sizes {
		inside := m.inside(f, size)
		total.statements = total.statements.and(inside.statements)
		total.price = add(total.price, add(add(1, inside.price), multiply(priceOfRow, multiply(size.rows, size.years))))
	}
	return total
}

// boardMeter sizes the answers on the dashboard that a field asks for.
func boardMeter(m *meter, f *ast.Field) *board {
	b := &board{kinds: map[catalogue.TileKind][]extent{}}
	template := m.catalogue.Dashboard(m.text(f, "code"))
	if template == nil {
		return b
	}
	year := number.Year(cmp.Or(m.number(f, "year"), int(template.Year)))
	unit := cmp.Or(m.text(f, "unit"), template.UnitCode)
	b.tiles = len(template.Tiles)
	for _, tile := range template.Tiles {
		size := tileMeter(m, f, tile, year, unit)
		b.kinds[tile.Kind] = append(b.kinds[tile.Kind], size)
	}
	return b
}

// tileMeter sizes the answer of one tile.
func tileMeter(m *meter, f *ast.Field, tile *catalogue.TileTemplate, year number.Year, unit string) extent {
	size := extent{rows: max(len(tile.UnitCodes), 1), years: 1, parts: 1}
	if own := tile.Year; own != 0 {
		year = own
	}
	if year < number.FirstYear || year > number.LastYear {
		return size
	}
	h := m.catalogue.At(day(m, f, year))
	if tile.By != "" {
		size.rows = len(h.LevelWithin(tile.By, h.Unit(tile.Within(unit))))
	}
	switch i := m.catalogue.Indicator(tile.IndicatorCode); {
	case tile.Kind == catalogue.TrendTile && i != nil && len(i.Years()) > 0:
		size.years = clamp(int(year-max(tile.From, i.Years()[0]))+1, 100)
	case tile.Kind == catalogue.ChurnTile && i != nil:
		size.parts = len(h.LevelWithin(i.Level().Code, h.Unit(unit)))
	case tile.Kind == catalogue.TargetsTile && tile.TargetCode == "":
		size.rows = max(len(m.catalogue.Targets), 1)
	case tile.Kind == catalogue.TableTile:
		size.years = 2 * len(tile.IndicatorCodes) * max(len(tile.Measures), 1)
	}
	return size
}
