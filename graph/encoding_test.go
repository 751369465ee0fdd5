package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"hash/fnv"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/stats/query"
	"github.com/niengiam/niengiam/stats/statstest"
)

// passing is what two answers to the same question may differ in.
var passing = regexp.MustCompile(`("milliseconds":)[0-9.]+|(, id |mã |"id":")[A-Z2-7]{12}`)

// twoWays asks the same of a server and of one that leaves all to gqlgen.
type twoWays struct {
	written, plain *graph.Server
}

func newTwoWays(config graph.Config) twoWays {
	config.MaxComplexity, config.MaxTokens = 50_000_000, 100_000
	return twoWays{graph.New(config), graph.New(config.Plain())}
}

// same asks a query both ways, and gives the answer where they are the same to the byte.
func (w twoWays) same(t *testing.T, text string) []byte {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": text, "variables": map[string]any{"lang": "EN", "yes": true, "no": false}})
	if err != nil {
		t.Fatal(err)
	}
	var got [2][]byte
	var errs [2][]string
	for i, s := range []*graph.Server{w.written, w.plain} {
		r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		recorder := httptest.NewRecorder()
		s.ServeHTTP(recorder, r)
		got[i], errs[i] = parted(t, passing.ReplaceAll(recorder.Body.Bytes(), []byte("${1}${2}0")))
	}
	if !bytes.Equal(got[0], got[1]) || !slices.Equal(errs[0], errs[1]) {
		t.Fatalf("%s\nis answered\n%s\n%s\nand by gqlgen\n%s\n%s", text, got[0], errs[0], got[1], errs[1])
	}
	return got[0]
}

// parted takes the errors, which come in any order, from an answer.
func parted(t *testing.T, answer []byte) ([]byte, []string) {
	t.Helper()
	var read struct{ Errors []json.RawMessage }
	if err := json.Unmarshal(answer, &read); err != nil || len(read.Errors) == 0 {
		return answer, nil
	}
	_, data, _ := bytes.Cut(answer, []byte(`],"data":`))
	texts := make([]string, len(read.Errors))
	for i, e := range read.Errors {
		texts[i] = string(e)
	}
	slices.Sort(texts)
	return data, texts
}

// TestWrittenAsByGqlgen asks made-up queries of the stores of all scripts, which have every
// kind of indicator, suppression, breakdowns, bases, releases and withdrawals among them:
// what package encode writes is what gqlgen writes, byte for byte, errors included.
func TestWrittenAsByGqlgen(t *testing.T) {
	var asked, answered atomic.Int64
	t.Run("scripts", func(t *testing.T) {
		statstest.Run(t, os.DirFS("../stats/testdata"), func(t *testing.T) statstest.Store {
			store := statstest.NewMemory()
			t.Cleanup(func() { // the script has filled it by then
				seed := fnv.New64a()
				_, _ = seed.Write([]byte(t.Name()))
				a := newAsker(seed.Sum64(), store.Catalogue())
				if len(a.catalogue.Units) == 0 || len(a.catalogue.Indicators) == 0 {
					return
				}
				service := query.New(store)
				a.figures = figureIDs(service, a)
				ways := newTwoWays(graph.Config{Stats: service})
				for range 8 {
					asked.Add(1)
					if bytes.HasPrefix(ways.same(t, a.query()), []byte(`{"data"`)) {
						answered.Add(1)
					}
				}
			})
			return store
		})
	})
	if asked.Load() < 2_000 || answered.Load() < asked.Load()/3 {
		t.Errorf("of %d made-up queries %d were answered without an error", asked.Load(), answered.Load())
	}
}

// figureIDs are the ids of some figures.
func figureIDs(service *query.Service, a *asker) []string {
	var ids []string
	for _, i := range a.catalogue.Indicators {
		for _, year := range i.Years() {
			f, err := service.Figure(context.Background(), query.Ask{Indicator: i.Code, Unit: a.catalogue.Units[0].Code, Year: year})
			if err == nil {
				ids = append(ids, f.ID())
			}
		}
	}
	return ids
}

// FuzzWrittenAsByGqlgen is TestWrittenAsByGqlgen for queries of whatever text.
func FuzzWrittenAsByGqlgen(f *testing.F) {
	w := newWorld(f, 40)
	a := newAsker(1, w.Catalogue())
	for range 50 {
		f.Add(a.query())
	}
	ways := newTwoWays(graph.Config{Stats: query.New(w)})
	f.Fuzz(func(t *testing.T, text string) { ways.same(t, text) })
}

// A long list costs few allocations: it is not resolved field by field.
func TestLongListsCostLittle(t *testing.T) {
	w := synthetic(t, 700)
	ways := newTwoWays(graph.Config{Stats: query.New(w)})
	cost := func(s *graph.Server) float64 {
		body, err := json.Marshal(map[string]any{"query": growthOfDistricts, "variables": map[string]any{"year": 2020}})
		if err != nil {
			t.Fatal(err)
		}
		return testing.AllocsPerRun(2, func() {
			r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
			r.Header.Set("Content-Type", "application/json")
			s.ServeHTTP(httptest.NewRecorder(), r)
		})
	}
	if written, plain := cost(ways.written), cost(ways.plain); written > plain/3 {
		t.Errorf("%.0f allocations, %.0f by gqlgen", written, plain)
	}
}
