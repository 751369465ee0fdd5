package graph_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/niengiam/niengiam/graph/gen"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// asker makes up queries over the whole schema about what a catalogue has: selections with
// aliases, arguments, fragments within fragments, fields that are selected twice, directives.
type asker struct {
	*rand.Rand
	schema    *ast.Schema
	catalogue *catalogue.Calendar
	figures   []string // ids

	indicator *catalogue.Indicator // of the field that is made
	aliases   int
	fragments []fragment // of the query that is made
}

type fragment struct{ name, on, text string }

func newAsker(seed uint64, c *catalogue.Calendar) *asker {
	return &asker{Rand: rand.New(rand.NewPCG(seed, 20)), schema: gen.NewExecutableSchema(gen.Config{}).Schema(), catalogue: c}
}

func (a *asker) chance(percent int) bool { return a.IntN(100) < percent }

// query makes up an operation with one to three questions.
func (a *asker) query() string {
	a.fragments, a.aliases = nil, 0
	var fields []string
	for len(fields) == 0 || a.chance(30) {
		f := a.schema.Query.Fields[a.IntN(len(a.schema.Query.Fields))]
		if len(a.catalogue.Indicators) > 0 {
			a.indicator = a.catalogue.Indicators[a.IntN(len(a.catalogue.Indicators))]
		}
		if strings.HasPrefix(f.Name, "__") {
			continue
		}
		if text, ok := a.field(f, 5); ok {
			fields = append(fields, text)
		}
	}
	directive := ""
	if a.chance(50) {
		directive = []string{"@answer(decimals: NUMBER)", "@answer(language: EN)", "@answer(language: $lang, decimals: NUMBER)"}[a.IntN(3)]
	}
	text := directive + " { " + strings.Join(fields, " ") + " }"
	for _, f := range a.fragments {
		text += fmt.Sprintf(" fragment %s on %s { %s }", f.name, f.on, f.text)
	}
	var variables []string
	for _, v := range []string{"$lang: Language", "$yes: Boolean!", "$no: Boolean!"} {
		if name, _, _ := strings.Cut(v, ":"); strings.Contains(text, name) {
			variables = append(variables, v)
		}
	}
	if len(variables) > 0 {
		return "query Q(" + strings.Join(variables, ", ") + ") " + text
	}
	return "query Q " + text
}

// field makes up a field with all that is selected of it; false where it needs what nobody knows.
func (a *asker) field(f *ast.FieldDefinition, depth int) (string, bool) {
	of := a.schema.Types[f.Type.Name()]
	if len(of.Fields) > 0 && depth == 0 {
		return "", false
	}
	var arguments []string
	for _, argument := range f.Arguments {
		if !argument.Type.NonNull && a.chance(65) || argument.DefaultValue != nil && a.chance(50) {
			continue
		}
		value := a.argument(f, argument)
		if value == "" && argument.Type.NonNull && argument.DefaultValue == nil {
			return "", false
		}
		if value != "" {
			arguments = append(arguments, argument.Name+": "+value)
		}
	}
	text := f.Name
	if len(arguments) > 0 {
		text += "(" + strings.Join(arguments, ", ") + ")"
	}
	if len(f.Arguments) > 0 || a.chance(20) {
		a.aliases++
		text = fmt.Sprintf("a%d: %s", a.aliases, text)
	}
	text += a.directive()
	if len(of.Fields) > 0 {
		text += " { " + a.selection(of, depth-1) + " }"
	}
	return text, true
}

// directive sometimes keeps or leaves out what it stands at.
func (a *asker) directive() string {
	if a.chance(90) {
		return ""
	}
	return []string{" @include(if: $yes)", " @include(if: $no)", " @skip(if: $no)", " @skip(if: $yes)", " @skip(if: false)", " @include(if: true) @skip(if: $yes)"}[a.IntN(6)]
}

