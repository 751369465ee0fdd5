package ledger

import (
	"time"

	"github.com/niengiam/niengiam/stats/number"
)

// Outcome is how a run ended.
type Outcome string

// The outcomes.
const (
	Running   Outcome = "running"
	Published Outcome = "published"
	Unchanged Outcome = "unchanged" // nothing new
	Refused   Outcome = "refused"   // rejects stopped the load, as its source asks
	Waiting   Outcome = "held"      // pending: it would change what was published, and awaits approval
	Failed    Outcome = "failed"
)

// Run is one execution of a source's job.
type Run struct {
	// ID identifies the run.
	ID string
	// Source is the code of the source.
	Source string
	// Actor says who or what started it.
	Actor string
	// StartedAt and Ended are its times; Ended is zero while it runs.
	StartedAt, Ended time.Time
	// Outcome is how it ended.
	Outcome Outcome
	// Snapshot is the fingerprint of the files that it read.
	Snapshot string
	// Read, Accepted and Rejected count data rows of the files; Added counts the cells published.
	Read, Accepted, Rejected, Added int
	// Releases are the releases that it made.
	Releases []ReleaseID
	// Error says why it was refused or failed; in English alone where the run was
	// recorded before there were both languages.
	Error number.Text
}

// ErrorText is why the run was refused or failed, "" when it was not.
func (r *Run) ErrorText(language number.Language) string {
	return number.OnlyEnglish(r.Error, language)
}

// EndedAt is when the run ended, nil while it runs.
func (r *Run) EndedAt() *time.Time { return moment(r.Ended) }

func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
