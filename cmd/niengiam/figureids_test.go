package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/niengiam/niengiam/graph/gen"
)

// walked are questions for every root field of the API that answers with figures.
var walked = map[string][]string{
	"figure": {
		`indicator: "ntm", unit: "89", year: 2020`, `indicator: "population", unit: "91", year: 2019, scope: {basis: {date: "2025-07-01"}}`,
		`indicator: "population-census", unit: "887", year: 2019, scope: {breakdown: [{dimension: "sex", members: ["female", "male"]}]}`,
	},
	"comparison": {
		`indicator: "criterion-19-2", unit: "89", year: 2020`, `indicator: "population", level: "province", year: 2024, matched: true`,
		`indicator: "population-census", level: "district", within: "89", year: 2019, baseYear: 2009`,
		`indicator: "ntm", level: "commune", within: "89", year: 2020, baseYear: 2018, scope: {cohort: "pilot-communes-2021-2025"}`,
		`indicator: "ntm-district", level: "district", within: "89", year: 2020, baseYear: 2018, matched: true, scope: {cohort: "pilot-districts-2021-2025"}`,
		`indicator: "population", level: "province", within: "VN", year: 2024, scope: {basis: {date: "2025-07-01"}, kinds: ["tinh"]}`,
		`indicator: "population", unit: "R1", year: 2024, matched: true, scope: {asOf: {date: "2025-12-31"}}`,
	},
	"ranking": {
		`indicator: "population", level: "province", year: 2024, top: 5, orderBy: PERCENT`,
		`indicator: "population", level: "province", year: 2024, top: 3, scope: {basis: {date: "2025-07-01"}}`,
		`indicator: "poor-households", level: "district", within: "89", year: 2016, top: 3`,
		`indicator: "ntm", level: "commune", within: "89", year: 2020, baseYear: 2018, top: 1, direction: LOWER`,
		`indicator: "population-census", level: "district", within: "89", year: 2019, top: 2, scope: {breakdown: [{dimension: "residence", members: ["urban"]}]}`,
	},
	"series":       {`indicator: "population", units: ["89", "91", "VN"]`, `indicator: "ntm", level: "district", within: "89"`},
	"trend":        {`indicator: "population", unit: "89"`},
	"period":       {`indicator: "outreach-sessions", unit: "89", from: 2018, to: 2020`},
	"distribution": {`indicator: "population", level: "province", year: 2024`},
	"composition":  {`indicator: "population-census", dimension: "residence", level: "district", within: "89", year: 2019`},
	"scorecard":    {`set: "ntm-criteria", unit: "89", year: 2020`, `set: "ntm-criteria", level: "district", within: "89", year: 2020`},
	"targets":      {`unit: "89", year: 2020`, `unit: "89", year: 2024`},
	"table":        {`indicators: ["ntm", "population-census", "poor-households"], level: "district", within: "89", years: [2016, 2019], first: 20`},
	"availability": {`indicator: "ntm", within: "89"`, `indicator: "population"`},
	"cohort":       {`code: "pilot-communes-2021-2025"`},
	"unit":         {`code: "89", basis: {date: "2020-12-31"}`, `code: "887", basis: {date: "2020-12-31"}`},
	"briefing":     {`unit: "89", year: 2020`},
	"dashboard":    {`code: "an-giang-2020"`, `code: "population"`},
}

// nested are the arguments of fields below the root that need some.
var nested = map[string]string{"Unit.profile": "(year: 2020)"}

// figureSelection is what is asked of each figure.
const figureSelection = ` { id value status origin indicator { kind } } `

// walker writes the selections that lead to figures.
type walker struct {
	t      *testing.T
	schema *ast.Schema
	leads  map[string]bool // types in which figures are
}

func newWalker(t *testing.T) *walker {
	w := &walker{t: t, schema: gen.NewExecutableSchema(gen.Config{}).Schema(), leads: map[string]bool{"Figure": true}}
	for grown := true; grown; {
		grown = false
		for name, definition := range w.schema.Types {
			if definition.Kind == ast.Object && !w.leads[name] && slices.ContainsFunc(definition.Fields, w.reaches) {
				w.leads[name], grown = true, true
			}
		}
	}
	return w
}

// reaches reports whether a field has figures, or their ids. Units and cohorts have some
// too, which are asked for where they are asked for alone.
func (w *walker) reaches(field *ast.FieldDefinition) bool {
	of := field.Type.Name()
	return w.leads[of] && of != "Unit" && of != "Cohort" || field.Name == "figureIDs"
}

