//go:build linux

package engine_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse/engine"
)

const readerPassword = "a-long-password"

// reading is an engine with a reader of the view seen, which runs with the rights of
// who made it, over the table fact.
func reading(t *testing.T) (e *engine.Engine, native *clickhouse.Options, web string) {
	t.Helper()
	reader := &engine.Reader{Name: "bi", Password: readerPassword, Views: []string{"seen"}, Port: freePort(t), HTTPPort: freePort(t)}
	e = start(t, engine.Config{Database: "house", Reader: reader})
	exec1(t, open(t, e.Options()),
		"CREATE DATABASE house",
		"CREATE TABLE house.fact (n UInt32) ENGINE = MergeTree ORDER BY n",
		"INSERT INTO house.fact VALUES (7)",
		"CREATE VIEW house.seen (n UInt32 COMMENT 'a number') DEFINER = CURRENT_USER SQL SECURITY DEFINER AS SELECT n FROM house.fact",
		"CREATE VIEW house.other DEFINER = CURRENT_USER SQL SECURITY DEFINER AS SELECT n FROM house.fact")
	native = &clickhouse.Options{
		Addr: []string{net.JoinHostPort("127.0.0.1", strconv.Itoa(reader.Port))},
		Auth: clickhouse.Auth{Database: "house", Username: "bi", Password: readerPassword},
	}
	return e, native, "http://" + net.JoinHostPort("127.0.0.1", strconv.Itoa(reader.HTTPPort)) + "/"
}

func freePort(t *testing.T) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}

