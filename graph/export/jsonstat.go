package export

import (
	"bufio"
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/graph/sheet"
	"github.com/niengiam/niengiam/stats/number"
)

// measure is the dimension of a data set whose categories are the columns with
// numbers.
const measure = "measure"

// cube is a table as JSON-stat sees it: dimensions by which its rows are told
// apart, and the columns with numbers as one more.
type cube struct {
	columns    []columnOf
	dimensions []*dimension
	measures   []int // places of columns
	statuses   []int // for each measure the column with its status, −1 for none
}

// dimension is one column that tells rows apart.
type dimension struct {
	column int
	label  int // the column with names, −1 for none
	role   string
	places map[string]int
	codes  []string
	labels map[string]string
}

// newCube finds the dimensions among the columns: codes of what the row is about,
// but not of what lies around that (unit.parent.code), and years.
func newCube(columns []columnOf) *cube {
	c := &cube{columns: columns}
	names := map[string]int{}
	for i, column := range columns {
		names[column.Name] = i
	}
	for i, column := range columns {
		object, last := "", column.Name
		if at := strings.LastIndex(column.Name, "."); at >= 0 {
			object, last = column.Name[:at+1], column.Name[at+1:]
		}
		switch {
		case column.Field == "code" && last == "code" && !within(object, names):
			d := &dimension{column: i, label: -1, places: map[string]int{}, labels: map[string]string{}}
			if at, has := names[object+"name"]; has {
				d.label = at
			}
			if column.Of == "Unit" {
				d.role = "geo"
			}
			c.dimensions = append(c.dimensions, d)
		case column.Field == "year" && column.Kind == sheet.Integer:
			c.dimensions = append(c.dimensions, &dimension{column: i, label: -1, role: "time", places: map[string]int{}, labels: map[string]string{}})
		case column.Kind.IsNumber():
			status := -1
			if at, has := names[object+"status"]; has {
				status = at
			}
			c.measures, c.statuses = append(c.measures, i), append(c.statuses, status)
		}
	}
	return c
}

// within reports whether an object lies within one that has a code itself.
func within(object string, names map[string]int) bool {
	for {
		at := strings.LastIndex(strings.TrimSuffix(object, "."), ".")
		if at < 0 {
			return false
		}
		if object = object[:at+1]; object == "" {
			return false
		}
		if _, has := names[object+"code"]; has {
			return true
		}
	}
}

// add enters the codes of a row and gives its place; the sizes that places are
// made with are not known before all rows are in.
func (c *cube) add(cells []sheet.Cell) string {
	var key strings.Builder
	for _, d := range c.dimensions {
		code := cells[d.column].Text
		if _, known := d.places[code]; !known {
			d.places[code] = len(d.codes)
			d.codes = append(d.codes, code)
			if d.label >= 0 {
				d.labels[code] = cells[d.label].Text
			}
		}
		key.WriteString(strconv.Itoa(d.places[code]) + " ")
	}
	return key.String()
}

// place is where the numbers of a row begin in the data set.
func (c *cube) place(cells []sheet.Cell) int {
	at := 0
	for _, d := range c.dimensions {
		at = at*len(d.codes) + d.places[cells[d.column].Text]
	}
	return at * len(c.measures)
}

// cubeOf makes a cube of a table with the codes of all its rows, or says why it is no
// data set.
func cubeOf(t *table) (*cube, *number.Error) {
	c := newCube(t.columns)
	hint := number.Say("ask for what tells rows apart, unit { code } and the year of each figure, and for at least one number; .json takes any table")
	if len(c.dimensions) == 0 || len(c.measures) == 0 {
		return nil, &number.Error{Code: NotACube, Message: number.Say("the table has no codes or years that tell its rows apart, or no numbers"), Hint: hint}
	}
	seen := map[string]bool{}
	for row, err := range t.rows() {
		if err != nil {
			return c, nil // whoever writes the rows meets it again
		}
		key := c.add(row)
		if seen[key] {
			var codes []string
			for _, d := range c.dimensions {
				codes = append(codes, row[d.column].Text)
			}
			return nil, &number.Error{
				Code: NotACube, Message: number.Say("several rows have the codes %s", strings.Join(codes, ", ")), Hint: hint,
			}
		}
		seen[key] = true
	}
	return c, nil
}

