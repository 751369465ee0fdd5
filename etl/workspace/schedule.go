package workspace

import (
	"slices"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/niengiam/niengiam/stats/number"
)

// Schedule is when a source is loaded: at times, when a file arrives, after another source,
// or at several of these.
type Schedule struct {
	// Cron is a cron expression of five fields; "" for none.
	Cron string
	// TimeZone is the time zone in which the expression is read.
	TimeZone *time.Location
	// OnArrival is true where the source is loaded when one of its files arrives or changes.
	OnArrival bool
	// After is the code of the source after whose loads this one is loaded; "" for none.
	After string

	after node // where After stands
}

// readSchedule reads a schedule that has times alone.
func readSchedule(n node, zone *time.Location) *Schedule {
	if !n.exists() {
		return nil
	}
	m := n.mapping("cron", "time_zone")
	schedule := &Schedule{TimeZone: zone}
	schedule.readTimes(m, m.need("cron"))
	return schedule
}

// readSourceSchedule reads the schedule of a source.
func readSourceSchedule(n node, zone *time.Location) *Schedule {
	if !n.exists() {
		return nil
	}
	m := n.mapping("cron", "time_zone", "on_arrival", "after")
	schedule := &Schedule{TimeZone: zone, OnArrival: m.get("on_arrival").flag(), After: m.get("after").scalar(), after: m.get("after")}
	schedule.readTimes(m, m.get("cron"))
	if m.exists() && schedule.Cron == "" && !schedule.OnArrival && schedule.After == "" {
		n.fault(MissingKey, "a schedule says when: cron, on_arrival: true, after, or several of them")
	}
	return schedule
}

// readTimes reads a cron expression and its time zone.
func (s *Schedule) readTimes(m mapping, expression node) {
	s.Cron = expression.scalar()
	if named := m.get("time_zone"); named.exists() {
		s.TimeZone = timeZone(named)
	}
	fields := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)
	if _, err := fields.Parse(s.Cron); expression.exists() && (err != nil || strings.Contains(s.Cron, "=")) {
		fault := expression.fault(BadSchedule, "%q is not a cron expression of five fields", s.Cron)
		fault.Err = err
		fault.Hint = number.EnglishOnly("minute hour day month weekday, like 0 6 * * 1")
	}
}

// checkArrival refuses to load a source on arrival where nothing that it fetches arrives: only
// a folder can be watched.
func checkArrival(n node, source *Source) {
	if source.Schedule == nil || !source.Schedule.OnArrival || len(source.Places) == 0 {
		return
	}
	if !slices.ContainsFunc(source.Places, func(p Place) bool { return p.Folder != nil }) {
		n.fault(BadSchedule, "nothing arrives from these places by itself: only a folder is watched").Hint =
			number.EnglishOnly("give a cron expression; what has not changed since is not fetched again")
	}
}

// checkOrder refuses sources that come after one that is none, or after themselves.
func checkOrder(r *reader, sources []*Source) {
	byCode := map[string]*Source{}
	for _, source := range sources {
		byCode[source.Code] = source
	}
	for _, source := range sources {
		if source.Schedule == nil || source.Schedule.After == "" {
			continue
		}
		at := source.Schedule.after
		r.sources.refer(&r.faults, source.Schedule.After, at.at)
		seen := map[string]bool{}
		for next := source; next != nil && next.Schedule != nil && next.Schedule.After != "" && !seen[next.Code]; {
			seen[next.Code] = true
			if next = byCode[next.Schedule.After]; next == source {
				at.fault(BadSchedule, "%q would be loaded after itself", source.Code)
			}
		}
	}
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

// readDuration reads a time like 90s, 30m or 2h; 0 where none is given.
func readDuration(n node) time.Duration {
	if !n.exists() {
		return 0
	}
	took, err := time.ParseDuration(n.scalar())
	if err != nil || took <= 0 {
		n.fault(BadValue, "%q is no time like 90s, 30m or 2h", n.scalar())
		return 0
	}
	return took
}
