package main

import (
	"os"
	"path/filepath"
	"testing"
)

// An officer learns whether the briefings arrived; others do not learn where they go.
func TestDeliveriesAreTold(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(sample)); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "niengiam.yaml")
	write(t, file, read(t, file)+"\ndeliveries:\n  - code: leaders\n    unit: \"89\"\n    schedule: {cron: \"0 7 5 * *\"}\n    to: {folder: leaders}\n")
	const question = `{ deliveries { code unitCode schedule timeZone next sent { destination at attempts files reason error } } }`
	s := serve(t, "--workspace", dir, "--release-management", "view")
	write(t, filepath.Join(s.data, "deliveries.jsonl"), `{"delivery":"leaders","to":"folder leaders","at":"2026-01-05T00:00:00Z","attempts":1,"files":["leaders-2025.pdf"]}`+"\n")
	told := s.ask(question).at("deliveries", 0)
	told.at("code").is("leaders")
	told.at("timeZone").is("Asia/Ho_Chi_Minh")
	told.at("sent", 0, "destination").is("folder leaders")
	told.at("sent", 0, "files", 0).is("leaders-2025.pdf")
	if told.at("next").text() == "" {
		t.Error("nothing is sent next")
	}
	serve(t, "--workspace", dir).refused(question).at("extensions", "code").is("NOT_ALLOWED")
}
