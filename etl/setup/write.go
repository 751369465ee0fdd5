package setup

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// file is a file of the workspace, with the way to it.
type file struct {
	path    string
	content []byte
}

// writer writes the files of a plan's workspace.
type writer struct{ *Plan }

// write writes the files and returns their paths.
func (w writer) write() ([]string, error) {
	units, err := w.unitFile()
	if err != nil {
		return nil, err
	}
	files := []file{
		{workspace.Filename, []byte(w.workspaceFile())},
		{"catalogue/levels.yaml", []byte(w.levelFile())},
		{"catalogue/topics.yaml", []byte("topics:\n  - {code: " + w.code() + ", name: " + w.text(w.options.Title) + "}\n")},
		{"catalogue/indicators.yaml", []byte(w.indicatorFile())},
		{"catalogue/units.csv", units},
		{w.dataFile(), w.table.content},
		{"questions/1-ranking.graphql", []byte(w.questionFile())},
	}
	for _, f := range files {
		if path := filepath.Join(w.options.Dir, filepath.FromSlash(f.path)); isFile(path) {
			return nil, &number.Error{
				Code: Exists, Where: path, Message: number.EnglishOnly("the file is there already, and nothing was written"),
				Hint: number.EnglishOnly("name another directory with --workspace"),
			}
		}
	}
	var paths []string
	for _, f := range files {
		path := filepath.Join(w.options.Dir, filepath.FromSlash(f.path))
		if err := create(path, f.content); err != nil {
			return paths, &number.Error{Code: Exists, Where: path, Message: number.EnglishOnly("the file cannot be written"), Err: err, Hint: number.EnglishOnly("name another directory with --workspace")}
		}
		paths = append(paths, path)
	}
	return paths, nil
}

// create writes a file that must not be there.
func create(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) //nolint:gosec // a workspace is for whoever may read the directory that it is in
	if err != nil {
		return err
	}
	if _, err := out.Write(content); err != nil {
		_ = out.Close() // the first error counts
		return err
	}
	return out.Close()
}

// isFile reports whether a path leads to something.
func isFile(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// code is the code of the source, and of the topic.
func (w writer) code() string { return slug(w.options.Title) }

// level is the lowest level, whose units the rows are of.
func (w writer) level() level { return w.levels[len(w.levels)-1] }

// quote writes a text as YAML, which reads the strings of JSON.
func quote(text string) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		return `""`
	}
	return strings.TrimSpace(b.String())
}

// text writes a text in the language that there is.
func (w writer) text(text string) string {
	return fmt.Sprintf("{%s: %s}", w.options.Language, quote(text))
}

// noun writes a word with its plural, which English has.
func (w writer) noun(word, plural string) string {
	if w.options.Language != "en" || plural == "" {
		return w.text(word)
	}
	return fmt.Sprintf("{en: %s, en_plural: %s}", quote(word), quote(plural))
}

func (w writer) workspaceFile() string {
	c, t, lowest := w.columns, w.table, w.level()
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("# Written by niengiam init; docs/workspace.md tells what may stand here.")
	line("workspace: %s", w.code())
	line("title: %s", w.text(w.options.Title))
	line("catalogue:\n  levels: catalogue/levels.yaml\n  topics: catalogue/topics.yaml\n  indicators: [catalogue/indicators.yaml]\n  units: [catalogue/units.csv]")
	rules := &source{
		code: w.code(), language: w.options.Language, title: w.options.Title, publisher: w.options.Publisher, file: w.dataFile(),
		table: w.tableRule(), unit: fmt.Sprintf("%s: %s, level: %s", lowest.key(), quote(t.column(lowest.codeColumn())), lowest.code),
		published: w.published.String(),
	}
	rules.signs = t.signsRule(c.most > mostExact)
	switch {
	case len(c.years) > 0:
		rules.year = "headers: true"
	case c.year >= 0 && t.header[c.year] == sheetYear:
		rules.year = "sheet: " + quote(t.sheet)
	case c.year >= 0:
		rules.year = "column: " + quote(t.header[c.year])
	default:
		rules.year = "constant: " + c.constant
	}
	for _, i := range w.indicators {
		value := "headers: year"
		switch {
		case i.column >= 0:
			value = "column: " + quote(t.header[i.column])
		case i.pattern != "":
			value = "headers: " + quote(i.pattern)
		}
		rules.measures = append(rules.measures, fmt.Sprintf("indicator: {constant: %s}, value: {%s}, optional: true", i.code, value))
	}
	return b.String() + "sources:\n" + rules.yaml()
}

