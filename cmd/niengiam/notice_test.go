package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/niengiam/niengiam/briefing/delivery"
	"github.com/niengiam/niengiam/briefing/delivery/deliverytest"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// How a load ended is told to those whom the workspace names, by mail and to a webhook, and
// to nobody else; what is confidential is not in it.
func TestOutcomesAreTold(t *testing.T) {
	t.Parallel()
	posts := make(chan []byte, 4)
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		posts <- body
	}))
	defer hook.Close()
	mail := deliverytest.Serve(t, 0)
	ctx, stop := context.WithCancel(t.Context())
	dir := t.TempDir()
	n := &notifier{
		ctx: ctx, log: slog.New(slog.DiscardHandler),
		courier: &delivery.Courier{
			Dir: dir, Journal: filepath.Join(dir, "deliveries.jsonl"), Logger: slog.New(slog.DiscardHandler),
			Getenv: func(name string) string {
				return map[string]string{"SMTP_USER": deliverytest.User, "SMTP_PASSWORD": deliverytest.Password}[name]
			}, Client: hook.Client(), Now: time.Now,
		},
		workspace: &workspace.Workspace{
			TimeZone: time.UTC, Sources: []*workspace.Source{{Code: "census", Title: number.Text{VI: "Tổng điều tra", EN: "Census"}}},
			Notices: []*workspace.Notice{
				{Outcomes: []ledger.Outcome{ledger.Failed}, Delivery: workspace.Delivery{Code: "people", Language: number.Vietnamese, Mail: &workspace.Mail{
					From: "stats@example.org", To: []string{"office@example.org"}, Server: mail.Address, UserEnv: "SMTP_USER", PasswordEnv: "SMTP_PASSWORD",
				}}},
				{Outcomes: []ledger.Outcome{ledger.Failed, ledger.Published}, Sources: []string{"census"}, Delivery: workspace.Delivery{
					Code: "program", Language: number.English, Webhook: &workspace.Webhook{URL: hook.URL},
				}},
				{Outcomes: []ledger.Outcome{ledger.Failed}, Sources: []string{"other"}, Delivery: workspace.Delivery{Code: "nobody", Webhook: &workspace.Webhook{URL: hook.URL}}},
			},
		},
		redact: func(runs []*ledger.Run) {
			own := *runs[0]
			own.Error = number.Text{VI: strings.ReplaceAll(own.Error.VI, "42", "…"), EN: strings.ReplaceAll(own.Error.EN, "42", "…")}
			runs[0] = &own
		},
	}
	began := time.Date(2025, 7, 1, 6, 0, 0, 0, time.UTC)
	run := ledger.Run{
		ID: "r1", Source: "census", Actor: "schedule", Due: began.Add(-time.Hour), StartedAt: began, Ended: began.Add(1500 * time.Millisecond), Outcome: ledger.Failed,
		Read: 10, Accepted: 8, Rejected: 2, Error: number.Text{VI: "tệp có 42", EN: "the file has 42"},
	}
	n.ended(run)
	n.sending.Wait()
	letters := mail.Letters()
	if len(letters) != 1 || letters[0].Subject != "Tổng điều tra: nạp không thành công" ||
		letters[0].Text != "Tổng điều tra (census): nạp không thành công\nBắt đầu 2025-07-01 06:00 UTC, trong 1.5 giây\nĐọc 10 dòng, nhận 8, lỗi 2; công bố 0 số liệu\nChạy trễ, lẽ ra lúc 2025-07-01 05:00 UTC\n\ntệp có …\n" {
		t.Errorf("mails %+v", letters)
	}
	var told map[string]any
	if err := json.Unmarshal(<-posts, &told); err != nil || told["id"] != "r1" || told["outcome"] != "failed" || told["rejected"] != 2.0 || told["late"] != true || told["error"] != "the file has …" {
		t.Errorf("the webhook was told %v, %v", told, err)
	}
	run.Outcome = ledger.Published
	n.ended(run)
	n.sending.Wait()
	if err := json.Unmarshal(<-posts, &told); err != nil || told["outcome"] != "published" {
		t.Errorf("the webhook was told %v, %v", told, err)
	}
	if len(posts) != 0 || len(mail.Letters()) != 1 {
		t.Errorf("%d posts and %d mails too many", len(posts), len(mail.Letters())-1)
	}
	// A place that cannot be reached keeps neither a load nor the end of the program.
	hook.Close()
	n.ended(run)
	stop()
	n.stop()
	if records, err := delivery.Sent(n.courier.Journal, "program", 5); err != nil || len(records) != 3 || records[0].Reason != delivery.Failed {
		t.Errorf("%+v, %v", records, errors.Join(err))
	}
}
