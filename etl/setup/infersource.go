package setup

import (
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/mapping"
	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/stats/number"
)

// sourceOf writes the source.
func sourceOf(i *inferrer) (string, error) {
	for _, find := range []func(*inferrer) error{keepRows, (*inferrer).findUnit, (*inferrer).findYear, keepTotals, endTable, nameSource} {
		if err := find(i); err != nil {
			return "", err
		}
	}
	tellOthers(i)
	measures, wide, err := measuresOf(i) // tableRuleOf looks at their columns
	if err != nil {
		return "", err
	}
	year, err := yearRuleOf(i, wide)
	if err != nil {
		return "", err
	}
	s := &source{
		code: i.Source, language: i.Language, title: i.Title, publisher: i.Publisher, file: i.path, table: tableRuleOf(i),
		signs: i.table.signsRule(i.rounded), unit: unitRuleOf(i), year: year, published: i.Published, measures: measures,
	}
	return s.yaml(), nil
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
		i.table.keep(func(row []string) bool { return pattern.Fits(row[place]) })
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
		if i.taken[place] || len(values) < 2 || len(values) > 100 || header == sheetYear || i.isFigures(place) || i.unit < 0 && i.joined == nil && place == i.labels() || i.isCode(place) || i.followsUnit(place) {
			continue
		}
		header = i.column(place)
		i.say("not read: %q, which has %d values: %s; --keep %q reads the rows of one", header, len(values), strings.Join(values[:min(3, len(values))], ", "), header+"="+values[0])
	}
}

// followsUnit reports whether a column has one text for each unit: its code, or its name in
// another language.
func (i *inferrer) followsUnit(place int) bool {
	if i.unit < 0 && i.joined == nil {
		return false
	}
	of := map[string]string{}
	for _, row := range i.table.rows {
		unit := i.codeOf(i.joined, row)
		if text, known := of[unit]; known && text != row[place] {
			return false
		}
		of[unit] = row[place]
	}
	return len(of) < len(i.table.rows) || len(of) == len(i.values(place))
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
	if i.joined != nil {
		return i.joined.rule(i, i.levels())
	}
	if i.unit < 0 {
		return "constant: " + quote(i.Unit)
	}
	levels := i.levels()
	column := quote(i.column(i.unit))
	switch {
	case !i.match.ByName:
		return "column: " + column + ", level: " + levels
	case i.match.Rule.WithoutMarks:
		return "name: " + column + ", level: " + levels + ", marks: optional"
	}
	return "name: " + column + ", level: " + levels
}

// levels are the levels of the units as YAML.
func (i *inferrer) levels() string {
	levels := strings.Join(i.match.Rule.Levels, ", ")
	if len(i.match.Rule.Levels) > 1 {
		return "[" + levels + "]"
	}
	return levels
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

// tableRuleOf says how the table is found, and which rows are totals or none of data.
func tableRuleOf(i *inferrer) []string {
	rule := i.table.place()
	column, totals, passed := rowsApart(i)
	rule = append(rule, i.table.skipRule(column, passed)...)
	rule = append(rule, totalsRule(column, totals)...)
	rule = append(rule, i.table.groupsRule(func(text string) bool {
		return i.unit >= 0 && mapping.MatchUnits(i.workspace, []string{text}, i.day).Matched > 0
	})...)
	if len(i.kept) > 0 {
		rule = append(rule, "keep: {"+strings.Join(i.kept, ", ")+"}")
	}
	return append(rule, i.table.endRule()...)
}

// rowsApart lists the rows that are none of a unit: totals, those that are passed over, and
// those that nobody knows, which are told and stay.
func rowsApart(i *inferrer) (column string, totals, passed []string) {
	if j := i.joined; j != nil && j.skipped != "" {
		i.say("passed over, no units of the workspace: the rows with %q under %q", j.skippedText, j.skipped)
		return j.skipped, nil, []string{j.skippedText}
	} else if j != nil && len(j.texts) > 0 {
		i.say("no unit of the workspace, rejected by a load: %s", listed(j.texts))
	}
	if i.unit < 0 {
		return "", nil, nil
	}
	var unknown []string
	dots := false
	for _, label := range i.match.Unmatched {
		switch {
		case isTotal(label), i.isSum(label):
			totals = append(totals, label)
		case isSummary(label):
			passed = append(passed, label)
		case strings.HasPrefix(label, ".."):
			dots = true
		default:
			unknown = append(unknown, label)
		}
	}
	if dots { // what is set in with dots lies within a row above, and is counted there
		passed = append(passed, "..*")
	}
	if len(totals) > 0 {
		i.say("totals, held against the rows: %s", listed(totals))
	}
	if len(passed) > 0 {
		i.say("passed over, no units of their own: %s", listed(passed))
	}
	if len(unknown) > 0 {
		i.say("no unit of the workspace, rejected by a load: %s", listed(unknown))
	}
	return i.column(i.unit), totals, passed
}

// endTable finds the end of the table: a note behind it, or a heading below which the same
// years begin anew.
func endTable(i *inferrer) error {
	if n := i.table.note(); n >= 0 {
		i.cut(n)
		return nil
	}
	if i.unit >= 0 || i.joined != nil || i.year < 0 {
		return nil
	}
	seen := map[string]int{}
	for at, row := range i.table.rows {
		if first, again := seen[row[i.year]]; again {
			if n := i.table.headingBetween(first, at); n >= 0 {
				i.cut(n)
			}
			return nil
		}
		seen[row[i.year]] = at
	}
	return nil
}

// cut ends the table before a heading, and tells it.
func (i *inferrer) cut(n int) { i.say("the table ends before: %s", i.table.cut(n)) }

// labels is the first column of texts that nothing else reads and that tells rows apart; -1 for none.
func (i *inferrer) labels() int {
	for place := range i.table.header {
		if !i.taken[place] && len(i.values(place)) > 1 && !i.isFigures(place) {
			return place
		}
	}
	return -1
}

// keepTotals leaves the rows of the totals of columns that tell rows apart: of all ages, of both sexes.
func keepTotals(i *inferrer) error {
	for place, header := range i.table.header {
		values := i.values(place)
		if i.taken[place] || i.unit < 0 && i.joined == nil && place == i.labels() || len(values) < 2 || header == "" || header == sheetYear || i.isCode(place) || i.isFigures(place) {
			continue
		}
		totals := slices.DeleteFunc(slices.Clone(values), func(value string) bool { return !isTotal(value) && value != "_T" })
		if len(totals) != 1 {
			continue
		}
		i.taken[place] = true
		i.kept = append(i.kept, quote(header)+": "+quote(literal(totals[0])))
		i.table.keep(func(row []string) bool { return row[place] == totals[0] })
		i.say("of %q, which has %d values, only %s is read; --keep %q reads others", header, len(values), totals[0], header+"="+values[len(values)-1])
	}
	return nil
}

// isCode reports whether a column has the codes of a dimension, beside that of their labels.
func (i *inferrer) isCode(place int) bool {
	return slices.Contains(i.table.header, i.table.header[place]+labelEnd)
}
