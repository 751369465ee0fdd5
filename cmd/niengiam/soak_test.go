package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/niengiam/niengiam/warehouse"
	"github.com/niengiam/niengiam/warehouse/engine"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

// soaking is how long loads are killed: kills, rows of a load and a seed, as in "200 100000 7",
// of which a part may be left out. make soak-load sets it, and all faults are tried then.
const soaking = "NIENGIAM_SOAK"

// soak kills loads at random moments: the program that loads, the engine beneath it, or the
// program that serves, which has the engine. Each load has the figures of one year, and is
// repeated until they are there.
type soak struct {
	*served
	kills, rows int
	random      *rand.Rand
	dir         string
	year        int
	took        time.Duration // by a load that nobody disturbs
	store       *warehouse.Warehouse

	acknowledged             map[int]bool // years whose load said that it was published
	killed                   map[string]int
	loads, lost, halfVisible int
}

// invented indicators of a soak.
const soakIndicators = 20

func newSoak(t *testing.T) *soak {
	t.Helper()
	k := &soak{kills: 20, rows: 2000, year: 1900, dir: t.TempDir(), acknowledged: map[int]bool{}, killed: map[string]int{}}
	seed := uint64(time.Now().UnixNano())
	_, _ = fmt.Sscan(os.Getenv(soaking), &k.kills, &k.rows, &seed) // what it has
	t.Logf("NIENGIAM_SOAK='%d %d %d'", k.kills, k.rows, seed)
	k.random = rand.New(rand.NewPCG(seed, 0))
	for _, name := range []string{"levels.yaml", "topics.yaml"} {
		write(t, filepath.Join(k.dir, name), read(t, filepath.Join(invented, name)))
	}
	write(t, filepath.Join(k.dir, "niengiam.yaml"), `# Invented figures.
workspace: soak
title: {vi: Số liệu giả định, en: Invented numbers}
time_zone: Asia/Ho_Chi_Minh
catalogue: {levels: levels.yaml, topics: topics.yaml, indicators: [indicators.yaml], units: [units.csv]}
sources:
  - code: invented
    title: {vi: Số liệu giả định, en: Invented numbers}
    publisher: {vi: Không ai, en: Nobody}
    files: [rows.csv]
    gone_rows: keep
    unit: {column: code}
    year: {column: year}
    published: {column: published}
    citation: {column: source}
    measures:
      - {indicator: {column: indicator}, value: {column: value}}
`)
	indicators := "indicators:\n"
	for n := range soakIndicators {
		indicators += fmt.Sprintf(`  - code: invented-%[1]d
    topic: invented
    kind: count
    name: {vi: Số giả định %[1]d, en: Invented %[1]d}
    description: {vi: Không có thật, en: Not real}
    unit: {vi: ca, en: case, en_plural: cases}
    direction: neutral
    eligible: {level: district}
`, n)
	}
	write(t, filepath.Join(k.dir, "indicators.yaml"), indicators)
	units := "code,level,kind,parent,name,name_en,valid_from,valid_to,opening,note\nP,province,tinh,,Giả Định,Invented,,,baseline,\n"
	for n := range k.rows / soakIndicators {
		units += fmt.Sprintf("U%[1]d,district,huyen,P,Huyện %[1]d,District %[1]d,,,baseline,\n", n)
	}
	write(t, filepath.Join(k.dir, "units.csv"), units)
	k.state()
	k.served = &served{t: t, data: t.TempDir()}
	k.revive()
	t.Cleanup(func() { k.stop() })
	running, err := engine.Attach(filepath.Join(k.data, "engine"))
	if err != nil {
		t.Fatal(err)
	}
	k.store = warehousetest.Open(t, warehouse.Config{Options: running.Options})
	return k
}

// revive starts the program that serves, on what is there.
func (k *soak) revive() {
	k.t.Helper()
	t, data := k.t, k.data
	k.served = launch(t, data, "--workspace", k.dir)
	k.waitForAddress()
}

// state writes the figures of the year: those of each year have another sum.
func (k *soak) state() {
	var content strings.Builder
	content.WriteString("code,indicator,year,value,published,source\n")
	for n := range k.rows {
		fmt.Fprintf(&content, "U%d,invented-%d,%d,%d,%d-03-01,https://example.org/invented\n", n/soakIndicators, n%soakIndicators, k.year, k.year, k.year+1)
	}
	if err := os.WriteFile(filepath.Join(k.dir, "rows.csv"), []byte(content.String()), 0o600); err != nil {
		panic(err) // before there is a test to tell it
	}
}

