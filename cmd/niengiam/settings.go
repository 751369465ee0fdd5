package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse/engine"
)

// BadSettings: the settings file cannot be read or has a line that is no setting.
const BadSettings number.Code = "BAD_SETTINGS"

// Settings are the flags of every command.
type Settings struct {
	Config    settingsFile `help:"Read settings from this YAML file: warehouse: {dsn: …} or warehouse-dsn: … for --warehouse-dsn." placeholder:"FILE" type:"path"`
	Workspace string       `help:"The workspace: a directory with niengiam.yaml. Default: the working directory." default:"." type:"path" placeholder:"DIR"`
	Data      string       `help:"The data directory: the embedded engine, snapshots of loaded files, locks. Default: .niengiam." default:".niengiam" type:"path" placeholder:"DIR"`

	WarehouseDSN         string        `name:"warehouse-dsn" help:"A ClickHouse server to use instead of the embedded engine: clickhouse://user:password@host:9000/database." placeholder:"DSN"`
	WarehouseDatabase    string        `help:"The database of the embedded engine. Default: niengiam." default:"niengiam" placeholder:"NAME"`
	WarehouseLibrary     string        `help:"The path of libchdb.so. Default: the usual places are searched." placeholder:"FILE" type:"path"`
	WarehouseMemory      uint64        `help:"The most memory the embedded engine may take, in MiB. Default: 60 % of the machine's (0)." placeholder:"MIB" default:"0"`
	WarehouseMuteLimit   time.Duration `help:"How long the embedded engine may give no sign of life before it is killed and started anew. Default: 15s." placeholder:"TIME" default:"15s"`
	WarehouseAnswerLimit time.Duration `help:"How long a statement may go without an answer of ClickHouse before it fails. Default: 5m." placeholder:"TIME" default:"5m"`
	MemorySlices         uint64        `help:"The memory for cached slices (sums of figures that answers are made from), in MiB. Default: 256." placeholder:"MIB" default:"256"`
	MemoryAnswers        uint64        `help:"The memory for answers as they were sent, which are given again until something is published, in MiB; 0 keeps none. Default: 64." placeholder:"MIB" default:"64"`

	CallerConfidential bool `help:"Disable small-number suppression for every caller."`

	LogLevel  string `help:"The lowest level that is logged: debug, info, warn, error. Default: info for serve, warn otherwise." enum:",debug,info,warn,error" default:"" placeholder:"LEVEL"`
	LogFormat string `help:"The format of the log: ${enum}." enum:"text,json" default:"text"`
}

// session is one run of a command: its settings and the world around it.
type session struct {
	*Settings
	ctx       context.Context
	in        io.Reader
	out, errs io.Writer
	log       *slog.Logger
	reader    *engine.Reader // of an engine that it starts; nil for none
	// faultPoint is that of the loads; nil but in tests.
	faultPoint func(stage string, done int)
}

func (s *Settings) logger(command string, errs io.Writer) *slog.Logger {
	level := slog.LevelWarn
	if command == "serve" {
		level = slog.LevelInfo
	}
	if s.LogLevel != "" {
		_ = level.UnmarshalText([]byte(s.LogLevel)) // the flag allows only names of levels
	}
	options := &slog.HandlerOptions{Level: level, ReplaceAttr: shortened}
	if s.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(errs, options))
	}
	return slog.New(slog.NewTextHandler(errs, options))
}

// pipeline makes the pipeline that loads a workspace into a sink; ended is told of each run.
func (s *session) pipeline(w *workspace.Workspace, sink *opened, wait time.Duration, ended func(ledger.Run)) *etl.Pipeline {
	return etl.New(etl.Config{
		Workspace: w, Sink: sink, Logger: s.log, Now: time.Now, Wait: wait, Ended: ended, FaultPoint: s.faultPoint,
		Snapshots: filepath.Join(s.Data, "snapshots"), LockFile: filepath.Join(s.Data, "load.lock"), Lease: s.lease(sink),
	})
}

// settingsFile is the flag that names a file of settings. Kong calls BeforeResolve
// when the flag is there.
type settingsFile string

// BeforeResolve reads the file, so that its settings stand behind flags and environment.
func (f settingsFile) BeforeResolve(app *kong.Kong, context *kong.Context, trace *kong.Path) error {
	path, _ := context.FlagValue(trace.Flag).(settingsFile) // it is this very flag's
	settings, err := readSettings(string(path), app.Model)
	if err != nil {
		return err
	}
	context.AddResolver(kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		return settings[flag.Name], nil
	}))
	return nil
}

// readSettings reads a settings file; a key that is no flag is a fault.
func readSettings(path string, model *kong.Application) (map[string]any, error) {
	content, err := workspace.ReadSettings(path)
	if len(number.Errors(err)) > 0 {
		return nil, err
	}
	if err != nil {
		return nil, &number.Error{Code: BadSettings, Where: path, Message: number.EnglishOnly("cannot be read: %s", reason(err)), Err: err}
	}
	nested := map[string]any{}
	if err := yaml.Unmarshal(content, &nested); err != nil {
		return nil, &number.Error{Code: BadSettings, Where: path, Message: number.EnglishOnly("%s", yaml.FormatError(err, false, false)), Err: err}
	}
	settings := map[string]any{}
	flatten("", nested, settings)
	names := flagNames(model.Node)
	for _, key := range slices.Sorted(maps.Keys(settings)) {
		if !slices.Contains(names, key) {
			return nil, &number.Error{
				Code: BadSettings, Where: path, Message: number.EnglishOnly("%q is not a setting", key),
				Hint: number.EnglishOnly("the settings are the names of the flags: niengiam serve --help lists them"),
			}
		}
	}
	return settings, nil
}

// flatten turns warehouse: {dsn: …} into warehouse-dsn: ….
func flatten(prefix string, nested, flat map[string]any) {
	for key, value := range nested {
		if group, ok := value.(map[string]any); ok {
			flatten(prefix+key+"-", group, flat)
			continue
		}
		flat[prefix+key] = value
	}
}

func flagNames(node *kong.Node) []string {
	var names []string
	for _, flag := range node.Flags {
		names = append(names, flag.Name)
	}
	for _, child := range node.Children {
		names = append(names, flagNames(child)...)
	}
	return names
}

// reason is the last part of an operating system's error: “permission denied”.
func reason(err error) string {
	if cause, ok := errors.AsType[syscall.Errno](err); ok {
		return cause.Error()
	}
	return err.Error()
}

// renamedFlag refuses a flag that has another name now; its tag renamed says which.
type renamedFlag struct{}

// Decode is called where the flag, its environment variable or its setting is given.
func (renamedFlag) Decode(ctx *kong.DecodeContext) error {
	return fmt.Errorf("is called --%s now", ctx.Value.Tag.Get("renamed"))
}
