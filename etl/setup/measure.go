package setup

import (
	"fmt"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// measuresOf writes the columns of figures; where none has the units, each row has an
// indicator of its own.
func measuresOf(i *inferrer) (lines []string, wide bool, err error) {
	groups, wide := groupsOf(i)
	if label := i.labels(); wide && i.unit < 0 && i.joined == nil && i.year < 0 && label >= 0 {
		lines, err = rowMeasures(i, groups, label)
	} else {
		lines, err = columnMeasures(i, groups, wide)
	}
	if err != nil {
		return nil, wide, err
	}
	for _, named := range i.Indicators {
		if column, _, is := cutLast(named); is && !i.named[named] {
			return nil, wide, &number.Error{
				Code: BadOption, Where: i.File, Message: number.EnglishOnly("--indicator: no column or row of figures is called %q", column), Nearest: name.Nearest(column, i.stems),
			}
		}
	}
	return lines, wide, nil
}

// columnMeasures writes a measure of each column, or of each group of columns of years.
func columnMeasures(i *inferrer, groups []figures, wide bool) (lines []string, err error) {
	var unread []string
	for _, group := range groups {
		value, stem := fmt.Sprintf("{column: %s}", quote(i.column(group.places[0]))), i.column(group.places[0])
		switch {
		case wide && group.pattern == "":
			value, stem = "{headers: year}", ""
		case wide:
			value, stem = fmt.Sprintf("{headers: %s}", quote(group.pattern)), group.stem()
		}
		if stem == "" && len(groups) > 1 {
			stem = group.pattern
		}
		i.stems = append(i.stems, stem)
		indicator, err := i.indicatorOf(stem, i.table.header[group.places[0]], len(groups) == 1)
		if err != nil {
			return nil, err
		}
		if indicator == nil {
			unread = append(unread, quote(stem))
			continue
		}
		lines = append(lines, measureOf(i, indicator, "", value, i.table.rows, group.places))
		if wide {
			i.places = append(i.places, group.places...)
		}
	}
	if len(lines) == 0 {
		return nil, noMeasure(i, "column", unread)
	}
	if len(unread) > 0 {
		i.say("figures that are no indicator of the workspace, not read: %s", listed(unread))
	}
	return lines, nil
}

// rowMeasures writes a measure of each row whose label is an indicator.
func rowMeasures(i *inferrer, groups []figures, label int) (lines []string, err error) {
	rows := map[string][][]string{}
	for _, row := range i.table.rows {
		rows[row[label]] = append(rows[row[label]], row)
	}
	var unread []string
	for _, text := range i.values(label) {
		if !slices.ContainsFunc(i.table.rows, func(row []string) bool { return row[label] == text }) {
			continue // behind the end that was found meanwhile
		}
		i.stems = append(i.stems, text)
		indicator, err := i.indicatorOf(text, text, false)
		switch {
		case err != nil:
			return nil, err
		case indicator == nil:
			unread = append(unread, quote(text))
			continue
		case len(rows[text]) > 1 && !i.endBefore(label, text):
			return nil, &number.Error{
				Code: Unclear, Where: i.File, Message: number.EnglishOnly("%d rows are called %q: which is %s?", len(rows[text]), text, indicator.Code),
				Hint: number.EnglishOnly("leave it out here and write the measure by hand, with the `group` that it is in (docs/tables.md)"),
			}
		}
		for _, group := range groups {
			value := "{headers: year}"
			if group.pattern != "" {
				value = fmt.Sprintf("{headers: %s}", quote(group.pattern))
			}
			lines = append(lines, measureOf(i, indicator, fmt.Sprintf("rows: %s, ", quote(literal(text))), value, rows[text][:1], group.places))
		}
	}
	if len(lines) == 0 {
		return nil, noMeasure(i, "row", unread)
	}
	if len(unread) > 0 {
		i.say("rows that are no indicator of the workspace, not read: %s", listed(unread))
	}
	return lines, nil
}

// endBefore ends the table before the heading behind which a label stands again; false where
// none does.
func (i *inferrer) endBefore(label int, text string) bool {
	first := slices.IndexFunc(i.table.rows, func(row []string) bool { return row[label] == text })
	again := slices.IndexFunc(i.table.rows[first+1:], func(row []string) bool { return row[label] == text })
	if again < 0 {
		return true // it was ended already
	}
	n := i.table.headingBetween(first, first+1+again)
	if n >= 0 {
		i.cut(n)
	}
	return n >= 0
}

// listed lists the first of several texts.
func listed(texts []string) string {
	const most = 8
	if len(texts) <= most {
		return strings.Join(texts, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(texts[:most], ", "), len(texts)-most)
}

// noMeasure is the fault where nothing is an indicator of the workspace.
func noMeasure(i *inferrer, what string, unread []string) error {
	fault := &number.Error{Code: Unclear, Where: i.File, Message: number.EnglishOnly("no %s has figures of an indicator of the workspace", what), Nearest: nearestCodes(i, unread)}
	if len(unread) == 0 {
		fault.Hint = number.EnglishOnly("no column has numbers throughout: the header was taken to be line %d, the decimal mark %q (--decimal names another)", i.table.line, i.table.signs.Decimal)
		return fault
	}
	fault.Hint = number.EnglishOnly("say which it is, as in --indicator %q; there are %s", strings.Trim(unread[0], `"`)+"=CODE", listed(unread))
	return fault
}

func nearestCodes(i *inferrer, unread []string) []string {
	var nearest []string
	for _, text := range unread[:min(3, len(unread))] {
		nearest = append(nearest, name.Nearest(text, i.codes())...)
	}
	return nearest
}

// measureOf writes one measure. Counts with decimals are taken to be in thousands, and that is told.
func measureOf(i *inferrer, indicator *catalogue.Indicator, rows, value string, data [][]string, places []int) string {
	key := "value"
	if indicator.Kind == catalogue.Ratio {
		key = "rate"
	}
	line := fmt.Sprintf("indicator: {constant: %s}, %s%s: %s", indicator.Code, rows, key, value)
	blank, decimals, percent := false, false, false
	most := 0
	for _, row := range data {
		for _, place := range places {
			blank = blank || row[place] == ""
			percent = percent || strings.HasSuffix(row[place], "%")
			_, fraction, _ := strings.Cut(row[place], i.table.signs.Decimal)
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
// column of figures is one, or the one that says that it has the values.
func groupsOf(i *inferrer) (groups []figures, wide bool) {
	if i.year < 0 {
		groups = yearGroups(i.table.header, func(place int) bool { return !i.taken[place] && i.isFigures(place) })
		if len(groups) > 0 {
			return groups, true
		}
	}
	for place, header := range i.table.header {
		if i.taken[place] || i.isCode(place) || header == sheetYear || !i.isFigures(place) {
			continue
		}
		if isValue(header) {
			return []figures{{places: []int{place}}}, false
		}
		groups = append(groups, figures{places: []int{place}})
	}
	return groups, false
}
