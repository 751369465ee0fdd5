package setup

import (
	"regexp"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// indicator is an indicator of the workspace.
type indicator struct {
	code, name, measure string
	column              int    // of its figures in a long table, -1 in a wide one
	pattern             string // of the headers of a wide table; "" where they are years
}

// inParentheses finds the unit of measure at the end of a name: GDP (current US$).
func inParentheses() *regexp.Regexp { return regexp.MustCompile(`\(([^()]+)\)\s*$`) }

// indicatorsOf finds what is measured: by the headers of the columns with figures, or, in
// a wide table, by the one name that all rows have.
func indicatorsOf(o *Options, c *columns) ([]indicator, error) {
	var found []indicator
	if len(c.years) == 0 {
		for _, place := range c.values {
			found = append(found, indicator{code: slug(c.table.header[place]), name: c.table.header[place], column: place})
		}
		if len(found) == 1 && o.Indicator != "" {
			found[0].name, found[0].code = o.Indicator, slug(o.Indicator)
		}
	} else {
		var err error
		if found, err = wideIndicators(o, c); err != nil {
			return nil, err
		}
	}
	for i := range found {
		if found[i].code == "" || slices.ContainsFunc(found[:i], func(other indicator) bool { return other.code == found[i].code }) {
			return nil, &number.Error{Code: Unclear, Where: o.File, Message: number.EnglishOnly("no code can be made of the name %q that no other indicator has", found[i].name)}
		}
		if unit := inParentheses().FindStringSubmatch(found[i].name); unit != nil && o.Measure == "" {
			found[i].measure = strings.TrimSpace(unit[1])
			continue
		}
		measure, err := o.find(o.Measure, "what is "+found[i].name+" measured in (persons, tonnes, % …)?", "--measure", nil)
		if err != nil {
			return nil, err
		}
		found[i].measure = measure
	}
	return found, nil
}

// wideIndicators finds the indicators of a table whose columns are years: each group of
// columns that has a name is one.
func wideIndicators(o *Options, c *columns) ([]indicator, error) {
	var found []indicator
	for _, group := range c.groups {
		if stem := group.stem(); stem != "" {
			found = append(found, indicator{code: slug(stem), name: stem, column: -1, pattern: group.pattern})
		}
	}
	if len(found) == 1 && o.Indicator != "" {
		found[0].name, found[0].code = o.Indicator, slug(o.Indicator)
	}
	if len(found) > 0 {
		return found, nil
	}
	one, err := wideIndicator(o, c)
	if err == nil && len(c.groups) == 1 {
		one.pattern = c.groups[0].pattern
	}
	return []indicator{one}, err
}

// wideIndicator finds the indicator of a table whose columns are years.
func wideIndicator(o *Options, c *columns) (indicator, error) {
	one := func(place int) (string, error) {
		if place < 0 {
			return "", nil
		}
		values := c.table.values(place)
		if len(values) > 1 {
			return "", &number.Error{
				Code: Unclear, Where: o.File, Message: number.EnglishOnly("the column %q has %d indicators, and a table whose columns are years can have one", c.table.header[place], len(values)),
				Hint: number.EnglishOnly("make a file of each: the first are %s", strings.Join(values[:min(3, len(values))], ", ")),
			}
		}
		return strings.Join(values, ""), nil
	}
	name, err := one(c.indicatorName)
	if err != nil {
		return indicator{}, err
	}
	code, err := one(c.indicatorCode)
	if err != nil {
		return indicator{}, err
	}
	if o.Indicator != "" {
		name = o.Indicator
	}
	if name, err = o.find(name, "what do the figures measure (Population …)?", "--indicator", nil); err != nil {
		return indicator{}, err
	}
	if code == "" {
		code = name
	}
	return indicator{slug(code), name, "", -1, ""}, nil
}
