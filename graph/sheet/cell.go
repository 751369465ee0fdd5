package sheet

import (
	"fmt"
	"strings"
)

// Cell is one cell of a table.
type Cell struct {
	// Text is its content as the API writes it; numbers with all their digits.
	Text string
	// Known is false for null.
	Known bool
}

func cellOf(value any) Cell {
	switch v := value.(type) {
	case nil:
		return Cell{}
	case string:
		return Cell{v, true}
	case []any:
		texts := make([]string, len(v))
		for i, each := range v {
			texts[i] = cellOf(each).Text
		}
		return Cell{strings.Join(texts, "; "), len(v) > 0}
	}
	return Cell{fmt.Sprint(value), true}
}

// follow gives what stands at a path of objects, nil where it leads nowhere.
func follow(value any, path []string) any {
	for _, key := range path {
		object, ok := value.(map[string]any)
		if !ok {
			return nil
		}
		value = object[key]
	}
	return value
}
