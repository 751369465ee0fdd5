package number

import (
	"errors"
	"fmt"
	"strings"
)

// Code names one kind of fault. The same string is the GraphQL
// extensions.code, the code field of the log and the label of the metric;
// docs/errors.md lists every code with its meaning and its remedy.
type Code string

// The codes of faults in a question.
const (
	UnknownIndicator    Code = "UNKNOWN_INDICATOR"
	UnknownUnit         Code = "UNKNOWN_UNIT"
	UnknownLevel        Code = "UNKNOWN_LEVEL"
	UnknownKind         Code = "UNKNOWN_KIND"
	UnknownTopic        Code = "UNKNOWN_TOPIC"
	UnknownCohort       Code = "UNKNOWN_COHORT"
	UnknownTarget       Code = "UNKNOWN_TARGET"
	CohortLevel         Code = "COHORT_LEVEL"
	UnknownRelease      Code = "UNKNOWN_RELEASE"
	UnknownSource       Code = "UNKNOWN_SOURCE" // the workspace has no such source
	UnknownYear         Code = "UNKNOWN_YEAR"
	BaseYearWithoutData Code = "BASE_YEAR_WITHOUT_DATA"
	BadArgument         Code = "BAD_ARGUMENT"
	BadCursor           Code = "BAD_CURSOR"
	StaleCursor         Code = "STALE_CURSOR"
	UnknownScorecard    Code = "UNKNOWN_SCORECARD"
	TooMany             Code = "TOO_MANY"
	QueryTooDear        Code = "QUERY_TOO_DEAR" // it went over a limit of memory, time or rows of ClickHouse
	CannotAdd           Code = "NOT_ADDITIVE"
	UnknownDimension    Code = "UNKNOWN_DIMENSION"
	UnknownMember       Code = "UNKNOWN_MEMBER"
)

// Error is the one error type of the program: a code for machines and a
// sentence for people that says what is wrong, where, and what to do.
type Error struct {
	// Code names the kind of fault.
	Code Code
	// Message says what is wrong, with the value at fault.
	Message Message
	// Where is the place: an argument ("baseYear"), a file and line
	// ("niengiam.yaml:12"), an address. Empty when the message says it all.
	Where string
	// Nearest lists the known names closest to an unknown one, best first.
	Nearest []string
	// Hint says what to do about it.
	Hint Message
	// Err is the cause, for logs; it is never shown to callers of the API.
	Err error
}

// Error prints the place, the message, the nearest names and the hint on one line.
func (e *Error) Error() string { return e.line(e.Message.In(English), "nearest", e.Hint.In(English)) }

// In returns, in a language, what is wrong and what to do about it. In Vietnamese an
// error without words of its own is explained by its code.
func (e *Error) In(language Language) (message, hint string) {
	if language == English {
		return e.Message.In(English), e.Hint.In(English)
	}
	fault, _ := e.Code.Fault()
	message, hint = fault.Meaning.VI, fault.Remedy.VI
	if e.Message.hasVietnamese() || message == "" {
		message = e.Message.In(language)
	}
	if e.Hint.hasVietnamese() {
		hint = e.Hint.In(language)
	}
	return message, hint
}

// Line returns, on one line and in a language, what Error says in English; where the
// error has no hint of its own, the remedy of its code.
func (e *Error) Line(language Language) string {
	message, hint := e.In(language)
	if fault, ok := e.Code.Fault(); ok && hint == "" {
		hint = fault.Remedy.In(language)
	}
	nearest := Text{VI: "gần nhất", EN: "nearest"}
	return e.line(message, nearest.In(language), hint)
}

func (e *Error) line(message, nearest, hint string) string {
	var b strings.Builder
	if e.Where != "" {
		b.WriteString(Quote(e.Where) + ": ")
	}
	b.WriteString(message)
	if len(e.Nearest) > 0 {
		fmt.Fprintf(&b, "; %s: %s", nearest, strings.Join(e.Nearest, ", "))
	}
	if hint != "" {
		b.WriteString("; " + hint)
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// CodeOf returns the code of the first coded error in err's tree, or "" when it
// has none.
func CodeOf(err error) Code {
	if coded, ok := errors.AsType[*Error](err); ok {
		return coded.Code
	}
	return ""
}

// Errors returns every coded error in err's tree, in order.
func Errors(err error) []*Error {
	switch e := err.(type) {
	case nil:
		return nil
	case *Error:
		return []*Error{e}
	case interface{ Unwrap() []error }:
		var all []*Error
		for _, inner := range e.Unwrap() {
			all = append(all, Errors(inner)...)
		}
		return all
	}
	return Errors(errors.Unwrap(err))
}
