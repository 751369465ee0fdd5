package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// source is the code of a package: its types and functions by name.
type source struct {
	types     map[string]*ast.StructType
	functions map[string]*ast.FuncDecl // methods, too
}

// readSource reads the files of a package, without its tests.
func readSource(dir string) (source, error) {
	s := source{types: map[string]*ast.StructType{}, functions: map[string]*ast.FuncDecl{}}
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return s, err
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		content, err := os.ReadFile(file)
		if err != nil {
			return s, err
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, content, parser.SkipObjectResolution)
		if err != nil {
			return s, err
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.TypeSpec:
				if structure, is := n.Type.(*ast.StructType); is {
					s.types[n.Name.Name] = structure
				}
			case *ast.FuncDecl:
				if s.functions[n.Name.Name] == nil || takesNode(n) {
					s.functions[n.Name.Name] = n
				}
			}
			return true
		})
	}
	return s, nil
}

// takesNode reports whether a function is given a value of a workspace: of methods of one
// name, that is the one that reads it.
func takesNode(function *ast.FuncDecl) bool {
	return slices.ContainsFunc(function.Type.Params.List, func(parameter *ast.Field) bool { return typeOf(parameter.Type) == "node" })
}

// setting is a flag, an argument or a command, as kong reads it from a field.
type setting struct {
	name, help, placeholder string
	tag                     reflect.StructTag
	of                      string // the type of the field
}

// settings makes the page of commands and flags.
func settings(pages map[string]string) error {
	code, err := readSource("cmd/niengiam")
	if err != nil {
		return err
	}
	page := begin("the flags in `cmd/niengiam`", "Commands and settings")
	page.WriteString("\nEvery setting is a flag, an environment variable or a line of the YAML file that `--config` names: there `warehouse-dsn: …` or `warehouse: {dsn: …}` for `--warehouse-dsn`.\n" +
		"A flag wins over the environment, that over the file. What they mean for who operates the program is told in [Operating](../operating.md).\n\n## All commands\n")
	flags := code.table(page, "Settings", "")
	var commands strings.Builder
	for _, command := range code.fields("program", "") {
		if _, is := command.tag.Lookup("cmd"); !is {
			continue
		}
		fmt.Fprintf(&commands, "\n## niengiam %s\n%s\n", command.name, command.help)
		for _, argument := range code.fields(command.of, "") {
			if _, is := argument.tag.Lookup("arg"); is {
				fmt.Fprintf(&commands, "\nArgument `%s`: %s\n", argument.name, argument.help)
			}
		}
		flags += code.table(&commands, command.of, "")
	}
	if flags == 0 {
		return fmt.Errorf("no flags were found")
	}
	page.WriteString(commands.String())
	pages["docs/reference/settings.md"] = page.String()
	return nil
}

// table writes the flags of a type and counts them.
func (s source) table(page *strings.Builder, name, prefix string) int {
	count := 0
	for _, flag := range s.fields(name, prefix) {
		_, command := flag.tag.Lookup("cmd")
		_, argument := flag.tag.Lookup("arg")
		if _, hidden := flag.tag.Lookup("hidden"); command || argument || hidden || flag.help == "" {
			continue
		}
		if count == 0 {
			page.WriteString("\n| flag | environment | what it does |\n|---|---|---|\n")
		}
		count++
		value := ""
		if flag.of != "bool" {
			value = " " + flag.placeholder
		}
		fmt.Fprintf(page, "| `--%s%s` | `NIENGIAM_%s` | %s |\n", flag.name, value, strings.ToUpper(strings.ReplaceAll(flag.name, "-", "_")), cell(flag.help))
	}
	return count
}

// fields lists the settings of a type, those of embedded ones in their place.
func (s source) fields(name, prefix string) []setting {
	structure := s.types[name]
	if structure == nil {
		return nil
	}
	var all []setting
	for _, field := range structure.Fields.List {
		of := ""
		if identifier, is := field.Type.(*ast.Ident); is {
			of = identifier.Name
		}
		var tag reflect.StructTag
		if field.Tag != nil {
			text, err := strconv.Unquote(field.Tag.Value)
			if err != nil {
				continue
			}
			tag = reflect.StructTag(text)
		}
		if _, embedded := tag.Lookup("embed"); embedded || len(field.Names) == 0 {
			if name != "program" { // whose embedded settings every command has
				all = append(all, s.fields(of, prefix+tag.Get("prefix"))...)
			}
			continue
		}
		for _, identifier := range field.Names {
			one := setting{name: tag.Get("name"), help: strings.ReplaceAll(tag.Get("help"), "${enum}", tag.Get("enum")), placeholder: tag.Get("placeholder"), tag: tag, of: of}
			if one.name == "" {
				one.name = kebab(identifier.Name)
			}
			if one.placeholder == "" {
				one.placeholder = strings.ToUpper(one.name)
			}
			one.name = prefix + one.name
			all = append(all, one)
		}
	}
	return all
}

// kebab writes a name of Go as a flag: MuteLimit is mute-limit.
func kebab(name string) string {
	name = regexp.MustCompile(`([a-z0-9])([A-Z])`).ReplaceAllString(name, "$1-$2")
	return strings.ToLower(regexp.MustCompile(`([A-Z])([A-Z][a-z])`).ReplaceAllString(name, "$1-$2"))
}
