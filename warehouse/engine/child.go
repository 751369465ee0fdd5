package engine

import (
	"fmt"
	"os"
)

// ChildCommand is the hidden first argument with which the program starts its own binary
// as the engine.
const ChildCommand = "clickhouse-child"

// The exit codes of the child that say more than "it failed".
const (
	exitFailed  = 1
	exitLibrary = 3 // the library could not be loaded
)

// Main runs the engine and ends the process, if the process was started as the engine's
// child; otherwise it does nothing. Call it first in main and in TestMain.
func Main() {
	if len(os.Args) > 1 && os.Args[1] == ChildCommand {
		os.Exit(RunChild(os.Args[2:]))
	}
}

// The two steps of the child: it confines itself where the kernel can do that,
// and then runs the engine.
const (
	stepConfine = "confine"
	stepRun     = "run"
)

// RunChild runs the hidden command: args are a step, the engine's directory, the path of
// libchdb.so and the arguments of clickhouse local. It blocks until the engine ends and
// returns the exit code; errors are written to standard error.
func RunChild(args []string) int {
	if len(args) < 3 {
		fmt.Fprintln(os.Stderr, ChildCommand+" is started by niengiam itself")
		return exitFailed
	}
	step, dir, library := args[0], args[1], args[2]
	if step == stepConfine {
		err := confine(dir, library, append([]string{ChildCommand, stepRun}, args[1:]...))
		fmt.Fprintln(os.Stderr, err)
		return exitFailed
	}
	run, err := loadLibrary(library)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitLibrary
	}
	if message := run(append([]string{"clickhouse"}, args[3:]...)); message != "" {
		fmt.Fprintln(os.Stderr, message)
		return exitFailed
	}
	return 0
}
