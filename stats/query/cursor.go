package query

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

// cursor is the place in the list of a question where a page ended: it belongs to that
// question and to the data that the page was made of. The pages that follow are of the
// same data, whatever is published in between, so that none of them skips or repeats.
type cursor struct {
	list  string           // which question: listOf
	head  ledger.ReleaseID // the last release that its data know
	count int              // how many entries the list has
	after string           // the key of the last entry, or how many entries came before
}

// listOf names the list of a question by its arguments.
func listOf(name string, arguments ...any) string {
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

// stale is the error of a cursor whose list is another one by now.
func stale() error {
	return &number.Error{
		Code: number.StaleCursor, Where: "after", Message: number.Say("the list has changed since the page before"),
		Hint: number.Say("read it again from the first page"),
	}
}

// place is a part of a list: so many entries after the first ones.
type place struct {
	cursor
	offset, limit int
	next          bool // it follows a cursor
}

// bounds gives the part of a list that a page asks for.
func (p Page) bounds(list string) (place, error) {
	if err := p.check(); err != nil {
		return place{}, err
	}
	at, err := p.from(list)
	if err != nil || at == nil {
		return place{cursor: cursor{list: list}, limit: p.First}, err
	}
	offset, err := strconv.Atoi(at.after)
	if err != nil || offset < 0 {
		return place{}, stale()
	}
	return place{cursor: *at, offset: offset, limit: p.First, next: true}, nil
}

// check refuses a page of too many entries.
func (p Page) check() error {
	if p.First < 1 || p.First > maxPage {
		return &number.Error{
			Code: number.TooMany, Where: "first", Message: number.Say("first is %d; a page has 1 to %d entries", p.First, maxPage),
			Hint: number.Say("ask for further pages with after"),
		}
	}
	return nil
}

// info tells of a page of so many entries at a place of a list of so many.
func (at place) info(entries, total int) (*PageInfo, error) {
	if at.next && at.count != total {
		return nil, stale()
	}
	at.count, at.after = total, strconv.Itoa(at.offset+entries)
	return at.ended(entries, at.offset+entries < total), nil
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

// pageOf gives the part of a list of rows that a question asks for; without first it holds
// all rows that follow. The rest of the question is then about the data of the page before.
func pageOf(r *Resolver, list string, first *int, after *string) place {
	p := Page{First: 1, After: after}
	if first != nil {
		p.First = *first
	}
	at, err := p.bounds(list)
	switch {
	case err != nil:
		r.faults = append(r.faults, err)
	case at.next && at.head > r.Head:
		r.faults = append(r.faults, stale())
	case at.next:
		r.pinned = &at.head
	}
	if first == nil {
		at.limit = maxUnits
	}
	return at
}

// rows gives the bounds of the part among so many rows, and how the page ended: of data
// that know the releases up to the head.
func (at place) rows(head ledger.ReleaseID, count int) (from, to int, info *PageInfo, err error) {
	at.head = head
	from = min(at.offset, count)
	to = from + min(at.limit, count-from)
	info, err = at.info(to-from, count)
	return from, to, info, err
}

// page cuts a page out of a whole list, whose entries have keys: the cursor is the last
// one's, so that what is added meanwhile shifts nothing.
func page[T any](list string, all []T, p Page, key func(T) string) (*Connection[T], error) {
	if err := p.check(); err != nil {
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
			return nil, stale()
		}
	}
	nodes := all[from:min(from+p.First, len(all))]
	end := cursor{list: list, count: len(all)}
	if len(nodes) > 0 {
		end.after = key(nodes[len(nodes)-1])
	}
	return &Connection[T]{Nodes: nodes, TotalCount: len(all), PageInfo: end.ended(len(nodes), from+len(nodes) < len(all))}, nil
}

// connection makes a page of entries that were already cut out.
func connection[T any](nodes []T, at place, total int) (*Connection[T], error) {
	info, err := at.info(len(nodes), total)
	if err != nil {
		return nil, err
	}
	return &Connection[T]{Nodes: nodes, TotalCount: total, PageInfo: info}, nil
}
