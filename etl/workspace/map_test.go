package workspace_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// A map keeps the shapes and their codes, and nothing else of its file.
func TestMap(t *testing.T) {
	w, err := workspace.Read(whole(t), nil)
	if err != nil || len(w.Definitions.Maps) != 1 {
		t.Fatal(err)
	}
	m := w.Definitions.Maps[0]
	if m.Code != "districts" || m.LevelCode != "district" || m.ValidFrom() != nil || *m.ValidTo() != number.NewDate(2025, 7, 1) || m.Source.Title != "Synthetic squares" {
		t.Errorf("%+v", m)
	}
	const want = `{"type":"Topology","transform":{"scale":[0.1,0.1],"translate":[105,10]},` +
		`"arcs":[[[1,0],[0,1]],[[1,1],[-1,0],[0,-1],[1,0]],[[1,1],[1,0],[0,-1],[-1,0]]],` +
		`"objects":{"units":{"type":"GeometryCollection","geometries":[` +
		`{"type":"Polygon","id":"886","arcs":[[0,1]]},{"type":"MultiPolygon","id":"890","arcs":[[[2,-1]]]}]}}}`
	if got := string(w.Shapes["districts"]); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	w.Definitions.AssignKeys(nil)
	c := catalogue.NewCalendar(catalogue.NewCatalogue(w.Definitions, ledger.Holdings{}))
	for _, at := range []struct {
		level string
		day   number.Date
		there bool
	}{
		{"district", number.NewDate(2020, 12, 31), true},
		{"district", number.NewDate(2025, 6, 30), true},
		{"district", number.NewDate(2025, 7, 1), false},
		{"commune", number.NewDate(2020, 12, 31), false},
	} {
		if got := c.MapOn(c.Level(at.level), at.day); (got != nil) != at.there {
			t.Errorf("%s on %s: %v", at.level, at.day, got)
		}
	}
}

