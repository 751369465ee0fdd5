package warehouse

import "github.com/niengiam/niengiam/stats/number"

// The codes of faults of the warehouse; those of the connection are in package
// engine.
const (
	// MigrationChanged: a schema file is not what it was when it was applied.
	MigrationChanged number.Code = "MIGRATION_CHANGED"
	// SchemaNewer: a newer program has worked on the database.
	SchemaNewer number.Code = "SCHEMA_NEWER"
	// DatabaseName: the name of the database cannot be one.
	DatabaseName number.Code = "DATABASE_NAME"
	// AddressInvalid: warehouse.dsn cannot be read.
	AddressInvalid number.Code = "DSN_INVALID"
	// ValueOutOfRange: a number has more digits than the warehouse keeps.
	ValueOutOfRange number.Code = "VALUE_OUT_OF_RANGE"
	// CatalogueTooLarge: there are more levels or units than the warehouse can tell apart.
	CatalogueTooLarge number.Code = "CATALOGUE_TOO_LARGE"
	// ReleaseTaken: a release has that number, or a later one was published.
	ReleaseTaken number.Code = "RELEASE_TAKEN"
	// StatementWrong: a statement of niengiam sql is not understood.
	StatementWrong number.Code = "SQL_WRONG"
)
