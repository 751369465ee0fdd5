package docs_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/niengiam/niengiam/stats"
)

// Every message and hint of a fault that a page can show has words in Vietnamese:
// what the literals of stats.Error say in the rooms that pages ask or loads go through.
func TestFaultsAreToldInVietnamese(t *testing.T) {
	said := map[string]string{}
	for _, room := range []string{"../stats", "../graph", "../briefing/print", "../etl", "../etl/workspace", "../warehouse"} {
		inspect(t, room, func(file string, n ast.Node) bool {
			literal, is := n.(*ast.CompositeLit)
			if is && isError(literal.Type) {
				for _, format := range sayings(literal) {
					said[format] = file
				}
			}
			return true
		})
	}
	phrased(t, said, 100)
}

// Every sentence of package etl has words in Vietnamese, whether it is a message, the
// reason of a reject or a part of either. What loads write to the log, and what they
// wrap an error in, is for administrators.
func TestLoadsAreToldInVietnamese(t *testing.T) {
	said := map[string]string{}
	verb, sentence := regexp.MustCompile(`%[0-9]*[a-zA-Z]`), regexp.MustCompile(`[a-z]+ [a-z%]|^[;,] [a-z]`)
	english := func(format string) bool {
		foreign := func(r rune) bool { return r > unicode.MaxLatin1 && unicode.IsLetter(r) }
		return sentence.MatchString(verb.ReplaceAllString(format, "%")) && !strings.ContainsFunc(format, foreign)
	}
	inspect(t, "../etl", func(file string, n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			name, is := n.Fun.(*ast.SelectorExpr)
			return !is || !slices.Contains([]string{"Errorf", "Debug", "Info", "Warn", "Error"}, name.Sel.Name)
		case *ast.BinaryExpr, *ast.BasicLit:
			if format := format(n.(ast.Expr)); english(format) {
				said[format] = file
				return false
			}
		}
		return true
	})
	phrased(t, said, 70)
}

// inspect walks the code of a room.
func inspect(t *testing.T, room string, each func(file string, n ast.Node) bool) {
	t.Helper()
	for _, file := range files(t, ".go") {
		if filepath.Dir(file) != room || strings.HasSuffix(file, "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool { return each(file, n) })
	}
}

// phrased demands that all that is said has a phrase.
func phrased(t *testing.T, said map[string]string, least int) {
	t.Helper()
	if len(said) < least {
		t.Fatalf("only %d sayings were found", len(said))
	}
	for format, file := range said {
		if !stats.Phrased(format) {
			t.Errorf("stats/phrase.tsv lacks what %s says: %s", file, format)
		}
	}
}

func isError(kind ast.Expr) bool {
	if selector, is := kind.(*ast.SelectorExpr); is {
		return selector.Sel.Name == "Error" && selector.X.(*ast.Ident).Name == "stats"
	}
	name, is := kind.(*ast.Ident)
	return is && name.Name == "Error"
}

// sayings are the formats of Message and Hint; what is not known here is %s. One that
// is nothing else is made of other sayings.
func sayings(literal *ast.CompositeLit) []string {
	var all []string
	for _, element := range literal.Elts {
		pair, is := element.(*ast.KeyValueExpr)
		if !is || !slices.Contains([]string{"Message", "Hint"}, pair.Key.(*ast.Ident).Name) {
			continue
		}
		if format := format(pair.Value); format != "%s" {
			all = append(all, format)
		}
	}
	return all
}

func format(value ast.Expr) string {
	switch value := value.(type) {
	case *ast.BasicLit:
		return text(value)
	case *ast.BinaryExpr:
		return format(value.X) + format(value.Y)
	case *ast.CallExpr:
		if name, is := value.Fun.(*ast.SelectorExpr); is && name.Sel.Name == "Sprintf" {
			return format(value.Args[0])
		}
	}
	return "%s"
}
