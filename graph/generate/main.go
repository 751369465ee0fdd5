// Command generate makes graph/gen and the resolvers anew from the schema: what gqlgen makes,
// and the writers of package encode. make generate runs it.
package main

import (
	"fmt"
	"os"

	"github.com/99designs/gqlgen/api"
	"github.com/99designs/gqlgen/codegen/config"
)

func main() {
	if err := generate(); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

// generate makes all of it, in the root of the project.
func generate() error {
	c, err := config.LoadConfig("gqlgen.yml")
	if err != nil {
		return err
	}
	return api.Generate(c, api.AddPlugin(writers{}))
}
