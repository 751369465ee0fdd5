package workspace

import (
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/niengiam/niengiam/stats/number"
)

// Schedule is when a source is loaded.
type Schedule struct {
	// Cron is a cron expression of five fields.
	Cron string
	// TimeZone is the time zone in which the expression is read.
	TimeZone *time.Location
}

func readSchedule(n node, zone *time.Location) *Schedule {
	if !n.exists() {
		return nil
	}
	m := n.mapping("cron", "time_zone")
	expression := m.need("cron")
	schedule := &Schedule{Cron: expression.scalar(), TimeZone: zone}
	if named := m.get("time_zone"); named.exists() {
		schedule.TimeZone = timeZone(named)
	}
	fields := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)
	if _, err := fields.Parse(schedule.Cron); expression.exists() && (err != nil || strings.Contains(schedule.Cron, "=")) {
		fault := expression.fault(BadSchedule, "%q is not a cron expression of five fields", schedule.Cron)
		fault.Err = err
		fault.Hint = number.EnglishOnly("minute hour day month weekday, like 0 6 * * 1")
	}
	return schedule
}

// timeZone reads the name of a time zone.
func timeZone(n node) *time.Location {
	text := n.scalar()
	zone, err := time.LoadLocation(text)
	if err != nil || text == "" || text == "Local" {
		n.fault(BadSchedule, "%q is not the name of a time zone like Asia/Ho_Chi_Minh", text).Err = err
		return time.UTC
	}
	return zone
}
