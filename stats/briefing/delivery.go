package briefing

import (
	"time"

	"github.com/niengiam/niengiam/stats/number"
)

// Delivery is a briefing that is sent by schedule.
type Delivery struct {
	// Code names it, UnitCode is the code of the unit that it is about.
	Code, UnitCode string
	// Schedule is a cron expression of five fields, TimeZone that of the expression.
	Schedule, TimeZone string
	// Next is when it is sent next, nil while nothing is scheduled.
	Next *time.Time
	// Sent is what became of the last ones, the latest first.
	Sent []*DeliveryRecord
}

// DeliveryRecord is what became of a delivery to one place.
type DeliveryRecord struct {
	// Destination is the place.
	Destination string
	// At is the moment at which it arrived or was given up.
	At time.Time
	// Attempts is how often it was tried.
	Attempts int
	// Files are the names of its files.
	Files []string
	// Reason, the code of the fault, and Error say why it did not arrive; "" where it did.
	Reason number.Code
	Error  string
}

// ReasonText is the fault in words, "" where it arrived.
func (r *DeliveryRecord) ReasonText(language number.Language) string {
	return number.Meaning(r.Reason, language)
}
