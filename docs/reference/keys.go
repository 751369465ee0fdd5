package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// keys makes the page of the keys of a workspace: it follows how package etl/workspace
// reads them, from mapping to mapping.
func keys(pages map[string]string) error {
	read, err := readSource("etl/workspace")
	if err != nil {
		return err
	}
	f := &follower{source: read, known: map[string]*mapping{}, form: map[string]string{}, needed: map[string]string{}, words: map[string][]string{}}
	start := read.functions["readWorkspace"]
	if start == nil {
		return fmt.Errorf("etl/workspace has no readWorkspace")
	}
	f.body(start, map[string]string{"r": ""})
	const code, words = "the code that reads a workspace, `etl/workspace`", "`[]` stands for each item of a list, `→` for the file that a key names. Of what may be written in several ways, only some of the keys are used at once.\n"
	whole, sources := begin(code, "The keys of a workspace"), begin(code, "The keys of a source")
	whole.WriteString("\nWhich keys there are, which of them must be there, and of which form their values are. [The workspace](../workspace.md) says what they mean, with an example of each file.\n" +
		words + "Those of sources are on [a page of their own](source-keys.md).\n")
	sources.WriteString("\nThe keys of an item of `sources` in `niengiam.yaml`; the others are those of [a workspace](workspace-keys.md). [The workspace](../workspace.md), [From a file to figures](../tables.md) and [Places](../places.md) say what they mean.\n" + words)
	for _, m := range f.order {
		if f.small(m) {
			continue
		}
		page := whole
		if strings.HasPrefix(m.path, "sources[]") {
			page = sources
		}
		title := strings.ReplaceAll(m.path, " →.", " → ")
		if title == "" {
			title = "niengiam.yaml"
		}
		fmt.Fprintf(page, "\n## %s\n| key | must be there | value |\n|---|---|---|\n", title)
		for _, key := range m.keys {
			path := join(m.path, key)
			fmt.Fprintf(page, "| `%s` | %s | %s |\n", key, f.needed[path], f.formOf(path))
		}
	}
	if len(f.order) < 30 {
		return fmt.Errorf("only %d mappings were found in etl/workspace", len(f.order))
	}
	pages["docs/reference/workspace-keys.md"], pages["docs/reference/source-keys.md"] = whole.String(), sources.String()
	return nil
}

// follower follows values of the type node through the functions of a package.
type follower struct {
	source
	known  map[string]*mapping
	order  []*mapping
	form   map[string]string // of values, by path
	needed map[string]string // whether a key must be there, by path
	stack  []string
	words  map[string][]string // what is given to parameters that are lists of words
	cases  int                 // how many conditions what is followed stands under
}

// small reports whether the keys of a mapping are told where it stands.
func (f *follower) small(m *mapping) bool {
	return m.path != "" && len(m.keys) <= 4 && !slices.ContainsFunc(m.keys, func(key string) bool {
		_, below := f.below(join(m.path, key))
		return below != nil
	})
}

// below finds the mapping that a key leads to, and how.
func (f *follower) below(path string) (string, *mapping) {
	for _, way := range [][2]string{{"", "keys"}, {"[]", "a list with keys"}, {" →", "the path of a file"}, {"[] →", "paths of files"}} {
		if m := f.known[path+way[0]]; m != nil {
			return way[1], m
		}
	}
	return "", nil
}

// formOf says of which form a value is.
func (f *follower) formOf(path string) string {
	how, m := f.below(path)
	switch {
	case m != nil && f.small(m):
		var keys []string
		for _, key := range m.keys {
			keys = append(keys, "`"+key+"`")
		}
		return strings.TrimSuffix(how+": "+strings.Join(keys, ", "), ": ")
	case m != nil:
		return how + ", below"
	case f.form[path] == "" && f.form[path+"[]"] != "":
		return "a list"
	case f.form[path] == "":
		return "one value or a list"
	}
	return f.form[path]
}

