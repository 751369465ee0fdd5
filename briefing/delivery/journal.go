package delivery

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/briefing"
)

// newest is how much of the end of a journal is read.
const newest = 1 << 20

// Sent returns the records of the last deliveries of a code, at most so many, the latest
// first. A webhook is named by its host: its path may be a secret. Without a journal
// there are none.
func Sent(journal, code string, most int) ([]*briefing.DeliveryRecord, error) {
	records := []*briefing.DeliveryRecord{}
	file, err := os.Open(journal)
	if errors.Is(err, fs.ErrNotExist) {
		return records, nil
	}
	if err != nil {
		return nil, fmt.Errorf("delivery: %w", err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, newest)
	if info, err := file.Stat(); err == nil && info.Size() > newest {
		if _, err := file.Seek(-newest, io.SeekEnd); err != nil {
			return nil, fmt.Errorf("delivery: %w", err)
		}
		lines.Scan() // the rest of a line
	}
	for lines.Scan() {
		var r Record
		if json.Unmarshal(lines.Bytes(), &r) != nil || r.Delivery != code { // a line that was cut off tells nothing
			continue
		}
		records = append(records, &briefing.DeliveryRecord{
			Destination: hostOf(r.To), At: r.At, Attempts: r.Attempts, Files: append([]string{}, r.Files...), Reason: r.Code,
			Error: strings.ReplaceAll(r.Error, strings.TrimPrefix(r.To, webhook), hostOf(r.To)),
		})
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("delivery: %w", err)
	}
	slices.Reverse(records)
	return records[:min(most, len(records))], nil
}

// webhook begins the name of a place that is an address of HTTP.
const webhook = "webhook "

// hostOf leaves of an address of HTTP its host.
func hostOf(place string) string {
	address, is := strings.CutPrefix(place, webhook)
	if !is {
		return place
	}
	parsed, err := url.Parse(address)
	if err != nil {
		return strings.TrimSpace(webhook)
	}
	return webhook + parsed.Host
}
