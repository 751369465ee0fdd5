// Package export serves the answers to questions as files: saved questions and others at
// a plain address, as CSV, XLSX, Parquet, Arrow, JSON and JSON-stat, with the source, the
// release, the notes and the question in the file. They are asked as GraphQL questions,
// with the same limits, rights and codes of errors.
//
// From the bottom up: document.go has the tables of an answer and paper.go what a file
// says of itself, encoder.go how a document is written, a file for each format writes it
// in that format, and format.go is the table of formats. request.go reads what is asked
// for, file.go serves one file, export.go all.
package export

import (
	"cmp"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/stats/number"
)

// Exporter serves files. It is safe for concurrent use.
type Exporter struct {
	Config
	schema *ast.Schema
	state  stateMemory
}

// New makes an Exporter; it starts nothing.
func New(config Config) *Exporter {
	config.Logger = cmp.Or(config.Logger, slog.New(slog.DiscardHandler))
	return &Exporter{Config: config, schema: graph.Schema()}
}

// ServeHTTP answers GET and HEAD of /export/, which lists the saved questions, of
// /export/<question>.<format>, and of /export/-.<format> with the question as for
// /graphql, which also takes POST. A file that cannot be sent to its end breaks off the
// connection, so that it is not taken for a whole one. Errors are JSON as for /graphql,
// with an HTTP status.
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
	(&file{Config: e.Config, schema: e.schema, state: &e.state, http: r}).serve(w, name)
}

func allowed(name string) string {
	if strings.HasPrefix(name, adHoc+".") {
		return "GET, HEAD, POST"
	}
	return "GET, HEAD"
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
