package place_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/niengiam/niengiam/etl/place"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

// clickHouse is a query on the engine of the tests.
func clickHouse(t *testing.T, query string) *office {
	t.Helper()
	address, err := url.Parse(warehousetest.Address(t, ""))
	if err != nil {
		t.Fatal(err)
	}
	password, _ := address.User.Password()
	o := newOffice(t, workspace.Place{SQL: &workspace.SQL{
		Server: "clickhouse://" + address.Host + "/default", User: address.User.Username(), Password: workspace.Secret{Env: "TOKEN"}, TLS: "none", Query: query,
		File: "figures", Rows: 1000,
	}, Limits: workspace.Limits{Retries: 2}})
	getenv := o.Getenv
	o.Getenv = func(name string) string {
		if name == "TOKEN" {
			return password
		}
		return getenv(name)
	}
	return o
}

func TestClickHouse(t *testing.T) {
	t.Parallel()
	clickHouse(t, `SELECT '0089' AS code, toDecimal128('1234567890123456789.1200', 4) AS value, toInt256('9000000000000000000000') AS most, 0.1 + 0.2 AS sum,
		nan AS unknown, CAST(NULL, 'Nullable(Decimal(9, 2))') AS "not known", CAST(1.5, 'Nullable(Decimal(9, 2))') AS known, toDate('2025-07-01') AS published,
		true AS used, toLowCardinality('An') AS name, toDateTime('2025-07-01 07:00:00', 'Asia/Ho_Chi_Minh') AS at, toUInt8(7) AS small, toFloat32(0.1) AS half`).
		only("figures.jsonl", `{"code":"0089","value":1234567890123456789.1200,"most":9000000000000000000000,"sum":0.30000000000000004,"unknown":"NaN","not known":null,"known":1.50,`+
			`"published":"2025-07-01","used":true,"name":"An","at":"2025-07-01 07:00:00","small":7,"half":0.1}`+"\n")
	clickHouse(t, "SELECT [1, 2] AS n").refused(place.BadQuery, `"n" is of the type Array(UInt8)`)
	clickHouse(t, "SELECT unhex('FF') AS n").refused(place.BadQuery, "no text in UTF-8")
	clickHouse(t, "SELECT 1 AS n WHERE 0").refused(place.Missing, "gives no row")
	clickHouse(t, "SELECT value FROM nothing").refused(place.BadQuery, "(60)")
	clickHouse(t, "CREATE TABLE written (n UInt8) ENGINE = Memory").refused(place.BadQuery, "(164)")
	clickHouse(t, "SELECT number AS n FROM numbers(1001)").refused(place.TooLarge, "more than 1000 rows")
	clickHouse(t, "SELECT throwIf(number = 100000) AS n FROM numbers(200000) SETTINGS max_block_size = 10").refused(place.TooLarge, "more than 1000 rows")
	clickHouse(t, "SELECT throwIf(number = 500) AS n FROM numbers(900) SETTINGS max_block_size = 10").refused(place.BadQuery, "(395)")
	o := clickHouse(t, "SELECT sleepEachRow(0.5) AS n FROM numbers(60) SETTINGS max_block_size = 1")
	o.source.Places[0].Limits.Time = 300 * time.Millisecond
	o.refused(place.Slow, "longer than 300ms")
	o = clickHouse(t, "SELECT 1 AS n")
	o.source.Places[0].SQL.Password = workspace.Secret{}
	o.refused(place.Denied, "(516)")
	o.source.Places[0].SQL.TLS = "verify"
	o.refused(place.Unreachable, "")
	o.source.Places[0].SQL.Server = "clickhouse://127.0.0.1:1/default"
	o.refused(place.Unreachable, "does not take connections")
}
