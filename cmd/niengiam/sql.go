package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"golang.org/x/term"
)

// sqlRows is how many rows of an answer are shown.
const sqlRows = 10_000

type sqlCommand struct {
	Statement string `arg:"" optional:"" help:"One statement. Default: a prompt, or statements from standard input."`
	Format    string `help:"How to print the answer: ${enum}." enum:"table,csv,markdown" default:"table"`
}

// Run reads the warehouse as a person who may read it and nothing else.
func (c *sqlCommand) Run(s *session) (err error) {
	store, err := open(s.ctx, s, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.close()) }()
	if c.Statement != "" {
		return c.query(s, store, c.Statement)
	}
	if file, ok := s.in.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		return c.prompt(s, store, file)
	}
	script, err := io.ReadAll(s.in)
	if err != nil {
		return fmt.Errorf("read the statements: %w", err)
	}
	for statement := range strings.SplitSeq(string(script), ";\n") {
		if strings.TrimSpace(statement) == "" {
			continue
		}
		if err := c.query(s, store, statement); err != nil {
			return err
		}
	}
	return nil
}

// prompt asks for statements until the end of the input. A statement that is at
// fault does not end it.
func (c *sqlCommand) prompt(s *session, store *opened, file *os.File) error {
	before, err := term.MakeRaw(int(file.Fd()))
	if err != nil {
		return fmt.Errorf("take the terminal: %w", err)
	}
	defer func() { _ = term.Restore(int(file.Fd()), before) }() // nothing to be done about a terminal that is gone
	terminal := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{s.in, s.out}, "niengiam> ")
	if width, height, err := term.GetSize(int(file.Fd())); err == nil && width > 0 {
		_ = terminal.SetSize(width, height) // a wrong width only wraps lines early
	}
	here := *s
	here.out = terminal
	fmt.Fprintln(terminal, "SQL on the warehouse, read only. The tables are observation, posting, release, unit, indicator …; Ctrl-D ends.")
	for {
		line, err := terminal.ReadLine()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read a line: %w", err)
		}
		statement := strings.TrimRight(strings.TrimSpace(line), ";")
		switch statement {
		case "":
			continue
		case "exit", "quit":
			return nil
		}
		if err := c.query(&here, store, statement); err != nil {
			complain(terminal, err)
		}
	}
}

// query prints the answer to one statement.
func (c *sqlCommand) query(s *session, store *opened, statement string) error {
	answer, err := store.Query(s.ctx, strings.TrimRight(strings.TrimSpace(statement), ";"), sqlRows)
	if err != nil {
		return err
	}
	t := table.NewWriter()
	t.SetOutputMirror(s.out)
	t.SetStyle(table.StyleLight)
	header := table.Row{}
	for _, column := range answer.Columns {
		header = append(header, column.Name)
	}
	t.AppendHeader(header)
	for row, more := answer.Next(); more; row, more = answer.Next() {
		t.AppendRow(plain(row))
	}
	if err := answer.Close(); err != nil {
		return err
	}
	t.Style().Format.Header = 0
	switch c.Format {
	case "csv":
		t.RenderCSV()
	case "markdown":
		t.RenderMarkdown()
	default:
		t.Render()
		if answer.Cut() {
			fmt.Fprintf(s.out, "more than %d rows: narrow the statement\n", sqlRows)
		}
	}
	return nil
}

// plain makes a row fit to print: nullable columns come as pointers.
func plain(row []any) table.Row {
	for i, value := range row {
		if v := reflect.ValueOf(value); v.Kind() == reflect.Pointer {
			row[i] = "NULL"
			if !v.IsNil() {
				row[i] = v.Elem().Interface()
			}
		}
	}
	return row
}
