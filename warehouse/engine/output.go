package engine

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"sync"
)

const (
	// logLimit bounds engine.log; the one before it is kept as engine.log.1.
	logLimit = 1 << 20
	// tailLimit is how much of the last output is kept for an error message.
	tailLimit = 16 << 10
)

// output is where the child's standard output and error go: a file of bounded
// size, and the last part of it in memory.
type output struct {
	mu   sync.Mutex
	path string
	file *os.File
	size int64
	last []byte
}

func openOutput(path string) (*output, error) {
	o := &output{path: path}
	return o, o.open()
}

func (o *output) open() error {
	file, err := os.OpenFile(o.path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	info, err := file.Stat()
	if err != nil {
		file.Close()
		return err
	}
	o.file, o.size = file, info.Size()
	return nil
}

// Write never fails: a log that cannot be written must not stop the engine.
func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.last = append(o.last, p...)
	if over := len(o.last) - tailLimit; over > 0 {
		o.last = append(o.last[:0], o.last[over:]...)
	}
	if o.size+int64(len(p)) > logLimit {
		o.turn()
	}
	if o.file != nil {
		n, _ := o.file.Write(p)
		o.size += int64(n)
	}
	return len(p), nil
}

// turn begins a new file. Where that fails, the log ends and the tail goes on.
func (o *output) turn() {
	if o.file == nil {
		return
	}
	o.file.Close()
	o.file = nil
	if os.Rename(o.path, o.path+".1") == nil {
		_ = o.open()
	}
}

// forget drops what is kept in memory: a new child begins.
func (o *output) forget() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.last = nil
}

func (o *output) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.file != nil {
		o.file.Close()
		o.file = nil
	}
}

// tail gives the last lines that say something, on one line, without the
// escape sequences of the terminal.
func (o *output) tail(lines int) string {
	o.mu.Lock()
	text := bytes.Clone(o.last)
	o.mu.Unlock()
	escapes := regexp.MustCompile(`\x1b\[[0-9;?]*[a-zA-Z]|\r`)
	var said []string
	for line := range bytes.Lines(escapes.ReplaceAll(text, nil)) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			said = append(said, string(line))
		}
	}
	return strings.Join(said[max(0, len(said)-lines):], " | ")
}
