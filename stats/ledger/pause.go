package ledger

import "time"

// Pause is a decision that the schedule of a source is paused or goes on.
type Pause struct {
	// Source is the code of the source.
	Source string
	// Paused is true where its schedule is paused from here on, false where it goes on.
	Paused bool
	// Actor says who decided, Comment why.
	Actor, Comment string
	// Since is when.
	Since time.Time
}
