package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/jedib0t/go-pretty/v6/progress"
	"golang.org/x/term"

	"github.com/niengiam/niengiam/stats/ledger"
)

// progressView shows how far loads are.
type progressView interface {
	// of returns what hears of the load of a source; nil where nothing is shown of it.
	of(source string) func(ledger.RunProgress)
	// stop ends the view.
	stop()
}

// newBars returns progress bars on a terminal, and elsewhere lines, where they are wanted: a
// log has neither.
func newBars(s *session, loads int, lines bool) progressView {
	if file, ok := s.errs.(*os.File); !ok || !term.IsTerminal(int(file.Fd())) {
		if lines {
			return &progressLines{out: s.errs, now: time.Now}
		}
		return &quiet{}
	}
	writer := progress.NewWriter()
	writer.SetOutputWriter(s.errs)
	writer.SetNumTrackersExpected(loads)
	writer.SetAutoStop(false)
	writer.SetUpdateFrequency(50 * time.Millisecond)
	go writer.Render()
	return &bars{writer: writer}
}

// quiet shows nothing.
type quiet struct{}

func (*quiet) of(string) func(ledger.RunProgress) { return nil }
func (*quiet) stop()                              {}

// linePace is how often a line is printed at most while a load runs.
const linePace = 2 * time.Second

// progressLines prints a line from time to time, and one when a load has ended.
type progressLines struct {
	out  io.Writer
	now  func() time.Time
	last time.Time
}

func (l *progressLines) of(source string) func(ledger.RunProgress) {
	l.last = l.now()
	return func(p ledger.RunProgress) {
		if now := l.now(); p.IsLast() || now.Sub(l.last) >= linePace {
			l.last = now
			fmt.Fprintf(l.out, "%s: %s\n", source, described(&p))
		}
	}
}

func (*progressLines) stop() {}

// described writes where a load is: its stage, what is done in it, and its rows.
func described(p *ledger.RunProgress) string {
	text := p.Stage
	if p.IsLast() {
		text = fmt.Sprintf("%s after %.1f s", p.Outcome, p.At.Sub(p.StartedAt).Seconds())
	} else if p.Total > 0 {
		text += fmt.Sprintf(" %d/%d", p.Done, p.Total)
	}
	if p.Rows > 0 {
		text += fmt.Sprintf(", %d rows, %d rejected, %.0f rows/s", p.Rows, p.Rejects, p.Rate)
	}
	return text
}

// bars are the progress bars of loads.
type bars struct{ writer progress.Writer }

func (b *bars) of(source string) func(ledger.RunProgress) {
	tracker := &progress.Tracker{Message: source}
	b.writer.AppendTracker(tracker)
	stages := int64(len(ledger.Stages()))
	return func(p ledger.RunProgress) {
		tracker.UpdateMessage(source + " " + described(&p))
		// A bar is as long as there are stages, each a hundred parts.
		tracker.UpdateTotal(100 * stages)
		done := 100 * int64(p.Step()-1)
		if p.Total > 0 {
			done += 100 * int64(min(p.Done, p.Total)) / int64(p.Total)
		}
		tracker.SetValue(max(done, 0))
		if p.IsLast() {
			tracker.MarkAsDone()
		}
	}
}

func (b *bars) stop() {
	b.writer.Stop()
	for b.writer.IsRenderInProgress() {
		time.Sleep(10 * time.Millisecond)
	}
}
