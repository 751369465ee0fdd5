package main

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/niengiam/niengiam/stats/number"
)

// wants checks that a command failed with a code, a place and an exit code of 1.
func wants(t *testing.T, code, place string, args ...string) {
	t.Helper()
	out, errs, exit := niengiam(t, args...)
	if exit != 1 {
		t.Errorf("exit code %d, want 1", exit)
	}
	if !strings.Contains(errs, code+": ") || !strings.Contains(errs, place) {
		t.Errorf("want %s at %s, got:\n%s%s", code, place, out, errs)
	}
	if strings.Contains(errs, "goroutine ") {
		t.Errorf("a stack trace is no message:\n%s", errs)
	}
}

func TestPortInUse(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	address := taken.Addr().String()
	wants(t, "ADDRESS_IN_USE", address, "serve", "--addr", address, "--workspace", sample, "--data", t.TempDir())
}

func TestBadAddress(t *testing.T) {
	t.Parallel()
	wants(t, "BAD_ADDRESS", "127.0.0.1:port", "serve", "--addr", "127.0.0.1:port", "--workspace", sample, "--data", t.TempDir())
}

// A port below 1024 may be free to everybody on the machine of the test: what the system says
// where it is not, is given. deploy/clean-root tries it with the user of the service.
func TestPortWithoutRights(t *testing.T) {
	t.Parallel()
	err := unlistened("addr", "127.0.0.1:80", &net.OpError{Op: "listen", Err: os.NewSyscallError("bind", syscall.EACCES)})
	if said := err.Error(); number.CodeOf(err) != BadAddress || !strings.Contains(said, "127.0.0.1:80") || !strings.Contains(said, "below 1024") || !strings.Contains(said, "CAP_NET_BIND_SERVICE") {
		t.Errorf("got %v", err)
	}
}

func TestSecondInstance(t *testing.T) {
	t.Parallel()
	s := serve(t)
	wants(t, "ENGINE_LOCKED", s.data, "serve", "--addr", "127.0.0.1:0", "--workspace", sample, "--data", s.data)
	s.ask(`{ levels { code } }`) // the first goes on
}

// A directory without rights: as root nearly every directory is writable, but
// nothing can be made below a file.
func TestDataWithoutRights(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	wants(t, "ENGINE_DIRECTORY", file, "serve", "--addr", "127.0.0.1:0", "--workspace", sample, "--data", filepath.Join(file, "data"))
}

func TestNoWorkspace(t *testing.T) {
	t.Parallel()
	wants(t, "WORKSPACE_FILE_MISSING", "niengiam.yaml", "check", "--workspace", t.TempDir())
}

// What became of a unit may be unknown: check names the units that no row of a
// crosswalk carries, and passes.
func TestCheckNamesUncarriedUnits(t *testing.T) {
	t.Parallel()
	out, errs, code := niengiam(t, "check", "--workspace", sample)
	if code != 0 || errs != "" {
		t.Fatalf("exit %d: %s", code, errs)
	}
	for _, want := range []string{
		"note: commune: units that end on 2025-07-01 without a row of a crosswalk, over which no figure is carried: Tân Phú (30622)\n",
		"note: commune: units that begin on 2009-08-25 without a row of a crosswalk, over which no figure is carried: Long Hưng (30377), Long Châu (30378)\n",
		"note: commune: units that begin on 2025-07-01 without", "and 43 more\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("want %q in:\n%s", want, out)
		}
	}
	if strings.Contains(out, "note: district") || strings.Contains(out, "note: province") {
		t.Errorf("a level that ended needs no rows, and all provinces have theirs:\n%s", out)
	}
}

func TestSettingsFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "settings.yaml")
	write(t, file, "workspace: "+sample+"\nlog: {level: error}\n")
	if out, errs, code := niengiam(t, "check", "--config", file); code != 0 || !strings.Contains(out, "criterion-19-2") {
		t.Errorf("settings of the file are not used: exit %d\n%s%s", code, out, errs)
	}
	write(t, file, "worksapce: .\n")
	if _, errs, code := niengiam(t, "check", "--config", file); code == 0 || !strings.Contains(errs, `"worksapce" is not a setting`) {
		t.Errorf("exit %d: %s", code, errs)
	}
	write(t, file, "workspace: [\n")
	if _, errs, code := niengiam(t, "check", "--config", file); code == 0 || !strings.Contains(errs, "BAD_SETTINGS") {
		t.Errorf("exit %d: %s", code, errs)
	}
}

