package warehouse_test

import (
	"bytes"
	"context"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/stats"
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

// build makes the tables of the views.
func (s *statements) build(texts map[string]string) {
	s.Helper()
	if s.parameters == nil {
		s.parameters = chances()
	}
	var views []string
	for name := range texts {
		if isView(name) {
			views = append(views, name)
		}
	}
	slices.Sort(views)
	for _, name := range views {
		if err := s.w.Run(s.context(), texts[name]); err != nil {
			s.Errorf("%s: %v", name, err)
		}
	}
}

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

// wrong runs each wrong rule. The measures that it is about must differ from what
// our code says, and each measure of all must be the matter of some rule.
func (c *checked) wrong(s *statements, measures map[string]string) {
	noticed, last := map[string]bool{}, ""
	for _, rule := range wrongRules(c.T) {
		if !strings.Contains(s.texts[rule.name], rule.right) {
			c.Errorf("wrong.txt: %q: %s.sql does not say %q", rule.what, rule.name, rule.right)
			continue
		}
		text := strings.ReplaceAll(s.texts[rule.name], rule.right, rule.wrong)
		names := []string{rule.name}
		seen := strings.Split(rule.seen, ", ")
		if last != "" || isView(rule.name) {
			changed := map[string]string{}
			for name, right := range s.texts {
				changed[name] = right
			}
			last = ""
			if isView(rule.name) {
				changed[rule.name], last = text, rule.name
			}
			s.build(changed)
		}
		if isView(rule.name) {
			names = nil
			for _, measure := range seen {
				if name := measures[measure]; !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
		differ := map[string]int{}
		for _, name := range names {
			run := text
			if name != rule.name {
				run = s.texts[name]
			}
			for measure, differences := range c.against(s, name, run, nil).differ {
				differ[measure] += len(differences)
			}
		}
		for _, measure := range seen {
			noticed[measure] = true
			if differ[measure] == 0 {
				c.Errorf("%s: %s does not notice", rule.what, measure)
			}
		}
	}
	for measure, name := range measures {
		if !noticed[measure] {
			c.Errorf("no wrong rule shows that %s of %s.sql can differ", measure, name)
		}
	}
}

// TestAgrees holds what the check takes for the same.
func TestAgrees(t *testing.T) {
	third, _ := stats.ParseFraction("1/3")
	number, none := claim{value: stats.Known(third)}, claim{value: stats.None(stats.BaseZero)}
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
