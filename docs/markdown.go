package docs

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// heading is a heading of a page; its ID is the anchor, the same as on GitHub.
type heading struct {
	Level    int
	ID, Text string
}

// link is a link of a page as it stands in the text.
type link struct {
	destination, text string
	heading           heading // under which it stands
	listed            bool    // in a list
}

// passage is what stands under one heading, as plain text.
type passage struct {
	heading heading
	text    string
}

// document is one text, read.
type document struct {
	title    string
	headings []heading
	passages []passage
	links    []link
	source   []byte
	root     ast.Node
	markdown goldmark.Markdown
}

// readDocument reads a text in Markdown.
func readDocument(source []byte) *document {
	markdown := goldmark.New(
		goldmark.WithExtensions(extension.Table),
		goldmark.WithParserOptions(parser.WithAutoHeadingID()),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(scrolling{}, 100))),
	)
	context := parser.NewContext(parser.WithIDs(anchors{}))
	d := &document{source: source, markdown: markdown, root: markdown.Parser().Parse(text.NewReader(source), parser.WithContext(context))}
	var current heading
	for n := d.root.FirstChild(); n != nil; n = n.NextSibling() {
		if h, is := n.(*ast.Heading); is {
			id, _ := h.AttributeString("id")
			name, _ := id.([]byte)
			current = heading{Level: h.Level, ID: string(name), Text: strings.TrimSpace(d.plain(n))}
			if d.title == "" {
				d.title = current.Text
			}
			d.headings = append(d.headings, current)
			d.passages = append(d.passages, passage{heading: current})
		} else if _, comment := n.(*ast.HTMLBlock); !comment && len(d.passages) > 0 {
			d.passages[len(d.passages)-1].text += d.plain(n) + " "
		}
		d.collectLinks(n, current)
	}
	return d
}

func (d *document) collectLinks(block ast.Node, under heading) {
	_, listed := block.(*ast.List)
	walk(block, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.Link:
			d.links = append(d.links, link{string(n.Destination), d.plain(n), under, listed})
		case *ast.Image:
			d.links = append(d.links, link{string(n.Destination), d.plain(n), under, listed})
		}
	})
}

// html writes the document with its links led by a function; a link that it leads nowhere
// becomes its text. It is called once for each document, which it changes.
func (d *document) html(lead func(destination string) (string, bool)) (template.HTML, error) {
	var links, comments []ast.Node
	walk(d.root, func(n ast.Node) {
		switch n.(type) {
		case *ast.Link, *ast.Image:
			links = append(links, n)
		case *ast.HTMLBlock, *ast.RawHTML:
			comments = append(comments, n)
		}
	})
	for _, n := range comments {
		n.Parent().RemoveChild(n.Parent(), n)
	}
	for _, n := range links {
		switch n := n.(type) {
		case *ast.Image:
			target, _ := lead(string(n.Destination))
			n.Destination = []byte(target)
		case *ast.Link:
			target, ok := lead(string(n.Destination))
			n.Destination = []byte(target)
			if !ok {
				unlink(n)
			}
		}
	}
	var out bytes.Buffer
	if err := d.markdown.Renderer().Render(&out, d.source, d.root); err != nil {
		return "", fmt.Errorf("docs: write a page: %w", err)
	}
	return template.HTML(out.String()), nil //nolint:gosec // made of our own texts, in which raw HTML is left out
}

// unlink puts what a link shows in its place.
func unlink(n ast.Node) {
	parent := n.Parent()
	for child := n.FirstChild(); child != nil; {
		next := child.NextSibling()
		parent.InsertBefore(parent, n, child)
		child = next
	}
	parent.RemoveChild(parent, n)
}

func walk(root ast.Node, each func(ast.Node)) {
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // each never fails
		if entering {
			each(n)
		}
		return ast.WalkContinue, nil
	})
}