func TestEngineLibraryMissing(t *testing.T) {
	t.Parallel()
	wants(t, "ENGINE_LIBRARY_MISSING", "libchdb", "load", "--workspace", sample, "--data", t.TempDir(), "--warehouse-library", "/nowhere/libchdb.so")
}

func TestServerThatIsNotThere(t *testing.T) {
	t.Parallel()
	wants(t, "ENGINE_DOWN", "", "releases", "--warehouse-dsn", "clickhouse://user:secret@127.0.0.1:1/niengiam", "--data", t.TempDir())
}

// check tells every fault of a workspace at once, each with file and line, and
// never starts an engine.
func TestCheckTellsAllFaults(t *testing.T) {
	t.Parallel()
	dir := copySample(t)
	appendTo(t, filepath.Join(dir, "catalogue/topics.yaml"), "  - {code: security, name: {vi: Lặp lại, en: Twice}}\n")
	appendTo(t, filepath.Join(dir, "catalogue/units_angiang.csv"), "99999,commune,xa,77777,Nơi Nào,Nowhere,,,baseline,\n")
	_, errs, code := niengiam(t, "check", "--workspace", dir)
	for _, want := range []string{"WORKSPACE_DUPLICATE_CODE: ", "topics.yaml:", "WORKSPACE_UNKNOWN_REFERENCE: ", "units_angiang.csv:"} {
		if !strings.Contains(errs, want) {
			t.Errorf("%q is not told:\n%s", want, errs)
		}
	}
	if code != 1 {
		t.Errorf("exit code %d, want 1", code)
	}
}

// Rejected rows are told with their place and do not stop the good ones.
func TestLoadWithRejects(t *testing.T) {
	t.Parallel()
	dir, data := copySample(t), t.TempDir()
	file := filepath.Join(dir, "data/criterion_19_2.csv")
	header, _, _ := strings.Cut(read(t, file), "\n")
	columns := strings.Split(header, ",")
	row := make([]string, len(columns))
	for i, column := range columns {
		row[i] = map[string]string{"year": "2020", "met": "ninety", "communes": "119", "published": "2021-03-13"}[column]
	}
	appendTo(t, file, strings.Join(row, ",")+"\n")
	out, errs, code := niengiam(t, "load", "criterion-19-2", "--workspace", dir, "--data", data)
	if code != 0 || !strings.Contains(out, "NOT_A_NUMBER") || !strings.Contains(out, "criterion_19_2.csv:6") || !strings.Contains(out, "ninety") || !strings.Contains(out, "check csv.decimal") {
		t.Errorf("exit %d:\n%s%s", code, out, errs)
	}
	out, _, _ = niengiam(t, "releases", "--data", data)
	if strings.Count(out, "criterion-19-2") != 3 {
		t.Errorf("want three releases:\n%s", out)
	}
	if out, _, _ = niengiam(t, "load", "criterion-19-2", "--workspace", dir, "--data", data); !strings.Contains(out, "unchanged") {
		t.Errorf("the same file twice makes no release:\n%s", out)
	}
}

// The commands of a second terminal work on the engine of a running serve.
func TestCommandsBesideAServer(t *testing.T) {
	t.Parallel()
	s := serve(t)
	out, errs, code := niengiam(t, "load", "criterion-19-2", "--workspace", sample, "--data", s.data)
	if code != 0 || !strings.Contains(out, "published") {
		t.Fatalf("exit %d:\n%s%s", code, out, errs)
	}
	s.eventually(func() bool { // the server notices the release by itself
		reply := s.reply(`{ figure(indicator: "criterion-19-2", unit: "89", year: 2020) { value } }`)
		return reply.v.(map[string]any)["errors"] == nil && reply.at("data", "figure", "value").text() == "97"
	})
	out, errs, code = niengiam(t, "sql", "SELECT toString(sum(value)) AS met FROM posting WHERE indicator = 'criterion-19-2' AND year = 2019", "--data", s.data)
	if code != 0 || !strings.Contains(out, "83") {
		t.Errorf("exit %d:\n%s%s", code, out, errs)
	}
	wants(t, "QUERY_DENIED", "", "sql", "DROP TABLE posting", "--data", s.data)
}

