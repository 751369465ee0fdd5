package graph

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/niengiam/niengiam/stats/number"
)

func hintPost() number.Message {
	return number.Say(`send {"query": "…", "variables": {…}} as application/json, or ?query=… with GET`)
}

// refusal is a request that cannot be executed, with its HTTP status.
type refusal struct {
	status int
	fault  *number.Error
}

func malformed(message number.Message) *refusal {
	return &refusal{http.StatusBadRequest, &number.Error{Code: badRequest, Message: message, Hint: hintPost()}}
}

// read takes the operation out of a request: the query of a GET, the JSON body
// of a POST.
func read(s *Server, w http.ResponseWriter, r *http.Request) (*graphql.RawParams, *refusal) {
	params := &graphql.RawParams{Headers: r.Header}
	var fault *refusal
	switch r.Method {
	case http.MethodGet:
		if fault = longAddress(r.URL, s.maxBody); fault == nil {
			fault = fromURL(r.URL, params)
		}
	case http.MethodPost:
		fault = fromBody(s, w, r, params)
	default:
		return nil, &refusal{http.StatusMethodNotAllowed, &number.Error{
			Code: methodNotAllowed, Message: number.Say("%s is not a method of this address", r.Method), Hint: hintPost(),
		}}
	}
	if fault != nil {
		return nil, fault
	}
	if params.Query == "" && params.Extensions["persistedQuery"] == nil {
		return nil, malformed(number.Say("the request has no query"))
	}
	return params, nil
}

func fromURL(address *url.URL, params *graphql.RawParams) *refusal {
	values, err := url.ParseQuery(address.RawQuery)
	if err != nil {
		return malformed(number.Say("the address cannot be read: %v", err))
	}
	params.Query, params.OperationName = values.Get("query"), values.Get("operationName")
	for name, into := range map[string]*map[string]any{"variables": &params.Variables, "extensions": &params.Extensions} {
		text := values.Get(name)
		if text == "" {
			continue
		}
		if fault := nested([]byte(text)); fault != nil {
			return &refusal{http.StatusBadRequest, fault}
		}
		if err := decode(strings.NewReader(text), into); err != nil {
			return malformed(number.Say("%s is not a JSON object: %v", name, err))
		}
	}
	return nil
}

func fromBody(s *Server, w http.ResponseWriter, r *http.Request, params *graphql.RawParams) *refusal {
	// Anything but JSON is refused: what an HTML form can send needs no consent
	// of this server (CORS) when a foreign page sends it.
	header := r.Header.Get("Content-Type")
	media, attributes, err := mime.ParseMediaType(header)
	if err == nil && media == "multipart/form-data" && s.maxUpload > 0 {
		return fromForm(s, w, r, params, attributes["boundary"])
	}
	if err != nil || media != "application/json" {
		return &refusal{http.StatusUnsupportedMediaType, &number.Error{
			Code: wrongMediaType, Message: number.Say("the content type is %q, not application/json", header), Hint: hintPost(),
		}}
	}
	body, fault := readBody(w, r, r.ContentLength, s.maxBody)
	if fault != nil {
		return fault
	}
	return fromJSON(body, params)
}

// readBody reads a body of at most some bytes whole.
func readBody(w http.ResponseWriter, r *http.Request, length, most int64) ([]byte, *refusal) {
	var body bytes.Buffer
	if known := min(length, most); known > 0 {
		body.Grow(int(known) + bytes.MinRead)
	}
	if _, err := body.ReadFrom(http.MaxBytesReader(w, r.Body, most)); err != nil {
		return nil, unread(err, most)
	}
	return body.Bytes(), nil
}

// unread is the refusal of a body that could not be read.
func unread(err error, most int64) *refusal {
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return &refusal{http.StatusRequestEntityTooLarge, &number.Error{
			Code: bodyTooLarge, Message: number.Say("the body is longer than the %d bytes that are allowed", most),
		}}
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return &refusal{http.StatusRequestTimeout, &number.Error{
			Code: bodyTooSlow, Message: number.Say("the body did not arrive in the time that it may take"), Hint: number.Say("send it again, in one go"),
		}}
	}
	return malformed(number.Say("the body cannot be read to its end"))
}

// fromJSON takes the operation out of the JSON of a request.
func fromJSON(body []byte, params *graphql.RawParams) *refusal {
	text := bytes.TrimSpace(body)
	switch {
	case len(text) == 0:
		return malformed(number.Say("the body is empty"))
	case text[0] == '[':
		return malformed(number.Say("the body is a list; a request has one operation"))
	}
	if fault := nested(text); fault != nil {
		return &refusal{http.StatusBadRequest, fault}
	}
	if err := decode(bytes.NewReader(text), params); err != nil {
		return malformed(number.Say("the body is not the JSON of a request: %v", err))
	}
	return nil
}

// decode reads one JSON value and nothing after it. Numbers keep their digits.
func decode(from io.Reader, into any) error {
	decoder := json.NewDecoder(from)
	decoder.UseNumber()
	if err := decoder.Decode(into); err != nil {
		if mistyped := (*json.UnmarshalTypeError)(nil); errors.As(err, &mistyped) {
			return fmt.Errorf("%s must not be a %s", cmp.Or(mistyped.Field, "it"), mistyped.Value)
		}
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows after its end")
	}
	return nil
}
