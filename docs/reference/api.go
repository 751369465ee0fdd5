package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// noun is a file of the schema.
type noun struct {
	name     string
	document *ast.SchemaDocument
}

// api makes a page of each file of the schema, and one that lists all questions.
func api(pages map[string]string) error {
	files, err := filepath.Glob("schema/graphql/*.graphqls")
	if err != nil {
		return err
	}
	var nouns []noun
	place := map[string]string{} // of each type, the noun
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		document, err := parser.ParseSchema(&ast.Source{Name: file, Input: string(content)})
		if err != nil {
			return err
		}
		n := noun{strings.TrimSuffix(filepath.Base(file), ".graphqls"), document}
		nouns = append(nouns, n)
		for _, definition := range document.Definitions {
			if !isRoot(definition.Name) {
				place[definition.Name] = n.name
			}
		}
	}
	index := begin("`schema/graphql`", "The API")
	index.WriteString("\nAll that can be asked at `/graphql`, with its arguments and types. `/schema.graphql` is the schema itself, `/graphiql` the page in which questions are written; [Clients and tools](../clients.md) has what to know of each client.\n" +
		"Errors that a question names are explained in [Errors, notes and reasons](../errors.md).\n\n| question | what it answers |\n|---|---|\n")
	for _, n := range nouns {
		page := begin("`schema/graphql/"+n.name+".graphqls`", "API: "+n.name)
		for _, definition := range append(n.document.Extensions, n.document.Definitions...) {
			if isRoot(definition.Name) {
				for _, field := range definition.Fields {
					sentence, _, _ := strings.Cut(cell(field.Description), ". ")
					fmt.Fprintf(index, "| [`%s`](api/%s.md#%s) | %s |\n", field.Name, n.name, strings.ToLower(field.Name), strings.TrimSuffix(sentence, ".")+".")
					question(page, definition.Name, field, place)
				}
				continue
			}
			definitionOf(page, definition, place)
		}
		for _, directive := range n.document.Directives {
			fmt.Fprintf(page, "\n## @%s\n%s\n", directive.Name, cell(directive.Description))
			arguments(page, directive.Arguments, place)
		}
		pages["docs/reference/api/"+n.name+".md"] = page.String()
	}
	index.WriteString("\n## Types by file\n")
	for _, n := range nouns {
		fmt.Fprintf(index, "- [%s](api/%s.md)\n", n.name, n.name)
	}
	pages["docs/reference/api.md"] = index.String()
	return nil
}

func isRoot(name string) bool { return name == "Query" || name == "Mutation" || name == "Subscription" }

// question writes a root field with its arguments.
func question(page *strings.Builder, root string, field *ast.FieldDefinition, place map[string]string) {
	fmt.Fprintf(page, "\n## %s\n%s of type %s. %s\n", field.Name, root, typed(field.Type, place), cell(field.Description))
	arguments(page, field.Arguments, place)
}

func arguments(page *strings.Builder, all ast.ArgumentDefinitionList, place map[string]string) {
	if len(all) == 0 {
		return
	}
	page.WriteString("\n| argument | type | default | |\n|---|---|---|---|\n")
	for _, argument := range all {
		value := ""
		if argument.DefaultValue != nil {
			value = "`" + argument.DefaultValue.String() + "`"
		}
		fmt.Fprintf(page, "| `%s` | %s | %s | %s |\n", argument.Name, typed(argument.Type, place), value, cell(argument.Description))
	}
}

// definitionOf writes a type with its fields or values.
func definitionOf(page *strings.Builder, definition *ast.Definition, place map[string]string) {
	fmt.Fprintf(page, "\n## %s\n%s\n", definition.Name, cell(definition.Description))
	if len(definition.EnumValues) > 0 {
		page.WriteString("\n| value | |\n|---|---|\n")
		for _, value := range definition.EnumValues {
			fmt.Fprintf(page, "| `%s` | %s |\n", value.Name, cell(value.Description))
		}
	}
	if len(definition.Fields) > 0 {
		page.WriteString("\n| field | type | |\n|---|---|---|\n")
		for _, field := range definition.Fields {
			var names []string
			for _, argument := range field.Arguments {
				names = append(names, "`"+argument.Name+"`")
			}
			given := ""
			if len(names) > 0 {
				given = " (" + strings.Join(names, ", ") + ")"
			}
			fmt.Fprintf(page, "| `%s`%s | %s | %s |\n", field.Name, given, typed(field.Type, place), cell(field.Description))
		}
	}
}

// typed writes a type with a link to where it is told.
func typed(of *ast.Type, place map[string]string) string {
	name := of.Name()
	if place[name] == "" {
		return "`" + of.String() + "`"
	}
	return fmt.Sprintf("[`%s`](%s.md#%s)", of.String(), place[name], strings.ToLower(name))
}
