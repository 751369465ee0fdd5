package place_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/niengiam/niengiam/etl/place"
	"github.com/niengiam/niengiam/etl/workspace"
)

// inbox is a folder that others put files into.
type inbox struct {
	t    *testing.T
	path string
}

func newInbox(t *testing.T) inbox {
	t.Helper()
	return inbox{t, t.TempDir()}
}

func (i inbox) put(name, content string) {
	i.t.Helper()
	path := filepath.Join(i.path, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		i.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		i.t.Fatal(err)
	}
}

// grow writes to a file again and again until the test says stop.
func (i inbox) grow(name string) (stop func()) {
	i.t.Helper()
	i.put(name, "begin\n")
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for ctx.Err() == nil {
			file, err := os.OpenFile(filepath.Join(i.path, name), os.O_APPEND|os.O_WRONLY, 0)
			if err == nil {
				_, _ = file.WriteString("row\n")
				_ = file.Close()
			}
			time.Sleep(5 * time.Millisecond)
		}
	}()
	return func() { cancel(); <-ended }
}

// settings wait longer than a busy machine lets a file that is written to stand still.
func (i inbox) settings(patterns ...string) *workspace.Folder {
	return &workspace.Folder{Path: i.path, Patterns: patterns, Still: 300 * time.Millisecond, Poll: 100 * time.Millisecond}
}

func (i inbox) office(limit time.Duration, patterns ...string) *office {
	return newOffice(i.t, workspace.Place{Folder: i.settings(patterns...), Limits: workspace.Limits{Time: limit}})
}

func TestFolderIsReadWhenItStandsStill(t *testing.T) {
	t.Parallel()
	i := newInbox(t)
	i.put("2019.csv", "a")
	i.put("new/2020.csv", "b")
	i.put(".2021.csv", "hidden")
	i.put("~$2021.csv", "a lock")
	i.put("2021.txt", "no table")
	if err := syscall.Mkfifo(filepath.Join(i.path, "2022.csv"), 0o600); err != nil {
		t.Fatal(err)
	}
	o := i.office(time.Minute, "*.csv", "new/*.csv")
	if got := o.must(); len(got) != 2 || got["2019.csv"] != "a" || got["new/2020.csv"] != "b" {
		t.Fatalf("fetched %q", got)
	}
	o.source.Places[0].Folder.Still = time.Hour // what was read before is not waited for
	if got := o.must(); len(got) != 2 {
		t.Fatalf("fetched %q", got)
	}
	o.source.Places[0].Folder.Still = 300 * time.Millisecond
	stop := i.grow("new/2020.csv")
	written := make(chan string, 1)
	time.AfterFunc(800*time.Millisecond, func() {
		stop()
		content, _ := os.ReadFile(filepath.Join(i.path, "new", "2020.csv"))
		written <- string(content)
	})
	got := o.must()
	if want := <-written; got["new/2020.csv"] != want || strings.Count(want, "\n") < 10 {
		t.Errorf("fetched %d rows of %d: a part of the file", strings.Count(got["new/2020.csv"], "\n"), strings.Count(want, "\n"))
	}
	if files := o.Last("figures"); files[0].Address != filepath.Join(i.path, "2019.csv") || !strings.HasPrefix(files[0].Version(), "changed 20") {
		t.Errorf("the record has %+v", files)
	}
}

func TestFolderFaults(t *testing.T) {
	t.Parallel()
	i := newInbox(t)
	i.office(time.Minute, "*.csv").refused(place.Missing, "no file fits *.csv")
	stop := i.grow("in.csv")
	i.office(1500*time.Millisecond, "*.csv").refused(place.Changing, "did not stand still for 300ms")
	stop()
	o := i.office(time.Minute, "*.csv")
	o.source.Places[0].Limits.Bytes = 3
	o.refused(place.TooLarge, "in.csv: it is larger than the 3 bytes")
	o.source.Places[0].Folder.Path = "not/there" // in the workspace
	o.refused(place.Missing, "not/there: the folder or file is not there")
	outside := filepath.Join(t.TempDir(), "outside.csv")
	if err := os.WriteFile(outside, []byte(secret), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(i.path, "link.csv")); err != nil {
		t.Fatal(err)
	}
	i.office(time.Minute, "l*.csv").refused(place.Unreachable, "link.csv: the folder or file cannot be read")
	o = i.office(time.Minute, "in.csv")
	o.Fetcher = place.New(place.Config{Snapshots: filepath.Join(i.path, "in.csv", "snapshots")})
	o.refused(place.NotKept, "cannot be written")
}

func TestWatch(t *testing.T) {
	t.Parallel()
	i := newInbox(t)
	o := newOffice(t)
	arrived := make(chan int, 10)
	count := 0
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	settings := i.settings("*.csv")
	settings.Path = filepath.Join(i.path, "drive")
	o.source.Places = []workspace.Place{{HTTP: &workspace.HTTP{}}, {Folder: settings}} // what is no folder is not watched
	go func() {
		place.Watch(ctx, "", o.source, o.Logger, func() { count++; arrived <- count })
		close(ended)
	}()
	quiet := func(why string) {
		t.Helper()
		select {
		case <-arrived:
			t.Fatal(why)
		case <-time.After(900 * time.Millisecond):
		}
	}
	one := func() {
		t.Helper()
		select {
		case <-arrived:
		case <-time.After(time.Minute):
			t.Fatal("nothing arrived")
		}
	}
	quiet("a folder that is not there has files") // as of a drive that is not there yet
	if err := os.Mkdir(settings.Path, 0o755); err != nil {
		t.Fatal(err)
	}
	i.put("drive/2019.csv", "a")
	i.put("drive/2020.csv", "b")
	one()
	quiet("two files that wait are told once, and again only when they change")
	grown := i.grow("drive/2021.csv")
	quiet("a file that is written to has arrived")
	grown()
	one()
	i.put("drive/notes.txt", "b")
	quiet("a file that no pattern fits has arrived")
	if err := os.Rename(settings.Path, settings.Path+"-away"); err != nil {
		t.Fatal(err)
	}
	quiet("a drive that is away has files")
	if err := os.Rename(settings.Path+"-away", settings.Path); err != nil {
		t.Fatal(err)
	}
	quiet("what is there again as it was has arrived")
	if err := os.Remove(filepath.Join(settings.Path, "2019.csv")); err != nil {
		t.Fatal(err)
	}
	one()
	stop()
	<-ended
	if log := o.log.String(); strings.Count(log, "cannot be watched now") != 2 {
		t.Errorf("that the folder cannot be read is told each time that it begins:\n%s", log)
	}
}
