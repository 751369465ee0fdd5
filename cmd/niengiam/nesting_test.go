package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/niengiam/niengiam/graph"
)

// rootArguments are those of each root field for few entries and for many, as far as it
// has lists whose length they change. A new root field must be entered here.
func rootArguments() map[string][2]string {
	both := func(arguments string) [2]string { return [2]string{arguments, arguments} }
	of := func(before, few, many string) [2]string { return [2]string{before + few, before + many} }
	return map[string][2]string{
		"availability":      both(`indicator: "population", year: 2020`),
		"firstLook":         both(`indicator: "population"`),
		"bases":             both(``),
		"untranslated":      both(``),
		"briefing":          both(`unit: "89", year: 2020`),
		"briefingTemplates": both(``),
		"cohort":            both(`code: "pilot-communes-2021-2025"`),
		"cohorts":           both(``),
		"comparison":        of(`indicator: "criterion-19-2", year: 2020, `, `unit: "89"`, `level: "district", within: "89"`),
		"composition":       of(`indicator: "population-census", dimension: "residence", year: 2019, `, `unit: "89"`, `level: "district", within: "89"`),
		"criteriaSets":      both(``),
		"dashboard":         both(`code: "an-giang-2020"`),
		"dashboards":        both(``),
		"deliveries":        both(``),
		"distribution":      both(`indicator: "population", year: 2020, level: "province"`),
		"figure":            both(`indicator: "population", unit: "89", year: 2020`),
		"indicator":         both(`code: "population"`),
		"indicators":        of(``, `first: 2`, `first: 20`),
		"jobs":              both(``),
		"levels":            both(``),
		"period":            of(`indicator: "outreach-sessions", unit: "89", `, `from: 2019, to: 2020`, `from: 2011, to: 2020`),
		"provenance":        both(`figure: "population-districts/89/2016@20"`),
		"ranking":           of(`indicator: "population", year: 2020, level: "province", `, `first: 2`, `first: 30`),
		"release":           both(`id: "3"`),
		"releaseManagement": both(``),
		"releases":          of(``, `first: 2`, `first: 40`),
		"restatements":      both(``),
		"revisions":         of(`since: {date: "2019-01-01"}, `, `first: 2`, `first: 40`),
		"scorecard":         of(`set: "ntm-criteria", year: 2020, `, `unit: "89"`, `level: "district", within: "89"`),
		"series":            of(`indicator: "population", `, `units: ["89"], from: 2019, to: 2020`, `level: "province", from: 2015, to: 2020`),
		"table":             of(`indicators: ["population", "population-districts"], years: [2016], `, `units: ["89"]`, `level: "province"`),
		"targets":           both(`year: 2020`),
		"trend":             both(`indicator: "population", unit: "89"`),
		"unit":              both(`code: "89", basis: {date: "2020-12-31"}`),
		"units":             of(`level: "commune", `, `first: 2`, `first: 40`),
	}
}

// nester writes questions by the schema.
type nester struct{ schema *ast.Schema }

// nestedList is a list of the schema, with the fields that lead to it from the root.
type nestedList struct {
	path    []string
	element *ast.Definition
}

// lists finds each list of the schema once, at the shortest way to it, the lists around it
// included.
func (n nester) lists() []nestedList {
	type step struct {
		path []string
		of   *ast.Definition
	}
	var found []nestedList
	seen := map[string]bool{}
	for queue := []step{{nil, n.schema.Query}}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		for _, field := range at.of.Fields {
			of := n.schema.Types[field.Type.Name()]
			key := at.of.Name + "." + field.Name
			if of.Kind != ast.Object || strings.HasPrefix(field.Name, "__") || len(at.path) > 0 && seen[key] || len(at.path) > 6 {
				continue
			}
			seen[key] = true
			path := append(slices.Clone(at.path), field.Name)
			if field.Type.Elem != nil {
				found = append(found, nestedList{path, of})
			}
			queue = append(queue, step{path, of})
		}
	}
	return found
}

// arguments are those of a nested field, so many entries where it has pages.
func (n nester) arguments(field *ast.FieldDefinition, first int) string {
	switch {
	case field.Name == "profile":
		return `(year: 2020)`
	case field.Arguments.ForName("measure") != nil:
		return `(measure: PERCENT)`
	case field.Arguments.ForName("first") != nil:
		return fmt.Sprintf(`(first: %d)`, first)
	}
	return ""
}

// question asks for what an entry of a list has.
func (n nester) question(list nestedList, arguments string, first int, profiles bool) string {
	definition, text, end := n.schema.Query, "{", "}"
	for i, name := range list.path {
		field := definition.Fields.ForName(name)
		written := n.arguments(field, first)
		if i == 0 {
			if written = ""; arguments != "" {
				written = "(" + arguments + ")"
			}
		}
		text, end = text+" "+name+written+" {", "} "+end
		definition = n.schema.Types[field.Type.Name()]
	}
	if profiles {
		return text + n.ways(list.element, 3, n.isProfile) + " " + end
	}
	return text + n.fields(list.element) + n.ways(list.element, 4, n.isPaged) + " " + end
}

// fields selects all fields of a type, and those of its single objects.
func (n nester) fields(of *ast.Definition) string {
	selected := n.leaves(of)
	for _, field := range of.Fields {
		if child := n.schema.Types[field.Type.Name()]; child.Kind == ast.Object && field.Type.Elem == nil && !n.isProfile(of, field) && !strings.HasPrefix(field.Name, "__") {
			selected += " " + field.Name + n.arguments(field, 2) + " {" + n.leaves(child) + " }"
		}
	}
	return selected
}