// plain gives the words of a node.
func (d *document) plain(root ast.Node) string {
	var b strings.Builder
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // nothing in it fails
		switch n := n.(type) {
		case *ast.Text:
			if entering {
				b.Write(n.Segment.Value(d.source))
				if n.SoftLineBreak() || n.HardLineBreak() {
					b.WriteByte(' ')
				}
			}
		case *ast.FencedCodeBlock:
			for i := range n.Lines().Len() {
				if line := n.Lines().At(i); entering {
					b.Write(line.Value(d.source))
				}
			}
		default:
			if !entering && n.Type() == ast.TypeBlock {
				b.WriteByte(' ')
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// Anchor is the anchor of a heading as GitHub names it: lower case, hyphens for spaces,
// letters of all languages.
func Anchor(title string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.M, r):
			return r
		}
		return -1
	}, strings.ToLower(strings.TrimSpace(title)))
}

// anchors names the headings of a page: a number stands behind what is there already.
type anchors map[string]int

// Generate implements parser.IDs.
func (a anchors) Generate(value []byte, _ ast.NodeKind) []byte {
	id := Anchor(string(value))
	again := a[id]
	a[id]++
	if again > 0 {
		id = fmt.Sprintf("%s-%d", id, again)
	}
	return []byte(id)
}

// Put implements parser.IDs.
func (a anchors) Put(value []byte) { a[string(value)]++ }

// scrolling writes what may be wider than a phone so that it scrolls by itself, by the
// keyboard too, and headings with a link to themselves.
type scrolling struct{}

// RegisterFuncs implements renderer.NodeRenderer.
func (scrolling) RegisterFuncs(register renderer.NodeRendererFuncRegisterer) {
	register.Register(tables.KindTable, around(`<div class="wide" tabindex="0"><table>`, "</table></div>\n"))
	register.Register(tables.KindTableCell, writeCell)
	register.Register(ast.KindFencedCodeBlock, writeCode)
	register.Register(ast.KindHeading, writeHeading)
}

func around(before, after string) renderer.NodeRendererFunc {
	return func(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			_, _ = w.WriteString(before) // the buffer tells at its end
		} else {
			_, _ = w.WriteString(after)
		}
		return ast.WalkContinue, nil
	}
}

// writeCell writes a cell; one of the header that is blank heads nothing.
func writeCell(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	before, after := "<td>", "</td>\n"
	if node.Parent().Kind() == tables.KindTableHeader && node.HasChildren() {
		before, after = `<th scope="col">`, "</th>\n"
	}
	return around(before, after)(w, nil, node, entering)
}

func writeCode(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, _ = w.WriteString("</code></pre>\n")
		return ast.WalkContinue, nil
	}
	_, _ = fmt.Fprintf(w, `<pre tabindex="0"><code class="language-%s">`, template.HTMLEscapeString(language(node, source)))
	for i := range node.Lines().Len() {
		line := node.Lines().At(i)
		template.HTMLEscape(w, line.Value(source))
	}
	return ast.WalkContinue, nil
}

// language names the language of a block of code.
func language(node ast.Node, source []byte) string {
	if block, is := node.(*ast.FencedCodeBlock); is && block.Language(source) != nil {
		return string(block.Language(source))
	}
	return "text"
}

func writeHeading(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	h, is := node.(*ast.Heading)
	if !is {
		return ast.WalkContinue, nil
	}
	id, _ := h.AttributeString("id")
	if name, _ := id.([]byte); entering {
		_, _ = fmt.Fprintf(w, `<h%d id="%s">`, h.Level, template.HTMLEscapeString(string(name)))
	} else {
		if h.Level > 1 {
			_, _ = fmt.Fprintf(w, ` <a class="anchor" href="#%s" aria-label="#">#</a>`, template.HTMLEscapeString(string(name)))
		}
		_, _ = fmt.Fprintf(w, "</h%d>\n", h.Level)
	}
	return ast.WalkContinue, nil
}
