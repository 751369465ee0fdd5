package graph

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/niengiam/niengiam/graph/kept"
	"github.com/niengiam/niengiam/stats/catalogue"
)

// allowed are the methods of the address.
const allowed = "GET, HEAD, POST, OPTIONS"

// The media types of an answer: the older one unless the request names the newer.
const (
	plainJSON   = "application/json; charset=utf-8"
	graphqlJSON = "application/graphql-response+json"
)

// answer is the answer to one request while it is made.
type answer struct {
	server    *Server
	writer    http.ResponseWriter
	request   *http.Request
	started   time.Time
	operation *Operation // once it may be executed
	kind      string     // of an operation that may not

	// Where its answer may be kept:
	state    *catalogue.Calendar // of the moment when the request came
	known    kept.Key            // of the request
	knowable bool                // whether it can be known by that the next time
	question *kept.Question
	kept     *kept.Answer // once there is one
}

// refuse sends the faults of a request that was not executed.
func (a *answer) refuse(refused *Refused) {
	if refused.Status == http.StatusMethodNotAllowed {
		a.writer.Header().Set("Allow", allowed)
	}
	a.kind = refused.kind
	a.send(refused.Status, &graphql.Response{Errors: refused.Errors})
}

// send writes a response: errors first, so that nobody overlooks them in a long
// answer. The data are written as they are, not through encoding/json, which
// would read them all once more.
func (a *answer) send(status int, response *graphql.Response) {
	a.server.Report(Report{Door: "graphql", Operation: a.operation, Kind: a.kind, Started: a.started, Errors: response.Errors})
	start := []byte{'{'}
	if len(response.Errors) > 0 {
		errors, err := json.Marshal(response.Errors)
		if err != nil { // an error with an extension that JSON cannot say
			errors = []byte(`[{"message":"internal error","extensions":{"code":"INTERNAL"}}]`)
		}
		start = append(append(append(start, `"errors":`...), errors...), ',')
	}
	data := []byte(response.Data)
	if data == nil && status == http.StatusOK {
		data = []byte("null")
	}
	if data != nil {
		start = append(start, `"data":`...)
	}
	end := a.extensions(data != nil)
	header := a.writer.Header()
	header["Content-Type"] = []string{a.mediaType()}
	header["Vary"] = []string{"Accept"}
	if a.operation != nil {
		a.operation.Form.Vary(header)
	}
	if a.kept != nil && status == http.StatusOK {
		a.question.Vary(header)
		if a.kept.Validate(a.writer, a.request, a.server.keeper.private) {
			return
		}
	}
	header["Content-Length"] = []string{strconv.Itoa(len(start) + len(data) + len(end))}
	a.writer.WriteHeader(status)
	for _, part := range [][]byte{start, data, end} {
		if _, err := a.writer.Write(part); err != nil {
			return // the caller has gone
		}
	}
}

// sendKnown sends the answer that is kept for a request that was read before, and reports
// whether there is one.
func (a *answer) sendKnown(text []byte) bool {
	keeper := a.server.keeper
	a.state = a.server.stats.Catalogue()
	if a.known, a.knowable = keeper.request(a.request, text); !a.knowable {
		return false
	}
	if a.question = keeper.Known(a.known); a.question == nil {
		return false
	}
	if a.kept = keeper.Get(a.state, a.question.Key); a.kept == nil {
		return false
	}
	a.sendKept()
	return true
}

// sendKept sends an answer that was made before.
func (a *answer) sendKept() {
	a.server.Report(Report{Door: "graphql", Kept: true, Kind: a.question.Kind, Started: a.started})
	a.kept.Send(a.writer, a.request, a.question, a.server.keeper.private)
}

// share answers an operation whose answer may be kept: with the one that is, or that is made
// for somebody else at this moment, or anew.
func (a *answer) share(ctx context.Context, variables string) {
	ctx, cancel := context.WithTimeout(ctx, a.server.timeout)
	defer cancel()
	var response *graphql.Response
	answer, made := a.server.keeper.Once(ctx, a.state, a.question.Key, func() *kept.Answer {
		response = a.operation.Execute(ctx)
		return keep(a.operation, response, a.state, a.question.Key, variables)
	})
	if a.kept = answer; answer != nil && a.knowable {
		a.server.keeper.Know(a.known, a.question)
	}
	if made {
		a.send(http.StatusOK, response)
		return
	}
	a.sendKept()
}

// extensions ends a response with what it cost: the time, the rows that the
// source read and in how many statements (0 when all was at hand), and the price
// by which it is limited.
func (a *answer) extensions(follows bool) []byte {
	end := make([]byte, 0, 112)
	if follows {
		end = append(end, ',')
	}
	milliseconds := float64(time.Since(a.started).Microseconds()) / 1000
	end = append(end, `"extensions":{"milliseconds":`...)
	end = strconv.AppendFloat(end, milliseconds, 'f', -1, 64)
	if a.operation != nil {
		end = append(end, `,"rowsRead":`...)
		end = strconv.AppendInt(end, a.operation.cost.RowsRead.Load(), 10)
		end = append(end, `,"statements":`...)
		end = strconv.AppendInt(end, a.operation.cost.Statements.Load(), 10)
		end = append(end, `,"price":`...)
		end = strconv.AppendInt(end, int64(a.operation.Price), 10)
	}
	return append(end, "}}\n"...)
}

// keptEnd ends an answer that was made before, or for somebody else: it took no time, nothing
// was read for it, and its price is what it was.
func keptEnd(price int) string {
	return `,"extensions":{"milliseconds":0,"rowsRead":0,"statements":0,"price":` + strconv.Itoa(price) + "}}\n"
}

// mediaType is the newer of the media types where the caller would rather have it, or has no
// preference among the two that it names.
func (a *answer) mediaType() string {
	if kept.Weight(a.request.Header["Accept"], graphqlJSON) > 0 &&
		kept.Weight(a.request.Header["Accept"], graphqlJSON) >= kept.Weight(a.request.Header["Accept"], "application/json") {
		return graphqlJSON + "; charset=utf-8"
	}
	return plainJSON
}
