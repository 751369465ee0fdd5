// Package house_test holds the rules of the house that no compiler knows: who may
// call whom, and how the files are kept. docs/design.md says why they are so.
// The linter holds the same directions import by import, while one types; here
// they are held for everything that is reached through others, too.
package house_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestMain runs the tests in the root of the project, whose files they look at.
func TestMain(m *testing.M) {
	if err := os.Chdir(".."); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

const module = "github.com/niengiam/niengiam/"

// stats lists the rooms of stats that answer questions, each of which may use those
// before it. Where reaches says "stats", it means all of them.
var stats = []string{"stats/number", "stats/estimate", "stats/ledger", "stats/catalogue", "stats/figure", "stats/list", "stats/query", "stats/briefing", "stats/validation"}

// reaches lists the rooms that each room may use, itself or through others.
// The programs, cmd/niengiam and bench, wire everything and may see everything.
var reaches = map[string][]string{
	"schema":                         {},
	"stats":                          {},
	"stats/number":                   {},
	"stats/estimate":                 {"stats/number"},
	"stats/ledger":                   {"stats/number"},
	"stats/catalogue":                {"stats/number", "stats/ledger"},
	"stats/suppression":              {},
	"stats/figure":                   {"stats/number", "stats/ledger", "stats/catalogue", "stats/suppression"},
	"stats/list":                     {"stats/number", "stats/ledger"},
	"stats/query":                    {"stats/number", "stats/estimate", "stats/ledger", "stats/catalogue", "stats/figure", "stats/list", "stats/suppression"},
	"stats/briefing":                 {"stats"},
	"stats/validation":               {"stats/number", "stats/estimate", "stats/ledger", "stats/catalogue", "stats/figure", "stats/suppression"},
	"stats/memory":                   {"stats/number", "stats/ledger", "stats/catalogue", "stats/figure", "stats/suppression"},
	"stats/statstest":                {"stats"},
	"etl/name":                       {},
	"etl/format":                     {"stats/number"},
	"etl/workspace":                  {"etl/format", "etl/name", "stats"},
	"etl/layout":                     {"etl/format", "etl/name", "etl/workspace", "stats"},
	"etl/place":                      {"etl/format", "etl/name", "etl/workspace", "stats", "wholefile"},
	"etl/spill":                      {},
	"etl/mapping":                    {"etl/format", "etl/layout", "etl/name", "etl/workspace", "stats"},
	"etl":                            {"etl/format", "etl/layout", "etl/mapping", "etl/name", "etl/place", "etl/spill", "etl/workspace", "stats", "wholefile"},
	"etl/schedule":                   {"etl", "etl/layout", "etl/mapping", "etl/place", "etl/spill", "etl/format", "etl/name", "etl/workspace", "stats", "wholefile"},
	"etl/etltest":                    {},
	"etl/setup":                      {"etl", "etl/layout", "etl/mapping", "etl/place", "etl/spill", "etl/format", "etl/name", "etl/workspace", "stats", "wholefile"},
	"warehouse/engine":               {"stats/number", "wholefile"},
	"warehouse":                      {"warehouse/engine", "stats", "schema", "wholefile"},
	"warehouse/warehousetest":        {"warehouse", "warehouse/engine", "stats", "schema", "wholefile"},
	"wholefile":                      {},
	"gate":                           {"stats/number"},
	"graph/scalar":                   {"stats"},
	"graph/encode":                   {"stats/number"},
	"graph/generate":                 {},
	"graph/gen":                      {"graph/encode", "graph/scalar", "stats"},
	"graph/kept":                     {},
	"graph":                          {"graph/encode", "graph/gen", "graph/kept", "graph/scalar", "stats", "schema"},
	"graph/sheet":                    {"graph/encode", "graph/gen", "graph/scalar", "stats"},
	"graph/question":                 {"graph/encode", "graph/gen", "graph/scalar", "graph/sheet", "stats"},
	"graph/export":                   {"graph", "graph/encode", "graph/gen", "graph/kept", "graph/question", "graph/scalar", "graph/sheet", "stats"},
	"metric":                         {"gate", "graph/kept", "stats", "stats/memory", "warehouse/engine", "wholefile"},
	"web":                            {},
	"briefing/print":                 {"stats"},
	"briefing/delivery":              {"etl/workspace", "etl/format", "etl/name", "stats", "wholefile"},
	"briefing/delivery/deliverytest": {},
	"deploy":                         {},
	"tools":                          {},
	"tools/rooms":                    {},
	"examples/angiang":               {},
	"docs":                           {"stats/number"},
}

// may lists the rooms that a room may use: where reaches says "stats", all of its rooms
// and the one that they reach.
func may(room string) ([]string, bool) {
	rooms, known := reaches[room]
	return spelledOut(rooms), known
}

func spelledOut(rooms []string) []string {
	if slices.Contains(rooms, "stats") {
		return slices.Concat(rooms, stats, []string{"stats/suppression"})
	}
	return rooms
}

// forTests lists what the tests of every room may use besides.
var forTests = []string{"stats", "stats/memory", "stats/statstest", "warehouse/warehousetest", "briefing/delivery/deliverytest", "etl/etltest", "schema"}

// forTestsOf lists what the tests of one room may use: those of warehouse say that
// it meets etl.Sink, which nothing but cmd would notice otherwise; those of etl/place load
// what they fetch, and those of etl see what a schedule makes of runs that were killed.
var forTestsOf = map[string]string{"warehouse": "etl", "etl/place": "etl etl/mapping", "etl": "etl/schedule"}

// keepers lists the libraries that one room, or two, keep to themselves.
var keepers = map[string]string{
	"github.com/ClickHouse/":         "warehouse etl/place", // of others' servers
	"github.com/jackc/pgx/":          "etl/place",
	"github.com/minio/minio-go/":     "etl/place",
	"github.com/johannesboyne/":      "etl/place", // tests alone
	"github.com/cenkalti/backoff/":   "etl/place",
	"github.com/fsnotify/":           "etl/place",
	"github.com/ebitengine/purego":   "warehouse/engine",
	"github.com/creack/pty":          "warehouse/engine",
	"github.com/go-co-op/gocron/":    "etl/schedule",
	"github.com/99designs/gqlgen/":   "graph",
	"github.com/vektah/gqlparser/":   "graph",
	"github.com/maypok86/otter/":     "stats/memory graph/kept",
	"github.com/apache/arrow-go/":    "graph/export etl/format",
	"github.com/xuri/excelize/":      "graph/export etl/format etl etl/setup etl/mapping", // tests alone
	"github.com/PuerkitoBio/goquery": "etl/format",
	"golang.org/x/net/html":          "etl/format",
	"github.com/richardlehane/":      "etl/format",
	"github.com/alecthomas/kong":     "cmd",
	"github.com/jedib0t/go-pretty/":  "cmd",
	"github.com/robfig/cron/":        "etl/schedule etl/workspace",
	"github.com/jonboulle/clockwork": "etl/schedule",
	"codeberg.org/go-pdf/":           "briefing/print",
	"github.com/yuin/goldmark":       "docs",
	"github.com/klauspost/compress/": "docs graph",
	"github.com/prometheus/":         "metric",
}

// pure lists the modules that stats may reach: algorithms and tables without I/O.
var pure = []string{"github.com/shopspring/decimal", "golang.org/x/text/", "github.com/agnivade/levenshtein", "gonum.org/v1/gonum/", module + "stats/"}

// pkg is what `go list` tells of a package.
type pkg struct {
	ImportPath                               string
	Deps, Imports, TestImports, XTestImports []string
}

func packages(t *testing.T) []pkg {
	t.Helper()
	list := exec.CommandContext(t.Context(), "go", "list", "-e", "-json=ImportPath,Deps,Imports,TestImports,XTestImports", "./...")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []pkg
	for decoder := json.NewDecoder(bytes.NewReader(out)); decoder.More(); {
		var p pkg
		if err := decoder.Decode(&p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

// room gives the room of an import path, "" for what is not ours.
func room(path string) string {
	if ours, ok := strings.CutPrefix(path, module); ok {
		return ours
	}
	return ""
}

func isProgram(room string) bool {
	first, _, _ := strings.Cut(room, "/")
	return first == "cmd" || first == "bench" || room == "docs/reference"
}

func TestWhoMayCallWhom(t *testing.T) {
	for _, p := range packages(t) {
		from := room(p.ImportPath)
		if from == "" || isProgram(from) {
			continue // the root has this test alone
		}
		may, known := may(from)
		if !known {
			t.Errorf("%s is a new room: give it its place in docs/design.md, .golangci.yml and reaches", from)
			continue
		}
		for _, path := range p.Deps {
			to := room(path)
			if to != "" && !slices.Contains(may, to) {
				t.Errorf("%s reaches %s; it may reach %v", from, to, may)
			}
			if slices.Contains(stats, from) && strings.Contains(strings.Split(path, "/")[0], ".") &&
				!slices.ContainsFunc(pure, func(prefix string) bool { return strings.HasPrefix(path+"/", prefix) }) {
				t.Errorf("%s reaches %s, which is none of %v", from, path, pure)
			}
		}
		for _, path := range slices.Concat(p.TestImports, p.XTestImports) {
			to := room(path)
			if to != "" && to != from && !slices.Contains(may, to) && !slices.Contains(spelledOut(forTests), to) && !slices.Contains(strings.Fields(forTestsOf[from]), to) {
				t.Errorf("tests of %s import %s; they may import %v and %v", from, to, may, forTests)
			}
		}
	}
}

func TestOneRoomKeepsALibrary(t *testing.T) {
	for _, p := range packages(t) {
		from := room(p.ImportPath)
		for _, path := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			for prefix, keeper := range keepers {
				if strings.HasPrefix(path+"/", prefix) && !isProgram(from) && !slices.ContainsFunc(strings.Fields(keeper), func(room string) bool {
					return from == room || strings.HasPrefix(from, room+"/")
				}) {
					t.Errorf("%s imports %s, which only %s knows", from, path, keeper)
				}
			}
		}
	}
}

func TestEveryTypeOfTheSchemaIsBound(t *testing.T) {
	if _, err := os.Stat("graph/gen/models_gen.go"); err == nil {
		t.Error("graph/gen/models_gen.go exists: a type of the schema is bound to no type of stats")
	}
}

// sqlWords begin or carry a statement.
var sqlWords = regexp.MustCompile(`(?is)\b(select\s.+?\sfrom|insert\s+into|alter\s+table|create\s+(table|database|dictionary|view)|delete\s+from|drop\s+|truncate\s+|exchange\s+tables|where\s+\w+\s*=)`)

// named is the head of a statement before the name of a table or database of our
// own, which no parameter can stand for: the driver takes a batch's table as text.
var named = regexp.MustCompile(`^"(INSERT INTO|(CREATE DATABASE IF NOT|DROP DATABASE IF) EXISTS) "$`)

// typed is the test that types what an analyst might, to see it refused; the path
// of a file stands in the text there, as he would write it.
const typed = "warehouse/engine/guard_test.go"

// begins is how a literal begins that is a statement.
var begins = regexp.MustCompile("(?i)^[`\"]\\s*(select|with|insert|alter|create|delete|drop)\\b")

// TestSQLStandsInItsOwnFiles holds for tests and benchmarks, too: no statement of
// the warehouse is put together, and nowhere has one more than a line outside of an .sql file.
func TestSQLStandsInItsOwnFiles(t *testing.T) {
	for _, file := range files(t, ".go") {
		if file == typed {
			continue
		}
		inspect(t, file, func(at token.Position, n ast.Node) {
			var parts []ast.Expr
			switch n := n.(type) {
			case *ast.BasicLit:
				if strings.Contains(n.Value, "\n") && begins.MatchString(n.Value) && sqlWords.MatchString(n.Value) {
					t.Errorf("%s: a statement of several lines; put it into its own .sql file", at)
				}
			case *ast.BinaryExpr:
				if n.Op == token.ADD {
					parts = []ast.Expr{n.X, n.Y}
				}
			case *ast.CallExpr:
				if name, ok := n.Fun.(*ast.SelectorExpr); ok && strings.HasPrefix(name.Sel.Name, "Sprint") {
					parts = n.Args
				}
			}
			if !strings.HasPrefix(file, "warehouse/") {
				parts = nil
			}
			for _, part := range parts {
				if literal, ok := part.(*ast.BasicLit); ok && literal.Kind == token.STRING &&
					sqlWords.MatchString(literal.Value) && !named.MatchString(literal.Value) {
					t.Errorf("%s: SQL is made of text; put it into its own .sql file with parameters", at)
				}
			}
		})
	}
}

func TestOneStatementInASQLFile(t *testing.T) {
	quoted := regexp.MustCompile(`(?s)'(?:[^'\\]|\\.)*'|--[^\n]*|/\*.*?\*/`)
	found := files(t, ".sql")
	for _, file := range found {
		text := strings.TrimSpace(quoted.ReplaceAllString(read(t, file), " "))
		if text == "" || strings.Contains(strings.TrimSuffix(text, ";"), ";") {
			t.Errorf("%s has not just one statement", file)
		}
	}
	if len(found) == 0 {
		t.Error("there are no .sql files")
	}
}

func TestNoTestIsSkipped(t *testing.T) {
	for _, file := range files(t, "_test.go") {
		inspect(t, file, func(at token.Position, n ast.Node) {
			if name, ok := n.(*ast.SelectorExpr); ok && slices.Contains([]string{"Skip", "Skipf", "SkipNow", "Short"}, name.Sel.Name) {
				t.Errorf("%s: a test that skips itself proves nothing", at)
			}
		})
	}
	skipped := regexp.MustCompile(`\b(test|describe|it)\.(skip|only|todo)\b|\b(skip|todo|only): *true`)
	for _, file := range files(t, ".test.ts") {
		if skipped.MatchString(read(t, file)) {
			t.Errorf("%s skips a test", file)
		}
	}
}

func TestFilesAreShort(t *testing.T) {
	const limit = 400
	for _, end := range []string{".go", ".ts", ".tsx", ".mjs", ".css", ".sql", ".graphqls", ".md", ".yml", ".yaml", "Makefile"} {
		for _, file := range files(t, end) {
			if lines := strings.Count(read(t, file), "\n"); lines > limit {
				t.Errorf("%s has %d lines; over %d it asks to be looked at again", file, lines, limit)
			}
		}
	}
}

// files lists our own files with an ending: nothing generated, fetched or built.
func files(t *testing.T, end string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && slices.Contains([]string{".git", "node_modules", "dist", "gen", "bin", ".niengiam"}, entry.Name()) {
			return fs.SkipDir
		}
		if !entry.IsDir() && strings.HasSuffix(path, end) {
			found = append(found, filepath.ToSlash(path))
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

func inspect(t *testing.T, file string, look func(at token.Position, n ast.Node)) {
	t.Helper()
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		if n != nil {
			look(set.Position(n.Pos()), n)
		}
		return true
	})
}
