package setup

import (
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/mapping"
	"github.com/niengiam/niengiam/stats/number"
)

// columns says what the columns of a table are.
type columns struct {
	options       *Options
	table         *table
	levels        []levelColumns // from the top down
	years         []int          // of a wide table, all of them
	groups        []figures      // those whose headers say more than the year, of each thing
	year          int            // of a long one, -1 for none
	constant      string         // the year of all rows
	values        []int          // of a long table
	indicatorName int            // -1 for none
	indicatorCode int
	unread        []int
	most          int // digits after the decimal mark
}

// levelColumns are the columns of the units of one level.
type levelColumns struct {
	code, name int
	stem       string // of both headers: country of Country Code and Country Name
	named      bool   // there are no codes: they are made of the names
}

// Words that headers have, folded.
func codeWords() []string      { return []string{"code", "ma", "id"} }
func nameWords() []string      { return []string{"name", "ten"} }
func yearWords() []string      { return []string{"year", "nam", "time", "time period", "calendar year"} }
func indicatorWords() []string { return []string{"indicator", "series"} }

// stemOf returns a header without the words of a list, and whether it has one of them.
func stemOf(header string, words []string) (string, bool) {
	all := strings.FieldsFunc(header, func(r rune) bool { return r == ' ' || r == '_' || r == '-' || r == '.' })
	rest := slices.DeleteFunc(slices.Clone(all), func(word string) bool { return slices.Contains(words, number.Fold(word)) })
	return strings.Join(rest, " "), len(rest) < len(all)
}

// missingCells are cells that say that a figure is not known.
func missingCells() []string { return []string{"…", "...", ".."} }

// findColumns says what each column is, by its header and what stands in it.
func findColumns(o *Options, t *table) (*columns, error) {
	c := &columns{options: o, table: t, year: -1, indicatorName: -1, indicatorCode: -1}
	var codes, names, rest []int
	for place, header := range t.header {
		_, ofIndicator := stemOf(header, indicatorWords())
		ofIndicator = ofIndicator || strings.Contains(number.Fold(header), "chi tieu")
		_, isCode := stemOf(header, codeWords())
		_, isName := stemOf(header, nameWords())
		_, isYear := mapping.YearOf(header)
		switch {
		case header == "" && len(t.values(place)) == 0:
		case isYear:
			c.years = append(c.years, place)
		case ofIndicator && isCode:
			c.indicatorCode = place
		case ofIndicator:
			c.indicatorName = place
		case isCode:
			codes = append(codes, place)
		case isName:
			names = append(names, place)
		default:
			rest = append(rest, place)
		}
	}
	var err error
	rest = c.findGroups(rest)
	if rest, err = c.findYear(o.Year, rest); err != nil {
		return nil, err
	}
	if rest, err = c.findLevels(codes, names, rest); err != nil {
		return nil, err
	}
	for _, place := range rest {
		if isValue(t.header[place]) && len(c.years) == 0 && c.measures(place) {
			c.values = []int{place}
			c.unread = slices.DeleteFunc(rest, func(other int) bool { return other == place })
			break
		}
		if len(c.years) == 0 && !t.isLabel(place) && c.measures(place) {
			c.values = append(c.values, place)
		} else {
			c.unread = append(c.unread, place)
		}
	}
	for _, place := range c.years {
		c.measures(place)
	}
	if len(c.years)+len(c.values) == 0 {
		return nil, &number.Error{
			Code: Unclear, Where: o.File, Message: number.EnglishOnly("no column has figures: none but codes, names and years are numbers throughout"),
			Hint: number.EnglishOnly("the header was taken to be line %d: %s; the decimal mark to be %q", t.line, strings.Join(t.header[:min(6, len(t.header))], ", "), t.signs.Decimal),
		}
	}
	return c, nil
}

// measures reports whether a column has figures and nothing else, and notes how many digits
// they have behind the decimal mark.
func (c *columns) measures(place int) bool {
	found := false
	for _, cell := range c.table.values(place) {
		switch {
		case slices.Contains(missingCells(), cell), cell == "-":
			continue
		case !mapping.IsFigure(cell, c.table.signs):
			return false
		}
		found = true
		_, fraction, _ := strings.Cut(cell, c.table.signs.Decimal)
		c.most = max(c.most, len(fraction))
	}
	return found
}

// findGroups finds columns whose headers are alike but for the year, where none is a year
// alone and nothing else says it; it returns the columns that are left.
func (c *columns) findGroups(rest []int) []int {
	if len(c.years) > 0 || c.options.Year != "" || slices.Contains(c.table.header, sheetYear) {
		return rest
	}
	for _, group := range yearGroups(c.table.header, c.measures) {
		if len(group.places) > 1 {
			c.groups, c.years = append(c.groups, group), append(c.years, group.places...)
		}
	}
	return slices.DeleteFunc(rest, func(place int) bool { return slices.Contains(c.years, place) })
}

