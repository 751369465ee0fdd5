package engine

import (
	"fmt"
	"os"
)

// residentBytes returns the memory of the machine that a process takes, as Linux tells it;
// 0 where the system does not tell or the process is gone.
func residentBytes(pid int) int64 {
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0
	}
	var size, resident int64
	if _, err := fmt.Sscan(string(content), &size, &resident); err != nil {
		return 0
	}
	return resident * int64(os.Getpagesize())
}