// leaves selects the fields of a type that have nothing within.
func (n nester) leaves(of *ast.Definition) string {
	selected := " __typename"
	for _, field := range of.Fields {
		if n.schema.Types[field.Type.Name()].Kind != ast.Object && !strings.HasPrefix(field.Name, "__") {
			selected += " " + field.Name + n.arguments(field, 2)
		}
	}
	return selected
}

// ways selects each field that is read on its own, such as the changes of a release, where
// the shortest way over single objects leads to one.
func (n nester) ways(of *ast.Definition, depth int, wanted func(*ast.Definition, *ast.FieldDefinition) bool) string {
	type step struct {
		before, after string
		of            *ast.Definition
	}
	selected, seen := "", map[string]bool{of.Name: true}
	queue := []step{{"", "", of}}
	for range depth {
		var next []step
		for _, at := range queue {
			for _, field := range at.of.Fields {
				child := n.schema.Types[field.Type.Name()]
				into := field.Name + n.arguments(field, 2) + " { "
				switch {
				case wanted(at.of, field):
					if child.Fields.ForName("nodes") != nil {
						into += "nodes {" + n.leaves(n.schema.Types[child.Fields.ForName("nodes").Type.Name()]) + " }"
					} else {
						into += "__typename"
					}
					selected += " " + at.before + into + " }" + at.after
				case child.Kind == ast.Object && field.Type.Elem == nil && !seen[child.Name] && !n.isProfile(at.of, field) && !strings.HasPrefix(field.Name, "__"):
					seen[child.Name] = true
					next = append(next, step{at.before + into, " }" + at.after, child})
				}
			}
		}
		queue = next
	}
	return selected
}

func (n nester) isProfile(of *ast.Definition, field *ast.FieldDefinition) bool {
	return of.Name == "Unit" && field.Name == "profile"
}

// isPaged reports whether a field is a list of its own, or the plan of a cohort.
func (n nester) isPaged(of *ast.Definition, field *ast.FieldDefinition) bool {
	return of.Name == "Cohort" && field.Name == "plan" || field.Type.Elem == nil && field.Arguments.ForName("first") != nil
}

// bill is what an answer says of itself.
type bill struct {
	Errors     []struct{ Message string }
	Data       json.RawMessage
	Extensions struct{ Statements, Price int }
}

// A question that nests whatever the schema has in whatever list it has sends no more
// statements for long lists than for short ones, or its price says so.
func TestStatementsDoNotGrowWithLists(t *testing.T) {
	t.Parallel()
	s := serve(t, "--data", loadedData(t), "--release-management", "view")
	n := nester{graph.Schema()}
	for _, field := range n.schema.Query.Fields {
		if _, known := rootArguments()[field.Name]; !known && !strings.HasPrefix(field.Name, "__") {
			t.Errorf("no arguments are known for the root field %s", field.Name)
		}
	}
	lists := n.lists()
	var dear []string
	for _, list := range lists {
		arguments := rootArguments()[list.path[0]]
		for _, profiles := range []bool{false, true} {
			where := fmt.Sprintf("%s, profiles %t", strings.Join(list.path, "."), profiles)
			question := n.question(list, arguments[0], 2, profiles)
			if strings.Contains(question, "{ }") {
				continue
			}
			many := s.billed(n.question(list, arguments[1], 20, profiles))
			switch said := many.refusal(); {
			case strings.HasPrefix(said, "the price of the operation"):
				dear = append(dear, where)
				continue
			case said != "":
				t.Errorf("%s: %s", where, said)
			}
			few := bill{}
			if arguments[0] != arguments[1] {
				few = s.billed(question)
			}
			more := many.Extensions.Statements - few.Extensions.Statements
			if paid := (many.Extensions.Price - few.Extensions.Price) / 10_000; more > paid+2 {
				t.Errorf("%s: %d statements for few entries at %d, %d for many at %d: %s", where, few.Extensions.Statements, few.Extensions.Price, many.Extensions.Statements, many.Extensions.Price, question)
			}
		}
	}
	if len(dear) > 10 {
		t.Errorf("the price refuses too many questions to try: %q", dear)
	}
	if len(lists) < 100 {
		t.Errorf("%d lists: the schema was not read", len(lists))
	}
}

// refusal says why nothing was answered, "" where it was.
func (b bill) refusal() string {
	if len(b.Errors) == 0 {
		return ""
	}
	return fmt.Sprintf("%s (of %d)", b.Errors[0].Message, len(b.Errors))
}

// billed puts a question and returns what it cost.
func (s *served) billed(question string) bill {
	s.t.Helper()
	response := s.asked(question)
	defer response.Body.Close()
	var got bill
	if err := json.NewDecoder(response.Body).Decode(&got); err != nil {
		s.t.Fatal(err)
	}
	return got
}

// asked puts a question; whoever calls it closes the body of the answer.
func (s *served) asked(question string) *http.Response {
	s.t.Helper()
	body, err := json.Marshal(map[string]string{"query": question})
	if err != nil {
		s.t.Fatal(err)
	}
	response, err := http.Post(s.address+"/graphql", "application/json", bytes.NewReader(body))
	if err != nil {
		s.t.Fatalf("%v\n%s", err, s.printed())
	}
	return response
}
