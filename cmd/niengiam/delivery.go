package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/niengiam/niengiam/briefing/delivery"
	"github.com/niengiam/niengiam/briefing/print"
	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/schedule"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/briefing"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// postTime is how long a webhook may take to answer.
const postTime = 30 * time.Second

// courier makes what delivers from the data directory.
func courier(s *session) *delivery.Courier {
	return &delivery.Courier{
		Dir: filepath.Join(s.Data, "deliveries"), Journal: journal(s), Logger: s.log,
		Getenv: os.Getenv, Client: &http.Client{Timeout: postTime}, Now: time.Now,
	}
}

// deliveries makes the scheduler of the workspace's deliveries, which works as that
// of its sources does.
func deliveries(s *session, w *workspace.Workspace, service *query.Service) (*schedule.Scheduler, error) {
	courier := courier(s)
	jobs, byCode := []*workspace.Source{}, map[string]*workspace.Delivery{}
	for _, d := range w.Deliveries {
		jobs, byCode[d.Code] = append(jobs, &workspace.Source{Code: d.Code, Schedule: d.Schedule}), d
	}
	return schedule.New(schedule.Config{
		Sources: jobs, Logger: s.log,
		Load: func(ctx context.Context, order etl.Order) error {
			return deliver(ctx, courier, service, byCode[order.Source], time.Now())
		},
		Last: func(code string) (time.Time, bool) {
			records, err := delivery.Sent(journal(s), code, 1)
			if err != nil || len(records) == 0 {
				return time.Time{}, false
			}
			return records[0].At, true
		},
	})
}

// shownRecords is how many deliveries of one code are told.
const shownRecords = 20

// journal is the file in which deliveries are recorded.
func journal(s *session) string { return filepath.Join(s.Data, "deliveries.jsonl") }

// sent returns the outcomes of the deliveries of the workspace.
func sent(s *session, w *workspace.Workspace, scheduler *schedule.Scheduler) func() ([]*briefing.Delivery, error) {
	return func() ([]*briefing.Delivery, error) {
		deliveries := []*briefing.Delivery{}
		for _, d := range w.Deliveries {
			told := &briefing.Delivery{Code: d.Code, UnitCode: d.Unit, Schedule: d.Schedule.Cron, TimeZone: d.Schedule.TimeZone.String()}
			if next, ok := scheduler.Next(d.Code); ok {
				told.Next = &next
			}
			var err error
			if told.Sent, err = delivery.Sent(journal(s), d.Code, shownRecords); err != nil {
				return nil, err
			}
			deliveries = append(deliveries, told)
		}
		return deliveries, nil
	}
}

// deliver writes the briefing of a delivery and sends it.
func deliver(ctx context.Context, courier *delivery.Courier, service *query.Service, d *workspace.Delivery, now time.Time) error {
	year := d.Year
	if year == 0 {
		year = number.Year(now.In(d.Schedule.TimeZone).Year() - 1)
	}
	told, err := briefing.NewWriter(service).Briefing(ctx, briefing.BriefingAsk{
		Unit: d.Unit, Template: d.Template, Year: year, BaseYear: d.BaseYear, Language: d.Language,
	})
	if err != nil {
		return err
	}
	sheet := print.NewSheet(told)
	parcel := delivery.Parcel{Subject: sheet.Title + " – " + sheet.Span, Text: digest(sheet)}
	for _, format := range d.Formats {
		var out bytes.Buffer
		write := map[string]func(io.Writer) error{"pdf": sheet.PDF, "docx": sheet.DOCX}[format]
		if err := write(&out); err != nil {
			return &number.Error{Code: print.NotPrinted, Where: d.Code, Message: number.EnglishOnly("the briefing cannot be written as %s", format), Err: err}
		}
		parcel.Files = append(parcel.Files, delivery.File{
			Name: fmt.Sprintf("%s-%d.%s", d.Code, year, format), Type: print.MediaType(format), Content: out.Bytes(),
		})
	}
	return courier.Deliver(ctx, d, parcel)
}

// digest is the text of a mail: the headlines, and up to when figures count.
func digest(s *print.Sheet) string {
	lines := []string{s.Subject, s.Published, ""}
	for _, line := range s.Headlines.Lines {
		lines = append(lines, "• "+line.Text())
	}
	return strings.Join(lines, "\n") + "\n"
}