func TestHealth(t *testing.T) {
	t.Parallel()
	s := serve(t)
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/nowhere": 404} {
		response, err := http.Get(s.address + path)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, response.StatusCode, want)
		}
	}
	kill(t, childOf(t, s.command.Process.Pid))
	s.eventually(func() bool { // it comes back by itself
		response, err := http.Get(s.address + "/readyz")
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		return response.StatusCode == 200
	})
}

// An engine that is stopped accepts connections and answers nothing: whoever asks hears so
// within their limit, and another engine takes its place.
func TestMuteEngine(t *testing.T) {
	t.Parallel()
	s := serve(t, "--warehouse-mute-limit", "9s")
	child := childOf(t, s.command.Process.Pid)
	if err := syscall.Kill(child, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	// A thread that does not run at the moment stops when it would run next.
	s.eventually(func() bool { return stopped(t, child) })
	ready := func() (int, string) {
		t.Helper()
		response, err := http.Get(s.address + "/readyz")
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		said, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, string(said)
	}
	for range 20 { // all of them in the time of one
		go func() { _, _ = http.Get(s.address + "/readyz") }()
	}
	if status, said := ready(); status != 503 || !strings.Contains(said, "ENGINE_DOWN") {
		t.Errorf("with a stopped engine: %d %s", status, said)
	}
	if code := s.refused(`{ jobs { lastRun { startedAt } } }`).at("extensions", "code").text(); code != "ENGINE_DOWN" && code != "TIMEOUT" {
		t.Errorf("a question of a stopped engine is told %s", code)
	}
	s.eventually(func() bool { status, _ := ready(); return status == 200 })
	if again := childOf(t, s.command.Process.Pid); again == child {
		t.Errorf("the engine %d still runs", child)
	}
}

// An empty workspace's API answers, with nothing in it.
func TestQuestionsBeforeTheFirstLoad(t *testing.T) {
	t.Parallel()
	s := serve(t)
	s.ask(`{ releases { totalCount } }`).at("releases", "totalCount").is("0")
	s.refused(`{ figure(indicator: "population", unit: "89", year: 2024) { value } }`).at("extensions", "code").is("UNKNOWN_YEAR")
	if _, err := json.Marshal(s.ask(`{ indicators { nodes { code name description(language: EN) years } } }`).v); err != nil {
		t.Error(err)
	}
}

func TestVersionAndHelp(t *testing.T) {
	t.Parallel()
	newest := regexp.MustCompile(`(?m)^## \[(\d+\.\d+\.\d+)\]`).FindStringSubmatch(read(t, "../../CHANGELOG.md"))
	if newest == nil {
		t.Fatal("the changelog has no version")
	}
	if out, _, code := niengiam(t, "version"); code != 0 || !strings.HasPrefix(out, "niengiam "+newest[1]+" ") {
		t.Errorf("exit %d: %q; the changelog has %s", code, out, newest[1])
	}
	out, _, code := niengiam(t, "--help")
	for _, want := range []string{"serve", "load", "check", "releases", "sql", "version", "NIENGIAM_DATA"} {
		if !strings.Contains(out, want) {
			t.Errorf("the help does not tell of %s (exit %d):\n%s", want, code, out)
		}
	}
	if _, errs, code := niengiam(t, "serv"); code != 2 || !strings.Contains(errs, "serve") {
		t.Errorf("a wrong command: exit %d: %s", code, errs)
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func appendTo(t *testing.T, file, text string) {
	t.Helper()
	write(t, file, strings.TrimRight(read(t, file), "\n")+"\n"+text)
}

// A saved question that does not fit the schema is found before anybody asks it.
func TestBadSavedQuestion(t *testing.T) {
	t.Parallel()
	dir := copySample(t)
	question := "# Sai / Wrong\nquery { levels {\n  cod\n} }\n"
	if err := os.WriteFile(filepath.Join(dir, "questions", "7-wrong.graphql"), []byte(question), 0o600); err != nil {
		t.Fatal(err)
	}
	wants(t, "GRAPHQL_VALIDATION_FAILED", "questions/7-wrong.graphql:3:3", "check", "--workspace", dir)
	wants(t, "GRAPHQL_VALIDATION_FAILED", "questions/7-wrong.graphql:3:3", "serve", "--addr", "127.0.0.1:0", "--workspace", dir, "--data", t.TempDir())
}
