package format

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// readSDMXJSON reads data messages of SDMX-JSON, of version 1.0 and 2.0
// (https://github.com/sdmx-twg/sdmx-json): observations below series or side by side, with the
// codes that their keys point at. Each data set is a sheet with one row for each observation.
func readSDMXJSON(f File, o Options) ([]Sheet, error) {
	text, err := decode(f.Name, bytes.TrimRight(f.Content, "\x00\r\n\t "), cmp.Or(o.Encoding, "utf-8"))
	if err != nil {
		return nil, err
	}
	if fault := depth(f.Name, SDMXJSON, text, o.Limits); fault != nil {
		return nil, fault
	}
	wrong := func(message number.Message, cause error) ([]Sheet, error) {
		return nil, malformed(f.Name, SDMXJSON, message, cause)
	}
	var message sdmxMessage
	if err := json.Unmarshal([]byte(text), &message); err != nil {
		return wrong(number.Say("its JSON cannot be read"), err)
	}
	data := cmp.Or(message.Data, &message.sdmxData)
	if data.Structure != nil {
		data.Structures = []sdmxStructure{*data.Structure}
	}
	if len(data.DataSets) == 0 {
		return wrong(number.Say("it has no dataset"), nil)
	}
	if len(data.DataSets) > o.Limits.Sheets {
		return nil, o.Limits.over(f.Name, number.Say("datasets"), int64(o.Limits.Sheets))
	}
	var sheets []Sheet
	for i, set := range data.DataSets {
		if set.Structure < 0 || set.Structure >= len(data.Structures) {
			return wrong(number.Say("there is no structure %d", set.Structure), nil)
		}
		r := newSDMX(data.Structures[set.Structure], set, o.Language)
		if fault := o.Limits.spread(f.Name, f.length(), inText, set.size(), int64(len(r.columns()))); fault != nil {
			return nil, fault
		}
		if err := r.read(); err != nil {
			return wrong(number.Say("its observations do not fit its structure"), err)
		}
		if len(r.columns()) > o.Limits.Columns {
			return nil, o.Limits.over(f.Name, number.Say("cells in a row"), int64(o.Limits.Columns))
		}
		sheet := Sheet{Notes: r.notes(message), Rows: r.rows(f.Name, o.Limits)}
		if len(data.DataSets) > 1 {
			sheet.Name = strconv.Itoa(i + 1)
		}
		sheets = append(sheets, sheet)
	}
	return sheets, nil
}

// sdmxMessage is a message as it is written; before 1.0 was final it had no data around its parts.
type sdmxMessage struct {
	Meta   sdmxMeta  `json:"meta"`
	Header sdmxMeta  `json:"header"`
	Data   *sdmxData `json:"data"`
	sdmxData
}

type sdmxMeta struct {
	Prepared string   `json:"prepared"`
	Sender   sdmxItem `json:"sender"`
}

type sdmxData struct {
	Structure  *sdmxStructure  `json:"structure"`
	Structures []sdmxStructure `json:"structures"`
	DataSets   []sdmxSet       `json:"dataSets"`
}

type sdmxStructure struct {
	sdmxItem
	Dimensions sdmxLevels `json:"dimensions"`
	Attributes sdmxLevels `json:"attributes"`
	Measures   sdmxLevels `json:"measures"`
}

// sdmxLevels are components by what they are attached to.
type sdmxLevels struct {
	DataSet        []sdmxComponent `json:"dataSet"`
	DimensionGroup []sdmxComponent `json:"dimensionGroup"`
	Series         []sdmxComponent `json:"series"`
	Observation    []sdmxComponent `json:"observation"`
}

// sdmxComponent is a dimension, an attribute or a measure, and its values that occur.
type sdmxComponent struct {
	sdmxItem
	KeyPosition *int        `json:"keyPosition"`
	Values      []*sdmxItem `json:"values"`
}

// sdmxItem is what has an id, or a value in its place, and a name in some languages.
type sdmxItem struct {
	ID    string            `json:"id"`
	Value json.RawMessage   `json:"value"`
	Name  string            `json:"name"`
	Names map[string]string `json:"names"`
}

// sdmxSet is a data set: what is attached to all of it, to groups, to series, and observations.
type sdmxSet struct {
	Structure    int                          `json:"structure"`
	Action       string                       `json:"action"`
	Attributes   []json.RawMessage            `json:"attributes"`
	Groups       map[string][]json.RawMessage `json:"dimensionGroupAttributes"`
	Series       map[string]sdmxSeries        `json:"series"`
	Observations map[string][]json.RawMessage `json:"observations"`
}

type sdmxSeries struct {
	Attributes   []json.RawMessage            `json:"attributes"`
	Observations map[string][]json.RawMessage `json:"observations"`
}

// size is how many observations a data set has.
func (s sdmxSet) size() int64 {
	size := len(s.Observations)
	for _, series := range s.Series {
		size += len(series.Observations)
	}
	return int64(size)
}

// code is the id of an item, or its value where it has none.
func (i *sdmxItem) code() string {
	if i == nil {
		return ""
	}
	return cmp.Or(i.ID, scalar(i.Value))
}

// label is the name in a language, or else the one that the message calls best, or the first.
func (i *sdmxItem) label(language string) string {
	if i == nil {
		return ""
	}
	if name := i.Names[language]; name != "" {
		return name
	}
	if i.Name != "" || len(i.Names) == 0 {
		return i.Name
	}
	languages := make([]string, 0, len(i.Names))
	for known := range i.Names {
		languages = append(languages, known)
	}
	return i.Names[slices.Min(languages)]
}

// of is what an index points at.
func (c sdmxComponent) of(index int) (*sdmxItem, error) {
	if index < 0 || index >= len(c.Values) {
		return nil, fmt.Errorf("value %d of %d of %s", index, len(c.Values), c.ID)
	}
	return c.Values[index], nil
}

// parseKey reads a key such as 0:3:1; a part that is blank is -1, which only groups may have.
func parseKey(key string, group bool) ([]int, error) {
	if key == "" {
		return nil, nil
	}
	var places []int
	for part := range strings.SplitSeq(key, ":") {
		place, err := strconv.Atoi(part)
		if part == "" && group {
			place, err = -1, nil
		}
		if err != nil || place < 0 && part != "" {
			return nil, fmt.Errorf("the key %q", key)
		}
		places = append(places, place)
	}
	return places, nil
}
