//go:build linux

package engine_test

import (
	"context"
	"crypto/rand"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse/engine"
)

func TestAttacksLeaveTheEngineRunning(t *testing.T) {
	pid, address := shared.PID(), shared.Address()
	for _, auth := range []clickhouse.Auth{
		{Username: "niengiam", Password: "wrong"},
		{Username: "niengiam"},
		{Username: "analyst", Password: "wrong"},
		{Username: "nobody", Password: "x"},
		{Username: "default"},
		{Username: "default", Password: "x"},
		{Username: "default", Database: "system"},
	} {
		pool := open(t, &clickhouse.Options{Addr: []string{address}, Auth: auth})
		wantCode(t, engine.Translate(pool.Ping(t.Context())), engine.QueryDenied)
	}
	for name, bytes := range map[string]string{
		"nothing":           "",
		"zeros":             strings.Repeat("\x00", 4096),
		"ones":              strings.Repeat("\xff", 4096),
		"noise":             rand.Text() + rand.Text(),
		"http":              "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
		"tls":               "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
		"hello cut short":   "\x00\x0aClickHouse",
		"a name of 2 GB":    "\x00\xff\xff\xff\xff\x07",
		"an unknown packet": "\x63\x63\x63",
		"a query first":     "\x01\x00\x00",
		"a very long name":  "\x00\x80\x80\x40" + strings.Repeat("x", 1<<20),
	} {
		for _, reset := range []bool{false, true} {
			c, err := net.Dial("tcp", address)
			check(t, err)
			// The engine may hang up while it is still being spoken to, which is as good as listening.
			if _, err := c.Write([]byte(bytes)); err != nil && !errors.Is(err, syscall.EPIPE) && !errors.Is(err, syscall.ECONNRESET) {
				t.Fatalf("%s: %v", name, err)
			}
			if reset {
				check(t, c.(*net.TCPConn).SetLinger(0))
			}
			time.Sleep(5 * time.Millisecond)
			c.Close()
		}
	}
	time.Sleep(50 * time.Millisecond)
	check(t, open(t, shared.Options()).Ping(t.Context()))
	if shared.PID() != pid {
		t.Errorf("pid %d became %d", pid, shared.PID())
	}
}

func TestDefaultCannotLogIn(t *testing.T) {
	pool := open(t, &clickhouse.Options{Addr: []string{shared.Address()}, Auth: clickhouse.Auth{Username: "default"}})
	for range 5 {
		wantCode(t, engine.Translate(pool.Ping(t.Context())), engine.QueryDenied)
	}
}

func TestAnalystReadsOneDatabaseOnly(t *testing.T) {
	dir := t.TempDir()
	e := start(t, engine.Config{Dir: dir, Database: "published"})
	program, analyst := open(t, e.Options()), open(t, e.AnalystOptions())
	secret := filepath.Join(t.TempDir(), "secret.csv")
	check(t, os.WriteFile(secret, []byte("1\n"), 0o600))
	exec1(t, program,
		"CREATE DATABASE published", "CREATE DATABASE private",
		"CREATE TABLE published.fact (n UInt32) ENGINE = MergeTree ORDER BY n",
		"CREATE TABLE private.fact (n UInt32) ENGINE = MergeTree ORDER BY n",
		"INSERT INTO published.fact VALUES (7)")
	if got := text(t, analyst, "SELECT toString(n) FROM published.fact"); got != "7" {
		t.Errorf("the analyst reads %q", got)
	}
	for _, statement := range []string{
		"SELECT * FROM private.fact",
		"SELECT * FROM system.grants",
		"SELECT * FROM system.users",
		"SELECT * FROM file('" + secret + "', CSV, 'n UInt32')",
		"SELECT * FROM url('http://127.0.0.1:1/', CSV, 'n UInt32')",
		"SELECT * FROM remote('127.0.0.1:1', published.fact)",
		"SELECT * FROM `default`.`" + secret + "`",
		"INSERT INTO published.fact VALUES (8)",
		"INSERT INTO FUNCTION file('out.csv') SELECT 1",
		"CREATE TABLE published.other (n UInt32) ENGINE = MergeTree ORDER BY n",
		"ALTER TABLE published.fact DELETE WHERE 1",
		"TRUNCATE TABLE published.fact",
		"DROP TABLE published.fact",
		"SYSTEM START LISTEN HTTP",
		"SYSTEM SHUTDOWN",
		"KILL QUERY WHERE 1",
		"BACKUP DATABASE published TO File('" + t.TempDir() + "')",
		"SET readonly = 0",
		"SELECT 1 SETTINGS max_memory_usage = 0",
		"SELECT 1 SETTINGS max_execution_time = 0",
		"SELECT 1 SETTINGS max_rows_to_read = 0",
	} {
		if err := engine.Translate(analyst.Exec(t.Context(), statement)); number.CodeOf(err) != engine.QueryDenied {
			t.Errorf("%s: %v", statement, err)
		}
	}
	// No grant governs this function, so the kernel has to.
	if !e.Confined() {
		t.Fatal("this kernel cannot confine the engine")
	}
	for _, path := range []string{
		secret, "/etc/passwd", "../../../../../etc/hostname", "/proc/self/root/etc/passwd", "/proc/1/environ", filepath.Join(dir, "engine.json"), "/proc/" + strconv.Itoa(os.Getpid()) + "/environ",
	} {
		for _, pool := range []driver.Conn{analyst, program} {
			if err := pool.Exec(t.Context(), "SELECT file('"+path+"')"); err == nil {
				t.Errorf("file() reads %s", path)
			}
		}
	}
	if err := program.Exec(t.Context(), "SELECT * FROM url('http://"+shared.Address()+"/', CSV, 'n UInt32') SETTINGS http_max_tries = 1"); err == nil || !strings.Contains(err.Error(), "Permission denied") {
		t.Errorf("url() reaches the network: %v", err)
	}
	if got := text(t, program, "SELECT toString(count()) FROM published.fact"); got != "1" {
		t.Errorf("there are %s rows now", got)
	}
}

