package warehouse

import "github.com/niengiam/niengiam/stats"

// The codes of faults of the warehouse; those of the connection are in package
// engine.
const (
	// MigrationChanged: a schema file is not what it was when it was applied.
	MigrationChanged stats.Code = "MIGRATION_CHANGED"
	// SchemaNewer: a newer program has worked on the database.
	SchemaNewer stats.Code = "SCHEMA_NEWER"
	// DatabaseName: the name of the database cannot be one.
	DatabaseName stats.Code = "DATABASE_NAME"
	// AddressInvalid: warehouse.dsn cannot be read.
	AddressInvalid stats.Code = "DSN_INVALID"
	// ValueOutOfRange: a number has more digits than the warehouse keeps.
	ValueOutOfRange stats.Code = "VALUE_OUT_OF_RANGE"
	// CatalogueTooLarge: there are more levels or units than the warehouse can tell apart.
	CatalogueTooLarge stats.Code = "CATALOGUE_TOO_LARGE"
	// ReleaseTaken: a release has that number, or a later one was published.
	ReleaseTaken stats.Code = "RELEASE_TAKEN"
	// StatementWrong: a statement of niengiam sql is not understood.
	StatementWrong stats.Code = "SQL_WRONG"
)
