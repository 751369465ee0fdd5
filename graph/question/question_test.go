package question_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/niengiam/niengiam/graph/gen"
	"github.com/niengiam/niengiam/graph/question"
	"github.com/niengiam/niengiam/stats/number"
)

func read(t *testing.T, files map[string]string) ([]*question.Question, error) {
	t.Helper()
	workspace := fstest.MapFS{}
	for name, content := range files {
		workspace["questions/"+name] = &fstest.MapFile{Data: []byte(content)}
	}
	return question.Read(workspace, gen.NewExecutableSchema(gen.Config{}).Schema(), []string{"notes", "table"})
}

func TestRead(t *testing.T) {
	questions, err := read(t, map[string]string{
		"2-levels.graphql": "\ufeff# Cấp / Levels\nquery { levels { code } }\n",
		"1-growth-of-population.graphql": `# Dân số / Population
# vi: Dân số của từng huyện,
# en: The population of each district,
# vi: theo năm.
# en: by year.
query growth($year: Int! = 2020, $within: ID, $kinds: [ID!] = ["xa"]) {
  ranking(indicator: "population", level: "district", year: $year, within: $within, scope: {kinds: $kinds}) { rows { rank } unranked { reason } }
}`,
		"notes.txt": "no question",
	})
	if err != nil || len(questions) != 2 {
		t.Fatal(questions, err)
	}
	q := questions[0]
	if q.Code != "growth-of-population" || q.File != "questions/1-growth-of-population.graphql" || q.Title != (number.Text{VI: "Dân số", EN: "Population"}) ||
		q.Description != (number.Text{VI: "Dân số của từng huyện, theo năm.", EN: "The population of each district, by year."}) {
		t.Errorf("%+v", q)
	}
	var variables []string
	for _, v := range q.Variables {
		variables = append(variables, v.Name+": "+v.Type+" = "+v.Default)
	}
	if got := strings.Join(variables, ", "); got != `year: Int! = 2020, within: ID = null, kinds: [ID!] = ["xa"]` {
		t.Error(got)
	}
	if got := strings.Join(q.Tables, " "); got != "ranking.rows ranking.unranked" {
		t.Error(got)
	}
	if questions[1].Code != "levels" || questions[1].Title.EN != "Levels" {
		t.Errorf("%+v", questions[1])
	}
}

func TestAWorkspaceNeedsNoQuestions(t *testing.T) {
	if questions, err := read(t, nil); err != nil || len(questions) != 0 {
		t.Error(questions, err)
	}
}

// A title or description in one language stands for both.
func TestOneLanguageIsEnough(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		title number.Text
	}{
		"one title":      {"# Levels\n", number.Same("Levels")},
		"half a title":   {"#  / Levels\n# en: All of them\n", number.Text{EN: "Levels"}},
		"half described": {"# Cấp / Levels\n# vi: mô tả\n", number.Text{VI: "Cấp", EN: "Levels"}},
	} {
		t.Run(name, func(t *testing.T) {
			read, err := read(t, map[string]string{"a.graphql": c.text + "query { levels { code } }"})
			if err != nil || len(read) != 1 || read[0].Title != c.title {
				t.Errorf("%+v, %v", read, err)
			}
			if told := read[0].Title.In(number.Vietnamese); told == "" {
				t.Error("no title in Vietnamese")
			}
		})
	}
}

// Every fault says where it is, to the line where it has one.
func TestFaults(t *testing.T) {
	for name, c := range map[string]struct {
		file, text, where string
		code              number.Code
	}{
		"no title":           {"a.graphql", "query { levels { code } }", "questions/a.graphql:1", question.BadTitle},
		"an empty title":     {"a.graphql", "#\nquery { levels { code } }", "questions/a.graphql:1", question.BadTitle},
		"two empty titles":   {"a.graphql", "#  / \nquery { levels { code } }", "questions/a.graphql:1", question.BadTitle},
		"a bad name":         {"Cấp.graphql", "# C / L\nquery { levels { code } }", "questions/Cấp.graphql", question.BadName},
		"no GraphQL":         {"a.graphql", "# C / L\nquery {\n  levels { code\n}", "questions/a.graphql:4:2", "GRAPHQL_PARSE_FAILED"},
		"an unknown field":   {"a.graphql", "# C / L\nquery {\n  levels { cod }\n}", "questions/a.graphql:3:12", "GRAPHQL_VALIDATION_FAILED"},
		"an unused variable": {"a.graphql", "# C / L\nquery q($year: Int = 2020) { levels { code } }", "questions/a.graphql:2:9", "GRAPHQL_VALIDATION_FAILED"},
		"two queries":        {"a.graphql", "# C / L\nquery a { levels { code } }\nquery b { levels { code } }", "questions/a.graphql", question.BadOperation},
		"no query":           {"a.graphql", "# C / L\nfragment a on Level { code }", "questions/a.graphql", question.BadOperation},
		"no default":         {"a.graphql", "# C / L\nquery q($code: ID!) {\n  unit(code: $code) { name }\n}", "questions/a.graphql:2", question.BadVariable},
		"a reserved name":    {"a.graphql", "# C / L\nquery q(\n  $table: ID! = \"89\") {\n  unit(code: $table) { name }\n}", "questions/a.graphql:3", question.BadVariable},
		"no table":           {"a.graphql", "# C / L\nquery { __typename }", "questions/a.graphql", "NOT_A_TABLE"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := read(t, map[string]string{c.file: c.text})
			faults := number.Errors(err)
			if len(faults) != 1 || faults[0].Code != c.code || faults[0].Where != c.where || faults[0].Message.IsEmpty() {
				t.Errorf("%v", err)
			}
		})
	}
	_, err := read(t, map[string]string{"1-a.graphql": "# C / L\nquery { levels { code } }", "2-a.graphql": "# C\nquery { levels { cod } }"})
	if faults := number.Errors(err); len(faults) != 2 || faults[1].Code != question.BadName || faults[1].Where != "questions/2-a.graphql" {
		t.Errorf("all faults of all files, and the name twice: %v", err)
	}
}
