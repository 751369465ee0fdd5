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

// Reserved lists the parameters of an address that are not variables of a question.
func Reserved() []string {
	return []string{"decimal", graph.DecimalsParameter, "extensions", graph.LanguageParameter, "notes", "operationName", "query", "table", "variables"}
}

// request is what is asked for by an address.
type request struct {
	options options
	saved   *question.Question // nil for a question that is not saved
	params  *graphql.RawParams
	form    graph.Form
}

// readRequest takes question, variables and options out of a request for a name without
// its ending.
func readRequest(config Config, schema *ast.Schema, w http.ResponseWriter, r *http.Request, name, ending string) (request, *graph.Refused) {
	var asked request
	var refused *graph.Refused
	if asked.form, refused = config.Server.Form(r); refused != nil {
		return asked, refused
	}
	if refused := config.Server.CheckAddress(r); refused != nil {
		return asked, refused
	}
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return asked, bad(&number.Error{Code: number.BadArgument, Message: number.Say("the address cannot be read: %v", err)})
	}
	if fault := asked.options.read(values); fault != nil {
		return asked, bad(fault)
	}
	if name == adHoc {
		if r.Method == http.MethodHead {
			r = r.Clone(r.Context())
			r.Method = http.MethodGet
		}
		asked.params, refused = config.Server.Read(w, r)
		return asked, refused
	}
	var codes []string
	for _, q := range config.Questions {
		if codes = append(codes, q.Code); q.Code == name {
			asked.saved = q
		}
	}
	if asked.saved == nil {
		return asked, graph.Refuse(http.StatusNotFound, &number.Error{
			Code: UnknownQuestion, Message: number.Say("there is no saved question %q", name), Nearest: number.Nearest(name, codes),
			Hint: number.Say("%s lists them; %s takes any question", Root, Root+adHoc+"."+ending[1:]+"?query=…"),
		})
	}
	variables, fault := readVariables(schema, asked.saved, values)
	if fault != nil {
		return asked, bad(fault)
	}
	asked.params = &graphql.RawParams{Query: asked.saved.Text, Variables: variables, Headers: r.Header}
	return asked, nil
}

// readVariables makes variables of the parameters of an address, each in the type
// that the question gives it.
func readVariables(schema *ast.Schema, saved *question.Question, values url.Values) (map[string]any, *number.Error) {
	document, err := parser.ParseQuery(&ast.Source{Input: saved.Text})
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
			return nil, unknownVariable(saved, name)
		}
		if len(given) == 1 && given[0] == "" {
			continue // as if it were not there, as empty fields of forms are sent
		}
		value, err := question.Value(schema, definition.Type, given)
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

func unknownVariable(saved *question.Question, name string) *number.Error {
	var names []string
	for _, v := range saved.Variables {
		names = append(names, v.Name)
	}
	hint := number.Say("the question %s has no variables", saved.Code)
	if len(names) > 0 {
		hint = number.Say("the question %s has %s", saved.Code, strings.Join(names, ", "))
	}
	return &number.Error{
		Code: number.BadArgument, Where: name, Message: number.Say("the question has no variable %q", name),
		Nearest: number.Nearest(name, names), Hint: hint,
	}
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
