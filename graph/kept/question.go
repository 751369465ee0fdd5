package kept

import "net/http"

// Question is what a request asks, so that the same request need not be read again.
type Question struct {
	// Key is what its answer is kept under.
	Key Key
	// Kind is what an observer is told that it asks.
	Kind string
	// Media is the content type of its answer; Negotiated says that it depends on the
	// language that the request accepts.
	Media      string
	Negotiated bool
}

// Vary says in the header of an answer to a question what else of a request it depends on.
func (q *Question) Vary(header http.Header) {
	vary := []string{"Accept", "Accept-Encoding"}
	if q.Negotiated {
		vary = append(vary, "Accept-Language")
	}
	header["Vary"] = vary
}
