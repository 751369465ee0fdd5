package export

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/graph/question"
	"github.com/niengiam/niengiam/stats/number"
)

// Reserved are the parameters of an address that are no variables of a question.
func Reserved() []string {
	return []string{"decimal", "extensions", "notes", "operationName", "query", "table", "variables"}
}

// options are what an address says of the file rather than of the question.
type options struct {
	// table is the table to give, "" for the only one.
	table string
	// noNotes leaves what is about the answer out of a CSV file.
	noNotes bool
	// comma writes a decimal comma, and semicolons between cells, in a CSV file.
	comma bool
}

// read takes question, variables and options out of a request.
func read(f *file, w http.ResponseWriter, name string) *graph.Refused {
	values, err := url.ParseQuery(f.request.URL.RawQuery)
	if err != nil {
		return bad(&number.Error{Code: number.BadArgument, Message: number.Say("the address cannot be read: %v", err)})
	}
	if fault := f.options.read(values); fault != nil {
		return bad(fault)
	}
	if name == adHoc {
		r := f.request
		if r.Method == http.MethodHead {
			r = r.Clone(r.Context())
			r.Method = http.MethodGet
		}
		var refused *graph.Refused
		f.params, refused = f.exporter.Server.Read(w, r)
		return refused
	}
	var codes []string
	for _, q := range f.exporter.Questions {
		if codes = append(codes, q.Code); q.Code == name {
			f.saved = q
		}
	}
	if f.saved == nil {
		return graph.Refuse(http.StatusNotFound, &number.Error{
			Code: UnknownQuestion, Message: number.Say("there is no saved question %q", name), Nearest: number.Nearest(name, codes),
			Hint: number.Say("%s lists them; %s takes any question", Root, Root+adHoc+"."+f.format.ending[1:]+"?query=…"),
		})
	}
	variables, fault := variablesFile(f, values)
	if fault != nil {
		return bad(fault)
	}
	f.params = &graphql.RawParams{Query: f.saved.Text, Variables: variables, Headers: f.request.Header}
	return nil
}

func bad(fault *number.Error) *graph.Refused { return graph.Refuse(http.StatusBadRequest, fault) }

func (o *options) read(values url.Values) *number.Error {
	o.table = values.Get("table")
	for _, c := range []struct {
		name, usual, other string
		set                *bool
	}{{"notes", "yes", "no", &o.noNotes}, {"decimal", "point", "comma", &o.comma}} {
		switch given := values.Get(c.name); given {
		case "", c.usual:
		case c.other:
			*c.set = true
		default:
			return &number.Error{
				Code: number.BadArgument, Where: c.name, Message: number.Say("%s=%q means nothing", c.name, given), Nearest: []string{c.usual, c.other},
			}
		}
	}
	return nil
}

// variablesFile makes variables of the parameters of an address, each in the type
// that the question gives it.
func variablesFile(f *file, values url.Values) (map[string]any, *number.Error) {
	document, err := parser.ParseQuery(&ast.Source{Input: f.saved.Text})
	if err != nil {
		return nil, &number.Error{Code: number.BadArgument, Message: number.Say("the saved question cannot be read"), Err: err}
	}
	definitions := document.Operations[0].VariableDefinitions
	variables := map[string]any{}
	for name, given := range values {
		if slices.Contains(Reserved(), name) {
			continue
		}
		definition := definitions.ForName(name)
		if definition == nil {
			return nil, unknownVariable(f, name)
		}
		if len(given) == 1 && given[0] == "" {
			continue // as if it were not there, as empty fields of forms are sent
		}
		value, err := question.Value(f.exporter.schema, definition.Type, given)
		if err != nil {
			return nil, &number.Error{
				Code: number.BadArgument, Where: name, Message: number.Say("%s=%s: %v", name, strings.Join(given, ","), err),
				Hint: number.Say("the question has $%s: %s", name, definition.Type),
			}
		}
		variables[name] = value
	}
	return variables, nil
}

func unknownVariable(f *file, name string) *number.Error {
	var names []string
	for _, v := range f.saved.Variables {
		names = append(names, v.Name)
	}
	hint := number.Say("the question %s has no variables", f.saved.Code)
	if len(names) > 0 {
		hint = number.Say("the question %s has %s", f.saved.Code, strings.Join(names, ", "))
	}
	return &number.Error{
		Code: number.BadArgument, Where: name, Message: number.Say("the question has no variable %q", name),
		Nearest: number.Nearest(name, names), Hint: hint,
	}
}

// list gives the saved questions with their addresses.
func list(e *Exporter, w http.ResponseWriter, r *http.Request) {
	type variable struct {
		Name    string `json:"name"`
		Type    string `json:"type"`
		Default string `json:"default"`
	}
	type entry struct {
		Code        string            `json:"code"`
		Title       number.Text       `json:"title"`
		Description *number.Text      `json:"description,omitempty"`
		Variables   []variable        `json:"variables"`
		Tables      []string          `json:"tables"`
		Query       string            `json:"query"`
		Files       map[string]string `json:"files"`
	}
	entries := make([]entry, len(e.Questions))
	for i, q := range e.Questions {
		entries[i] = entry{Code: q.Code, Title: q.Title, Variables: []variable{}, Tables: q.Tables, Query: q.Text, Files: map[string]string{}}
		if q.Description != (number.Text{}) {
			entries[i].Description = &q.Description
		}
		for _, v := range q.Variables {
			entries[i].Variables = append(entries[i].Variables, variable(v))
		}
		for _, format := range formats() {
			entries[i].Files[format.ending[1:]] = Root + q.Code + format.ending
		}
	}
	body, err := json.Marshal(map[string]any{"title": e.Title, "questions": entries})
	if err != nil {
		e.Logger.ErrorContext(r.Context(), "the saved questions cannot be listed", "error", err)
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.Header().Set("Cache-Control", "no-cache")
	send(w, http.StatusOK, body)
}

// given tells the variables as the question was asked with them, in their order.
func given(operation *graph.Operation) string {
	var parts []string
	for _, v := range operation.Operation.VariableDefinitions {
		if value, has := operation.Variables[v.Variable]; has {
			if text, err := json.Marshal(value); err == nil {
				parts = append(parts, v.Variable+"="+string(text))
			}
		}
	}
	return strings.Join(parts, ", ")
}
