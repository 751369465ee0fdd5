package question

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Value reads a value of a type as an address or a dashboard gives it: lists as several
// texts or with commas, input objects as JSON.
func Value(schema *ast.Schema, kind *ast.Type, given []string) (any, error) {
	if kind.Elem != nil {
		list := []any{}
		for _, each := range given {
			for part := range strings.SplitSeq(each, ",") {
				value, err := Value(schema, kind.Elem, []string{strings.TrimSpace(part)})
				if err != nil {
					return nil, err
				}
				list = append(list, value)
			}
		}
		return list, nil
	}
	if len(given) != 1 {
		return nil, fmt.Errorf("it is given %d times", len(given))
	}
	text := given[0]
	switch definition := schema.Types[kind.NamedType]; {
	case kind.NamedType == "Int":
		n, err := strconv.ParseInt(text, 10, 32)
		if err != nil {
			return nil, fmt.Errorf("%q is not a whole number", text)
		}
		return n, nil
	case kind.NamedType == "BaseYear":
		if n, err := strconv.ParseInt(text, 10, 32); err == nil {
			return n, nil
		}
		if text != previous {
			return nil, fmt.Errorf("%q is neither a year nor %s", text, previous)
		}
	case kind.NamedType == "Boolean":
		b, err := strconv.ParseBool(text)
		if err != nil {
			return nil, fmt.Errorf("%q is neither true nor false", text)
		}
		return b, nil
	case definition != nil && definition.Kind == ast.InputObject:
		var object map[string]any
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		if err := decoder.Decode(&object); err != nil {
			return nil, fmt.Errorf("%q is not a JSON object", text)
		}
		return object, nil
	case definition != nil && definition.Kind == ast.Enum && definition.EnumValues.ForName(text) == nil:
		return nil, fmt.Errorf("%q is none of its values", text)
	}
	return text, nil
}
