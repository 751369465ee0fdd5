package schedule

import (
	"strings"
	"testing"
	"time"

	"github.com/niengiam/niengiam/etl/workspace"
)

// In New York the clock is put forward from 02:00 to 03:00 on 9 March 2025 and back from
// 02:00 to 01:00 on 2 November.
func TestWallClock(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	at := func(text string) time.Time {
		moment, err := time.Parse("2006-01-02 15:04 -0700", text)
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	for _, c := range []struct {
		cron, from string
		want       []string
	}{
		{"30 2 * * *", "2025-03-08 12:00 -0500", []string{"2025-03-09 03:30 -0400", "2025-03-10 02:30 -0400"}},
		{"30 2 * * *", "2025-03-09 00:30 -0500", []string{"2025-03-09 03:30 -0400", "2025-03-10 02:30 -0400"}}, // started on the day itself
		{"30 2 9 3 *", "2025-01-01 00:00 -0500", []string{"2025-03-09 03:30 -0400", "2026-03-09 02:30 -0400"}},
		{"30 * * * *", "2025-03-09 01:00 -0500", []string{"2025-03-09 01:30 -0500", "2025-03-09 03:30 -0400", "2025-03-09 04:30 -0400"}},
		{"30 1 * * *", "2025-11-01 12:00 -0400", []string{"2025-11-02 01:30 -0400", "2025-11-03 01:30 -0500"}},
		{"0,30 1 * * *", "2025-11-01 12:00 -0400", []string{"2025-11-02 01:00 -0400", "2025-11-02 01:30 -0400", "2025-11-03 01:00 -0500"}},
		{"30 1 * * *", "2025-11-02 01:10 -0500", []string{"2025-11-03 01:30 -0500"}}, // started in the second pass of the hour
		{"30 * * * *", "2025-11-02 00:45 -0400", []string{"2025-11-02 01:30 -0400", "2025-11-02 02:30 -0500"}},
	} {
		clock, err := newWallClock(c.cron, zone)
		if err != nil {
			t.Fatal(err)
		}
		next := at(c.from)
		for _, want := range c.want {
			if next = clock.Next(next); !next.Equal(at(want)) {
				t.Errorf("%q from %s: %s, want %s", c.cron, c.from, next, want)
			}
		}
	}
}

// In Berlin the clock is put forward from 02:00 to 03:00 on 30 March 2025 and back from 03:00
// to 02:00 on 26 October. In Viet Nam no hour is skipped or repeated.
func TestSkippedAndRepeatedHours(t *testing.T) {
	for _, c := range []struct{ zone, cron, from, want string }{
		{"Europe/Berlin", "30 2 * * *", "2025-03-29 12:00 +0100", "2025-03-30 03:30 +0200 2025-03-31 02:30 +0200"},
		{"Europe/Berlin", "0 3 * * *", "2025-03-29 12:00 +0100", "2025-03-30 03:00 +0200 2025-03-31 03:00 +0200"},
		{"Europe/Berlin", "30 2 * * *", "2025-10-25 12:00 +0200", "2025-10-26 02:30 +0200 2025-10-27 02:30 +0100"},
		{"Europe/Berlin", "30 2 * * *", "2025-10-26 02:40 +0200", "2025-10-27 02:30 +0100 2025-10-28 02:30 +0100"},
		{"Europe/Berlin", "*/30 2 * * *", "2025-10-26 01:00 +0200", "2025-10-26 02:00 +0200 2025-10-26 02:30 +0200 2025-10-27 02:00 +0100"},
		{"Asia/Ho_Chi_Minh", "30 2 * * *", "2025-03-29 12:00 +0700", "2025-03-30 02:30 +0700 2025-03-31 02:30 +0700"},
		{"Asia/Ho_Chi_Minh", "30 2 * * *", "2025-10-25 12:00 +0700", "2025-10-26 02:30 +0700 2025-10-27 02:30 +0700"},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		const form = "2006-01-02 15:04 -0700"
		from, err := time.Parse(form, c.from)
		if err != nil {
			t.Fatal(err)
		}
		count := (len(c.want) + 1) / (len(form) + 1)
		var got []string
		for _, at := range NextTimes(&workspace.Schedule{Cron: c.cron, TimeZone: zone}, from, count) {
			got = append(got, at.Format(form))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q in %s from %s: %v, want %s", c.cron, c.zone, c.from, got, c.want)
		}
	}
}
