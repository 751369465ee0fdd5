package etl_test

import (
	"context"
	"testing"
	"time"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/workspace"
)

// What lies there at the start has arrived, once; and what is written later, when it stands
// still.
func TestFilesArrive(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.write("in.csv", header)
	w, err := workspace.Read(o.dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	arrived, over := make(chan bool, 10), make(chan bool)
	go func() {
		etl.PollFiles(w, 10*time.Millisecond, o.log.logger())(ctx, w.Source("long"), func() { arrived <- true })
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
	receive(t, arrived)
	none("nothing has changed")
	o.write("in.csv", header+threeDates)
	receive(t, arrived)
	o.write("in.mended.csv", header)
	receive(t, arrived)
	stop()
	receive(t, over)
}