// Loads are killed at random moments. What a load said to be published is there, whole; of
// what it did not, all or nothing; and at the end all is what it is without a kill.
func TestKillsAtRandomMoments(t *testing.T) {
	t.Parallel()
	k := newSoak(t)
	k.measure()
	for hits := 0; hits < k.kills; {
		if k.kill() {
			hits++
		}
		if k.check(); k.t.Failed() {
			break
		}
	}
	k.eventually(func() bool { return k.load(func(int) {}) })
	k.acknowledged[k.year] = true
	k.check()
	t.Logf("kills %v, loads %d, acknowledged %d loads of %d rows, lost %d, half-published %d", k.killed, k.loads, len(k.acknowledged), k.rows, k.lost, k.halfVisible)
	if lines := strings.Count(k.asked("sums"), "\n"); lines != soakIndicators*(k.year-1900) || k.asked("remains") != "" {
		t.Errorf("in the end there are %d sums and\n%s", lines, k.asked("remains"))
	}
}

// measure loads twice without a kill, to know how long that takes: the first one defines units.
func (k *soak) measure() {
	k.t.Helper()
	for range 2 {
		begin := time.Now()
		if !k.load(func(int) {}) {
			k.t.Fatal("a load that nobody disturbs fails")
		}
		k.took = time.Since(begin)
		k.acknowledged[k.year] = true
		k.check()
	}
	k.t.Logf("undisturbed, a load takes %s", k.took)
}

// load runs a program that loads, and reports whether it said that it came to its end.
// disturb is called beside it, with its process.
func (k *soak) load(disturb func(pid int)) (acknowledged bool) {
	k.t.Helper()
	k.loads++
	ctx, cancel := context.WithTimeout(k.t.Context(), patience)
	defer cancel()
	command := asProgram(ctx, "load", "--workspace", k.dir, "--data", k.data)
	if err := command.Start(); err != nil {
		k.t.Fatal(err)
	}
	disturb(command.Process.Pid)
	return command.Wait() == nil
}

// kill loads the figures of the year, and kills one of the programs in a random moment. It
// reports whether that was before the load had come to its end.
func (k *soak) kill() (hit bool) {
	k.t.Helper()
	what := []string{"load", "load", "load", "engine", "serve"}[k.random.IntN(5)]
	moment := time.Duration(k.random.Int64N(int64(k.took) * 5 / 4))
	serves := k.command.Process.Pid
	victim := serves
	if what == "engine" {
		victim = childOf(k.t, serves)
	}
	done := k.load(func(pid int) {
		if what == "load" {
			victim = pid
		}
		time.Sleep(moment)
		if hit = !gone(pid); hit {
			_ = syscall.Kill(victim, syscall.SIGKILL) // it may end in this very moment
		}
	})
	if hit {
		k.killed[what]++
		k.t.Logf("%d: %s killed after %s, acknowledged %v", k.year, what, moment, done)
	}
	if hit && what == "serve" {
		<-k.ended
		k.revive()
	}
	if done {
		k.acknowledged[k.year] = true
	}
	return hit
}

// check counts what of the acknowledged is lost, and what is visible in part; where the year is
// there, it writes the figures of the next one.
func (k *soak) check() {
	k.t.Helper()
	k.eventually(func() bool { return k.store.Refresh(k.t.Context()) == nil })
	there := map[int]int{}
	for line := range strings.Lines(k.asked("visible")) {
		var year, rows, sum, postings, posted int
		if _, err := fmt.Sscan(line, &year, &rows, &sum, &postings, &posted); err != nil {
			k.t.Fatalf("%q: %v", line, err)
		}
		if there[year] = rows; rows != k.rows || sum != rows*year || postings != rows || posted != sum {
			k.halfVisible++
			k.t.Errorf("of %d there are %d rows with the sum %d, %d postings with the sum %d", year, rows, sum, postings, posted)
		}
	}
	for year := range k.acknowledged {
		if there[year] == 0 {
			k.lost += k.rows
			k.t.Errorf("the load of %d was acknowledged, and its rows are lost", year)
		}
	}
	if there[k.year] > 0 {
		k.year++
		k.state()
	}
}

// asked returns what a statement of testdata gives, as lines.
func (k *soak) asked(name string) string {
	k.t.Helper()
	return asked(k.t, k.store, name)
}

// asked returns what a statement of testdata gives, as lines.
func asked(t *testing.T, store *warehouse.Warehouse, name string) string {
	t.Helper()
	rows, err := store.Query(t.Context(), statement(t, name), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }() // it was read
	var lines strings.Builder
	for row, ok := rows.Next(); ok; row, ok = rows.Next() {
		fmt.Fprintln(&lines, row...)
	}
	return lines.String()
}
