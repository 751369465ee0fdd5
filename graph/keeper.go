package graph

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/niengiam/niengiam/graph/kept"
	"github.com/niengiam/niengiam/stats/catalogue"
)

// mostKnown is the longest request, in bytes, that is known again without being read.
const mostKnown = 8 << 10

// keeper says what an answer depends on besides the catalogue, and what a request does.
type keeper struct {
	*kept.Answers[catalogue.Calendar]
	// rights are those of all callers: an answer made with others is another one.
	rights string
	// private says that they are more than everybody has.
	private bool
	// pure is isPure, and keyOf hashes what an answer depends on, but in tests that break them.
	pure  func(field string) (pure, decided bool)
	keyOf func(text string, parts ...string) kept.Key
}

// request is what a request is known by: all of it that has a say in its answer. It is not
// known where it is too long, or is a form.
func (k *keeper) request(r *http.Request, text []byte) (key kept.Key, ok bool) {
	if len(text)+len(r.URL.RawQuery) > mostKnown {
		return key, false
	}
	method := "POST"
	if r.Method != http.MethodPost {
		method = "GET"
	}
	return kept.KeyOf(text, k.rights, method, r.URL.RawQuery, strings.Join(r.Header["Accept"], ","), strings.Join(r.Header["Accept-Language"], ",")), true
}

// operation is what the answer to an operation is kept under, in a language and form of
// decimals, and its variables as text. It is not kept where it depends on more than that and
// the catalogue.
func (k *keeper) operation(o *graphql.OperationContext, language, decimals string) (key kept.Key, variables string, ok bool) {
	if o.Operation.Operation != ast.Query || !allPure(o.Operation.SelectionSet, k.pure) {
		return key, "", false
	}
	text, err := json.Marshal(o.Variables)
	if err != nil {
		return key, "", false
	}
	variables = string(text)
	return k.keyOf(o.RawQuery, k.rights, language, decimals, o.OperationName, variables), variables, true
}
