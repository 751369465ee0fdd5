package ledger

// Severity says what becomes of a load in which a check found something.
type Severity string

// The severities, the mildest first.
const (
	// Warn: the figures are published, and the finding with them.
	Warn Severity = "WARN"
	// Hold: the load waits for approval, as a restatement does.
	Hold Severity = "HOLD"
	// Stop: the load is refused.
	Stop Severity = "STOP"
)
