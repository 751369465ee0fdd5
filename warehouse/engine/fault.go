package engine

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"

	"github.com/niengiam/niengiam/stats/number"
)

// The error codes of the engine and of its queries.
const (
	// EngineLibraryMissing: libchdb.so was not found, or not at the configured path.
	EngineLibraryMissing number.Code = "ENGINE_LIBRARY_MISSING"
	// EngineLibraryWrong: the file exists, but cannot be loaded as libchdb.
	EngineLibraryWrong number.Code = "ENGINE_LIBRARY_WRONG"
	// EngineLocked: another process uses the directory.
	EngineLocked number.Code = "ENGINE_LOCKED"
	// EngineDirectory: the directory cannot be created, read or written.
	EngineDirectory number.Code = "ENGINE_DIRECTORY"
	// EngineDiskFull: there is no space left for the data.
	EngineDiskFull number.Code = "ENGINE_DISK_FULL"
	// EngineCorrupt: stored data are lost or damaged.
	EngineCorrupt number.Code = "ENGINE_CORRUPT"
	// EngineStart: the child did not start, for any other reason.
	EngineStart number.Code = "ENGINE_START"
	// EngineDown: the connection broke or no engine runs at the moment; try again.
	EngineDown number.Code = "ENGINE_DOWN"
	// EngineNotRunning: there is no running engine to attach to.
	EngineNotRunning number.Code = "ENGINE_NOT_RUNNING"
	// EngineBusy: too many queries are running; try again.
	EngineBusy number.Code = "ENGINE_BUSY"
	// QueryTooDear: the query exceeded a limit of memory, time or rows.
	QueryTooDear number.Code = "QUERY_TOO_DEAR"
	// QueryDenied: the user has no right to do that, or could not log in.
	QueryDenied number.Code = "QUERY_DENIED"
)

// noSpace recognises a full disk in a message of the engine or the system.
func noSpace(message string) bool {
	return strings.Contains(message, "No space left on device") || strings.Contains(message, "NOT_ENOUGH_SPACE")
}

func diskFullError(where string, err error) error {
	return &number.Error{
		Code: EngineDiskFull, Message: number.Say("the disk with the data is full"), Where: where,
		Hint: number.Say("free some space or move the directory to a larger disk; nothing that was stored is lost"), Err: err,
	}
}

// CorruptError returns the error that stored data are lost or damaged.
func CorruptError(where string, message number.Message, err error) error {
	return &number.Error{
		Code: EngineCorrupt, Message: message, Where: where,
		Hint: number.Say("stop the program and put a backup of the data directory back; without one, load the workspace into a new directory, with --data"), Err: err,
	}
}

func directoryError(dir string, err error) error {
	if errors.Is(err, syscall.ENOSPC) {
		return diskFullError(dir, err)
	}
	reason := err.Error()
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		reason = path.Path + ": " + path.Err.Error()
	}
	return &number.Error{
		Code: EngineDirectory, Message: number.EnglishOnly("the engine's directory cannot be used: %s", reason), Where: dir,
		Hint: number.EnglishOnly("give this user the right to write there, or name another directory"), Err: err,
	}
}
