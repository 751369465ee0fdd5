package format

import (
	"bytes"
	"errors"
	"io"

	"github.com/niengiam/niengiam/stats/number"
)

// File is a file and its name within the workspace. Its bytes are in memory or, of a long one,
// where they can be read as often as it takes.
type File struct {
	Name string
	// Content is the bytes; nil where they are read from Stored.
	Content []byte
	// Stored is where the bytes are read from, nil where Content has them. They must stay as they are;
	// an error of it that is coded is told as it is.
	Stored Stored

	packed func() (io.ReadCloser, error) // of what an archive has: its bytes from the first on
	size   int64                         // of what is packed: how many they are
}

// Stored is bytes that stand somewhere else than in memory.
type Stored interface {
	io.ReaderAt
	// Size is how many they are.
	Size() int64
}

// length is how many bytes the file has.
func (f File) length() int64 {
	if f.packed != nil {
		return f.size
	}
	return f.at().Size()
}

// open gives the bytes from the first on.
func (f File) open() (io.ReadCloser, error) {
	if f.packed != nil {
		return f.packed()
	}
	at := f.at()
	return io.NopCloser(io.NewSectionReader(at, 0, at.Size())), nil
}

// at gives the bytes of a file that is not packed.
func (f File) at() Stored {
	if f.Stored != nil {
		return f.Stored
	}
	return bytes.NewReader(f.Content)
}

// whole is the file with all its bytes in memory: for formats whose beginning says nothing
// without their end.
func (f File) whole() (File, error) {
	if f.packed == nil && f.Stored == nil {
		return f, nil
	}
	from, err := f.open()
	if err != nil {
		return f, err
	}
	defer from.Close()
	var content bytes.Buffer
	content.Grow(int(f.length()) + bytes.MinRead)
	_, err = content.ReadFrom(from)
	return File{Name: f.Name, Content: content.Bytes()}, unread(f.Name, err)
}

// random is the file with its bytes where they can be read in any order: what is packed is
// unpacked into memory.
func (f File) random() (File, error) {
	if f.packed == nil {
		return f, nil
	}
	return f.whole()
}

// head gives the first bytes, so many or all that there are.
func (f File) head(most int) ([]byte, error) {
	if f.packed == nil && f.Stored == nil {
		return f.Content[:min(len(f.Content), most)], nil
	}
	from, err := f.open()
	if err != nil {
		return nil, err
	}
	defer from.Close()
	head, err := io.ReadAll(io.LimitReader(from, int64(most)))
	return head, unread(f.Name, err)
}

// has reports whether all of some words stand somewhere in the file.
func (f File) has(words ...string) (bool, error) {
	from, err := f.open()
	if err != nil {
		return false, err
	}
	defer from.Close()
	const overlap = 64 // no word is as long
	buffer, kept := make([]byte, 1<<16), 0
	for missing := words; ; {
		n, err := io.ReadFull(from, buffer[kept:])
		part := buffer[:kept+n]
		var still []string
		for _, word := range missing {
			if !bytes.Contains(part, []byte(word)) {
				still = append(still, word)
			}
		}
		if missing = still; len(missing) == 0 {
			return true, nil
		}
		switch {
		case err == nil:
		case number.CodeOf(err) == "" && (errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)): // the end
			return false, nil
		default:
			return false, unread(f.Name, err)
		}
		kept = copy(buffer, part[max(0, len(part)-overlap):])
	}
}

// unread is the fault of bytes that cannot be read; nil of none.
func unread(name string, err error) error {
	if err == nil || number.CodeOf(err) != "" {
		return err
	}
	return &number.Error{Code: Malformed, Message: number.Say("its bytes cannot be read"), Where: name, Err: err}
}
