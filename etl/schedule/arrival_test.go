package schedule_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/niengiam/niengiam/etl/etltest"
	"github.com/niengiam/niengiam/etl/schedule"
	"github.com/niengiam/niengiam/etl/workspace"
)

// What lies there at the start has arrived, once; and what is written later, when it stands
// still.
func TestFilesArrive(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(file, content string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, file), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	definitions, err := os.ReadFile("../testdata/long/niengiam.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(dir, "catalogue"), os.DirFS("../testdata/catalogue")); err != nil {
		t.Fatal(err)
	}
	write("niengiam.yaml", string(definitions))
	write("in.csv", "code\n")
	w, err := workspace.Read(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	arrived, over := make(chan bool, 10), make(chan bool)
	go func() {
		schedule.PollFiles(w, 10*time.Millisecond, etltest.NewJournal().Logger())(ctx, w.Source("long"), func() { arrived <- true })
		close(over)
	}()
	none := func(why string) {
		t.Helper()
		select {
		case <-arrived:
			t.Error(why)
		case <-time.After(60 * time.Millisecond):
		}
	}
	etltest.Receive(t, arrived)
	none("nothing has changed")
	write("in.csv", "code\n89\n")
	etltest.Receive(t, arrived)
	write("in.mended.csv", "code\n")
	etltest.Receive(t, arrived)
	stop()
	etltest.Receive(t, over)
}
