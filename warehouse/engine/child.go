package engine

import (
	"fmt"
	"os"
)

// ChildCommand is the hidden first argument with which our own binary is run
// again as the engine.
const ChildCommand = "clickhouse-child"

// The exit codes of the child that say more than "it failed".
const (
	exitFailed  = 1
	exitLibrary = 3 // the library could not be loaded
)

// Main ends the process when it was started as the engine's child, after
// running it; otherwise it does nothing. Call it first in main and in TestMain.
func Main() {
	if len(os.Args) > 1 && os.Args[1] == ChildCommand {
		os.Exit(RunChild(os.Args[2:]))
	}
}

// RunChild is the body of the hidden subcommand: args are the path of
// libchdb.so and the arguments of clickhouse local. It blocks until the engine
// ends and gives the exit code; what went wrong is on standard error.
func RunChild(args []string) int {
	if len(args) == 0 {
		fmt.Fprintln(os.Stderr, ChildCommand+" is started by niengiam itself")
		return exitFailed
	}
	run, err := loadLibrary(args[0])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitLibrary
	}
	if message := run(append([]string{"clickhouse"}, args[1:]...)); message != "" {
		fmt.Fprintln(os.Stderr, message)
		return exitFailed
	}
	return 0
}
