package print

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/briefing"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

//go:embed page.html page.css
var pages embed.FS

// policy is the content security policy of the pages: nothing of another address,
// and no script at all.
const policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// Briefer answers briefings; briefing.Writer implements it.
type Briefer interface {
	Briefing(ctx context.Context, ask briefing.BriefingAsk) (*briefing.Briefing, error)
	Catalogue() *catalogue.Calendar
}

// Handler serves briefings as pages and files: /briefing, /briefing.pdf and
// /briefing.docx with unit, year and, where they are not the default, baseYear,
// template, since, asOf, version (a data version), lang and size.
type Handler struct {
	briefer Briefer
	log     *slog.Logger
	pages   *template.Template
}

// New makes a Handler.
func New(briefer Briefer, log *slog.Logger) (*Handler, error) {
	parsed, err := template.New("").Funcs(template.FuncMap{"mark": mark, "draw": draw}).ParseFS(pages, "page.html")
	if err != nil {
		return nil, fmt.Errorf("print: %w", err)
	}
	return &Handler{briefer: briefer, log: log, pages: parsed}, nil
}

// ServeHTTP answers one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Security-Policy", policy)
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cache-Control", "no-cache")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		header.Set("Cache-Control", "no-store")
		http.Error(w, "METHOD_NOT_ALLOWED: only GET and HEAD are served here", http.StatusMethodNotAllowed)
		return
	}
	switch path.Base(r.URL.Path) {
	case "briefing.css":
		h.style(w, r)
	default:
		h.briefing(w, r)
	}
}

// style serves the style sheet. The fonts that it names are those of all pages (web).
func (h *Handler) style(w http.ResponseWriter, r *http.Request) {
	content, err := pages.ReadFile("page.css")
	if err != nil {
		w.Header().Set("Cache-Control", "no-store")
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "max-age=3600")
	_, _ = w.Write(content) // a client that has gone is no fault of ours
}

// briefing answers for a briefing in one of its forms.
func (h *Handler) briefing(w http.ResponseWriter, r *http.Request) {
	v := newView(r.URL)
	catalogue := h.briefer.Catalogue()
	switch {
	case len(catalogue.Units) == 0 || len(catalogue.Releases) == 0:
		v.Heading, v.Paragraphs = v.L.Empty, []string{v.L.EmptyText}
		h.show(w, http.StatusOK, "message", v)
		return
	case v.values.Get("unit") == "":
		v.choose(catalogue)
		h.show(w, http.StatusOK, "choose", v)
		return
	}
	ask, err := v.ask()
	if err == nil {
		var told *briefing.Briefing
		if told, err = h.briefer.Briefing(r.Context(), ask); err == nil {
			h.write(w, r, v, NewSheet(told))
			return
		}
	}
	h.refuse(w, v, err)
}

// write writes the sheet in the form that the address names.
func (h *Handler) write(w http.ResponseWriter, r *http.Request, v *view, s *Sheet) {
	var out bytes.Buffer
	var err error
	name := fmt.Sprintf("briefing-%s-%s", v.values.Get("unit"), v.values.Get("year"))
	switch path.Ext(r.URL.Path) {
	case ".pdf":
		err = s.PDF(&out)
		w.Header().Set("Content-Type", MediaType("pdf"))
		w.Header().Set("Content-Disposition", `inline; filename="`+safe(name)+`.pdf"`)
	case ".docx":
		err = s.DOCX(&out)
		w.Header().Set("Content-Type", MediaType("docx"))
		w.Header().Set("Content-Disposition", `attachment; filename="`+safe(name)+`.docx"`)
	default:
		v.Sheet, v.Heading = s, s.Title+" – "+s.Span
		h.show(w, http.StatusOK, "briefing", v)
		return
	}
	if err != nil {
		h.log.Error("briefing cannot be written", "code", NotPrinted, "error", err)
		w.Header().Del("Content-Disposition")
		v.Heading, v.Paragraphs = v.L.Down, nil
		h.show(w, http.StatusInternalServerError, "message", v)
		return
	}
	w.Header().Set("Content-Length", strconv.Itoa(out.Len()))
	_, _ = out.WriteTo(w) // a client that has gone is no fault of ours
}

// NotPrinted is the code of a briefing that could not be written to a file.
const NotPrinted number.Code = "BRIEFING_NOT_WRITTEN"

// safe keeps letters, digits and hyphens of a name of a file.
func safe(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, name)
}

// refuse shows why there is no briefing: the faults of the question with the nearest
// names as links, or that the warehouse does not answer.
func (h *Handler) refuse(w http.ResponseWriter, v *view, err error) {
	status := http.StatusBadRequest
	v.Heading = v.L.Refused
	for _, fault := range number.Errors(err) {
		if !ofQuestion(fault.Code) {
			v.Faults = nil
			break
		}
		if fault.Code == number.UnknownUnit {
			status, v.Heading = http.StatusNotFound, v.L.NotFound
		}
		shown := shownFault{Where: fault.Where}
		shown.Message, shown.Hint = fault.In(v.language)
		for _, name := range fault.Nearest {
			shown.Nearest = append(shown.Nearest, nearest{Name: name, Href: v.with(fault.Where, name)})
		}
		v.Faults = append(v.Faults, shown)
	}
	v.Again, v.AgainWord = v.with("unit", ""), v.L.Choose
	if len(v.Faults) == 0 {
		h.log.Error("briefing failed", "code", number.CodeOf(err), "error", err)
		status, v.Heading, v.Paragraphs = http.StatusServiceUnavailable, v.L.Down, []string{v.L.DownText}
		v.Again, v.AgainWord = v.with("", ""), v.L.Retry
	}
	h.show(w, status, "message", v)
}

// ofQuestion reports whether a fault is the question's, which its asker can fix.
func ofQuestion(code number.Code) bool {
	switch code {
	case number.UnknownUnit, number.UnknownYear, number.BaseYearWithoutData, catalogue.UnknownBriefing, number.UnknownRelease, number.BadArgument, number.TooMany:
		return true
	}
	return false
}

func (h *Handler) show(w http.ResponseWriter, status int, page string, v *view) {
	var out bytes.Buffer
	if err := h.pages.ExecuteTemplate(&out, page, v); err != nil {
		w.Header().Set("Cache-Control", "no-store")
		h.log.Error("page cannot be written", "code", NotPrinted, "error", err)
		http.Error(w, string(NotPrinted), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if status >= http.StatusBadRequest {
		w.Header().Set("Cache-Control", "no-store")
	}
	w.WriteHeader(status)
	_, _ = out.WriteTo(w) // a client that has gone is no fault of ours
}

// root is the way from an address to the root of the site.
func root(u *url.URL) string {
	return strings.Repeat("../", max(strings.Count(strings.Trim(u.Path, "/"), "/"), 0))
}

// Paths are the addresses that the handler answers.
func Paths() []string {
	return []string{"/briefing", "/briefing.pdf", "/briefing.docx", "/briefing.css"}
}

// MediaType is the media type of a format: pdf or docx.
func MediaType(format string) string {
	if format == "pdf" {
		return "application/pdf"
	}
	return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
}
