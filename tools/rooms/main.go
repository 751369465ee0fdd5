// Command rooms measures how the packages of the project hang together: for each how
// many lines it has, how many of its files use one another in a loop, how many methods
// stand in another file than their type, and how many names it exports. `make rooms`
// prints the table; a test holds the bounds.
package main

import (
	"context"
	"fmt"
	"os"
	"text/tabwriter"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "rooms:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	rooms, err := measure(ctx, "./...")
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "package\tlines\tfiles\tin the largest loop\tmethods\toutside their type's file\texported\t")
	for _, r := range rooms {
		fmt.Fprintf(table, "%s\t%d\t%d\t%d\t%d\t%d (%.0f %%)\t%d\t\n",
			r.path, r.lines, r.files, len(r.loop), r.methods, len(r.outside), r.share(), r.exported)
	}
	return table.Flush()
}
