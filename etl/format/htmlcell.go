package format

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// below are the cells that go on in the next row, in order of their places.
func below(open, cells []htmlCell) []htmlCell {
	open = append(open, cells...)
	for i := range open {
		open[i].rows--
	}
	open = slices.DeleteFunc(open, func(c htmlCell) bool { return c.rows <= 0 })
	slices.SortStableFunc(open, func(a, b htmlCell) int { return a.place - b.place })
	return open
}

// span is how many rows or columns a cell takes; 1 where it does not say.
func span(td *html.Node, name string, most int) int {
	for _, a := range td.Attr {
		if a.Key == name {
			if n, err := strconv.Atoi(strings.TrimSpace(a.Val)); err == nil && n >= 0 {
				return min(n, most)
			}
		}
	}
	return 1
}

// cellText is the text of elements as it is seen, in one line.
func cellText(nodes []*html.Node) string {
	var b strings.Builder
	for _, node := range nodes {
		for child := range node.ChildNodes() {
			writeText(&b, child, false)
		}
	}
	return strings.Join(strings.FieldsFunc(b.String(), isBlank), " ")
}

// isBlank reports whether HTML takes a sign for a blank: a space that does not break is none.
func isBlank(r rune) bool { return strings.ContainsRune(" \t\r\n\f", r) }

// raised are the digits of footnotes. As plain digits they would change the number that they
// stand behind.
const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹"

// writeText writes what a node shows; not scripts, what is hidden, or tables in it.
func writeText(b *strings.Builder, node *html.Node, sup bool) {
	if node.Type == html.TextNode {
		if text := strings.TrimFunc(node.Data, isBlank); sup && text != "" && strings.Trim(text, "0123456789") == "" {
			for _, digit := range text {
				b.WriteRune([]rune(raised)[digit-'0'])
			}
			return
		}
		b.WriteString(node.Data)
		return
	}
	if node.Type != html.ElementNode {
		return
	}
	switch node.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Table:
		return
	case atom.Br, atom.P, atom.Div, atom.Li, atom.Ul, atom.Ol:
		b.WriteByte(' ')
		defer b.WriteByte(' ')
	}
	if isHidden(node) {
		return
	}
	for child := range node.ChildNodes() {
		writeText(b, child, sup || node.DataAtom == atom.Sup)
	}
}

// isHidden reports whether an element says itself that it is not shown: such a cell takes no place.
func isHidden(node *html.Node) bool {
	return slices.ContainsFunc(node.Attr, func(a html.Attribute) bool {
		return a.Key == "hidden" || a.Key == "style" && strings.Contains(strings.ReplaceAll(strings.ToLower(a.Val), " ", ""), "display:none")
	})
}
