package delivery_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/briefing/delivery"
)

func TestSentTellsTheLastOnesWithoutSecrets(t *testing.T) {
	journal := filepath.Join(t.TempDir(), "deliveries.jsonl")
	if sent, err := delivery.Sent(journal, "monthly", 2); err != nil || len(sent) != 0 {
		t.Fatalf("without a journal: %v, %v", sent, err)
	}
	lines := []string{
		`{"delivery":"monthly","to":"folder out","at":"2026-01-01T00:00:00Z","attempts":1,"files":["a.pdf"]}`,
		`{"delivery":"other","to":"folder out","at":"2026-01-02T00:00:00Z","attempts":1,"files":[]}`,
		`{"delivery":"monthly","to":"mail mx:25","at":"2026-02-01T00:00:00Z","attempts":2,"files":["b.pdf"]}`,
		`{"delivery":"monthly","to":"webhook https://hook.example/s3cret","at":"2026-03-01T00:00:00Z","attempts":5,"files":["c.pdf"],"code":"DELIVERY_FAILED","error":"Post \"https://hook.example/s3cret\": refused"}`,
		`{"delivery":"monthly","to":"fol`,
	}
	if err := os.WriteFile(journal, []byte(strings.Repeat(lines[1]+"\n", 20_000)+strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	sent, err := delivery.Sent(journal, "monthly", 2)
	if err != nil || len(sent) != 2 || sent[0].Files[0] != "c.pdf" || sent[1].Files[0] != "b.pdf" {
		t.Fatalf("sent %+v, %v", sent, err)
	}
	if sent[0].Destination != "webhook hook.example" || sent[0].Reason != delivery.Failed || sent[0].Error == "" || strings.Contains(sent[0].Error, "s3cret") {
		t.Errorf("the webhook is told as %+v", sent[0])
	}
}
