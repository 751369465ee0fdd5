package format

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// readPX reads PC-Axis files: keywords with their values, each ended by a semicolon, and the
// numbers at the end, those of HEADING running fastest
// (https://www.scb.se/globalassets/vara-tjanster/px-programmen/px-file_format_specification_2013.pdf).
// Of several languages one is taken.
func readPX(f File, o Options) ([]Sheet, error) {
	encoding, note := saidEncoding(f.Content, pxEncoding(f.Content))
	text, err := decode(f.Name, f.Content, cmp.Or(o.declared(), encoding))
	if err != nil {
		return nil, err
	}
	p := &pxFile{name: f.Name, text: text, language: o.Language}
	if err := p.read(o.Limits); err != nil {
		return nil, err
	}
	c, err := p.cube()
	if err != nil {
		return nil, err
	}
	size, fault := c.size(f.Name, o.Limits)
	if fault != nil {
		return nil, fault
	}
	at, err := p.places(c, size)
	if err != nil {
		return nil, err
	}
	c.value = func(place int) string {
		if word := at(place); !isPXSign(word) {
			return word
		}
		return ""
	}
	c.status = func(place int) string {
		if word := at(place); isPXSign(word) {
			return word
		}
		return ""
	}
	notes := p.notes()
	if c.places != nil {
		notes = append(notes, Note{"sparse", fmt.Sprintf("%d/%d", len(c.places), size)})
	}
	if o.declared() == "" {
		notes = append(notes, note...)
	}
	return []Sheet{c.sheet(notes, size)}, nil
}

// pxEncoding is the code page that a file names, which may also be the name of an encoding.
func pxEncoding(content []byte) string {
	head := string(content[:min(len(content), 2048)])
	_, rest, found := strings.Cut(head, `CODEPAGE="`)
	named, _, _ := strings.Cut(rest, `"`)
	switch named = strings.ToLower(named); {
	case strings.HasPrefix(head, "\uFEFF"), named == "utf8", named == "unicode":
		return "utf-8"
	case !found:
		return "windows-1252" // what CHARSET="ANSI" was written on
	case strings.HasPrefix(named, "cp"), strings.HasPrefix(named, "win"):
		return "windows-" + strings.TrimLeft(named, "cpwindos-")
	}
	return named
}

// pxFile is a file while it is read.
type pxFile struct {
	name, text string
	language   string
	lists      map[string][]string // by keyword, language and what stands in parentheses
	numbers    string              // what stands behind DATA=
	line       int                 // on which that begins
}

// places gives what stands at each place of the cube: of DATA with keys only the places that
// they name.
func (p *pxFile) places(c *cube, size int) (func(place int) string, error) {
	keyed, err := p.keys(c)
	if err != nil {
		return nil, err
	}
	if keyed != nil {
		c.only(keyed)
		return func(place int) string { return keyed[place] }, nil
	}
	data, err := p.data(size)
	return func(place int) string { return data[place] }, err
}

// key names a list: VALUES[da]("distrikt").
func pxKey(keyword, language, of string) string { return keyword + "\x00" + language + "\x00" + of }

// read reads all keywords.
func (p *pxFile) read(limits Limits) error {
	p.lists = map[string][]string{}
	rest, line := p.text, 1
	for {
		skipped := len(rest) - len(strings.TrimLeft(rest, " \t\r\n\uFEFF"))
		line += strings.Count(rest[:skipped], "\n")
		if rest = rest[skipped:]; rest == "" {
			return malformed(p.name, PX, number.Say("it has no DATA"), nil)
		}
		name, after, found := cutOutside(rest, '=')
		if _, _, ended := cutOutside(name, ';'); !found || ended {
			return malformed(at(p.name, line), PX, number.Say("there is no = behind %s", quoted(rest)), nil)
		}
		line += strings.Count(name, "\n")
		keyword, language, of := pxName(name)
		if keyword == "DATA" {
			p.numbers, p.line = after, line
			break
		}
		value, behind, found := cutOutside(after, ';')
		if !found {
			return malformed(at(p.name, line), PX, number.Say("%s is not ended by a semicolon", quoted(strings.TrimSpace(name))), nil)
		}
		list := pxList(value)
		if len(list) > limits.Rows {
			return limits.over(at(p.name, line), number.Say("values of %s", keyword), int64(limits.Rows))
		}
		p.lists[pxKey(keyword, language, of)] = list
		line += strings.Count(value, "\n")
		rest = behind
	}
	if main := p.first("LANGUAGE"); main == p.language {
		p.language = "" // the one that is written without a name
	}
	if p.language != "" && !slices.Contains(p.lists[pxKey("LANGUAGES", "", "")], p.language) {
		p.language = ""
	}
	return nil
}

// cutOutside cuts at a sign that stands in no quotes.
func cutOutside(text string, sign byte) (before, after string, found bool) {
	quote := false
	for i := range len(text) {
		switch {
		case text[i] == '"':
			quote = !quote
		case text[i] == sign && !quote:
			return text[:i], text[i+1:], true
		}
	}
	return text, "", false
}