// Of a file with several objects only the lines of the one that is shown are served, and
// what lies far off has its frames.
func TestMapOfOneObjectWithInsets(t *testing.T) {
	dir := whole(t)
	const file = `{"type": "Topology", "insets": "a word of the file's own", "arcs": [[[9, 9], [9, 8], [8, 8], [9, 9]], [[1, 1], [1, 2]], [[1, 1], [2, 1], [1, 2]]],
		"objects": {"other": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "id": "890", "arcs": [[0]]}]},
		"squares": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "properties": {"code": "886"}, "arcs": [[2, -2]]}]}}}`
	if err := os.WriteFile(filepath.Join(dir, "maps/synthetic.topojson"), []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	const source = "source: {title: Synthetic squares}"
	edit(t, filepath.Join(dir, "niengiam.yaml"), source, source+"\n    object: squares\n    insets: [{name: {vi: Đảo xa, en: Far islands}, box: [111, 15.5, 113, 17.25]}]")
	w, err := workspace.Read(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"type":"Topology","arcs":[[[1,1],[1,2]],[[1,1],[2,1],[1,2]]],` +
		`"objects":{"units":{"type":"GeometryCollection","geometries":[{"type":"Polygon","id":"886","arcs":[[1,-1]]}]}},` +
		`"insets":[{"name":{"vi":"Đảo xa","en":"Far islands"},"box":[111,15.5,113,17.25]}]}`
	if got := string(w.Shapes["districts"]); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Every fault of a map is found, with its file and line; none of them is drawn.
func TestMapFaults(t *testing.T) {
	const main, file = "niengiam.yaml", "maps/synthetic.topojson"
	another := "  - code: again\n    level: district\n    file: maps/synthetic.topojson\n    property: code\n    valid_from: 2020-01-01\n    source: {title: Squares}\n"
	for _, c := range []struct{ name, in, old, new, want, says string }{
		{"no code", main, "  - code: districts\n    level", "  - level", "WORKSPACE_MISSING_KEY " + main + ":62", `"code"`},
		{"unknown level", main, "level: district\n    file: maps", "level: distrikt\n    file: maps", "WORKSPACE_UNKNOWN_REFERENCE " + main + ":63", "nearest: district"},
		{"no file", main, "    file: maps/synthetic.topojson\n", "", "WORKSPACE_MISSING_KEY " + main + ":62", `"file"`},
		{"a file that is not there", main, "synthetic.topojson", "none.topojson", "WORKSPACE_FILE_MISSING " + main + ":64", "none.topojson"},
		{"a file outside", main, "maps/synthetic.topojson", "../synthetic.topojson", "WORKSPACE_FILE_OUTSIDE " + main + ":64", "leaves"},
		{"no source", main, "    source: {title: Synthetic squares}\n", "", "WORKSPACE_MISSING_KEY " + main + ":62", `"source"`},
		{"days that run backwards", main, "valid_to: 2025-07-01", "valid_to: 2025-07-01\n    valid_from: 2026-01-01", "WORKSPACE_VALIDITY " + main + ":66", "before it begins"},
		{"two maps of a day", main, "maps:\n", "maps:\n" + another, "WORKSPACE_VALIDITY " + main + ":68", "same days"},
		{"an inset without a name", main, "property: code", "property: code\n    insets: [{box: [1, 2, 3, 4]}]", "WORKSPACE_MISSING_KEY " + main + ":66", `"name"`},
		{"an inset of three sides", main, "property: code", "property: code\n    insets: [{name: {vi: Xa, en: Far}, box: [1, 2, 3]}]", "WORKSPACE_BAD_VALUE " + main + ":66", "west, south, east and north"},
		{"an inset that is upside down", main, "property: code", "property: code\n    insets: [{name: {vi: Xa, en: Far}, box: [1, 4, 3, 2]}]", "WORKSPACE_BAD_VALUE " + main + ":66", "west, south, east and north"},
		{"unknown object", main, "property: code", "property: code\n    object: circles", "WORKSPACE_MAP " + file, "squares"},
		{"no codes", main, "    property: code\n", "    property: name\n", "WORKSPACE_MAP " + file, `property "name"`},
		{"codes of nothing", main, "    property: code\n", "", "WORKSPACE_UNKNOWN_REFERENCE " + file, `no unit "1"`},
		{"units of other days", main, "valid_to: 2025-07-01", "valid_from: 2025-07-01", "WORKSPACE_UNKNOWN_REFERENCE " + file, `"886" is of no unit of the level "district"`},
		{"units of another level", main, "level: district\n    file: maps", "level: commune\n    file: maps", "WORKSPACE_UNKNOWN_REFERENCE " + file, `"886" is of no unit of the level "commune"`},
		{"not JSON", file, "{", "", "WORKSPACE_MAP " + file, "not TopoJSON"},
		{"GeoJSON", file, "Topology", "FeatureCollection", "WORKSPACE_MAP " + file, "geo2topo"},
		{"several objects", file, `"objects": {`, `"objects": {"circles": {"type": "GeometryCollection"}, `, "WORKSPACE_MAP " + file, "name one as `object`: circles, squares"},
		{"one shape", file, `"GeometryCollection"`, `"Polygon"`, "WORKSPACE_MAP " + file, "not a collection"},
		{"metres", file, "[105, 10]", "[555000, 1150000]", "WORKSPACE_MAP " + file, "WGS 84"},
		{"a position of one number", file, "[[1, 0], [0, 1]]", "[[1, 0], [1]]", "WORKSPACE_MAP " + file, "arc 0"},
		{"a line", file, `"type": "Polygon"`, `"type": "LineString"`, "WORKSPACE_MAP " + file, `"886" is no area: a LineString`},
		{"a line that is not there", file, "[[0, 1]]", "[[0, 3]]", "WORKSPACE_MAP " + file, `"886" is no area`},
		{"a line back that is not there", file, "[[[2, -1]]]", "[[[2, -4]]]", "WORKSPACE_MAP " + file, `"890" is no area`},
		{"two shapes of a unit", file, `"code": "890"`, `"code": "886"`, "WORKSPACE_DUPLICATE_CODE " + file, "MultiPolygon"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := whole(t)
			edit(t, filepath.Join(dir, c.in), c.old, c.new)
			_, err := workspace.Read(dir, nil)
			holds(t, err, c.want, c.says)
		})
	}
}