// mapping is a place with keys.
type mapping struct {
	path string
	keys []string
}

// nowhere is the path of what is no value of the workspace.
const nowhere = "-"

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// body follows a function whose names stand for paths.
func (f *follower) body(function *ast.FuncDecl, names map[string]string) {
	f.visit(function.Body, names)
}

func (f *follower) visit(root ast.Node, names map[string]string) {
	ast.Inspect(root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt:
			f.block(n, names)
			return false
		case *ast.CaseClause:
			f.cases++
			for _, statement := range n.Body {
				f.visit(statement, names)
			}
			f.cases--
			return false
		case *ast.AssignStmt:
			f.assign(n, names)
			return false
		case *ast.RangeStmt:
			path := f.value(n.X, names)
			if item, is := n.Value.(*ast.Ident); is && path != nowhere {
				names[item.Name] = path
			}
			f.visit(n.Body, names)
			return false
		case *ast.CallExpr:
			f.call(n, names)
			return false
		}
		return true
	})
}

// block follows statements. Those of an if, and those after one that returns, stand under a
// condition, unless it is that a value is there at all.
func (f *follower) block(n *ast.BlockStmt, names map[string]string) {
	before := f.cases
	for _, statement := range n.List {
		conditional, is := statement.(*ast.IfStmt)
		if !is {
			f.visit(statement, names)
			continue
		}
		if conditional.Init != nil {
			f.visit(conditional.Init, names)
		}
		f.visit(conditional.Cond, names)
		own := 1
		ast.Inspect(conditional.Cond, func(n ast.Node) bool {
			if call, is := n.(*ast.CallExpr); is && called(call) == "exists" {
				own = 0
			}
			return true
		})
		f.cases += own
		f.visit(conditional.Body, names)
		if conditional.Else != nil {
			f.visit(conditional.Else, names)
		}
		f.cases -= own
		if _, returns := last(conditional.Body).(*ast.ReturnStmt); returns {
			f.cases += own
		}
	}
	f.cases = before
}

func last(block *ast.BlockStmt) ast.Stmt {
	if len(block.List) == 0 {
		return nil
	}
	return block.List[len(block.List)-1]
}

func (f *follower) assign(n *ast.AssignStmt, names map[string]string) {
	for i, right := range n.Rhs {
		path := f.value(right, names)
		if left, is := n.Lhs[i].(*ast.Ident); is && len(n.Lhs) == len(n.Rhs) && (path != nowhere || n.Tok == token.DEFINE) {
			names[left.Name] = path
		}
	}
}

// value gives the path of an expression, and follows the calls in it.
func (f *follower) value(expression ast.Expr, names map[string]string) string {
	switch e := expression.(type) {
	case *ast.Ident:
		if path, is := names[e.Name]; is && e.Name != "r" {
			return path
		}
	case *ast.CallExpr:
		return f.call(e, names)
	case *ast.IndexExpr, *ast.SliceExpr, *ast.SelectorExpr:
	default:
		f.visit(expression, names)
	}
	return nowhere
}

// call follows a call and gives the path of what it returns.
func (f *follower) call(call *ast.CallExpr, names map[string]string) string {
	if selector, is := call.Fun.(*ast.SelectorExpr); is {
		if path := f.value(selector.X, names); path != nowhere {
			if to, is := f.read(path, selector.Sel.Name, call.Args, names); is {
				return to
			}
		}
	}
	paths := make([]string, len(call.Args))
	at := nowhere
	for i, argument := range call.Args {
		if paths[i] = f.value(argument, names); at == nowhere {
			at = paths[i]
		}
	}
	name := called(call)
	switch function := f.functions[name]; {
	case name == "yaml":
		return "" // the file niengiam.yaml itself
	case at == nowhere:
		return nowhere
	case name == "document":
		return at + " →"
	case function != nil && !slices.Contains(f.stack, name):
		f.enter(name, function, paths, call.Args)
		if results := function.Type.Results; results != nil && strings.HasPrefix(typeOf(results.List[0].Type), "[]node") {
			return at + "[]"
		}
	case function != nil:
		f.form[at] = "the same again"
	}
	return nowhere
}

