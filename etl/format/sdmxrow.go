package format

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// sdmx is a data set while it is laid out.
type sdmx struct {
	structure sdmxStructure
	set       sdmxSet
	language  string
	// dimensions are those of the set, of series and of observations; order is how they
	// follow one another in a row.
	dimensions []sdmxComponent
	order      []int
	measures   []sdmxComponent
	attributes []sdmxComponent
	groups     []sdmxGroup
	found      []sdmxObservation
}

// sdmxObservation is one row: the places of its dimensions, its values, and what is attached.
type sdmxObservation struct {
	key    []int
	values []string
}

// sdmxGroup is attributes that belong to all rows with some places; -1 is any.
type sdmxGroup struct {
	key    []int
	values []json.RawMessage
}

func newSDMX(structure sdmxStructure, set sdmxSet, language string) *sdmx {
	r := &sdmx{structure: structure, set: set, language: language}
	d, a := structure.Dimensions, structure.Attributes
	r.dimensions = slices.Concat(d.DataSet, d.Series, d.Observation)
	r.attributes = slices.Concat(a.DataSet, a.DimensionGroup, a.Series, a.Observation)
	if r.measures = structure.Measures.Observation; len(r.measures) == 0 {
		r.measures = []sdmxComponent{{sdmxItem: sdmxItem{ID: "OBS_VALUE"}}}
	}
	for i := range r.dimensions {
		r.order = append(r.order, i)
	}
	position := func(i int) int {
		if at := r.dimensions[i].KeyPosition; at != nil {
			return *at
		}
		return len(r.dimensions)
	}
	slices.SortStableFunc(r.order, func(a, b int) int { return position(a) - position(b) })
	return r
}

// columns names the columns: of each dimension the code and its label, the measures, and each
// attribute, with a label where it has codes.
func (r *sdmx) columns() []string {
	var columns []string
	for _, i := range r.order {
		columns = append(columns, r.dimensions[i].ID, r.dimensions[i].ID+" label")
	}
	for _, m := range r.measures {
		columns = append(columns, m.ID)
	}
	for _, a := range r.attributes {
		if columns = append(columns, a.ID); len(a.Values) > 0 {
			columns = append(columns, a.ID+" label")
		}
	}
	return columns
}

// read reads all observations.
func (r *sdmx) read() error {
	d := r.structure.Dimensions
	for key, values := range r.set.Groups {
		places, err := parseKey(key, true)
		if err != nil {
			return err
		}
		if len(places) == len(d.Series)+len(d.Observation) {
			places = append(slices.Repeat([]int{-1}, len(d.DataSet)), places...)
		}
		if len(places) != len(r.dimensions) {
			return fmt.Errorf("the key %q of a group has not one place for each of %d dimensions", key, len(r.dimensions))
		}
		r.groups = append(r.groups, sdmxGroup{places, values})
	}
	if err := r.observations(make([]int, len(d.DataSet)), nil, r.set.Observations); err != nil {
		return err
	}
	for key, series := range r.set.Series {
		places, err := parseKey(key, false)
		if err != nil {
			return err
		}
		if len(places) != len(d.Series) {
			return fmt.Errorf("the key %q of a series has not %d places", key, len(d.Series))
		}
		if err := r.observations(slices.Concat(make([]int, len(d.DataSet)), places), series.Attributes, series.Observations); err != nil {
			return err
		}
	}
	slices.SortFunc(r.found, func(a, b sdmxObservation) int { return slices.Compare(a.key, b.key) })
	return nil
}

// observations reads those of one series, or those that stand side by side.
func (r *sdmx) observations(above []int, attached []json.RawMessage, observations map[string][]json.RawMessage) error {
	for key, written := range observations {
		places, err := parseKey(key, false)
		if err != nil {
			return err
		}
		if places = slices.Concat(above, places); len(places) != len(r.dimensions) {
			return fmt.Errorf("the key %q leads to %d of %d dimensions", key, len(places), len(r.dimensions))
		}
		for i, d := range r.dimensions {
			if _, err := d.of(places[i]); err != nil {
				return err
			}
		}
		values, err := r.values(places, attached, written)
		if err != nil {
			return err
		}
		r.found = append(r.found, sdmxObservation{places, values})
	}
	return nil
}

