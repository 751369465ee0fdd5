// Package proc tells what processes cost, as Linux counts it in /proc.
package proc

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// Self is this process, for all that take one.
const Self = "self"

// tick is the unit in which Linux counts the time of processes.
const tick = 10 * time.Millisecond

// CPU is how much a process has used of the processors; 0 where nobody knows.
func CPU(process string) time.Duration {
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

// Children are the processes that a process has started and that still run.
func Children(process string) (children []string) {
	tasks, _ := os.ReadDir("/proc/" + process + "/task")
	for _, task := range tasks {
		started, _ := os.ReadFile(fmt.Sprintf("/proc/%s/task/%s/children", process, task.Name()))
		children = append(children, strings.Fields(string(started))...)
	}
	return children
}

// Resident is the memory that a process has at present, in bytes.
func Resident(process string) int64 { return memory(process, "VmRSS:") }

// Peak is the most memory that a process had at any time, in bytes.
func Peak(process string) int64 { return memory(process, "VmHWM:") }

func memory(process, name string) int64 {
	status, _ := os.ReadFile("/proc/" + process + "/status")
	_, rest, found := strings.Cut(string(status), name)
	fields := strings.Fields(rest)
	if !found || len(fields) == 0 {
		return 0
	}
	kilobytes, _ := strconv.ParseInt(fields[0], 10, 64)
	return kilobytes << 10
}

// Load is the load average of the last minute as the machine says it; empty where it does not.
func Load() string {
	text, _ := os.ReadFile("/proc/loadavg")
	load, _, _ := strings.Cut(string(text), " ")
	return load
}
