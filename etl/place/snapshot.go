package place

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/niengiam/niengiam/stats/number"
)

// snapshots is the folder in which files are kept, each under its checksum. What is written
// appears whole or not at all.
type snapshots struct{ dir string }

// begin begins a file of at most so many bytes.
func (s snapshots) begin(most int64) (*incoming, error) {
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return nil, notKept(s.dir, err)
	}
	file, err := os.CreateTemp(s.dir, ".incoming-*")
	if err != nil {
		return nil, notKept(s.dir, err)
	}
	return &incoming{dir: s.dir, file: file, buffer: bufio.NewWriterSize(file, 1<<16), sum: sha256.New(), most: most}, nil
}

// staleTime is how old a file is that nobody writes any more: fetching takes a day at most.
const staleTime = 48 * time.Hour

// sweep removes what was being written when the program was killed.
func (s snapshots) sweep(now time.Time) {
	left, err := filepath.Glob(filepath.Join(s.dir, ".incoming-*"))
	if err != nil {
		return
	}
	for _, file := range left {
		if info, err := os.Stat(file); err == nil && now.Sub(info.ModTime()) > staleTime {
			_ = os.Remove(file) // another time, then
		}
	}
}

// has reports whether a file is there as it was written.
func (s snapshots) has(f *File) bool {
	file, err := os.Open(filepath.Join(s.dir, f.SHA256))
	if err != nil || f.SHA256 == "" {
		return false
	}
	defer file.Close()
	sum := sha256.New()
	size, err := io.Copy(sum, file)
	return err == nil && size == f.Bytes && hex.EncodeToString(sum.Sum(nil)) == f.SHA256
}

// record is the path of the list of what was fetched last for a source.
func (s snapshots) record(source string) string { return filepath.Join(s.dir, source+".fetched.json") }

// recorded lists what was fetched last for a source; nothing where that is not known.
func (s snapshots) recorded(source string) []File {
	var files []File
	content, err := os.ReadFile(s.record(source))
	if err != nil || json.Unmarshal(content, &files) != nil {
		return nil
	}
	return files
}

// note writes the list of what was fetched.
func (s snapshots) note(source string, files []File) error {
	content, err := json.MarshalIndent(files, "", " ")
	if err != nil {
		return err
	}
	in, err := s.begin(int64(len(content)))
	if err != nil {
		return err
	}
	defer in.discard()
	if _, err = in.Write(content); err == nil {
		err = in.flush()
	}
	if err == nil {
		err = os.Rename(in.file.Name(), s.record(source))
	}
	if err != nil {
		return notKept(s.dir, err)
	}
	return nil
}

// incoming is a file that is being written.
type incoming struct {
	dir    string
	file   *os.File
	buffer *bufio.Writer
	sum    hash.Hash
	size   int64
	most   int64
	closed bool
}

// Write writes bytes; the error of what goes over the limit, or cannot be kept, is coded.
func (in *incoming) Write(content []byte) (int, error) {
	if in.size += int64(len(content)); in.size > in.most {
		return 0, tooLarge(in.most)
	}
	_, _ = in.sum.Write(content) // a hash takes everything
	n, err := in.buffer.Write(content)
	if err != nil {
		err = notKept(in.dir, err)
	}
	return n, err
}

func (in *incoming) flush() error {
	in.closed = true
	err := in.buffer.Flush()
	if err == nil {
		err = in.file.Sync()
	}
	return errors.Join(err, in.file.Close())
}

// keep ends the file and gives it its place.
func (in *incoming) keep(f *File) error {
	err := in.flush()
	f.SHA256, f.Bytes = hex.EncodeToString(in.sum.Sum(nil)), in.size
	if err == nil {
		err = os.Rename(in.file.Name(), filepath.Join(in.dir, f.SHA256))
	}
	if err != nil {
		return notKept(in.dir, err)
	}
	return nil
}

// discard removes what was not kept.
func (in *incoming) discard() {
	if !in.closed {
		_ = in.file.Close() // it is removed
	}
	_ = os.Remove(in.file.Name()) // fails after the rename, as it should
}

func notKept(dir string, err error) *number.Error {
	if errors.Is(err, syscall.ENOSPC) {
		return &number.Error{
			Code: DiskFull, Message: number.Say("the disk with the data is full"), Where: dir,
			Hint: number.Say("free some space or move the directory to a larger disk; nothing that was stored is lost"), Err: err,
		}
	}
	if errors.Is(err, fs.ErrPermission) {
		return &number.Error{Code: NotKept, Where: dir, Message: number.Say("the program may not write into the folder of snapshots"), Err: err}
	}
	return &number.Error{Code: NotKept, Where: dir, Message: number.Say("what was fetched cannot be written"), Err: err}
}
