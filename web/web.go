// Package web is what people look at: today GraphiQL, the page in which one
// writes a question and reads its answer. The pages are built by Vite from this
// folder and embedded in the binary; they ask nothing of any other address.
package web

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
)

//go:embed all:dist
var dist embed.FS

//go:embed unbuilt.html
var unbuilt []byte

// policy is the content security policy of every answer. Monaco and GraphiQL
// write style elements at run time, hence 'unsafe-inline' for styles alone; the
// icons in Monaco's style sheet are data: images.
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
	"img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Handler serves the embedded pages at the root of its mount; to mount them
// under a path, strip it first and keep the closing slash ("/graphiql/").
// A binary built without the pages serves one that says how to build them, with
// the status 503.
func Handler() (http.Handler, error) {
	site, err := fs.Sub(dist, "dist/site")
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	return handler(site)
}

// handler serves the pages of one build.
func handler(site fs.FS) (http.Handler, error) {
	assets, err := load(site)
	if errors.Is(err, fs.ErrNotExist) {
		assets = nil
	} else if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		secure(w.Header())
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			refuse(w, http.StatusMethodNotAllowed, "METHOD_NOT_ALLOWED",
				"chỉ nhận GET và HEAD · only GET and HEAD are served here")
			return
		}
		path := r.URL.Path
		if path == "/" || path == "" {
			path = index
		}
		found, ok := assets[path]
		switch {
		case ok:
			found.serve(w, r)
		case path == index:
			serveUnbuilt(w)
		default:
			refuse(w, http.StatusNotFound, "NOT_FOUND", fmt.Sprintf("không có trang %q · there is no page %q", path, path))
		}
	}), nil
}

// secure sets the headers that every answer carries.
func secure(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
}

// refuse answers with a code for machines and a sentence for people.
func refuse(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, "%s: %s\n", code, message)
}

// serveUnbuilt answers for the page that this binary was built without.
func serveUnbuilt(w http.ResponseWriter) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = w.Write(unbuilt)
}
