package workspace

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// topology reads the shapes of units from TopoJSON, and writes of them what a map needs:
// one object, `units`, of polygons with the codes of the units as ids.
//
// The format: https://github.com/topojson/topojson-specification, version 1.
type topology struct {
	faults   *faults
	at       mark
	property string // of a shape that has the code of its unit; "" for its id

	Type      string              `json:"type"`
	Transform *quantization       `json:"transform,omitempty"`
	Arcs      [][][]float64       `json:"arcs"`
	Objects   map[string]geometry `json:"objects"`
}

// served is a topology as it is written: with what a drawing shows apart, which is no
// member of the format, but the format allows others.
type served struct {
	*topology
	Insets []inset `json:"insets,omitempty"`
}

// inset is a part of a map that lies far from the rest, so that it is drawn in a frame of
// its own: what it is called, and west, south, east and north of it in degrees.
type inset struct {
	Name number.Text `json:"name"`
	Box  [4]float64  `json:"box"`
}

// quantization makes whole numbers, each the step from the position before it, of
// degrees.
type quantization struct {
	Scale     [2]float64 `json:"scale"`
	Translate [2]float64 `json:"translate"`
}

// geometry is a shape, or a collection of shapes.
type geometry struct {
	Type       string                     `json:"type"`
	ID         json.RawMessage            `json:"id,omitempty"`
	Properties map[string]json.RawMessage `json:"properties,omitempty"`
	Arcs       json.RawMessage            `json:"arcs,omitempty"`
	Geometries []geometry                 `json:"geometries,omitempty"`
}

// unitsObject is the name of the one object that is written.
const unitsObject = "units"

// read reads a file and gives the shapes of the object of a name, which may be blank
// where there is one, with the insets of its map; `check` is told the code of each shape.
// It gives nil where there is a fault.
func (t *topology) read(content []byte, object string, insets []inset, check func(unit string)) []byte {
	decoder := json.NewDecoder(bytes.NewReader(content))
	if err := decoder.Decode(t); err != nil {
		t.faults.add(t.at, BadMap, "this is not TopoJSON: %s", err)
		return nil
	}
	if t.Type != "Topology" {
		t.faults.add(t.at, BadMap, "this is not TopoJSON: its type is %q", t.Type).Hint = number.EnglishOnly("a file of GeoJSON is made into one by geo2topo, from the npm package topojson-server")
		return nil
	}
	collection, ok := t.object(object)
	if !ok || !t.checkArcs() {
		return nil
	}
	shapes := t.shapes(collection, check)
	if len(shapes) == 0 {
		return nil
	}
	t.Objects = map[string]geometry{unitsObject: {Type: "GeometryCollection", Geometries: t.prune(shapes)}}
	written, err := json.Marshal(served{t, insets})
	if err != nil {
		t.faults.add(t.at, BadMap, "the shapes cannot be written: %s", err)
	}
	return written
}

// object gives the collection of shapes of a name.
func (t *topology) object(name string) (geometry, bool) {
	names := make([]string, 0, len(t.Objects))
	for known := range t.Objects {
		names = append(names, known)
	}
	slices.Sort(names)
	if name == "" && len(names) == 1 {
		name = names[0]
	}
	object, known := t.Objects[name]
	switch {
	case name == "" && len(names) > 1:
		t.faults.add(t.at, BadMap, "the file has several objects").Hint = number.EnglishOnly("name one as `object`: %s", strings.Join(names, ", "))
	case !known:
		t.faults.add(t.at, BadMap, "the file has no object %q", name).Hint = number.EnglishOnly("it has %s", strings.Join(names, ", "))
	case object.Type != "GeometryCollection":
		t.faults.add(t.at, BadMap, "the object %q is a %s, not a collection of shapes", name, object.Type)
	default:
		return object, true
	}
	return geometry{}, false
}

// checkArcs checks that the lines are in degrees: a survey's metres would be drawn,
// but nowhere near where they are.
func (t *topology) checkArcs() bool {
	for i, arc := range t.Arcs {
		var x, y float64
		for _, position := range arc {
			if len(position) < 2 {
				t.faults.add(t.at, BadMap, "arc %d has a position that is none", i)
				return false
			}
			if t.Transform == nil {
				x, y = position[0], position[1]
			} else {
				x, y = x+position[0], y+position[1]
			}
			if longitude, latitude := t.degrees(x, y); longitude < -180 || longitude > 180 || latitude < -90 || latitude > 90 {
				t.faults.add(t.at, BadMap, "the position %g, %g is not in degrees of longitude and latitude", longitude, latitude).Hint =
					number.EnglishOnly("convert the shapes to WGS 84 (EPSG:4326) first")
				return false
			}
		}
	}
	return true
}

