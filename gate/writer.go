package gate

import (
	"errors"
	"log/slog"
	"net/http"
	"os"
	"sync"
	"time"
)

// piece is how much of an answer is written before its time begins anew.
const piece = 64 << 10

// errCutOff is the error of an answer that was cut off for the sake of others.
var errCutOff = errors.New("gate: too many bytes wait to be received")

// writer writes an answer in pieces, each of which its caller must receive in time: whoever
// does not read is cut off, and whoever reads slowly is not.
type writer struct {
	http.ResponseWriter
	control *http.ResponseController
	time    time.Duration
	sending *sending
}

// Unwrap is for http.ResponseController.
func (w *writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *writer) extend() {
	_ = w.control.SetWriteDeadline(time.Now().Add(w.time)) // a writer without deadlines is that of a test
}

// Write writes a part of the answer.
func (w *writer) Write(p []byte) (int, error) {
	flight := w.sending.begin(int64(len(p)), func() { _ = w.control.SetWriteDeadline(time.Now()) })
	defer w.sending.end(flight)
	written := 0
	for {
		if !w.sending.progress(flight, w.extend) {
			return written, errCutOff
		}
		n, err := w.ResponseWriter.Write(p[written:min(written+piece, len(p))])
		if written += n; err != nil || written == len(p) {
			if errors.Is(err, os.ErrDeadlineExceeded) {
				w.sending.logger.Info("an answer was given up: its caller did not read", "written", written, "of", len(p))
			}
			return written, err
		}
	}
}

// sending bounds the bytes that wait to be received.
type sending struct {
	most   int64
	logger *slog.Logger

	mu      sync.Mutex
	bytes   int64
	flights map[*flight]bool
	cutOff  uint64
}

// flight is one part of an answer on its way.
type flight struct {
	bytes    int64
	progress time.Time // when its caller last received something
	cut      bool
	stop     func()
}

func newSending(most int64, logger *slog.Logger) *sending {
	return &sending{most: most, logger: logger, flights: map[*flight]bool{}}
}

// begin counts bytes in. Where there are too many, the flights that have gone longest
// without progress are stopped, until they are not.
func (s *sending) begin(bytes int64, stop func()) *flight {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := &flight{bytes: bytes, progress: time.Now(), stop: stop}
	for cut := true; cut && s.bytes+bytes > s.most; {
		cut = s.cutOldest()
	}
	s.bytes += bytes
	s.flights[f] = true
	return f
}

// cutOldest stops the flight that has gone longest without progress; false where there is none.
func (s *sending) cutOldest() bool {
	var oldest *flight
	for f := range s.flights {
		if !f.cut && (oldest == nil || f.progress.Before(oldest.progress)) {
			oldest = f
		}
	}
	if oldest == nil {
		return false
	}
	s.logger.Warn("an answer was cut off: too many bytes wait to be received", "bytes", oldest.bytes, "since", oldest.progress)
	oldest.cut = true
	s.cutOff++
	s.bytes -= oldest.bytes
	oldest.stop()
	return true
}

// progress says that a flight goes on, and extends its time; false where it was stopped.
func (s *sending) progress(f *flight, extend func()) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.cut {
		return false
	}
	f.progress = time.Now()
	extend()
	return true
}

// end counts bytes out.
func (s *sending) end(f *flight) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !f.cut {
		s.bytes -= f.bytes
	}
	delete(s.flights, f)
}

// describe tells how many bytes wait.
func (s *sending) describe(u *Usage) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u.WaitingBytes, u.MaxWaitingBytes, u.CutOff = s.bytes, s.most, s.cutOff
}
