package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"github.com/vektah/gqlparser/v2/formatter"
)

// SDL is the schema of the API as one text in the schema definition language,
// with the descriptions: what generators of clients read.
func SDL() string {
	var text strings.Builder
	formatter.NewFormatter(&text, formatter.WithIndent("  ")).FormatSchema(Schema())
	return text.String()
}

// ServeSDL returns a handler that serves the SDL as a file.
func ServeSDL() http.Handler {
	text := SDL()
	sum := sha256.Sum256([]byte(text))
	etag := `"` + hex.EncodeToString(sum[:16]) + `"`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Type", "text/plain; charset=utf-8")
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Cache-Control", "no-cache")
		header.Set("ETag", etag)
		http.ServeContent(w, r, "schema.graphql", time.Time{}, strings.NewReader(text))
	})
}
