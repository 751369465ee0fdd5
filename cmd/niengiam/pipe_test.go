package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// The program waits for no pipe: whichever file it finds one in the place of, it ends
// with a code and the file's name. Without that the test does not end.
func TestNoPipeIsWaitedFor(t *testing.T) {
	t.Parallel()
	for _, file := range []string{
		"niengiam.yaml", "catalogue/levels.yaml", "catalogue/units_country.csv", "data/population.csv", "questions/pipe.graphql",
	} {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS("../../examples/angiang")); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, file)
		_ = os.Remove(path) // the question is new
		if err := syscall.Mkfifo(path, 0o600); err != nil {
			t.Fatal(err)
		}
		wants(t, "WORKSPACE_NOT_A_FILE", file, "check", "--workspace", dir)
		if file != "questions/pipe.graphql" { // a load asks no question
			wants(t, "WORKSPACE_NOT_A_FILE", file, "load", "--workspace", dir, "--data", filepath.Join(dir, "data-directory"))
		}
	}
	settings := filepath.Join(t.TempDir(), "settings.yaml")
	if err := syscall.Mkfifo(settings, 0o600); err != nil {
		t.Fatal(err)
	}
	out, errs, exit := niengiam(t, "check", "--config", settings)
	if exit == 0 || !strings.Contains(errs, "WORKSPACE_NOT_A_FILE") || !strings.Contains(errs, settings) {
		t.Errorf("exit code %d:\n%s%s", exit, out, errs)
	}
}
