package main

import (
	"errors"
	"fmt"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats"
)

// CheckFailed: the workspace or its files have faults, which were printed.
const CheckFailed stats.Code = "CHECK_FAILED"

type checkCommand struct{}

// Run reads the workspace and every file of its sources as a load would, and
// prints all that is wrong. It needs no engine and changes nothing.
func (checkCommand) Run(s *session) error {
	w, err := workspace.Read(s.Workspace)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s: %d levels, %d indicators, %d unit versions, %d sources\n",
		w.Title.EN, len(w.Definitions.Levels), len(w.Definitions.Indicators), len(w.Definitions.Units), len(w.Sources))
	var failures []error
	if questions, err := s.questions(); err != nil {
		failures = append(failures, err)
	} else {
		fmt.Fprintf(s.out, "%d saved questions\n", len(questions))
	}
	rejected := 0
	for _, source := range w.Sources {
		result, err := etl.Examine(s.ctx, w, source)
		if err != nil {
			failures = append(failures, err)
			continue
		}
		rejected += len(result.Rejects)
		fmt.Fprintf(s.out, "%s: %d rows, %d figures, %d publications, %d rejected, %d findings\n",
			source.Code, result.Read, result.Facts, result.Releases, result.Rejected, len(result.Findings))
		for _, r := range result.Rejects {
			fmt.Fprintf(s.out, "rejected: %s: %s: %q: %s\n", place(r.Place), r.Reason, r.Value, r.Detail)
		}
	}
	if rejected > 0 {
		failures = append(failures, &stats.Error{
			Code: CheckFailed, Message: fmt.Sprintf("%d rows would be rejected", rejected), Hint: "they are listed above with file and line",
		})
	}
	return errors.Join(failures...)
}