func called(call *ast.CallExpr) string {
	switch function := call.Fun.(type) {
	case *ast.Ident:
		return function.Name
	case *ast.SelectorExpr:
		return function.Sel.Name
	}
	return ""
}

// enter follows the body of a function that is given values.
func (f *follower) enter(name string, function *ast.FuncDecl, paths []string, arguments []ast.Expr) {
	inner := map[string]string{}
	i := 0
	for _, parameter := range function.Type.Params.List {
		for _, identifier := range parameter.Names {
			if _, several := parameter.Type.(*ast.Ellipsis); several {
				f.words[identifier.Name] = literals(arguments[min(i, len(arguments)):])
			}
			if of := typeOf(parameter.Type); i < len(paths) && (of == "node" || of == "mapping" || of == "[]node") {
				inner[identifier.Name] = paths[i]
			}
			i++
		}
	}
	f.stack = append(f.stack, name)
	f.body(function, inner)
	f.stack = f.stack[:len(f.stack)-1]
}

func typeOf(expression ast.Expr) string {
	switch e := expression.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.ArrayType:
		return "[]" + typeOf(e.Elt)
	}
	return ""
}

// read notes what a method of a value does; false for a method of something else.
func (f *follower) read(path, method string, arguments []ast.Expr, names map[string]string) (string, bool) {
	words := literals(arguments)
	switch method {
	case "mapping":
		f.mapping(path, f.named(arguments))
		return path, true
	case "get", "need":
		if len(words) != 1 {
			return nowhere, true
		}
		to := join(path, words[0])
		switch {
		case method == "need" && f.cases == 0:
			f.needed[to] = "yes"
		case method == "need" && f.needed[to] == "":
			f.needed[to] = "in some cases"
		}
		return to, true
	case "list":
		return path + "[]", true
	}
	forms := map[string]string{
		"text": "a text: `{vi: …, en: …}`", "noun": "a word: `{vi: …, en: …, en_plural: …}`", "code": "a code", "flag": "`true` or `false`", "date": "a day: `2025-07-01`",
		"scalar": "one value", "scalars": "one value or a list", "integer": "a whole number",
	}
	if method == "choice" {
		for i, word := range words {
			words[i] = "`" + word + "`"
			if word == "" {
				words[i] = "nothing"
			}
		}
		f.form[path] = strings.Join(words, ", ")
		if len(words) > 0 && f.needed[path] == "" {
			f.form[path] += "; the first where it is left out"
		}
		return nowhere, true
	}
	if form, is := forms[method]; is {
		if f.form[path] == "" {
			f.form[path] = form
		}
		return nowhere, true
	}
	for _, argument := range arguments {
		f.value(argument, names)
	}
	return nowhere, method == "exists" || method == "fault" || method == "isMapping" || method == "isList"
}

func (f *follower) mapping(path string, keys []string) {
	m := f.known[path]
	if m == nil {
		m = &mapping{path: path}
		f.known[path] = m
		f.order = append(f.order, m)
	}
	for _, key := range keys {
		if !slices.Contains(m.keys, key) {
			m.keys = append(m.keys, key)
		}
	}
}

// named lists the words in arguments, those too that a list of words adds.
func (f *follower) named(arguments []ast.Expr) []string {
	var words []string
	for _, argument := range arguments {
		ast.Inspect(argument, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				words = append(words, literals([]ast.Expr{n})...)
			case *ast.Ident:
				words = append(words, f.words[n.Name]...)
			}
			return true
		})
	}
	return words
}

func literals(arguments []ast.Expr) []string {
	var words []string
	for _, argument := range arguments {
		if literal, is := argument.(*ast.BasicLit); is {
			if word, err := strconv.Unquote(literal.Value); err == nil {
				words = append(words, word)
			}
		}
	}
	return words
}
