package docs_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// words is the file that has the Vietnamese of the messages.
const words = "../stats/number/message.tsv"

var (
	verb        = regexp.MustCompile(`%[-+# 0-9.]*[a-zA-Z]`)
	placeholder = regexp.MustCompile(`\{([0-9]+)\}`)
)

// Every message that a page or a load can tell is made by Say from a constant and has
// words in both languages; every row of the words is said somewhere, and names only
// values that its message has.
func TestMessagesAreInBothLanguages(t *testing.T) {
	table := wordsOf(t)
	said := map[string]bool{}
	for _, room := range rooms(t) {
		for _, s := range room.sayings(t) {
			switch {
			case !s.constant && s.maker == "Say":
				t.Errorf("%s: the id of a message is no constant", s.at)
			case s.maker == "Say":
				if said[s.format] = true; table[s.format] == "" {
					t.Errorf("%s: %s lacks the Vietnamese of %q", s.at, words, s.format)
				}
			case !forAdministrators(room.dir) && (!s.constant || verb.ReplaceAllString(s.format, "") != ""):
				t.Errorf("%s: %q is in English alone, and a page can tell it: use Say", s.at, s.format)
			}
		}
	}
	if len(said) < 250 {
		t.Fatalf("only %d messages were found", len(said))
	}
	for id, vietnamese := range table {
		if !said[id] {
			t.Errorf("%s has a row that nobody says: %s", words, id)
		}
		for _, named := range placeholder.FindAllStringSubmatch(vietnamese, -1) {
			if n, _ := strconv.Atoi(named[1]); n < 1 || n > len(verb.FindAllString(strings.ReplaceAll(id, "%%", ""), -1)) {
				t.Errorf("%s: %q has no value for %s", words, id, named[0])
			}
		}
	}
}

// Nothing but a message makes a message: a sentence among the values of one, or
// elsewhere in package etl, would stay English in Vietnamese. What loads write to the log,
// and what they wrap an error in, is for administrators.
func TestNoSentenceIsLeftInEnglish(t *testing.T) {
	for _, room := range rooms(t) {
		room.inspect(func(at string, n ast.Node) bool {
			call, is := n.(*ast.CallExpr)
			switch {
			case is && maker(call) == "Say":
				for _, value := range call.Args[min(1, len(call.Args)):] {
					ast.Inspect(value, func(n ast.Node) bool { return untold(t, at, n) })
				}
				return false
			case is && room.dir == "../etl":
				name, is := call.Fun.(*ast.SelectorExpr)
				return !is || !slices.Contains([]string{"Errorf", "Debug", "Info", "Warn", "Error"}, name.Sel.Name)
			}
			return room.dir != "../etl" || untold(t, at, n)
		})
	}
}

// forAdministrators reports whether what a room says is met on the command line, or about
// a file of the workspace, by those who administer the program.
func forAdministrators(dir string) bool {
	return slices.Contains([]string{"../briefing/delivery", "../etl/setup", "../etl/workspace", "../graph/question", "../warehouse/engine"}, dir) ||
		strings.HasPrefix(dir, "../cmd/")
}

// untold reports a sentence in English that is part of no message.
func untold(t *testing.T, at string, n ast.Node) bool {
	if call, is := n.(*ast.CallExpr); is && maker(call) != "" {
		return false
	}
	if literal, is := n.(*ast.BasicLit); is && isSentence(text(literal)) {
		t.Errorf("%s: %s is part of no message", at, literal.Value)
	}
	return true
}

func isSentence(text string) bool {
	foreign := func(r rune) bool { return r > unicode.MaxLatin1 && unicode.IsLetter(r) }
	sentence := regexp.MustCompile(`[a-z]+ [a-z%]|^[;,] [a-z]`)
	return sentence.MatchString(verb.ReplaceAllString(text, "%")) && !strings.ContainsFunc(text, foreign)
}

