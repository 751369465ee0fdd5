package main

import (
	_ "embed"
	"fmt"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"text/template"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/codegen/templates"
	"github.com/vektah/gqlparser/v2/ast"
)

//go:embed writers.gotpl
var page string

// writers is the plugin that generates the writers of package encode.
type writers struct{}

// Name is the name of the plugin.
func (writers) Name() string { return "writers" }

// object is a type of the schema of which something can be written.
type object struct {
	*codegen.Object
	// Known are the fields that can be written, Found the types of Go that fields of this type
	// are resolved to.
	Known []*field
	Found []*config.TypeReference
}

// field is a field that can be written.
type field struct {
	*codegen.Field
	Number int
	Type   string // of an object or a list of them
}

// GenerateCode writes graph/gen/writers.generated.go.
func (writers) GenerateCode(data *codegen.Data) error {
	var objects []*object
	for _, o := range data.Objects {
		if o.Root || strings.HasPrefix(o.Name, "__") {
			continue
		}
		made := &object{Object: o, Found: found(data, o.Name)}
		for _, f := range o.Fields {
			if !isPlain(f) {
				continue
			}
			known := &field{Field: f, Number: len(made.Known) + 1}
			if len(f.TypeReference.Definition.Fields) > 0 {
				known.Type = f.TypeReference.Definition.Name
			}
			made.Known = append(made.Known, known)
		}
		objects = append(objects, made)
	}
	return templates.Render(templates.Options{
		PackageName:     data.Config.Exec.Package,
		Template:        page,
		Filename:        filepath.Join(data.Config.Exec.Dir(), "writers.generated.go"),
		Data:            struct{ Objects []*object }{objects},
		GeneratedHeader: true,
		Packages:        data.Config.Packages,
		Funcs:           template.FuncMap{"field": resolved, "value": value},
	})
}

// found lists the types of Go that fields of a type are resolved to, each once.
func found(data *codegen.Data, name string) []*config.TypeReference {
	byType := map[string]*config.TypeReference{}
	for _, o := range data.Objects {
		for _, f := range o.Fields {
			ref := f.TypeReference
			if ref.Definition.Name != name || f.Stream || !canWrite(ref) {
				continue
			}
			// The same list may have null in it in one place only.
			key := ref.GO.String()
			if known := byType[key]; known == nil || ref.GQL.Elem != nil && ref.GQL.Elem.NonNull {
				byType[key] = ref
			}
		}
	}
	var all []*config.TypeReference
	for _, key := range slices.Sorted(maps.Keys(byType)) {
		all = append(all, byType[key])
	}
	return all
}

// isPlain reports whether a field is a variable or a method that needs nothing but words,
// and cannot fail.
func isPlain(f *codegen.Field) bool {
	if f.IsResolver || f.Stream || f.IsBatch() || f.HasHaser || f.VOkFunc || len(f.ImplDirectives()) > 0 || !canWrite(f.TypeReference) {
		return false
	}
	for _, a := range f.Args {
		basic, ok := a.TypeReference.GO.Underlying().(*types.Basic)
		if !ok || basic.Kind() != types.String || a.TypeReference.HasEnumValues() || a.TypeReference.IsMarshaler {
			return false
		}
	}
	return f.IsVariable() || f.IsMethod() && f.NoErr && !f.MethodHasContext
}

// canWrite reports whether values of a type can be written.
func canWrite(ref *config.TypeReference) bool {
	switch {
	case ref.IsPtrToSlice() || ref.IsPtrToIntf() || ref.IsPtrToPtr() || ref.IsMap() || ref.IsRoot || ref.IsOmittable || ref.IsMarshaler || ref.IsContext || ref.HasEnumValues():
		return false
	case ref.IsSlice():
		return canWrite(ref.Elem())
	case ref.Marshaler != nil:
		return ref.IsNilable() || !ref.IsTargetNilable()
	}
	return ref.Definition.Kind == ast.Object
}

