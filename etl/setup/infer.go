package setup

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/mapping"
	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// Inference is a source of a workspace that was inferred from a file.
type Inference struct {
	// Told says, a line each, what was understood and what was not.
	Told []string
	// Source is the source as it is written in YAML, Content all of niengiam.yaml with it.
	Source, Content string
	// Result is what a load by the source would read of the file.
	Result etl.Result
}

// inferrer infers a source.
type inferrer struct {
	*Options
	workspace *workspace.Workspace
	table     *table
	path      string // of the file, within the workspace
	match     mapping.UnitMatch
	joined    *joined     // their code in two columns; nil where it is in one
	day       number.Date // on which the units were found
	unit      int         // the column of the units, -1 for a constant
	year      int         // the column of the year, -1 for none
	taken     map[int]bool
	kept      []string        // rules for rows, as YAML
	rounded   bool            // digits after the tenth decimal are
	named     map[string]bool // what --indicator says and was found
	places    []int           // of the columns of years that are read
	stems     []string        // what the columns or rows of figures are called
	told      []string
}

// Infer infers a source from a file of a workspace. What the file and the catalogue leave
// open is asked, or is a fault that names the flag.
func Infer(ctx context.Context, o Options, questions workspace.Questions) (*Inference, error) {
	w, err := workspace.Read(o.Dir, questions)
	if err != nil {
		return nil, err
	}
	i := &inferrer{Options: &o, workspace: w, year: -1, unit: -1, taken: map[int]bool{}, named: map[string]bool{}}
	if i.path, err = i.within(); err != nil {
		return nil, err
	}
	if i.table, err = readTable(&o, o.File); err != nil {
		return nil, err
	}
	i.tellFormat()
	source, err := sourceOf(i)
	if err != nil {
		return nil, err
	}
	path := filepath.Join(o.Dir, workspace.Filename)
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, &number.Error{Code: BadFile, Where: path, Message: number.EnglishOnly("the file cannot be read"), Err: err}
	}
	inferred := &Inference{Told: i.told, Source: source, Content: withSource(string(content), source)}
	checked, err := workspace.ReadWith(o.Dir, questions, []byte(inferred.Content))
	if err != nil {
		return nil, err
	}
	inferred.Result, err = etl.Examine(ctx, checked, checked.Source(i.Source))
	return inferred, err
}

// within returns the path of the file in the workspace, where the load finds it.
func (i *inferrer) within() (string, error) {
	path, err := filepath.Abs(i.File)
	if err == nil {
		var dir string
		if dir, err = filepath.Abs(i.Dir); err == nil {
			path, err = filepath.Rel(dir, path)
		}
	}
	if err != nil || !filepath.IsLocal(path) {
		return "", &number.Error{
			Code: BadOption, Where: i.File, Message: number.EnglishOnly("the file is not in the workspace %s", i.Dir), Err: err,
			Hint: number.EnglishOnly("copy it there, into the folder data, and name that copy"),
		}
	}
	return filepath.ToSlash(path), nil
}

// withSource puts a source before the others.
func withSource(content, source string) string {
	at := regexp.MustCompile(`(?m)^sources:[ \t]*(#.*)?\r?\n`).FindStringIndex(content)
	if at == nil {
		return strings.TrimRight(content, "\n") + "\nsources:\n" + source
	}
	return content[:at[1]] + source + content[at[1]:]
}

// say tells something that was understood, or not.
func (i *inferrer) say(format string, args ...any) {
	i.told = append(i.told, fmt.Sprintf(format, args...))
}

// tellFormat says how the file is written.
func (i *inferrer) tellFormat() {
	found := i.table.format
	if found.Format == "" {
		return
	}
	if len(i.table.partial) > 0 {
		i.say("not read, for not all sheets have them: %s", listed(i.table.partial))
	}
	i.say("format %s, encoding %s, %d columns, %d rows below line %d", found.Format, orNone(i.table.encoding), len(i.table.header), len(i.table.rows), i.table.line)
}

func orNone(text string) string {
	if text == "" {
		return "of its own"
	}
	return text
}

// values lists what stands in a column, each once.
func (i *inferrer) values(place int) []string { return i.table.values(place) }

// isFigures reports whether a column has figures and nothing else.
func (i *inferrer) isFigures(place int) bool {
	return len(i.values(place)) > 0 && !slices.ContainsFunc(i.values(place), func(cell string) bool {
		return !mapping.IsFigure(cell, i.table.signs, append(missingCells(), "-")...)
	})
}

