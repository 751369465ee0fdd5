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
// within a gzip, or the other way round, is the most.
func unpack(f File, o Options) (File, error) {
	const most = 2
	for layer := 0; ; layer++ {
		isGzip := bytes.HasPrefix(f.Content, []byte("\x1f\x8b\x08"))
		isZIP := bytes.HasPrefix(f.Content, []byte("PK\x03\x04")) && detectZIP(f) == ZIP
		if !isGzip && !isZIP {
			return f, nil
		}
		if layer == most {
			return f, o.Limits.over(f.Name, number.Say("archives within each other"), most)
		}
		var err error
		if isGzip {
			f, err = gunzip(f, o)
		} else {
			f, err = unzip(f, o)
		}
		if err != nil {
			return f, err
		}
		if len(f.Content) == 0 {
			return f, &number.Error{Code: Empty, Message: number.Say("the file is empty"), Where: f.Name}
		}
	}
}

// gunzip unpacks a file of gzip, whose name is the one without .gz.
func gunzip(f File, o Options) (File, error) {
	damaged := func(err error) (File, error) {
		return f, malformed(f.Name, GZIP, number.Say("it cannot be unpacked"), err)
	}
	r, err := gzip.NewReader(bytes.NewReader(f.Content))
	if err != nil {
		return damaged(err)
	}
	content, err := io.ReadAll(io.LimitReader(r, o.Limits.Bytes+1))
	switch {
	case int64(len(content)) > o.Limits.Bytes:
		return f, o.Limits.over(f.Name, number.Say("bytes"), o.Limits.Bytes)
	case err != nil:
		return damaged(err)
	}
	if strings.EqualFold(path.Ext(f.Name), ".gz") {
		f.Name = f.Name[:len(f.Name)-len(".gz")]
	}
	return File{Name: f.Name, Content: content}, nil
}

// unzip unpacks the member that is asked for.
func unzip(f File, o Options) (File, error) {
	a, err := openArchive(f, ZIP, o.Limits)
	if err != nil {
		return f, err
	}
	member, err := a.choose(o.Member)
	if err != nil {
		return f, err
	}
	r, err := a.open(member)
	if err != nil {
		return f, err
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	return File{Name: a.place(member), Content: content}, err
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
