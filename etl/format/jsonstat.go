package format

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/niengiam/niengiam/stats/number"
)

// readJSONStat reads JSON-stat, of version 1 (datasets by name, or one called dataset) and of
// version 2 (https://json-stat.org/full/). What some offices write after the last brace, a
// NUL byte, is passed over.
func readJSONStat(f File, o Options) ([]Sheet, error) {
	text, err := decode(f.Name, bytes.TrimRight(f.Content, "\x00\r\n\t "), cmp.Or(o.Encoding, "utf-8"))
	if err != nil {
		return nil, err
	}
	if fault := depth(f.Name, JSONStat, text, o.Limits); fault != nil {
		return nil, fault
	}
	datasets, err := statDatasets([]byte(text))
	if err != nil {
		return nil, malformed(f.Name, JSONStat, number.Say("its JSON cannot be read"), err)
	}
	if len(datasets) == 0 {
		return nil, malformed(f.Name, JSONStat, number.Say("it has no dataset"), nil)
	}
	if len(datasets) > o.Limits.Sheets {
		return nil, o.Limits.over(f.Name, number.Say("datasets"), int64(o.Limits.Sheets))
	}
	var sheets []Sheet
	for _, d := range datasets {
		sheet, err := d.sheet(f.Name, f.length(), o)
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, sheet)
	}
	return sheets, nil
}

// statDataset is a dataset as it is written.
type statDataset struct {
	name      string
	Class     string                     `json:"class"`
	Label     string                     `json:"label"`
	Source    string                     `json:"source"`
	Updated   string                     `json:"updated"`
	Note      json.RawMessage            `json:"note"`
	ID        []string                   `json:"id"`
	Size      []int                      `json:"size"`
	Dimension map[string]json.RawMessage `json:"dimension"`
	Value     json.RawMessage            `json:"value"`
	Status    json.RawMessage            `json:"status"`
}

// statDatasets finds the datasets of a document, by name.
func statDatasets(text []byte) ([]*statDataset, error) {
	var whole statDataset
	if err := json.Unmarshal(text, &whole); err != nil {
		return nil, err
	}
	if whole.Dimension != nil {
		return []*statDataset{&whole}, nil
	}
	var named map[string]json.RawMessage
	if err := json.Unmarshal(text, &named); err != nil {
		return nil, err
	}
	var datasets []*statDataset
	for name, part := range named {
		var d statDataset
		if err := json.Unmarshal(part, &d); err == nil && d.Dimension != nil { // what is none is about the others
			d.name = name
			datasets = append(datasets, &d)
		}
	}
	slices.SortFunc(datasets, func(a, b *statDataset) int { return cmp.Compare(a.name, b.name) })
	return datasets, nil
}

// sheet lays a dataset out; length is that of the file.
func (d *statDataset) sheet(file string, length int64, o Options) (Sheet, error) {
	wrong := func(message number.Message, cause error) (Sheet, error) {
		return Sheet{}, malformed(file, JSONStat, message, cause)
	}
	if err := d.beside(); err != nil {
		return wrong(number.Say("its list of dimensions cannot be read"), err)
	}
	if len(d.ID) == 0 || len(d.ID) != len(d.Size) {
		return wrong(number.Say("it names %d dimensions and %d sizes", len(d.ID), len(d.Size)), nil)
	}
	c := &cube{}
	for i, id := range d.ID {
		read, err := statDimension(id, d.Dimension[id])
		if err != nil {
			return wrong(number.Say("the dimension %q cannot be read", id), err)
		}
		if len(read.categories) != d.Size[i] {
			return wrong(number.Say("the dimension %q has %d categories, not %d as it says", id, len(read.categories), d.Size[i]), nil)
		}
		c.dimensions = append(c.dimensions, read)
	}
	size, fault := c.size(file, o.Limits)
	if fault == nil {
		fault = o.Limits.spread(file, length, inText, int64(size), int64(2*len(c.dimensions)+2))
	}
	if fault != nil {
		return Sheet{}, fault
	}
	values, err := statValues(d.Value, size)
	if err != nil {
		return wrong(number.Say("its values cannot be read"), err)
	}
	statuses, err := statValues(d.Status, size)
	if err != nil {
		return wrong(number.Say("its statuses cannot be read"), err)
	}
	c.value, c.status = values, statuses
	sheet := c.sheet(d.notes(), size)
	sheet.Name = d.name
	return sheet, nil
}

