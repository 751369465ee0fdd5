package workspace

import (
	"errors"
	"fmt"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// The codes of the faults of a workspace.
const (
	// BadYAML: the file is not YAML, or uses a part of YAML that a workspace does without.
	BadYAML number.Code = "WORKSPACE_YAML"
	// BadCSV: a file of units or of a crosswalk is not well-formed CSV.
	BadCSV number.Code = "WORKSPACE_CSV"
	// UnknownKey: a key or column that is not known there.
	UnknownKey number.Code = "WORKSPACE_UNKNOWN_KEY"
	// DuplicateKey: the same key or column twice.
	DuplicateKey number.Code = "WORKSPACE_DUPLICATE_KEY"
	// MissingKey: a required key, column or value is missing.
	MissingKey number.Code = "WORKSPACE_MISSING_KEY"
	// BadValue: a value that its key does not allow.
	BadValue number.Code = "WORKSPACE_BAD_VALUE"
	// MissingText: a text is there in neither of the two languages.
	MissingText number.Code = "WORKSPACE_MISSING_TEXT"
	// DuplicateCode: a code was declared before.
	DuplicateCode number.Code = "WORKSPACE_DUPLICATE_CODE"
	// UnknownReference: a code that is not declared anywhere.
	UnknownReference number.Code = "WORKSPACE_UNKNOWN_REFERENCE"
	// ParentCycle: units that lie within each other.
	ParentCycle number.Code = "WORKSPACE_PARENT_CYCLE"
	// BadParent: a unit whose parent is not of a level above it or does not exist while the unit does.
	BadParent number.Code = "WORKSPACE_PARENT"
	// BadValidity: stretches of a unit's life that overlap, leave a gap or run backwards.
	BadValidity number.Code = "WORKSPACE_VALIDITY"
	// BadCrosswalk: rows of a crosswalk that contradict each other: shares that do not
	// sum to 1, a unit that is whole in two, levels that differ, a unit that goes elsewhere
	// than the unit that it lies in.
	BadCrosswalk number.Code = "WORKSPACE_CROSSWALK"
	// BadMap: a file of shapes that is not a map of units.
	BadMap number.Code = "WORKSPACE_MAP"
	// FileMissing: a file that is not there, or a pattern that no file matches.
	FileMissing number.Code = "WORKSPACE_FILE_MISSING"
	// FileDenied: a file or directory that the user of this process may not read.
	FileDenied number.Code = "WORKSPACE_FILE_DENIED"
	// FileOutside: a path that leaves the workspace.
	FileOutside number.Code = "WORKSPACE_FILE_OUTSIDE"
	// NotAFile: a path of something that is no regular file: a directory, named pipe, device or socket.
	NotAFile number.Code = "WORKSPACE_NOT_A_FILE"
	// FileChanges: a file that is written to each time that it is read.
	FileChanges number.Code = "WORKSPACE_FILE_CHANGES"
	// TooLarge: a file that is too long, or that nests too deep.
	TooLarge number.Code = "WORKSPACE_TOO_LARGE"
	// BadSchedule: an invalid cron expression or time zone.
	BadSchedule number.Code = "WORKSPACE_SCHEDULE"
	// BadMapping: parts of a source's mapping that contradict each other.
	BadMapping number.Code = "WORKSPACE_MAPPING"
)

// mark is a place in a file of the workspace; line 0 is the file as a whole.
type mark struct {
	file         string
	line, column int
}

// String writes file:line:column, as editors understand it.
func (m mark) String() string {
	switch {
	case m.line == 0:
		return m.file
	case m.column == 0:
		return fmt.Sprintf("%s:%d", m.file, m.line)
	}
	return fmt.Sprintf("%s:%d:%d", m.file, m.line, m.column)
}

// faults collects what is wrong, in the order in which it was found.
type faults struct {
	all []error
	// untranslated counts the texts that lack a language and are there in the other.
	untranslated map[number.Language]int
}

// needText checks that a text is there in one language at least, and counts it where it
// lacks the other.
func (f *faults) needText(at mark, text number.Text) {
	text.VI, text.EN = strings.TrimSpace(text.VI), strings.TrimSpace(text.EN)
	if text == (number.Text{}) {
		f.add(at, MissingText, "the text is there in neither language: write vi, en or both")
	}
	f.count(text)
}

// count counts a text where it lacks a language.
func (f *faults) count(text number.Text) {
	for _, language := range []number.Language{number.Vietnamese, number.English} {
		if !text.Lacks(language) {
			continue
		}
		if f.untranslated == nil {
			f.untranslated = map[number.Language]int{}
		}
		f.untranslated[language]++
	}
}

func (f *faults) add(at mark, code number.Code, format string, args ...any) *number.Error {
	fault := &number.Error{Code: code, Message: number.EnglishOnly(format, args...), Where: at.String()}
	f.all = append(f.all, fault)
	return fault
}

func (f *faults) err() error { return errors.Join(f.all...) }
