package workspace

import (
	"slices"

	"github.com/niengiam/niengiam/etl/name"
)

// names is the set of the codes of one sort of thing and where each stands.
type names struct {
	sort  string // "indicator"
	marks map[string]mark
	order []string
	// partial says that a file that declares some of them could not be read, so
	// that an unknown code may be one of those: not worth a second fault.
	partial bool
}

func newNames(sort string) *names { return &names{sort: sort, marks: map[string]mark{}} }

// declare enters a code; a second declaration is a fault.
func (n *names) declare(f *faults, code string, at mark) {
	if code == "" {
		return // its absence is a fault already
	}
	if first, known := n.marks[code]; known {
		f.add(at, DuplicateCode, "%s %q is declared twice, first at %s", n.sort, code, first)
		return
	}
	n.marks[code] = at
	n.order = append(n.order, code)
}

// refer checks that a code is declared and reports whether it is.
func (n *names) refer(f *faults, code string, at mark) bool {
	if _, known := n.marks[code]; known {
		return true
	}
	if code != "" && !n.partial {
		f.add(at, UnknownReference, "there is no %s %q", n.sort, code).Nearest = name.Nearest(code, n.order)
	}
	return false
}

// read reads a code that is declared; "" for an absent node.
func (n *names) read(from node) string {
	code := from.scalar()
	n.refer(from.faults, code, from.at)
	return code
}

// readList reads a list of codes that are declared, each once.
func (n *names) readList(from node) []string {
	var codes []string
	for _, item := range bounded(from) {
		code := item.scalar()
		if slices.Contains(codes, code) {
			item.fault(DuplicateCode, "%s %q stands here twice", n.sort, code)
			continue
		}
		n.refer(from.faults, code, item.at)
		codes = append(codes, code)
	}
	return codes
}
