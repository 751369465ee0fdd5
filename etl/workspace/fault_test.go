package workspace_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// whole copies a workspace without faults into a directory of its own.
func whole(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/whole")); err != nil {
		t.Fatal(err)
	}
	return dir
}

func edit(t *testing.T, path, before, after string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(content), before) {
		t.Fatalf("%s has no %q", path, before)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(content), before, after, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestWhole(t *testing.T) {
	w, err := workspace.Read(whole(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(w.Sources) != 2 || len(w.Definitions.Units) != 6 || w.Sources[0].Schedule.TimeZone.String() != "Asia/Ho_Chi_Minh" {
		t.Errorf("read %+v", w)
	}
	dir := whole(t)
	edit(t, filepath.Join(dir, "topics.yaml"), "topics:", "# a comment changes no meaning\ntopics:")
	same, err := workspace.Read(dir, nil)
	if err != nil || same.Checksum != w.Checksum {
		t.Errorf("a comment changed the checksum: %v", err)
	}
	edit(t, filepath.Join(dir, "units.csv"), "An Giang,An Giang", "An Giang,An Giang Province")
	if other, err := workspace.Read(dir, nil); err != nil || other.Checksum == w.Checksum {
		t.Errorf("another name kept the checksum: %v", err)
	}
}

// TestFaults breaks the whole workspace in one place at a time. The fault is
// written as code and place; some say what they must name.
func TestFaults(t *testing.T) {
	for _, c := range []struct{ name, file, old, new, want, says string }{
		{"broken YAML", "topics.yaml", "{code: all, name", "{code: all, name: [", "WORKSPACE_YAML topics.yaml:2", ""},
		{"empty file", "topics.yaml", "topics:\n  - {code: all, name: {vi: Tất cả, en: All}}\n", "", "WORKSPACE_YAML topics.yaml:1", "empty"},
		{"anchor", "topics.yaml", "name: {vi", "name: &a {vi", "WORKSPACE_YAML topics.yaml:2", "anchors"},
		{"unknown key", "niengiam.yaml", "time_zone:", "timezone:", "WORKSPACE_UNKNOWN_KEY niengiam.yaml:3:1", "time_zone"},
		{"unknown column", "units.csv", "name_en,", "english,", "WORKSPACE_UNKNOWN_KEY units.csv:1", "english"},
		{"missing column", "units.csv", "opening,", "began,", "WORKSPACE_MISSING_KEY units.csv:1", "opening"},
		{"duplicate key", "niengiam.yaml", "workspace: test\n", "workspace: test\nworkspace: twice\n", "WORKSPACE_DUPLICATE_KEY niengiam.yaml:2:1", ""},
		{"missing key", "niengiam.yaml", "workspace: test\n", "", "WORKSPACE_MISSING_KEY niengiam.yaml:1", "workspace"},
		{"bad code", "niengiam.yaml", "workspace: test", "workspace: Test_1", "WORKSPACE_BAD_VALUE niengiam.yaml:1:12", "Test_1"},
		{"no language", "topics.yaml", "vi: Tất cả, en: All", `vi: "", en: " "`, "WORKSPACE_MISSING_TEXT topics.yaml:2", "vi, en or both"},
		{"no name", "units.csv", "An Giang,An Giang", ",", "WORKSPACE_MISSING_TEXT units.csv:2", "neither name nor name_en"},
		{"duplicate indicator", "indicators.yaml", "- code: poverty-rate", "- code: households", "WORKSPACE_DUPLICATE_CODE indicators.yaml:10:11", "indicators.yaml:2:11"},
		{"duplicate level", "levels.yaml", "- code: district", "- code: province", "WORKSPACE_DUPLICATE_CODE levels.yaml:5:11", ""},
		{"duplicate source", "niengiam.yaml", "code: wide", "code: long", "WORKSPACE_DUPLICATE_CODE niengiam.yaml:30:11", ""},
		{"duplicate cohort unit", "cohorts.yaml", `["886"]`, `["886", "886"]`, "WORKSPACE_DUPLICATE_CODE cohorts.yaml:6", ""},
		{"per of a count", "indicators.yaml", "    direction: neutral", "    per: 1\n    direction: neutral", "WORKSPACE_BAD_VALUE indicators.yaml:8:10", "only a ratio"},
		{"per of another number", "indicators.yaml", "denominator: households", "denominator: households\n    per: 10", "WORKSPACE_BAD_VALUE indicators.yaml:14:10", "1, 100, 1000, 100000"},
		{"missing denominator", "indicators.yaml", "denominator: households", "denominator: housholds", "WORKSPACE_UNKNOWN_REFERENCE indicators.yaml:13:18", "nearest: households"},
		{"denominator of another kind", "indicators.yaml", "denominator: households", "denominator: poverty-rate", "WORKSPACE_BAD_VALUE indicators.yaml:13:18", "count"},
		{"missing weight", "indicators.yaml", "weight: households", "weight: housholds", "WORKSPACE_UNKNOWN_REFERENCE indicators.yaml:32:13", "nearest: households"},
		{"weight of another kind", "indicators.yaml", "weight: households", "weight: poverty-rate", "WORKSPACE_BAD_VALUE indicators.yaml:32:13", "count"},
		{"weight of a ratio", "indicators.yaml", "denominator: households", "weight: households", "WORKSPACE_BAD_VALUE indicators.yaml:13:13", "only a mean"},
		{"missing weight of a coverage", "indicators.yaml", "kind: attainment", "kind: attainment\n    coverage_weight: housholds", "WORKSPACE_UNKNOWN_REFERENCE indicators.yaml:22:22", "nearest: households"},
		{"coverage weighed by a ratio", "indicators.yaml", "kind: attainment", "kind: attainment\n    coverage_weight: poverty-rate", "WORKSPACE_BAD_VALUE indicators.yaml:22:22", "neither a count nor an amount"},
		{"coverage weighed by itself", "indicators.yaml", "kind: count", "kind: count\n    coverage_weight: households", "WORKSPACE_BAD_VALUE indicators.yaml:5:22", "cannot weigh itself"},
		{"coverage weighed by a level above", "indicators.yaml", "direction: neutral\n    eligible: {level: commune}", "direction: neutral\n    eligible: {level: district}\n  - code: cases\n    topic: all\n    kind: count\n    coverage_weight: households\n    name: {vi: a, en: a}\n    description: {vi: a, en: a}\n    unit: {vi: a, en: a}\n    direction: neutral\n    eligible: {level: commune}", "WORKSPACE_BAD_VALUE indicators.yaml:13:22", "by the level \"district\""},
		{"coverage weighed by other kinds", "indicators.yaml", "direction: neutral\n    eligible: {level: commune}", "direction: neutral\n    eligible: {level: commune, kinds: [xa]}\n  - code: cases\n    topic: all\n    kind: count\n    coverage_weight: households\n    name: {vi: a, en: a}\n    description: {vi: a, en: a}\n    unit: {vi: a, en: a}\n    direction: neutral\n    eligible: {level: commune}", "WORKSPACE_BAD_VALUE indicators.yaml:13:22", "its kinds are xa"},
		{"column of a weight", "niengiam.yaml", "value: {column: poor}, denominator", "value: {column: poor}, weight", "WORKSPACE_MAPPING niengiam.yaml:24", "denominator"},
		{"weight of a count", "niengiam.yaml", "value: {column: households}}", "value: {column: households}, weight: {column: poor}}", "WORKSPACE_MAPPING niengiam.yaml:23", "only a mean"},
		{"flow of a ratio", "indicators.yaml", "denominator: households", "denominator: households\n    over_time: flow", "WORKSPACE_BAD_VALUE indicators.yaml:14:16", "ratio"},
		{"over time", "indicators.yaml", "kind: count", "kind: count\n    over_time: flows", "WORKSPACE_BAD_VALUE indicators.yaml:5:16", "nearest: flow"},
		{"unknown topic", "indicators.yaml", "topic: all", "topic: al", "WORKSPACE_UNKNOWN_REFERENCE indicators.yaml:3:12", "nearest: all"},
		{"unknown level", "indicators.yaml", "level: commune", "level: communes", "WORKSPACE_UNKNOWN_REFERENCE indicators.yaml:9:23", "nearest: commune"},
		{"unknown kind", "indicators.yaml", "kinds: [xa]", "kinds: [xã]", "WORKSPACE_UNKNOWN_REFERENCE indicators.yaml:27:40", "xa"},
		{"register of another kind", "indicators.yaml", "kind: count", "kind: count\n    absent: not-met", "WORKSPACE_BAD_VALUE indicators.yaml:5", "register"},
		{"coverage", "indicators.yaml", "kind: count", "kind: count\n    minimum_coverage: 1.5", "WORKSPACE_BAD_VALUE indicators.yaml:5", "between 0 and 1"},
		{"threshold", "indicators.yaml", "kind: count", "kind: count\n    confidential_below: 2", "WORKSPACE_BAD_VALUE indicators.yaml:5", "3"},
		{"complete, but no register", "indicators.yaml", "kind: attainment", "kind: attainment\n    complete_from: 2015", "WORKSPACE_BAD_VALUE indicators.yaml", "register"},
		{"complete from no year", "indicators.yaml", "kind: attainment", "kind: attainment\n    absent: not-met\n    complete_from: soon", "WORKSPACE_BAD_VALUE indicators.yaml", "soon"},
		{"confidential attainment", "indicators.yaml", "kind: attainment", "kind: attainment\n    confidential_below: 5", "WORKSPACE_BAD_VALUE indicators.yaml", "attainment"},
		{"unknown parent", "units.csv", "886,district,huyen,89", "886,district,huyen,98", "WORKSPACE_UNKNOWN_REFERENCE units.csv:3", "98"},
		{"no parent", "units.csv", "886,district,huyen,89", "886,district,huyen,", "WORKSPACE_MISSING_KEY units.csv:3", "parent"},
		{"no kind", "units.csv", "886,district,huyen", "886,district,", "WORKSPACE_MISSING_KEY units.csv:3", "kind"},
		{"kind of another level", "units.csv", "886,district,huyen", "886,district,xa", "WORKSPACE_UNKNOWN_REFERENCE units.csv:3", "xa"},
		{"no level", "units.csv", "886,district", "886,", "WORKSPACE_MISSING_KEY units.csv:3", "level"},
		{"parent cycle", "units.csv", "89,province,tinh,,", "89,province,tinh,886,", "WORKSPACE_PARENT_CYCLE units.csv:3", "886 → 89 → 886"},
		{"parent below", "units.csv", "886,district,huyen,89", "886,district,huyen,30340", "WORKSPACE_PARENT_CYCLE units.csv:4", ""},
		{"parent of the same level", "units.csv", "886,district,huyen,89", "886,district,huyen,890", "WORKSPACE_PARENT units.csv:3", "not above"},
		{"parent dies first", "units.csv", "An Phu,,2025-07-01", "An Phu,,2024-07-01", "WORKSPACE_PARENT units.csv:4", "31 December 2024"},
		{"overlap", "units.csv", "Tinh Bien,,2023-04-10", "Tinh Bien,,2023-05-10", "WORKSPACE_VALIDITY units.csv:6", "overlaps"},
		{"gap", "units.csv", "Tinh Bien,,2023-04-10", "Tinh Bien,,2023-03-10", "WORKSPACE_VALIDITY units.csv:6", "changed"},
		{"backwards", "units.csv", "2023-04-10,2025-07-01,changed", "2023-04-10,2022-07-01,changed", "WORKSPACE_VALIDITY units.csv:6", "before it begins"},
		{"first is changed", "units.csv", "2025-07-01,baseline,first", "2025-07-01,changed,first", "WORKSPACE_VALIDITY units.csv:2", ""},
		{"bad opening", "units.csv", "2025-07-01,baseline,first", "2025-07-01,born,first", "WORKSPACE_BAD_VALUE units.csv:2", "born"},
		{"bad date", "units.csv", "2023-04-10,2025-07-01,changed", "10/04/2023,2025-07-01,changed", "WORKSPACE_BAD_VALUE units.csv:6", "10/04/2023"},
		{"ragged units", "units.csv", "baseline,first", "baseline,first,second", "WORKSPACE_CSV units.csv:2", "11 cells"},
		{"missing file", "niengiam.yaml", "topics: topics.yaml", "topics: themes.yaml", "WORKSPACE_FILE_MISSING niengiam.yaml:6:11", "themes.yaml"},
		{"file outside", "niengiam.yaml", "topics: topics.yaml", "topics: ../topics.yaml", "WORKSPACE_FILE_OUTSIDE niengiam.yaml:6:11", ""},
		{"data outside", "niengiam.yaml", "[data/*.csv]", "[/etc/passwd]", "WORKSPACE_FILE_OUTSIDE niengiam.yaml:17", ""},
		{"glob of nothing", "niengiam.yaml", "[data/*.csv]", "[data/*.tsv]", "WORKSPACE_FILE_MISSING niengiam.yaml:17", "data/*.tsv"},
		{"basis that is no day", "niengiam.yaml", "published: {column: published}", "published: {column: published}\n    basis: {constant: soon}", "WORKSPACE_BAD_VALUE niengiam.yaml:22", "soon"},
		{"basis of no rule", "niengiam.yaml", "published: {column: published}", "published: {column: published}\n    basis: {column: on, constant: 2020-07-01}", "WORKSPACE_MAPPING niengiam.yaml:22", "column"},
		{"basis before all that is known", "niengiam.yaml", "  scorecards: scorecards.yaml\nsources:\n  - code: long\n", "  scorecards: scorecards.yaml\n  units_known_from: 2015-01-01\nsources:\n  - code: long\n    basis: {constant: 2010-07-01}\n", "WORKSPACE_BAD_VALUE niengiam.yaml:15", "2015-01-01"},
		{"cron", "niengiam.yaml", "0 6 * * 1", "0 25 * * 1", "WORKSPACE_SCHEDULE niengiam.yaml:16", "0 25 * * 1"},
		{"cron of six fields", "niengiam.yaml", "0 6 * * 1", "0 0 6 * * 1", "WORKSPACE_SCHEDULE niengiam.yaml:16", ""},
		{"time zone", "niengiam.yaml", "time_zone: Asia/Ho_Chi_Minh\ncat", "time_zone: Asia/Saigong\ncat", "WORKSPACE_SCHEDULE niengiam.yaml:3:12", "Saigong"},
		{"two ways to a unit", "niengiam.yaml", "unit: {column: code}", `unit: {column: code, constant: "89"}`, "WORKSPACE_MAPPING niengiam.yaml:19", "column, constant"},
		{"no way to a unit", "niengiam.yaml", "unit: {column: code}", "unit: {}", "WORKSPACE_MISSING_KEY niengiam.yaml:19", ""},
		{"unknown constant unit", "niengiam.yaml", "unit: {column: code}", `unit: {constant: "98"}`, "WORKSPACE_UNKNOWN_REFERENCE niengiam.yaml:19", "98"},
		{"parent of an aggregate", "levels.yaml", "en: Commune}}", "en: Commune}, aggregate: true}", "WORKSPACE_PARENT units.csv:4", "is part of nothing"},
		{"parent that is an aggregate", "levels.yaml", "en: Province}}", "en: Province}, aggregate: true}", "WORKSPACE_PARENT units.csv:3", "nothing lies in one"},
		{"aggregates that report", "levels.yaml", "en: Commune}}", "en: Commune}, aggregate: true}", "WORKSPACE_BAD_VALUE indicators.yaml:27", "none is expected to report"},
		{"unknown encoding", "niengiam.yaml", "unit: {column: code}", "csv: {encoding: windows-1250}\n    unit: {column: code}", "WORKSPACE_BAD_VALUE niengiam.yaml:19", "is no encoding that can be read"},
		{"unknown level of codes", "niengiam.yaml", "unit: {column: code}", "unit: {column: code, level: distrct}", "WORKSPACE_UNKNOWN_REFERENCE niengiam.yaml:19", "district"},
		{"level of one unit", "niengiam.yaml", "unit: {column: code}", `unit: {constant: "89", level: province}`, "WORKSPACE_MAPPING niengiam.yaml:19", "one unit for all rows"},
		{"parent of a code", "niengiam.yaml", "unit: {column: code}", `unit: {column: code, level: [district, commune], within: {constant: "89"}}`, "WORKSPACE_MAPPING niengiam.yaml:19", "no parent to look in"},
		{"parent codes below", "niengiam.yaml", "unit: {column: code}", "unit: {name: c, level: district, within: {column: d, level: [province, commune]}}", "WORKSPACE_MAPPING niengiam.yaml:19", "not above"},
		{"parent level below", "niengiam.yaml", "unit: {column: code}", "unit: {name: c, level: district, within: {name: d, level: commune}}", "WORKSPACE_MAPPING niengiam.yaml:19", "not above"},
		{"headers in a long table", "niengiam.yaml", "value: {column: households}", "value: {headers: year}", "WORKSPACE_MAPPING niengiam.yaml:23", ""},
		{"column in a wide table", "niengiam.yaml", "value: {headers: year}", "value: {column: x}", "WORKSPACE_MAPPING niengiam.yaml:38", "wide"},
		{"ratio without denominator", "niengiam.yaml", ", denominator: {column: households}", "", "WORKSPACE_MAPPING niengiam.yaml:24", "denominator"},
		{"rate of a count", "niengiam.yaml", "value: {column: households}}", "rate: {column: households}}", "WORKSPACE_MAPPING niengiam.yaml:23", "ratio"},
		{"unknown indicator", "niengiam.yaml", "constant: households}", "constant: housholds}", "WORKSPACE_UNKNOWN_REFERENCE niengiam.yaml:23", "nearest: households"},
		{"same signs", "niengiam.yaml", `decimal: ","`, `decimal: "."`, "WORKSPACE_MAPPING niengiam.yaml:34", ""},
		{"encoding", "niengiam.yaml", "decimal:", "encoding: latin-1, decimal:", "WORKSPACE_BAD_VALUE niengiam.yaml:34", "latin-1"},
		{"cohort unit", "cohorts.yaml", `["886"]`, `["887"]`, "WORKSPACE_UNKNOWN_REFERENCE cohorts.yaml:6", "nearest: 886"},
		{"cohort level", "cohorts.yaml", `["886"]`, `["89"]`, "WORKSPACE_UNKNOWN_REFERENCE cohorts.yaml:6", "province"},
		{"cohort too late", "cohorts.yaml", "from: 2021, to: 2025", "from: 2027, to: 2028", "WORKSPACE_UNKNOWN_REFERENCE cohorts.yaml:6", "2027"},
		{"planned without indicator", "cohorts.yaml", `["886"]`, `[{code: "886", planned: 2022}]`, "WORKSPACE_MISSING_KEY cohorts.yaml:6", "indicator"},
		{"planned too early", "cohorts.yaml", `["886"]`, `[{code: "886", planned: 2020}]`, "WORKSPACE_BAD_VALUE cohorts.yaml:6", "2020"},
		{"planned is no year", "cohorts.yaml", `["886"]`, `[{code: "886", planned: soon}]`, "WORKSPACE_BAD_VALUE cohorts.yaml:6", "soon"},
		{"planned is missing", "cohorts.yaml", `["886"]`, `[{code: "886"}]`, "WORKSPACE_MISSING_KEY cohorts.yaml:6", "planned"},
		{"planned unit", "cohorts.yaml", `["886"]`, `[{code: "887", planned: 2022}]`, "WORKSPACE_UNKNOWN_REFERENCE cohorts.yaml:6", "nearest: 886"},
		{"planned unit twice", "cohorts.yaml", `["886"]`, `[{code: "886", planned: 2022}, {code: "886", planned: 2023}]`, "WORKSPACE_DUPLICATE_CODE cohorts.yaml:6", "886"},
		{"nothing planned", "cohorts.yaml", `units: ["886"]`, "indicator: criterion\n    units: [\"886\"]", "WORKSPACE_BAD_VALUE cohorts.yaml:6", "planned year"},
		{"planned indicator", "cohorts.yaml", `units: ["886"]`, "indicator: criterium\n    units: [{code: \"886\", planned: 2022}]", "WORKSPACE_UNKNOWN_REFERENCE cohorts.yaml:6", "nearest: criterion"},
		{"planned indicator of a kind", "cohorts.yaml", `units: ["886"]`, "indicator: households\n    units: [{code: \"886\", planned: 2022}]", "WORKSPACE_BAD_VALUE cohorts.yaml:6", "attainment"},
		{"planned indicator of a level", "cohorts.yaml", `units: ["886"]`, "indicator: criterion\n    units: [{code: \"886\", planned: 2022}]", "WORKSPACE_BAD_VALUE cohorts.yaml:6", "commune"},
		{"years backwards", "cohorts.yaml", "from: 2021, to: 2025", "from: 2021, to: 2020", "WORKSPACE_BAD_VALUE cohorts.yaml:5", "backwards"},
		{"target indicator", "targets.yaml", "indicator: criterion", "indicator: criterium", "WORKSPACE_UNKNOWN_REFERENCE targets.yaml:3", "nearest: criterion"},
		{"target unit and level", "targets.yaml", `unit: "89"`, "unit: \"89\"\n    level: district", "WORKSPACE_BAD_VALUE targets.yaml:2", "name one"},
		{"target without rate", "targets.yaml", "indicator: criterion", "indicator: households", "WORKSPACE_BAD_VALUE targets.yaml:6", "rate"},
		{"target base without end", "targets.yaml", "from: 2021}", "from: 2021}\n    base: 2020", "WORKSPACE_MISSING_KEY targets.yaml:6", "last year"},
		{"target base within", "targets.yaml", "from: 2021}", "from: 2021, to: 2025}\n    base: 2021", "WORKSPACE_BAD_VALUE targets.yaml:6", "before"},
		{"target base of a change", "targets.yaml", "from: 2021}\n    on: rate", "from: 2021, to: 2025}\n    base: 2020\n    on: change-percent", "WORKSPACE_BAD_VALUE targets.yaml:6", "each year"},
		{"target on", "targets.yaml", "on: rate", "on: rates", "WORKSPACE_BAD_VALUE targets.yaml:6", "nearest: rate"},
		{"weight of a set", "scorecards.yaml", "bands:", "coverage_weight: housholds\n    bands:", "WORKSPACE_UNKNOWN_REFERENCE scorecards.yaml:6:22", "nearest: households"},
		{"set weighed by a mean", "scorecards.yaml", "bands:", "coverage_weight: income\n    bands:", "WORKSPACE_BAD_VALUE scorecards.yaml:6:22", "neither a count nor an amount"},
		{"duplicate criterion", "scorecards.yaml", `code: "2.2"`, `code: "2.1"`, "WORKSPACE_DUPLICATE_CODE scorecards.yaml:13", "scorecards.yaml:12"},
		{"code of a criterion", "scorecards.yaml", `code: "2.2"`, `code: "2,2"`, "WORKSPACE_BAD_VALUE scorecards.yaml:13", "19.2"},
		{"criterion without a name", "scorecards.yaml", "{vi: Quy hoạch, en: Planning}", `{en: ""}`, "WORKSPACE_MISSING_TEXT scorecards.yaml:8", "neither language"},
		{"criterion of no indicator", "scorecards.yaml", "indicator: criterion", "indicator: criterium", "WORKSPACE_UNKNOWN_REFERENCE scorecards.yaml:13", "nearest: criterion"},
		{"criterion of a count", "scorecards.yaml", "indicator: criterion", "indicator: households", "WORKSPACE_BAD_VALUE scorecards.yaml:13", "no attainment"},
		{"criterion of other units", "scorecards.yaml", "kinds: [xa]", "kinds: []", "WORKSPACE_BAD_VALUE scorecards.yaml:13", "other units"},
		{"criterion with parts and indicator", "scorecards.yaml", "criteria:\n          -", "indicator: criterion\n        criteria:\n          -", "WORKSPACE_BAD_VALUE scorecards.yaml:11", "has parts"},
		{"parts of parts", "scorecards.yaml", "en: One}}", "en: One}, criteria: []}", "WORKSPACE_UNKNOWN_KEY scorecards.yaml:12", "criteria"},
		{"no criteria", "scorecards.yaml", "    criteria:\n      - {code: \"1\"", "    criteria: []\n    rest:\n      - {code: \"1\"", "WORKSPACE_MISSING_KEY scorecards.yaml:7", "at least one"},
		{"bands that rise", "scorecards.yaml", "[2, 1, 0]", "[1, 2, 0]", "WORKSPACE_BAD_VALUE scorecards.yaml:6:16", "highest down"},
		{"bands without an end", "scorecards.yaml", "[2, 1, 0]", "[2, 1]", "WORKSPACE_BAD_VALUE scorecards.yaml:6", "begins at 0"},
		{"band beyond the criteria", "scorecards.yaml", "[2, 1, 0]", "[3, 1, 0]", "WORKSPACE_BAD_VALUE scorecards.yaml:6:13", "from 0 to 2"},
		{"briefing without headlines", "niengiam.yaml", "headlines: [{indicator: criterion, quoted: true}]", "headlines: []", "WORKSPACE_MISSING_KEY niengiam.yaml:43", "at least one"},
		{"briefing headline", "niengiam.yaml", "[{indicator: criterion, q", "[{indicator: criterium, q", "WORKSPACE_UNKNOWN_REFERENCE niengiam.yaml:43", "nearest: criterion"},
		{"briefing level", "niengiam.yaml", "levels: [province]", "levels: [provinces]", "WORKSPACE_UNKNOWN_REFERENCE niengiam.yaml:42", "nearest: province"},
		{"briefing indicator twice", "niengiam.yaml", "[criterion, households]", "[criterion, criterion]", "WORKSPACE_DUPLICATE_CODE niengiam.yaml:44", "twice"},
		{"briefing target", "niengiam.yaml", "targets: [eighty]", "targets: [eigty]", "WORKSPACE_UNKNOWN_REFERENCE niengiam.yaml:45", "nearest: eighty"},
		{"briefing scorecard", "niengiam.yaml", "scorecards: [standard]", "scorecards: [standrad]", "WORKSPACE_UNKNOWN_REFERENCE niengiam.yaml:46", "nearest: standard"},
		{"briefing cohort", "niengiam.yaml", "cohorts: [pilot]", "cohorts: [pilots]", "WORKSPACE_UNKNOWN_REFERENCE niengiam.yaml:47", "nearest: pilot"},
		{"briefing ranked too low", "niengiam.yaml", "by: district, top", "by: village, top", "WORKSPACE_UNKNOWN_REFERENCE niengiam.yaml:48", "village"},
		{"briefing ranked above", "niengiam.yaml", "by: district, top", "by: province, top", "WORKSPACE_BAD_VALUE niengiam.yaml:48", "do not lie within"},
		{"briefing top", "niengiam.yaml", "top: 5", "top: 0", "WORKSPACE_BAD_VALUE niengiam.yaml:48", "from 1"},
		{"briefing of another key", "niengiam.yaml", "charts: [households]", "chart: [households]", "WORKSPACE_UNKNOWN_KEY niengiam.yaml:49", "charts"},
		{"delivery unit", "niengiam.yaml", "unit: \"89\"\n    template", "unit: \"98\"\n    template", "WORKSPACE_UNKNOWN_REFERENCE niengiam.yaml:52", "98"},
		{"delivery template", "niengiam.yaml", "template: page", "template: pages", "WORKSPACE_UNKNOWN_REFERENCE niengiam.yaml:53", "nearest: page"},
		{"delivery format", "niengiam.yaml", "[pdf, docx]", "[pdf, doc]", "WORKSPACE_BAD_VALUE niengiam.yaml:54", "nearest: docx"},
		{"delivery schedule", "niengiam.yaml", "0 7 * * 1", "0 77 * * 1", "WORKSPACE_SCHEDULE niengiam.yaml:55", "0 77 * * 1"},
		{"delivery outside", "niengiam.yaml", "folder: leaders", "folder: ../leaders", "WORKSPACE_FILE_OUTSIDE niengiam.yaml:57", "../leaders"},
		{"delivery without an address", "niengiam.yaml", "[office@example.org]", "[]", "WORKSPACE_MISSING_KEY niengiam.yaml:58", "at least one"},
		{"delivery to nobody", "niengiam.yaml", "[office@example.org]", "[office]", "WORKSPACE_BAD_VALUE niengiam.yaml:58", "address of mail"},
		{"a secret in the workspace", "niengiam.yaml", "password_env: SMTP_PASSWORD", "password_env: hunter2", "WORKSPACE_BAD_VALUE niengiam.yaml:58", "not the secret itself"},
		{"webhook", "niengiam.yaml", "https://example.org", "ftp://example.org", "WORKSPACE_BAD_VALUE niengiam.yaml:59", "https://"},
		{"schedule after nothing", "niengiam.yaml", `{cron: "0 6 * * 1"}`, "{after: lang}", "WORKSPACE_UNKNOWN_REFERENCE niengiam.yaml:16", "nearest: long"},
		{"schedule after itself", "niengiam.yaml", `{cron: "0 6 * * 1"}`, "{after: long}", "WORKSPACE_SCHEDULE niengiam.yaml:16", "after itself"},
		{"schedule of nothing", "niengiam.yaml", `{cron: "0 6 * * 1"}`, "{time_zone: Europe/Berlin}", "WORKSPACE_MISSING_KEY niengiam.yaml:16", "says when"},
		{"arrival of what is fetched", "niengiam.yaml", "schedule: {cron: \"0 6 * * 1\"}\n    files: [data/*.csv]",
			"schedule: {on_arrival: true}\n    from: {http: {url: \"https://example.org/a.csv\"}}", "WORKSPACE_SCHEDULE niengiam.yaml:16", "only a folder is watched"},
		{"timeout", "niengiam.yaml", `{cron: "0 6 * * 1"}`, "{on_arrival: true}\n    timeout: soon", "WORKSPACE_BAD_VALUE niengiam.yaml:17", "30m"},
		{"notice of another delivery", "niengiam.yaml", "deliveries:", "notices: [{code: n, sources: [lang], to: {folder: n}}]\ndeliveries:", "WORKSPACE_UNKNOWN_REFERENCE niengiam.yaml:50", "nearest: long"},
		{"notice of no outcome", "niengiam.yaml", "deliveries:", "notices: [{code: n, outcomes: [faild], to: {folder: n}}]\ndeliveries:", "WORKSPACE_BAD_VALUE niengiam.yaml:50", "nearest: failed"},
		{"target value", "targets.yaml", `value: "80"`, "value: 80%", "WORKSPACE_BAD_VALUE targets.yaml:8", "80%"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := whole(t)
			edit(t, filepath.Join(dir, c.file), c.old, c.new)
			_, err := workspace.Read(dir, nil)
			var all []string
			for _, fault := range number.Errors(err) {
				line := fmt.Sprintf("%s %s", fault.Code, fault)
				all = append(all, line)
				code, place, _ := strings.Cut(c.want, " ")
				if string(fault.Code) == code && (fault.Where == place || strings.HasPrefix(fault.Where, place+":")) && strings.Contains(line, c.says) {
					return
				}
			}
			t.Errorf("want %s saying %q, got\n%s", c.want, c.says, strings.Join(all, "\n"))
		})
	}
}

// TestAllFaultsAtOnce: faults of several files are found in one reading, and what
// cannot be known because a file is broken is not a fault as well.
func TestAllFaultsAtOnce(t *testing.T) {
	dir := whole(t)
	edit(t, filepath.Join(dir, "topics.yaml"), "topics:", "topics: [")
	edit(t, filepath.Join(dir, "units.csv"), "huyen,89,An Phú", "huyen,98,An Phú")
	edit(t, filepath.Join(dir, "niengiam.yaml"), "0 6 * * 1", "never")
	_, err := workspace.Read(dir, nil)
	var codes []string
	for _, fault := range number.Errors(err) {
		codes = append(codes, string(fault.Code))
	}
	if want := []string{"WORKSPACE_YAML", "WORKSPACE_UNKNOWN_REFERENCE", "WORKSPACE_SCHEDULE"}; !slices.Equal(codes, want) {
		t.Errorf("got %v, want %v: %v", codes, want, err)
	}
	if _, err := workspace.Read(filepath.Join(dir, "nowhere"), nil); number.CodeOf(err) != workspace.FileMissing {
		t.Errorf("a directory that is not there: %v", err)
	}
}
