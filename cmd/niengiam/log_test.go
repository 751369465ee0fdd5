package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// A line of the log repeats little of what it is given, in either format.
func TestLogLinesAreShort(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"text", "json"} {
		var log bytes.Buffer
		long := strings.Repeat("ấ", 100_000)
		logger := (&Settings{LogFormat: format}).logger("serve", &log)
		logger.Error(long, "error", errors.New(long), "value", long, "stack", "goroutine 1")
		if log.Len() > 10_000 || !strings.Contains(log.String(), "…") || !strings.Contains(log.String(), "goroutine 1") {
			t.Errorf("%s: a line of %d bytes", format, log.Len())
		}
	}
}