// tableRule says how the table is found in the file, and which rows are none of data.
func (w writer) tableRule() []string {
	t, column := w.table, w.table.column(w.level().levelColumns.name)
	rule := append(t.place(), t.skipRule(column, w.passed)...)
	rule = append(rule, totalsRule(column, w.totals)...)
	rule = append(rule, t.groupsRule(func(string) bool { return false })...)
	return append(rule, t.endRule()...)
}

// dataFile is where the file stands in the workspace, under the ending that it has.
func (w writer) dataFile() string {
	return "data/" + w.code() + strings.ToLower(filepath.Ext(w.options.File))
}

func quoted(texts []string) []string {
	all := make([]string, len(texts))
	for i, text := range texts {
		all[i] = quote(text)
	}
	return all
}

func (w writer) levelFile() string {
	var b strings.Builder
	b.WriteString("levels:\n")
	for at, level := range w.levels {
		plural := level.name + "s"
		if rest, y := strings.CutSuffix(level.name, "y"); y {
			plural = rest + "ies"
		}
		fmt.Fprintf(&b, "  - code: %s\n    name: %s\n    kinds:\n", level.code, w.noun(level.name, plural))
		fmt.Fprintf(&b, "      - {code: %s, name: %s}\n", level.code, w.text(capital(level.name)))
		for _, u := range w.units {
			if u.aggregate && u.level == at {
				name := map[string]string{"en": "Aggregate", "vi": "Tổng hợp"}[w.options.Language]
				fmt.Fprintf(&b, "      - {code: %s, name: %s, aggregate: true}\n", aggregateKind, w.text(name))
				break
			}
		}
	}
	return b.String()
}

// unitFile is the list of units as a workspace has it.
func (w writer) unitFile() ([]byte, error) {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	rows := [][]string{{"code", "level", "kind", "parent", "name", "name_en", "valid_from", "valid_to", "opening"}}
	for _, u := range w.units {
		level := w.levels[u.level]
		row := []string{u.code, level.code, level.code, u.parent, u.name, "", "", "", "baseline"}
		if w.options.Language == "en" {
			row[4], row[5] = "", u.name
		}
		if u.aggregate {
			row[2], row[3] = aggregateKind, ""
		}
		rows = append(rows, row)
	}
	err := out.WriteAll(rows)
	return b.Bytes(), err
}

func (w writer) indicatorFile() string {
	var b strings.Builder
	b.WriteString("indicators:\n")
	for _, i := range w.indicators {
		fmt.Fprintf(&b, "  - code: %s\n    topic: %s\n    kind: %s\n    name: %s\n    description: %s\n    unit: %s\n    decimals: %d\n    direction: neutral\n    eligible: {level: %s}\n",
			i.code, w.code(), w.options.Kind, w.text(i.name), w.text(i.name+" ("+w.options.Title+")"), w.text(i.measure), min(w.columns.most, mostPrinted), w.level().code)
	}
	return b.String()
}

// questionFile is the first question: who comes first in the last year.
func (w writer) questionFile() string {
	title := fmt.Sprintf("%s, %d", w.indicators[0].name, w.lastYear)
	return fmt.Sprintf(`# %s
query ranking($year: Int = %d, $baseYear: BaseYear = PREVIOUS, $top: Int = 10) {
  ranking(indicator: %s, level: %s, year: $year, baseYear: $baseYear, top: $top) {
    rankedCount
    universeCount
    rows {
      rank
      unit { code name }
      current { value status }
      text
    }
    notes { code text }
  }
}
`, strings.ReplaceAll(title, " / ", "/"), w.lastYear, quote(w.indicators[0].code), quote(w.level().code))
}

// capital writes a word with a capital.
func capital(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}
