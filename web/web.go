// Package web serves the pages: the explorer at the root, the dashboards, the page of
// data updates, and GraphiQL. They are built by Vite from this folder, each into the
// folder of its address, and embedded in the binary; they load nothing from any other
// address.
package web

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

//go:embed all:dist
var dist embed.FS

//go:embed unbuilt.html
var unbuilt []byte

// policy is the content security policy of every answer: nothing from any other
// address, no script or style that is not a file of ours. The one exception is the
// style element that Observable Plot puts into each chart, named by its hash; a
// browser test fails when another version of Plot has another one.
const policy = "default-src 'none'; script-src 'self'; style-src 'self' " + plotStyle + "; " + otherSources

// plotStyle is the hash of that element for the class name "plot".
const plotStyle = "'sha256-+TfQir1nvDucAdvE6XUQBt4ayUjpAWkbw2kCdSfekHM='"

// loosePolicy is that of GraphiQL's page: Monaco and GraphiQL write style elements
// at run time, hence 'unsafe-inline' for styles alone.
const loosePolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " + otherSources

// otherSources ends both policies; the icons in Monaco's style sheet and the
// pictures that charts are saved from are data: images.
const otherSources = "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// dashboard is the folder of the page whose address names a dashboard:
// /dashboard/CODE is the page itself, which reads the code out of its address.
const dashboard = "/dashboard"

// missing is the page for an address that there is no page at, itself at none.
const missing = "/missing" + index

// graphiql is the folder of the page that needs the loose policy.
const graphiql = "/graphiql/"

// Handler serves the embedded pages at the root of its mount; to mount them
// under a path, strip it first and keep the closing slash.
// A binary built without the pages serves one that says how to build them, with
// the status 503. The shapes are those of a workspace's maps, TopoJSON by the code
// of the map; they are served as maps/CODE.topojson.
func Handler(shapes map[string][]byte) (http.Handler, error) {
	site, err := fs.Sub(dist, "dist/site")
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	return handler(site, shapes)
}

// handler serves the pages of one build, and maps.
func handler(site fs.FS, shapes map[string][]byte) (http.Handler, error) {
	assets, err := load(site)
	unbuilt := errors.Is(err, fs.ErrNotExist)
	if err != nil && !unbuilt {
		return nil, fmt.Errorf("web: %w", err)
	}
	if err := addMaps(assets, shapes); err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		secure(w.Header(), r.URL.Path)
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			refuse(w, http.StatusMethodNotAllowed, "METHOD_NOT_ALLOWED",
				"chỉ nhận GET và HEAD · only GET and HEAD are served here")
			return
		}
		name := r.URL.Path
		if name == "" || strings.HasSuffix(name, "/") {
			name = strings.TrimSuffix(name, "/") + index
		}
		if path.Dir(name) == dashboard && path.Ext(name) == "" {
			name = dashboard + index
		}
		found, ok := assets[name]
		ok = ok && name != missing
		_, folder := assets[name+index]
		switch {
		case ok:
			found.serve(w, r)
		case folder:
			toFolder(w, r)
		case unbuilt && path.Base(name) == path.Base(index):
			serveUnbuilt(w)
		default:
			refuseMissing(w, r, assets[missing])
		}
	}), nil
}

// toFolder sends the caller of a page to the address on which its relative links
// rest, with what was asked. It names the last part alone, so that it is right
// under any mount.
func toFolder(w http.ResponseWriter, r *http.Request) {
	target := path.Base(r.URL.Path) + "/"
	if r.URL.RawQuery != "" {
		target += "?" + r.URL.RawQuery
	}
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("Location", target)
	w.WriteHeader(http.StatusPermanentRedirect)
}

// secure sets the headers that the answer for a path carries.
func secure(h http.Header, path string) {
	h.Set("Content-Security-Policy", policy)
	if strings.HasPrefix(path, graphiql) {
		h.Set("Content-Security-Policy", loosePolicy)
	}
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
}

// refuseMissing answers where there is nothing: a browser that asks for a page with one in
// the language of its reader, any other client with a code.
func refuseMissing(w http.ResponseWriter, r *http.Request, page asset) {
	w.Header().Add("Vary", "Accept")
	var body []byte
	if strings.Contains(r.Header.Get("Accept"), "text/html") && page.gzipped {
		body, _ = gunzip(page.body) // of a build that was just served
	}
	if body == nil {
		refuse(w, http.StatusNotFound, "NOT_FOUND", fmt.Sprintf("không có trang %q · there is no page %q", r.URL.Path, r.URL.Path))
		return
	}
	// Its links are relative, as those of all pages, and start one folder deep.
	root := "./" + strings.Repeat("../", max(strings.Count(r.URL.Path, "/")-1, 0))
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", page.contentType)
	w.WriteHeader(http.StatusNotFound)
	_, _ = w.Write(bytes.ReplaceAll(body, []byte(`"../`), []byte(`"`+root)))
}

// refuse answers with an error as the API tells one: a code for machines and a sentence for
// people.
func refuse(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	fault := map[string]any{"message": message, "extensions": map[string]string{"code": code}}
	_ = json.NewEncoder(w).Encode(map[string]any{"errors": []any{fault}}) // a client that has gone is no fault of ours
}

// serveUnbuilt answers for the page that this binary was built without.
func serveUnbuilt(w http.ResponseWriter) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = w.Write(unbuilt)
}
