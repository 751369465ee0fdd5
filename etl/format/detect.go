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
	case bytes.HasPrefix(text, []byte("{")) && isJSONStat(text, f.Content):
		return JSONStat
	case bytes.HasPrefix(text, []byte("CHARSET=")), bytes.HasPrefix(text, []byte("AXIS-VERSION=")), strings.EqualFold(path.Ext(f.Name), ".px"):
		return PX
	case isTSV(f.Name, text):
		return TSV
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

// isTSV goes by the name, and by a tab in the first line.
func isTSV(name string, head []byte) bool {
	ending := strings.ToLower(path.Ext(name))
	first, _, _ := bytes.Cut(head, []byte("\n"))
	return (ending == ".tsv" || ending == ".tab") && bytes.ContainsRune(first, '\t')
}
