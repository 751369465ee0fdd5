// Package question reads the saved questions of a workspace: the files
// questions/*.graphql, each with one query, its title and description in comments before
// it, and a default for every variable. They are checked against the schema when they are
// read, with file and line. A question that asks one thing can be made a tile of a
// dashboard.
package question

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"

	"github.com/niengiam/niengiam/graph/scalar"
	"github.com/niengiam/niengiam/graph/sheet"
	"github.com/niengiam/niengiam/stats/number"
)

// The codes of faults in saved questions; a query that does not fit the schema
// has those of GraphQL.
const (
	// BadName: the name of the file cannot be a code, or another file has it.
	BadName number.Code = "QUESTION_NAME"
	// BadTitle: there is no title.
	BadTitle number.Code = "QUESTION_TITLE"
	// BadOperation: the file has not just one query.
	BadOperation number.Code = "QUESTION_OPERATION"
	// BadVariable: a variable has no default, or a name that means something else in an
	// address; or a dashboard gives a value that it cannot have.
	BadVariable number.Code = "QUESTION_VARIABLE"
	// NotATile: a dashboard shows a question that asks what no tile can.
	NotATile number.Code = "QUESTION_NOT_A_TILE"
	// TooLong: the question is longer than one that may be asked.
	TooLong number.Code = "QUESTION_TOO_LONG"
	// Unreadable: the file cannot be read.
	Unreadable number.Code = "QUESTION_UNREADABLE"

	invalid   number.Code = "GRAPHQL_VALIDATION_FAILED"
	malformed number.Code = "GRAPHQL_PARSE_FAILED"
)

// The length of a question: what the API takes (graph.Config) at most.
const (
	maxFile   = 256 << 10 // bytes
	maxTokens = 3_000
)

// Folder is where a workspace keeps its questions.
const Folder = "questions"

// Question is one saved question.
type Question struct {
	// Code names it: the name of its file without ending and leading number.
	Code string
	// File is its path in the workspace.
	File string
	// Title and Description say what it asks; the description may be empty.
	Title, Description number.Text
	// Text is the file as it is: comments and query.
	Text string
	// Variables are its variables, in their order.
	Variables []Variable
	// Tables are the names of the tables that its answer has.
	Tables []string

	schema    *ast.Schema
	operation *ast.OperationDefinition // nil where the question has faults
}

// Variable is one variable of a question.
type Variable struct {
	// Name is its name, without the dollar sign.
	Name string
	// Type is its type as GraphQL writes it: Int!, [ID!].
	Type string
	// Default is the value that it has when it is not given, as GraphQL writes it; null
	// where it has none.
	Default string
}

var (
	// ordered is a number before a name that says where the file stands among others.
	ordered = regexp.MustCompile(`^[0-9]+-`)
	code    = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
)

// Read reads the questions of a workspace in the order of their files; a
// workspace needs none. The error holds all their faults; questions that have some are
// among those that come back with it. Reserved are the names that variables must not have.
func Read(workspace fs.FS, schema *ast.Schema, reserved []string) (Set, error) {
	files, err := fs.Glob(workspace, path.Join(Folder, "*.graphql"))
	if err != nil {
		return nil, err
	}
	var questions Set
	var faults []error
	first := map[string]string{}
	for _, file := range files {
		q := &Question{File: file, Code: ordered.ReplaceAllString(strings.TrimSuffix(path.Base(file), ".graphql"), ""), schema: schema}
		r := &reader{reserved: reserved, question: q}
		questions = append(questions, q)
		content, err := content(workspace, file)
		if coded := number.Errors(err); len(coded) > 0 {
			for _, e := range coded {
				faults = append(faults, &number.Error{Code: e.Code, Where: file, Message: e.Message, Err: e.Err})
			}
			continue
		}
		if err != nil {
			faults = append(faults, &number.Error{Code: Unreadable, Where: file, Message: number.EnglishOnly("cannot be read"), Err: err})
			continue
		}
		r.read(string(content))
		if other, taken := first[q.Code]; taken {
			r.fault(BadName, 0, "%s has the name %s already", other, q.Code)
		}
		first[q.Code] = file
		if len(r.faults) > 0 {
			q.operation = nil
		}
		faults = append(faults, r.faults...)
	}
	return questions, errors.Join(faults...)
}

// content reads a file to its end, which must not be too far.
func content(workspace fs.FS, name string) ([]byte, error) {
	file, err := workspace.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err == nil && len(content) > maxFile {
		err = &number.Error{Code: TooLong, Message: number.EnglishOnly("the file is longer than the %d bytes that are allowed", maxFile)}
	}
	return content, err
}

// reader reads one question.
type reader struct {
	reserved []string
	question *Question
	faults   []error
}

func (r *reader) fault(code number.Code, line int, format string, args ...any) *number.Error {
	where := r.question.File
	if line > 0 {
		where = fmt.Sprintf("%s:%d", where, line)
	}
	e := &number.Error{Code: code, Where: where, Message: number.EnglishOnly(format, args...)}
	r.faults = append(r.faults, e)
	return e
}

