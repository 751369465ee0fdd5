// Package place fetches the files of sources from where they are: a folder that others put
// files into, an address on the web, a bucket, a database. What it fetches lies in a folder
// of snapshots, each file under its checksum; all that follows reads it there and asks no
// place again.
//
// fetch.go has the way of all places: within limits, again where it failed for a reason that
// may pass, and with a record of the versions that are here already. folder.go, http.go, s3.go
// and sql.go (postgres.go, clickhouse.go) ask one kind of place each; watch.go says when
// something arrives in a folder. snapshot.go writes files, guard.go says which addresses may
// be asked, secret.go keeps secrets out of what is told, fault.go has the faults.
package place

import (
	"log/slog"
	"net/netip"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// Config is what a fetcher needs.
type Config struct {
	// Snapshots is the folder in which what is fetched is kept.
	Snapshots string
	// Workspace is the directory that relative paths are in.
	Workspace string
	// Getenv reads a variable of the environment: secrets are there, or in files.
	Getenv func(name string) string
	// Logger logs attempts that fail; nil for none.
	Logger *slog.Logger
	// BackOff makes the pauses between attempts; nil for those of half a second and more,
	// each longer than the one before and none quite like another.
	BackOff func() backoff.BackOff
	// IsPrivate reports whether an address is of a private network; nil for those that are so
	// everywhere.
	IsPrivate func(netip.Addr) bool
}

// Fetcher fetches the files of sources.
type Fetcher struct{ Config }

// New makes a fetcher. It does nothing until files are fetched.
func New(config Config) *Fetcher {
	if config.Logger == nil {
		config.Logger = slog.New(slog.DiscardHandler)
	}
	if config.BackOff == nil {
		config.BackOff = func() backoff.BackOff {
			pauses := backoff.NewExponentialBackOff()
			pauses.MaxInterval = 30 * time.Second
			return pauses
		}
	}
	if config.IsPrivate == nil {
		config.IsPrivate = isPrivate
	}
	return &Fetcher{config}
}

// File is a file that was fetched.
type File struct {
	// Name is its name, with the folders that it lies in; no two files of a source have the same.
	Name string `json:"name"`
	// Address is where it was fetched, without secrets.
	Address string `json:"address"`
	// Tag and Changed are what its place says of its version; "" where it does not.
	Tag     string `json:"tag,omitempty"`
	Changed string `json:"changed,omitempty"`
	// SHA256 is the checksum of its bytes, in hexadecimal, Bytes its size.
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
}

// Version is what identifies the version of the file: what its place calls it, or when it was
// changed, or its checksum.
func (f *File) Version() string {
	switch {
	case f.Tag != "":
		return "ETag " + f.Tag
	case f.Changed != "":
		return "changed " + f.Changed
	}
	return "sha256 " + f.SHA256
}