// jsonStatFile writes a data set of JSON-stat 2.0 (json-stat.org): values by their
// place, because few cubes are full.
type jsonStatFile struct {
	out   *bufio.Writer
	cube  *cube
	paper *paper
	count int
	rest  strings.Builder // statuses, which follow the values
}

func prepareJSONStat(d *document) (begin, *number.Error) {
	c, fault := cubeOf(d.tables[0])
	if fault != nil {
		return nil, fault
	}
	return func(w io.Writer) (encoder, error) {
		return &jsonStatFile{out: bufio.NewWriter(w), cube: c, paper: d.paper}, nil
	}, nil
}

func (j *jsonStatFile) table(_ string, columns []columnOf) error {
	c, p := j.cube, j.paper
	head := map[string]any{"version": "2.0", "class": "dataset", "label": both(p.Title), "extension": p}
	if p.Title == (number.Text{}) {
		head["label"] = both(p.Workspace)
	}
	var sources, notes []string
	for _, s := range p.Sources {
		sources = append(sources, s.text())
	}
	for _, about := range p.Answers {
		for _, note := range about.Notes {
			notes = append(notes, note.Code+": "+both(number.Text{VI: note.VI, EN: note.EN}))
		}
		if about.Release != nil {
			head["updated"] = about.Release.Loaded
		}
	}
	if len(sources) > 0 {
		head["source"] = strings.Join(sources, "; ")
	}
	if len(notes) > 0 {
		head["note"] = notes
	}
	ids, sizes, dimensions, role := []string{}, []int{}, map[string]any{}, map[string][]string{"metric": {measure}}
	for _, d := range c.dimensions {
		id := columns[d.column].Name
		ids, sizes = append(ids, id), append(sizes, len(d.codes))
		category := map[string]any{"index": d.codes}
		if d.label >= 0 {
			category["label"] = d.labels
		}
		dimensions[id] = map[string]any{"label": columns[d.column].Description, "category": category}
		if d.role != "" {
			role[d.role] = append(role[d.role], id)
		}
	}
	var names []string
	labels, units := map[string]string{}, map[string]any{}
	for _, at := range c.measures {
		column := columns[at]
		names = append(names, column.Name)
		labels[column.Name] = column.Description
		if unit := column.jsonStatUnit(); len(unit) > 0 {
			units[column.Name] = unit
		}
	}
	dimensions[measure] = map[string]any{"category": map[string]any{"index": names, "label": labels, "unit": units}}
	head["id"], head["size"], head["dimension"], head["role"] = append(ids, measure), append(sizes, len(names)), dimensions, role
	text, err := json.Marshal(head)
	if err != nil {
		return err
	}
	_, err = j.out.WriteString(strings.TrimSuffix(string(text), "}") + `,"value":{`)
	return err
}

func (j *jsonStatFile) row(cells []sheet.Cell) error {
	c := j.cube
	start := c.place(cells)
	for i, at := range c.measures {
		if !cells[at].Known {
			continue
		}
		separator := "\n"
		if j.count++; j.count > 1 {
			separator = ",\n"
		}
		key := `"` + strconv.Itoa(start+i) + `":`
		if _, err := j.out.WriteString(separator + key + cells[at].Text); err != nil {
			return err
		}
		if status := c.statuses[i]; status >= 0 && cells[status].Known {
			value, err := quoted(cells[status].Text)
			if err != nil {
				return err
			}
			if j.rest.Len() > 0 {
				j.rest.WriteString(",\n")
			}
			j.rest.WriteString(key + value)
		}
	}
	return nil
}

func (j *jsonStatFile) end() error {
	_, _ = j.out.WriteString("\n}")
	if j.rest.Len() > 0 {
		_, _ = j.out.WriteString(`,"status":{` + j.rest.String() + "}")
	}
	_, _ = j.out.WriteString("}\n")
	return j.out.Flush()
}
