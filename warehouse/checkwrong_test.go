package warehouse_test

import (
	"bytes"
	"cmp"
	"context"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse"
)

// statements are those of testdata/check: views, which make tables of what was
// published for the others, in the order of their names.
type statements struct {
	*testing.T
	w          *warehouse.Warehouse
	texts      map[string]string // by name: view/1_place, change
	parameters []string
}

const checkFolder = "testdata/check"

func checkTexts(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(texts, checkFolder, func(file string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(file) != ".sql" {
			return err
		}
		name := strings.TrimSuffix(strings.TrimPrefix(file, checkFolder+"/"), ".sql")
		all[name] = testText(t, "check/"+name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func isView(name string) bool { return strings.HasPrefix(name, "view/") }

// names are those that give measures.
func (s *statements) names() []string {
	var names []string
	for name := range s.texts {
		if !isView(name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func (s *statements) context() context.Context { return with(s.Context(), s.parameters...) }

// build makes the tables of the views in the order of their names.
func (s *statements) build(texts map[string]string, views ...string) {
	s.Helper()
	for _, name := range slices.Sorted(slices.Values(views)) {
		if err := s.w.Run(s.context(), texts[name]); err != nil {
			s.Errorf("%s: %v", name, err)
		}
	}
}

// views are those whose tables the statements read, directly or by other views.
func (s *statements) views(names ...string) []string {
	read := map[string]bool{}
	var follow func(text string)
	follow = func(text string) {
		for name := range s.texts {
			if isView(name) && !read[name] && strings.Contains(text, tableOf(name)) {
				read[name] = true
				follow(s.texts[name])
			}
		}
	}
	for _, name := range names {
		follow(s.texts[name])
	}
	return slices.Sorted(maps.Keys(read))
}

// tableOf is the table that a view makes: view/2_cell makes check_cell.
func tableOf(view string) string { return "check_" + view[strings.Index(view, "_")+1:] }

// wrongRule is a rule that is deliberately wrong: other words in place of the right
// ones of a statement, and the measures that must notice.
type wrongRule struct{ what, name, right, wrong, seen string }

// wrongRules reads testdata/check/wrong.txt: blocks of five lines.
func wrongRules(t *testing.T) []wrongRule {
	t.Helper()
	text, err := texts.ReadFile(checkFolder + "/wrong.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []wrongRule
	for block := range bytes.SplitSeq(bytes.TrimSpace(text), []byte("\n\n")) {
		lines := strings.Split(strings.TrimSpace(string(block)), "\n")
		if strings.HasPrefix(lines[0], "#") {
			continue
		}
		rule := wrongRule{what: lines[0]}
		for _, line := range lines[1:] {
			word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
			switch word {
			case "in":
				rule.name = rest
			case "not":
				rule.right = rest
			case "but":
				rule.wrong = rest
			case "see":
				rule.seen = rest
			default:
				t.Fatalf("wrong.txt: %q has a line that begins with %q", rule.what, word)
			}
		}
		all = append(all, rule)
	}
	return all
}

// wrong tries each wrong rule. The measures that it is about must differ from what
// our code says, and each measure of all must be the matter of some rule.
func (c *checked) wrong(s *statements, measures map[string]string) {
	var views, others []wrongRule
	for _, rule := range wrongRules(c.T) {
		if isView(rule.name) {
			views = append(views, rule)
		} else {
			others = append(others, rule)
		}
	}
	found := make([][]string, len(others)+len(views))
	twoAtOnce(len(others), func(i int) { found[i] = c.try(s, others[i], measures) })
	// The tables of the views are there once, so one rule at a time, and the last view first:
	// a rule makes its table anew and those after it, and those before it are still right.
	slices.SortStableFunc(views, func(a, b wrongRule) int { return cmp.Compare(b.name, a.name) })
	for i, rule := range views {
		found[len(others)+i] = c.try(s, rule, measures)
	}
	noticed := map[string]bool{}
	for _, measure := range slices.Concat(found...) {
		noticed[measure] = true
	}
	for _, measure := range slices.Sorted(maps.Keys(measures)) {
		if !noticed[measure] {
			c.Errorf("no wrong rule shows that %s of %s.sql can differ", measure, measures[measure])
		}
	}
}

// twoAtOnce does count things, two at a time: while one waits for the engine the
// other compares.
func twoAtOnce(count int, do func(int)) {
	var next atomic.Int64
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			for i := int(next.Add(1)) - 1; i < count; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	both.Wait()
}

// try runs the statements of the measures that must notice a wrong rule, and gives
// those that do. The table of a wrong view, and those made of it, stay wrong.
func (c *checked) try(s *statements, rule wrongRule, measures map[string]string) (noticed []string) {
	c.Helper()
	if !strings.Contains(s.texts[rule.name], rule.right) {
		c.Errorf("wrong.txt: %s: %s.sql does not say %q", rule.what, rule.name, rule.right)
		return nil
	}
	texts := maps.Clone(s.texts)
	texts[rule.name] = strings.ReplaceAll(texts[rule.name], rule.right, rule.wrong)
	must := map[string][]string{} // by statement
	for measure := range strings.SplitSeq(rule.seen, ", ") {
		must[measures[measure]] = append(must[measures[measure]], measure)
	}
	if isView(rule.name) {
		read := s.views(slices.Collect(maps.Keys(must))...)
		s.build(texts, slices.DeleteFunc(read, func(view string) bool { return view < rule.name })...)
	}
	for name, of := range must {
		o := c.against(s, name, texts[name], nil, func(o outcome) bool {
			return !slices.ContainsFunc(of, func(measure string) bool { return len(o.differ[measure]) == 0 })
		})
		for _, measure := range of {
			if len(o.differ[measure]) == 0 {
				c.Errorf("%s: %s does not notice", rule.what, measure)
				continue
			}
			noticed = append(noticed, measure)
		}
	}
	return noticed
}

// TestAgrees holds what the check takes for the same.
func TestAgrees(t *testing.T) {
	third, _ := number.ParseFraction("1/3")
	number, none := claim{value: number.Known(third)}, claim{value: number.None(number.BaseZero)}
	for want, agrees := range map[string]bool{
		"1/3": true, "2/6": true, "~0.333333333333333": true, "~0.33333333333": false, "0.333333333333333333": false, "1/4": false,
		"33333333333333333333333/100000000000000000000000": false, "BASE_ZERO": false, "": false, "~": false, "-1/3": false,
	} {
		if number.agrees(want) != agrees {
			t.Errorf("1/3 agrees with %q: %t", want, !agrees)
		}
	}
	for want, agrees := range map[string]bool{"BASE_ZERO": true, "BASE_MISSING": false, "0": false, "~0": false, "": false} {
		if none.agrees(want) != agrees {
			t.Errorf("BASE_ZERO agrees with %q: %t", want, !agrees)
		}
	}
}