// yearOf is the year in the header of a column of a wide table.
func (c *columns) yearOf(place int) number.Year {
	header := c.table.header[place]
	if _, is := yearPattern(header); is {
		header = yearInName().FindString(header)
	}
	year, _ := mapping.YearOf(header)
	return year
}

// findYear finds the year: what is given, headers, a column, or one for all rows; it returns
// the columns that are left.
func (c *columns) findYear(given string, rest []int) ([]int, error) {
	t := c.table
	if given != "" {
		if _, ok := mapping.YearOf(given); ok && !slices.Contains(t.header, given) {
			c.constant, c.years, c.groups = given, nil, nil
			return rest, nil
		}
		place, err := c.options.column(t, given, "--year")
		c.year, c.years, c.groups = place, nil, nil
		return slices.DeleteFunc(rest, func(other int) bool { return other == place }), err
	}
	if len(c.years) > 0 {
		return rest, nil
	}
	if at := slices.Index(t.header, sheetYear); at >= 0 {
		c.year = at
		return slices.DeleteFunc(rest, func(other int) bool { return other == at }), nil
	}
	var found, named []int
	for _, place := range rest {
		if _, is := stemOf(t.header[place], yearWords()); is && slices.IndexFunc(t.values(place), notYear) < 0 {
			found = append(found, place)
		}
		if slices.IndexFunc(t.values(place), notYear) < 0 {
			named = append(named, place)
		}
	}
	found = slices.DeleteFunc(found, t.isLabel)
	if len(found) != 1 {
		answer, err := c.options.find("", "which column has the year, or which year are all rows of?", "--year COLUMN or --year 2020", t.named(named))
		if err != nil {
			return nil, err
		}
		return c.findYear(answer, rest)
	}
	c.year = found[0]
	return slices.DeleteFunc(rest, func(other int) bool { return other == c.year }), nil
}

func notYear(cell string) bool {
	_, ok := mapping.YearOf(cell)
	return !ok
}

// findLevels pairs the columns of codes and names; each pair is a level, the first the
// highest. It returns the columns that are left.
func (c *columns) findLevels(codes, names, rest []int) ([]int, error) {
	o, t := c.options, c.table
	if o.Code == "" && o.Name == "" && len(codes) > 1 {
		for _, code := range codes {
			stem, _ := stemOf(t.header[code], codeWords())
			at := slices.IndexFunc(names, func(other int) bool {
				of, _ := stemOf(t.header[other], nameWords())
				return number.Fold(of) == number.Fold(stem)
			})
			if at < 0 || stem == "" {
				c.levels = nil
				break
			}
			c.levels = append(c.levels, levelColumns{code, names[at], stem, false})
		}
	}
	if c.levels == nil {
		one, err := c.findLevel(codes, names, rest)
		if err != nil {
			return nil, err
		}
		c.levels = []levelColumns{one}
	}
	taken := func(place int) bool {
		return slices.ContainsFunc(c.levels, func(l levelColumns) bool { return l.code == place || l.name == place })
	}
	rest = slices.DeleteFunc(slices.Concat(codes, names, rest), taken)
	slices.Sort(rest)
	return rest, nil
}

// findLevel finds the columns of the one level that there is.
func (c *columns) findLevel(codes, names, rest []int) (levelColumns, error) {
	o, t := c.options, c.table
	one := func(given, what, flag string, found, rest []int) (int, error) {
		if given == "" && len(found) == 1 {
			return found[0], nil
		}
		choices := found
		if len(choices) == 0 {
			choices = rest
		}
		named, err := o.find(given, "which column has the "+what+" of the units?", flag+" COLUMN", t.named(choices))
		if err != nil {
			return 0, err
		}
		return o.column(t, named, flag)
	}
	if o.Code == "" && o.Name == "" && len(codes)+len(names) == 0 {
		for _, place := range rest { // the only dimension of a cube that is left has codes and labels
			if label := slices.Index(t.header, t.header[place]+labelEnd); label >= 0 {
				codes, names = append(codes, place), append(names, label)
			}
		}
	}
	if o.Name == "" && len(names) == 0 {
		for _, place := range rest { // the only column of texts has the names
			if t.header[place] != o.Code && len(t.values(place)) > 1 && !c.measures(place) {
				names = append(names, place)
			}
		}
		if len(names) != 1 {
			names = nil
		}
	}
	if o.Code == "" && len(codes) == 0 && (o.Name != "" || len(names) == 1) {
		name, err := one(o.Name, "names", "--name", names, rest)
		if err != nil {
			return levelColumns{}, err
		}
		stem, _ := stemOf(t.header[name], nameWords())
		return levelColumns{name, name, stem, true}, nil
	}
	code, err := one(o.Code, "codes", "--code", codes, rest)
	if err != nil {
		return levelColumns{}, err
	}
	name, err := one(o.Name, "names", "--name", names, slices.Concat(codes, rest))
	if err != nil {
		return levelColumns{}, err
	}
	stem, _ := stemOf(t.header[code], codeWords())
	return levelColumns{code, name, stem, false}, nil
}
