package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	project "github.com/niengiam/niengiam"
)

// block is a block of code in a text of the documentation.
type block struct {
	file, language, code string
	notRun               string // why it is not run, as the comment above it says
}

var (
	fence  = regexp.MustCompile("^( *)```([a-z]*)$")
	notRun = regexp.MustCompile(`^ *<!-- not run: (.+) -->$`)
)

// blocks takes a text apart: its blocks of code, and what stands between them.
func blocks(t *testing.T, file string) (all []block, prose string) {
	t.Helper()
	content, err := fs.ReadFile(project.Pages, file)
	if err != nil {
		t.Fatal(err)
	}
	var open *block
	indent, reason := "", ""
	for line := range strings.Lines(string(content)) {
		bare := strings.TrimSuffix(line, "\n")
		found := fence.FindStringSubmatch(bare)
		switch {
		case open != nil && found != nil:
			all, open = append(all, *open), nil
		case open != nil:
			open.code += strings.TrimPrefix(line, indent)
		case found != nil:
			open, indent = &block{file: file, language: found[2], notRun: reason}, found[1]
			reason = ""
		case notRun.MatchString(bare):
			reason = notRun.FindStringSubmatch(bare)[1]
		default:
			prose += line
		}
	}
	if open != nil {
		t.Errorf("%s: a block of code has no end", file)
	}
	return all, prose
}

