package graph

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"golang.org/x/text/language"

	"github.com/niengiam/niengiam/graph/encode"
	"github.com/niengiam/niengiam/graph/scalar"
	"github.com/niengiam/niengiam/stats/number"
)

// The names in an address of how its answer is written.
const (
	// LanguageParameter is the language, vi or en.
	LanguageParameter = "lang"
	// DecimalsParameter is the form of decimals, string or number.
	DecimalsParameter = "decimals"
)

// Form is how an answer is written, once for all of its fields. The nearest to a field
// says it: its argument, the directive @answer of its operation, the address, the header
// Accept-Language.
type Form struct {
	// Language is that of the texts whose fields name none.
	Language number.Language
	// Decimals is how decimals are written.
	Decimals scalar.DecimalForm
	// Negotiated reports whether the language depends on the header Accept-Language.
	Negotiated bool
}

// Form returns the form that a request asks for in its address and headers: Vietnamese,
// with decimals as strings, unless it says otherwise.
func (s *Server) Form(r *http.Request) (Form, *Refused) {
	form := Form{Language: number.Vietnamese, Decimals: scalar.Strings}
	if r.URL.RawQuery != "" {
		values, err := url.ParseQuery(r.URL.RawQuery)
		if err != nil {
			return form, Refuse(http.StatusBadRequest, &number.Error{Code: badRequest, Message: number.Say("the address cannot be read: %v", err)})
		}
		named, fault := parameter(values, LanguageParameter, &form.Language, number.Vietnamese, number.English)
		if fault == nil {
			_, fault = parameter(values, DecimalsParameter, &form.Decimals, scalar.Strings, scalar.Numbers)
		}
		if fault != nil {
			return form, Refuse(http.StatusBadRequest, fault)
		}
		if named {
			return form, nil
		}
	}
	form.Negotiated = true
	accepted, _, err := language.ParseAcceptLanguage(strings.Join(r.Header["Accept-Language"], ","))
	if err != nil {
		return form, nil // what cannot be read asks for nothing
	}
	if _, at, _ := s.languages.Match(accepted...); at > 0 { // 0 is also what matches nothing
		form.Language = number.English
	}
	return form, nil
}

// parameter reads one of a few words out of an address, in capitals or not, and reports
// whether there is one.
func parameter[T ~string](values url.Values, name string, into *T, words ...T) (bool, *number.Error) {
	given := values.Get(name)
	if given == "" {
		return false, nil
	}
	if word := T(strings.ToUpper(given)); slices.Contains(words, word) {
		*into = word
		return true, nil
	}
	nearest := make([]string, len(words))
	for i, word := range words {
		nearest[i] = strings.ToLower(string(word))
	}
	return false, &number.Error{Code: number.BadArgument, Where: name, Message: number.Say("%s=%q means nothing", name, given), Nearest: nearest}
}

// asked returns the form in which an operation is answered: what its directive @answer
// says takes the place of what its request says.
func (f Form) asked(operation *graphql.OperationContext) Form {
	directive := operation.Operation.Directives.ForName("answer")
	if directive == nil {
		return f
	}
	arguments := directive.ArgumentMap(operation.Variables)
	if name, given := arguments["language"].(string); given {
		f.Language, f.Negotiated = number.Language(name), false
	}
	if name, given := arguments["decimals"].(string); given {
		f.Decimals = scalar.DecimalForm(name)
	}
	return f
}

// Vary says in the header of an answer that it depends on Accept-Language, where it does.
func (f Form) Vary(header http.Header) {
	if f.Negotiated {
		header.Add("Vary", "Accept-Language")
	}
}

// middleware gives its language to each field that takes one and was given none, and
// writes decimals in their form. What an encoder can write is not resolved field by field.
func (f Form) middleware(each graphql.FieldMiddleware, encoder *encode.Encoder) graphql.FieldMiddleware {
	return func(ctx context.Context, next graphql.Resolver) (any, error) {
		arguments := graphql.GetFieldContext(ctx).Args
		if language, takes := arguments["language"].(number.Language); takes && language == "" {
			arguments["language"] = f.Language
		}
		resolved, err := each(ctx, next)
		if encoder != nil && err == nil {
			if json, whole := encoder.Encode(ctx, resolved); whole {
				return json, nil
			}
		}
		if f.Decimals == scalar.Numbers && err == nil {
			return scalar.AsNumbers(resolved), nil
		}
		return resolved, err
	}
}

// formKey is the key of the form in the context of an operation, from which the resolvers
// are made.
type formKey struct{}

func withForm(ctx context.Context, form Form) context.Context {
	return context.WithValue(ctx, formKey{}, form)
}

func formOf(ctx context.Context) Form {
	form, _ := ctx.Value(formKey{}).(Form)
	return form
}
