package graph_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/niengiam/niengiam/graph"
)

// Every field that can name a person is among those that strangers are told nothing by:
// TestStrangersAreToldCounts asks them of the program. A new one belongs there.
func TestFieldsThatNamePeopleAreKnown(t *testing.T) {
	t.Parallel()
	known := []string{"Pause.actor", "Release.actor", "Release.approvedBy", "Restatement.actor", "Restatement.decidedBy", "Run.actor"}
	others := []string{"Release.withdrawnBy", "Question.orderBy", "TableQuestion.orderBy"} // no people
	name := regexp.MustCompile(`(?i)(actor|user|author|person|[a-z]by)$`)
	var found []string
	for _, definition := range graph.Schema().Types {
		for _, field := range definition.Fields {
			at := definition.Name + "." + field.Name
			if definition.Kind == "OBJECT" && name.MatchString(field.Name) && !slices.Contains(others, at) {
				found = append(found, at)
			}
		}
	}
	slices.Sort(found)
	if !slices.Equal(found, known) {
		t.Errorf("fields that can name people are %q", found)
	}
}
