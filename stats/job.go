package stats

import "time"

// Job is the loading of one source.
type Job struct {
	// SourceCode is the code of the source, Titles its title, Publishers who stands
	// behind its figures.
	SourceCode         string
	Titles, Publishers Text
	// Schedule is a cron expression of five fields, "" when it is loaded by hand
	// only; TimeZone is that of the expression.
	Schedule, TimeZone string
	// Next is when it is loaded next, nil without a schedule.
	Next *time.Time
	// LastRun is how it was loaded last, nil when it never was.
	LastRun *Run
	// Findings are what its loads found, Held what waits for a decision.
	Findings []*Finding
	Held     []*Restatement
}

// OfficeRight is what callers may do with what is held.
type OfficeRight string

// The rights; each contains those before it.
const (
	// OfficeNone: they see that something is held, and how much.
	OfficeNone OfficeRight = "NONE"
	// OfficeLook: they see what is held as well.
	OfficeLook OfficeRight = "LOOK"
	// OfficeDecide: they approve, refuse, withdraw and restore as well.
	OfficeDecide OfficeRight = "DECIDE"
)

// Title is the title of the source.
func (j *Job) Title(language Language) string { return j.Titles.In(language) }

// Publisher is who stands behind the figures.
func (j *Job) Publisher(language Language) string { return j.Publishers.In(language) }

// EndedAt is when the run ended, nil while it runs.
func (r *Run) EndedAt() *time.Time { return moment(r.Ended) }

// DecidedAt is when it was decided, nil while nobody has.
func (d *Decision) DecidedAt() *time.Time { return moment(d.Decided) }

func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// HeldAs is the number of the restatement that the release was held as, nil when
// it was not held.
func (r *Release) HeldAs() *string {
	if r.Restatement == 0 {
		return nil
	}
	number := r.Restatement.String()
	return &number
}

// WithdrawnBy gives the release by which another one is withdrawn now, nil when it
// counts.
func (s *Service) WithdrawnBy(r *Release) *Release {
	var by *Release
	for _, other := range s.Catalogue().Releases { // in order of position
		switch r.ID {
		case other.Withdraws:
			by = other
		case other.Restores:
			by = nil
		}
	}
	return by
}

// OldStatusOrNil is the status before, nil when the cell had no figure.
func (c *CellChange) OldStatusOrNil() *Status { return statusOf(c.OldStatus) }

// NewStatusOrNil is the status since, nil when the cell has no figure.
func (c *CellChange) NewStatusOrNil() *Status { return statusOf(c.NewStatus) }

func statusOf(s Status) *Status {
	if s == "" {
		return nil
	}
	return &s
}

// PageOf cuts a page out of a list.
func PageOf[T any](all []T, p Page) (*Connection[T], error) { return page(all, p) }