// texts lists the texts of the documentation.
func texts(t *testing.T) []string {
	t.Helper()
	var files []string
	err := fs.WalkDir(project.Pages, ".", func(file string, _ fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(file) == ".md" && file != "CHANGELOG.md" { // which tells of flags that there were
			files = append(files, file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// Every command of the documentation is run (those of the tutorial by TestTutorial, those
// that ask the program here), or is held against the command line of the program and the
// targets of the Makefile; a block of which neither can be done says why.
func TestCommandsOfTheDocumentation(t *testing.T) {
	t.Parallel()
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	var p program
	parser, err := kong.New(&p, kong.Name("niengiam"), kong.Exit(func(int) {}), kong.Writers(io.Discard, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	known := &commands{t: t, parser: parser, flags: flagNames(parser.Model.Node), makefile: string(makefile)}
	asked, compared := 0, 0
	for _, file := range texts(t) {
		all, prose := blocks(t, file)
		for _, b := range all {
			switch {
			case b.language == "graphql" && file == "README.md":
				if told := loaded(t).ask(b.code).at("comparison", "rows", 0, "text").text(); !strings.Contains(prose, "> "+told) {
					t.Errorf("README does not quote the answer %q", told)
				}
			case b.language != "sh" || b.notRun != "" || strings.HasPrefix(file, "docs/tutorial."):
			case strings.HasPrefix(b.code, "curl "):
				asked++
				loaded(t).shell(t.TempDir(), b.code)
			default:
				for line := range strings.Lines(b.code) {
					compared++
					if !known.has(strings.TrimSpace(line)) {
						t.Errorf("%s: %q is neither run nor compared with anything: put <!-- not run: REASON --> above the block", file, strings.TrimSpace(line))
					}
				}
			}
		}
		for _, span := range regexp.MustCompile("`([^`\n]+)`").FindAllStringSubmatch(prose, -1) {
			compared += known.mentioned(file, span[1])
		}
	}
	if asked == 0 || compared < 100 {
		t.Errorf("only %d blocks of questions and %d commands were found", asked, compared)
	}
}

// The page of settings, which is read out of the code, has the commands and flags that the
// program has, each with its variable of the environment and its help, and no other.
func TestSettingsPageIsTheCommandLine(t *testing.T) {
	t.Parallel()
	content, err := fs.ReadFile(project.Pages, "docs/reference/settings.md")
	if err != nil {
		t.Fatal(err)
	}
	var p program
	parser, err := kong.New(&p, kong.Name("niengiam"), kong.DefaultEnvars("NIENGIAM"))
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile("(?m)^\\| `--([a-z0-9-]+)[^`]*` \\| `([A-Z0-9_]+)` \\| (.*) \\|$").FindAllStringSubmatch(string(content), -1)
	var want []string
	add := func(node *kong.Node) {
		for _, flag := range node.Flags {
			if flag.Name != "help" && !flag.Hidden && flag.Tag.Get("renamed") == "" {
				want = append(want, flag.Name+" "+strings.Join(flag.Envs, "")+" "+strings.ReplaceAll(flag.Help, "|", `\|`))
			}
		}
	}
	add(parser.Model.Node)
	for _, command := range parser.Model.Children {
		add(command)
		if !strings.Contains(string(content), "\n## niengiam "+command.Name+"\n"+command.Help+"\n") {
			t.Errorf("the page has no niengiam %s as the program describes it", command.Name)
		}
	}
	var got []string
	for _, row := range rows {
		got = append(got, strings.Join(row[1:], " "))
	}
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("from its flag %d on the page has\n%s\nand the program\n%s", i, strings.Join(got[min(i, len(got)):], "\n"), strings.Join(want[min(i, len(want)):], "\n"))
		}
	}
}

// commands is what commands are compared with.
type commands struct {
	t        *testing.T
	parser   *kong.Kong
	flags    []string
	makefile string
}

// has reports whether a line of a shell is something that can be called so.
func (c *commands) has(line string) bool {
	line, _, _ = strings.Cut(line, " #")
	words := shellWords(line)
	switch {
	case len(words) == 0:
		return true
	case strings.TrimPrefix(words[0], "bin/") == "niengiam":
		return c.parses(words[1:]) == nil
	case words[0] == "make":
		for _, word := range words[1:] {
			name, _, variable := strings.Cut(word, "=")
			if variable && !regexp.MustCompile(`(?m)^`+name+` *\?=`).MatchString(c.makefile) || !variable && !regexp.MustCompile(`(?m)^`+name+`:`).MatchString(c.makefile) {
				return false
			}
		}
		return true
	case len(words) > 1 && words[0] == "bash":
		_, err := os.Stat(filepath.Join("../..", words[1]))
		return err == nil
	}
	return false
}

// mentioned checks a command or a flag in a sentence, and counts it.
func (c *commands) mentioned(file, span string) int {
	c.t.Helper()
	words := shellWords(span)
	isCommand := func() bool {
		return slices.ContainsFunc(c.parser.Model.Children, func(command *kong.Node) bool { return command.Name == words[0] })
	}
	switch {
	case len(words) == 0:
		return 0
	case words[0] == "make" && len(words) > 1:
		if !c.has(span) {
			c.t.Errorf("%s: `%s` calls a target that the Makefile has not", file, span)
		}
	case strings.HasPrefix(span, "--"):
		name, _, _ := strings.Cut(strings.TrimPrefix(words[0], "--"), "=")
		if !slices.Contains(c.flags, name) {
			c.t.Errorf("%s: `%s` is no flag of the program", file, span)
		}
	case len(words) > 1 && strings.TrimPrefix(words[0], "bin/") == "niengiam":
		if err := c.parses(words[1:]); err != nil {
			c.t.Errorf("%s: `%s`: %v", file, span, err)
		}
	case len(words) > 1 && strings.HasPrefix(words[1], "--") && isCommand():
		if err := c.parses(words); err != nil {
			c.t.Errorf("%s: `%s`: %v", file, span, err)
		}
	default:
		return 0
	}
	return 1
}

// parses reads a command line as the program does.
func (c *commands) parses(words []string) error {
	if last := len(words) - 1; strings.HasPrefix(words[last], "--") && !strings.Contains(words[last], "=") { // named without a value
		if name := strings.TrimPrefix(words[last], "--"); name != "help" && !slices.Contains(c.flags, name) {
			return fmt.Errorf("there is no flag %s", words[last])
		}
		words = words[:last]
	}
	_, err := c.parser.Parse(words)
	if err != nil && (strings.HasPrefix(err.Error(), "missing ") || strings.HasPrefix(err.Error(), `expected "<`)) {
		return nil // a sentence names a part of the line alone
	}
	return err
}

// shellWords takes a line apart as a shell does, as far as the documentation needs it.
func shellWords(line string) []string {
	var words []string
	for _, match := range regexp.MustCompile(`"[^"]*"|'[^']*'|[^\s"']+`).FindAllString(line, -1) {
		words = append(words, strings.Trim(match, `"'`))
	}
	return words
}

// shell runs a piece of the documentation in a directory, with the program under its name
// and the address where it is served; an answer that is a fault fails it.
func (s *served) shell(dir, code string) string {
	s.t.Helper()
	command := exec.CommandContext(s.t.Context(), "bash", "-euo", "pipefail", "-c", `curl() { command curl --fail-with-body "$@"; }; `+strings.ReplaceAll(code, "http://127.0.0.1:8080", s.address))
	command.Dir = dir
	out, err := command.CombinedOutput()
	if err != nil {
		s.t.Errorf("%v\n%s\n%s", err, code, out)
	}
	return string(out)
}
