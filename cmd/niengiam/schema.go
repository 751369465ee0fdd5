package main

import (
	"fmt"

	"github.com/niengiam/niengiam/graph"
)

type schemaCommand struct{}

// Run prints the schema of the API.
func (schemaCommand) Run(s *session) error {
	_, err := fmt.Fprint(s.out, graph.SDL())
	return err
}
