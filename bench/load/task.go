package main

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/pprof"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/format"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/warehouse"
	"github.com/niengiam/niengiam/warehouse/engine"
)

//go:embed sql/*.sql
var statements embed.FS

// result is what a task tells the process that started it.
type result struct {
	Spent   spent
	Peak    int64 // bytes of memory of the process of the task
	Facts   int
	Outcome string
	Disk    int64 // bytes of what was published
	Open    time.Duration
	Stages  []stage // of a load or decision, in their order
}

// task is what is measured, in a process of its own, so that its memory is its own.
type task struct {
	kind    string // load, decide, insert, read, hash or parquet
	dir     string // of the workspace; the data is in it, too
	form    string
	profile string // where a profile of the CPU is written; "" for none
}

// perform carries the task out and tells what it cost.
func (t task) perform(ctx context.Context, out io.Writer) error {
	var r result
	var err error
	switch t.kind {
	case "load", "decide":
		r, err = t.load(ctx)
	case "insert", "parquet":
		r, err = t.insert(ctx)
	case "read":
		r, err = t.read()
	case "hash":
		r, err = t.hash()
	default:
		err = fmt.Errorf("there is no task %q", t.kind)
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(r)
}

// files are the paths of the files of the form.
func (t task) files() ([]string, error) {
	paths, err := filepath.Glob(filepath.Join(t.dir, filesOf(t.form)))
	if err == nil && len(paths) == 0 {
		err = fmt.Errorf("there is no file of %s", t.form)
	}
	return paths, err
}

// load loads the source of the workspace as the program does, or approves what is held.
func (t task) load(ctx context.Context) (r result, err error) {
	w, err := workspace.Read(t.dir, nil)
	if err != nil {
		return r, err
	}
	begun := time.Now()
	e, err := t.engine(ctx)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, stop(e)) }()
	store := warehouse.New(warehouse.Config{Options: e.Options, Analyst: e.AnalystOptions})
	if err := store.Open(ctx); err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	r.Open = time.Since(begun)
	var passed stages
	pipeline := etl.New(etl.Config{
		FaultPoint: passed.enter, Workspace: w, Sink: store, Logger: slog.New(slog.DiscardHandler), Now: time.Now,
		Snapshots: filepath.Join(t.dir, "data", "snapshots"), LockFile: filepath.Join(t.dir, "data", "load.lock"),
	})
	if t.profile != "" {
		file, err := os.Create(t.profile)
		if err != nil {
			return r, err
		}
		defer func() { err = errors.Join(err, file.Close()) }()
		if err := pprof.StartCPUProfile(file); err != nil {
			return r, err
		}
		defer pprof.StopCPUProfile()
	}
	m := newMeter()
	passed.begin(m)
	if t.kind == "decide" {
		err = approve(ctx, pipeline, store)
		r.Outcome = "approved"
	} else {
		var run ledger.Run
		run, err = pipeline.Run(ctx, t.form, "bench", nil)
		r.Facts, r.Outcome = run.Added, string(run.Outcome)
	}
	r.Spent, r.Peak, r.Stages = m.stop(), peak(), passed.end()
	if err != nil {
		return r, err
	}
	r.Disk, err = t.disk(ctx, e, "niengiam", "observation", "posting")
	return r, err
}

// approve approves what is held.
func approve(ctx context.Context, p *etl.Pipeline, store *warehouse.Warehouse) error {
	held, err := store.Restatements(ctx)
	if err != nil {
		return err
	}
	for _, r := range held {
		if r.State == ledger.Pending {
			manager := &etl.ReleaseManager{Pipeline: p}
			_, err := manager.Approve(ctx, r.ID.String(), "bench", "synthetic", false)
			return err
		}
	}
	return errors.New("nothing is held")
}

