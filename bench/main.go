// Command bench measures in one run what a question costs a user of `niengiam serve`, asked over
// HTTP, and what the same answer costs from others: a gqlgen server that has it ready, one as
// most would write it on ClickHouse, and expert SQL. All of them run in processes of their own
// on the same synthetic facts, take turns, and every answer is held against expert SQL.
//
// It judges answers, never times: the exit code is 1 when an answer is wrong or the bench cannot
// run, however slow the machine is. Targets that are missed are printed as missed.
package main

import (
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, errs io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	o, err := parse(args, errs)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	}
	if complain(errs, bench(ctx, &o, out, errs)) != nil {
		return 1
	}
	return 0
}

// bench makes the data, measures and prints.
func bench(ctx context.Context, o *options, out, errs io.Writer) (err error) {
	root, leave, err := place(o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, leave()) }()
	b := &course{o: o, root: root, errs: errs, report: report{Options: o.String()}}
	begin := time.Now()
	fault := b.all(ctx)
	b.report.Took = time.Since(begin)
	b.load("done")
	if fault != nil {
		b.report.Fault = fault.Error()
	}
	if o.json {
		return errors.Join(fault, b.report.writeJSON(out))
	}
	return errors.Join(fault, b.report.write(out))
}
