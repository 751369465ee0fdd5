package workspace

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// node is a value in a YAML file. Reading it as something that it is not is a
// fault at its place and gives the zero value; an absent node, one whose tree is
// nil, gives the zero value without a fault.
type node struct {
	faults *faults
	at     mark
	tree   ast.Node
}

// parseYAML reads a file to its one document, an absent node when it is not YAML.
func parseYAML(f *faults, file string, content []byte) node {
	root := node{faults: f, at: mark{file: file}}
	tokens, within := tokenize(f, file, content)
	if !within {
		return root
	}
	tree, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		message := err.Error()
		at := mark{file: file, line: 1}
		if syntax, ok := errors.AsType[yaml.Error](err); ok {
			message = syntax.GetMessage()
			at = place(file, syntax.GetToken())
		}
		f.add(at, BadYAML, "this is not YAML: %s", message)
		return root
	}
	var bodies []ast.Node
	for _, doc := range tree.Docs {
		if doc.Body != nil && doc.Body.Type() != ast.CommentType {
			bodies = append(bodies, doc.Body)
		}
	}
	switch len(bodies) {
	case 0:
		f.add(mark{file: file, line: 1}, BadYAML, "the file is empty")
	case 1:
		return root.child(bodies[0])
	default:
		f.add(place(file, bodies[1].GetToken()), BadYAML, "a file has one document, this is a second one")
	}
	return root
}

func place(file string, tk *token.Token) mark {
	if tk == nil || tk.Position == nil {
		return mark{file: file, line: 1}
	}
	return mark{file: file, line: tk.Position.Line, column: tk.Position.Column}
}

func (n node) child(tree ast.Node) node {
	c := node{faults: n.faults, at: place(n.at.file, tree.GetToken()), tree: tree}
	switch t := tree.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode:
		c.fault(BadYAML, "a workspace uses no anchors, aliases or tags")
		c.tree = nil
	case *ast.NullNode:
		c.tree = nil
	case *ast.MappingNode:
		if t.Start != nil && !t.IsFlowStyle && len(t.Values) > 0 {
			c.at = place(n.at.file, t.Values[0].Key.GetToken())
		}
	case *ast.MappingValueNode:
		c.at = place(n.at.file, t.Key.GetToken())
	}
	return c
}

func (n node) exists() bool { return n.tree != nil }

func (n node) fault(code number.Code, format string, args ...any) *number.Error {
	return n.faults.add(n.at, code, format, args...)
}

// mapping is a node with keys.
type mapping struct {
	node
	fields map[string]node
	keys   map[string]mark
}

// mapping reads the node's keys; one that is not among the known is a fault, where some
// are known.
func (n node) mapping(known ...string) mapping {
	m := mapping{node: n, fields: map[string]node{}, keys: map[string]mark{}}
	var values []*ast.MappingValueNode
	switch t := n.tree.(type) {
	case nil:
		return m
	case *ast.MappingNode:
		values = t.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{t}
	default:
		n.fault(BadValue, "%s", strings.TrimSuffix("here stand keys with values: "+strings.Join(known, ", "), ": "))
		m.tree = nil
		return m
	}
	for _, value := range values {
		key, at := value.Key.String(), place(n.at.file, value.Key.GetToken())
		if tk := value.Key.GetToken(); tk != nil {
			key = tk.Value
		}
		if len(known) > 0 && !slices.Contains(known, key) {
			fault := n.faults.add(at, UnknownKey, "the key %q means nothing here", key)
			if fault.Nearest = name.Nearest(key, known); len(fault.Nearest) == 0 {
				fault.Hint = number.EnglishOnly("known are %s", strings.Join(known, ", "))
			}
			continue
		}
		if _, twice := m.keys[key]; twice {
			n.faults.add(at, DuplicateKey, "the key %q stands here twice, first at %s", key, m.keys[key])
			continue
		}
		child := n.child(value.Value)
		if !child.exists() {
			child.at = at // an empty value has no place of its own
		}
		m.keys[key], m.fields[key] = at, child
	}
	return m
}

