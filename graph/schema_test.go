package graph_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/niengiam/niengiam/graph/gen"
)

// Every element of the schema says what it means: the schema is the
// documentation that callers have.
func TestEverythingIsDescribed(t *testing.T) {
	described := func(description string, names ...string) {
		if strings.TrimSpace(description) == "" {
			t.Errorf("%s has no description", strings.Join(names, "."))
		}
	}
	schema := gen.NewExecutableSchema(gen.Config{}).Schema()
	for _, definition := range schema.Types {
		if definition.BuiltIn || strings.HasPrefix(definition.Name, "__") {
			continue
		}
		described(definition.Description, definition.Name)
		for _, field := range definition.Fields {
			if strings.HasPrefix(field.Name, "__") {
				continue
			}
			described(field.Description, definition.Name, field.Name)
			for _, argument := range field.Arguments {
				described(argument.Description, definition.Name, field.Name, argument.Name)
			}
		}
		for _, value := range definition.EnumValues {
			described(value.Description, definition.Name, value.Name)
		}
	}
	for _, directive := range schema.Directives {
		if directive.Position != nil && directive.Position.Src.BuiltIn {
			continue
		}
		described(directive.Description, "@"+directive.Name)
		for _, argument := range directive.Arguments {
			described(argument.Description, "@"+directive.Name, argument.Name)
		}
	}
	if kind := schema.Types["Comparison"].Kind; kind != ast.Object {
		t.Errorf("Comparison is %s: the schema was not read", kind)
	}
}

// A type of the schema without one in stats would get a model of its own, and a
// resolver that does more than ask would grow.
func TestNoModelsAndShortResolvers(t *testing.T) {
	if _, err := os.Stat(filepath.Join("gen", "models_gen.go")); err == nil {
		t.Error("graph/gen/models_gen.go exists: bind its types to package stats (gqlgen.yml)")
	}
	files, err := filepath.Glob("*.resolvers.go")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d resolver files, %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if lines := bytes.Count(text, []byte("\n")); lines >= 90 {
			t.Errorf("%s has %d lines; a resolver asks one question of package stats", file, lines)
		}
	}
}
