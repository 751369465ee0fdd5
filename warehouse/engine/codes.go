package engine

import "github.com/niengiam/niengiam/stats/number"

// The codes of faults of the engine and of the questions put to it.
const (
	// EngineLibraryMissing: libchdb.so was found nowhere, or not where the setting says.
	EngineLibraryMissing number.Code = "ENGINE_LIBRARY_MISSING"
	// EngineLibraryWrong: the file is there and is not a libchdb that can be loaded.
	EngineLibraryWrong number.Code = "ENGINE_LIBRARY_WRONG"
	// EngineLocked: another process works on the directory.
	EngineLocked number.Code = "ENGINE_LOCKED"
	// EngineDirectory: the directory cannot be made, read or written.
	EngineDirectory number.Code = "ENGINE_DIRECTORY"
	// EngineDiskFull: there is no space left for the data.
	EngineDiskFull number.Code = "ENGINE_DISK_FULL"
	// EngineStart: the child did not come up, for any other reason.
	EngineStart number.Code = "ENGINE_START"
	// EngineDown: the connection broke or there is no engine at the moment; ask again.
	EngineDown number.Code = "ENGINE_DOWN"
	// EngineNotRunning: there is no running engine to attach to.
	EngineNotRunning number.Code = "ENGINE_NOT_RUNNING"
	// EngineBusy: too many queries run already; ask again.
	EngineBusy number.Code = "ENGINE_BUSY"
	// QueryTooDear: the query went over a limit of memory, time or rows.
	QueryTooDear number.Code = "QUERY_TOO_DEAR"
	// QueryDenied: the user may not do that, or could not log in.
	QueryDenied number.Code = "QUERY_DENIED"
)
