package statstest

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/query"
)

// Run runs every script of a folder as a parallel subtest, each on its own store.
func Run(t *testing.T, scripts fs.FS, store func(t *testing.T) Store) {
	RunOnly(t, scripts, names(t, scripts), store)
}

// RunOnly runs some scripts of a folder as Run runs all.
func RunOnly(t *testing.T, scripts fs.FS, names []string, store func(t *testing.T) Store) {
	for _, name := range names {
		t.Run(strings.TrimSuffix(path.Base(name), ".txt"), func(t *testing.T) {
			t.Parallel()
			questions := 0
			err := play(t.Context(), scripts, name, store(t), func(s statement, got []string) {
				questions++
				if want := s.text(); !alike(got, want) {
					t.Errorf("%s:%d: %s\n got:\n\t%s\nwant:\n\t%s", name, s.line, strings.Join(s.words, " "),
						strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			if questions == 0 {
				t.Errorf("%s asks nothing", name)
			}
		})
	}
}

func names(t *testing.T, scripts fs.FS) []string {
	t.Helper()
	names, err := fs.Glob(scripts, "*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	return names
}

// play executes a script on a store, and tells each question with its answer.
func play(ctx context.Context, scripts fs.FS, name string, store Store, answered func(statement, []string)) error {
	file, err := scripts.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	statements, err := parse(file)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	in := &session{world: newWorld(), store: store}
	in.service = query.New(in.store)
	for _, s := range statements {
		got, err := execute(ctx, in, s)
		if err != nil {
			return fmt.Errorf("%s:%d: %s: %w", name, s.line, strings.Join(s.words, " "), err)
		}
		if got != nil {
			answered(s, got)
		}
	}
	return nil
}

// alike compares answers word by word; in a wanted word … stands for any digits.
func alike(got, want []string) bool {
	return slices.EqualFunc(got, want, func(g, w string) bool {
		return slices.EqualFunc(strings.Fields(g), strings.Fields(w), func(g, w string) bool {
			start, end, open := strings.Cut(w, "…")
			if !open || start == "" {
				return g == w
			}
			digits, fits := strings.CutPrefix(g, start)
			digits, ends := strings.CutSuffix(digits, end)
			return fits && ends && strings.Trim(digits, "0123456789") == ""
		})
	})
}

// execute runs one statement. It returns the lines of the answer to a question, and nil
// for any other statement.
func execute(ctx context.Context, in *session, s statement) ([]string, error) {
	switch s.words[0] {
	case "units":
		return nil, in.units(s)
	case "dimension":
		in.dimension(s)
		return nil, nil
	case "indicator":
		return nil, in.indicator(s)
	case "scorecard":
		return nil, scorecard(in.world, s)
	case "cohort":
		return nil, cohort(in.world, s)
	case "target":
		return nil, target(in.world, s)
	case "briefing":
		return nil, declareBriefing(in.world, s)
	case "crosswalk":
		return nil, crosswalk(in.world, s)
	case "known":
		return nil, knownFrom(in.world, s)
	case "load":
		return nil, load(ctx, in, s, publish)
	case "submit":
		return nil, submit(ctx, in, s)
	case "check":
		return nil, check(in, s.words)
	case "findings":
		return findings(in), nil
	case "approve", "decline":
		return nil, decide(ctx, in, s.words)
	case "withdraw", "restore":
		return nil, withdraw(ctx, in, s.words)
	case "conflict", "derived":
		return nil, conflict(ctx, in, s)
	case "caller": // caller confidential: with the right to see small numbers; caller: without
		in.service = query.New(in.store).As(figure.Caller{Confidential: len(s.words) > 1})
		return nil, nil
	}
	if err := in.define(ctx); err != nil {
		return nil, err
	}
	if s.words[0] != "refuse" {
		return askQuestion(ctx, in, s.words)
	}
	_, err := askQuestion(ctx, in, s.words[1:])
	if err == nil {
		return nil, fmt.Errorf("was answered, and should have been refused")
	}
	return faults(err)
}
