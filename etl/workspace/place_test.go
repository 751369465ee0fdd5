package workspace_test

import (
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// placed reads the whole workspace with other places for the files of its first source.
func placed(t *testing.T, from string) (*workspace.Workspace, error) {
	t.Helper()
	dir := whole(t)
	edit(t, filepath.Join(dir, "niengiam.yaml"), "    files: [data/*.csv]\n", from)
	return workspace.Read(dir, nil)
}

func TestPlaces(t *testing.T) {
	limits := workspace.Limits{Time: 10 * time.Minute, Bytes: 512 << 20, Retries: 4}
	wider := workspace.Limits{Time: time.Minute, Bytes: 20_000_000, Private: true, OtherScheme: true}
	for from, want := range map[string]workspace.Place{
		`{folder: {path: /mnt/share}}`: {Folder: &workspace.Folder{Path: "/mnt/share", Patterns: []string{"*"}, Still: 10 * time.Second, Poll: 30 * time.Second}, Limits: limits},
		`{folder: {path: inbox, files: ["*.csv", "new/*.csv"], still: 1m, poll: 5s}}`: {Folder: &workspace.Folder{
			Path: "inbox", Patterns: []string{"*.csv", "new/*.csv"}, Still: time.Minute, Poll: 5 * time.Second}, Limits: limits},
		`[{http: {url: "https://example.org/a.csv?lang=vi", bearer: {env: TOKEN}}}]`: {HTTP: &workspace.HTTP{
			URL: "https://example.org/a.csv?lang=vi", Bearer: workspace.Secret{Env: "TOKEN"}}, Limits: limits},
		`{http: {url: "http://example.org/a", file: a.csv, user: an, password: {file: /run/secrets/a}, headers: {X-Key: {env: KEY}, Accept: text/csv},
        query: {key: {env: KEY}}, allow: [private-addresses, other-scheme], time_limit: 1m, size_limit: 20 MB, retries: 0}}`: {HTTP: &workspace.HTTP{
			URL: "http://example.org/a", File: "a.csv", User: "an", Password: workspace.Secret{File: "/run/secrets/a"},
			Headers: []workspace.Field{{Name: "Accept", Text: "text/csv"}, {Name: "X-Key", Secret: workspace.Secret{Env: "KEY"}}},
			Query:   []workspace.Field{{Name: "key", Secret: workspace.Secret{Env: "KEY"}}}}, Limits: wider},
		`{s3: {endpoint: "https://s3.example.org", bucket: b, files: "a/*.csv", access_key: {env: A}, secret_key: {env: B}}}`: {S3: &workspace.S3{
			Endpoint: "https://s3.example.org", Bucket: "b", Pattern: "a/*.csv", AccessKey: workspace.Secret{Env: "A"}, SecretKey: workspace.Secret{Env: "B"}}, Limits: limits},
		`{sql: {server: "postgres:///d?host=/run/postgresql", query: SELECT 1 AS n}}`: {SQL: &workspace.SQL{
			Server: "postgres:///d?host=/run/postgresql", TLS: "verify", Query: "SELECT 1 AS n", File: "long", Rows: 5_000_000}, Limits: limits},
		`{sql: {server: "clickhouse://h:9440/d", user: u, password: {env: P}, tls: require, query: SELECT 1 AS n, file: own, row_limit: 10}}`: {SQL: &workspace.SQL{
			Server: "clickhouse://h:9440/d", User: "u", Password: workspace.Secret{Env: "P"}, TLS: "require", Query: "SELECT 1 AS n", File: "own", Rows: 10}, Limits: limits},
	} {
		w, err := placed(t, "    from: "+from+"\n")
		if err != nil {
			t.Errorf("%s: %v", from, err)
			continue
		}
		if got := w.Sources[0].Places; len(got) != 1 || !reflect.DeepEqual(got[0], want) || w.Sources[0].Patterns != nil {
			t.Errorf("%s is read as %+v, want %+v", from, got, want)
		}
	}
}

func TestPlacesAreChecked(t *testing.T) {
	const secret = "the-secret-itself"
	for from, want := range map[string]string{
		`files: [data/*.csv]` + "\n    from: {folder: {path: a}}": "files in the workspace or fetches them from elsewhere, not both",
		`from: {}`: "a place is one of folder, http, s3, sql",
		`from: []`: "at least one file",
		`from: {folder: {path: a}, http: {url: "https://example.org"}}`:                              "several stand in a list",
		`from: {ftp: {url: "ftp://example.org"}}`:                                                    "the key \"ftp\" means nothing here",
		`from: {folder: {files: "*"}}`:                                                               "the key \"path\" is missing",
		`from: {folder: {path: a, files: ../*}}`:                                                     "not a pattern",
		`from: {folder: {path: a, still: soon}}`:                                                     "not a time like 30s",
		`from: {folder: {path: a, still: 1m, time_limit: 1m}}`:                                       "not longer than the time that files must stand still",
		`from: {http: {url: "ftp://example.org/a"}}`:                                                 "begins with http:// or https://",
		`from: {http: {url: "https:///a"}}`:                                                          "begins with http:// or https://",
		`from: {http: {url: "https://an:` + secret + `@example.org/a"}}`:                             "use the keys user and password",
		`from: {http: {url: "https://an:` + secret + `@exa mple.org/a"}}`:                            "this is not an address",
		`from: {http: {url: "https://example.org/a", bearer: ` + secret + `}}`:                       "write {env: NAME} or {file: PATH}",
		`from: {http: {url: "https://example.org/a", bearer: {env: ` + secret + `}}}`:                "not the secret itself",
		`from: {http: {url: "https://example.org/a", bearer: {env: A, file: b}}}`:                    "a secret is in one place",
		`from: {http: {url: "https://example.org/a", user: an}}`:                                     "either user and password are sent, or bearer",
		`from: {http: {url: "https://example.org/a", headers: {Authorization: x}}}`:                  "use bearer, or user and password",
		`from: {http: {url: "https://example.org/a", headers: {"X: Y": x}}}`:                         "is not a name",
		`from: {http: {url: "https://example.org/a", file: ../a.csv}}`:                               "not the name of a file",
		`from: {http: {url: "https://example.org/a", allow: everything}}`:                            "none of private-addresses, other-scheme",
		`from: {http: {url: "https://example.org/a", size_limit: 2 TB}}`:                             "not a size like",
		`from: {http: {url: "https://example.org/a", retries: 100}}`:                                 "from 0 to 20",
		`from: {s3: {endpoint: "https://example.org/path", bucket: b, files: a}}`:                    "more than the address of a server",
		`from: {s3: {endpoint: "https://example.org", bucket: b, files: a, access_key: {env: A}}}`:   "access_key and secret_key stand together",
		`from: {sql: {server: "mysql://h/d", query: SELECT 1}}`:                                      "begins with postgres:// or clickhouse://",
		`from: {sql: {server: "postgres://h/d"}}`:                                                    "the key \"query\" is missing",
		`from: {sql: {server: "postgres://h/d", query: SELECT 1}}` + "\n    table: {format: csv}":    "leave table.format out",
		`from: {sql: {server: "postgres://h/d", query: SELECT 1, tls: maybe}}`:                       "none of verify, require, none",
		`from: {sql: {server: "postgres://h/d?password=` + secret + `", query: SELECT 1, user: an}}`: "other than host",
	} {
		_, err := placed(t, "    "+from+"\n")
		if err == nil || !strings.Contains(err.Error(), want) || len(number.Errors(err)) != 1 {
			t.Errorf("%s: got %v, want %q alone", from, err, want)
			continue
		}
		if strings.Contains(err.Error(), secret) {
			t.Errorf("%s: the fault tells the secret: %v", from, err)
		}
		if !strings.HasPrefix(number.Errors(err)[0].Where, "niengiam.yaml:") {
			t.Errorf("%s: the fault is at %q", from, number.Errors(err)[0].Where)
		}
	}
}
