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
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/niengiam/niengiam/warehouse/engine"
)

// options are the flags.
type options struct {
	facts     int           // of the synthetic data
	duration  time.Duration // of measuring one row of the table
	clients   []int
	only      string // one of the data sets; empty for both
	json      bool
	profiles  string // directory for CPU profiles; empty for none
	workspace string
}

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

// complain prints an error, when there is one, and gives it back.
func complain(errs io.Writer, err error) error {
	if err != nil {
		fmt.Fprintln(errs, "bench:", err)
	}
	return err
}

func parse(args []string, errs io.Writer) (options, error) {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(errs)
	facts := flags.Float64("facts", 10e6, "`number` of synthetic facts, about")
	duration := flags.Duration("duration", 2*time.Second, "`time` to measure each row of the table")
	clients := flags.String("clients", "1,8", "`numbers` of clients that ask at once")
	only := flags.String("only", "", "measure one data set: sample or synthetic")
	asJSON := flags.Bool("json", false, "print JSON instead of a table")
	profiles := flags.String("profiles", "", "write a CPU profile of each row to this `directory`")
	workspace := flags.String("workspace", "examples/angiang", "`directory` of the sample workspace")
	if err := flags.Parse(args); err != nil {
		return options{}, err
	}
	o := options{facts: int(*facts), duration: *duration, only: *only, json: *asJSON, profiles: *profiles, workspace: *workspace}
	for text := range strings.SplitSeq(*clients, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || n < 1 {
			return o, complain(errs, fmt.Errorf("-clients %q is not a list of numbers like 1,8", *clients))
		}
		o.clients = append(o.clients, n)
	}
	if o.only != "" && o.only != sample && o.only != synthetic {
		return o, complain(errs, fmt.Errorf("-only is %s or %s, not %q", sample, synthetic, o.only))
	}
	return o, nil
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
