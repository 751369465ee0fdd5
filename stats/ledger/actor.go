package ledger

// Who starts the loads that no person starts.
const (
	BySchedule = "schedule" // the time that the cron expression gives
	ByArrival  = "arrival"  // a file that arrived
	ByAnother  = "after"    // the end of a load of the source that it comes after
)

// IsProgram reports whether an actor is one of them, which everybody may know.
func IsProgram(actor string) bool {
	return actor == BySchedule || actor == ByArrival || actor == ByAnother
}
