package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"
)

const sqlPassword = "mật-khẩu-đủ-dài"

// tool is a tool that speaks ClickHouse, as the user of --sql-user.
type tool struct {
	t            *testing.T
	native, http int
}

func newTool(t *testing.T) tool {
	t.Helper()
	return tool{t: t, native: freePort(t), http: freePort(t)}
}

func freePort(t *testing.T) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}

// args let the tool in.
func (o tool) args() []string {
	return []string{"--sql-user", "bi", "--sql-password", sqlPassword, "--sql-port", fmt.Sprint(o.native), "--sql-http-port", fmt.Sprint(o.http)}
}

// ask asks by HTTP and gives status and answer.
func (o tool) ask(statement string) (int, string) {
	o.t.Helper()
	address := fmt.Sprintf("http://127.0.0.1:%d/?", o.http) + url.Values{"database": {"niengiam"}, "query": {statement}}.Encode()
	request, err := http.NewRequestWithContext(o.t.Context(), http.MethodGet, address, nil)
	if err != nil {
		o.t.Fatal(err)
	}
	request.SetBasicAuth("bi", sqlPassword)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		o.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		o.t.Fatal(err)
	}
	return answer.StatusCode, strings.TrimSpace(string(body))
}

func (o tool) is(statement, want string) {
	o.t.Helper()
	if status, got := o.ask(statement); status != http.StatusOK || got != want {
		o.t.Errorf("%s\n is %d %q, want %q", statement, status, got, want)
	}
}

// filters filters by every column, in ways that the engine rewrites to parts of columns.
func (o tool) filters() {
	o.t.Helper()
	_, columns := o.ask("SELECT table, name, type LIKE '%String%' FROM system.columns WHERE table LIKE 'published\\_%' FORMAT TSV")
	for line := range strings.Lines(columns) {
		column := strings.Fields(line)
		filters := []string{column[1] + " IS NULL", column[1] + " IS NOT NULL"}
		if column[2] == "1" {
			filters = append(filters, column[1]+" = ''", "empty("+column[1]+")", "length("+column[1]+") > 3", column[1]+" IN ('x', '')")
		}
		for _, filter := range filters {
			if status, got := o.ask("SELECT count() FROM " + column[0] + " WHERE " + filter); status != http.StatusOK {
				o.t.Errorf("%s WHERE %s: %.200s", column[0], filter, got)
			}
		}
	}
}

const told2019 = "SELECT value, denominator, status, unit_vi, indicator_en, published FROM published_observation WHERE indicator = 'criterion-19-2' AND unit = '89' AND year = 2019 FORMAT TSV"

// A tool sees what is published as it stands now: not what is held, not what was
// withdrawn, and at every step what the ledger says.
func TestToolsWithSQLSeeWhatIsPublished(t *testing.T) {
	t.Parallel()
	bi := newTool(t)
	r := revise(t, bi.args()...)
	agrees := func() {
		t.Helper()
		out, errs, code := niengiam(t, "sql", "--format", "csv", "--data", r.data, "--", statement(t, "published_disagrees"))
		if lines := strings.Fields(out); code != 0 || len(lines) < 2 || !strings.HasPrefix(lines[len(lines)-1], "0,") || strings.HasSuffix(lines[len(lines)-1], ",0") {
			t.Errorf("exit %d: %s%s", code, out, errs)
		}
	}
	const name = "Communes that meet criterion 19.2, security and public order"
	before, after := "97\t119\tA\tAn Giang\t"+name+"\t2020-02-18", "83\t119\tA\tAn Giang\t"+name+"\t2021-03-12"
	r.load(2, "published")
	bi.is(told2019, before)
	agrees()
	r.load(4, "held")
	bi.is(told2019, before)
	bi.is("SELECT count() FROM published_observation WHERE indicator = 'criterion-19-2'", "2")
	agrees()
	id := r.ask(`{ restatements { id } }`).at("restatements", 0, "id").text()
	r.run("published as release", "approve", id, "--actor", "An", "--comment", "why")
	bi.is(told2019, after)
	agrees()
	_, release := bi.ask("SELECT max(release) FROM published_observation")
	r.run("withdraws release", "withdraw", release, "--actor", "An", "--comment", "wrong")
	bi.is(told2019, before)
	agrees()
	r.run("restores release", "restore", release, "--actor", "An", "--comment", "right")
	bi.is(told2019, after)
	agrees()
	r.run("published", "load", "census", "population", "ntm-register", "poverty-reports")
	agrees()
	bi.is("SELECT unit_kind FROM published_observation WHERE indicator = 'population-census' AND unit = '883' AND breakdown = ''", "thanh-pho")
	bi.is("SELECT countIf(comment = '') FROM system.columns WHERE table LIKE 'published\\_%'", "0")
	bi.filters()
	for _, table := range []string{"observation", "posting", "restatement_cell", "reject", "release", "catalogue", "published", "system.users"} {
		if status, got := bi.ask("SELECT * FROM " + table); status == http.StatusOK {
			t.Errorf("the tool reads %s: %.200s", table, got)
		}
	}
}

// Of a confidential indicator there is not one row, whoever asks.
func TestToolsWithSQLSeeNoConfidentialIndicator(t *testing.T) {
	t.Parallel()
	bi := newTool(t)
	serve(t, append([]string{"--load", "--workspace", invented, "--caller-confidential"}, bi.args()...)...)
	bi.is("SELECT indicator, confidential_below > 0 FROM published_indicator FORMAT TSV", "cases\t1")
	bi.is("SELECT count() FROM published_observation", "0")
	pool, err := clickhouse.Open(&clickhouse.Options{
		Addr: []string{fmt.Sprintf("127.0.0.1:%d", bi.native)}, Auth: clickhouse.Auth{Database: "niengiam", Username: "bi", Password: sqlPassword},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	var units uint64
	if err := pool.QueryRow(t.Context(), "SELECT count() FROM published_unit").Scan(&units); err != nil || units == 0 {
		t.Errorf("%d units, %v", units, err)
	}
}

func TestTheUserOfAServerIsNotOurs(t *testing.T) {
	t.Parallel()
	_, errs, code := niengiam(t, "serve", "--workspace", sample, "--addr", "127.0.0.1:0", "--warehouse-dsn", "clickhouse://x:y@127.0.0.1:1/z", "--sql-user", "bi", "--sql-password", sqlPassword)
	if code == 0 || !strings.Contains(errs, "BAD_SETTINGS") {
		t.Errorf("exit %d: %s", code, errs)
	}
}
