// Package niengiam carries the pages of the documentation into the program: Go embeds
// nothing that lies above a package, and README stands at the top. Package docs makes
// pages of them.
package niengiam

import "embed"

// Pages are the texts of the documentation and their pictures, by their place in the
// project. A page of another folder needs a pattern here: a test names those that others
// link to and that are not carried.
//
//go:embed *.md deploy/*.md deploy/*/*.md docs/*.md docs/*/*.md docs/*/*/*.md docs/*.png examples/*/*.md examples/*/*/*.md
var Pages embed.FS
