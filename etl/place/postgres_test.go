package place_test

import (
	"strings"
	"testing"
	"time"

	"github.com/niengiam/niengiam/etl/place"
	"github.com/niengiam/niengiam/etl/workspace"
)

// TestPostgres has all that needs the server, so that one is started.
func TestPostgres(t *testing.T) { // not beside others: loads read the environment
	p := newPostgres(t)
	t.Run("every digit", func(t *testing.T) { everyDigit(t, p) })
	t.Run("only reads", func(t *testing.T) { onlyReads(t, p) })
	t.Run("encrypted", func(t *testing.T) { encrypted(t, p) })
	t.Run("faults", func(t *testing.T) { postgresFaults(t, p) })
	t.Run("loads", func(t *testing.T) { loads(t, p) })
}

func everyDigit(t *testing.T, p *postgres) {
	p.t = t
	o := p.office(`SELECT '0089' AS code, 12345678901234567890.123456789000::numeric AS value, 9223372036854775807 AS most, 0.1::float8 + 0.2 AS sum,
		'NaN'::numeric AS unknown, NULL::numeric AS "not known", DATE '2025-07-01' AS published, true AS used, 'Thôn "An" \ 1' AS name, TIMESTAMPTZ '2025-07-01 07:00+07' AS at`)
	o.only("figures.jsonl", `{"code":"0089","value":12345678901234567890.123456789000,"most":9223372036854775807,"sum":0.30000000000000004,"unknown":"NaN","not known":null,`+
		`"published":"2025-07-01","used":true,"name":"Thôn \"An\" \\ 1","at":"2025-07-01 00:00:00+00"}`+"\n")
	if files := o.Last("figures"); files[0].Address != p.address("postgres") || files[0].Version() != "sha256 "+files[0].SHA256 {
		t.Errorf("the record has %+v", files)
	}
	p.office("SELECT n::numeric / 4 AS value FROM generate_series(1, 1000) n").must()
}

// onlyReads holds that no statement of a workspace changes a database.
func onlyReads(t *testing.T, p *postgres) {
	p.t = t
	p.do("CREATE TABLE written (n int); CREATE FUNCTION writes() RETURNS int LANGUAGE sql AS 'INSERT INTO written VALUES (1) RETURNING n'")
	for _, statement := range []string{"INSERT INTO written VALUES (1) RETURNING n", "SELECT writes() AS n", "CREATE TABLE more AS SELECT 1 AS n"} {
		p.office(statement).refused(place.BadQuery, "read-only transaction (25006)")
	}
	p.office("SELECT 1 AS n; DELETE FROM written").refused(place.BadQuery, "42601") // one statement
	p.office("SET TRANSACTION READ WRITE").refused(place.BadQuery, "gives no rows")
	p.office("SELECT count(*) AS n FROM written").only("figures.jsonl", `{"n":0}`+"\n")
}

func postgresFaults(t *testing.T, p *postgres) {
	p.t = t
	p.office("SELECT value FROM nothing").refused(place.BadQuery, `relation "nothing" does not exist (42P01)`)
	p.office("SELECT 1 AS n WHERE false").refused(place.Missing, "gives no row")
	p.office("SELECT 1 AS n, 2 AS n").refused(place.BadQuery, `a name of its own, and "n" is none`)
	p.office("SELECT 1").refused(place.BadQuery, `"?column?" is none`)
	p.office("SELECT 1 AS n FROM generate_series(1, 1001)").refused(place.TooLarge, "more than 1000 rows")
	p.office("SELECT 1 / (500 - n) AS n FROM generate_series(1, 1000) n").refused(place.BadQuery, "division by zero")
	o := p.office("SELECT repeat('x', 2000000) AS n")
	o.refused(place.TooLarge, "1048576 bytes")
	o = p.office("SELECT pg_sleep(30)::text AS n")
	o.source.Places[0].Limits.Time = 300 * time.Millisecond
	o.refused(place.Slow, "longer than 300ms")
	o = p.office("SELECT pg_terminate_backend(pg_backend_pid()) AS n") // as where the server is stopped meanwhile
	o.refused(place.Unreachable, "57P01")
	if asked := strings.Count(o.log.String(), "place is asked again"); asked != 2 {
		t.Errorf("asked again %d times", asked)
	}
	o = p.office("SELECT 1 AS n")
	sql := o.source.Places[0].SQL
	sql.Password = workspace.Secret{File: "wrong"}
	o.refused(place.NoSecret, "wrong holds no secret")
	sql.Password = workspace.Secret{}
	o.refused(place.Denied, "(28P01)")
	sql.User, sql.Password = "nobody", workspace.Secret{Env: "TOKEN"}
	o.refused(place.Denied, "(28P01)")
	sql.User, sql.Server = "office", p.address("nothing")
	o.refused(place.BadQuery, `database "nothing" does not exist (3D000)`)
	sql.Server = "postgres:///postgres?host=/nowhere"
	o.refused(place.Unreachable, "cannot be reached")
	sql.Server = "postgres://127.0.0.1:1/postgres"
	o.refused(place.Unreachable, "does not take connections")
}

// encrypted holds that what is encrypted is that, and never anything less than declared.
func encrypted(t *testing.T, p *postgres) {
	p.t = t
	o := p.office("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
	sql := o.source.Places[0].SQL
	sql.Server, sql.TLS = "postgres://127.0.0.1:"+p.port+"/postgres", "require"
	o.refused(place.Unreachable, "cannot be reached")
	p.do("ALTER SYSTEM SET ssl = on")
	p.do("SELECT pg_reload_conf()")
	for range 500 { // a new connection has what was read anew, at some time
		if connection, err := p.connect(); err == nil {
			on := connection.ExecParams(t.Context(), "SHOW ssl", nil, nil, nil, nil).Read()
			_ = connection.Close(t.Context())
			if len(on.Rows) == 1 && string(on.Rows[0][0]) == "on" {
				break
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
	o.only("figures.jsonl", `{"ssl":true}`+"\n")
	sql.TLS = "none"
	o.only("figures.jsonl", `{"ssl":false}`+"\n")
	sql.TLS = "verify"
	o.refused(place.Unreachable, "certificate of the server is not one to be trusted")
}
