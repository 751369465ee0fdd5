package main

import (
	"fmt"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/schedule"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/list"
	"github.com/niengiam/niengiam/stats/number"
)

// nextShown is how many of the next runs of a source are shown.
const nextShown = 5

type runsCommand struct {
	Source string `arg:"" optional:"" help:"The code of a source, to see its runs and when it runs next. Default: a line for each source."`
	First  int    `help:"How many runs are shown, the latest first, 1 to 1000." default:"20" placeholder:"NUMBER"`
	Lang   string `help:"The language in which schedules and reasons are told: ${enum}." enum:"en,vi" default:"en"`
}

type pauseCommand struct {
	Source string `arg:"" help:"The code of the source."`
	decision
}

type resumeCommand struct {
	Source string `arg:"" help:"The code of the source."`
	decision
}

// Run lists the sources, or the runs of one.
func (c *runsCommand) Run(s *session) error {
	return withManager(s, func(m *etl.ReleaseManager) error {
		m.Upcoming = func(code string, count int) []time.Time {
			return schedule.NextTimes(m.Workspace.Source(code).Schedule, time.Now(), count)
		}
		jobs, err := m.Jobs(s.ctx)
		if err != nil {
			return err
		}
		if c.Source == "" {
			c.sources(s, m.Workspace, jobs)
			return nil
		}
		if _, err := chosen(m.Workspace, []string{c.Source}); err != nil {
			return err
		}
		for _, job := range jobs {
			if job.SourceCode == c.Source {
				c.schedule(s, m.Workspace, job)
			}
		}
		pages, errs := m.Runs(s.ctx, []string{c.Source}, list.Page{First: c.First})
		if errs[0] != nil {
			return errs[0]
		}
		c.history(s, m.Workspace, pages[0].Nodes, pages[0].TotalCount)
		return nil
	})
}

func (c *runsCommand) language() number.Language {
	if c.Lang == "vi" {
		return number.Vietnamese
	}
	return number.English
}

// sources prints a line for each source.
func (c *runsCommand) sources(s *session, w *workspace.Workspace, jobs []*ledger.Job) {
	t := newTable(s, "source", "schedule", "next", "last run", "outcome", "took")
	for _, job := range jobs {
		next, last, outcome, took := "by hand", "never", "", ""
		switch {
		case job.Paused != nil:
			next = "paused by " + job.Paused.Actor
		case job.Next != nil:
			next = local(w, job.SourceCode, *job.Next)
		case job.ScheduleText(number.English) != "":
			next = ""
		}
		if run := job.LastRun; run != nil {
			last, outcome, took = local(w, job.SourceCode, run.StartedAt), string(run.Outcome), tookText(run)
		}
		t.AppendRow(table.Row{job.SourceCode, job.ScheduleText(c.language()), next, last, outcome, took})
	}
	t.Render()
}

// schedule prints when a source is loaded.
func (c *runsCommand) schedule(s *session, w *workspace.Workspace, job *ledger.Job) {
	if text := job.ScheduleText(c.language()); text != "" {
		fmt.Fprintf(s.out, "schedule: %s", text)
		if job.Schedule != "" {
			fmt.Fprintf(s.out, " (%s, %s)", job.Schedule, job.TimeZone)
		}
		fmt.Fprintln(s.out)
	} else {
		fmt.Fprintln(s.out, "schedule: none, it is loaded by hand")
	}
	if p := job.Paused; p != nil {
		fmt.Fprintf(s.out, "paused since %s by %s: %s\n", local(w, job.SourceCode, p.Since), p.Actor, p.Comment)
	}
	for _, at := range job.Upcoming[:min(nextShown, len(job.Upcoming))] {
		fmt.Fprintf(s.out, "next: %s\n", local(w, job.SourceCode, at))
	}
}

// history prints runs, the latest first.
func (c *runsCommand) history(s *session, w *workspace.Workspace, runs []*ledger.Run, total int) {
	t := newTable(s, "started", "took", "by", "due", "years", "outcome", "read", "rejected", "published", "releases")
	for _, run := range runs {
		due := ""
		if !run.Due.IsZero() {
			due = local(w, c.Source, run.Due)
		}
		if run.IsLate() {
			due += " late"
		}
		t.AppendRow(table.Row{
			local(w, c.Source, run.StartedAt), tookText(run), run.Actor, due, run.Years, run.Outcome, run.Read, run.Rejected, run.Added, releasesText(run),
		})
	}
	t.Render()
	for _, run := range runs {
		if why := run.ErrorText(c.language()); why != "" {
			fmt.Fprintf(s.out, "%s %s: %s\n", local(w, c.Source, run.StartedAt), run.Outcome, why)
		}
	}
	if more := total - len(runs); more > 0 {
		fmt.Fprintf(s.out, "and %d earlier runs: --first shows more\n", more)
	}
}

// releasesText writes the numbers of the releases of a run: 12–14.
func releasesText(run *ledger.Run) string {
	switch count := len(run.Releases); count {
	case 0:
		return ""
	case 1:
		return run.Releases[0].String()
	default:
		return run.Releases[0].String() + "–" + run.Releases[count-1].String()
	}
}

// tookText writes how long a run took.
func tookText(run *ledger.Run) string {
	if run.Ended.IsZero() {
		return ""
	}
	return run.Ended.Sub(run.StartedAt).Round(10 * time.Millisecond).String()
}

// local writes a moment in the time zone of the schedule of a source, else of the workspace.
func local(w *workspace.Workspace, code string, at time.Time) string {
	return at.In(w.Zone(code)).Format("2006-01-02 15:04 MST")
}

// Run pauses the schedule of a source.
func (c *pauseCommand) Run(s *session) error { return c.decide(s, c.Source, true) }

// Run lets the schedule of a source go on.
func (c *resumeCommand) Run(s *session) error { return c.decide(s, c.Source, false) }

// decide pauses the schedule of a source or lets it go on.
func (d decision) decide(s *session, source string, paused bool) error {
	return withManager(s, func(m *etl.ReleaseManager) error {
		if _, err := m.Pause(s.ctx, source, d.actor(), d.Comment, paused); err != nil {
			return err
		}
		if paused {
			fmt.Fprintf(s.out, "paused: %s is loaded by hand only, until niengiam resume %s\n", source, source)
		} else {
			fmt.Fprintf(s.out, "resumed: %s; what was due meanwhile is loaded once\n", source)
		}
		return nil
	})
}
