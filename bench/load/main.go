// Command load measures what the way of a row costs: a load with all its checks, by the
// pipeline of the program, beside the engine alone that takes the same file into a table of
// the same columns. Both take turns in one run, each in a process of its own, on synthetic
// facts, and the ratios are printed beside their targets.
//
// It judges nothing: a target that is missed is told, and the exit code is 1 only where
// something cannot be measured.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/niengiam/niengiam/warehouse/engine"
)

// The forms of the synthetic file; also the codes of its sources.
const (
	long    = "synthetic-long"
	wide    = "synthetic-wide"
	parquet = "synthetic-parquet"
	xlsx    = "synthetic-xlsx"
)

// filesOf is the name of the file of a form, of a form in several files a pattern of their names.
func filesOf(form string) string {
	switch form {
	case long:
		return form + "-*.csv"
	case parquet:
		return form + ".parquet"
	case xlsx:
		return form + ".xlsx"
	}
	return form + ".csv"
}

// options are the flags.
type options struct {
	rows, sheetRows int
	rounds          int
	only            string
	profiles        string
	stages          bool
	task            task
}

func main() {
	engine.Main() // does not return in the engine's child process
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, out, errs io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	flags := flag.NewFlagSet("load", flag.ContinueOnError)
	flags.SetOutput(errs)
	rows := flags.Float64("rows", 1e6, "`number` of synthetic facts, about: 1e6, 10e6, 100e6")
	sheetRows := flags.Float64("sheet-rows", 200e3, "`number` of synthetic facts of the workbook, about")
	var o options
	flags.IntVar(&o.rounds, "rounds", 2, "how often the subjects take turns")
	flags.StringVar(&o.only, "only", "", "measure only these forms, `list` of long,wide,parquet,xlsx")
	flags.StringVar(&o.profiles, "profiles", "", "write CPU profiles of the loads to this `directory`")
	flags.BoolVar(&o.stages, "stages", false, "print what each stage of the loads cost")
	flags.StringVar(&o.task.kind, "task", "", "of the bench's own: what a process of it does")
	flags.StringVar(&o.task.dir, "dir", "", "of the bench's own")
	flags.StringVar(&o.task.form, "form", "", "of the bench's own")
	flags.StringVar(&o.task.profile, "profile", "", "of the bench's own")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	o.rows, o.sheetRows = int(*rows), int(*sheetRows)
	err := measure(ctx, o, out, errs)
	if o.task.kind != "" {
		err = o.task.perform(ctx, out)
	}
	if err != nil {
		fmt.Fprintln(errs, "load:", err)
		return 1
	}
	return 0
}

// measure measures all forms and prints the report.
func measure(ctx context.Context, o options, out, errs io.Writer) error {
	if o.task.kind != "" {
		return nil
	}
	var r report
	for _, form := range []string{long, wide, parquet, xlsx} {
		if o.only != "" && !slices.Contains(strings.Split(o.only, ","), strings.TrimPrefix(form, "synthetic-")) {
			continue
		}
		one := &rows{form: form}
		r = append(r, one)
		for range o.rounds {
			if err := one.round(ctx, o, errs); err != nil {
				return fmt.Errorf("%s: %w", form, err)
			}
		}
	}
	if err := r.write(out); err != nil || !o.stages {
		return err
	}
	return r.writeStages(out)
}

// rows are the measurements of a form.
type rows struct {
	form  string
	shape shape
	// loads and bare take turns; the bare one is the engine that takes the same file or, of a
	// workbook, its reading alone.
	loads, bare []result
	// Of the long form also: the same files again, beside their checksum, and one cell in a
	// hundred restated: held, and approved.
	unchanged, hashed, held, approved []result
}

// round measures each subject once, in a directory that goes again.
func (m *rows) round(ctx context.Context, o options, errs io.Writer) (err error) {
	dir, err := os.MkdirTemp("", "niengiam-bench-load-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	m.shape = shapeOf(o.rows)
	if m.form == xlsx {
		m.shape = shapeOf(o.sheetRows)
	}
	fmt.Fprintf(errs, "load: %s, %d synthetic facts …\n", m.form, m.shape.facts())
	if err := makeWorkspace(dir, m.form, m.shape, 0); err != nil {
		return err
	}
	step := func(kind, form string, into *[]result) {
		if err != nil {
			return
		}
		var r result
		if r, err = start(ctx, task{kind: kind, dir: dir, form: form, profile: o.profileOf(kind, m.form)}, errs); err == nil && into != nil {
			*into = append(*into, r)
		}
	}
	if m.form == parquet {
		step("parquet", m.form, nil)
	}
	step("load", m.form, &m.loads)
	if m.form == xlsx {
		step("read", m.form, &m.bare)
	} else {
		step("insert", m.form, &m.bare)
	}
	if m.form != long || err != nil {
		return err
	}
	step("load", long, &m.unchanged)
	step("hash", long, &m.hashed)
	if err == nil {
		err = makeWorkspace(dir, long, m.shape, 1)
	}
	step("load", long, &m.held)
	step("decide", long, &m.approved)
	return err
}

// profileOf is where the profile of a load is written; "" for none.
func (o options) profileOf(kind, form string) string {
	if o.profiles == "" || kind != "load" && kind != "decide" {
		return ""
	}
	for n := 1; ; n++ {
		path := filepath.Join(o.profiles, fmt.Sprintf("%s-%s-%d.pprof", form, kind, n))
		if _, err := os.Stat(path); err != nil {
			return path
		}
	}
}

// start carries a task out in a process of its own.
func start(ctx context.Context, t task, errs io.Writer) (r result, err error) {
	own, err := os.Executable()
	if err != nil {
		return r, err
	}
	child := exec.CommandContext(ctx, own, "-task", t.kind, "-dir", t.dir, "-form", t.form, "-profile", t.profile)
	var out bytes.Buffer
	child.Stdout, child.Stderr = &out, errs
	child.Cancel = func() error { return child.Process.Signal(syscall.SIGTERM) }
	if err := child.Run(); err != nil {
		return r, fmt.Errorf("%s: %w", t.kind, err)
	}
	return r, json.Unmarshal(out.Bytes(), &r)
}