func (t *topology) degrees(x, y float64) (longitude, latitude float64) {
	if t.Transform == nil {
		return x, y
	}
	return x*t.Transform.Scale[0] + t.Transform.Translate[0], y*t.Transform.Scale[1] + t.Transform.Translate[1]
}

// shapes gives the shapes of a collection without what no map needs, in their order.
func (t *topology) shapes(collection geometry, check func(unit string)) []geometry {
	var shapes []geometry
	seen := map[string]bool{}
	for i, shape := range collection.Geometries {
		unit, ok := t.codeOf(shape)
		switch {
		case !ok:
			t.faults.add(t.at, BadMap, "shape %d has no code of a unit as its %s", i+1, t.codePlace())
		case seen[unit]:
			t.faults.add(t.at, DuplicateCode, "the unit %q has two shapes", unit).Hint = number.EnglishOnly("make one MultiPolygon of them")
		case !t.isArea(shape):
			t.faults.add(t.at, BadMap, "the shape of %q is no area: a %s, or of lines that the file has not", unit, shape.Type)
		default:
			check(unit)
			id, _ := json.Marshal(unit) // a text can be written
			shapes = append(shapes, geometry{Type: shape.Type, ID: id, Arcs: shape.Arcs})
		}
		seen[unit] = true
	}
	if len(collection.Geometries) == 0 {
		t.faults.add(t.at, BadMap, "the object has no shapes")
	}
	return shapes
}

func (t *topology) codePlace() string {
	if t.property == "" {
		return "id"
	}
	return fmt.Sprintf("property %q", t.property)
}

// codeOf gives the code of a shape's unit: a text, or a whole number as it is written.
func (t *topology) codeOf(shape geometry) (string, bool) {
	written := shape.ID
	if t.property != "" {
		written = shape.Properties[t.property]
	}
	var text string
	if json.Unmarshal(written, &text) == nil {
		return text, text != ""
	}
	var number json.Number
	if json.Unmarshal(written, &number) == nil {
		return number.String(), number != ""
	}
	return "", false
}

// isArea reports whether a shape is a polygon or several, of lines that there are.
func (t *topology) isArea(shape geometry) bool {
	polygons := polygonsOf(shape)
	for ring := range slices.Values(slices.Concat(polygons...)) {
		for _, arc := range ring {
			if max(arc, ^arc) >= len(t.Arcs) {
				return false
			}
		}
	}
	return len(polygons) > 0
}

// polygonsOf gives the rings of each polygon of a shape, as the numbers of their lines: one
// that is gone through backwards is ^number. Of what is no area it gives none.
func polygonsOf(shape geometry) [][][]int {
	var polygon [][]int
	var polygons [][][]int
	switch shape.Type {
	case "Polygon":
		if json.Unmarshal(shape.Arcs, &polygon) == nil {
			polygons = [][][]int{polygon}
		}
	case "MultiPolygon":
		if json.Unmarshal(shape.Arcs, &polygons) != nil {
			return nil
		}
	}
	return polygons
}

// prune leaves out the lines of the file that no shape is bounded by, for a file may have
// several objects: the 63 provinces and the 6 regions are one. It gives the shapes with the
// new numbers of their lines.
func (t *topology) prune(shapes []geometry) []geometry {
	bounding := map[int]int{} // from the old number to the new
	for _, shape := range shapes {
		for ring := range slices.Values(slices.Concat(polygonsOf(shape)...)) {
			for _, arc := range ring {
				bounding[max(arc, ^arc)] = 0
			}
		}
	}
	var arcs [][][]float64
	for i, arc := range t.Arcs {
		if _, used := bounding[i]; used {
			bounding[i] = len(arcs)
			arcs = append(arcs, arc)
		}
	}
	t.Arcs = arcs
	pruned := make([]geometry, len(shapes))
	for i, shape := range shapes {
		polygons := polygonsOf(shape)
		for ring := range slices.Values(slices.Concat(polygons...)) {
			for j, arc := range ring {
				if arc < 0 {
					ring[j] = ^bounding[^arc]
				} else {
					ring[j] = bounding[arc]
				}
			}
		}
		pruned[i] = geometry{Type: shape.Type, ID: shape.ID}
		if shape.Type == "Polygon" {
			pruned[i].Arcs, _ = json.Marshal(polygons[0]) // whole numbers can be written
		} else {
			pruned[i].Arcs, _ = json.Marshal(polygons)
		}
	}
	return pruned
}
