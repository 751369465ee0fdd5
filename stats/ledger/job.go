package ledger

import (
	"time"

	"github.com/niengiam/niengiam/stats/number"
)

// Job is the state of the loading of one source.
type Job struct {
	// SourceCode is the code of the source, Titles its title, Publishers who publishes
	// its figures.
	SourceCode         string
	Titles, Publishers number.Text
	// Schedule is a cron expression of five fields, "" when it is loaded by hand
	// only; TimeZone is that of the expression, or else of the workspace: all times are told in it.
	Schedule, TimeZone string
	// ScheduleTexts tell all of its schedule in words, "" when it is loaded by hand only.
	ScheduleTexts number.Text
	// Next is when it is loaded next, nil without a schedule; Upcoming are the next times,
	// as many as are ever asked for.
	Next     *time.Time
	Upcoming []time.Time
	// Paused is the decision by which its schedule is paused, nil when it is not.
	Paused *Pause
	// Running is how far its load is that runs in this program, nil when none does.
	Running *RunProgress
	// WaitingSince is since when a run waits for another load to end, nil when none waits.
	WaitingSince *time.Time
	// LastRun is how it was loaded last, nil when it never was.
	LastRun *Run
	// Findings are what its loads found that readers should know, Held its pending
	// restatements.
	Findings []*Finding
	Held     []*Restatement
}

// ReleaseManagement is what callers may do about pending restatements and releases.
type ReleaseManagement string

// The settings; each includes the one before it.
const (
	// ManagementNone shows counts only.
	ManagementNone ReleaseManagement = "NONE"
	// ManagementView also lists pending restatements, cell by cell.
	ManagementView ReleaseManagement = "VIEW"
	// ManagementDecide also lets callers approve, refuse, withdraw and restore.
	ManagementDecide ReleaseManagement = "DECIDE"
)

// ScheduleText tells when the source is loaded.
func (j *Job) ScheduleText(language number.Language) string { return j.ScheduleTexts.In(language) }

// UpcomingTimes is the most times that are told of a schedule.
const UpcomingTimes = 50

// Title is the title of the source.
func (j *Job) Title(language number.Language) string { return j.Titles.In(language) }

// Publisher is who publishes the figures.
func (j *Job) Publisher(language number.Language) string { return j.Publishers.In(language) }
