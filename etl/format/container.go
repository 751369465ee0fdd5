package format

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// Member is the code of an archive of which no member, or several, are to be read.
const Member number.Code = "FILE_MEMBER"

// unpack takes a file out of what it is packed in, of whatever format it is then. A ZIP file
// within a gzip, or the other way round, is the most. All of it is unpacked once, so that what
// is damaged or too large is refused before anything of it is read, and again with each reading:
// nothing of it is kept.
func unpack(f File, o Options) (File, error) {
	const most = 2
	for layer := 0; ; layer++ {
		head, err := f.head(4)
		if err != nil {
			return f, err
		}
		isGzip, isZIP := bytes.HasPrefix(head, []byte("\x1f\x8b\x08")), bytes.HasPrefix(head, []byte("PK\x03\x04"))
		if isZIP {
			if f, err = f.random(); err != nil {
				return f, err
			}
			isZIP = detectZIP(f) == ZIP
		}
		if !isGzip && !isZIP {
			return f, nil
		}
		if layer == most {
			return f, o.Limits.over(f.Name, number.Say("archives within each other"), most)
		}
		if isGzip {
			f = gunzip(f, o)
		} else if f, err = unzip(f, o); err != nil {
			return f, err
		}
		if f.size, err = f.measure(); err != nil {
			return f, err
		}
		if f.size == 0 {
			return f, &number.Error{Code: Empty, Message: number.Say("the file is empty"), Where: f.Name}
		}
	}
}

// measure unpacks what is packed and tells how many bytes it has.
func (f File) measure() (int64, error) {
	from, err := f.open()
	if err != nil {
		return 0, err
	}
	defer from.Close()
	size, err := io.Copy(io.Discard, from)
	return size, unread(f.Name, err)
}

// gunzip gives a file of gzip unpacked; its name is the one without .gz.
func gunzip(f File, o Options) File {
	own := File{Name: f.Name}
	if strings.EqualFold(path.Ext(f.Name), ".gz") {
		own.Name = f.Name[:len(f.Name)-len(".gz")]
	}
	own.packed = func() (io.ReadCloser, error) {
		from, err := f.open()
		if err != nil {
			return nil, err
		}
		content, err := gzip.NewReader(from)
		if err != nil {
			return nil, errors.Join(notUnpacked(f.Name, err), from.Close())
		}
		return &gzipReader{content: content, from: from, name: f.Name, limits: o.Limits, left: o.Limits.Bytes}, nil
	}
	return own
}

func notUnpacked(name string, err error) error {
	if number.CodeOf(err) != "" {
		return err
	}
	return malformed(name, GZIP, number.Say("it cannot be unpacked"), err)
}

// gzipReader reads what a gzip has with coded errors, and never more than the limit.
type gzipReader struct {
	content *gzip.Reader
	from    io.Closer
	name    string
	limits  Limits
	left    int64
}

func (r *gzipReader) Read(p []byte) (int, error) {
	n, err := r.content.Read(p)
	if r.left -= int64(n); r.left < 0 {
		return 0, r.limits.over(r.name, number.Say("bytes"), r.limits.Bytes)
	}
	if err != nil && err != io.EOF { //nolint:errorlint // the end itself: an error about it is none
		return n, notUnpacked(r.name, err)
	}
	return n, err
}

func (r *gzipReader) Close() error { return errors.Join(r.content.Close(), r.from.Close()) }

// unzip gives the member that is asked for.
func unzip(f File, o Options) (File, error) {
	a, err := openArchive(f, ZIP, o.Limits)
	if err != nil {
		return f, err
	}
	member, err := a.choose(o.Member)
	if err != nil {
		return f, err
	}
	return File{Name: a.place(member), packed: func() (io.ReadCloser, error) { return a.open(member) }}, nil
}

// choose finds the one member that a pattern fits, by its whole name or, where the pattern
// has no slash, by its name alone. What the programs that pack leave behind is no member.
func (a *archive) choose(pattern string) (*zip.File, error) {
	var all, fit []*zip.File
	for _, key := range slices.Sorted(maps.Keys(a.members)) {
		member := a.members[key]
		if member.FileInfo().IsDir() || strings.HasPrefix(key, "__macosx/") || path.Base(key) == ".ds_store" || path.Base(key) == "thumbs.db" {
			continue
		}
		all = append(all, member)
		name := strings.ReplaceAll(member.Name, `\`, "/")
		if !strings.Contains(pattern, "/") {
			name = path.Base(name)
		}
		fits, err := path.Match(pattern, name)
		if errors.Is(err, path.ErrBadPattern) {
			return nil, a.choice(number.Say("%q is no pattern of names", pattern))
		}
		if fits || pattern == "" {
			fit = append(fit, member)
		}
	}
	switch {
	case len(fit) == 1:
		return fit[0], nil
	case len(all) == 0:
		return nil, a.choice(number.Say("the archive has no file"))
	case pattern == "":
		return nil, a.choice(number.Say("the archive has several files: %s", memberNames(all)))
	case len(fit) == 0:
		return nil, a.choice(number.Say("%q fits no file of the archive, which has %s", pattern, memberNames(all)))
	}
	return nil, a.choice(number.Say("%q fits several files of the archive: %s", pattern, memberNames(fit)))
}

func (a *archive) choice(message number.Message) *number.Error {
	return &number.Error{Code: Member, Message: message, Where: a.name, Hint: number.Say("give a pattern that fits the one file to read")}
}

// memberNames lists names, not too many.
func memberNames(members []*zip.File) string {
	const most = 20
	var names []string
	for _, member := range members[:min(len(members), most)] {
		names = append(names, quoted(member.Name))
	}
	if len(members) > most {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}
