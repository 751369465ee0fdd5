package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/term"

	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/etl/setup"
	"github.com/niengiam/niengiam/stats/number"
)

type initCommand struct {
	File       string   `arg:"" help:"The file: CSV, XLSX, JSON-stat and whatever else sources may be, such as one of the World Bank." type:"path"`
	Sheet      string   `help:"The sheet of a workbook, or a pattern of several with {year} in it. Default: the only one, or all where their names differ by a year." placeholder:"NAME"`
	Encoding   string   `help:"The encoding of a text whose bytes leave it open." placeholder:"ENCODING"`
	Decimal    string   `help:"The decimal mark of a text whose numbers leave it open, such as 1.810: a point or a comma." placeholder:"MARK"`
	Language   string   `help:"The language of the names in the file: vi or en. Default: that of its headers." enum:",vi,en" default:"" placeholder:"LANGUAGE"`
	Title      string   `help:"The title of the source. Default: what the file calls its data source, else its name." placeholder:"TEXT"`
	Publisher  string   `help:"Who published the figures." placeholder:"TEXT"`
	Published  string   `help:"The day of publication. Default: what stands above the header." placeholder:"DAY"`
	Code       string   `help:"The column of the units' codes." placeholder:"COLUMN"`
	Name       string   `help:"The column of the units' names." placeholder:"COLUMN"`
	Level      string   `help:"The level of the units: country, province. Default: by the header of their codes." placeholder:"LEVEL"`
	Year       string   `help:"The column of the year, or the year of all rows. Default: headers that are years, or a column of years." placeholder:"COLUMN"`
	Indicator  string   `help:"What the figures measure. Default: by the file." placeholder:"NAME"`
	Measure    string   `help:"What it is measured in: persons, tonnes. Default: what stands in parentheses behind its name." placeholder:"UNIT"`
	Kind       string   `help:"The kind of the indicators: reported (nothing is added up), count, amount or mean. Default: reported." enum:"reported,count,amount,mean" default:"reported" placeholder:"KIND"`
	Aggregates []string `help:"The codes of units that are totals of others, such as the world: they are not ranked." placeholder:"CODE"`
	Metadata   string   `help:"The file Metadata_Country_….csv of the World Bank, which tells which units are totals. Default: the one beside the file." type:"path" placeholder:"FILE"`
	Ask        bool     `help:"Ask what is not clear, as on a terminal."`
}

// Run makes a workspace of the file, says what was understood, and prints the commands
// that follow.
func (c *initCommand) Run(s *session) error {
	options := setup.Options{
		File: c.File, Dir: s.Workspace, Sheet: c.Sheet, Encoding: c.Encoding, Decimal: c.Decimal, Language: c.Language, Title: c.Title, Publisher: c.Publisher, Published: c.Published, Code: c.Code, Name: c.Name,
		Level: c.Level, Year: c.Year, Indicator: c.Indicator, Measure: c.Measure, Kind: c.Kind, Aggregates: c.Aggregates, Metadata: c.Metadata,
	}
	if beside := filepath.Join(filepath.Dir(c.File), "Metadata_Country_"+filepath.Base(c.File)); options.Metadata == "" {
		if info, err := os.Stat(beside); err == nil && info.Mode().IsRegular() {
			options.Metadata = beside
		}
	}
	if in, ok := s.in.(*os.File); c.Ask || ok && term.IsTerminal(int(in.Fd())) {
		options.Ask = asking(s)
	}
	plan, err := setup.Understand(options)
	if err != nil {
		return err
	}
	for _, line := range plan.Told() {
		fmt.Fprintln(s.out, line)
	}
	written, err := plan.Write()
	if err != nil {
		return err
	}
	for _, path := range written {
		fmt.Fprintln(s.out, "written:", path)
	}
	fmt.Fprintf(s.out, "\nNext:\n")
	for _, command := range []string{"check", "load", "serve --welcome"} {
		fmt.Fprintf(s.out, "  niengiam %s --workspace %s --data %s\n", command, shellWord(s.Workspace), shellWord(s.Data))
	}
	return nil
}

// asking puts questions to whoever runs the program, each until its answer is one of the
// choices.
func asking(s *session) func(string, []string) (string, error) {
	lines := bufio.NewReader(s.in)
	return func(question string, choices []string) (string, error) {
		for {
			if fmt.Fprintf(s.out, "%s", question); len(choices) > 0 {
				fmt.Fprintf(s.out, " [%s]", strings.Join(choices, ", "))
			}
			fmt.Fprint(s.out, " ")
			line, err := lines.ReadString('\n')
			answer := strings.TrimSpace(line)
			if answer != "" && (len(choices) == 0 || slices.Contains(choices, answer)) {
				return answer, nil
			}
			if errors.Is(err, io.EOF) {
				fmt.Fprintln(s.out)
				return "", &number.Error{Code: setup.Unclear, Message: number.EnglishOnly("no answer to: %s", question), Nearest: name.Nearest(answer, choices), Hint: number.EnglishOnly("niengiam init --help has a flag for each question")}
			} else if err != nil {
				return "", fmt.Errorf("read an answer: %w", err)
			}
		}
	}
}

// shellWord quotes a path where a shell would split it.
func shellWord(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t'\"$&()*;<>?[\\]`{|}~!#", r) }) {
		return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
	}
	return text
}
