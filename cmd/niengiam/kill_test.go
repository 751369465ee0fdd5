package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// childOf returns the engine's process of a program.
func childOf(t *testing.T, parent int) int {
	t.Helper()
	deadline := time.Now().Add(patience)
	for time.Now().Before(deadline) {
		for _, pid := range processes(t) {
			status, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
			if err != nil {
				continue // it ended meanwhile
			}
			fields := strings.Fields(string(status[strings.LastIndexByte(string(status), ')')+1:]))
			if fields[1] == strconv.Itoa(parent) && fields[0] != "Z" {
				return pid
			}
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("process %d has no child", parent)
	return 0
}

func processes(t *testing.T) []int {
	t.Helper()
	entries, err := os.ReadDir("/proc")
	if err != nil {
		t.Fatal(err)
	}
	var pids []int
	for _, entry := range entries {
		if pid, err := strconv.Atoi(entry.Name()); err == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}

func kill(t *testing.T, pid int) {
	t.Helper()
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
}

// stopped reports whether all threads of a process are stopped.
func stopped(t *testing.T, pid int) bool {
	t.Helper()
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/stat", pid))
	if err != nil || len(threads) == 0 {
		t.Fatalf("process %d has no threads: %v", pid, err)
	}
	for _, thread := range threads {
		if status, err := os.ReadFile(thread); err == nil && !strings.Contains(string(status), ") T ") {
			return false
		}
	}
	return true
}

// gone reports whether a process has ended (or waits only to be reaped).
func gone(pid int) bool {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || strings.Contains(string(status), ") Z ")
}

// eventually waits until something holds.
func (s *served) eventually(holds func() bool) {
	s.t.Helper()
	deadline := time.Now().Add(patience)
	for !holds() {
		if time.Now().After(deadline) {
			s.t.Fatalf("did not come to hold:\n%s", s.printed())
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// The engine is killed again and again while questions are asked that are not
// in memory. Each is answered rightly or refused with the code of a dead
// engine, and the program lives.
func TestKillTheEngineDuringQuestions(t *testing.T) {
	s := serve(t, "--load", "--memory-slices", "1", "--memory-answers", "0", "--data", loadedData(t))
	var wrong atomic.Value
	var answered, refused atomic.Int32
	done := make(chan struct{})
	var wait sync.WaitGroup
	for worker := range 4 {
		wait.Go(func() {
			for i := worker; ; i++ {
				select {
				case <-done:
					return
				default:
				}
				year := 2011 + i%14
				reply := s.reply(fmt.Sprintf(`{ figure(indicator: "population", unit: "VN", year: %d) { value rollUp { value } } changes: release(id: "1") { changes(first: %d) { nodes { new } } } }`, year, 1+i%1000))
				if errs, failed := reply.v.(map[string]any)["errors"]; failed {
					refused.Add(1)
					if code := reply.at("errors", 0, "extensions", "code").text(); code != "ENGINE_DOWN" {
						wrong.Store(fmt.Sprint(errs))
					}
					continue
				}
				answered.Add(1)
				if got := reply.at("data", "figure", "value").text(); got == "null" || got == "0" {
					wrong.Store(fmt.Sprintf("%d: %s", year, got))
				}
			}
		})
	}
	pid := s.command.Process.Pid
	for range 4 {
		before := answered.Load()
		s.eventually(func() bool { return answered.Load() > before+20 })
		kill(t, childOf(t, pid))
	}
	before := answered.Load()
	s.eventually(func() bool { return answered.Load() > before+20 })
	close(done)
	wait.Wait()
	if problem := wrong.Load(); problem != nil {
		t.Errorf("a wrong answer or an error without the right code: %v", problem)
	}
	t.Logf("%d answered, %d refused while the engine was down", answered.Load(), refused.Load())
}

func TestKillTheServer(t *testing.T) {
	s := serve(t, "--load", "--data", loadedData(t))
	child := childOf(t, s.command.Process.Pid)
	kill(t, s.command.Process.Pid)
	s.eventually(func() bool { return gone(child) })
	again := serve(t, "--data", s.data)
	again.ask(`{ figure(indicator: "criterion-19-2", unit: "89", year: 2020) { value } }`).at("figure", "value").is("97")
}

// everyReleaseIsWhole holds the cells of each visible release against the
// number that its row says.
func everyReleaseIsWhole(t *testing.T, data string) {
	t.Helper()
	out, errs, code := niengiam(t, "sql", "--format", "csv", "--data", data, "--", statement(t, "partial"))
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	if got := strings.Fields(out); len(got) != 2 || got[1] != "0" {
		t.Errorf("releases that are visible in part:\n%s", out)
	}
}

// statement returns the statement of a file in testdata.
func statement(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name+".sql"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
