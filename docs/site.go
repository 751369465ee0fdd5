// Package docs makes pages of the documentation, which the program serves at /docs: the
// texts of this folder, README and what they lead to. A text NAME.vi.md is the Vietnamese
// of NAME.md; what has none is shown in English. README is the first page, and its section
// about the documentation the list beside every page.
package docs

import (
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/niengiam/niengiam/stats/number"
)

// edition is the documentation in one language.
type edition struct {
	language number.Language
	pages    map[string]*page // by address
	groups   []group          // of the list beside every page
	passages func() []found   // what the search looks into, prepared for the first one
}

// page is one text as it is served.
type page struct {
	file, Address string
	language      number.Language // of its text
	document      *document
	title         string
	body          template.HTML
}

// group is a part of the list beside every page: tutorial, how-to, reference, explanation.
type group struct {
	Title string
	Pages []entry
}

type entry struct{ Title, Address string }

const (
	suffix           = ".md"
	vietnameseSuffix = ".vi.md"
	first            = "README.md"
)

// addressOf is the address of a text under /docs/, "" for the first page.
func addressOf(file string) string {
	name := strings.TrimSuffix(strings.TrimSuffix(file, suffix), ".vi")
	name = strings.TrimPrefix(name, "docs/")
	if name == "README" {
		return ""
	}
	return strings.TrimSuffix(name, "/README")
}

// newEdition reads all texts, each in the language if it is there.
func newEdition(files fs.FS, language number.Language) (*edition, error) {
	e := &edition{language: language, pages: map[string]*page{}}
	err := fs.WalkDir(files, ".", func(file string, entry fs.DirEntry, err error) error {
		translation := strings.HasSuffix(file, vietnameseSuffix)
		if err != nil || entry.IsDir() || !strings.HasSuffix(file, suffix) || translation && language != number.Vietnamese {
			return err
		}
		p := &page{file: file, Address: addressOf(file), language: number.English}
		if translation {
			p.language = number.Vietnamese
		} else if e.pages[p.Address] != nil {
			return nil // in the language
		}
		source, err := fs.ReadFile(files, file)
		if err != nil {
			return fmt.Errorf("docs: %w", err)
		}
		p.document = readDocument(source)
		p.title = p.document.title
		e.pages[p.Address] = p
		return nil
	})
	if err != nil {
		return nil, err
	}
	e.list()
	for _, p := range e.pages {
		if p.body, err = p.document.html(func(destination string) (string, bool) { return e.lead(files, p, destination) }); err != nil {
			return nil, err
		}
	}
	e.passages = sync.OnceValue(e.index)
	return e, nil
}

// list reads the list of pages out of the first page.
func (e *edition) list() {
	for _, l := range e.pages[""].document.links {
		target, _, _ := strings.Cut(l.destination, "#")
		p := e.pages[addressOf(target)]
		if !l.listed || l.heading.Level != 3 || p == nil || !strings.HasSuffix(target, suffix) {
			continue
		}
		if len(e.groups) == 0 || e.groups[len(e.groups)-1].Title != l.heading.Text {
			e.groups = append(e.groups, group{Title: l.heading.Text})
		}
		last := &e.groups[len(e.groups)-1]
		last.Pages = append(last.Pages, entry{l.text, p.Address})
	}
}

// lead turns a link of a page's text into one of the served page. It gives false for a
// file of the project that is not served.
func (e *edition) lead(files fs.FS, from *page, destination string) (string, bool) {
	target, anchor, anchored := strings.Cut(destination, "#")
	if target == "" || strings.Contains(target, ":") {
		return destination, true
	}
	file := path.Join(path.Dir(from.file), target)
	root := rootOf(from.Address) + "docs/"
	to := e.pages[addressOf(file)]
	if strings.HasSuffix(file, suffix) && to != nil {
		query := ""
		// An anchor of an English text is not in its translation.
		if e.language == number.English || anchored && from.language != to.language && to.language == number.Vietnamese {
			query = "?lang=en"
		}
		if anchored {
			anchor = "#" + anchor
		}
		return root + to.Address + query + anchor, true
	}
	if info, err := fs.Stat(files, file); err == nil && !info.IsDir() {
		return root + strings.TrimPrefix(file, "docs/"), true
	}
	return "", false
}

// rootOf is the way from a page to the root of the site.
func rootOf(address string) string {
	return strings.Repeat("../", 1+strings.Count(address, "/"))
}
