package place_test

import (
	"bytes"
	"errors"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cenkalti/backoff/v5"

	"github.com/niengiam/niengiam/etl/place"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

func TestMain(m *testing.M) { warehousetest.Main(m) }

// secret is what no error, log or record may have.
const secret = "s3cret-of-the-office"

// office fetches the files of one source.
type office struct {
	*place.Fetcher
	t      *testing.T
	source *workspace.Source
	log    *journal
}

// journal is a log that several may write to.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(content []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(content)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// newOffice makes a fetcher that waits a millisecond between attempts, for which no address
// but 127.0.0.2 is private. After the test nothing of the secret may be in its log and records.
func newOffice(t *testing.T, places ...workspace.Place) *office {
	t.Helper()
	o := &office{t: t, log: &journal{}, source: &workspace.Source{Code: "figures", Places: places}}
	for i := range places {
		limits := &o.source.Places[i].Limits
		if limits.Time == 0 {
			limits.Time = time.Minute
		}
		if limits.Bytes == 0 {
			limits.Bytes = 1 << 20
		}
	}
	dir := t.TempDir()
	o.Fetcher = place.New(place.Config{
		Snapshots: filepath.Join(dir, "snapshots"), Workspace: dir, Logger: slog.New(slog.NewTextHandler(o.log, nil)),
		Getenv:    func(name string) string { return map[string]string{"TOKEN": secret}[name] },
		BackOff:   func() backoff.BackOff { return backoff.NewConstantBackOff(time.Millisecond) },
		IsPrivate: func(address netip.Addr) bool { return address.Unmap() == netip.MustParseAddr("127.0.0.2") },
	})
	t.Cleanup(func() {
		if strings.Contains(o.log.String(), secret) {
			t.Errorf("the log has the secret:\n%s", o.log)
		}
		for _, file := range o.kept() {
			if content, err := os.ReadFile(file); err == nil && bytes.Contains(content, []byte(secret)) {
				t.Errorf("%s has the secret", file)
			}
		}
	})
	return o
}

// kept lists the files in the folder of snapshots.
func (o *office) kept() []string {
	files, err := filepath.Glob(filepath.Join(o.Snapshots, "*"))
	hidden, _ := filepath.Glob(filepath.Join(o.Snapshots, ".*"))
	if err != nil {
		o.t.Fatal(err)
	}
	return append(files, hidden...)
}

// must fetches the files and gives them by name, with what is in them.
func (o *office) must() map[string]string {
	o.t.Helper()
	files, err := o.Fetch(o.t.Context(), o.source)
	if err != nil {
		o.t.Fatal(err)
	}
	found := map[string]string{}
	for _, f := range files {
		content, err := os.ReadFile(filepath.Join(o.Snapshots, f.SHA256))
		if err != nil || int64(len(content)) != f.Bytes {
			o.t.Fatalf("%+v is not kept: %v", f, err)
		}
		found[f.Name] = string(content)
	}
	if len(found) != len(files) {
		o.t.Errorf("%d files have %d names", len(files), len(found))
	}
	return found
}

// only fetches one file.
func (o *office) only(name, content string) {
	o.t.Helper()
	if got := o.must(); len(got) != 1 || got[name] != content {
		o.t.Fatalf("fetched %q, want %q in %s", got, content, name)
	}
}

// refused expects a fault with a place, words in two languages and no secret, and that
// nothing is kept.
func (o *office) refused(code number.Code, words string) {
	o.t.Helper()
	before := o.kept()
	_, err := o.Fetch(o.t.Context(), o.source)
	if number.CodeOf(err) != code || !strings.Contains(err.Error(), words) {
		o.t.Fatalf("got %v (%s), want %s with %q", err, number.CodeOf(err), code, words)
	}
	told, _ := errors.AsType[*number.Error](err)
	if told.Where == "" || told.Line(number.Vietnamese) == told.Line(number.English) {
		o.t.Errorf("the fault says %q and %q", told.Line(number.Vietnamese), told.Line(number.English))
	}
	for cause := error(told); cause != nil; cause = errors.Unwrap(cause) {
		if strings.Contains(cause.Error(), secret) {
			o.t.Errorf("the fault has the secret: %v", cause)
		}
	}
	if after := o.kept(); len(after) != len(before) {
		o.t.Errorf("kept %v, before %v", after, before)
	}
}