// resolved writes what a field of obj is.
func resolved(f *field) string {
	from := "obj." + f.GoFieldName
	if f.IsMethod() {
		var arguments []string
		for i, a := range f.Args {
			arguments = append(arguments, fmt.Sprintf("step.Arguments[%d].(%s)", i, templates.CurrentImports.LookupType(a.TypeReference.GO)))
		}
		from += "(" + strings.Join(arguments, ", ") + ")"
	}
	ref := f.TypeReference
	if ref.IsSlice() || !ref.IsNilable() && ref.Marshaler == nil && f.IsMethod() {
		return "v := " + from + "\n" + value(ref, "v", "step.Selection")
	}
	return value(ref, from, "step.Selection")
}

// value writes the statements that write a value of a type, the way that gqlgen's own
// template for types does; from says what it is, selection what is selected of its objects.
func value(ref *config.TypeReference, from, selection string) string {
	nullable := fmt.Sprint(!ref.GQL.NonNull)
	if ref.IsSlice() {
		return list(ref, from, selection)
	}
	if ref.IsNilable() {
		known := "v"
		if ref.Marshaler != nil && !ref.IsTargetNilable() {
			known = "*v"
		}
		return fmt.Sprintf("if v := %s; w.Has(v != nil, %s) {\n%s\n}", from, nullable, one(ref, known, selection, nullable))
	}
	if ref.Marshaler == nil {
		from = "&" + from
	}
	return one(ref, from, selection, nullable)
}

func list(ref *config.TypeReference, from, selection string) string {
	element := ref.Elem()
	var loop string
	if element.GO.String() == "github.com/niengiam/niengiam/stats/number.Value" {
		loop = fmt.Sprintf("w.Decimals(%s, %t)", from, !element.GQL.NonNull)
	} else {
		loop = fmt.Sprintf("start := w.Open()\nfor i := range %[1]s {\nw.Next(i, len(%[1]s), start)\n%[2]s\n}\nw.Close()", from, value(element, from+"[i]", selection))
	}
	if ref.GQL.NonNull {
		return loop
	}
	return fmt.Sprintf("if w.Has(%s != nil, true) {\n%s\n}", from, loop)
}

// one writes the statement for a value that is not nil.
func one(ref *config.TypeReference, from, selection, nullable string) string {
	if ref.Marshaler == nil {
		return fmt.Sprintf("write%s(w, %s, %s)", ref.Definition.Name, selection, from)
	}
	switch name := ref.Marshaler.FullName(); name {
	case "github.com/99designs/gqlgen/graphql.MarshalString", "github.com/99designs/gqlgen/graphql.MarshalID", "github.com/niengiam/niengiam/graph/scalar.MarshalCode":
		return fmt.Sprintf("w.String(string(%s))", from)
	case "github.com/99designs/gqlgen/graphql.MarshalInt", "github.com/99designs/gqlgen/graphql.MarshalInt32", "github.com/99designs/gqlgen/graphql.MarshalInt64":
		return fmt.Sprintf("w.Int(int64(%s))", from)
	case "github.com/99designs/gqlgen/graphql.MarshalBoolean":
		return fmt.Sprintf("w.Bool(bool(%s))", from)
	case "github.com/niengiam/niengiam/graph/scalar.MarshalYear":
		return fmt.Sprintf("w.Year(%s, %s)", from, nullable)
	case "github.com/niengiam/niengiam/graph/scalar.MarshalDecimal":
		if ref.IsPtr() { // written as a string in either form
			break
		}
		return fmt.Sprintf("w.Decimal(%s, %s)", from, nullable)
	case "github.com/niengiam/niengiam/graph/scalar.MarshalFraction":
		if ref.IsPtr() {
			break
		}
		return fmt.Sprintf("w.Fraction(%s)", from)
	}
	if ref.CastType != nil {
		from = fmt.Sprintf("%s(%s)", templates.CurrentImports.LookupType(ref.CastType), from)
	}
	return fmt.Sprintf("w.Scalar(%s(%s), %s)", templates.Call(ref.Marshaler), from, nullable)
}