// findUnit finds the column that names units, the one with most of them.
func (i *inferrer) findUnit() error {
	if i.Unit != "" {
		return nil
	}
	years := []number.Year{number.LastYear}
	if found := i.yearsOf(); len(found) > 0 {
		years = slices.Compact([]number.Year{slices.Min(found), slices.Max(found)}) // units come and go
	}
	for place := range i.table.header {
		if texts := i.values(place); len(texts) > 0 && i.table.header[place] != sheetYear {
			for _, year := range years {
				match := mapping.MatchUnits(i.workspace, texts, year.Reference())
				strict := match.Matched == i.match.Matched && match.Matched > 0 && i.match.Rule.WithoutMarks && !match.Rule.WithoutMarks
				if match.Matched > i.match.Matched || strict {
					i.match, i.unit, i.day = match, place, year.Reference()
				}
			}
		}
	}
	if i.join(); i.joined != nil {
		i.unit = -1
		for _, place := range i.joined.places {
			i.taken[place] = true
		}
		i.say("units: %d of %d by %q and %q together, of the level %s", i.match.Matched, i.match.Matched+len(i.joined.texts), i.column(i.joined.places[0]), i.column(i.joined.places[1]), strings.Join(i.match.Rule.Levels, ", "))
		return nil
	}
	if i.match.Matched == 0 {
		unit, err := i.find("", "no column names units of the workspace; of which unit are all rows?", "--unit CODE", nil)
		i.Unit = unit
		return err
	}
	i.taken[i.unit] = true
	i.say("units: %d of %d by %q, of the level %s", i.match.Matched, i.match.Matched+len(i.match.Unmatched), i.column(i.unit), strings.Join(i.match.Rule.Levels, ", "))
	return nil
}

// yearsOf lists the years that headers, columns of years and names of sheets have.
func (i *inferrer) yearsOf() []number.Year {
	var years []number.Year
	add := func(text string) {
		if year, ok := mapping.YearOf(text); ok {
			years = append(years, year)
		}
	}
	for place, header := range i.table.header {
		if _, is := yearPattern(header); is {
			add(yearInName().FindString(header))
		}
		if add(header); slices.IndexFunc(i.values(place), notYear) < 0 {
			for _, value := range i.values(place) {
				add(value)
			}
		}
	}
	return years
}

// column is how the mapping calls a column.
func (i *inferrer) column(place int) string { return i.table.column(place) }

// findYear finds the column of the year; -1 where headers or a constant say it.
func (i *inferrer) findYear() error {
	if i.Year != "" {
		if _, ok := mapping.YearOf(i.Year); ok && !slices.Contains(i.table.header, i.Year) {
			return nil
		}
		place, err := i.Options.column(i.table, i.Year, "--year")
		i.year, i.taken[place] = place, true
		return err
	}
	for place := range i.table.header {
		if !i.taken[place] && len(i.values(place)) > 0 && slices.IndexFunc(i.values(place), notYear) < 0 {
			i.year, i.taken[place] = place, true
			return nil
		}
	}
	return nil
}

// cutLast parts COLUMN=CODE at its last sign.
func cutLast(named string) (column, code string, is bool) {
	at := strings.LastIndex(named, "=")
	if at < 0 {
		return "", named, false
	}
	return named[:at], named[at+1:], true
}

// called finds an indicator by its code or name.
func (i *inferrer) called(text string) *catalogue.Indicator {
	for _, indicator := range i.workspace.Definitions.Indicators {
		for _, known := range []string{indicator.Code, indicator.Names.VI, indicator.Names.EN} {
			if known != "" && slug(known) == slug(text) {
				return indicator
			}
		}
	}
	return nil
}

// given finds the indicator that --indicator says of a column or row, by what it is called.
func (i *inferrer) given(alone bool, texts ...string) (*catalogue.Indicator, error) {
	for _, given := range i.Indicators {
		column, code, is := cutLast(given)
		if is {
			pattern, err := name.CompilePattern(column)
			is = err == nil && slices.ContainsFunc(texts, pattern.Fits)
		} else {
			is = alone
		}
		if !is {
			continue
		}
		i.named[given] = true
		found := i.called(code)
		if found == nil {
			return nil, &number.Error{Code: BadOption, Where: i.File, Message: number.EnglishOnly("--indicator: there is none called %q", code), Nearest: name.Nearest(code, i.codes())}
		}
		return found, nil
	}
	return nil, nil
}

// indicatorOf finds the indicator of a column or row: what is said of it, or the one that it is
// called by. Of several columns one that is no indicator is left out.
func (i *inferrer) indicatorOf(stem, header string, alone bool) (*catalogue.Indicator, error) {
	if found, err := i.given(alone, stem, header); found != nil || err != nil {
		return found, err
	}
	for _, text := range append([]string{stem}, strings.Split(stem, " - ")...) {
		if found := i.called(text); found != nil {
			return found, nil
		}
	}
	if !alone {
		return nil, nil
	}
	what := fmt.Sprintf("the figures under %q", header)
	if stem == "" {
		what = fmt.Sprintf("the figures of the years (%s …)", header)
	}
	answer, err := i.find("", "which indicator are "+what+"?", "--indicator CODE", i.codes())
	if err != nil {
		return nil, err
	}
	return i.called(answer), nil
}

func (i *inferrer) codes() []string {
	var codes []string
	for _, indicator := range i.workspace.Definitions.Indicators {
		codes = append(codes, indicator.Code)
	}
	return codes
}
