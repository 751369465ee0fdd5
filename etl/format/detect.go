package format

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// Detect finds the format of a file in its first bytes, and where they leave it open in its
// name. What is no other format is text. A file that cannot be read is text, too: reading it
// tells why.
func Detect(f File) Kind {
	if kind, err := detect(f); err == nil {
		return kind
	}
	return CSV
}

func detect(f File) (Kind, error) {
	begin, err := f.head(1 << 20)
	if err != nil {
		return "", err
	}
	head := begin[:min(len(begin), 4096)]
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\uFEFF")), " \t\r\n")
	switch {
	case bytes.HasPrefix(head, []byte("PAR1")):
		return Parquet, nil
	case bytes.HasPrefix(head, []byte("\x1f\x8b\x08")):
		return GZIP, nil
	case isCompound(head):
		return XLS, nil
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		if f, err = f.random(); err != nil {
			return "", err
		}
		return detectZIP(f), nil
	case bytes.HasPrefix(text, []byte("{")):
		if kind, err := detectObject(f, text); kind != "" || err != nil {
			return kind, err
		}
	}
	return detectText(f.Name, head, text, begin), nil
}

// detectObject finds of which format a text is that begins with a brace; "" for none. The
// words that tell may stand anywhere in it.
func detectObject(f File, head []byte) (Kind, error) {
	if bytes.Contains(head, []byte(`"class"`)) && bytes.Contains(head, []byte(`"version"`)) {
		return JSONStat, nil
	}
	for _, c := range []struct {
		kind  Kind
		words []string
	}{{JSONStat, []string{`"dimension"`, `"value"`, `"category"`}}, {SDMXJSON, []string{`"dataSets"`, `"structure`, `"dimensions"`}}} {
		if has, err := f.has(c.words...); has || err != nil {
			return c.kind, err
		}
	}
	if ending := strings.ToLower(path.Ext(f.Name)); ending == ".jsonl" || ending == ".ndjson" {
		return JSONLines, nil
	}
	return isJSONLines(f)
}

// detectText finds of which format a text is.
func detectText(name string, head, text, begin []byte) Kind {
	switch {
	case isJSON(text):
		return JSON
	case bytes.HasPrefix(text, []byte("CHARSET=")), bytes.HasPrefix(text, []byte("AXIS-VERSION=")), strings.EqualFold(path.Ext(name), ".px"):
		return PX
	case bytes.HasPrefix(text, []byte("<")) && bytes.Contains(head, []byte("urn:schemas-microsoft-com:office:spreadsheet")) && !bytes.Contains(bytes.ToLower(head), []byte("<html")):
		return spreadsheetML
	case isHTML(text, begin):
		return HTML
	case sdmxDelimiter(string(text)) != 0:
		return SDMXCSV
	case isEurostat(text):
		return EurostatTSV
	case isTSV(name, text):
		return TSV
	}
	return CSV
}

// isTSV goes by the name, and by a tab in the first line.
func isTSV(name string, head []byte) bool {
	ending := strings.ToLower(path.Ext(name))
	first, _, _ := bytes.Cut(head, []byte("\n"))
	return (ending == ".tsv" || ending == ".tab") && bytes.ContainsRune(first, '\t')
}

// isJSONLines looks for a first line that is an object, and another after it: JSONLines, or "".
func isJSONLines(f File) (Kind, error) {
	from, err := f.open()
	if err != nil {
		return "", err
	}
	defer from.Close()
	lines := bufio.NewReaderSize(from, partBytes)
	if mark, _ := lines.Peek(3); string(mark) == "\uFEFF" {
		_, _ = lines.Discard(3) // they were peeked
	}
	var first []byte
	for {
		line, err := lines.ReadBytes('\n')
		if line = bytes.Trim(line, " \t\r\n"); len(line) > 0 && first != nil {
			if bytes.HasPrefix(line, []byte("{")) && json.Valid(first) {
				return JSONLines, nil
			}
			return "", nil
		} else if len(line) > 0 {
			first = line
		}
		if err != nil {
			if errors.Is(err, io.EOF) && number.CodeOf(err) == "" {
				return "", nil
			}
			return "", unread(f.Name, err)
		}
	}
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
		bytes.Contains(bytes.ToLower(content), []byte("<table"))
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
func isCompound(head []byte) bool {
	return bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
}
