package graph

import "github.com/vektah/gqlparser/v2/ast"

// priceOfStatement is what a statement costs that an operation sends to the engine, besides
// the round trip that its questions share: at the default limit it sends some fifty at most.
const priceOfStatement = 10_000

// statements counts what a selection sends to the engine, besides the round trip of its
// questions. A nested list is read for all objects of the lists around it at once
// (loader): it counts once, however long they are. What is within an object that is computed
// on its own counts for each.
type statements struct{ once, each int }

// price is what the statements of an operation cost.
func (s statements) price() int { return multiply(priceOfStatement, add(s.once, s.each)) }

// and adds the statements of another part of a selection.
func (s statements) and(other statements) statements {
	return statements{once: add(s.once, other.once), each: add(s.each, other.each)}
}

// inList returns those of a list of objects that each have them in their selection.
func (s statements) inList(length int) statements {
	return statements{once: s.once, each: multiply(s.each, length)}
}

// with adds the statements of a field itself to those of what it selects.
func (s statements) with(f *ast.Field) statements {
	if f.ObjectDefinition == nil {
		return s
	}
	switch f.ObjectDefinition.Name + "." + f.Name {
	case "Unit.profile": // is read in the round trip, and its rows are computed for each unit
		return statements{each: add(s.once, s.each)}
	case "Cohort.plan": // may need a round trip of its own
		return statements{each: add(2, add(s.once, s.each))}
	case "Query.provenance":
		s.once = add(s.once, 1)
	case "Query.restatements", "Query.revisions",
		"Release.changes", "Release.rejects", "Run.rejects", "Job.runs", "Restatement.differences": // the list and how long it is, or what is suppressed in it
		s.once = add(s.once, 2)
	case "Query.jobs": // the runs, what is paused, the restatements and their releases
		s.once = add(s.once, 4)
	}
	return s
}