// get gives the value of a key, an absent node when the key is not there.
func (m mapping) get(key string) node {
	if field, ok := m.fields[key]; ok {
		return field
	}
	return node{faults: m.faults, at: m.at}
}

// need gives the value of a key that must be there.
func (m mapping) need(key string) node {
	field := m.get(key)
	if m.exists() && !field.exists() {
		field.fault(MissingKey, "the key %q is missing", key)
	}
	return field
}

// list gives the items of a list.
func (n node) list() []node {
	if !n.exists() {
		return nil
	}
	sequence, ok := n.tree.(*ast.SequenceNode)
	if !ok {
		n.fault(BadValue, "here stands a list")
		return nil
	}
	items := make([]node, len(sequence.Values))
	for i, value := range sequence.Values {
		items[i] = n.child(value)
	}
	return items
}

// scalar gives the text of a plain value as it was written: `01` stays `01`.
func (n node) scalar() string {
	switch t := n.tree.(type) {
	case nil:
		return ""
	case *ast.StringNode:
		return t.Value
	case *ast.LiteralNode:
		return strings.TrimSpace(t.Value.Value)
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.tree.GetToken().Value
	}
	n.fault(BadValue, "here stands one value, not several")
	return ""
}

// scalars gives the texts of a value or of a list of values; nil for an absent node.
func (n node) scalars() []string {
	if !n.exists() {
		return nil
	}
	if _, several := n.tree.(*ast.SequenceNode); !several {
		return []string{n.scalar()}
	}
	texts := []string{}
	for _, item := range n.list() {
		texts = append(texts, item.scalar())
	}
	return texts
}

// isMapping reports whether the node has keys.
func (n node) isMapping() bool {
	switch n.tree.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return true
	}
	return false
}

// isList reports whether the node is a list.
func (n node) isList() bool {
	_, is := n.tree.(*ast.SequenceNode)
	return is
}

// text reads a text, in one language or in both.
func (n node) text() number.Text {
	m := n.mapping("vi", "en")
	text := number.Text{VI: m.get("vi").scalar(), EN: m.get("en").scalar()}
	if n.exists() {
		n.faults.needText(m.at, text)
	}
	return text
}

// noun reads the word for what is counted.
func (n node) noun() catalogue.Noun {
	m := n.mapping("vi", "en", "en_plural")
	noun := catalogue.Noun{VI: m.get("vi").scalar(), EN: m.get("en").scalar(), ENPlural: m.get("en_plural").scalar()}
	if n.exists() {
		n.faults.needText(m.at, number.Text{VI: noun.VI, EN: noun.EN})
	}
	return noun
}

// codePattern is what a code looks like; a code of levels down to sources is
// used in addresses and commands.
func codePattern() *regexp.Regexp { return regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`) }

// code reads a code.
func (n node) code() string {
	text := n.scalar()
	if n.exists() && !codePattern().MatchString(text) {
		n.fault(BadValue, "%q is not a code: lower-case words with hyphens, like poverty-rate", text)
	}
	return text
}

// choice reads one of several words; the first is what absence means.
func (n node) choice(words ...string) string {
	if !n.exists() {
		return words[0]
	}
	text := n.scalar()
	if !slices.Contains(words, text) {
		fault := n.fault(BadValue, "%q is none of %s", text, strings.Join(words, ", "))
		fault.Nearest = name.Nearest(text, words)
		return words[0]
	}
	return text
}

// flag reads true or false.
func (n node) flag() bool {
	text := n.scalar()
	if n.exists() && text != "true" && text != "false" {
		n.fault(BadValue, "%q is neither true nor false", text)
	}
	return text == "true"
}

// integer reads a whole number within bounds.
func (n node) integer(least, most int) int {
	text := n.scalar()
	if !n.exists() {
		return 0
	}
	value, err := strconv.Atoi(text)
	if err != nil || value < least || value > most {
		n.fault(BadValue, "%q is not a whole number from %d to %d", text, least, most)
		return least
	}
	return value
}

// date reads a day.
func (n node) date() number.Date {
	date, err := number.ParseDate(n.scalar())
	if err != nil {
		n.fault(BadValue, "%s", err)
	}
	return date
}
