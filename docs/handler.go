package docs

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"github.com/niengiam/niengiam/stats/number"
)

//go:embed page.html
var pageTemplate string

//go:embed page.css
var style []byte

// Root is where the documentation is served.
const Root = "/docs/"

// policy is the content security policy of the pages: nothing of another address, and no
// script at all.
const policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// Handler serves the documentation at Root: its pages, pictures and style sheet. ?q= is a
// search, ?lang=en the other language.
type Handler struct {
	files    fs.FS
	template *template.Template
	editions func() (map[number.Language]*edition, error)
}

// New makes a Handler of texts and pictures by their place in the project, which compresses
// its pages for whoever takes them so. They are read when somebody asks for the first one.
func New(files fs.FS) (http.Handler, error) {
	parsed, err := template.New("page").Parse(pageTemplate)
	if err != nil {
		return nil, fmt.Errorf("docs: %w", err)
	}
	h := &Handler{files: files, template: parsed, editions: sync.OnceValues(func() (map[number.Language]*edition, error) {
		editions := map[number.Language]*edition{}
		for _, language := range []number.Language{number.Vietnamese, number.English} {
			e, err := newEdition(files, language)
			if err != nil {
				return nil, err
			}
			editions[language] = e
		}
		return editions, nil
	})}
	return gzhttp.GzipHandler(h), nil
}

// view is what a page is made of.
type view struct {
	L                        words
	Lang, Root, Query        string
	InVI, InEN               string
	Title                    string
	Page                     *page
	Body                     template.HTML
	Headings                 []heading
	Groups                   []group
	Asked                    string
	Searched, Missing, Other bool
	Results                  []result
}

// ServeHTTP answers one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Security-Policy", policy)
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("X-Content-Type-Options", "nosniff")
	address := strings.TrimPrefix(r.URL.Path, Root)
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		header.Set("Allow", "GET, HEAD")
		header.Set("Cache-Control", "no-store")
		http.Error(w, "METHOD_NOT_ALLOWED: only GET and HEAD are served here", http.StatusMethodNotAllowed)
	case r.URL.Path+"/" == Root:
		h.moved(w, r, "docs/")
	case address == "docs.css":
		header.Set("Content-Type", "text/css; charset=utf-8")
		send(w, r, "max-age=3600", style)
	case path.Ext(address) == ".png":
		h.picture(w, r, address)
	default:
		h.page(w, r, address)
	}
}

// moved sends the caller to the address that was meant, relative to the one asked.
func (h *Handler) moved(w http.ResponseWriter, r *http.Request, to string) {
	if r.URL.RawQuery != "" {
		to += "?" + r.URL.RawQuery
	}
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusPermanentRedirect)
}

func (h *Handler) picture(w http.ResponseWriter, r *http.Request, address string) {
	content, err := fs.ReadFile(h.files, "docs/"+address)
	if err != nil {
		h.page(w, r, address) // which is not there
		return
	}
	w.Header().Set("Content-Type", "image/png")
	send(w, r, "no-cache", content)
}

// page answers with a page, with what a search found, or that there is no such page.
func (h *Handler) page(w http.ResponseWriter, r *http.Request, address string) {
	editions, err := h.editions()
	if err != nil {
		w.Header().Set("Cache-Control", "no-store")
		http.Error(w, "INTERNAL: "+err.Error(), http.StatusInternalServerError)
		return
	}
	values := r.URL.Query()
	v := view{L: vietnamese(), Lang: "vi", Root: rootOf(address), Asked: strings.TrimSpace(values.Get("q"))}
	e := editions[number.Vietnamese]
	if values.Get("lang") == "en" {
		v.L, v.Lang, v.Query, e = english(), "en", "?lang=en", editions[number.English]
	}
	v.Groups, v.Page = e.groups, e.pages[address]
	v.InVI, v.InEN = sameAddress(address, v.Asked, ""), sameAddress(address, v.Asked, "en")
	switch status := http.StatusOK; {
	case v.Asked != "" && address == "":
		v.Searched, v.Title, v.Results = true, v.L.Search+": "+v.Asked, e.search(v.Asked)
		h.show(w, r, status, v)
	case v.Page == nil:
		v.Missing, v.Title, v.Page = true, v.L.Missing, nil
		h.show(w, r, http.StatusNotFound, v)
	default:
		v.Title, v.Body, v.Other = v.Page.title, v.Page.body, v.Page.language != e.language
		for _, heading := range v.Page.document.headings {
			if heading.Level == 2 || heading.Level == 3 {
				v.Headings = append(v.Headings, heading)
			}
		}
		h.show(w, r, status, v)
	}
}

// sameAddress is the same page in a language.
func sameAddress(address, asked, language string) string {
	values := url.Values{}
	if asked != "" {
		values.Set("q", asked)
	}
	if language != "" {
		values.Set("lang", language)
	}
	to := "./"
	if address != "" {
		to = path.Base(address)
	}
	if len(values) > 0 {
		to += "?" + values.Encode()
	}
	return to
}

func (h *Handler) show(w http.ResponseWriter, r *http.Request, status int, v view) {
	var out bytes.Buffer
	if err := h.template.Execute(&out, v); err != nil {
		w.Header().Set("Cache-Control", "no-store")
		http.Error(w, "INTERNAL: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if status == http.StatusOK {
		send(w, r, "no-cache", out.Bytes())
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = out.WriteTo(w) // a client that has gone is no fault of ours
}

// send writes what has an ETag, or 304 when the caller holds it already. The tag is a weak
// one: compressed or not, it is the same page.
func send(w http.ResponseWriter, r *http.Request, cache string, body []byte) {
	sum := sha256.Sum256(body)
	w.Header().Set("ETag", `W/"`+hex.EncodeToString(sum[:12])+`"`)
	w.Header().Set("Cache-Control", cache)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}