// beside reads what version 1 wrote among the dimensions: their order and sizes.
func (d *statDataset) beside() error {
	if d.ID != nil {
		return nil
	}
	return errors.Join(json.Unmarshal(d.Dimension["id"], &d.ID), json.Unmarshal(d.Dimension["size"], &d.Size))
}

func (d *statDataset) notes() []Note {
	var notes []Note
	for _, note := range []Note{{"title", d.Label}, {"source", d.Source}, {"updated", d.Updated}} {
		if note.Text != "" {
			notes = append(notes, note)
		}
	}
	var one string
	var several []string
	if json.Unmarshal(d.Note, &several) != nil && json.Unmarshal(d.Note, &one) == nil {
		several = []string{one}
	}
	for _, text := range several {
		notes = append(notes, Note{"note", text})
	}
	return notes
}

// statDimension reads a dimension: its categories in order, with labels where there are any.
func statDimension(id string, text json.RawMessage) (dimension, error) {
	var written struct {
		Label    string `json:"label"`
		Category struct {
			Index json.RawMessage   `json:"index"`
			Label map[string]string `json:"label"`
		} `json:"category"`
	}
	if err := json.Unmarshal(text, &written); err != nil {
		return dimension{}, err
	}
	codes, err := statIndex(written.Category.Index)
	if err != nil {
		return dimension{}, err
	}
	if codes == nil { // a dimension of one category needs no index
		for code := range written.Category.Label {
			codes = append(codes, code)
		}
		if len(codes) != 1 {
			return dimension{}, fmt.Errorf("%d categories and no order of them", len(codes))
		}
	}
	read := dimension{name: id}
	for _, code := range codes {
		read.categories = append(read.categories, category{code, cmp.Or(written.Category.Label[code], code)})
	}
	return read, nil
}

// statIndex reads the order of categories: a list of codes, or the place of each code.
func statIndex(text json.RawMessage) ([]string, error) {
	if text == nil {
		return nil, nil
	}
	var list []string
	if json.Unmarshal(text, &list) == nil {
		return list, nil
	}
	var places map[string]int
	if err := json.Unmarshal(text, &places); err != nil {
		return nil, err
	}
	codes := make([]string, len(places))
	for code, place := range places {
		if place < 0 || place >= len(codes) || codes[place] != "" {
			return nil, fmt.Errorf("category %q at place %d of %d", code, place, len(codes))
		}
		codes[place] = code
	}
	return codes, nil
}

// statValues reads values or statuses: a list, an object by place, or one for all. Numbers
// are taken digit by digit; null is "".
func statValues(text json.RawMessage, size int) (func(int) string, error) {
	if text == nil || string(text) == "null" {
		return func(int) string { return "" }, nil
	}
	switch text[0] {
	case '[':
		var list []json.RawMessage
		if err := json.Unmarshal(text, &list); err != nil {
			return nil, err
		}
		if len(list) != size {
			return nil, fmt.Errorf("%d values for %d places", len(list), size)
		}
		return func(place int) string { return scalar(list[place]) }, nil
	case '{':
		var byPlace map[string]json.RawMessage
		if err := json.Unmarshal(text, &byPlace); err != nil {
			return nil, err
		}
		for key := range byPlace {
			if place, err := strconv.Atoi(key); err != nil || place < 0 || place >= size {
				return nil, fmt.Errorf("a value at place %q of %d", key, size)
			}
		}
		return func(place int) string { return scalar(byPlace[strconv.Itoa(place)]) }, nil
	}
	return func(int) string { return scalar(text) }, nil
}

// scalar is a JSON text or number as text, "" for null and for what is neither.
func scalar(text json.RawMessage) string {
	var written string
	switch {
	case len(text) == 0 || string(text) == "null":
		return ""
	case text[0] == '"' && json.Unmarshal(text, &written) == nil:
		return written
	}
	return string(text)
}
