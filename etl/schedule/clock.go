package schedule

import (
	"fmt"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/niengiam/niengiam/etl/workspace"
)

// wallClock gives the times of a cron expression as a clock on the wall shows them. An
// hour that the time zone skips is run once, as much later as the clock is put forward;
// one that it repeats is run the first time only.
type wallClock struct {
	schedule cron.Schedule // read as if the zone were UTC, which skips and repeats nothing
	zone     *time.Location
}

func newWallClock(expression string, zone *time.Location) (*wallClock, error) {
	schedule, err := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow).Parse("CRON_TZ=UTC " + expression)
	if err != nil {
		return nil, fmt.Errorf("read the schedule: %w", err)
	}
	return &wallClock{schedule, zone}, nil
}

// IsValid reports no fault: the expression was read when the clock was made.
func (c *wallClock) IsValid(string, *time.Location, time.Time) error { return nil }

// Next returns the first time after another one; the zero time where there is none.
func (c *wallClock) Next(after time.Time) time.Time {
	wall := wallTime(after, c.zone)
	for {
		if wall = c.schedule.Next(wall); wall.IsZero() {
			return wall
		}
		if at := c.moment(wall); at.After(after) {
			return at
		}
	}
}

// wallTime is what a clock in a zone shows, as a time in UTC.
func wallTime(at time.Time, zone *time.Location) time.Time {
	local := at.In(zone)
	return time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), local.Second(), local.Nanosecond(), time.UTC)
}

// moment is when a clock in the zone shows a time first. Where it never does, because
// the clock is put forward, it is when it would have shown it.
func (c *wallClock) moment(wall time.Time) time.Time {
	_, offset := wall.Add(-24 * time.Hour).In(c.zone).Zone() // the one before the clock is put forward or back
	first := wall.Add(-time.Duration(offset) * time.Second)
	if wallTime(first, c.zone).Equal(wall) {
		return first.In(c.zone)
	}
	given := time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), 0, c.zone)
	if wallTime(given, c.zone).Equal(wall) {
		return given
	}
	return first.In(c.zone)
}

// NextTimes returns the next times of a schedule after a moment, so many of them; none where
// the schedule has no times.
func NextTimes(schedule *workspace.Schedule, after time.Time, count int) []time.Time {
	times := []time.Time{}
	if schedule == nil || schedule.Cron == "" {
		return times
	}
	clock, err := newWallClock(schedule.Cron, schedule.TimeZone)
	if err != nil { // no workspace has such a schedule
		return times
	}
	for at := clock.Next(after); len(times) < count && !at.IsZero(); at = clock.Next(at) {
		times = append(times, at)
	}
	return times
}
