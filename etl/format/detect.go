package format

import (
	"bytes"
	"path"
	"strings"
)

// Detect finds the format of a file in its first bytes, and where they leave it open in its
// name. What is no other format is text.
func Detect(f File) Kind {
	head := f.Content[:min(len(f.Content), 4096)]
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\uFEFF")), " \t\r\n")
	switch {
	case bytes.HasPrefix(head, []byte("\x1f\x8b\x08")):
		return GZIP
	case isCompound(f):
		return XLS
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return detectZIP(f)
	case bytes.HasPrefix(text, []byte("{")) && isJSONStat(text, f.Content):
		return JSONStat
	case bytes.HasPrefix(text, []byte("CHARSET=")), bytes.HasPrefix(text, []byte("AXIS-VERSION=")), strings.EqualFold(path.Ext(f.Name), ".px"):
		return PX
	}
	return CSV
}

// isJSONStat looks for what every JSON-stat has.
func isJSONStat(head, content []byte) bool {
	if bytes.Contains(head, []byte(`"class"`)) && bytes.Contains(head, []byte(`"version"`)) {
		return true
	}
	return bytes.Contains(content, []byte(`"dimension"`)) && bytes.Contains(content, []byte(`"value"`)) && bytes.Contains(content, []byte(`"category"`))
}

// detectZIP finds what is in a ZIP file by the names of its members.
func detectZIP(f File) Kind {
	a, err := openArchive(f, ZIP, Limits{})
	switch {
	case err != nil:
		return ZIP
	case a.find("xl/workbook.bin") != nil:
		return "xlsb"
	case a.find("[Content_Types].xml") != nil && (a.find("xl/workbook.xml") != nil || a.find("_rels/.rels") != nil):
		return XLSX
	case a.find("content.xml") != nil && a.find("META-INF/manifest.xml") != nil:
		return ODS
	}
	return ZIP
}

// isCompound reports whether a file holds several, as old workbooks do, and encrypted new
// ones.
func isCompound(f File) bool {
	return bytes.HasPrefix(f.Content, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
}
