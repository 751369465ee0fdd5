package warehouse

import (
	"fmt"

	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse/engine"
)

// The error codes of the warehouse; those of the connection are in package engine.
const (
	// MigrationChanged: a schema file was changed after it was applied.
	MigrationChanged number.Code = "MIGRATION_CHANGED"
	// SchemaNewer: a newer version of the program has migrated the database.
	SchemaNewer number.Code = "SCHEMA_NEWER"
	// DatabaseName: the name of the database is invalid.
	DatabaseName number.Code = "DATABASE_NAME"
	// AddressInvalid: warehouse.dsn cannot be parsed.
	AddressInvalid number.Code = "DSN_INVALID"
	// ValueOutOfRange: a number has more digits than the warehouse keeps.
	ValueOutOfRange number.Code = "VALUE_OUT_OF_RANGE"
	// CatalogueTooLarge: there are more levels or units than the keys of the tables allow.
	CatalogueTooLarge number.Code = "CATALOGUE_TOO_LARGE"
	// ReleaseTaken: another release has that number, or a later one was published.
	ReleaseTaken number.Code = "RELEASE_TAKEN"
	// LeaseLost: another program may have taken the lease of the loads.
	LeaseLost number.Code = "LEASE_LOST"
	// KeeperDown: the keeper of the server, which has the lease, does not answer.
	KeeperDown number.Code = "KEEPER_DOWN"
	// StatementWrong: ClickHouse refuses a statement of niengiam sql.
	StatementWrong number.Code = "SQL_WRONG"
	// CopyTargetNotEmpty: a copy would be written into a database that is in use.
	CopyTargetNotEmpty number.Code = "COPY_TARGET_NOT_EMPTY"
	// CopyTargetOther: the database has a copy of another warehouse, or rows of one.
	CopyTargetOther number.Code = "COPY_TARGET_OTHER"
	// CopySourceChanged: the warehouse was written to again and again while it was copied.
	CopySourceChanged number.Code = "COPY_SOURCE_CHANGED"
	// CopyDiffers: a copy is not what it was made from.
	CopyDiffers number.Code = "COPY_DIFFERS"
	// CopyUnfinished: a copy into the database was begun and is not complete.
	CopyUnfinished number.Code = "COPY_UNFINISHED"
)

// fault gives an error its code, or says which statement it came from.
func fault(name string, err error) error {
	if err == nil {
		return nil
	}
	if err = engine.Translate(err); number.CodeOf(err) != "" {
		return err
	}
	return fmt.Errorf("warehouse: %s: %w", name, err)
}
