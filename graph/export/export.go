// Package export gives the answers to questions as files: saved questions and
// others by a plain address, as CSV, XLSX, Parquet, Arrow, JSON and JSON-stat,
// with the source, the release, the notes and the question in the file. They are
// GraphQL questions all the same: the same limits, rights and codes of faults.
package export

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/graph/question"
	"github.com/niengiam/niengiam/graph/sheet"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// The codes of faults of exports.
const (
	// UnknownQuestion: the workspace has no saved question of that name.
	UnknownQuestion number.Code = "UNKNOWN_QUESTION"
	// UnknownFormat: there is no export with that ending.
	UnknownFormat number.Code = "UNKNOWN_FORMAT"
	// NotACube: the rows of a table are not told apart by codes and years, as
	// JSON-stat needs it.
	NotACube number.Code = "NOT_A_CUBE"
	// NumberTooLong: a number has more digits than the format holds.
	NumberTooLong number.Code = "NUMBER_TOO_LONG"

	methodNotAllowed number.Code = "METHOD_NOT_ALLOWED"
)

// Root is where exports are served.
const Root = "/export/"

// adHoc stands in an address for a question that is not saved.
const adHoc = "-"

// tries is how often a question is asked when releases are published meanwhile.
const tries = 3

// Source is what a file says of a source of figures.
type Source struct {
	// Title is its title, Publisher who stands behind its figures.
	Title     number.Text `json:"title"`
	Publisher number.Text `json:"publisher"`
}

// Config is what an Exporter is made of.
type Config struct {
	// Server answers the questions.
	Server *graph.Server
	// Questions are the saved questions.
	Questions []*question.Question
	// Sources are the sources of the workspace by their codes.
	Sources map[string]Source
	// Title is that of the workspace.
	Title number.Text
	// Edition changes with the program, whose files may differ then.
	Edition string
	// Logger takes what breaks a file off; nil discards it.
	Logger *slog.Logger
}

// Exporter serves files. It is safe for concurrent use.
type Exporter struct {
	Config
	schema *ast.Schema
	state  stateMemory
}

// New makes an Exporter. It starts nothing.
func New(config Config) *Exporter {
	config.Logger = cmp.Or(config.Logger, slog.New(slog.DiscardHandler))
	return &Exporter{Config: config, schema: graph.Schema()}
}

// ServeHTTP answers GET and HEAD of /export/, which lists the saved questions, and
// of /export/<question>.<format>; and of /export/-.<format> with the question as
// for /graphql, also by POST. A file that begins to be sent is whole or is seen
// to break off. Faults are JSON as those of /graphql, with a status of their own.
func (e *Exporter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Content-Type-Options", "nosniff")
	name := strings.TrimPrefix(r.URL.Path, Root)
	get := r.Method == http.MethodGet || r.Method == http.MethodHead
	if !get && (r.Method != http.MethodPost || !strings.HasPrefix(name, adHoc+".")) {
		w.Header().Set("Allow", allowed(name))
		refuse(w, graph.Refuse(http.StatusMethodNotAllowed, &number.Error{
			Code: methodNotAllowed, Message: number.Say("%s is not a method of this address", r.Method), Hint: number.Say("use GET"),
		}))
		return
	}
	if name == "" {
		list(e, w, r)
		return
	}
	(&file{exporter: e, request: r}).serve(w, name)
}

// file is one export on its way.
type file struct {
	exporter  *Exporter
	request   *http.Request
	format    format
	options   options
	saved     *question.Question // nil for a question that is not saved
	operation *graph.Operation
	params    *graphql.RawParams
	book      *sheet.Book
	sheets    []*sheet.Sheet

	catalogue *catalogue.Calendar // that the answer is of
	unsettled bool                // releases were published while it was made
	data      json.RawMessage
	abouts    []*sheet.About
	paper     *paper
	cube      *cube // of JSON-stat
}

// serve answers for one file.
func (f *file) serve(w http.ResponseWriter, name string) {
	if refused := f.ask(w, name); refused != nil {
		refuse(w, refused)
		return
	}
	header := w.Header()
	header.Set("Cache-Control", "no-cache")
	header.Set("ETag", etag(f))
	if matches(f.request.Header.Get("If-None-Match"), etag(f)) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	header.Del("ETag")
	if refused := f.answer(f.request.Context()); refused != nil {
		refuse(w, refused)
		return
	}
	if !f.unsettled {
		header.Set("ETag", etag(f))
	}
	header.Set("Content-Type", f.format.media)
	header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.filename()}))
	if f.request.Method == http.MethodHead {
		return
	}
	if err := f.write(w); err != nil {
		f.exporter.Logger.WarnContext(f.request.Context(), "an export broke off", "file", f.filename(), "error", err)
		panic(http.ErrAbortHandler) //nolint:forbidigo // so net/http breaks the connection off; a file that is not whole must not look so
	}
}

