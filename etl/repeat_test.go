package etl_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// publications are files of one source: cells that several of them state, on different days.
var publications = map[string]string{
	"in1.csv": "30340,population,2017,10,,2018-05-05,,,,A\n30340,population,2018,11,,2019-05-05,,,,A\n",
	"in2.csv": "30340,population,2018,12,,2020-05-05,,,,B\n30406,population,2018,20,,2020-05-05,,,,B\n",
	"in3.csv": "30340,population,2018,13,,2021-05-05,,,,C\n30406,population,2018,20,,2021-05-05,,,,C\n89,criterion-19-2,2018,78,119,2019-02-21,,,,C\n",
	"in4.csv": "30406,population,2018,21,,2019-12-31,,,,D\n89,criterion-19-2,2018,79,119,2022-02-21,,,,D\n",
}

// newPublisher is an office whose source has several files and may change what it published.
func newPublisher(t *testing.T) *office {
	t.Helper()
	o := newOffice(t)
	yaml, err := os.ReadFile(filepath.Join(o.dir, "niengiam.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	settings := strings.Replace(string(yaml), "files: [in.csv]", `files: ["in*"]`, 1) + "    restatements: {auto: {absolute: 1000000, relative: 1000}}\n"
	_, source, _ := strings.Cut(settings, "sources:\n")
	source = strings.NewReplacer("code: long", "code: other", `["in*"]`, `["other*"]`).Replace(source)
	o.write("niengiam.yaml", settings+source)
	o.write("other.csv", header)
	return o
}

// figures are what readers see of the cells of the publications.
func (o *office) figures() string {
	o.t.Helper()
	var figures []string
	for year := number.Year(2017); year <= 2018; year++ {
		figures = append(figures, o.sink.current(o.t, "population", "30340", year), o.sink.current(o.t, "population", "30406", year), o.sink.current(o.t, "criterion-19-2", "89", year))
	}
	return strings.Join(figures, " ")
}

// Loads repeated, in any order, after any crash: the same published figures, and no release
// without a cell.
func TestLoadsInAnyOrder(t *testing.T) {
	t.Parallel()
	atOnce := newPublisher(t)
	for name, rows := range publications {
		atOnce.write(name, header+rows)
	}
	if _, err := atOnce.pipeline().Run(t.Context(), "long", "test", nil); err != nil {
		t.Fatal(err)
	}
	want := atOnce.figures()
	if want != "10 none none 13 20 79" {
		t.Fatalf("loaded at once: %s", want)
	}
	const seed = 19
	random := rand.New(rand.NewPCG(seed, 0))
	for trial := range 40 {
		o := newPublisher(t)
		var order []string
		for name := range publications {
			order = append(order, name)
		}
		random.Shuffle(len(order), func(a, b int) { order[a], order[b] = order[b], order[a] })
		for _, name := range order {
			o.write(name, header+publications[name])
			for range random.IntN(3) { // repeated, or not loaded before the next one is there
				crash := random.IntN(25)
				o.fault = func(string, int) {
					if crash--; crash == 0 {
						runtime.Goexit()
					}
				}
				over := make(chan struct{})
				go func() {
					defer close(over)
					_, _ = o.pipeline().Run(t.Context(), "long", "test", nil) // what counts comes after it
				}()
				<-over
			}
		}
		o.fault = nil
		for _, outcome := range []string{"", string(ledger.Unchanged)} {
			run, err := o.pipeline().Run(t.Context(), "long", "test", nil)
			if err != nil || outcome != "" && string(run.Outcome) != outcome {
				t.Errorf("trial %d, %v: %+v, %v", trial, order, run, err)
			}
		}
		if got := o.figures(); got != want {
			t.Errorf("trial %d, in the order %v: %s, want %s", trial, order, got, want)
		}
		for _, r := range o.sink.releases {
			if r.Added+r.Revised+r.Removed == 0 {
				t.Errorf("trial %d, %v: release %s is empty", trial, order, r.ID)
			}
		}
		if err := o.clean(); err != nil {
			t.Errorf("trial %d, %v: what is left: %v", trial, order, err)
		}
	}
}

// The same figures in another format are no news: they make no release, whether the file takes
// the place of the first one, stands beside it, or is that of another source.
func TestOneReleaseOfTwoFormats(t *testing.T) {
	t.Parallel()
	columns := strings.Split(strings.TrimSpace(header), ",")
	asCSV, asJSON, asHTML := header, "", "<table><tr><th>"+strings.Join(columns, "</th><th>")+"</th></tr>"
	for line := range strings.Lines(publications["in3.csv"]) {
		cells := strings.Split(strings.TrimSpace(line), ",")
		asCSV += line
		asHTML += "<tr><td>" + strings.Join(cells, "</td><td>") + "</td></tr>"
		var object []string
		for i, cell := range cells {
			object = append(object, fmt.Sprintf("%q: %q", columns[i], cell))
		}
		asJSON += "{" + strings.Join(object, ", ") + "}\n"
	}
	files := map[string]string{"in.csv": asCSV, "in.jsonl": asJSON, "in.html": asHTML + "</table>", "in.tsv": strings.ReplaceAll(asCSV, ",", "\t")}
	for first := range files {
		for second := range files {
			if first == second {
				continue
			}
			o := newPublisher(t)
			o.write(first, files[first])
			loads := func(want ledger.Outcome, step string) {
				t.Helper()
				run, err := o.pipeline().Run(t.Context(), "long", "test", nil)
				if err != nil || run.Outcome != want {
					t.Errorf("%s, then %s: %s: %+v, %v", first, second, step, run, err)
				}
			}
			loads(ledger.Published, "the first")
			releases, figures := len(o.sink.releases), o.figures()
			if err := os.Remove(filepath.Join(o.dir, "other.csv")); err != nil {
				t.Fatal(err)
			}
			o.write("other"+filepath.Ext(second), files[second])
			if run, err := o.pipeline().Run(t.Context(), "other", "test", nil); err != nil || run.Outcome != ledger.Unchanged || run.Accepted != 3 {
				t.Errorf("%s, then %s of another source: %+v, %v", first, second, run, err)
			}
			if err := os.Remove(filepath.Join(o.dir, first)); err != nil {
				t.Fatal(err)
			}
			o.write(second, files[second])
			loads(ledger.Unchanged, "the other in its place")
			if len(o.sink.releases) != releases || o.figures() != figures {
				t.Errorf("%s, then %s: %d releases with %s, before %d with %s", first, second, len(o.sink.releases), o.figures(), releases, figures)
			}
			o.write(first, files[first])
			loads(ledger.Unchanged, "both: which of them counts is not known")
			if len(o.sink.releases) != releases || o.figures() != figures {
				t.Errorf("%s beside %s: %d releases with %s", first, second, len(o.sink.releases), o.figures())
			}
		}
	}
}