// values gives the cells behind the dimensions.
func (r *sdmx) values(places []int, attached, written []json.RawMessage) ([]string, error) {
	var values []string
	for i, m := range r.measures {
		value := ""
		if i < len(written) {
			value = scalar(written[i])
		}
		if place, err := strconv.Atoi(value); err == nil && len(m.Values) > 0 { // a measure of codes
			item, err := m.of(place)
			if err != nil {
				return nil, err
			}
			value = item.code()
		}
		values = append(values, value)
	}
	var group []json.RawMessage
	for _, g := range r.groups {
		if !g.has(places) {
			continue
		}
		for i, value := range g.values {
			if group = append(group, make([]json.RawMessage, max(0, i+1-len(group)))...); string(value) != "null" {
				group[i] = value
			}
		}
	}
	a := r.structure.Attributes
	for _, level := range []struct {
		components []sdmxComponent
		values     []json.RawMessage
	}{{a.DataSet, r.set.Attributes}, {a.DimensionGroup, group}, {a.Series, attached}, {a.Observation, written[min(len(written), len(r.measures)):]}} {
		if len(level.values) > len(level.components) && len(level.components) > 0 {
			return nil, fmt.Errorf("%d values of %d attributes", len(level.values), len(level.components))
		}
		for i, c := range level.components {
			var value json.RawMessage
			if i < len(level.values) {
				value = level.values[i]
			}
			code, label, err := c.attribute(value, r.language)
			if err != nil {
				return nil, err
			}
			if values = append(values, code); len(c.Values) > 0 {
				values = append(values, label)
			}
		}
	}
	return values, nil
}

func (g sdmxGroup) has(places []int) bool {
	for i, place := range g.key {
		if place >= 0 && place != places[i] {
			return false
		}
	}
	return true
}

// attribute reads a value: an index, several of them, or a text where it has no codes, in one
// or more languages.
func (c sdmxComponent) attribute(value json.RawMessage, language string) (code, label string, err error) {
	var indices []int
	var one int
	switch {
	case len(value) == 0 || string(value) == "null":
		return "", "", nil
	case len(c.Values) > 0 && json.Unmarshal(value, &one) == nil:
		indices = []int{one}
	case len(c.Values) > 0 && json.Unmarshal(value, &indices) == nil:
	default:
		text := sdmxItem{}
		if json.Unmarshal(value, &text.Names) == nil {
			return text.label(language), "", nil
		}
		return scalar(value), "", nil
	}
	var codes, labels []string
	for _, index := range indices {
		item, err := c.of(index)
		if err != nil {
			return "", "", err
		}
		codes, labels = append(codes, item.code()), append(labels, item.label(language))
	}
	return strings.Join(codes, ", "), strings.Join(labels, ", "), nil
}

// rows lays the observations out.
func (r *sdmx) rows(name string, limits Limits) func(func(Row, error) bool) {
	return func(yield func(Row, error) bool) {
		if !yield(Row{Line: 1, Cells: trimmed(r.columns())}, nil) {
			return
		}
		for n, observation := range r.found {
			row := Row{Line: n + 2}
			for _, i := range r.order {
				item := r.dimensions[i].Values[observation.key[i]]
				code := item.code()
				label := item.label(r.language)
				if label == "" {
					label = code
				}
				row.Cells = append(row.Cells, code, label)
			}
			row.Cells = trimmed(append(row.Cells, observation.values...))
			if fault := limits.check(at(name, row.Line), row); fault != nil {
				yield(Row{}, fault)
				return
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// notes are what the message says of the data set.
func (r *sdmx) notes(message sdmxMessage) []Note {
	sender := message.Meta.Sender
	if sender.code() == "" {
		sender = message.Header.Sender
	}
	var notes []Note
	prepared := message.Meta.Prepared
	if prepared == "" {
		prepared = message.Header.Prepared
	}
	source := sender.label(r.language)
	if source == "" {
		source = sender.code()
	}
	for _, note := range []Note{{"title", r.structure.label(r.language)}, {"source", source}, {"updated", prepared}, {"action", r.set.Action}} {
		if note.Text != "" {
			notes = append(notes, note)
		}
	}
	for _, component := range slices.Concat(r.dimensions, r.attributes) {
		if label := component.label(r.language); label != "" {
			notes = append(notes, Note{"column " + component.ID, label})
		}
	}
	return notes
}
