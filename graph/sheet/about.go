package sheet

import (
	"encoding/json"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/niengiam/niengiam/graph/scalar"
	"github.com/niengiam/niengiam/stats/number"
)

// aboutFields are asked of every answer that has them, whatever the question asks.
// One whose first field its type lacks is left out.
const aboutFields = `{
	_about_release: release { id sourceCode published loaded }
	_about_notes: notes { code year indicator { code } unit { code } citations vi: text(language: VI) en: text(language: EN) }
	_about_question: question {
		asOf basis { date } indicator { code } indicators { code } set { criteria { indicator { code } parts { indicator { code } } } }
		year years baseYear from to
	}
	_about_columns: columns { name indicator { code } measure }
	_about_rows: rows { target { indicator { code } } year base { year } }
}`

// Extend adds to a question the fields that are about its answer: the release, the
// notes, the question as it was understood. The document itself is not changed, because
// it is cached for other requests.
func Extend(schema *ast.Schema, operation *graphql.OperationContext) error {
	document, err := parser.ParseQuery(&ast.Source{Input: aboutFields})
	if err != nil {
		return err
	}
	own := *operation.Operation
	own.SelectionSet = slices.Clone(own.SelectionSet)
	for _, field := range graphql.CollectFields(operation, operation.Operation.SelectionSet, nil) {
		if field.Definition == nil || field.Definition.Type.Elem != nil {
			continue
		}
		about := defined(schema, schema.Types[field.Definition.Type.Name()], document.Operations[0].SelectionSet, false)
		if len(about) == 0 {
			continue
		}
		own.SelectionSet = append(own.SelectionSet, &ast.Field{ // merged with the field that it repeats
			Alias: field.Alias, Name: field.Name, Arguments: field.Arguments, Position: field.Position,
			Definition: field.Definition, ObjectDefinition: field.ObjectDefinition, SelectionSet: about,
		})
	}
	operation.Operation = &own
	return nil
}

// defined gives those of the fields that a type has, with their definitions; none
// when it has not the first of them.
func defined(schema *ast.Schema, of *ast.Definition, selections ast.SelectionSet, within bool) ast.SelectionSet {
	var kept ast.SelectionSet
	for i, selection := range selections {
		field, ok := selection.(*ast.Field)
		if !ok {
			continue
		}
		definition := of.Fields.ForName(field.Name)
		if definition == nil && i == 0 && within {
			return nil
		}
		if definition == nil {
			continue
		}
		own := *field
		own.Definition, own.ObjectDefinition = definition, of
		own.SelectionSet = defined(schema, schema.Types[definition.Type.Name()], field.SelectionSet, true)
		if len(field.SelectionSet) == 0 || len(own.SelectionSet) > 0 {
			kept = append(kept, &own)
		}
	}
	return kept
}

// About is what is about one answer, outside of its tables.
type About struct {
	// Root is the name of the answer.
	Root string `json:"answer"`
	// Release is the last release that the answer is based on; nil where it names none.
	Release *Release `json:"release,omitempty"`
	// Notes are the warnings.
	Notes []Note `json:"notes,omitempty"`
	// Facts are the fields outside of the tables, by their paths: counts, totals.
	Facts []Fact `json:"facts,omitempty"`
	// Indicators and Years are those that the question is about.
	Indicators []string      `json:"indicators,omitempty"`
	Years      []number.Year `json:"years,omitempty"`
	// AsOf is the last day of publication that figures are taken from; nil for all.
	AsOf *number.Date `json:"-"`
	// Basis is the day on whose units the figures are; open where they are as reported.
	Basis number.Date `json:"-"`

	columns []heading
}

// Release is the release that an answer names.
type Release struct {
	ID        string `json:"id"`
	Source    string `json:"sourceCode"`
	Published string `json:"published"`
	Loaded    string `json:"loaded"`
}

// Note is a warning of an answer.
type Note struct {
	Code      string                 `json:"code"`
	Year      *int                   `json:"year,omitempty"`
	Indicator *struct{ Code string } `json:"indicator,omitempty"`
	Unit      *struct{ Code string } `json:"unit,omitempty"`
	Citations []string               `json:"citations,omitempty"`
	VI        string                 `json:"vi"`
	EN        string                 `json:"en"`
}

