package kept

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
)

// Answer is an answer ready to be sent.
type Answer struct {
	tag  string
	body []byte
	gzip packed
	zstd packed
}

// NewAnswer makes an answer of its beginning, which holds the data, and of what is said of
// them at the end. Its ETag is that of the data alone.
func NewAnswer(start string, data []byte, end string) *Answer {
	hash := sha256.Sum256(data)
	body := make([]byte, 0, len(start)+len(data)+len(end))
	return &Answer{
		tag:  `W/"` + hex.EncodeToString(hash[:16]) + `"`,
		body: append(append(append(body, start...), data...), end...),
	}
}

// size is about what it takes at most, with its compressed forms.
func (a *Answer) size() int { return len(a.body) + 2*(len(a.body)/gain) + requestSize }

// packed returns the encoding and the bytes to send to a caller who accepts some encodings.
func (a *Answer) packed(accept []string) (encoding string, body []byte) {
	if len(a.body) < smallest || len(accept) == 0 {
		return "", a.body
	}
	switch encoding = accepted(accept); encoding {
	case "gzip":
		body = a.gzip.of(a.body, gzipped)
	case "zstd":
		body = a.zstd.of(a.body, zstandard)
	}
	if body == nil {
		return "", a.body
	}
	return encoding, body
}

// Validate tells in the header of a response to GET or HEAD what the answer is known by, and
// that whoever keeps it has to ask whether it still holds: nothing that we say holds for
// ever, for a publication changes figures and a workspace the names of units. private is for
// what not every caller may see. It reports whether the caller has the answer already, and
// then sends that. To other methods nothing is told: HTTP knows no 304 for them.
func (a *Answer) Validate(w http.ResponseWriter, r *http.Request, private bool) (known bool) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	header := w.Header()
	header["Etag"] = []string{a.tag}
	header["Cache-Control"] = []string{"no-cache"}
	if private {
		header["Cache-Control"] = []string{"private, no-cache"}
	}
	if !Matches(r.Header, a.tag) {
		return false
	}
	w.WriteHeader(http.StatusNotModified)
	return true
}

// Matches reports whether a request says that its caller has what an ETag stands for.
func Matches(header http.Header, tag string) bool {
	for _, line := range header["If-None-Match"] {
		for known := range strings.SplitSeq(line, ",") {
			if known = strings.TrimSpace(known); known == "*" || strings.TrimPrefix(known, "W/") == strings.TrimPrefix(tag, "W/") {
				return true
			}
		}
	}
	return false
}

// Send sends the answer to a question.
func (a *Answer) Send(w http.ResponseWriter, r *http.Request, q *Question, private bool) {
	header := w.Header()
	q.Vary(header)
	if a.Validate(w, r, private) {
		return
	}
	encoding, body := a.packed(r.Header["Accept-Encoding"])
	if encoding != "" {
		header["Content-Encoding"] = []string{encoding}
	}
	header["Content-Type"] = []string{q.Media}
	header["Content-Length"] = []string{strconv.Itoa(len(body))}
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // a caller that has gone is no fault of ours
	}
}
