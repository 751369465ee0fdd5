package check_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

// context lists the files that a build is sent: those of a clean clone, less what is ignored.
func context(t *testing.T) []string {
	t.Helper()
	file, err := os.Open("../container/Containerfile.dockerignore")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	patterns, err := ignorefile.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	ignored, err := patternmatcher.New(patterns)
	if err != nil {
		t.Fatal(err)
	}
	list := exec.CommandContext(t.Context(), "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	list.Dir = top
	var files []string
	for name := range strings.SplitSeq(strings.TrimRight(must(t, list), "\x00"), "\x00") {
		out, err := ignored.MatchesOrParentMatches(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Lstat(filepath.Join(top, name)); err == nil && !out {
			files = append(files, name)
		}
	}
	return files
}

// What git does not hold, a build must not be sent either: what was built here, and secrets.
func TestABuildIsSentACleanClone(t *testing.T) {
	file, err := os.Open("../container/Containerfile.dockerignore")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	patterns, err := ignorefile.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		".git/HEAD", "bin/niengiam", "node_modules/@chdb/index.js", "web/node_modules/preact/package.json", "web/dist/site/index.html", ".niengiam/engine/engine.json",
		"deploy/container/.env", "deploy/container/niengiam.yaml", "examples/clients/node_modules/a/b.js",
	} {
		if out, err := patternmatcher.MatchesOrParentMatches(name, patterns); err != nil || !out {
			t.Errorf("%s is sent (%v)", name, err)
		}
	}
	sent := context(t)
	for _, name := range []string{"go.mod", "Makefile", "package-lock.json", ".npmrc", "web/dist/README", "web/package.json", "deploy/licences.mjs", "deploy/container/passwd", "LICENSE", "CHANGELOG.md"} {
		if !slices.Contains(sent, name) {
			t.Errorf("%s is not sent", name)
		}
	}
}

// copyContext carries out a COPY of the whole context.
func (b *build) copyContext(c *instructions.CopyCommand, target string) {
	b.t.Helper()
	if !slices.Equal(c.SourcePaths, []string{"."}) {
		b.t.Fatalf("%s: only all of the context is copied here", c)
	}
	pack := exec.CommandContext(b.t.Context(), "cp", "--archive", "--parents", "--target-directory="+target)
	pack.Dir = top
	pack.Args = append(pack.Args, context(b.t)...)
	must(b.t, pack)
}
