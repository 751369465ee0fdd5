package docs_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/stats"
)

// Every message and hint of a fault that a page can show has words in Vietnamese:
// what the literals of stats.Error say in the rooms that pages ask.
func TestFaultsAreToldInVietnamese(t *testing.T) {
	rooms := []string{"../stats", "../graph", "../paper", "../etl"}
	said := map[string]string{}
	for _, file := range files(t, ".go") {
		if !slices.Contains(rooms, filepath.Dir(file)) || strings.HasSuffix(file, "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			literal, is := n.(*ast.CompositeLit)
			if is && isError(literal.Type) {
				for _, format := range sayings(literal) {
					said[format] = file
				}
			}
			return true
		})
	}
	if len(said) < 100 {
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
