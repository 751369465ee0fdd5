package main

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// spent is what something cost.
type spent struct {
	// Wall is the time on the clock; CPU is what all processes that took part used of the
	// processors: the one that did it, and the engine.
	Wall, CPU time.Duration
	// Own is the part of CPU of the process that did it.
	Own time.Duration
}

// meter measures from its making on.
type meter struct {
	begun     time.Time
	own, rest time.Duration
}

func newMeter() meter { return meter{time.Now(), cpuOf("self"), cpuOfChildren()} }

func (m meter) stop() spent {
	own := cpuOf("self") - m.own
	return spent{Wall: time.Since(m.begun), Own: own, CPU: own + cpuOfChildren() - m.rest}
}

// tick is the unit in which Linux counts the time of processes.
const tick = 10 * time.Millisecond

// cpuOf is how much a process has used of the processors; 0 where nobody knows.
func cpuOf(process string) time.Duration {
	stat, err := os.ReadFile("/proc/" + process + "/stat")
	at := bytes.LastIndexByte(stat, ')')
	if err != nil || at < 0 {
		return 0
	}
	fields := strings.Fields(string(stat[at+1:]))
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * tick
}

// cpuOfChildren is what the children of this process, the engine, have used.
func cpuOfChildren() (sum time.Duration) {
	tasks, _ := os.ReadDir("/proc/self/task")
	for _, task := range tasks {
		children, _ := os.ReadFile(fmt.Sprintf("/proc/self/task/%s/children", task.Name()))
		for child := range strings.FieldsSeq(string(children)) {
			sum += cpuOf(child)
		}
	}
	return sum
}

// peak is the most memory that this process had at any time, in bytes.
func peak() int64 {
	status, _ := os.ReadFile("/proc/self/status")
	_, rest, found := strings.Cut(string(status), "VmHWM:")
	fields := strings.Fields(rest)
	if !found || len(fields) == 0 {
		return 0
	}
	kilobytes, _ := strconv.ParseInt(fields[0], 10, 64)
	return kilobytes << 10
}
