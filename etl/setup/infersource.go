package setup

import (
	"fmt"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// figures are columns of figures of one thing.
type figures struct {
	pattern string // of the headers; "" for headers that are years, or for one column
	places  []int
}

// sourceOf writes the source.
func sourceOf(i *inferrer) (string, error) {
	for _, find := range []func(*inferrer) error{keepRows, (*inferrer).findUnit, (*inferrer).findYear, nameSource} {
		if err := find(i); err != nil {
			return "", err
		}
	}
	tellOthers(i)
	measures, wide, err := measuresOf(i)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("  - code: %s", i.Source)
	line("    title: {%s: %s}", i.Language, quote(i.Title))
	line("    publisher: {%s: %s}", i.Language, quote(i.Publisher))
	line("    files: [%s]", quote(i.path))
	if rule := tableRuleOf(i); len(rule) > 0 {
		line("    table: {%s}", strings.Join(rule, ", "))
	}
	if signs := csvRuleOf(i); len(signs) > 0 {
		line("    csv: {%s}", strings.Join(signs, ", "))
	}
	line("    missing: [%s]", strings.Join(quoted(missingCells()), ", "))
	line("    unit: {%s}", unitRuleOf(i))
	year, err := yearRuleOf(i, wide)
	if err != nil {
		return "", err
	}
	line("    year: {%s}", year)
	line("    published: {constant: %s}", i.Published)
	line("    measures:")
	for _, measure := range measures {
		line("      - {%s}", measure)
	}
	return b.String(), nil
}

// keepRows leaves the rows that are to be read.
func keepRows(i *inferrer) error {
	for _, rule := range i.Keep {
		column, text, _ := strings.Cut(rule, "=")
		place, err := i.Options.column(i.table, column, "--keep")
		if err != nil {
			return err
		}
		pattern, err := name.CompilePattern(text)
		if err != nil {
			return &number.Error{Code: BadOption, Where: i.File, Message: number.EnglishOnly("--keep: %q is no pattern: %s", text, err)}
		}
		i.taken[place] = true
		i.kept = append(i.kept, quote(column)+": "+quote(text))
		i.table.rows = slices.DeleteFunc(i.table.rows, func(row []string) bool { return !pattern.Fits(row[place]) })
	}
	if len(i.table.rows) == 0 {
		return &number.Error{Code: BadOption, Where: i.File, Message: number.EnglishOnly("--keep: no row is left")}
	}
	return nil
}

// tellOthers tells columns with several texts that nothing reads: of one figure there would
// be several.
func tellOthers(i *inferrer) {
	for place, header := range i.table.header {
		values := i.values(place)
		if i.taken[place] || len(values) < 2 || len(values) > 100 || header == sheetYear || i.isFigures(place) {
			continue
		}
		i.say("not read: %q, which has %d values: %s; --keep %q reads the rows of one", header, len(values), strings.Join(values[:min(3, len(values))], ", "), header+"="+values[0])
	}
}

// nameSource finds the code, title, publisher and day of the source.
func nameSource(i *inferrer) error {
	t := i.table
	day, err := publishedOn(i.Options, t)
	if err != nil {
		return err
	}
	i.Published = day.String()
	if i.Language == "" {
		i.Language = languageOf(t)
	}
	if i.Title == "" {
		for _, row := range t.above {
			if text := strings.TrimSpace(strings.Join(row, " ")); text != "" {
				i.Title = text
				break
			}
		}
	}
	if i.Title, err = i.find(i.Title, "what is the title of the table?", "--title", nil); err != nil {
		return err
	}
	if i.Publisher, err = i.find(i.Publisher, "who published the figures?", "--publisher", nil); err != nil {
		return err
	}
	if i.Source == "" {
		i.Source = slug(i.Title)
	}
	if i.Source == "" || i.workspace.Source(i.Source) != nil {
		return &number.Error{Code: BadOption, Where: i.File, Message: number.EnglishOnly("%q cannot be the code of the source: it is taken, or has no letter", i.Source), Hint: number.EnglishOnly("give --source CODE")}
	}
	return nil
}

// unitRuleOf says how units are found.
func unitRuleOf(i *inferrer) string {
	if i.unit < 0 {
		return "constant: " + quote(i.Unit)
	}
	levels := strings.Join(i.match.Rule.Levels, ", ")
	if len(i.match.Rule.Levels) > 1 {
		levels = "[" + levels + "]"
	}
	column := quote(i.column(i.unit))
	switch {
	case !i.match.ByName:
		return "column: " + column + ", level: " + levels
	case i.match.Rule.WithoutMarks:
		return "name: " + column + ", level: " + levels + ", marks: optional"
	}
	return "name: " + column + ", level: " + levels
}

// yearRuleOf says where the year is.
func yearRuleOf(i *inferrer, wide bool) (string, error) {
	switch {
	case wide:
		return "headers: true", nil
	case i.year >= 0 && i.table.header[i.year] == sheetYear:
		return "sheet: " + quote(i.table.sheet), nil
	case i.year >= 0:
		return "column: " + quote(i.column(i.year)), nil
	}
	year, err := i.find(i.Year, "of which year are all figures?", "--year", nil)
	return "constant: " + year, err
}

// isTotal reports whether a label says that its row is a total.
func isTotal(label string) bool {
	for _, word := range []string{"tong so", "tong cong", "total", "toan tinh", "ca nuoc"} {
		if strings.HasPrefix(number.Fold(label), word) {
			return true
		}
	}
	return false
}

// isNote reports whether a label begins a note below a table.
func isNote(label string) bool {
	for _, word := range []string{"nguon", "ghi chu", "chu thich", "luu y", "source", "note", "(*)"} {
		if strings.HasPrefix(number.Fold(label), word) {
			return true
		}
	}
	return false
}

// tableRuleOf says how the table is found, and which rows are totals or none of data.
func tableRuleOf(i *inferrer) []string {
	rule := writer{&Plan{table: i.table}}.tableRule()
	if i.unit >= 0 {
		var totals, unknown []string
		for _, label := range i.match.Unmatched {
			if isTotal(label) {
				totals = append(totals, quote(label))
			} else {
				unknown = append(unknown, label)
			}
		}
		if len(totals) > 0 {
			rule = append(rule, fmt.Sprintf("totals: {%s: [%s]}", quote(i.column(i.unit)), strings.Join(totals, ", ")))
			i.say("totals, held against the rows: %s", strings.Join(totals, ", "))
		}
		if len(unknown) > 0 {
			i.say("no unit of the workspace: %s", strings.Join(unknown[:min(10, len(unknown))], ", "))
		}
	}
	if len(i.kept) > 0 {
		rule = append(rule, "keep: {"+strings.Join(i.kept, ", ")+"}")
	}
	for _, label := range i.table.below {
		if isNote(label) {
			first, _, _ := strings.Cut(label, ":")
			rule = append(rule, "to: "+quote(strings.TrimRight(first, "* ")+"*"))
			i.say("the table ends before: %s", label)
			break
		}
	}
	return rule
}

// csvRuleOf says how texts are written.
func csvRuleOf(i *inferrer) []string {
	var rule []string
	if sign := i.table.format.Delimiter.Value; sign != "" && sign != "," {
		rule = append(rule, "delimiter: "+quote(sign))
	}
	if i.table.encoding != "" && i.table.encoding != "utf-8" {
		rule = append(rule, "encoding: "+i.table.encoding)
	}
	if i.signs.Decimal != "." {
		rule = append(rule, "decimal: "+quote(i.signs.Decimal))
	}
	if i.signs.Thousands != "" {
		rule = append(rule, "thousands: "+quote(i.signs.Thousands))
	}
	if i.rounded {
		rule = append(rule, "beyond_ten: round")
	}
	return rule
}

// measuresOf writes the columns of figures.
func measuresOf(i *inferrer) (lines []string, wide bool, err error) {
	groups, wide := groupsOf(i)
	var unread []string
	for _, group := range groups {
		stem := strings.TrimSpace(strings.ReplaceAll(group.pattern, sheetYear, ""))
		value := fmt.Sprintf("{column: %s}", quote(i.column(group.places[0])))
		if wide {
			value = "{headers: year}"
			if group.pattern != "" {
				value = fmt.Sprintf("{headers: %s}", quote(group.pattern))
			}
		} else {
			stem = i.column(group.places[0])
		}
		indicator, err := i.indicatorOf(stem, len(groups) == 1)
		if err != nil {
			return nil, wide, err
		}
		if indicator == nil {
			unread = append(unread, stem)
			continue
		}
		lines = append(lines, measureOf(i, indicator, value, group.places))
	}
	if len(unread) > 0 {
		i.say("figures that are no indicator of the workspace, not read: %s", strings.Join(unread, ", "))
	}
	if len(lines) == 0 {
		return nil, wide, &number.Error{
			Code: Unclear, Where: i.File, Message: number.EnglishOnly("no column has figures of an indicator of the workspace"),
			Hint: number.EnglishOnly("declare the indicator in the catalogue under the name of its column, or name the column's with --indicator"), Nearest: nearestCodes(i, unread),
		}
	}
	return lines, wide, nil
}

func nearestCodes(i *inferrer, unread []string) []string {
	var nearest []string
	for _, text := range unread[:min(3, len(unread))] {
		nearest = append(nearest, name.Nearest(text, i.codes())...)
	}
	return nearest
}

// measureOf writes one measure. Counts with decimals are taken to be in thousands, and that is told.
func measureOf(i *inferrer, indicator *catalogue.Indicator, value string, places []int) string {
	key := "value"
	if indicator.Kind == catalogue.Ratio {
		key = "rate"
	}
	line := fmt.Sprintf("indicator: {constant: %s}, %s: %s", indicator.Code, key, value)
	blank, decimals, percent := false, false, false
	most := 0
	for _, row := range i.table.rows {
		for _, place := range places {
			blank = blank || row[place] == ""
			percent = percent || strings.HasSuffix(row[place], "%")
			_, fraction, _ := strings.Cut(row[place], i.signs.Decimal)
			decimals, most = decimals || fraction != "", max(most, len(fraction))
		}
	}
	if most > mostExact && !i.rounded {
		i.rounded = true
		i.say("rounded: digits after the tenth decimal")
	}
	if decimals && indicator.Kind == catalogue.Count {
		line += ", multiplier: 1000"
		i.say("%s is a count, and its cells have decimals: they were taken to be in thousands", indicator.Code)
	}
	if percent {
		line += ", percent: true"
	}
	if blank {
		line += ", optional: true"
	}
	return line
}

// groupsOf puts together columns whose headers differ by a year alone; without such ones each
// column of figures is one.
func groupsOf(i *inferrer) (groups []figures, wide bool) {
	for place, header := range i.table.header {
		if i.taken[place] || header == sheetYear || i.year >= 0 || !i.isFigures(place) {
			continue
		}
		pattern := yearInName().ReplaceAllString(header, sheetYear)
		if _, ok := etl.YearOf(header); ok {
			pattern = ""
		} else if strings.Count(pattern, sheetYear) != 1 {
			continue
		}
		at := slices.IndexFunc(groups, func(g figures) bool { return g.pattern == pattern })
		if at < 0 {
			at, groups = len(groups), append(groups, figures{pattern: pattern})
		}
		groups[at].places = append(groups[at].places, place)
	}
	if len(groups) > 0 {
		return groups, true
	}
	for place := range i.table.header {
		isCode := slices.Contains(i.table.header, i.table.header[place]+" label") // of a dimension
		if !i.taken[place] && !isCode && i.table.header[place] != sheetYear && i.isFigures(place) {
			groups = append(groups, figures{places: []int{place}})
		}
	}
	return groups, false
}