// insert lets the engine alone take the file, or writes it as Parquet.
func (t task) insert(ctx context.Context) (r result, err error) {
	e, err := t.engine(ctx)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, stop(e)) }()
	shape, kind := "long", "CSVWithNames"
	switch t.form {
	case wide:
		shape = "wide"
	case parquet:
		kind = "Parquet"
	}
	beside := filepath.Join(t.dir, "data", "engine", "user_files") // it may read nothing else
	if t.kind == "parquet" {
		err := task{dir: t.dir, form: long}.linkFiles(beside)
		err = errors.Join(err, t.execute(ctx, e, "", "parquet", map[string]string{"file": "user_files/made.parquet", "from": "user_files/" + filesOf(long)}))
		return r, errors.Join(err, os.Rename(filepath.Join(beside, "made.parquet"), filepath.Join(t.dir, filesOf(parquet))))
	}
	if err := t.linkFiles(beside); err != nil {
		return r, err
	}
	if err := t.execute(ctx, e, "default", "bare_"+shape, map[string]string{"table": "bare"}); err != nil {
		return r, err
	}
	m := newMeter()
	err = t.execute(ctx, e, "default", "insert_"+shape, map[string]string{"table": "bare", "file": "user_files/" + filesOf(t.form), "format": kind})
	r.Spent, r.Peak = m.stop(), peak()
	if err != nil {
		return r, err
	}
	r.Disk, err = t.disk(ctx, e, "default", "bare")
	return r, err
}

// linkFiles lets the files of the form lie in a directory, too.
func (t task) linkFiles(dir string) error {
	paths, err := t.files()
	for _, path := range paths {
		err = errors.Join(err, os.Link(path, filepath.Join(dir, filepath.Base(path))))
	}
	return err
}

// read reads the file with the reader of its format alone.
func (t task) read() (r result, err error) {
	m := newMeter()
	file, err := os.Open(filepath.Join(t.dir, filesOf(t.form)))
	if err != nil {
		return r, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return r, err
	}
	sheets, err := format.Read(format.File{Name: filesOf(t.form), Stored: io.NewSectionReader(file, 0, info.Size())}, format.Options{})
	if err != nil {
		return r, err
	}
	for _, sheet := range sheets {
		for _, err := range sheet.Rows {
			if err != nil {
				return r, err
			}
			r.Facts++
		}
	}
	r.Spent, r.Peak = m.stop(), peak()
	return r, nil
}

// hash computes the checksums of the files, as sha256sum does.
func (t task) hash() (r result, err error) {
	m := newMeter()
	paths, err := t.files()
	for _, path := range paths {
		err = errors.Join(err, hashFile(path))
	}
	r.Spent, r.Peak = m.stop(), peak()
	return r, err
}

func hashFile(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(sha256.New(), file)
	return err
}

func (t task) engine(ctx context.Context) (*engine.Engine, error) {
	e := engine.New(engine.Config{Dir: filepath.Join(t.dir, "data", "engine"), MaxExecutionTime: time.Hour})
	return e, e.Start(ctx)
}

func stop(e *engine.Engine) error {
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	return e.Stop(ctx)
}

// stopTime is how long an engine may take to end.
const stopTime = 20 * time.Second

// disk settles tables and tells what they take on the disk.
func (t task) disk(ctx context.Context, e *engine.Engine, database string, tables ...string) (bytes int64, err error) {
	for _, table := range tables {
		if err := t.execute(ctx, e, database, "settle", map[string]string{"table": table}); err != nil {
			return 0, err
		}
	}
	conn, err := connect(e, database)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	list, err := json.Marshal(tables)
	if err != nil {
		return 0, err
	}
	var sum uint64
	text, v := statement("bytes", map[string]string{"database": database, "tables": singleQuoted(list)})
	err = conn.QueryRow(clickhouse.Context(ctx, clickhouse.WithParameters(v)), text).Scan(&sum)
	return int64(sum), err
}

func (t task) execute(ctx context.Context, e *engine.Engine, database, name string, parameters map[string]string) (err error) {
	conn, err := connect(e, database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	text, v := statement(name, parameters)
	if err := conn.Exec(clickhouse.Context(ctx, clickhouse.WithParameters(v)), text); err != nil {
		return fmt.Errorf("%s.sql: %w", name, err)
	}
	return nil
}

func connect(e *engine.Engine, database string) (driver.Conn, error) {
	options := e.Options()
	options.Auth.Database = database
	options.ReadTimeout = time.Hour
	return clickhouse.Open(options)
}

// statement gives the statement of a file and its parameters.
func statement(name string, parameters map[string]string) (string, clickhouse.Parameters) {
	text, err := statements.ReadFile("sql/" + name + ".sql")
	if err != nil { // the engine refuses it by name
		return "unknown file " + name, nil
	}
	return string(text), parameters
}

// singleQuoted makes the list of an array parameter of one in JSON.
func singleQuoted(list []byte) string {
	quoted := []byte(string(list))
	for i, sign := range quoted {
		if sign == '"' {
			quoted[i] = '\''
		}
	}
	return string(quoted)
}
