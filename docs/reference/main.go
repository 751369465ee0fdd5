// Command reference writes the pages of the documentation that say what stands in the code:
// the settings, the keys of a workspace, the API, and the words of the codes. make generate
// runs it, and CI fails where it changes a page.
package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	if err := write(); err != nil {
		fmt.Fprintln(os.Stderr, "reference:", err)
		os.Exit(1)
	}
}

// write makes all pages, in the root of the project.
func write() error {
	pages := map[string]string{}
	for _, make := range []func(pages map[string]string) error{settings, keys, api, codes} {
		if err := make(pages); err != nil {
			return err
		}
	}
	for _, file := range slices.Sorted(maps.Keys(pages)) {
		if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(pages[file]), 0o600); err != nil {
			return err
		}
	}
	return removeOthers(pages)
}

// removeOthers removes pages of what is no more.
func removeOthers(pages map[string]string) error {
	found, err := filepath.Glob("docs/reference/api/*.md")
	for _, file := range found {
		if _, made := pages[filepath.ToSlash(file)]; !made && err == nil {
			err = os.Remove(file)
		}
	}
	return err
}

// begin starts a page: where it is from, for those who would change it, and its title.
func begin(from, title string) *strings.Builder {
	var page strings.Builder
	fmt.Fprintf(&page, "<!-- Made by docs/reference of %s: change that, then `make generate`. -->\n# %s\n", from, title)
	return &page
}

// cell makes a text fit for a cell of a table.
func cell(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "|", `\|`)
}
