package list

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Page asks for a part of a list.
type Page struct {
	// First is the number of entries, 1 to 1000.
	First int
	// After is the cursor that the page before ended with; nil for the first page.
	After *string
}

// cursor is the place in the list of a question where a page ended: it belongs to that
// question and to the data that the page was made of. The pages that follow are of the
// same data, whatever is published in between, so that none of them skips or repeats.
type cursor struct {
	list  string           // which question: Named
	head  ledger.ReleaseID // the last release that its data know
	count int              // how many entries the list has
	after string           // the key of the last entry, or how many entries came before
}

// Named names the list of a question by its arguments.
func Named(name string, arguments ...any) string {
	hash := fnv.New64a()
	for _, argument := range arguments {
		text, err := json.Marshal(argument)
		if err != nil {
			text = []byte(err.Error())
		}
		_, _ = hash.Write(append(text, '\n')) // a hash takes everything
	}
	return fmt.Sprintf("%s-%x", name, hash.Sum64())
}

func (c cursor) String() string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%s %d %d %s", c.list, c.head, c.count, c.after))
}

// from reads the cursor of a page of a list; nil for the first page.
func (p Page) from(list string) (*cursor, error) {
	if p.After == nil {
		return nil, nil //nolint:nilnil // the first page follows no cursor
	}
	foreign := func(message number.Message) error {
		return &number.Error{
			Code: number.BadCursor, Where: "after", Message: message,
			Hint: number.Say("pass the endCursor of the page before, with the same arguments"),
		}
	}
	text, err := base64.RawURLEncoding.DecodeString(*p.After)
	parts := strings.SplitN(string(text), " ", 4)
	if err != nil || len(parts) != 4 {
		return nil, foreign(number.Say("%q is not a cursor of this list", *p.After))
	}
	head, errHead := strconv.ParseUint(parts[1], 10, 32)
	count, errCount := strconv.Atoi(parts[2])
	if parts[0] != list || errHead != nil || errCount != nil {
		return nil, foreign(number.Say("%q is the cursor of another question", *p.After))
	}
	return &cursor{list: list, head: ledger.ReleaseID(head), count: count, after: parts[3]}, nil
}

// Stale is the error of a cursor whose list is another one by now.
func Stale() error {
	return &number.Error{
		Code: number.StaleCursor, Where: "after", Message: number.Say("the list has changed since the page before"),
		Hint: number.Say("read it again from the first page"),
	}
}

// Part is a part of a list: so many entries after the first ones.
type Part struct {
	cursor
	// Offset is how many entries come before, Limit how many there are at most.
	Offset, Limit int
	// Next reports whether it follows a cursor.
	Next bool
}

// Bounds gives the part of a list that a page asks for.
func (p Page) Bounds(list string) (Part, error) {
	if err := p.Check(); err != nil {
		return Part{}, err
	}
	at, err := p.from(list)
	if err != nil || at == nil {
		return Part{cursor: cursor{list: list}, Limit: p.First}, err
	}
	offset, err := strconv.Atoi(at.after)
	if err != nil || offset < 0 {
		return Part{}, Stale()
	}
	return Part{cursor: *at, Offset: offset, Limit: p.First, Next: true}, nil
}

// Check refuses a page of too many entries.
func (p Page) Check() error {
	if p.First < 1 || p.First > most {
		return &number.Error{
			Code: number.TooMany, Where: "first", Message: number.Say("first is %d; a page has 1 to %d entries", p.First, most),
			Hint: number.Say("ask for further pages with after"),
		}
	}
	return nil
}

// info tells of a page of so many entries at a place of a list of so many.
func (at Part) info(entries, total int) (*PageInfo, error) {
	if at.Next && at.count != total {
		return nil, Stale()
	}
	at.count, at.after = total, strconv.Itoa(at.Offset+entries)
	return at.ended(entries, at.Offset+entries < total), nil
}

// ended tells how a page ended.
func (c cursor) ended(entries int, more bool) *PageInfo {
	info := &PageInfo{}
	if entries > 0 {
		end := c.String()
		info.EndCursor, info.HasNextPage = &end, more
	}
	return info
}

// Head is the last release that the page before knew; 0 without one.
func (at Part) Head() ledger.ReleaseID { return at.head }

// Of is the part of a list whose data know the releases up to a head.
func (at Part) Of(head ledger.ReleaseID) Part {
	at.head = head
	return at
}

// Rows gives the bounds of the part among so many rows, and how the page ended: of data
// that know the releases up to the head.
func (at Part) Rows(head ledger.ReleaseID, count int) (from, to int, info *PageInfo, err error) {
	at = at.Of(head)
	from = min(at.Offset, count)
	to = from + min(at.Limit, count-from)
	info, err = at.info(to-from, count)
	return from, to, info, err
}

// Cut cuts a page out of a whole list, whose entries have keys: the cursor is the last
// one's, so that what is added meanwhile shifts nothing.
func Cut[T any](list string, all []T, p Page, key func(T) string) (*Connection[T], error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	at, err := p.from(list)
	if err != nil {
		return nil, err
	}
	from := 0
	if at != nil {
		for from < len(all) && key(all[from]) != at.after {
			from++
		}
		if from++; from > len(all) {
			return nil, Stale()
		}
	}
	nodes := all[from:min(from+p.First, len(all))]
	end := cursor{list: list, count: len(all)}
	if len(nodes) > 0 {
		end.after = key(nodes[len(nodes)-1])
	}
	return &Connection[T]{Nodes: nodes, TotalCount: len(all), PageInfo: end.ended(len(nodes), from+len(nodes) < len(all))}, nil
}

// Connect makes a page of entries that were already cut out.
func Connect[T any](nodes []T, at Part, total int) (*Connection[T], error) {
	info, err := at.info(len(nodes), total)
	if err != nil {
		return nil, err
	}
	return &Connection[T]{Nodes: nodes, TotalCount: total, PageInfo: info}, nil
}
