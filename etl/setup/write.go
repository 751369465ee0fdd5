package setup

import (
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

// Write writes the files of the workspace and returns their paths. None is written where
// one is there already: nothing is overwritten.
func (p *Plan) Write() ([]string, error) {
	units, err := p.unitFile()
	if err != nil {
		return nil, err
	}
	files := []file{
		{workspace.Filename, []byte(p.workspaceFile())},
		{"catalogue/levels.yaml", []byte(p.levelFile())},
		{"catalogue/topics.yaml", []byte("topics:\n  - {code: " + p.code() + ", name: " + p.text(p.options.Title) + "}\n")},
		{"catalogue/indicators.yaml", []byte(p.indicatorFile())},
		{"catalogue/units.csv", units},
		{"data/" + p.code() + ".csv", p.table.content},
		{"questions/1-ranking.graphql", []byte(p.questionFile())},
	}
	for _, f := range files {
		if path := filepath.Join(p.options.Dir, filepath.FromSlash(f.path)); isFile(path) {
			return nil, &number.Error{
				Code: Exists, Where: path, Message: number.EnglishOnly("the file is there already, and nothing was written"),
				Hint: number.EnglishOnly("name another directory with --workspace"),
			}
		}
	}
	var paths []string
	for _, f := range files {
		path := filepath.Join(p.options.Dir, filepath.FromSlash(f.path))
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

// code is the code of the source, and of the topic.
func (p *Plan) code() string { return slug(p.options.Title) }

// level is the lowest level, whose units the rows are of.
func (p *Plan) level() level { return p.levels[len(p.levels)-1] }

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
func (p *Plan) text(text string) string {
	return fmt.Sprintf("{%s: %s}", p.options.Language, quote(text))
}

// noun writes a word with its plural, which English has.
func (p *Plan) noun(word, plural string) string {
	if p.options.Language != "en" || plural == "" {
		return p.text(word)
	}
	return fmt.Sprintf("{en: %s, en_plural: %s}", quote(word), quote(plural))
}

func (p *Plan) workspaceFile() string {
	c, t, lowest := p.columns, p.table, p.level()
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("# Written by niengiam init; docs/workspace.md tells what may stand here.")
	line("workspace: %s", p.code())
	line("title: %s", p.text(p.options.Title))
	line("catalogue:\n  levels: catalogue/levels.yaml\n  topics: catalogue/topics.yaml\n  indicators: [catalogue/indicators.yaml]\n  units: [catalogue/units.csv]")
	line("sources:\n  - code: %s", p.code())
	line("    title: %s", p.text(p.options.Title))
	line("    publisher: %s", p.text(p.options.Publisher))
	line("    files: [data/%s.csv]", p.code())
	csv := []string{"delimiter: " + quote(string(t.delimiter))}
	if t.skip > 0 {
		csv = append(csv, fmt.Sprintf("skip: %d", t.skip))
	}
	if c.comma {
		csv = append(csv, `decimal: ","`)
	}
	if c.most > mostExact {
		csv = append(csv, "beyond_ten: round")
	}
	line("    csv: {%s}", strings.Join(csv, ", "))
	line("    missing: [%s]", strings.Join(quoted(missingCells()), ", "))
	line("    unit: {column: %s, level: %s}", quote(t.header[lowest.levelColumns.code]), lowest.code)
	switch {
	case len(c.years) > 0:
		line("    year: {headers: true}")
	case c.year >= 0:
		line("    year: {column: %s}", quote(t.header[c.year]))
	default:
		line("    year: {constant: %s}", c.constant)
	}
	line("    published: {constant: %s}", p.published)
	line("    measures:")
	for _, i := range p.indicators {
		value := "{headers: year}"
		if i.column >= 0 {
			value = "{column: " + quote(t.header[i.column]) + "}"
		}
		line("      - {indicator: {constant: %s}, value: %s, optional: true}", i.code, value)
	}
	return b.String()
}

func quoted(texts []string) []string {
	all := make([]string, len(texts))
	for i, text := range texts {
		all[i] = quote(text)
	}
	return all
}

func (p *Plan) levelFile() string {
	var b strings.Builder
	b.WriteString("levels:\n")
	for at, level := range p.levels {
		plural := level.name + "s"
		if rest, y := strings.CutSuffix(level.name, "y"); y {
			plural = rest + "ies"
		}
		fmt.Fprintf(&b, "  - code: %s\n    name: %s\n    kinds:\n", level.code, p.noun(level.name, plural))
		fmt.Fprintf(&b, "      - {code: %s, name: %s}\n", level.code, p.text(capital(level.name)))
		for _, u := range p.units {
			if u.aggregate && u.level == at {
				name := map[string]string{"en": "Aggregate", "vi": "Tổng hợp"}[p.options.Language]
				fmt.Fprintf(&b, "      - {code: %s, name: %s, aggregate: true}\n", aggregateKind, p.text(name))
				break
			}
		}
	}
	return b.String()
}

func (p *Plan) indicatorFile() string {
	var b strings.Builder
	b.WriteString("indicators:\n")
	for _, i := range p.indicators {
		fmt.Fprintf(&b, "  - code: %s\n    topic: %s\n    kind: %s\n    name: %s\n    description: %s\n    unit: %s\n    decimals: %d\n    direction: neutral\n    eligible: {level: %s}\n",
			i.code, p.code(), p.options.Kind, p.text(i.name), p.text(i.name+" ("+p.options.Title+")"), p.text(i.measure), min(p.columns.most, mostPrinted), p.level().code)
	}
	return b.String()
}

// questionFile is the first question: who comes first in the last year.
func (p *Plan) questionFile() string {
	title := fmt.Sprintf("%s, %d", p.indicators[0].name, p.lastYear)
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
`, strings.ReplaceAll(title, " / ", "/"), p.lastYear, quote(p.indicators[0].code), quote(p.level().code))
}

// capital writes a word with a capital.
func capital(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}
