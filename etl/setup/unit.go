package setup

import (
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// level is a level of the workspace.
type level struct {
	code, name string
	levelColumns
}

// unit is a unit of the workspace.
type unit struct {
	code, name, parent string
	level              int // its place in the levels
	aggregate          bool
}

// levelsOf names the levels: as --level says, or by what the headers have in common.
func levelsOf(o *Options, c *columns) ([]level, error) {
	levels := make([]level, len(c.levels))
	for i, columns := range c.levels {
		named := columns.stem
		if len(c.levels) == 1 && o.Level != "" {
			named = o.Level
		}
		if slug(named) == "" {
			answer, err := o.find(o.Level, "of which level are the units (country, province …)?", "--level", nil)
			if err != nil {
				return nil, err
			}
			named = answer
		}
		levels[i] = level{slug(named), strings.ToLower(named), columns}
		if levels[i].code == "" {
			return nil, &number.Error{Code: BadOption, Where: o.File, Message: number.EnglishOnly("--level: %q has no letter to make a code of", named)}
		}
	}
	return levels, nil
}

// unitsOf gathers the units of all levels, those above first, and counts the rows without
// a unit of the lowest level.
func unitsOf(o *Options, t *table, levels []level) (units []unit, without int, err error) {
	aggregates, err := aggregatesOf(o)
	if err != nil {
		return nil, 0, err
	}
	known := map[string]int{}
	for at, level := range levels {
		for _, row := range t.rows {
			u := unit{code: level.codeOf(row), name: row[level.levelColumns.name], level: at}
			if at > 0 {
				u.parent = levels[at-1].codeOf(row)
			}
			if u.code == "" {
				if at == len(levels)-1 {
					without++
				}
				continue
			}
			if u.name == "" {
				u.name = u.code
			}
			u.aggregate = slices.Contains(aggregates, u.code)
			place, again := known[u.code]
			if !again {
				known[u.code] = len(units)
				units = append(units, u)
				continue
			}
			if other := units[place]; other != u {
				return nil, 0, &number.Error{
					Code: BadUnits, Where: o.File,
					Message: number.EnglishOnly("the code %q stands for two units: %s and %s", u.code, other.told(levels), u.told(levels)),
					Hint:    number.EnglishOnly("give another --code, or mend the file"),
				}
			}
		}
	}
	for _, code := range aggregates {
		if _, is := known[code]; !is && o.Metadata == "" {
			return nil, 0, &number.Error{Code: BadOption, Where: o.File, Message: number.EnglishOnly("--aggregates: no unit has the code %q", code)}
		}
	}
	if len(units) == 0 {
		return nil, 0, &number.Error{Code: BadUnits, Where: o.File, Message: number.EnglishOnly("no row has a code under %q", t.column(levels[0].codeColumn()))}
	}
	return units, without, nil
}

// codeColumn is the column of the codes.
func (l level) codeColumn() int { return l.levelColumns.code }

// codeOf is the code of the unit of a row.
func (l level) codeOf(row []string) string {
	if l.named {
		return slug(row[l.levelColumns.name])
	}
	return row[l.codeColumn()]
}

// key is what a mapping calls the column by which the units are found.
func (l level) key() string {
	if l.named {
		return "name"
	}
	return "column"
}

// told names a unit, its level and what it lies in.
func (u *unit) told(levels []level) string {
	told := u.name + " (" + levels[u.level].code
	if u.parent != "" {
		told += " in " + u.parent
	}
	return told + ")"
}

// aggregatesOf lists the codes of units that are totals of others: those that were named, and
// those that have no region in the World Bank's file about countries.
func aggregatesOf(o *Options) ([]string, error) {
	if o.Metadata == "" {
		return o.Aggregates, nil
	}
	about, err := readTable(&Options{}, o.Metadata)
	if err != nil {
		return nil, err
	}
	code, region := slices.Index(about.header, "Country Code"), slices.Index(about.header, "Region")
	if code < 0 || region < 0 {
		return nil, &number.Error{
			Code: NoColumn, Where: o.Metadata, Message: number.EnglishOnly("the file has no columns \"Country Code\" and \"Region\""),
			Hint: number.EnglishOnly("--metadata is the file Metadata_Country_….csv of the World Bank; elsewhere give --aggregates"),
		}
	}
	aggregates := slices.Clone(o.Aggregates)
	for _, row := range about.rows {
		if row[region] == "" {
			aggregates = append(aggregates, row[code])
		}
	}
	return aggregates, nil
}
