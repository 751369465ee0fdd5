package export

import (
	"context"
	"fmt"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/graph/kept"
	"github.com/niengiam/niengiam/graph/sheet"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// tries is how often a question is asked when releases are published meanwhile.
const tries = 3

// file is one export on its way.
type file struct {
	Config
	schema *ast.Schema
	state  *stateMemory

	http      *http.Request
	request   request
	format    format
	operation *graph.Operation
	book      *sheet.Book
	sheets    []*sheet.Sheet

	catalogue *catalogue.Calendar // that the answer is of
	unsettled bool                // releases were published while it was made
	document  *document
	begin     begin
}

// serve answers for one file.
func (f *file) serve(w http.ResponseWriter, name string) {
	started := time.Now()
	if refused := f.ask(w, name); refused != nil {
		f.report(started, refused.Errors)
		refuse(w, refused)
		return
	}
	header := w.Header()
	header.Set("Cache-Control", "no-cache")
	f.operation.Form.Vary(header)
	header.Set("ETag", f.tag())
	if kept.Matches(f.http.Header, f.tag()) {
		f.report(started, nil)
		w.WriteHeader(http.StatusNotModified)
		return
	}
	header.Del("ETag")
	if refused := f.answer(f.http.Context()); refused != nil {
		f.report(started, refused.Errors)
		refuse(w, refused)
		return
	}
	f.report(started, nil)
	if !f.unsettled {
		header.Set("ETag", f.tag())
	}
	header.Set("Content-Type", f.format.media)
	header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.filename()}))
	if f.http.Method == http.MethodHead {
		return
	}
	if err := write(w, f.begin, f.document); err != nil {
		f.Logger.WarnContext(f.http.Context(), "an export broke off", "file", f.filename(), "error", err)
		panic(http.ErrAbortHandler) //nolint:forbidigo // so net/http breaks the connection off; a file that is not whole must not look so
	}
}

// report tells the observer of the server of this file.
func (f *file) report(started time.Time, errors gqlerror.List) {
	r := graph.Report{Door: "export", Operation: f.operation, Started: started, Errors: errors}
	if f.request.saved != nil {
		r.Door, r.Kind = "question", f.request.saved.Code
	}
	f.Server.Report(r)
}

// ask finds out what is asked for, and whether it may be.
func (f *file) ask(w http.ResponseWriter, name string) *graph.Refused {
	f.catalogue = f.Server.Stats().Catalogue()
	ending := path.Ext(name)
	known := false
	if f.format, known = formatOf(ending); !known {
		return graph.Refuse(http.StatusNotFound, &number.Error{
			Code: UnknownFormat, Where: ending, Message: number.Say("there is no export with this ending"), Nearest: endings(),
		})
	}
	var refused *graph.Refused
	if f.request, refused = readRequest(f.Config, f.schema, w, f.http, strings.TrimSuffix(name, ending), ending); refused != nil {
		return refused
	}
	if f.operation, refused = f.Server.Prepare(f.http.Context(), f.request.params, f.request.form); refused != nil {
		return refused
	}
	if f.operation.Operation.Operation != ast.Query {
		return graph.Refuse(http.StatusMethodNotAllowed, &number.Error{Code: methodNotAllowed, Message: number.Say("only queries are exported")})
	}
	var fault *number.Error
	if f.book, fault = sheet.Of(f.schema, f.operation.OperationContext); fault != nil {
		return graph.Refuse(http.StatusBadRequest, fault)
	}
	f.sheets = f.book.Sheets
	if !f.format.many || f.request.options.table != "" {
		one, fault := f.book.One(f.request.options.table)
		if fault != nil {
			return graph.Refuse(http.StatusBadRequest, fault)
		}
		f.sheets = []*sheet.Sheet{one}
	}
	return nil
}

// answer asks the question, again when releases were published meanwhile, so that
// the file, what it says of its sources and its ETag are of one state.
func (f *file) answer(ctx context.Context) *graph.Refused {
	if err := sheet.Extend(f.schema, f.operation.OperationContext); err != nil {
		return f.internal(err)
	}
	for range tries {
		f.catalogue = f.Server.Stats().Catalogue()
		response := f.operation.Execute(ctx)
		if len(response.Errors) > 0 {
			return &graph.Refused{Status: statusOf(response.Errors), Errors: response.Errors}
		}
		abouts, err := f.book.Read(response.Data)
		if err != nil {
			return f.internal(err)
		}
		f.document = &document{options: f.request.options, tables: newTables(f.catalogue, f.sheets, abouts, response.Data)}
		if f.document.paper, err = f.paper(ctx, abouts); err != nil {
			shown := f.operation.Show(ctx, err)
			return &graph.Refused{Status: statusOf(shown), Errors: shown}
		}
		if f.unsettled = f.Server.Stats().Catalogue() != f.catalogue; !f.unsettled {
			break
		}
	}
	var fault *number.Error
	if f.begin, fault = f.format.prepare(f.document); fault != nil {
		return graph.Refuse(http.StatusBadRequest, fault)
	}
	return nil
}

// paper gathers what the file says of itself.
func (f *file) paper(ctx context.Context, abouts []*sheet.About) (*paper, error) {
	p := &paper{
		Untranslated: f.catalogue.Untranslated,
		Workspace:    f.Title, Query: strings.TrimSpace(f.request.params.Query), Variables: f.operation.Variables,
		Meaning: meanings(f.catalogue, abouts), DataVersion: f.catalogue.Head.String(), Answers: abouts, Columns: columnsOf(f.document.tables), variables: given(f.operation),
	}
	if saved := f.request.saved; saved != nil {
		p.Title, p.Description, p.Question = saved.Title, saved.Description, saved.Code
	}
	return p, p.addSources(ctx, f.Config, abouts)
}

// tag is the ETag of the file: of the releases and definitions, the question, its
// variables, the language, the form of the file and the program.
func (f *file) tag() string {
	return etag(f.Edition, f.state.of(f.catalogue), f.format.ending, fmt.Sprintf("%+v", f.request.options),
		f.request.params.Query, f.request.params.OperationName, given(f.operation), string(f.operation.Form.Language), fmt.Sprint(f.request.saved != nil))
}

func (f *file) internal(err error) *graph.Refused {
	return &graph.Refused{Status: http.StatusInternalServerError, Errors: f.operation.Show(f.http.Context(), err)}
}

// filename is the code of the question with the variables that were given, or the
// name of the first answer.
func (f *file) filename() string {
	parts := []string{f.sheets[0].Root}
	if f.request.saved != nil {
		parts[0] = f.request.saved.Code
		for _, v := range f.request.saved.Variables {
			if given := f.http.URL.Query().Get(v.Name); given != "" {
				parts = append(parts, v.Name+"-"+given)
			}
		}
	}
	safe := strings.Map(func(r rune) rune {
		if r < 0x80 && (r == '-' || r == '_' || r == '.' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z') {
			return r
		}
		return '-'
	}, strings.Join(parts, "_"))
	return safe[:min(len(safe), 100)] + f.format.ending
}
