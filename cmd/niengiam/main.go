// Command niengiam is the statistical yearbook as a live system: it loads
// yearly statistics of administrative units into ClickHouse and answers what
// people ask of them over GraphQL.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse/engine"
)

// program is the command line.
type program struct {
	Settings `embed:""`

	Serve        serveCommand        `cmd:"" help:"Serve the API and the pages, and run the scheduled loads."`
	Ready        readyCommand        `cmd:"" help:"Ask a running serve whether it answers questions; exits with 1 where it does not. For health checks."`
	Load         loadCommand         `cmd:"" help:"Load sources now, all of them when none is named."`
	Runs         runsCommand         `cmd:"" help:"List the sources with their schedules in words, or the runs of one: when, how long, how they ended, and when it runs next."`
	Pause        pauseCommand        `cmd:"" help:"Pause the schedule of a source, over restarts too; what a person loads is loaded all the same."`
	Resume       resumeCommand       `cmd:"" help:"Let the schedule of a paused source go on; what was due meanwhile is loaded once."`
	Init         initCommand         `cmd:"" help:"Make a workspace of a file of any format: what is not clear is asked on a terminal, or refused with the flag to give. Overwrites nothing."`
	Infer        inferCommand        `cmd:"" help:"Propose a source for a file of the workspace: how its table, units, years and figures were understood, as YAML that passes check. Changes nothing without --write."`
	Check        checkCommand        `cmd:"" help:"Check the workspace and its data files: every fault with file and line. Changes nothing."`
	Rejects      rejectsCommand      `cmd:"" help:"Write the rejected rows of a source to a file in the shape of its own, with a reason, to be mended and loaded."`
	Releases     releasesCommand     `cmd:"" help:"List what has been published, or show one release."`
	Restatements restatementsCommand `cmd:"" help:"List restatements: loads that would change published figures and wait for approval; or show the differences of one."`
	Approve      approveCommand      `cmd:"" help:"Publish a restatement."`
	Refuse       refuseCommand       `cmd:"" help:"Refuse a restatement; nothing of it is published."`
	Withdraw     withdrawCommand     `cmd:"" help:"Withdraw a release; the figures before it count again."`
	Restore      restoreCommand      `cmd:"" help:"Restore a withdrawn release."`
	Schema       schemaCommand       `cmd:"" help:"Print the schema of the API (SDL), for generators of clients."`
	SQL          sqlCommand          `cmd:"" name:"sql" help:"Read the warehouse with SQL: one statement, or a prompt."`
	MigrateTo    migrateToCommand    `cmd:"" name:"migrate-to" help:"Copy the embedded warehouse, all releases included, into the empty database of a ClickHouse server, and compare both."`
	Version      versionCommand      `cmd:"" help:"Print the version."`
}

const description = `The statistical yearbook as a live system.

Niengiam loads yearly statistics of administrative units from a workspace (a directory with niengiam.yaml) into ClickHouse and answers
questions about them over GraphQL. ClickHouse runs inside this program unless --warehouse-dsn names a server.

Every setting is a flag, an environment variable (NIENGIAM_DATA for --data) or a line of the file that --config names; a flag wins over
the environment, the environment over the file.

Examples:
  niengiam init API_SP.POP.TOTL_DS2_en_csv_v2.csv --workspace world
  niengiam check --workspace examples/angiang
  niengiam serve --workspace examples/angiang --load
  niengiam load population --workspace examples/angiang
  niengiam sql "SELECT indicator, count() FROM observation GROUP BY indicator"`

func main() {
	engine.Main() // does not return in the engine's child process
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, nil))
}

// run executes the command line and gives the exit code: 0 when all went well,
// 1 for a fault, 2 for a command line that cannot be read. faultPoint is nil but in tests, see
// etl.Config.
func run(args []string, in io.Reader, out, errs io.Writer, faultPoint func(stage string, done int)) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// Whoever interrupts twice does not want to wait: the system ends the program at once.
	context.AfterFunc(ctx, stop)
	exited := -1
	var p program
	parser, err := kong.New(&p, kong.Name("niengiam"), kong.Description(description), kong.DefaultEnvars("NIENGIAM"),
		kong.Writers(out, errs), kong.Exit(func(code int) { exited = code }), kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 120}))
	if err != nil {
		fmt.Fprintln(errs, "niengiam:", err)
		return 2
	}
	command, err := parser.Parse(args)
	switch {
	case exited >= 0: // --help was asked for and printed
		return exited
	case err != nil:
		complain(errs, err)
		return 2
	}
	err = command.Run(&session{Settings: &p.Settings, ctx: ctx, in: in, out: out, errs: errs, log: p.logger(command.Command(), errs), faultPoint: faultPoint})
	switch interrupted := errors.Is(err, context.Canceled) && ctx.Err() != nil; {
	case err == nil, interrupted && command.Command() == "serve": // that is how it ends
		return 0
	case interrupted:
		fmt.Fprintln(errs, "niengiam: interrupted")
	default:
		complain(errs, err)
	}
	return 1
}

// complain prints an error: each coded fault on a line of its own.
func complain(errs io.Writer, err error) {
	coded := number.Errors(err)
	if len(coded) == 0 {
		fmt.Fprintln(errs, "niengiam:", err)
		return
	}
	for _, e := range coded {
		fmt.Fprintf(errs, "niengiam: %s: %s\n", e.Code, e.Error())
	}
}
