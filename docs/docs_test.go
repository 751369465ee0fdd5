// Package docs_test holds the pages of this folder against the code.
package docs_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/stats/number"
)

// fromGqlgen lists the codes that gqlgen raises by itself.
var fromGqlgen = []string{"GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "PERSISTED_QUERY_NOT_FOUND"}

// row is a line of a table whose first cell is a code.
var row = regexp.MustCompile("(?m)^\\| `([A-Z][A-Z0-9_]+)` \\|")

func TestEveryCodeIsExplained(t *testing.T) {
	page := read(t, "errors.md")
	faults, rest, ok := strings.Cut(page, "\n## Notes\n")
	if !ok {
		t.Fatal("errors.md has no section Notes")
	}
	notes, reasons, ok := strings.Cut(rest, "\n## Reasons\n")
	if !ok {
		t.Fatal("errors.md has no section Reasons")
	}
	declared := declarations(t)
	declared["Code"] = append(declared["Code"], fromGqlgen...)
	for _, c := range []struct{ kind, text string }{{"Code", faults}, {"NoteCode", notes}, {"Reason", reasons}} {
		var listed []string
		for _, match := range row.FindAllStringSubmatch(c.text, -1) {
			listed = append(listed, match[1])
		}
		for i, code := range listed {
			if slices.Contains(listed[:i], code) {
				t.Errorf("errors.md explains %s twice", code)
			}
			if !slices.Contains(declared[c.kind], code) {
				t.Errorf("errors.md explains %s, which no constant of type %s is", code, c.kind)
			}
		}
		for _, code := range declared[c.kind] {
			if !slices.Contains(listed, code) {
				t.Errorf("errors.md does not explain %s, a %s", code, c.kind)
			}
		}
	}
}

// declarations gives the values of all constants of the coded types of package
// stats, by type, and the codes that package web writes itself.
func declarations(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	add := func(kind, code string) {
		if !slices.Contains(found[kind], code) {
			found[kind] = append(found[kind], code)
		}
	}
	for _, file := range files(t, ".go") {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		web := filepath.Base(filepath.Dir(file)) == "web"
		ast.Inspect(tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				if kind := typeName(n.Type); kind != "" && len(n.Values) == 1 {
					add(kind, text(n.Values[0]))
				}
			case *ast.CallExpr:
				if name, ok := n.Fun.(*ast.Ident); ok && web && name.Name == "refuse" {
					add("Code", text(n.Args[2]))
				}
			}
			return true
		})
	}
	for _, code := range regexp.MustCompile(`\b[A-Z]+(_[A-Z]+)+\b`).FindAllString(read(t, "../web/unbuilt.html"), -1) {
		add("Code", code)
	}
	return found
}

func typeName(kind ast.Expr) string {
	name, ok := kind.(*ast.Ident)
	if selector, qualified := kind.(*ast.SelectorExpr); qualified {
		name, ok = selector.Sel, true
	}
	if !ok || !slices.Contains([]string{"Code", "NoteCode", "Reason"}, name.Name) {
		return ""
	}
	return name.Name
}

func text(value ast.Expr) string {
	if literal, ok := value.(*ast.BasicLit); ok {
		if unquoted, err := strconv.Unquote(literal.Value); err == nil {
			return unquoted
		}
	}
	return ""
}

// Every rule of numbers.md and checks.md names its scripts, and every script belongs to a rule.
func TestEveryScriptBelongsToARule(t *testing.T) {
	var named []string
	for _, match := range regexp.MustCompile("`([1-9dtq]-[a-z0-9-]+)`").FindAllStringSubmatch(read(t, "numbers.md")+read(t, "checks.md"), -1) {
		named = append(named, match[1])
	}
	scripts, err := filepath.Glob("../stats/testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var present []string
	for _, script := range scripts {
		present = append(present, strings.TrimSuffix(filepath.Base(script), ".txt"))
	}
	for _, name := range present {
		if !slices.Contains(named, name) {
			t.Errorf("numbers.md names no rule for stats/testdata/%s.txt", name)
		}
	}
	for _, name := range named {
		if !slices.Contains(present, name) {
			t.Errorf("numbers.md names the script %s, which there is none of", name)
		}
	}
}

// Every dependency is in libraries.md, so that each was chosen and not slipped in.
func TestEveryLibraryHasItsReason(t *testing.T) {
	page := read(t, "libraries.md")
	needs := func(name string) {
		if !strings.Contains(page, "`"+name+"`") {
			t.Errorf("libraries.md does not say why there is %s", name)
		}
	}
	for line := range strings.Lines(read(t, "../go.mod") + read(t, "../deploy/check/go.mod") + read(t, "../bench/bare/go.mod")) {
		fields := strings.Fields(line)
		if len(fields) == 2 && strings.HasPrefix(fields[1], "v") && !strings.Contains(line, "//") {
			needs(fields[0])
		}
	}
	library := regexp.MustCompile(`(?m)^    "([^"]+)": "[0-9]`)
	for _, file := range []string{"../package.json", "../web/package.json", "../examples/clients/package.json", "../tools/graphql-lint/package.json", "../bench/peers/package.json"} {
		for _, match := range library.FindAllStringSubmatch(read(t, file), -1) {
			needs(match[1])
		}
	}
}

func TestLinksLeadSomewhere(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:<>\s]+)(#[^)]*)?\)`)
	for _, page := range files(t, ".md") {
		for _, match := range link.FindAllStringSubmatch(read(t, page), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), match[1])); err != nil {
				t.Errorf("%s links to %s, which is not there", page, match[1])
			}
		}
	}
}

// files lists our own files with an ending, relative to this folder.
func files(t *testing.T, end string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && slices.Contains([]string{".git", "node_modules", "dist", "gen", "bin", ".niengiam"}, entry.Name()) {
			return fs.SkipDir
		}
		if !entry.IsDir() && strings.HasSuffix(path, end) {
			found = append(found, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func read(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// What people are told of a fault in either language is what errors.md says of its
// code, and no code of a question, a file, a page, a load, a workspace, the engine or the
// warehouse is without words.
func TestFaultsHaveWordsInBothLanguages(t *testing.T) {
	explained, _, _ := strings.Cut(read(t, "errors.md"), "\n## Notes\n")
	plain := regexp.MustCompile("`|\\[|\\]\\([^)]*\\)")
	for section := range strings.SplitSeq(explained, "\n## ") {
		title, _, _ := strings.Cut(section, "\n")
		onTheCommandLine := title == "The program"
		for _, match := range regexp.MustCompile("(?m)^\\| `([A-Z][A-Z0-9_]+)` \\| (.*?) \\| (.*?) \\|$").FindAllStringSubmatch(section, -1) {
			code := number.Code(match[1])
			fault, ok := code.Fault()
			switch {
			case !ok && !onTheCommandLine && !strings.HasPrefix(match[1], "QUESTION_"):
				t.Errorf("stats/number/fault.tsv has no words for %s", code)
			case ok && (fault.Meaning.EN != plain.ReplaceAllString(match[2], "") || fault.Remedy.EN != plain.ReplaceAllString(match[3], "")):
				t.Errorf("%s is %q, %q in English, and errors.md says otherwise", code, fault.Meaning.EN, fault.Remedy.EN)
			case ok && (fault.Meaning.VI == "" || fault.Remedy.VI == "" || fault.Meaning.VI == fault.Meaning.EN || fault.Remedy.VI == fault.Remedy.EN):
				t.Errorf("%s has no words of its own in Vietnamese", code)
			}
		}
	}
}
