package warehouse

import (
	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/niengiam/niengiam/stats/number"
)

// Address parses the setting warehouse.dsn, clickhouse://user:password@host:9000/database,
// into Config.Options and Config.Database.
func Address(dsn string) (options func() *clickhouse.Options, database string, err error) {
	parsed, err := clickhouse.ParseDSN(dsn)
	if err != nil || len(parsed.Addr) == 0 || parsed.Addr[0] == "" || parsed.Protocol != clickhouse.Native {
		return nil, "", &number.Error{
			Code: AddressInvalid, Message: number.Say("warehouse.dsn is not the address of a ClickHouse server"), Where: "warehouse.dsn",
			Hint: number.Say("write it as clickhouse://user:password@host:9000/database"), Err: err,
		}
	}
	options = func() *clickhouse.Options {
		own, err := clickhouse.ParseDSN(dsn)
		if err != nil { // it was read a moment ago
			return &clickhouse.Options{}
		}
		return own
	}
	return options, parsed.Auth.Database, nil
}