// selection selects every figure within a type, but not again what stands above it.
func (w *walker) selection(name string, above []string) string {
	if name == "Figure" {
		return figureSelection
	}
	above = append(slices.Clone(above), name)
	var fields []string
	for _, field := range w.schema.Types[name].Fields {
		of := field.Type.Name()
		switch {
		case field.Name == "figureIDs":
			fields = append(fields, field.Name)
		case !w.reaches(field) || slices.Contains(above, of):
		default:
			arguments := nested[name+"."+field.Name]
			if slices.ContainsFunc(field.Arguments, func(a *ast.ArgumentDefinition) bool { return a.Type.NonNull && a.DefaultValue == nil }) && arguments == "" {
				w.t.Errorf("%s.%s needs arguments: add them to the test", name, field.Name)
				continue
			}
			if below := w.selection(of, above); below != "" {
				fields = append(fields, field.Name+arguments+below)
			}
		}
	}
	if len(fields) == 0 {
		return ""
	}
	return " { " + strings.Join(fields, " ") + " } "
}

// figureIDs asks for every figure of many answers, and then which observations are behind
// each: none is refused, and those behind a count add up to it.
func figureIDs(s *served) {
	w := newWalker(s.t)
	found, counts := map[string]tree{}, map[string]int{}
	for _, root := range w.schema.Query.Fields {
		if one := root.Type.Name(); !w.reaches(root) && (one != "Unit" && one != "Cohort" || root.Type.Elem != nil) {
			continue
		}
		if len(walked[root.Name]) == 0 {
			s.t.Errorf("%s answers with figures: add a question to the test", root.Name)
		}
		for _, arguments := range walked[root.Name] {
			figures := map[string]tree{}
			figuresIn(s.ask("{ "+root.Name+"("+arguments+")"+w.selection(root.Type.Name(), nil)+"}"), figures)
			if len(figures) == 0 {
				s.t.Errorf("%s(%s) has no figure", root.Name, arguments)
			}
			maps.DeleteFunc(figures, func(id string, f tree) bool { return f.v == nil && found[id].v != nil })
			maps.Copy(found, figures)
		}
	}
	for id := range found {
		if made := strings.SplitN(id, ":", 2); len(made) == 2 {
			counts[made[0][strings.IndexByte(made[0], '/')+1:]]++
		}
	}
	for _, code := range []string{"others", "ranked", "cohort", "rest", "VN"} {
		if counts[code] == 0 {
			s.t.Errorf("no figure of several units is called %q: %v", code, counts)
		}
	}
	if len(found) < 500 {
		s.t.Errorf("only %d figures: too few to prove anything", len(found))
	}
	summed := 0
	var batch []string
	for id := range found {
		if batch = append(batch, id); len(batch) == 20 {
			summed += behindEach(s, batch, found)
			batch = nil
		}
	}
	if summed += behindEach(s, batch, found); summed < 300 {
		s.t.Errorf("only %d figures are sums of observations", summed)
	}
}

// figuresIn collects the figures of an answer by their ids.
func figuresIn(n tree, found map[string]tree) {
	switch v := n.v.(type) {
	case []any:
		for _, item := range n.list() {
			figuresIn(item, found)
		}
	case map[string]any:
		if id, ok := v["id"].(string); ok {
			found[id] = n
		}
		for name, field := range v {
			if ids, ok := field.([]any); ok && name == "figureIDs" {
				for _, id := range ids {
					if found[id.(string)].v == nil {
						found[id.(string)] = tree{n.t, nil}
					}
				}
				continue
			}
			figuresIn(tree{n.t, field}, found)
		}
	}
}

// behindEach asks for the observations behind some figures, and counts those that are sums.
func behindEach(s *served, ids []string, found map[string]tree) (summed int) {
	var question strings.Builder
	for i, id := range ids {
		fmt.Fprintf(&question, "p%d: provenance(figure: %q, first: 1000) { totalCount nodes { value } }\n", i, id)
	}
	if len(ids) == 0 {
		return 0
	}
	answer := s.ask("{ " + question.String() + "}")
	for i, id := range ids {
		behind, f := answer.at(fmt.Sprintf("p%d", i)), found[id]
		if f.v == nil || f.at("value").v == nil {
			continue
		}
		if behind.at("totalCount").text() == "0" && f.at("indicator", "kind").text() != "ATTAINMENT" { // a register may speak by silence
			s.t.Errorf("%s has a value and no observation", id)
		}
		if kind := f.at("indicator", "kind").text(); kind != "COUNT" && kind != "AMOUNT" || f.at("status").text() == "E" {
			continue
		}
		sum := decimal.Zero
		for _, node := range behind.at("nodes").list() {
			if node.at("value").v != nil {
				sum = sum.Add(num(s.t, node.at("value").text()))
			}
		}
		if !sum.Equal(num(s.t, f.at("value").text())) {
			s.t.Errorf("%s is %s, the observations behind it add up to %s", id, f.at("value").text(), sum)
		}
		summed++
	}
	return summed
}
