package graph_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/graph/gen"
)

// checkedAnswer is an answer that was given while the data went from one state to another.
type checkedAnswer struct {
	first, last   int // the states that it may be of
	right, asking int
	data          string
}

// states counts the states of the data: those that are begun, and those that are there.
type states struct{ begun, done atomic.Int64 }

// foreign asks the servers of a world many questions while figures are published, withdrawn
// and restored, and units get other names, and returns those answers that a server without
// memory would not have given in any of the states that there were meanwhile.
func foreign(t *testing.T, w *keptWorld, asks, changes int) (checked int, wrong []string) {
	t.Helper()
	all := sendings(t)
	expected := make([][][]string, 0, changes+1)
	expect := func() {
		state := make([][]string, len(w.fresh))
		for right, server := range w.fresh {
			for _, s := range all {
				data := answerTo(t, server, s, told{}).data
				if asked := s.String(); strings.Contains(data, `"errors"`) && !strings.Contains(asked, "none") && !strings.Contains(asked, "nothing") {
					t.Errorf("%s: %s", s, data)
				}
				state[right] = append(state[right], data)
			}
		}
		expected = append(expected, state)
	}
	expect()
	now := &states{}
	const workers = 4
	var work sync.WaitGroup
	got := make([][]checkedAnswer, workers)
	turns := make([]chan bool, workers) // one for each part of its questions
	for i := range workers {
		turns[i] = make(chan bool, changes+1)
		turns[i] <- true
		work.Go(func() { got[i] = w.worker(t, all, asks/workers, changes+1, now, uint64(i), turns[i]) })
	}
	for i := range changes {
		now.begun.Add(1)
		w.next(t, i)
		now.done.Add(1)
		expect()
		for _, turn := range turns {
			turn <- true
		}
	}
	work.Wait()
	moments := map[string]bool{}
	for _, a := range slices.Concat(got...) {
		checked++
		is := false
		if strings.Contains(a.data, `"next":"`) { // of a job: no two answers are the same
			is, moments[a.data] = !moments[a.data], true
		}
		for state := a.first; state <= a.last && !is; state++ {
			is = expected[state][a.right][a.asking] == a.data
		}
		if !is {
			wrong = append(wrong, fmt.Sprintf("rights %d, states %d to %d, %s:\n%s\nwant\n%s", a.right, a.first, a.last, all[a.asking], a.data, expected[a.last][a.right][a.asking]))
		}
	}
	return checked, wrong
}

// worker asks in parts, each of which waits for its turn, so that each meets a change.
func (w *keptWorld) worker(t *testing.T, all []sending, asks, parts int, now *states, seed uint64, turns <-chan bool) []checkedAnswer {
	chance := rand.New(rand.NewPCG(seed, 20))
	known := map[[2]int]told{}
	interned := map[string]string{}
	var got []checkedAnswer
	for range parts {
		<-turns
		for range asks / parts {
			a := checkedAnswer{first: int(now.done.Load()), right: chance.IntN(len(w.keeping)), asking: chance.IntN(len(all))}
			which, has := [2]int{a.right, a.asking}, told{}
			if all[a.asking].method == http.MethodGet && chance.IntN(2) == 0 {
				has = known[which]
			}
			answer := answerTo(t, w.keeping[a.right], all[a.asking], has)
			a.last, known[which] = int(now.begun.Load()), answer
			if interned[answer.data] == "" {
				interned[answer.data] = answer.data
			}
			a.data = interned[answer.data]
			got = append(got, a)
		}
	}
	return got
}

// Whatever is asked, by whomever and however, a kept answer is the one that would be made
// anew, byte for byte, while figures come and go. NIENGIAM_KEPT_ANSWERS is how many are
// checked, 24,000 without it.
func TestKeptAnswersAreThoseMadeAnew(t *testing.T) {
	t.Parallel()
	asks := 24_000
	if more, err := strconv.Atoi(os.Getenv("NIENGIAM_KEPT_ANSWERS")); err == nil {
		asks = more
	}
	w := newKeptWorld(t, 16<<20, 4)
	checked, wrong := foreign(t, w, asks, 6)
	usage := w.answers.Usage()
	if checked < 20_000 || usage.Hits < uint64(checked/3) {
		t.Errorf("%d answers were checked, %d were kept ones", checked, usage.Hits)
	}
	t.Logf("%d answers, %d of them kept, %d made", checked, usage.Hits, usage.Misses)
	for _, w := range wrong[:min(len(wrong), 3)] {
		t.Error(w)
	}
	if len(wrong) > 0 {
		t.Errorf("%d of %d answers are those of no state", len(wrong), checked)
	}
}

// The comparison finds what is declared wrongly: a field that is not pure, and each part that
// an answer depends on.
func TestWrongDeclarationsAreFound(t *testing.T) {
	t.Parallel()
	for name, broken := range map[string]struct {
		pure string
		part int
	}{
		"jobs are pure": {"Query.jobs", -1}, "the query does not matter": {"", 0}, "rights do not matter": {"", 1}, "the language does not matter": {"", 2},
		"the form of decimals does not matter": {"", 3}, "the operation does not matter": {"", 4}, "variables do not matter": {"", 5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newKeptWorld(t, 16<<20, 2)
			for _, server := range w.keeping {
				graph.Break(server, broken.pure, broken.part)
			}
			if checked, wrong := foreign(t, w, 600, 1); len(wrong) == 0 {
				t.Errorf("%d answers do not show it", checked)
			}
		})
	}
}

// Each field with a resolver is decided about, and no answer that is kept reaches a type of
// which something is not pure by way of fields that have none.
func TestEachFieldIsDecided(t *testing.T) {
	t.Parallel()
	schema := graph.Schema()
	root := reflect.TypeFor[gen.ResolverRoot]()
	count := 0
	for object := range root.Methods() {
		if slices.Contains([]string{"Mutation", "Subscription", "LoadPreview"}, object.Name) {
			continue // no query asks for them
		}
		resolver := object.Type.Out(0)
		for method := range resolver.Methods() {
			name := object.Name + "." + fieldOf(t, object.Name, method.Name)
			if _, decided := graph.Pure(name); !decided {
				t.Errorf("nothing says whether %s is pure (graph/purity.go)", name)
			}
			count++
		}
	}
	if count < 50 {
		t.Errorf("only %d fields were looked at", count)
	}
	reached := map[string]bool{}
	var reach func(object string)
	reach = func(object string) {
		if reached[object] || schema.Types[object] == nil {
			return
		}
		reached[object] = true
		for _, field := range schema.Types[object].Fields {
			if pure, decided := graph.Pure(object + "." + field.Name); pure || !decided {
				reach(field.Type.Name())
			}
		}
	}
	reach("Query")
	for _, never := range []string{"Job", "Run", "Restatement", "Delivery", "Pause", "RunProgress", "Reject"} {
		if schema.Types[never] == nil || reached[never] {
			t.Errorf("%s can be part of an answer that is kept", never)
		}
	}
	if !reached["CellChange"] || !reached["Figure"] || len(reached) < 60 {
		t.Errorf("only %d types were reached", len(reached))
	}
}

// fieldOf is the name of a field in the schema whose resolver has a name.
func fieldOf(t *testing.T, object, method string) string {
	t.Helper()
	for _, field := range graph.Schema().Types[object].Fields {
		if strings.EqualFold(field.Name, method) {
			return field.Name
		}
	}
	t.Fatalf("%s has no field %s", object, method)
	return ""
}
