package graph

// Plain returns a Config of which all answers are left to gqlgen.
func (c Config) Plain() Config {
	c.plain = true
	return c
}