// Fact is a field of an answer that is in no table.
type Fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// heading is a column of a table(...) as the API names it.
type heading struct {
	Name      string
	Indicator struct{ Code string }
	Measure   string
}

// coded is something that has a code.
type coded struct{ Code string }

// asked is a question as it was understood, as far as it says what figures it is about.
type asked struct {
	Indicator      *coded
	Indicators     []coded
	Set            *struct{ Criteria []criterion }
	Year, From, To *number.Year
	BaseYear       any // a year, or PREVIOUS
	Years          []number.Year
	AsOf           *string
	Basis          *struct{ Date *string }
}

// criterion is a criterion of a set, or a part of one.
type criterion struct {
	Indicator *coded
	Parts     []criterion
}

// targetRow is a row of a report on targets, as far as it says what figures it is about.
type targetRow struct {
	Target struct{ Indicator coded }
	Year   number.Year
	Base   *struct{ Year number.Year }
}

// fill takes from the fields of an answer that were added to it.
func (a *About) fill(key string, value json.RawMessage) error {
	switch key {
	case added + "release":
		return json.Unmarshal(value, &a.Release)
	case added + "notes":
		return json.Unmarshal(value, &a.Notes)
	case added + "columns":
		return json.Unmarshal(value, &a.columns)
	case added + "rows":
		var rows []targetRow
		if err := json.Unmarshal(value, &rows); err != nil {
			return err
		}
		for _, row := range rows {
			a.Indicators, a.Years = append(a.Indicators, row.Target.Indicator.Code), append(a.Years, row.Year)
			if row.Base != nil {
				a.Years = append(a.Years, row.Base.Year)
			}
		}
	case added + "question":
		var question asked
		if err := json.Unmarshal(value, &question); err != nil {
			return err
		}
		return a.understood(question)
	}
	return nil
}

func (a *About) understood(q asked) error {
	if q.Indicator != nil {
		q.Indicators = append(q.Indicators, *q.Indicator)
	}
	for _, i := range q.Indicators {
		a.Indicators = append(a.Indicators, i.Code)
	}
	if q.Set != nil {
		a.criteria(q.Set.Criteria)
	}
	a.Years = append(a.Years, q.Years...)
	if q.Year != nil {
		a.Years = append(a.Years, *q.Year)
	}
	if q.BaseYear != nil {
		base, err := scalar.UnmarshalBaseYear(q.BaseYear)
		if err != nil {
			return err
		}
		for _, year := range append(q.Years, a.Years...) {
			a.Years = append(a.Years, base.BaseFor(year))
		}
	}
	if q.From != nil && q.To != nil {
		for year := *q.From; year <= *q.To; year++ {
			a.Years = append(a.Years, year)
		}
	}
	if q.Basis != nil && q.Basis.Date != nil {
		var err error
		if a.Basis, err = number.ParseDate(*q.Basis.Date); err != nil {
			return err
		}
	}
	if q.AsOf == nil {
		return nil
	}
	day, err := number.ParseDate(*q.AsOf)
	a.AsOf = &day
	return err
}

func (a *About) criteria(all []criterion) {
	for _, c := range all {
		if c.Indicator != nil {
			a.Indicators = append(a.Indicators, c.Indicator.Code)
		}
		a.criteria(c.Parts)
	}
}

// arguments takes what an answer without a question of its own was asked with.
func (a *About) arguments(given map[string]any) error {
	if indicator, ok := given["indicator"].(string); ok {
		a.Indicators = append(a.Indicators, indicator)
	}
	if year, err := graphql.UnmarshalInt(given["year"]); err == nil && year != 0 {
		a.Years = append(a.Years, number.Year(year))
	}
	scope, _ := given["scope"].(map[string]any)
	asOf, _ := scope["asOf"].(map[string]any)
	basis, _ := scope["basis"].(map[string]any)
	if text, ok := basis["date"].(string); ok {
		var err error
		if a.Basis, err = number.ParseDate(text); err != nil {
			return err
		}
	}
	if text, ok := asOf["date"].(string); ok {
		day, err := number.ParseDate(text)
		a.AsOf = &day
		return err
	}
	return nil
}
