package main

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

const deployed = "../../deploy/clickhouse"

var fromEnvironment = regexp.MustCompile(`<password_sha256_hex from_env="NIENGIAM_[A-Z]+_SHA256"/>`)

// withUsers is an engine that has the users of deploy/clickhouse beside its own. Their
// passwords, which a server reads from its environment, are all one here.
func withUsers(t *testing.T, password string) *server {
	t.Helper()
	dir := t.TempDir()
	users, err := os.ReadFile(filepath.Join(deployed, "users.d/niengiam.xml"))
	if err != nil {
		t.Fatal(err)
	}
	hash := sha256.Sum256([]byte(password))
	users = fromEnvironment.ReplaceAll(users, []byte("<password_sha256_hex>"+hex.EncodeToString(hash[:])+"</password_sha256_hex>"))
	if err := os.Mkdir(filepath.Join(dir, "users.d"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "users.d/niengiam.xml"), users, 0o600); err != nil {
		t.Fatal(err)
	}
	// An engine may read its own two files and where libraries lie, nothing else.
	before := os.Getenv("LD_LIBRARY_PATH")
	t.Setenv("LD_LIBRARY_PATH", filepath.Join(dir, "users.d"))
	defer t.Setenv("LD_LIBRARY_PATH", before)
	return listeningIn(t, dir)
}

// as connects as a user of deploy/clickhouse.
func (s *server) as(user, password, database string) driver.Conn {
	s.t.Helper()
	pool, err := clickhouse.Open(&clickhouse.Options{Addr: []string{s.handle.Address}, Auth: clickhouse.Auth{Database: database, Username: user, Password: password}})
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = pool.Close() })
	return pool
}

// mayWhatTheyShould asks each user of a server for what it may and what it may not.
func mayWhatTheyShould(t *testing.T, there *server, password string) {
	for _, c := range []struct {
		user, statement string
		may             bool
	}{
		{"niengiam_program", "DROP TABLE posting", false},
		{"niengiam_program", "CREATE DATABASE another", false},
		{"niengiam_program", "SELECT * FROM file('/etc/passwd', 'LineAsString')", false},
		{"niengiam_analyst", "SELECT count() FROM observation", true},
		{"niengiam_analyst", "SELECT dictGet('hierarchy', 'place', toUInt64(0), toUInt32(20000101))", true},
		{"niengiam_analyst", "SELECT 1 SETTINGS max_execution_time = 600", false},
		{"niengiam_analyst", "INSERT INTO copied SELECT * FROM copied", false},
		{"niengiam_reader", "SELECT count() FROM published_observation", true},
		{"niengiam_reader", "SELECT count() FROM published_stated", true},
		{"niengiam_reader", "SELECT count() FROM published_unit", true},
		{"niengiam_reader", "SELECT count() FROM published_indicator", true},
		{"niengiam_reader", "SELECT count() FROM observation", false},
		{"niengiam_reader", "SELECT 1 SETTINGS max_memory_usage = 0", false},
	} {
		if err := there.as(c.user, password, "niengiam").Exec(t.Context(), c.statement); (err == nil) != c.may {
			t.Errorf("%s: %s: %v", c.user, c.statement, err)
		}
	}
	var quota uint64
	if err := there.as("niengiam_reader", password, "niengiam").QueryRow(t.Context(), "SELECT max(max_queries) FROM system.quota_usage").Scan(&quota); err != nil || quota != 5000 {
		t.Errorf("the quota of readers is %d, %v", quota, err)
	}
}

// areParsed has the embedded engine parse the statements about users, which it cannot run.
func areParsed(t *testing.T, there *server) {
	files, err := filepath.Glob(filepath.Join(deployed, "sql/*.sql"))
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	conn := there.as("niengiam", there.handle.Password, "default")
	users, err := os.ReadFile(filepath.Join(deployed, "users.d/niengiam.xml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(text), "-- Not tried here") {
			t.Errorf("%s does not say that it was not tried", file)
		}
		var form string
		err = conn.QueryRow(clickhouse.Context(t.Context(), clickhouse.WithParameters(clickhouse.Parameters{"text": strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`).Replace(string(text))})),
			"SELECT formatQuerySingleLine({text:String})").Scan(&form)
		if err != nil {
			t.Errorf("%s: %v", file, err)
		}
		if grant, _, is := strings.Cut(form, " ON "); is && strings.HasPrefix(grant, "GRANT ") {
			_, statement, _ := strings.Cut(string(text), "GRANT ")
			tried, _, _ := strings.Cut(statement, " TO ")
			if !strings.Contains(string(users), "<query>GRANT "+tried+"</query>") {
				t.Errorf("%s: %q is not among the grants of users.d", file, tried)
			}
		}
	}
}
