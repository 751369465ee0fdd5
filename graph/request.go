package graph

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"mime"
	"net/http"
	"net/url"
	"os"
	"strconv"
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

// sent is the operation of a request as it was sent, within the limits, before it is read.
type sent struct {
	text     []byte // the JSON of a POST; nil for what is in the address or a form
	form     bool
	boundary string // of the parts of a form
}

// receive takes the operation out of a request without reading it: nothing of a GET, the body
// of a POST.
func receive(s *Server, w http.ResponseWriter, r *http.Request) (sent, *refusal) {
	switch r.Method {
	case http.MethodGet, http.MethodHead: // the server leaves the body of an answer to HEAD out
		return sent{}, longAddress(r.URL, s.maxBody)
	case http.MethodPost:
		return receiveBody(s, w, r)
	}
	return sent{}, &refusal{http.StatusMethodNotAllowed, &number.Error{
		Code: methodNotAllowed, Message: number.Say("%s is not a method of this address", r.Method), Hint: hintPost(),
	}}
}

// read reads the operation that was sent: the query of a GET, the JSON body of a POST, a form.
func read(s *Server, w http.ResponseWriter, r *http.Request, from sent) (*graphql.RawParams, *refusal) {
	params := &graphql.RawParams{Headers: r.Header}
	var fault *refusal
	switch {
	case r.Method != http.MethodPost:
		fault = fromURL(r.URL, params)
	case from.form:
		fault = fromForm(s, w, r, params, from.boundary)
	default:
		fault = fromJSON(from.text, params)
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
	params.Variables, _ = whole(params.Variables).(map[string]any)
	return nil
}

func receiveBody(s *Server, w http.ResponseWriter, r *http.Request) (sent, *refusal) {
	// Anything but JSON is refused: what an HTML form can send needs no consent
	// of this server (CORS) when a foreign page sends it.
	header := r.Header.Get("Content-Type")
	media, attributes, err := mime.ParseMediaType(header)
	if err == nil && media == "multipart/form-data" && s.maxUpload > 0 {
		return sent{form: true, boundary: attributes["boundary"]}, nil
	}
	if err != nil || media != "application/json" {
		return sent{}, &refusal{http.StatusUnsupportedMediaType, &number.Error{
			Code: wrongMediaType, Message: number.Say("the content type is %q, not application/json", header), Hint: hintPost(),
		}}
	}
	length, fault := unpacked(r)
	if fault != nil {
		return sent{}, fault
	}
	body, fault := readBody(w, r, length, s.maxBody)
	return sent{text: body}, fault
}

// unpacked makes the body of a request that is sent compressed the one that was meant, and
// returns its length where that is known. What may be sent is bounded behind it.
func unpacked(r *http.Request) (length int64, fault *refusal) {
	switch encoding := strings.ToLower(strings.TrimSpace(r.Header.Get("Content-Encoding"))); encoding {
	case "", "identity":
		return r.ContentLength, nil
	case "gzip", "x-gzip":
		reader, err := gzip.NewReader(r.Body)
		if err != nil {
			return 0, malformed(number.Say("the body is not compressed with gzip, as its header says"))
		}
		r.Body = struct {
			io.Reader
			io.Closer
		}{reader, r.Body}
		return 0, nil
	default:
		return 0, &refusal{http.StatusUnsupportedMediaType, &number.Error{
			Code: wrongMediaType, Message: number.Say("the body is compressed with %q", encoding), Hint: number.Say("send it as it is, or with gzip"),
		}}
	}
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
	text := bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\uFEFF"))) // files of Windows begin with it
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
	params.Variables, _ = whole(params.Variables).(map[string]any)
	return nil
}

// whole writes whole numbers as such: 2019.0 is one, and so is 2.019e3. Some clients know
// no other numbers. What has digits after the point keeps them.
func whole(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for name, of := range value {
			value[name] = whole(of)
		}
	case []any:
		for i := range value {
			value[i] = whole(value[i])
		}
	case json.Number:
		if !strings.ContainsAny(string(value), ".eE") {
			break
		}
		if n, err := value.Float64(); err == nil && n == math.Trunc(n) && math.Abs(n) <= math.MaxInt32 {
			return json.Number(strconv.FormatInt(int64(n), 10))
		}
	}
	return value
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
