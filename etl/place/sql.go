package place

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// cell is a value of a row: text, with what a computer would take it for.
type cell struct {
	text string
	kind kind
}

type kind int

const (
	null kind = iota
	text
	bare // a number, or true or false, every digit as the database wrote it
)

// rows writes the rows of a query as JSON Lines: there a number is no text, so that nobody has
// to know how a file of text would write it.
type rows struct {
	in    *incoming
	keys  [][]byte
	count int
	most  int
	line  bytes.Buffer
}

// begin begins the file of a query with its columns.
func (v *visit) rows(columns []string, most int) (*rows, error) {
	r := &rows{most: most}
	seen := map[string]bool{}
	for _, column := range columns {
		if seen[column] || column == "" || column == "?column?" {
			return nil, fault(BadQuery, number.Say("each column needs a name of its own, and %q is none", column), nil)
		}
		seen[column] = true
		key, err := json.Marshal(column)
		if err != nil {
			return nil, err
		}
		r.keys = append(r.keys, key)
	}
	if len(columns) == 0 {
		return nil, fault(BadQuery, number.Say("the statement gives no rows"), nil)
	}
	var err error
	r.in, err = v.kept.begin(v.limits.Bytes)
	return r, err
}

// add writes a row.
func (r *rows) add(cells []cell) error {
	if r.count++; r.count > r.most {
		return fault(TooLarge, number.Say("it gives more than %d rows", r.most), nil)
	}
	r.line.Reset()
	for i, c := range cells {
		if i == 0 {
			r.line.WriteByte('{')
		} else {
			r.line.WriteByte(',')
		}
		r.line.Write(r.keys[i])
		r.line.WriteByte(':')
		switch {
		case c.kind == null:
			r.line.WriteString("null")
		case c.kind == bare:
			r.line.WriteString(c.text)
		case !utf8.ValidString(c.text):
			return fault(BadQuery, number.Say("a cell of %s in row %d is no text in UTF-8", string(r.keys[i]), r.count), nil)
		default:
			quoted, err := json.Marshal(c.text)
			if err != nil {
				return err
			}
			r.line.Write(quoted)
		}
	}
	r.line.WriteString("}\n")
	_, err := r.in.Write(r.line.Bytes())
	return err
}

// keep ends the file.
func (r *rows) keep(s *workspace.SQL) (File, error) {
	file := File{Name: strings.TrimSuffix(s.File, ".jsonl") + ".jsonl", Address: s.Server}
	if r.count == 0 {
		return file, fault(Missing, number.Say("the query gives no row"), nil)
	}
	return file, r.in.keep(&file)
}

// isPlainNumber reports whether a text is a number as JSON writes it.
func isPlainNumber(text string) bool {
	return text != "" && (text[0] == '-' || text[0] >= '0' && text[0] <= '9') && json.Valid([]byte(text))
}

// server is where a database is and how it is spoken to.
func server(s *workspace.SQL) (at *url.URL, encryption *tls.Config, err error) {
	if at, err = url.Parse(s.Server); err != nil {
		return nil, nil, fault(Refused, number.Say("this is not an address"), err)
	}
	switch {
	case at.Host == "", s.TLS == "none":
	case s.TLS == "require":
		encryption = &tls.Config{InsecureSkipVerify: true} //nolint:gosec // the workspace says that nobody checks who the server is
	default:
		encryption = &tls.Config{ServerName: at.Hostname(), MinVersion: tls.VersionTLS12}
	}
	return at, encryption, nil
}

// left is how long a statement may take.
func (v *visit) left(ctx context.Context) time.Duration {
	if end, ok := ctx.Deadline(); ok {
		return max(time.Until(end), time.Millisecond)
	}
	return v.limits.Time
}

// ofRows returns the fault of rows that broke off.
func ofRows(err error, said func(error) error) error {
	if coded, ok := errors.AsType[*number.Error](err); ok {
		return coded
	}
	return said(err)
}
