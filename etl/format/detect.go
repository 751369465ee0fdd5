package format

import (
	"bytes"
	"encoding/json"
	"path"
	"strings"
)

// Detect finds the format of a file in its first bytes, and where they leave it open in its
// name. What is no other format is text.
func Detect(f File) Kind {
	head := f.Content[:min(len(f.Content), 4096)]
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\uFEFF")), " \t\r\n")
	switch {
	case bytes.HasPrefix(f.Content, []byte("PAR1")):
		return Parquet
	case bytes.HasPrefix(head, []byte("\x1f\x8b\x08")):
		return GZIP
	case isCompound(f):
		return XLS
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return detectZIP(f)
	case bytes.HasPrefix(text, []byte("{")) && isJSONStat(text, f.Content):
		return JSONStat
	case isSDMXJSON(text, f.Content):
		return SDMXJSON
	case isJSONLines(f, text):
		return JSONLines
	case isJSON(text):
		return JSON
	case bytes.HasPrefix(text, []byte("CHARSET=")), bytes.HasPrefix(text, []byte("AXIS-VERSION=")), strings.EqualFold(path.Ext(f.Name), ".px"):
		return PX
	case bytes.HasPrefix(text, []byte("<")) && bytes.Contains(head, []byte("urn:schemas-microsoft-com:office:spreadsheet")) && !bytes.Contains(bytes.ToLower(head), []byte("<html")):
		return spreadsheetML
	case isHTML(text, f.Content):
		return HTML
	case sdmxDelimiter(string(text)) != 0:
		return SDMXCSV
	case isEurostat(text):
		return EurostatTSV
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

// isJSONLines looks for a first line that is an object, and another after it.
func isJSONLines(f File, head []byte) bool {
	if !bytes.HasPrefix(head, []byte("{")) {
		return false
	}
	if ending := strings.ToLower(path.Ext(f.Name)); ending == ".jsonl" || ending == ".ndjson" {
		return true
	}
	first, rest, _ := bytes.Cut(bytes.TrimLeft(bytes.TrimPrefix(f.Content, []byte("\uFEFF")), " \t\r\n"), []byte("\n"))
	return bytes.HasPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte("{")) && json.Valid(first)
}

// isJSON looks for the beginning of an object, or of a list of objects or lists: a text that
// is no JSON may begin with [a].
func isJSON(head []byte) bool {
	if len(head) == 0 {
		return false
	}
	next := bytes.TrimLeft(head[1:], " \t\r\n")
	return head[0] == '{' && (bytes.HasPrefix(next, []byte(`"`)) || bytes.HasPrefix(next, []byte("}"))) ||
		head[0] == '[' && len(next) > 0 && bytes.IndexByte([]byte("{[]"), next[0]) >= 0
}

// isSDMXJSON looks for what every message with data has.
func isSDMXJSON(head, content []byte) bool {
	return bytes.HasPrefix(head, []byte("{")) && bytes.Contains(content, []byte(`"dataSets"`)) &&
		bytes.Contains(content, []byte(`"structure`)) && bytes.Contains(content, []byte(`"dimensions"`))
}

// isEurostat looks for a first cell such as freq,unit,geo\TIME_PERIOD.
func isEurostat(head []byte) bool {
	first, _, tab := bytes.Cut(head, []byte("\t"))
	return tab && !bytes.ContainsAny(first, "\n\"") && bytes.Count(first, []byte(`\`)) == 1
}

// isHTML looks for an element at the beginning, and for a table or what only pages begin with.
func isHTML(head, content []byte) bool {
	if !bytes.HasPrefix(head, []byte("<")) {
		return false
	}
	head = bytes.ToLower(head)
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.Contains(head, []byte("<html")) ||
		bytes.Contains(bytes.ToLower(content[:min(len(content), 1<<20)]), []byte("<table"))
}

// detectZIP finds what is in a ZIP file by the names of its members.
func detectZIP(f File) Kind {
	a, err := openArchive(f, ZIP, Limits{})
	switch {
	case err != nil:
		if kind := Kind(strings.ToLower(strings.TrimPrefix(path.Ext(f.Name), "."))); kind == XLSX || kind == ODS {
			return kind // it is cut off, and its name says what it was
		}
		return ZIP
	case a.find("xl/workbook.bin") != nil:
		return xlsb
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
