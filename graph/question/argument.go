package question

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// mostTop is the longest ranking that a tile can have.
const mostTop = 1000

// previous is how the year before the year asked is written.
const previous = "PREVIOUS"

// take reads one argument into the tile.
func take(t *tiler, name string) {
	tile := t.tile
	switch value := argumentTiler(t, name); name {
	case "indicator":
		if value == nil && t.field.Name == "series" {
			argumentFault(t, name, "name one indicator", "a tile of series shows one indicator")
		}
		tile.IndicatorCode = codeTiler(t, name, value)
	case "indicators":
		if tile.IndicatorCodes = codesTiler(t, name, value); len(tile.IndicatorCodes) == 0 {
			argumentFault(t, name, "name at least one indicator", "no indicator is named")
		}
	case "set":
		tile.SetCode = codeTiler(t, name, value)
	case "target":
		tile.TargetCode = codeTiler(t, name, value)
	case "unit", "units":
		tile.UnitCodes = unitCodes(t, name, value)
	case "level":
		tile.By = codeTiler(t, name, value)
	case "within":
		if t.within = value != nil; t.within && !leaves(t, value, theUnit, theWithin) {
			tile.WithinCode = codeTiler(t, name, value)
		}
	case "year", "to":
		if value == nil {
			argumentFault(t, name, "write "+name+": $year for that of the dashboard, or a year", "the question leaves the year to what was published last, a tile cannot")
		}
		tile.Year = year(t, name, value, theYear)
	case "baseYear":
		tile.BaseYear = baseYear(t, name, value)
	case "from":
		tile.From = year(t, name, value, "")
	case "years":
		bothYears(t, list(value))
	case "orderBy":
		tile.OrderBy = catalogue.RankingOrder(codeTiler(t, name, value))
	case "top":
		tile.Top = top(t, value)
	case "measures":
		for _, measure := range codesTiler(t, name, value) {
			tile.Measures = append(tile.Measures, catalogue.TableMeasure(measure))
		}
	}
}

// argumentTiler returns the value of an argument: what the question says, else the default; nil
// where there is neither. Variables that the dashboard fills stand for their values.
func argumentTiler(t *tiler, name string) any {
	definition := t.field.Definition.Arguments.ForName(name)
	value := definition.DefaultValue
	if given := t.field.Arguments.ForName(name); given != nil {
		_, known := t.variables[given.Value.Raw]
		if given.Value.Kind != ast.Variable || known {
			value = given.Value
		}
	}
	found, err := value.Value(t.variables)
	switch {
	case err != nil:
		argumentFault(t, name, "write a smaller number", "%s cannot be read", value)
	case found == nil && definition.Type.NonNull:
		argumentFault(t, name, "give the variable another value", "it cannot be null")
	}
	if text, is := found.(string); is && definition.Type.Name() == "BaseYear" { // a number keeps its digits, as a text
		if year, err := strconv.ParseInt(text, 10, 64); err == nil {
			return year
		}
	}
	return found
}

// argumentFault says what is wrong with an argument.
func argumentFault(t *tiler, name, hint, format string, args ...any) {
	at := t.field.Position
	if given := t.field.Arguments.ForName(name); given != nil {
		at = given.Position
	}
	t.fault(at, hint, "%s: %s", name, fmt.Sprintf(format, args...))
}

// leaves reports whether a value is the dashboard's to fill, by one of some variables.
func leaves(t *tiler, value any, variables ...filled) bool {
	variable, is := value.(filled)
	if is = is && slices.Contains(variables, variable); is {
		t.fills = append(t.fills, variable)
	}
	return is
}

// codeTiler reads a code or a word of the schema; "" where there is none.
func codeTiler(t *tiler, name string, value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case int64: // as a code may be written
		return strconv.FormatInt(v, 10)
	case string:
		if v == "" {
			argumentFault(t, name, "leave it out, or name what is meant", "it is empty")
		}
		return v
	}
	another(t, name, value)
	return ""
}

// another says that the argument of a tile cannot have a value.
func another(t *tiler, name string, value any) {
	if variable, is := value.(filled); is {
		argumentFault(t, name, "call it otherwise, or give it a value under variables", "$%s is the dashboard's and stands only for its %[1]s", variable)
		return
	}
	argumentFault(t, name, "", "%v is not what a tile can have here", value)
}

// codesTiler reads a list of codes or words.
func codesTiler(t *tiler, name string, value any) []string {
	var codes []string
	for _, each := range list(value) {
		codes = append(codes, codeTiler(t, name, each))
	}
	return codes
}

// list returns the elements of a list; what is no list stands for one of itself.
func list(value any) []any {
	switch v := value.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{value}
}

// unitCodes reads the units that are named; none where the dashboard names them.
func unitCodes(t *tiler, name string, value any) []string {
	all := list(value)
	t.units = len(all) > 0
	left := slices.ContainsFunc(all, func(each any) bool { return leaves(t, each, theUnit, theWithin) })
	switch {
	case value != nil && len(all) == 0:
		argumentFault(t, name, "name at least one unit", "no unit is named")
	case left && len(all) > 1:
		argumentFault(t, name, "name all of them, or write [$unit] alone", "some are named beside the dashboard's")
	case !left:
		return codesTiler(t, name, value)
	}
	return nil
}

// year reads a year; 0 where there is none, or where it is the dashboard's.
func year(t *tiler, name string, value any, own filled) number.Year {
	switch v := value.(type) {
	case nil:
		return 0
	case int64:
		if year := number.Year(v); v >= int64(number.FirstYear) && v <= int64(number.LastYear) {
			return year
		}
		argumentFault(t, name, "", "%d is not a year from %d to %d", v, number.FirstYear, number.LastYear)
		return 0
	case filled:
		if own != "" && leaves(t, v, own) {
			return 0
		}
	}
	another(t, name, value)
	return 0
}

// baseYear reads the year to compare with, which may be the year before.
func baseYear(t *tiler, name string, value any) number.Year {
	if value == previous {
		return number.PreviousYear
	}
	return year(t, name, value, theBaseYear)
}

// bothYears reads the years of a table, of which a tile shows the base year and the year.
func bothYears(t *tiler, years []any) {
	if len(years) != 2 || years[0] != argumentTiler(t, "baseYear") {
		argumentFault(t, "years", "write years: [$baseYear, $year] and baseYear: $baseYear, or two years of which the first is the base year",
			"a tile shows the base year and one other")
		return
	}
	t.tile.Year = year(t, "years", years[1], theYear)
}

// top reads how many ranks are kept; 0 for all.
func top(t *tiler, value any) int {
	switch v := value.(type) {
	case nil:
		return 0
	case int64:
		if v >= 1 && v <= mostTop {
			return int(v)
		}
		argumentFault(t, "top", "", "%d is not a whole number from 1 to %d", v, mostTop)
		return 0
	}
	another(t, "top", value)
	return 0
}
