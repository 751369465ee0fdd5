package workspace

import (
	"bytes"

	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"
)

// The bounds of a YAML file. They are looked at before it is decoded: the decoder calls
// itself for each level and each key of a mapping, and what it takes grows with the
// square of both.
const (
	maxYAML  = 1 << 20 // bytes
	maxMarks = 200_000 // signs that begin or end something
	maxDepth = 50      // mappings and lists within each other
	maxKeys  = 2_000   // keys of one mapping
	maxRare  = 100     // anchors, aliases, tags, and keys that are no text: a workspace has none
)

// tokenize splits a file into its tokens; false where it is over a bound.
func tokenize(f *faults, file string, content []byte) (token.Tokens, bool) {
	if len(content) > maxYAML {
		f.add(mark{file: file}, TooLarge, "the file is longer than the %d bytes that are allowed", maxYAML)
		return nil, false
	}
	marks := 0
	for i, sign := range content {
		if bytes.IndexByte([]byte("[]{},:?-&*!#|>\n"), sign) < 0 {
			continue
		}
		if marks++; marks > maxMarks {
			f.add(mark{file: file, line: 1 + bytes.Count(content[:i], []byte("\n"))}, TooLarge, "the file has more than %d values", maxMarks)
			return nil, false
		}
	}
	tokens := lexer.Tokenize(string(content))
	return tokens, (&nesting{faults: f, file: file}).within(tokens)
}

// nesting follows how deep the tokens of a file nest.
type nesting struct {
	faults *faults
	file   string
	flow   int     // lists and mappings in brackets that are open
	blocks []block // those by indentation
	rare   int
}

// block is a list or mapping by indentation: the column where its entries begin.
type block struct {
	kind    token.Type
	column  int
	entries int
}

// within reports whether all tokens are within the bounds; the first that is not is a fault.
func (n *nesting) within(tokens token.Tokens) bool {
	for _, tk := range tokens {
		n.next(tk)
		most := 0
		for _, b := range n.blocks[max(0, len(n.blocks)-1):] {
			most = b.entries
		}
		at := place(n.file, tk)
		switch {
		case n.flow+len(n.blocks) > maxDepth:
			n.faults.add(at, TooLarge, "mappings and lists lie within each other more than %d deep", maxDepth)
		case most > maxKeys && n.blocks[len(n.blocks)-1].kind == token.MappingValueType:
			n.faults.add(at, TooLarge, "the mapping has more than %d keys", maxKeys)
		case n.rare > maxRare:
			n.faults.add(at, BadYAML, "a workspace uses no anchors, aliases or tags")
		default:
			continue
		}
		return false
	}
	return true
}

func (n *nesting) next(tk *token.Token) {
	switch tk.Type {
	case token.SequenceStartType, token.MappingStartType:
		n.flow++
	case token.SequenceEndType, token.MappingEndType:
		n.flow = max(0, n.flow-1)
	case token.DocumentHeaderType, token.DocumentEndType:
		n.flow, n.blocks = 0, nil
	case token.AnchorType, token.AliasType, token.TagType, token.MergeKeyType, token.MappingKeyType, token.DirectiveType:
		n.rare++
	case token.SequenceEntryType:
		n.enter(tk.Type, tk)
	case token.MappingValueType:
		if tk.Prev != nil {
			n.enter(tk.Type, tk.Prev)
		}
	}
}

// enter adds an entry to the list or mapping whose entries begin where it does; what
// begins further right has ended.
func (n *nesting) enter(kind token.Type, first *token.Token) {
	if n.flow > 0 || first.Position == nil {
		return
	}
	column := first.Position.Column
	for len(n.blocks) > 0 && n.blocks[len(n.blocks)-1].column > column {
		n.blocks = n.blocks[:len(n.blocks)-1]
	}
	// A list may begin in the column of the key that it is the value of.
	for i := len(n.blocks) - 1; i >= 0 && n.blocks[i].column == column; i-- {
		if n.blocks[i].kind == kind {
			n.blocks = n.blocks[:i+1]
			n.blocks[i].entries++
			return
		}
	}
	n.blocks = append(n.blocks, block{kind, column, 1})
}