func (r *reader) read(text string) {
	q := r.question
	q.Text = strings.TrimPrefix(text, "\ufeff")
	if !code.MatchString(q.Code) {
		r.fault(BadName, 0, "%q cannot name a question", q.Code).Hint = number.EnglishOnly("name the file in lower-case words with hyphens: population-growth.graphql")
	}
	r.front()
	document, err := parser.ParseQueryWithTokenLimit(&ast.Source{Name: q.File, Input: q.Text}, maxTokens)
	if err != nil {
		r.graphql(malformed, gqlerror.List{asFault(err)})
		return
	}
	if len(document.Operations) != 1 || document.Operations[0].Operation != ast.Query {
		r.fault(BadOperation, 0, "the file has not just one query").Hint = number.EnglishOnly("keep one query in each file")
		return
	}
	if list := validator.ValidateWithRules(q.schema, document, scalar.Rules()); len(list) > 0 {
		r.graphql(invalid, list)
		return
	}
	q.operation = document.Operations[0]
	r.variables(q.operation)
	r.tables(document)
}

func asFault(err error) *gqlerror.Error {
	if fault, ok := errors.AsType[*gqlerror.Error](err); ok {
		return fault
	}
	return gqlerror.Wrap(err)
}

// graphql takes over faults that are found by line.
func (r *reader) graphql(code number.Code, list gqlerror.List) {
	for _, fault := range list {
		e := r.fault(code, 0, "%s", fault.Message)
		if len(fault.Locations) > 0 {
			e.Where = fmt.Sprintf("%s:%d:%d", r.question.File, fault.Locations[0].Line, fault.Locations[0].Column)
		}
	}
}

// front reads what stands before the query: the title, in one language or in both,
// and the description in lines of its own.
//
//	# Dân số theo huyện / Population by district
//	# vi: Dân số …
//	# en: The population …
func (r *reader) front() {
	q := r.question
	num := 0
	for line := range strings.Lines(q.Text) {
		comment, is := strings.CutPrefix(strings.TrimSpace(line), "#")
		if !is {
			break
		}
		num++
		comment = strings.TrimSpace(comment)
		vi, en, both := strings.Cut(" "+comment+" ", " / ")
		switch {
		case num == 1:
			if vi, en = strings.TrimSpace(vi), strings.TrimSpace(en); !both {
				en = vi // one language is enough: which one, nobody says
			}
			if q.Title = (number.Text{VI: vi, EN: en}); vi == "" && en == "" {
				r.fault(BadTitle, 1, "the title is missing").Hint = number.EnglishOnly("write it as # tiếng Việt / English, or in one language")
			}
		case strings.HasPrefix(comment, "vi:"):
			q.Description.VI = join(q.Description.VI, comment[3:])
		case strings.HasPrefix(comment, "en:"):
			q.Description.EN = join(q.Description.EN, comment[3:])
		}
	}
	if num == 0 {
		r.fault(BadTitle, 1, "the title is missing").Hint = number.EnglishOnly("begin the file with # tiếng Việt / English")
	}
}

func join(text, more string) string { return strings.TrimSpace(text + " " + strings.TrimSpace(more)) }

// variables checks that the question can be asked without any, and by address.
func (r *reader) variables(operation *ast.OperationDefinition) {
	for _, v := range operation.VariableDefinitions {
		variable := Variable{Name: v.Variable, Type: v.Type.String(), Default: "null"}
		if v.DefaultValue != nil {
			variable.Default = v.DefaultValue.String()
		} else if v.Type.NonNull {
			r.fault(BadVariable, v.Position.Line, "the variable $%s has no default", v.Variable).Hint = number.EnglishOnly("give it one: $year: Int! = 2020")
		}
		if slices.Contains(r.reserved, v.Variable) {
			r.fault(BadVariable, v.Position.Line, "the variable $%s has a name that means something else in an address", v.Variable).
				Hint = number.EnglishOnly("reserved are %s", strings.Join(r.reserved, ", "))
		}
		r.question.Variables = append(r.question.Variables, variable)
	}
}

// tables finds what tables the answer will have.
func (r *reader) tables(document *ast.QueryDocument) {
	operation := &graphql.OperationContext{Doc: document, Operation: document.Operations[0], Variables: map[string]any{}}
	for _, v := range operation.Operation.VariableDefinitions {
		if v.DefaultValue == nil {
			continue
		}
		value, err := v.DefaultValue.Value(nil)
		if err != nil {
			r.fault(BadVariable, v.Position.Line, "the default of $%s cannot be read", v.Variable)
			return
		}
		operation.Variables[v.Variable] = value
	}
	book, fault := sheet.Of(r.question.schema, operation)
	if fault != nil {
		fault.Where = r.question.File
		r.faults = append(r.faults, fault)
		return
	}
	r.question.Tables = book.Names()
}
