// Command bench measures in one run what a question costs: as bare SQL, asked of
// Niengiam for the first time and again, and answered by a bare gqlgen server
// that has the answer ready. It does so on the real sample workspace and on
// synthetic facts, at several numbers of clients, and prints the ratios.
//
// It judges answers, never times: the exit code is 1 when an answer is wrong or
// the bench cannot run, however slow the machine is.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/niengiam/niengiam/warehouse/engine"
)

func main() {
	engine.Main() // does not return in the engine's child process
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

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
	if complain(errs, bench(ctx, o, out, errs)) != nil {
		return 1
	}
	return 0
}

// bench makes the data, checks the answers, measures and prints.
func bench(ctx context.Context, o options, out, errs io.Writer) (err error) {
	begin := time.Now()
	site, err := open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, site.close()) }()
	result := report{Machine: site.machine, Duration: o.duration}
	for _, name := range []string{sample, synthetic} {
		if o.only != "" && o.only != name {
			continue
		}
		fmt.Fprintf(errs, "bench: preparing %s …\n", name)
		set, err := prepare(ctx, site, name, o)
		if err != nil {
			return err
		}
		fmt.Fprintf(errs, "bench: measuring %s …\n", set)
		rows, err := measure(ctx, set, o)
		if err != nil {
			return errors.Join(err, set.close())
		}
		result.add(set, rows)
		if err := set.close(); err != nil {
			return err
		}
	}
	result.Took = time.Since(begin)
	if o.json {
		return result.writeJSON(out)
	}
	return result.write(out)
}
