package main

import (
	"flag"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
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

// complain prints an error, when there is one, and gives it back.
func complain(errs io.Writer, err error) error {
	if err != nil {
		fmt.Fprintln(errs, "bench:", err)
	}
	return err
}
