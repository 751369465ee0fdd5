package format

import (
	"maps"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// keys reads DATA whose rows begin with their place in the dimensions of STUB (KEYS): a code or
// a value of each, then the numbers of HEADING. Rows that are left out, as those of zeros
// are, are no rows here, either: the file does not say whether they are zero or not known.
// Without KEYS it returns nil.
func (p *pxFile) keys(c *cube) (map[int]string, error) {
	stub := p.lists[pxKey("STUB", "", "")]
	main := slices.Concat(stub, p.lists[pxKey("HEADING", "", "")])
	find := make([]map[string]int, len(stub))
	heading, keyed := 1, 0
	for i, d := range c.dimensions {
		by := p.lists[pxKey("KEYS", "", main[i])]
		switch {
		case by != nil && i >= len(stub):
			return nil, malformed(p.name, PX, number.Say("it has KEYS of %q, which is no dimension of STUB", d.name), nil)
		case i >= len(stub):
			heading *= len(d.categories)
			continue
		case by == nil:
			continue
		}
		keyed++
		find[i] = map[string]int{}
		texts := p.lists[pxKey("CODES", "", main[i])]
		if strings.EqualFold(by[0], "VALUES") || texts == nil {
			texts = p.lists[pxKey("VALUES", "", main[i])] // of the main language, whichever is asked for
		}
		for at, key := range texts[:min(len(texts), len(d.categories))] {
			find[i][key] = at
		}
	}
	switch {
	case keyed == 0:
		return nil, nil
	case keyed < len(stub):
		return nil, malformed(p.name, PX, number.Say("it has KEYS of %d dimensions of STUB, which has %d", keyed, len(stub)), nil)
	}
	return p.keyedRows(c, find, heading)
}

// keyedRows reads the rows and returns the value at each place.
func (p *pxFile) keyedRows(c *cube, find []map[string]int, heading int) (map[int]string, error) {
	numbers, _, ended := cutOutside(p.numbers, ';')
	if !ended {
		return nil, malformed(at(p.name, p.line), PX, number.Say("its DATA are not ended by a semicolon"), nil)
	}
	data := map[int]string{}
	line := p.line
	next := func() (word string, ok bool) {
		rest := strings.TrimLeft(numbers, " \t\r\n,")
		line += strings.Count(numbers[:len(numbers)-len(rest)], "\n")
		if rest == "" {
			numbers = rest
			return "", false
		}
		end := strings.IndexAny(rest, " \t\r\n,")
		if rest[0] == '"' {
			if end = strings.IndexByte(rest[1:], '"'); end >= 0 {
				word, numbers = rest[1:1+end], rest[end+2:]
				line += strings.Count(word, "\n")
				return word, true
			}
		}
		if end < 0 {
			end = len(rest)
		}
		word, numbers = rest[:end], rest[end:]
		return word, true
	}
	for {
		place := 0
		for i, keys := range find {
			key, ok := next()
			if !ok && i == 0 {
				return data, nil
			}
			category, known := keys[key]
			if !known {
				return nil, malformed(at(p.name, line), PX, number.Say("%s is no key of %q", quoted(key), c.dimensions[i].name), nil)
			}
			place = place*len(c.dimensions[i].categories) + category
		}
		for column := range heading {
			word, ok := next()
			if !ok {
				return nil, malformed(at(p.name, line), PX, number.Say("its last row has %d numbers of %d", column, heading), nil)
			}
			if _, again := data[place*heading+column]; again {
				return nil, malformed(at(p.name, line), PX, number.Say("two rows have the same keys"), nil)
			}
			data[place*heading+column] = word
		}
	}
}

// only leaves the places of a cube that have a value.
func (c *cube) only(data map[int]string) {
	c.places = slices.AppendSeq(make([]int, 0, len(data)), maps.Keys(data))
	slices.Sort(c.places)
}
