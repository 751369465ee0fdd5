package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version is the newest version that CHANGELOG.md has a section for; it stands here
// alone. Between two versions the commit tells builds apart.
const version = "0.2.0"

type versionCommand struct{}

// Run prints the version, the commit it was built from where that is known, and
// the versions of Go and the platform.
func (versionCommand) Run(s *session) error {
	commit := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, setting := range info.Settings {
			if setting.Key == "vcs.revision" {
				commit = " " + setting.Value
			}
		}
	}
	_, err := fmt.Fprintf(s.out, "niengiam %s%s (%s %s/%s)\n", version, commit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
