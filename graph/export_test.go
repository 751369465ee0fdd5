package graph

import "github.com/niengiam/niengiam/graph/kept"

// Break makes a Server believe what is wrong, for tests that must notice: that a field is
// pure, or that an answer does not depend on one of the parts that it is kept under, counted
// from 1: rights, language, decimals, operation name, variables; 0 is the query itself.
func Break(s *Server, pure string, part int) {
	s.keeper.pure = func(field string) (bool, bool) {
		if field == pure {
			return true, true
		}
		return isPure(field)
	}
	s.keeper.keyOf = func(text string, parts ...string) kept.Key {
		switch {
		case part == 0:
			text = ""
		case part > 0:
			parts[part-1] = ""
		}
		return kept.KeyOf(text, parts...)
	}
}

// Pure reports whether answers with a field may be kept, and whether that is decided.
func Pure(field string) (pure, decided bool) { return isPure(field) }

// Plain returns a Config of which all answers are left to gqlgen.
func (c Config) Plain() Config {
	c.plain = true
	return c
}
