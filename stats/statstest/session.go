package statstest

import (
	"context"
	"fmt"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/query"
	"github.com/niengiam/niengiam/stats/validation"
)

// session holds what the statements of one script work on: what was declared so far, the
// store that is filled and the service that is asked.
type session struct {
	*world
	store   Store
	service *query.Service
	cursor  string // of the table or ranking that was asked last
	plan    validation.Plan
	results []validation.Result // of what was submitted last
}

// define makes what was declared since the last time known to the store.
func (in *session) define(ctx context.Context) error {
	if in.defined {
		return nil
	}
	in.defined = true
	d := in.definitions
	d.Units, d.Indicators = slices.Clone(d.Units), slices.Clone(d.Indicators)
	// The lines of one code stand in order of time, wherever the script put them.
	slices.SortStableFunc(d.Units, func(a, b catalogue.UnitVersion) int {
		if a.Code != b.Code {
			return 0
		}
		return int(a.Validity.From - b.Validity.From)
	})
	return in.store.Define(ctx, d, fmt.Sprintf("%d-%d-%d-%d-%d-%d-%d-%d", len(d.Units), len(d.Dimensions), len(d.Indicators), len(d.Cohorts), len(d.Targets), len(d.Scorecards), len(d.Briefings), len(d.Crosswalk)))
}
