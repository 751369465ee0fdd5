package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/niengiam/niengiam/briefing/delivery"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// notifier tells how loads ended to whom the workspace names. No load waits for it.
type notifier struct {
	ctx       context.Context //nolint:containedctx // of the program: what is under way ends with it
	courier   *delivery.Courier
	workspace *workspace.Workspace
	redact    func([]*ledger.Run) // takes out what readers may not see: who reads it is not known
	log       *slog.Logger
	sending   sync.WaitGroup
}

// newNotifier makes the notifier of a program that serves.
func newNotifier(s *session, w *workspace.Workspace, public *query.Service) *notifier {
	return &notifier{ctx: s.ctx, courier: courier(s), workspace: w, redact: public.RedactRuns, log: s.log}
}

// ended tells of a run that has ended.
func (n *notifier) ended(run ledger.Run) {
	runs := []*ledger.Run{&run}
	n.redact(runs)
	for _, notice := range n.workspace.Notices {
		if !notice.Tells(runs[0]) {
			continue
		}
		n.sending.Go(func() {
			if err := n.tell(notice, runs[0]); err != nil {
				n.log.Error("the end of a load was not told", "notice", notice.Code, "run", run.ID, "code", number.CodeOf(err), "error", err)
			}
		})
	}
}

// stop waits for what is being told; its context has ended.
func (n *notifier) stop() { n.sending.Wait() }

// toldRun is a run as programs are told of it, in the words of the API.
type toldRun struct {
	Run      string             `json:"id"`
	Source   string             `json:"source"`
	Title    string             `json:"title"`
	Actor    string             `json:"actor"`
	Outcome  ledger.Outcome     `json:"outcome"`
	Due      *time.Time         `json:"dueAt"`
	Late     bool               `json:"late"`
	Started  time.Time          `json:"startedAt"`
	Ended    time.Time          `json:"endedAt"`
	Seconds  float64            `json:"seconds"`
	Years    string             `json:"years"`
	Read     int                `json:"read"`
	Accepted int                `json:"accepted"`
	Rejected int                `json:"rejected"`
	Added    int                `json:"added"`
	Releases []ledger.ReleaseID `json:"releases"`
	Error    string             `json:"error"`
}

// tell sends one notice: a text for people, and beside it JSON for programs.
func (n *notifier) tell(notice *workspace.Notice, run *ledger.Run) error {
	language, title := notice.Language, run.Source
	if source := n.workspace.Source(run.Source); source != nil {
		title = source.Title.In(language)
	}
	told := toldRun{
		run.ID, run.Source, title, run.Actor, run.Outcome, run.DueAt(), run.IsLate(), run.StartedAt, run.Ended, run.Seconds(), run.Years,
		run.Read, run.Accepted, run.Rejected, run.Added, append([]ledger.ReleaseID{}, run.Releases...), run.ErrorText(language),
	}
	content, err := json.MarshalIndent(told, "", "  ")
	if err != nil {
		return fmt.Errorf("write a notice: %w", err)
	}
	return n.courier.Deliver(n.ctx, &notice.Delivery, delivery.Parcel{
		Subject: title + ": " + outcomeText(run.Outcome, language), Text: n.letter(&told, language),
		Files: []delivery.File{{Name: fmt.Sprintf("%s-%s.json", run.Source, run.ID), Type: "application/json", Content: append(content, '\n')}},
	})
}

// letter is the text of a notice.
func (n *notifier) letter(told *toldRun, language number.Language) string {
	zone := n.workspace.TimeZone
	lines := []string{
		fmt.Sprintf("%s (%s): %s", told.Title, told.Source, outcomeText(told.Outcome, language)),
		fmt.Sprintf(number.Text{VI: "Bắt đầu %s, trong %.1f giây", EN: "Started %s, took %.1f s"}.In(language), told.Started.In(zone).Format("2006-01-02 15:04 MST"), told.Seconds),
		fmt.Sprintf(number.Text{
			VI: "Đọc %d dòng, nhận %d, lỗi %d; công bố %d số liệu", EN: "%d rows read, %d accepted, %d rejected; %d figures published",
		}.In(language), told.Read, told.Accepted, told.Rejected, told.Added),
	}
	if told.Late {
		lines = append(lines, fmt.Sprintf(number.Text{VI: "Chạy trễ, lẽ ra lúc %s", EN: "Started late, was due %s"}.In(language), told.Due.In(zone).Format("2006-01-02 15:04 MST")))
	}
	if told.Error != "" {
		lines = append(lines, "", told.Error)
	}
	return strings.Join(lines, "\n") + "\n"
}

// outcomeText is how a run ended, in words.
func outcomeText(outcome ledger.Outcome, language number.Language) string {
	words := map[ledger.Outcome]number.Text{
		ledger.Published: {VI: "đã công bố", EN: "published"}, ledger.Unchanged: {VI: "không có gì mới", EN: "nothing new"},
		ledger.Waiting: {VI: "đang chờ duyệt", EN: "awaits approval"}, ledger.Refused: {VI: "dừng vì có lỗi trong tệp", EN: "stopped by faults of the file"},
		ledger.Failed: {VI: "nạp không thành công", EN: "the load failed"},
	}
	return words[outcome].In(language)
}