// pxName parts KEYWORD[language]("of").
func pxName(name string) (keyword, language, of string) {
	name = strings.TrimSpace(name)
	name, of, _ = strings.Cut(name, "(")
	of = strings.Join(pxList(strings.TrimSuffix(strings.TrimSpace(of), ")")), "\x00")
	name, language, _ = strings.Cut(name, "[")
	return strings.ToUpper(strings.TrimSpace(name)), strings.TrimSuffix(strings.TrimSpace(language), "]"), of
}

// pxList parts values at commas outside of quotes. Texts that follow one another without a
// comma are one text, parted for the length of lines.
func pxList(value string) []string {
	var list []string
	for rest, more := value, true; more; {
		var item string
		item, rest, more = cutOutside(rest, ',')
		item = strings.TrimSpace(item)
		if strings.HasPrefix(item, `"`) {
			var b strings.Builder
			for i, part := range strings.Split(item, `"`) {
				if i%2 == 1 {
					b.WriteString(part)
				}
			}
			item = b.String()
		}
		list = append(list, item)
	}
	return list
}

// of is a list in the language that was asked for, or else in the main one.
func (p *pxFile) of(keyword, of string) []string {
	if list, ok := p.lists[pxKey(keyword, p.language, of)]; ok {
		return list
	}
	return p.lists[pxKey(keyword, "", of)]
}

// ofDimension is a list of a dimension, which has another name in each language; what is
// written in the main language alone holds for all.
func (p *pxFile) ofDimension(keyword, name, main string) []string {
	if list := p.of(keyword, name); list != nil {
		return list
	}
	return p.lists[pxKey(keyword, "", main)]
}

// first is the only value of a keyword that is about the whole file.
func (p *pxFile) first(keyword string) string {
	if list := p.of(keyword, ""); len(list) > 0 {
		return list[0]
	}
	return ""
}

// cube reads the dimensions: those of STUB, then those of HEADING.
func (p *pxFile) cube() (*cube, error) {
	c := &cube{}
	names := slices.Concat(p.of("STUB", ""), p.of("HEADING", ""))
	if len(names) == 0 {
		return nil, malformed(p.name, PX, number.Say("it has neither STUB nor HEADING"), nil)
	}
	main := slices.Concat(p.lists[pxKey("STUB", "", "")], p.lists[pxKey("HEADING", "", "")])
	if len(main) != len(names) {
		return nil, malformed(p.name, PX, number.Say("it names %d dimensions in its main language and %d in %q", len(main), len(names), p.language), nil)
	}
	for i, name := range names {
		labels, codes := p.ofDimension("VALUES", name, main[i]), p.ofDimension("CODES", name, main[i])
		if len(labels) == 0 {
			return nil, malformed(p.name, PX, number.Say("it has no VALUES of %q", name), nil)
		}
		if len(codes) > 0 && len(codes) != len(labels) {
			return nil, malformed(p.name, PX, number.Say("%q has %d VALUES and %d CODES", name, len(labels), len(codes)), nil)
		}
		d := dimension{name: name}
		for i, label := range labels {
			d.categories = append(d.categories, category{label, label})
			if len(codes) > 0 {
				d.categories[i].code = codes[i]
			}
		}
		c.dimensions = append(c.dimensions, d)
	}
	return c, nil
}

// data parts the numbers; there must be one, or a sign, for each place.
func (p *pxFile) data(size int) ([]string, error) {
	numbers, _, ended := cutOutside(p.numbers, ';')
	if !ended {
		return nil, malformed(at(p.name, p.line), PX, number.Say("its DATA are not ended by a semicolon"), nil)
	}
	words := strings.Fields(numbers)
	for i, word := range words {
		words[i] = strings.Trim(word, `"`)
	}
	if len(words) != size {
		return nil, malformed(at(p.name, p.line), PX, number.Say("it has %d numbers for %d places", len(words), size), nil)
	}
	return words, nil
}

// isPXSign reports whether a word is a sign for no number: one to six dots, or a dash.
func isPXSign(word string) bool {
	return word == "-" || word != "" && len(word) <= 6 && strings.Trim(word, ".") == ""
}

// notes are what the file says of its table. What the signs mean comes with them.
func (p *pxFile) notes() []Note {
	var notes []Note
	for _, known := range []struct{ kind, keyword string }{
		{"title", "TITLE"}, {"title", "DESCRIPTION"}, {"units", "UNITS"}, {"source", "SOURCE"}, {"updated", "LAST-UPDATED"}, {"note", "NOTE"}, {"note", "NOTEX"},
	} {
		if text := p.first(known.keyword); text != "" {
			notes = append(notes, Note{known.kind, text})
		}
	}
	for dots := 1; dots <= 6; dots++ {
		if text := p.first(fmt.Sprintf("DATASYMBOL%d", dots)); text != "" {
			notes = append(notes, Note{"sign " + strings.Repeat(".", dots), text})
		}
	}
	if text := p.first("DATASYMBOLNIL"); text != "" {
		notes = append(notes, Note{"sign -", text})
	}
	return notes
}