// wordsOf reads the Vietnamese words by id.
func wordsOf(t *testing.T) map[string]string {
	t.Helper()
	table := map[string]string{}
	for line := range strings.Lines(read(t, words)) {
		id, vietnamese, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if _, twice := table[id]; twice || !ok || id == "" || vietnamese == "" {
			t.Errorf("%s: the row %q is there twice or is not whole", words, line)
		}
		table[id] = vietnamese
	}
	return table
}

// room is the code of one package, without its tests.
type room struct {
	dir       string
	set       *token.FileSet
	files     []*ast.File
	constants map[string]ast.Expr
}

// rooms reads all packages of the program.
func rooms(t *testing.T) map[string]*room {
	t.Helper()
	all := map[string]*room{}
	for _, path := range files(t, ".go") {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		dir := filepath.Dir(path)
		if all[dir] == nil {
			all[dir] = &room{dir: dir, set: token.NewFileSet(), constants: map[string]ast.Expr{}}
		}
		r := all[dir]
		file, err := parser.ParseFile(r.set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		r.files = append(r.files, file)
		for _, declared := range file.Decls {
			if group, is := declared.(*ast.GenDecl); is && group.Tok == token.CONST {
				r.declare(group)
			}
		}
	}
	return all
}

func (r *room) declare(group *ast.GenDecl) {
	for _, spec := range group.Specs {
		if named, is := spec.(*ast.ValueSpec); is && len(named.Names) == len(named.Values) {
			for i, name := range named.Names {
				r.constants[name.Name] = named.Values[i]
			}
		}
	}
}

func (r *room) inspect(each func(at string, n ast.Node) bool) {
	for _, file := range r.files {
		ast.Inspect(file, func(n ast.Node) bool {
			if n == nil {
				return false
			}
			at := r.set.Position(n.Pos())
			return each(fmt.Sprintf("%s:%d", at.Filename, at.Line), n)
		})
	}
}

// saying is one use of a maker of messages.
type saying struct {
	at, maker, format string
	constant          bool
}

// sayings finds the messages that a room makes. A maker that is not called, and a message
// that is written as a literal, would escape: both are faults.
func (r *room) sayings(t *testing.T) []saying {
	t.Helper()
	var all []saying
	called := map[ast.Node]bool{}
	r.inspect(func(at string, n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			called[n.Name] = true
		case *ast.CallExpr:
			if maker := maker(n); maker != "" && len(n.Args) > 0 {
				called[lastName(n.Fun)] = true
				format, constant := r.constant(n.Args[0])
				all = append(all, saying{at, maker, format, constant})
			}
		case *ast.Ident:
			if (n.Name == "Say" || n.Name == "EnglishOnly") && !called[n] {
				t.Errorf("%s: %s is not called here, so that nobody knows what it says", at, n.Name)
			}
		case *ast.CompositeLit:
			name := lastName(n.Type)
			if name != nil && name.Name == "Message" && len(n.Elts) > 0 && !strings.Contains(at, "/message.go:") {
				t.Errorf("%s: a message is made by Say", at)
			}
		}
		return true
	})
	return all
}

// constant gives the text of a constant expression of literals and constants of the room.
func (r *room) constant(value ast.Expr) (string, bool) {
	switch value := value.(type) {
	case *ast.BasicLit:
		return text(value), true
	case *ast.BinaryExpr:
		before, first := r.constant(value.X)
		after, second := r.constant(value.Y)
		return before + after, first && second
	case *ast.Ident:
		if named, is := r.constants[value.Name]; is {
			return r.constant(named)
		}
	}
	return "", false
}

// maker names the function that makes a message; "" for any other call.
func maker(call *ast.CallExpr) string {
	if name := lastName(call.Fun); name != nil && (name.Name == "Say" || name.Name == "EnglishOnly") {
		return name.Name
	}
	return ""
}

func lastName(value ast.Expr) *ast.Ident {
	switch value := value.(type) {
	case *ast.SelectorExpr:
		return value.Sel
	case *ast.Ident:
		return value
	}
	return nil
}