func TestLimitsRefuseOneQueryAndLeaveTheEngine(t *testing.T) {
	e := start(t, engine.Config{MaxMemory: 1 << 30, MaxRowsToRead: 1_000_000, MaxExecutionTime: time.Second})
	pool := open(t, e.Options())
	pid := e.PID()
	exec1(t, pool, "CREATE DATABASE d", "CREATE TABLE d.t (n UInt32) ENGINE = MergeTree ORDER BY n")
	for statement, code := range map[string]number.Code{
		"SELECT count() FROM numbers(10000000)":                                                        number.QueryTooDear,
		"SELECT sleepEachRow(0.5) FROM numbers(10) SETTINGS max_block_size = 1 FORMAT Null":            number.QueryTooDear,
		"SELECT groupArray(repeat('x', 5000)) FROM numbers(1000000) FORMAT Null":                       number.QueryTooDear,
		"INSERT INTO d.t SETTINGS min_free_disk_bytes_to_perform_insert = 1000000000000000 SELECT 1":   engine.EngineDiskFull,
		"SELECT count() FROM numbers(100) SETTINGS max_rows_to_read = 5, read_overflow_mode = 'throw'": number.QueryTooDear,
		"SELECT * FROM d.no_such_table":                                                                "",
	} {
		err := engine.Translate(pool.Exec(t.Context(), statement))
		if err == nil || number.CodeOf(err) != code {
			t.Errorf("%s: code %q, want %q: %v", statement, number.CodeOf(err), code, err)
		}
	}
	check(t, pool.Ping(t.Context()))
	if e.PID() != pid {
		t.Error("the engine did not survive")
	}
}

func running(t *testing.T, queryRow func(ctx context.Context, query string, args ...any) driver.Row) uint64 {
	t.Helper()
	var n uint64
	check(t, queryRow(t.Context(), "SELECT count() FROM system.processes WHERE query LIKE '%system.numbers%' AND query NOT LIKE '%processes%'").Scan(&n))
	return n
}

func TestCancelledContextStopsTheQuery(t *testing.T) {
	pool, watch := open(t, shared.Options()), open(t, shared.Options())
	ctx, cancel := context.WithCancel(t.Context())
	failed := make(chan error, 1)
	go func() { failed <- pool.Exec(ctx, endless) }()
	eventually(t, "the query runs", func() bool { return running(t, watch.QueryRow) == 1 })
	cancel()
	if err := engine.Translate(<-failed); !errors.Is(err, context.Canceled) {
		t.Errorf("the query ended with %v", err)
	}
	took := eventually(t, "the query stops", func() bool { return running(t, watch.QueryRow) == 0 })
	t.Logf("stopped %s after the cancel", took)
}

// The form that the package comment promises: no host, port, user or password.
func TestDictionariesOverLocalTables(t *testing.T) {
	e := start(t, engine.Config{})
	pool := open(t, e.Options())
	exec1(t, pool,
		"CREATE DATABASE niengiam",
		"CREATE TABLE niengiam.unit (id UInt64, since Date, until Date, name String) ENGINE = MergeTree ORDER BY id",
		"INSERT INTO niengiam.unit VALUES (1, '2000-01-01', '2010-12-31', 'old'), (1, '2011-01-01', '2099-12-31', 'new')",
		`CREATE DICTIONARY niengiam.unit_name (id UInt64, since Date, until Date, name String) PRIMARY KEY id
		 SOURCE(CLICKHOUSE(QUERY 'SELECT id, since, until, name FROM niengiam.unit'))
		 LAYOUT(RANGE_HASHED()) RANGE(MIN since MAX until) LIFETIME(0)`,
		`CREATE DICTIONARY niengiam.unit_flat (id UInt64, name String) PRIMARY KEY id
		 SOURCE(CLICKHOUSE(DB 'niengiam' TABLE 'unit')) LAYOUT(FLAT()) LIFETIME(0)`)
	const ask = "SELECT dictGet('niengiam.unit_name', 'name', 1::UInt64, toDate('2020-06-01'))"
	if got := text(t, pool, ask); got != "new" {
		t.Errorf("the name is %q", got)
	}
	exec1(t, pool, "ALTER TABLE niengiam.unit DELETE WHERE name = 'new' SETTINGS mutations_sync = 1",
		"INSERT INTO niengiam.unit VALUES (1, '2011-01-01', '2099-12-31', 'newer')",
		"SYSTEM RELOAD DICTIONARY niengiam.unit_name")
	if got := text(t, pool, ask); got != "newer" {
		t.Errorf("the name is %q after the reload", got)
	}
	analyst := open(t, e.AnalystOptions())
	if got := text(t, analyst, ask); got != "newer" {
		t.Errorf("the analyst reads the name %q", got)
	}
	killNoticed(t, e)
	if got := text(t, pool, ask); got != "newer" {
		t.Errorf("the name is %q after a restart", got)
	}
	if got := text(t, pool, "SELECT dictGet('niengiam.unit_flat', 'name', 1::UInt64) != '' ? 'found' : ''"); got != "found" {
		t.Errorf("the flat dictionary gave %q", got)
	}
}
