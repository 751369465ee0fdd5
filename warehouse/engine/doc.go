// Package engine runs the embedded ClickHouse: it finds libchdb.so, starts the program's
// own binary again as a hidden child process that loads it, connects to the child over
// the native protocol on loopback, restarts it when it dies and ends it within a second
// when the program stops or dies.
//
// The library is never loaded in the process that serves users: it takes over
// SIGSEGV and an abort in it would take everything down. main and TestMain
// therefore call Main before anything else.
//
//	func main() {
//		engine.Main() // does not return in the child
//		...
//	}
//
// # The files
//
// From below: config.go, credentials.go and directory.go; spawn.go, which starts a child,
// and child.go, which runs in it; life.go, the state, and connections.go; supervisor.go,
// which keeps a child running; engine.go, which puts them together. attach.go is the way
// in from another process.
//
// # The directory
//
// Everything the engine writes is under Config.Dir: engine.lock (who owns it),
// engine.json (how a second command of the same user reaches it, see Attach),
// engine.log (what the child said, bounded), config.xml and users.xml (written
// at each start), data, tmp, user_files and format_schemas.
//
// # Users
//
// They exist in users.xml only; CREATE USER is not possible in this build.
//
//   - niengiam: the program. May do everything, DDL and system tables included.
//   - analyst: a person with SQL (niengiam sql). Reads Config.Database and
//     nothing else: no writing, no file(), no url(), no other database.
//   - the Reader of Config, if there is one: a tool of somebody else on this
//     machine. Reads the views that are named and nothing else, at fixed ports,
//     by HTTP too; it changes no setting but the time of a query.
//   - default: the child's own session. It holds the one session this user is
//     allowed, so it cannot log in over the network.
//
// The passwords, except that of the Reader, are random. New makes them, and they stay the
// same until the Engine is dropped, so that a pool of connections recovers by itself when
// the child was restarted.
//
// # Confinement
//
// No grant governs the scalar function file(), which in this build reads any
// path. On Linux 5.19 and later the child therefore confines itself (Landlock)
// to its own files, without engine.json, and to no TCP connections of its own;
// see Engine.Confined. The same holds for the program's user: load files through
// the connection, not with file() or url(), unless they lie in user_files.
//
// # Dictionaries
//
// A dictionary over a local table names neither host nor port nor user:
//
//	CREATE DICTIONARY niengiam.unit_name (id UInt64, since Date, until Date, name String)
//	PRIMARY KEY id
//	SOURCE(CLICKHOUSE(QUERY 'SELECT id, since, until, name FROM niengiam.unit'))
//	LAYOUT(RANGE_HASHED()) RANGE(MIN since MAX until) LIFETIME(0)
//
// Such a source is read inside the process as the user default, which is why
// default may SELECT, and with default's limits, which are the server's. Never
// write USER or PASSWORD into one: the passwords change with each Engine, the
// DDL stays. Name the database in the query; the source has no current one.
// Load it with SYSTEM RELOAD DICTIONARY after its table has changed.
//
// # Statements that answer nothing
//
// Use Exec for DDL. clickhouse-go's Query gives io.EOF for a statement without
// a result, which Translate cannot tell from a broken connection.
package engine
