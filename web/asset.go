package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"
)

// index is the path of the first page.
const index = "/index.html"

// contentType names the type of every kind of file that a build makes, "" for
// any other. The table of the operating system is not asked: it differs between
// machines.
func contentType(extension string) string {
	switch extension {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".topojson":
		return "application/json"
	case ".ttf":
		return "font/ttf"
	case ".woff2":
		return "font/woff2"
	}
	return ""
}

// asset is one file of a build, in the one form in which it is embedded.
type asset struct {
	body        []byte
	gzipped     bool
	contentType string
	cache       string
	sum         string
}

// load reads a build into memory, by path. An absent first page is
// fs.ErrNotExist, with an empty map; a file of a kind that contentType does not
// know is an error.
func load(site fs.FS) (map[string]asset, error) {
	assets := make(map[string]asset)
	if _, err := fs.Stat(site, strings.TrimPrefix(index, "/")+".gz"); err != nil {
		return assets, err
	}
	err := fs.WalkDir(site, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := fs.ReadFile(site, name)
		if err != nil {
			return err
		}
		plain, gzipped := strings.CutSuffix(name, ".gz")
		kind := contentType(path.Ext(plain))
		if kind == "" {
			return fmt.Errorf("%s: no content type for %q; add it to contentType", name, path.Ext(plain))
		}
		assets["/"+plain] = newAsset(plain, body, gzipped)
		if font := fontName(plain); font != "" {
			assets["/"+font] = newAsset(font, body, gzipped)
		}
		return nil
	})
	return assets, err
}

// fontName is the lasting name of a font of the build, by which pages that are not built
// here ask for it: that of its file without the hash, in fonts/; "" for what is no font of text.
func fontName(name string) string {
	base, isFont := strings.CutSuffix(path.Base(name), ".woff2")
	hash := len(base) - len("-BqRLTx4X") // Vite's hashes may have hyphens, and are of one length
	if !isFont || hash <= 0 || base[hash] != '-' {
		return ""
	}
	return "fonts/" + base[:hash] + ".woff2"
}

// addMaps adds the shapes of maps, compressed as the pages are.
func addMaps(assets map[string]asset, shapes map[string][]byte) error {
	for code, body := range shapes {
		var compressed bytes.Buffer
		writer := gzip.NewWriter(&compressed)
		if _, err := writer.Write(body); err != nil {
			return err
		}
		if err := writer.Close(); err != nil {
			return err
		}
		name := "maps/" + code + ".topojson"
		assets["/"+name] = newAsset(name, compressed.Bytes(), true)
	}
	return nil
}

// newAsset makes an asset of what is served under a name.
func newAsset(name string, body []byte, gzipped bool) asset {
	sum := sha256.Sum256(body)
	return asset{
		body:        body,
		gzipped:     gzipped,
		contentType: contentType(path.Ext(name)),
		cache:       cacheControl(name),
		sum:         hex.EncodeToString(sum[:12]),
	}
}

// cacheControl lets browsers keep what carries a hash in its name for ever, and
// makes them ask again for everything else.
func cacheControl(name string) string {
	if strings.HasPrefix(name, "assets/") {
		return "public, max-age=31536000, immutable"
	}
	if strings.HasPrefix(name, "fonts/") {
		return "public, max-age=3600"
	}
	return "no-cache"
}

// serve writes the asset, or 304 when the caller holds it already.
func (a asset) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", a.cache)
	h.Set("Content-Type", a.contentType)
	body, tag := a.body, a.sum
	if a.gzipped {
		h.Add("Vary", "Accept-Encoding")
		if acceptsGzip(r) {
			h.Set("Content-Encoding", "gzip")
			tag += "-gzip"
		} else {
			var err error
			if body, err = gunzip(body); err != nil {
				refuse(w, http.StatusInternalServerError, "INTERNAL", "tệp hỏng · the file is damaged")
				return
			}
		}
	}
	h.Set("ETag", `"`+tag+`"`)
	// Ranges of a compressed body help nobody.
	r.Header.Del("Range")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// acceptsGzip reports whether the caller takes gzip; every browser does.
func acceptsGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		coding, weight, _ := strings.Cut(part, ";")
		if strings.TrimSpace(coding) == "gzip" {
			return strings.ReplaceAll(weight, " ", "") != "q=0"
		}
	}
	return false
}

// gunzip opens what the build compressed.
func gunzip(body []byte) ([]byte, error) {
	reader, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(reader)
}
