package briefing

import (
	"time"

	"github.com/niengiam/niengiam/stats/number"
)

// Delivery is a briefing that is sent on a schedule.
type Delivery struct {
	// Code is its code, UnitCode that of the unit that it is about.
	Code, UnitCode string
	// Schedule is a cron expression of five fields, TimeZone that of the expression.
	Schedule, TimeZone string
	// Next is when it is sent next, nil while nothing is scheduled.
	Next *time.Time
	// Sent records the last deliveries, the latest first.
	Sent []*DeliveryRecord
}

// DeliveryRecord is the result of a delivery to one destination.
type DeliveryRecord struct {
	// Destination is where it was sent.
	Destination string
	// At is when it arrived or was given up.
	At time.Time
	// Attempts is how often sending was tried.
	Attempts int
	// Files are the names of its files.
	Files []string
	// Reason, an error code, and Error say why it did not arrive; "" when it did.
	Reason number.Code
	Error  string
}

// ReasonText returns the reason in words, "" when it arrived.
func (r *DeliveryRecord) ReasonText(language number.Language) string {
	return number.Meaning(r.Reason, language)
}
