package place_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"github.com/niengiam/niengiam/etl/place"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// storage is a server with the interface of S3 and a bucket.
type storage struct {
	t       *testing.T
	address string
	client  *minio.Client
	reads   atomic.Int32                                   // of contents of objects
	instead atomic.Pointer[func(http.ResponseWriter) bool] // answers a read of one
}

func newStorage(t *testing.T) *storage {
	t.Helper()
	s := &storage{t: t}
	fake := gofakes3.New(s3mem.New()).Server()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet && strings.Count(strings.Trim(r.URL.Path, "/"), "/") > 0 {
			s.reads.Add(1)
			if answer := s.instead.Load(); answer != nil && (*answer)(w) {
				return
			}
		}
		fake.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	s.address = server.URL
	var err error
	s.client, err = minio.New(strings.TrimPrefix(server.URL, "http://"), &minio.Options{Creds: credentials.NewStaticV4("key", secret, ""), Region: "us-east-1"})
	if err == nil {
		err = s.client.MakeBucket(t.Context(), "yearbook", minio.MakeBucketOptions{})
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *storage) put(key, content string) {
	s.t.Helper()
	if _, err := s.client.PutObject(context.Background(), "yearbook", key, strings.NewReader(content), int64(len(content)), minio.PutObjectOptions{}); err != nil {
		s.t.Fatal(err)
	}
}

func (s *storage) office(files string) *office {
	s.t.Helper()
	return newOffice(s.t, workspace.Place{
		S3: &workspace.S3{
			Endpoint: s.address, Bucket: "yearbook", Pattern: files,
			AccessKey: workspace.Secret{Env: "TOKEN"}, SecretKey: workspace.Secret{Env: "TOKEN"},
		},
		Limits: workspace.Limits{Retries: 2},
	})
}

func TestS3FetchesAnotherVersionAlone(t *testing.T) {
	t.Parallel()
	s := newStorage(t)
	s.put("figures/2019.csv", "a")
	s.put("figures/2020.csv", "b")
	s.put("figures/old/2018.csv", "x")
	s.put("other.txt", "x")
	o := s.office("figures/*.csv")
	for range 2 {
		if got := o.must(); len(got) != 2 || got["figures/2019.csv"] != "a" || got["figures/2020.csv"] != "b" {
			t.Fatalf("fetched %q", got)
		}
	}
	s.put("figures/2020.csv", "c")
	if got := o.must(); got["figures/2020.csv"] != "c" || s.reads.Load() != 3 {
		t.Errorf("fetched %q with %d reads, want 3", got, s.reads.Load())
	}
	s.office("other.txt").only("other.txt", "x")
	if files := o.Last("figures"); files[0].Address != s.address+"/yearbook/figures/2019.csv" || files[0].Version() != `ETag "0cc175b9c0f1b6a831c399e269772661"` {
		t.Errorf("the record has %+v", files)
	}
}

func TestS3Faults(t *testing.T) {
	t.Parallel()
	s := newStorage(t)
	s.put("2020.csv", strings.Repeat("x", 1000))
	s.office("2021.csv").refused(place.Missing, "answers NoSuchKey")
	s.office("no/*.csv").refused(place.Missing, "no key fits")
	o := s.office("2020.csv")
	o.source.Places[0].S3.Bucket = "nothing"
	o.refused(place.Missing, "answers NoSuch")
	o = s.office("2020.csv")
	o.source.Places[0].Limits.Bytes = 999
	o.refused(place.TooLarge, s.address+"/yearbook/2020.csv: it is larger than the 999 bytes")
	o = s.office("2020.csv")
	o.source.Places[0].S3.SecretKey = workspace.Secret{Env: "NOTHING"}
	o.refused(place.NoSecret, "no variable NOTHING")
	o = s.office("2020.csv")
	o.source.Places[0].S3.Endpoint = strings.Replace(s.address, "127.0.0.1", "127.0.0.2", 1)
	o.refused(place.Forbidden, "is an address of a private network")
	s.reads.Store(0)
	for _, c := range []struct {
		answer func(http.ResponseWriter) bool
		code   number.Code
		words  string
		reads  int32
	}{
		{said(http.StatusForbidden, "AccessDenied"), place.Denied, "answers AccessDenied", 1},
		{said(http.StatusServiceUnavailable, "SlowDown"), place.Unreachable, "answers SlowDown", 3},
		{said(http.StatusPreconditionFailed, "PreconditionFailed"), place.Changing, "written anew", 3},
		{said(http.StatusMovedPermanently, "PermanentRedirect"), place.Refused, "answers PermanentRedirect", 1},
		{func(w http.ResponseWriter) bool {
			cutting("Content-Length: 1000\r\nETag: \"x\"\r\nLast-Modified: Wed, 02 Jul 2025 10:00:00 GMT")(w, nil)
			return true
		}, place.Cut, "broke off", 3},
	} {
		s.reads.Store(0)
		s.instead.Store(&c.answer)
		s.office("2020.csv").refused(c.code, c.words)
		if s.reads.Load() != c.reads {
			t.Errorf("%s: read %d times, want %d", c.code, s.reads.Load(), c.reads)
		}
	}
	once := s.reads.Load()
	again := func(w http.ResponseWriter) bool { // what breaks off once is read to its end then
		if s.reads.Load() > once+1 {
			return false
		}
		cutting("Content-Length: 1000\r\nETag: \"x\"\r\nLast-Modified: Wed, 02 Jul 2025 10:00:00 GMT")(w, nil)
		return true
	}
	s.instead.Store(&again)
	s.office("2020.csv").only("2020.csv", strings.Repeat("x", 1000))
}

// said answers with an error of S3.
func said(status int, code string) func(http.ResponseWriter) bool {
	return func(w http.ResponseWriter) bool {
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(status)
		fmt.Fprintf(w, "<Error><Code>%s</Code><Message>no</Message></Error>", code)
		return true
	}
}
