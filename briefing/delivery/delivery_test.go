package delivery_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/niengiam/niengiam/briefing/delivery"
	"github.com/niengiam/niengiam/briefing/delivery/deliverytest"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

func parcel() delivery.Parcel {
	return delivery.Parcel{
		Subject: "Tỉnh An Giang – Năm 2020", Text: "• 97/119 xã (81,5%)\n",
		Files: []delivery.File{{Name: "page-2020.pdf", Type: "application/pdf", Content: bytes.Repeat([]byte("%PDF "), 100)}},
	}
}

// courier returns one that does not wait, and its journal and log.
func courier(t *testing.T, secrets map[string]string) (c *delivery.Courier, journal func() []delivery.Record, log *bytes.Buffer) {
	t.Helper()
	dir := t.TempDir()
	log = &bytes.Buffer{}
	c = &delivery.Courier{
		Dir: dir, Journal: filepath.Join(dir, "data", "deliveries.jsonl"), Logger: slog.New(slog.NewTextHandler(log, nil)),
		Getenv: func(name string) string { return secrets[name] }, Client: http.DefaultClient, Now: time.Now,
		Pause: func(int) time.Duration { return time.Millisecond },
	}
	return c, func() []delivery.Record {
		content, err := os.ReadFile(c.Journal)
		if err != nil {
			t.Fatal(err)
		}
		var records []delivery.Record
		for line := range strings.Lines(string(content)) {
			var r delivery.Record
			if err := json.Unmarshal([]byte(line), &r); err != nil {
				t.Fatal(err)
			}
			records = append(records, r)
		}
		return records
	}, log
}

func TestFolder(t *testing.T) {
	c, journal, _ := courier(t, nil)
	if err := c.Deliver(t.Context(), &workspace.Delivery{Code: "page", Folder: "leaders"}, parcel()); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(c.Dir, "leaders", "page-2020.pdf"))
	if err != nil || !bytes.Equal(got, parcel().Files[0].Content) {
		t.Errorf("%v: %d bytes", err, len(got))
	}
	left, _ := filepath.Glob(filepath.Join(c.Dir, "leaders", ".incoming-*"))
	if r := journal(); len(left) > 0 || len(r) != 1 || r[0].To != "folder leaders" || r[0].Attempts != 1 || r[0].Code != "" || r[0].Files[0] != "page-2020.pdf" {
		t.Errorf("left %v, recorded %+v", left, r)
	}
}

// A server that fails twice gets the file at the third attempt, signed.
func TestWebhook(t *testing.T) {
	var asked int
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked++; asked < 3 {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		body, _ := io.ReadAll(r.Body)
		sum := hmac.New(sha256.New, []byte("key"))
		sum.Write(body)
		if r.Header.Get(delivery.Signature) != "sha256="+hex.EncodeToString(sum.Sum(nil)) || !bytes.Equal(body, parcel().Files[0].Content) ||
			r.Header.Get("Content-Type") != "application/pdf" || r.Header.Get("X-Niengiam-Delivery") != "page" {
			w.WriteHeader(http.StatusForbidden)
		}
	}))
	defer server.Close()
	c, journal, log := courier(t, map[string]string{"HOOK_SECRET": "key"})
	d := &workspace.Delivery{Code: "page", Webhook: &workspace.Webhook{URL: server.URL, SecretEnv: "HOOK_SECRET"}}
	if err := c.Deliver(t.Context(), d, parcel()); err != nil {
		t.Fatal(err)
	}
	if r := journal(); len(r) != 1 || r[0].Attempts != 3 || r[0].Code != "" {
		t.Errorf("recorded %+v", r)
	}
	if !strings.Contains(log.String(), "code=DELIVERY_FAILED") || !strings.Contains(log.String(), "502") {
		t.Errorf("the attempts that failed are not in the log:\n%s", log)
	}
}

// What is refused for good is not tried again; what never answers is given up after
// five attempts, and the other places get theirs all the same.
func TestFailures(t *testing.T) {
	for _, c := range []struct {
		name     string
		status   int
		secret   string
		attempts int
	}{
		{"refused for good", http.StatusForbidden, "", 1},
		{"never ready", http.StatusServiceUnavailable, "", 5},
		{"too many requests", http.StatusTooManyRequests, "", 5},
		{"no secret", http.StatusOK, "HOOK_SECRET", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(c.status) }))
			defer server.Close()
			carrier, journal, _ := courier(t, nil)
			d := &workspace.Delivery{Code: "page", Folder: "leaders", Webhook: &workspace.Webhook{URL: server.URL, SecretEnv: c.secret}}
			if err := carrier.Deliver(t.Context(), d, parcel()); number.CodeOf(err) != delivery.Failed {
				t.Fatalf("%v", err)
			}
			r := journal()
			if len(r) != 2 || r[0].Code != "" || r[1].Code != delivery.Failed || r[1].Attempts != c.attempts || r[1].Error == "" {
				t.Errorf("recorded %+v", r)
			}
		})
	}
	t.Run("stopped", func(t *testing.T) {
		carrier, journal, _ := courier(t, nil)
		carrier.Pause = func(int) time.Duration { return time.Hour }
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		d := &workspace.Delivery{Code: "page", Webhook: &workspace.Webhook{URL: "http://127.0.0.1:1"}}
		if err := carrier.Deliver(ctx, d, parcel()); number.CodeOf(err) != delivery.Failed || journal()[0].Attempts != 1 {
			t.Errorf("%v", err)
		}
	})
}

func TestMail(t *testing.T) {
	server := deliverytest.Serve(t, 1)
	c, journal, _ := courier(t, map[string]string{"SMTP_USER": deliverytest.User, "SMTP_PASSWORD": deliverytest.Password})
	m := &workspace.Mail{From: "Niengiam <stats@example.org>", To: []string{"office@example.org"}, Server: server.Address, UserEnv: "SMTP_USER", PasswordEnv: "SMTP_PASSWORD"}
	if err := c.Deliver(t.Context(), &workspace.Delivery{Code: "page", Mail: m}, parcel()); err != nil {
		t.Fatal(err)
	}
	letters := server.Letters()
	if r := journal(); len(r) != 1 || r[0].Attempts != 2 || len(letters) != 1 {
		t.Fatalf("recorded %+v, %d mails", r, len(letters))
	}
	want := deliverytest.Letter{Subject: parcel().Subject, Text: parcel().Text, Files: map[string][]byte{parcel().Files[0].Name: parcel().Files[0].Content}}
	if !reflect.DeepEqual(letters[0], want) {
		t.Errorf("the mail is %+v", letters[0])
	}
	wrong, journal, _ := courier(t, map[string]string{"SMTP_USER": deliverytest.User, "SMTP_PASSWORD": "guess"})
	if err := wrong.Deliver(t.Context(), &workspace.Delivery{Code: "page", Mail: m}, parcel()); number.CodeOf(err) != delivery.Failed || journal()[0].Attempts != 1 {
		t.Errorf("a wrong password: %v", err)
	}
}
