package main

import (
	"flag"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// profiledTurns is how many turns of questions that are asked once a profile is taken of.
const profiledTurns = 5

// options are the flags.
type options struct {
	keep       string // directory of data sets that are kept; empty: none is
	only       string // one of the two sets
	indicators int
	communes   float64 // how many of those of a whole set
	growth     []int   // facts of the sets of the growth row
	duration   time.Duration
	passes     int
	clients    []int
	once       int // questions of each pass where each is asked once
	crowd      int
	crowdTime  time.Duration
	peers      bool
	postgres   string
	// peersProject is the npm project of PostGraphile.
	peersProject string
	json         bool
	profiles     string
	program      string
	bare         string
	workspace    string
}

func parse(args []string, errs io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(errs)
	flags.StringVar(&o.keep, "keep", "", "`directory` whose data sets are used again, and kept; without it they go when the bench ends")
	flags.StringVar(&o.only, "only", "", "one part: 11 or 700, the `rows` of its set, or growth")
	flags.IntVar(&o.indicators, "indicators", 200, "`number` of indicators of a set, 20 at least; all else of its size follows")
	flags.Float64Var(&o.communes, "communes", 1, "`share` of the communes of the two sets, of 156 and of 10,000: a tenth has a tenth of the facts and the same answers")
	growth := flags.String("growth", "1e6,10e6", "`numbers` of facts, about, between which the growth of a first question is measured; 100e6 fills for some minutes; empty for none")
	flags.DurationVar(&o.duration, "duration", 2*time.Second, "`time` to ask one server in each pass")
	flags.IntVar(&o.passes, "passes", 3, "`number` of passes, of which the median counts")
	clients := flags.String("clients", "1,8", "`numbers` of clients that ask at once")
	flags.IntVar(&o.once, "once", 100, "`number` of questions in each pass where each is asked once: first ones, each of an indicator of its own as long as there are some, first ones of further years, and new ones on slices in memory")
	flags.IntVar(&o.crowd, "crowd", 200, "`number` of clients after which memory is looked at")
	flags.DurationVar(&o.crowdTime, "crowd-time", time.Minute, "how `long` they ask")
	flags.BoolVar(&o.peers, "peers", false, "measure beside PostGraphile on PostgreSQL instead; make bench-peers does it")
	flags.StringVar(&o.postgres, "postgres", "", "`directory` of PostgreSQL's data, which its user nobody must be able to reach; without it beside the data sets")
	flags.StringVar(&o.peersProject, "peers-project", "bench/peers", "`directory` of the npm project of PostGraphile")
	flags.BoolVar(&o.json, "json", false, "print JSON instead of a table")
	flags.StringVar(&o.profiles, "profiles", "", "write CPU profiles of the program to this `directory`; the program has to be built for it; make bench-profile does it")
	flags.StringVar(&o.program, "program", "bin/niengiam", "the `program` that is measured")
	flags.StringVar(&o.bare, "bare", "bin/bench-bare", "the other servers, the `program` that bench/bare/build makes")
	flags.StringVar(&o.workspace, "workspace", "examples/angiang", "`directory` of the sample workspace, for its start")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	var err error
	if o.clients, err = numbers("clients", *clients); err != nil {
		return o, complain(errs, err)
	}
	if o.growth, err = numbers("growth", *growth); err != nil {
		return o, complain(errs, err)
	}
	return o, complain(errs, o.fault())
}

// backTime is how long the program may take to be back under the bound of its memory: a minute
// as the crowd's, but where a test asks for an instant.
func (o *options) backTime() time.Duration {
	if o.crowdTime < time.Second {
		return o.crowdTime
	}
	return time.Minute
}

// fault is what is wrong with the flags.
func (o *options) fault() error {
	switch {
	case o.only != "" && o.only != small && o.only != large && o.only != growing:
		return fmt.Errorf("-only is %s, %s or %s, not %q", small, large, growing, o.only)
	case o.indicators < 20 || o.indicators > 999:
		return fmt.Errorf("-indicators is 20 to 999, not %d", o.indicators)
	case o.communes <= 0 || o.communes > 10:
		return fmt.Errorf("-communes is more than 0 and 10 at most, not %g", o.communes)
	case o.passes < 1 || o.once < 1 || o.crowd < 1 || len(o.clients) == 0:
		return fmt.Errorf("-passes, -once, -crowd and -clients are 1 at least")
	}
	if most := firstQuestions(o.indicators) - firstOf(o.indicators); o.turns()*o.once > most || o.turns() > firstOf(o.indicators) {
		return fmt.Errorf("%d first questions would be asked (-once × turns), and a set of so many indicators has %d", o.turns()*o.once, most)
	}
	return nil
}

// turns is how often each server is asked questions that are asked once.
func (o *options) turns() int {
	turns := o.passes * len(o.clients)
	if o.profiles != "" {
		turns += profiledTurns
	}
	return turns
}

// firsts is how many first questions a turn has: each is of an indicator of its own.
func (o *options) firsts() int { return min(o.once, firstOf(o.indicators)/o.turns()) }

// numbers reads a list like 1,8 or 1e6,10e6.
func numbers(name, list string) (all []int, err error) {
	for text := range strings.SplitSeq(list, ",") {
		if strings.TrimSpace(text) == "" {
			continue
		}
		n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		if err != nil || n < 1 || n > 1e9 {
			return nil, fmt.Errorf("-%s %q is not a list of numbers like 1,8", name, list)
		}
		all = append(all, int(n))
	}
	return all, nil
}

// complain prints an error, when there is one, and gives it back.
func complain(errs io.Writer, err error) error {
	if err != nil {
		fmt.Fprintln(errs, "bench:", err)
	}
	return err
}

// String says how the numbers were measured.
func (o *options) String() string {
	return fmt.Sprintf("keep-alive, no compression where none is named; %d passes in turns of %s, or of %d questions where each is asked once, of which the medians count; synthetic facts of %d indicators",
		o.passes, o.duration, o.once, o.indicators)
}