// overHTTP sends a statement as a user and gives status and answer.
func overHTTP(t *testing.T, address, user, password, statement string, settings ...string) (int, string) {
	t.Helper()
	values := url.Values{"database": {"house"}}
	for _, setting := range settings {
		name, value, _ := strings.Cut(setting, "=")
		values.Set(name, value)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address+"?"+values.Encode(), strings.NewReader(statement))
	check(t, err)
	request.Header.Set("X-ClickHouse-User", user)
	request.Header.Set("X-ClickHouse-Key", password)
	answer, err := http.DefaultClient.Do(request)
	check(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	check(t, err)
	return answer.StatusCode, string(body)
}

func TestReaderReadsItsViewsAndNothingElse(t *testing.T) {
	e, native, web := reading(t)
	pool := open(t, native)
	if got := text(t, pool, "SELECT toString(n) FROM seen"); got != "7" {
		t.Errorf("over the native protocol the reader reads %q", got)
	}
	if status, got := overHTTP(t, web, "bi", readerPassword, "SELECT n FROM seen"); status != http.StatusOK || got != "7\n" {
		t.Errorf("over HTTP the reader reads %d %q", status, got)
	}
	// What it may not read is not there for it: merge() finds the view alone.
	if status, got := overHTTP(t, web, "bi", readerPassword, "SELECT n FROM merge('house', '.*')"); status != http.StatusOK || got != "7\n" {
		t.Errorf("merged, the reader reads %d %q", status, got)
	}
	if got := text(t, pool, "SELECT comment FROM system.columns WHERE table = 'seen'"); got != "a number" {
		t.Errorf("the comment is %q", got)
	}
	if got := text(t, pool, "SELECT arrayStringConcat(groupArray(name)) FROM system.tables WHERE database = 'house'"); got != "seen" {
		t.Errorf("the reader sees that there are %q", got)
	}
	// A deadline travels as max_execution_time.
	timely, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	check(t, pool.Exec(timely, "SELECT n FROM seen"))
	for _, statement := range []string{
		"SELECT * FROM fact", "SELECT * FROM other", "SELECT * FROM house.fact",
		"SELECT * FROM system.users", "SELECT * FROM system.grants", "SELECT * FROM system.server_settings",
		"SELECT * FROM file('/etc/passwd', CSV, 'n String')", "SELECT file('/etc/passwd')",
		"SELECT * FROM url('http://127.0.0.1:1/', CSV, 'n UInt32')", "SELECT * FROM remote('127.0.0.1:1', house.fact)",
		"SELECT * FROM merge('house', 'fact|other')", "SELECT * FROM loop(house.fact)", "SELECT * FROM executable('x', CSV, 'n String')",
		"INSERT INTO fact VALUES (8)", "INSERT INTO FUNCTION file('out.csv') SELECT 1", "INSERT INTO seen VALUES (8)",
		"CREATE TABLE t (n UInt32) ENGINE = Memory", "CREATE TEMPORARY TABLE t (n UInt32)", "CREATE USER x", "DROP VIEW seen", "TRUNCATE TABLE fact",
		"SYSTEM SHUTDOWN", "SYSTEM STOP LISTEN HTTP", "KILL QUERY WHERE 1", "SET readonly = 0", "SET max_memory_usage = 0",
		"SELECT 1 SETTINGS max_memory_usage = 0", "SELECT 1 SETTINGS max_execution_time = 0", "SELECT 1 SETTINGS max_execution_time = 100000", "SELECT 1 SETTINGS max_rows_to_read = 0",
	} {
		if err := pool.Exec(t.Context(), statement); err == nil {
			t.Errorf("over the native protocol the reader may say %s", statement)
		}
		if status, got := overHTTP(t, web, "bi", readerPassword, statement); status == http.StatusOK {
			t.Errorf("over HTTP the reader may say %s: %s", statement, got)
		}
	}
	if status, _ := overHTTP(t, web, "bi", readerPassword, "SELECT 1", "max_memory_usage=0"); status == http.StatusOK {
		t.Error("a setting in the address is taken")
	}
	if got := text(t, open(t, e.Options()), "SELECT toString(count()) FROM house.fact"); got != "1" {
		t.Errorf("there are %s facts now", got)
	}
}

func TestOnlyTheReaderComesIn(t *testing.T) {
	e, native, web := reading(t)
	for _, login := range [][2]string{{"bi", "wrong"}, {"bi", ""}, {"default", ""}, {"default", "x"}, {"niengiam", ""}, {"analyst", ""}, {"", ""}} {
		for _, session := range []string{"", "session_id=one"} {
			if status, got := overHTTP(t, web, login[0], login[1], "SELECT * FROM house.fact", session); status == http.StatusOK {
				t.Errorf("over HTTP %q with %q (%s) reads %q", login[0], login[1], session, got)
			}
		}
		options := *native
		options.Auth.Username, options.Auth.Password = login[0], login[1]
		if err := open(t, &options).Ping(t.Context()); err == nil && login[0] != "" {
			t.Errorf("over the native protocol %q comes in with %q", login[0], login[1])
		}
	}
	if e.State() != engine.Running {
		t.Error("the engine is gone")
	}
	// It comes back at the same port.
	kill(t, e.PID())
	eventually(t, "the reader reads again", func() bool {
		pool, err := clickhouse.Open(native)
		check(t, err)
		defer pool.Close()
		return pool.Ping(t.Context()) == nil
	})
}

func TestReaderIsLimited(t *testing.T) {
	_, native, _ := reading(t)
	pool := open(t, native)
	for _, statement := range []string{"SELECT number FROM numbers(2000000)", "SELECT groupArray(number) FROM numbers(3000000000)"} {
		if err := engine.Translate(pool.Exec(t.Context(), statement)); number.CodeOf(err) != number.QueryTooDear {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

func TestReaderThatCannotBe(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	defer taken.Close()
	free := freePort(t)
	for name, reader := range map[string]engine.Reader{
		"a name of ours":        {Name: "default", Password: readerPassword, Port: free},
		"no name":               {Name: "<bi>", Password: readerPassword, Port: free},
		"a short password":      {Name: "bi", Password: "short", Port: free},
		"no port":               {Name: "bi", Password: readerPassword},
		"a port that is in use": {Name: "bi", Password: readerPassword, Port: free, HTTPPort: taken.Addr().(*net.TCPAddr).Port},
	} {
		e := engine.New(engine.Config{Dir: t.TempDir(), Reader: &reader})
		if err := e.Start(t.Context()); number.CodeOf(err) != engine.ReaderRefused {
			t.Errorf("%s: %v", name, err)
			_ = e.Stop(t.Context())
		}
	}
}