func allowed(name string) string {
	if strings.HasPrefix(name, adHoc+".") {
		return "GET, HEAD, POST"
	}
	return "GET, HEAD"
}

// ask finds out what is asked for, and whether it may be.
func (f *file) ask(w http.ResponseWriter, name string) *graph.Refused {
	f.catalogue = f.exporter.Server.Stats().Catalogue()
	ending := path.Ext(name)
	known := false
	if f.format, known = formatOf(ending); !known {
		return graph.Refuse(http.StatusNotFound, &number.Error{
			Code: UnknownFormat, Where: ending, Message: number.Say("there is no export with this ending"), Nearest: endings(),
		})
	}
	var refused *graph.Refused
	if refused = read(f, w, strings.TrimSuffix(name, ending)); refused != nil {
		return refused
	}
	if f.operation, refused = f.exporter.Server.Prepare(f.request.Context(), f.params); refused != nil {
		return refused
	}
	if f.operation.Operation.Operation != ast.Query {
		return graph.Refuse(http.StatusMethodNotAllowed, &number.Error{Code: methodNotAllowed, Message: number.Say("only queries are exported")})
	}
	var fault *number.Error
	if f.book, fault = sheet.Of(f.exporter.schema, f.operation.OperationContext); fault != nil {
		return graph.Refuse(http.StatusBadRequest, fault)
	}
	f.sheets = f.book.Sheets
	if !f.format.many || f.options.table != "" {
		one, fault := f.book.One(f.options.table)
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
	if err := sheet.Extend(f.exporter.schema, f.operation.OperationContext); err != nil {
		return f.internal(err)
	}
	for range tries {
		f.catalogue = f.exporter.Server.Stats().Catalogue()
		response := f.operation.Execute(ctx)
		if len(response.Errors) > 0 {
			return &graph.Refused{Status: statusOf(response.Errors), Errors: response.Errors}
		}
		f.data = response.Data
		var err error
		if f.abouts, err = f.book.Read(f.data); err != nil {
			return f.internal(err)
		}
		if f.paper, err = makePaper(ctx, f); err != nil {
			shown := f.operation.Show(ctx, err)
			return &graph.Refused{Status: statusOf(shown), Errors: shown}
		}
		if f.unsettled = f.exporter.Server.Stats().Catalogue() != f.catalogue; !f.unsettled {
			break
		}
	}
	if f.format.check == nil {
		return nil
	}
	if fault := f.format.check(f); fault != nil {
		return graph.Refuse(http.StatusBadRequest, fault)
	}
	return nil
}

func (f *file) internal(err error) *graph.Refused {
	return &graph.Refused{Status: http.StatusInternalServerError, Errors: f.operation.Show(f.request.Context(), err)}
}

// write sends the file, row by row.
func (f *file) write(w io.Writer) error {
	e, err := f.format.begin(w, f)
	if err != nil {
		return err
	}
	for _, s := range f.sheets {
		about := f.about(s)
		if err := e.table(s.Name, columnsFile(f, s)); err != nil {
			return err
		}
		for row, err := range s.Rows(f.data, about) {
			if err != nil {
				return err
			}
			if err := e.row(row); err != nil {
				return err
			}
		}
	}
	return e.end()
}

func (f *file) about(s *sheet.Sheet) *sheet.About {
	for _, about := range f.abouts {
		if about.Root == s.Root {
			return about
		}
	}
	return nil
}

// refuse sends faults as GraphQL does, beside no data.
func refuse(w http.ResponseWriter, refused *graph.Refused) {
	w.Header().Set("Cache-Control", "no-store")
	if refused.Status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "5")
	}
	body, err := json.Marshal(map[string]gqlerror.List{"errors": refused.Errors})
	if err != nil {
		body = []byte(`{"errors":[{"message":"internal error","extensions":{"code":"INTERNAL"}}]}`)
	}
	send(w, refused.Status, body)
}

func send(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n')) // a caller that has gone is no fault of ours
}

// statusOf is the status of the faults of a question that was asked: the fault is
// the caller's unless a code says otherwise.
func statusOf(faults gqlerror.List) int {
	status := http.StatusBadRequest
	for _, fault := range faults {
		code, _ := fault.Extensions["code"].(number.Code)
		switch {
		case code == "INTERNAL":
			return http.StatusInternalServerError
		case strings.HasPrefix(string(code), "ENGINE_"):
			status = http.StatusServiceUnavailable
		case code == "TIMEOUT" && status == http.StatusBadRequest:
			status = http.StatusGatewayTimeout
		}
	}
	return status
}

// filename is the code of the question with the variables that were given, or the
// name of the first answer.
func (f *file) filename() string {
	parts := []string{f.sheets[0].Root}
	if f.saved != nil {
		parts[0] = f.saved.Code
		for _, v := range f.saved.Variables {
			if given := f.request.URL.Query().Get(v.Name); given != "" {
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