// selection makes up what is selected of a type.
func (a *asker) selection(of *ast.Definition, depth int) string {
	writers, _ := gen.Writers().Object(of.Name)
	var parts []string
	for range 1 + a.IntN(5) {
		f := of.Fields[a.IntN(len(of.Fields))]
		if f.Name != "__typename" && writers.Field(f.Name).Number == 0 && a.chance(92) {
			continue
		}
		if text, ok := a.field(f, depth); ok {
			parts = append(parts, text)
		}
	}
	if a.chance(15) || len(parts) == 0 {
		parts = append(parts, "__typename")
	}
	a.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	from := a.IntN(len(parts))
	rest := strings.Join(parts[from:], " ")
	switch a.IntN(8) {
	case 0:
		rest = fmt.Sprintf("... on %s%s { %s }", of.Name, a.directive(), rest)
	case 1:
		rest = fmt.Sprintf("...%s { %s }", a.directive(), rest)
	case 2:
		name := fmt.Sprintf("F%d", len(a.fragments))
		a.fragments = append(a.fragments, fragment{name, of.Name, rest})
		rest = "..." + name + a.directive()
	case 3:
		if i := slices.IndexFunc(a.fragments, func(f fragment) bool { return f.on == of.Name }); i >= 0 {
			rest += " ..." + a.fragments[i].name
		}
	}
	return strings.Join(append(parts[:from:from], rest), " ")
}

// argument makes up the value of an argument, "" for none.
func (a *asker) argument(f *ast.FieldDefinition, argument *ast.ArgumentDefinition) string {
	kind := a.schema.Types[argument.Type.Name()]
	switch argument.Name {
	case "indicator":
		return fmt.Sprintf("%q", a.indicator.Code)
	case "indicators":
		return fmt.Sprintf("[%q]", a.indicator.Code)
	case "units":
		return fmt.Sprintf("[%s, %s]", a.unit(), a.unit())
	case "unit", "within":
		return a.unit()
	case "level", "rankWithin":
		return fmt.Sprintf("%q", a.catalogue.Levels[a.IntN(len(a.catalogue.Levels))].Code)
	case "year", "from", "to", "baseYear":
		if kind.Name == "Date" {
			return ""
		}
		return fmt.Sprint(a.year())
	case "code":
		return a.code(f)
	case "set":
		if sets := a.catalogue.Scorecards; len(sets) > 0 {
			return fmt.Sprintf("%q", sets[a.IntN(len(sets))].Code)
		}
	case "dimension":
		if all := a.catalogue.Dimensions; len(all) > 0 {
			return fmt.Sprintf("%q", all[a.IntN(len(all))].Code)
		}
	case "figure":
		if len(a.figures) > 0 {
			return fmt.Sprintf("%q", a.figures[a.IntN(len(a.figures))])
		}
	case "since":
		return `{date: "2020-01-01"}`
	case "first", "top":
		return fmt.Sprint(1 + a.IntN(30))
	case "language":
		return []string{"VI", "EN", "$lang", "null"}[a.IntN(4)]
	case "scope":
		return []string{`{basis: {date: "2025-07-01"}}`, `{asOf: {date: "2022-01-01"}}`, "{}"}[a.IntN(3)]
	}
	switch {
	case kind.Kind == ast.Enum && argument.Type.Elem == nil:
		return kind.EnumValues[a.IntN(len(kind.EnumValues))].Name
	case kind.Name == "Boolean":
		return fmt.Sprint(a.chance(50))
	}
	return ""
}

func (a *asker) unit() string {
	return fmt.Sprintf("%q", a.catalogue.Units[a.IntN(len(a.catalogue.Units))].Code)
}

func (a *asker) year() number.Year {
	if years := a.indicator.Years(); len(years) > 0 && a.chance(95) {
		return years[a.IntN(len(years))]
	}
	return 2019
}

// code is that of what a field looks up.
func (a *asker) code(f *ast.FieldDefinition) string {
	switch f.Name {
	case "indicator":
		return fmt.Sprintf("%q", a.indicator.Code)
	case "unit":
		return a.unit()
	case "cohort":
		if len(a.catalogue.Cohorts) > 0 {
			return fmt.Sprintf("%q", a.catalogue.Cohorts[0].Code)
		}
	case "dashboard":
		if len(a.catalogue.Dashboards) > 0 {
			return fmt.Sprintf("%q", a.catalogue.Dashboards[0].Code)
		}
	}
	return ""
}
