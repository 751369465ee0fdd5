// Package delivery sends briefings to where the workspace says: a folder, mail, a
// webhook. What fails for the moment is tried again, later each time, and the outcome of
// each delivery is recorded. Start with delivery.go.
package delivery

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/wholefile"
)

// Failed is the code of a delivery that did not arrive, however often it was tried.
const Failed number.Code = "DELIVERY_FAILED"

// attempts is how often a place is tried before a delivery has failed.
const attempts = 5

// Parcel is a briefing to be delivered.
type Parcel struct {
	// Subject and Text are those of a mail.
	Subject, Text string
	// Files are the briefing in its formats.
	Files []File
}

// File is one file of a parcel.
type File struct {
	// Name is its name, Type its media type.
	Name, Type string
	// Content is its bytes.
	Content []byte
}

// Courier delivers parcels to folders, by mail and to webhooks.
type Courier struct {
	// Dir is the directory in which folders of deliveries lie.
	Dir string
	// Journal is the file in which each delivery is recorded, a line of JSON each.
	Journal string
	// Logger logs deliveries and failures.
	Logger *slog.Logger
	// Getenv reads the environment, where secrets are.
	Getenv func(name string) string
	// Client posts to webhooks.
	Client *http.Client
	// Now is the clock.
	Now func() time.Time
	// Pause is how long to wait after an attempt, counted from 1; nil doubles from
	// ten seconds.
	Pause func(attempt int) time.Duration
}

// Record is the outcome of a delivery to one place.
type Record struct {
	// Delivery is the code of the delivery, To the place.
	Delivery string `json:"delivery"`
	To       string `json:"to"`
	// At is the moment at which it arrived or was given up.
	At time.Time `json:"at"`
	// Attempts is how often it was tried.
	Attempts int `json:"attempts"`
	// Files are the names of its files.
	Files []string `json:"files"`
	// Code and Error say why it failed; "" where it arrived.
	Code  number.Code `json:"code,omitempty"`
	Error string      `json:"error,omitempty"`
}

// forGood is a failure that no further attempt would fix.
type forGood struct{ error }

// Unwrap returns the failure.
func (f forGood) Unwrap() error { return f.error }

// Deliver sends a parcel to all places of a delivery, each whatever becomes of the
// others; the error names those that failed.
func (c *Courier) Deliver(ctx context.Context, d *workspace.Delivery, p Parcel) error {
	var failed []error
	if d.Folder != "" {
		failed = append(failed, c.to(ctx, d, "folder "+d.Folder, p, func() error { return c.folder(d.Folder, p) }))
	}
	if d.Mail != nil {
		failed = append(failed, c.to(ctx, d, "mail "+d.Mail.Server, p, func() error { return mailCourier(ctx, c, d.Mail, p) }))
	}
	if d.Webhook != nil {
		failed = append(failed, c.to(ctx, d, "webhook "+d.Webhook.URL, p, func() error { return post(ctx, c, d, p) }))
	}
	return errors.Join(failed...)
}

// to tries one place until it is reached, the failure is for good or all attempts
// were made.
func (c *Courier) to(ctx context.Context, d *workspace.Delivery, place string, p Parcel, send func() error) error {
	log := c.Logger.With("delivery", d.Code, "to", place)
	record := Record{Delivery: d.Code, To: place}
	for _, file := range p.Files {
		record.Files = append(record.Files, file.Name)
	}
	var err error
	for record.Attempts = 1; ; record.Attempts++ {
		if err = send(); err == nil {
			log.Info("delivered", "attempts", record.Attempts)
			break
		}
		_, final := errors.AsType[forGood](err)
		if final || record.Attempts == attempts || !c.wait(ctx, record.Attempts) {
			err = &number.Error{Code: Failed, Where: d.Code, Message: number.EnglishOnly("not delivered to %s after %d attempts", place, record.Attempts), Err: err}
			record.Code, record.Error = Failed, errors.Unwrap(err).Error()
			break
		}
		log.Warn("not delivered yet", "code", Failed, "attempts", record.Attempts, "error", err)
	}
	record.At = c.Now().UTC()
	return errors.Join(err, c.record(record))
}

// wait pauses before the next attempt; false when the context ended.
func (c *Courier) wait(ctx context.Context, attempt int) bool {
	pause := 10 * time.Second << (attempt - 1)
	if c.Pause != nil {
		pause = c.Pause(attempt)
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// record adds a line to the journal.
func (c *Courier) record(r Record) error {
	line, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("delivery: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(c.Journal), 0o700); err != nil {
		return fmt.Errorf("delivery: %w", err)
	}
	journal, err := os.OpenFile(c.Journal, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("delivery: %w", err)
	}
	_, err = journal.Write(append(line, '\n'))
	return errors.Join(err, journal.Close())
}

// folder writes the files: each whole or not at all.
func (c *Courier) folder(name string, p Parcel) error {
	dir := filepath.Join(c.Dir, filepath.FromSlash(name))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, file := range p.Files {
		if err := wholefile.Write(filepath.Join(dir, file.Name), file.Content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
