package main

import (
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/term"

	"github.com/niengiam/niengiam/etl/setup"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/wholefile"
)

type inferCommand struct {
	File      string   `arg:"" help:"The file, in a folder of the workspace." type:"path"`
	Sheet     string   `help:"The sheet of a workbook, or a pattern of several with {year} in it. Default: the only one, or all where their names differ by a year." placeholder:"NAME"`
	Encoding  string   `help:"The encoding of a text whose bytes leave it open." placeholder:"ENCODING"`
	Decimal   string   `help:"The decimal mark of a text whose numbers leave it open, such as 1.810: a point or a comma." placeholder:"MARK"`
	Source    string   `help:"The code of the source. Default: made of its title." placeholder:"CODE"`
	Language  string   `help:"The language of title and publisher: vi or en. Default: that of the headers." enum:",vi,en" default:"" placeholder:"LANGUAGE"`
	Title     string   `help:"The title of the table. Default: what stands above its header." placeholder:"TEXT"`
	Publisher string   `help:"Who published the figures." placeholder:"TEXT"`
	Published string   `help:"The day of publication." placeholder:"DAY"`
	Unit      string   `help:"The code of the unit that all rows are of. Default: a column that names units." placeholder:"CODE"`
	Year      string   `help:"The column of the year, or the year of all rows. Default: headers, a column, or names of sheets with years." placeholder:"COLUMN"`
	Keep      []string `help:"Read only the rows that have this: COLUMN=TEXT, with * for any text." placeholder:"COLUMN=TEXT" sep:"none"`
	Indicator []string `help:"The indicator of the only column of figures, or COLUMN=CODE of one of several columns, or rows, with * for any text. Default: the one that its header names." placeholder:"CODE" sep:"none"`
	Write     bool     `help:"Put the source into niengiam.yaml."`
	Ask       bool     `help:"Ask what is not clear, as on a terminal."`
}

// mostShownRejects is how many rejects an inference shows.
const mostShownRejects = 10

// Run infers a source, prints it and what a load by it would read, and writes it if asked to.
func (c *inferCommand) Run(s *session) error {
	questions, faults := questions(s)
	if faults != nil {
		return faults
	}
	options := setup.Options{
		File: c.File, Dir: s.Workspace, Sheet: c.Sheet, Encoding: c.Encoding, Decimal: c.Decimal, Source: c.Source, Language: c.Language, Title: c.Title,
		Publisher: c.Publisher, Published: c.Published, Unit: c.Unit, Year: c.Year, Indicators: c.Indicator, Keep: c.Keep,
	}
	if in, ok := s.in.(*os.File); c.Ask || ok && term.IsTerminal(int(in.Fd())) {
		options.Ask = asking(s)
	}
	inferred, err := setup.Infer(s.ctx, options, questions)
	if err != nil {
		return err
	}
	for _, line := range inferred.Told {
		fmt.Fprintln(s.out, line)
	}
	result := inferred.Result
	fmt.Fprintf(s.out, "%d rows, %d figures, %d rejected\n", result.Read, result.Facts, result.Rejected)
	for i := range result.Rejects[:min(len(result.Rejects), mostShownRejects)] {
		printReject(s, &result.Rejects[i])
	}
	if more := len(result.Rejects) - mostShownRejects; more > 0 {
		fmt.Fprintf(s.out, "and %d more\n", more)
	}
	fmt.Fprintf(s.out, "\nsources:\n%s", inferred.Source)
	if !c.Write {
		fmt.Fprintf(s.out, "\nNothing was written: --write puts it into %s.\n", workspace.Filename)
		return nil
	}
	path := filepath.Join(s.Workspace, workspace.Filename)
	if err := replaceFile(path, inferred.Content); err != nil {
		return &number.Error{Code: setup.Exists, Where: path, Message: number.EnglishOnly("the file cannot be written"), Err: err}
	}
	fmt.Fprintf(s.out, "\nwritten: %s\n", path)
	return nil
}

// replaceFile puts a file in the place of another whole, with the rights of that one.
func replaceFile(path, content string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	return wholefile.Write(path, []byte(content), info.Mode().Perm())
}
