package format

import (
	"archive/zip"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// Locked is the code of a file that is encrypted, such as a workbook with a password.
const Locked number.Code = "FILE_LOCKED"

// Parts of spreadsheets are repetitive, but not as much as what is made to fill a memory:
// more than bombBytes that unpack from less than 1/bombRatio of them are refused.
const (
	bombRatio = 200
	bombBytes = 32 << 20
)

// archive is a ZIP file, whose members are read within the limits.
type archive struct {
	name    string
	kind    Kind
	limits  Limits
	members map[string]*zip.File
}

// openArchive reads the directory of a ZIP file. Names of members are compared as Windows
// does, without case and with either slash.
func openArchive(f File, kind Kind, limits Limits) (*archive, error) {
	directory, err := zip.NewReader(f.at(), f.length())
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // nothing is written to where a member says
		return nil, malformed(f.Name, kind, number.Say("it is cut off or damaged: the directory of its members, at its end, cannot be read"), err)
	}
	a := &archive{name: f.Name, kind: kind, limits: limits, members: map[string]*zip.File{}}
	for _, member := range directory.File {
		if key := memberKey(member.Name); a.members[key] == nil {
			a.members[key] = member
		}
	}
	return a, nil
}

func memberKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean(strings.ReplaceAll(name, `\`, "/")), "/"))
}

// find gives the member of a name, nil where there is none.
func (a *archive) find(name string) *zip.File { return a.members[memberKey(name)] }

// place names a member in an error.
func (a *archive) place(member *zip.File) string { return a.name + "/" + member.Name }

// open begins to read a member. What is read of it ends with a coded error where it goes
// over the limit or is damaged.
func (a *archive) open(member *zip.File) (io.ReadCloser, error) {
	switch size := member.UncompressedSize64; {
	case member.Flags&1 != 0:
		return nil, &number.Error{
			Code: Locked, Message: number.Say("the member %q is encrypted", member.Name), Where: a.place(member),
			Hint: number.Say("unpack it with its password and give the file itself"),
		}
	case size > uint64(a.limits.Bytes):
		return nil, a.limits.over(a.place(member), number.Say("bytes"), a.limits.Bytes)
	case a.kind != ZIP && size > bombBytes && size/bombRatio > member.CompressedSize64:
		return nil, &number.Error{
			Code: TooLarge, Message: number.Say("it unpacks to more than %d times its size", bombRatio), Where: a.place(member),
			Hint: number.Say("save it anew in a spreadsheet program, without the formats of empty cells"),
		}
	}
	content, err := member.Open()
	if err != nil {
		return nil, a.damaged(member, err)
	}
	return &memberReader{content: content, archive: a, member: member, left: a.limits.Bytes}, nil
}

// damaged is the fault of a member that cannot be unpacked.
func (a *archive) damaged(member *zip.File, err error) *number.Error {
	switch {
	case errors.Is(err, zip.ErrChecksum):
		return malformed(a.place(member), a.kind, number.Say("the checksum of the member %q is another one", member.Name), err)
	case errors.Is(err, zip.ErrAlgorithm):
		return malformed(a.place(member), a.kind, number.Say("the member %q is packed in a way that is not known", member.Name), err)
	}
	return malformed(a.place(member), a.kind, number.Say("the member %q cannot be unpacked", member.Name), err)
}

// memberReader reads a member with coded errors and never more than the limit, whatever the
// directory says of its size.
type memberReader struct {
	content io.ReadCloser
	archive *archive
	member  *zip.File
	left    int64
}

func (r *memberReader) Read(p []byte) (int, error) {
	n, err := r.content.Read(p)
	if r.left -= int64(n); r.left < 0 {
		return 0, r.archive.limits.over(r.archive.place(r.member), number.Say("bytes"), r.archive.limits.Bytes)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return n, r.archive.damaged(r.member, err)
	}
	return n, err
}

func (r *memberReader) Close() error { return r.content.Close() }
