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
	Refused   Outcome = "refused"   // rejects or a check stopped the load, as its source asks
	Waiting   Outcome = "held"      // pending: it would change what was published or its checks found something, and awaits approval
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
	// StartedAt and Ended are its times; Ended is zero while it runs. Due is when it was
	// due by its schedule, zero where it was started by hand.
	StartedAt, Ended, Due time.Time
	// Outcome is how it ended.
	Outcome Outcome
	// Snapshot is the fingerprint of the files that it read.
	Snapshot string
	// Fetched says where its files were fetched; empty where they are of the workspace.
	Fetched []Fetched
	// Read and Accepted count data rows of the files, Rejected those that were not accepted
	// and columns that were not read; Added counts the cells published.
	Read, Accepted, Rejected, Added int
	// Repeats is the identifier of the run that examined the files last, whose counts and
	// rejects stand for this one, which did not; "" where it did.
	Repeats string
	// Years are those that it was to load, "2011..2024"; "" for all.
	Years string
	// Releases are the releases that it made.
	Releases []ReleaseID
	// Error says why it was refused or failed; in English alone where the run was
	// recorded before there were both languages.
	Error number.Text
}

// Fetched is a file that a run fetched.
type Fetched struct {
	// File is its path, as places of cells have it.
	File string
	// Address is where it was fetched, without secrets, Version what identifies its version
	// there: an ETag, the time of its change or a checksum.
	Address, Version string
}

// ErrorText is why the run was refused or failed, "" when it was not.
func (r *Run) ErrorText(language number.Language) string {
	return number.OnlyEnglish(r.Error, language)
}

// lateTime is how long after it was due a run may start and be in time.
const lateTime = 2 * time.Minute

// IsLate reports whether the run began long after it was due: the program was down, or
// another run was under way.
func (r *Run) IsLate() bool { return !r.Due.IsZero() && r.StartedAt.Sub(r.Due) > lateTime }

// DueAt is when the run was due by its schedule, nil where it was started by hand.
func (r *Run) DueAt() *time.Time { return moment(r.Due) }

// Examiner is the identifier of the run that examined the files.
func (r *Run) Examiner() string {
	if r.Repeats != "" {
		return r.Repeats
	}
	return r.ID
}

// Repeat takes over what an earlier run of the source found in its files.
func (r *Run) Repeat(earlier *Run) {
	r.Repeats = earlier.Examiner()
	r.Read, r.Accepted, r.Rejected = earlier.Read, earlier.Accepted, earlier.Rejected
}

// Seconds is how long the run took, 0 while it runs.
func (r *Run) Seconds() float64 {
	if r.Ended.IsZero() {
		return 0
	}
	return r.Ended.Sub(r.StartedAt).Seconds()
}

// EndedAt is when the run ended, nil while it runs.
func (r *Run) EndedAt() *time.Time { return moment(r.Ended) }

func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
