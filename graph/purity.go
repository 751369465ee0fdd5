package graph

import "github.com/vektah/gqlparser/v2/ast"

// isPure reports whether the value of a field that has a resolver is a function of its
// arguments, the object that it is of, the form of the answer, the rights of the caller and
// the catalogue that the operation is pinned to, which a new one replaces whenever something
// is published, withdrawn, restored or defined. Only answers that are made of nothing else are
// kept. Fields without a resolver are methods of package stats, which has neither clock nor
// I/O; a test finds the resolver that is not decided about here.
func isPure(field string) (pure, decided bool) {
	switch field {
	case "Query.availability", "Query.briefing", "Query.briefingTemplates", "Query.cohort", "Query.cohorts", "Query.comparison", "Query.composition",
		"Query.criteriaSets", "Query.dashboard", "Query.dashboards", "Query.distribution", "Query.figure", "Query.firstLook", "Query.period", "Query.provenance",
		"Query.ranking", "Query.revisions", "Query.scorecard", "Query.series", "Query.table", "Query.targets", "Query.trend",
		"Cohort.plan", "Cohort.units", "Figure.release", "Target.unit", "Unit.profile":
		return true, true // figures: of slices of one view, and of observations that are visible in it
	case "Query.bases", "Query.indicator", "Query.indicators", "Query.levels", "Query.unit", "Query.units", "Query.untranslated":
		return true, true // definitions
	case "Query.release", "Query.releases", "Release.source", "Release.files", "Release.withdraws", "Release.restores", "Release.withdrawnBy",
		"Release.changes", "Release.findings", "Finding.text":
		return true, true // what a release is never changes, and what withdraws it is a release
	case "Query.releaseManagement", "Release.actor", "Release.approvedBy":
		return true, true // of the rights
	case "Query.__schema", "Query.__type", "Query.__typename":
		return true, true // of the program
	case "Query.jobs", "Query.deliveries", "Job.nextTimes", "Job.runs", "Run.actor", "Run.error", "Run.fetched", "Run.outcome", "Run.rejects",
		"Pause.actor", "Pause.comment":
		return false, true // of the clock and of what runs
	case "Query.restatements", "Restatement.actor", "Restatement.decidedBy", "Restatement.differences", "Restatement.files", "Restatement.findings":
		return false, true // of decisions that publish nothing
	case "Release.rejects":
		return false, true // they are read of a table that no view of the releases bounds
	}
	return false, false
}

// allPure reports whether all that is selected is pure, what a directive leaves out too.
func allPure(set ast.SelectionSet, pure func(field string) (pure, decided bool)) bool {
	for _, selection := range set {
		inside := ast.SelectionSet(nil)
		switch s := selection.(type) {
		case *ast.Field:
			if s.ObjectDefinition == nil {
				return false
			}
			if is, decided := pure(s.ObjectDefinition.Name + "." + s.Name); !is && (decided || s.ObjectDefinition.Name == "Query") {
				return false
			}
			inside = s.SelectionSet
		case *ast.InlineFragment:
			inside = s.SelectionSet
		case *ast.FragmentSpread:
			inside = s.Definition.SelectionSet
		}
		if !allPure(inside, pure) {
			return false
		}
	}
	return true
}
