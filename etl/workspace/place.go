package workspace

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
)

// Place is where files of a source come from, other than the workspace: one of the four is
// given. What is fetched is kept with the snapshots of the source, so nothing of a place is
// part of the rules for reading.
type Place struct {
	Folder *Folder
	HTTP   *HTTP
	S3     *S3
	SQL    *SQL
	// Limits bound what is fetched.
	Limits Limits
}

// Limits bound what is fetched from a place.
type Limits struct {
	// Time is how long it may take, all attempts together, Bytes the size of the largest file.
	Time  time.Duration
	Bytes int64
	// Retries is how often an attempt is repeated that failed for a reason that may pass.
	Retries int
	// Private allows addresses of private networks and of this machine, OtherScheme redirects
	// from https to http and back.
	Private, OtherScheme bool
}

// The bounds of a place that declares none.
const (
	defaultTime    = 10 * time.Minute
	longestTime    = 24 * time.Hour
	defaultRetries = 4
	mostRetries    = 20
	defaultRows    = 5_000_000
)

// readFrom reads the place, or the list of places, that a source names.
func readFrom(n node, source *Source) []Place {
	if !n.exists() {
		return nil
	}
	items := []node{n}
	if n.isList() {
		items = n.list()
	}
	var places []Place
	for _, item := range items {
		if place, ok := readPlace(item, source); ok {
			places = append(places, place)
		}
	}
	if len(items) == 0 {
		n.fault(MissingKey, "a source has at least one file")
	}
	return places
}

func readPlace(n node, source *Source) (Place, bool) {
	known := len(n.faults.all)
	m := n.mapping("folder", "http", "s3", "sql")
	var place Place
	if folder := m.get("folder"); folder.exists() {
		place = readFolder(folder)
	}
	if at := m.get("http"); at.exists() {
		place = readHTTP(at)
	}
	if bucket := m.get("s3"); bucket.exists() {
		place = readS3(bucket)
	}
	if database := m.get("sql"); database.exists() {
		place = readSQL(database, source)
	}
	if m.exists() && len(m.fields) != 1 && len(n.faults.all) == known {
		n.fault(MissingKey, "a place is one of folder, http, s3, sql; several stand in a list")
	}
	return place, place != Place{}
}

// Folder is a folder into which others put files: each is read when it stands still.
type Folder struct {
	// Path is its path, absolute or relative to the workspace.
	Path string
	// Patterns are the globs of the names of its files.
	Patterns []string
	// Still is how long size and time of change of a file must stay the same before it is read.
	Still time.Duration
	// Poll is how often the folder is looked at, besides what the system tells: of network
	// drives it tells nothing.
	Poll time.Duration
}

func readFolder(n node) Place {
	m := n.mapping("path", "files", "still", "poll", "time_limit", "size_limit")
	folder := &Folder{
		Path: m.need("path").scalar(), Patterns: readGlobs(m.get("files"), "*"),
		Still: duration(m.get("still"), 10*time.Second, time.Hour), Poll: duration(m.get("poll"), 30*time.Second, time.Hour),
	}
	place := Place{Folder: folder, Limits: readLimits(m)}
	if place.Limits.Time <= folder.Still {
		m.get("time_limit").fault(BadMapping, "time_limit is not longer than the time that files must stand still (%s)", folder.Still)
	}
	return place
}

// HTTP is an address on the web. Secrets are in the environment or in files, which the
// workspace names.
type HTTP struct {
	// URL is the address, without secrets; File is the name under which what is there is
	// read; "" for the one that the server or the address gives.
	URL, File string
	// Headers and Query are sent with the request.
	Headers, Query []Field
	// Bearer is sent as such, User and Password as basic authentication.
	Bearer, Password Secret
	User             string
}

// Field is a header, or a parameter of an address, with its text or the secret that it is.
type Field struct {
	Name, Text string
	Secret     Secret
}

func readHTTP(n node) Place {
	m := n.mapping("url", "file", "headers", "query", "bearer", "user", "password", "allow", "time_limit", "size_limit", "retries")
	at := &HTTP{
		URL: address(m.need("url"), "http", "https").scalar(), File: fileName(m.get("file")), Headers: readFields(m.get("headers")), Query: readFields(m.get("query")),
		Bearer: readSecret(m.get("bearer")), User: m.get("user").scalar(), Password: readSecret(m.get("password")),
	}
	for _, header := range at.Headers {
		if slices.Contains([]string{"authorization", "host", "content-length", "accept-encoding", "if-none-match", "if-modified-since"}, strings.ToLower(header.Name)) {
			m.get("headers").fault(BadValue, "the header %s is the program's own: use bearer, or user and password", header.Name)
		}
	}
	if (at.User != "") != (at.Password != Secret{}) || at.User != "" && at.Bearer != (Secret{}) {
		m.fault(BadMapping, "either user and password are sent, or bearer")
	}
	return Place{HTTP: at, Limits: readLimits(m)}
}

// S3 is storage with the interface of Amazon S3.
type S3 struct {
	// Endpoint is the address of the server, Region its region.
	Endpoint, Region, Bucket string
	// Pattern is a key, or a glob of keys: * stays within one part of a key.
	Pattern string
	// AccessKey and SecretKey say who asks; without them nobody in particular does.
	AccessKey, SecretKey Secret
}

func readS3(n node) Place {
	m := n.mapping("endpoint", "region", "bucket", "files", "access_key", "secret_key", "allow", "time_limit", "size_limit", "retries")
	bucket := &S3{
		Endpoint: address(m.need("endpoint"), "http", "https").scalar(), Region: m.get("region").scalar(), Bucket: m.need("bucket").scalar(),
		Pattern: glob(m.need("files")), AccessKey: readSecret(m.get("access_key")), SecretKey: readSecret(m.get("secret_key")),
	}
	if parsed, err := url.Parse(bucket.Endpoint); err == nil && strings.Trim(parsed.Path, "/")+parsed.RawQuery != "" {
		m.get("endpoint").fault(BadValue, "%q is more than the address of a server", bucket.Endpoint)
	}
	if (bucket.AccessKey == Secret{}) != (bucket.SecretKey == Secret{}) {
		m.fault(BadMapping, "access_key and secret_key stand together")
	}
	return Place{S3: bucket, Limits: readLimits(m)}
}

// SQL is a query that a database answers: its rows are one file.
type SQL struct {
	// Server is the address of the database: postgres://host:5432/name or
	// clickhouse://host:9000/name.
	Server string
	// User and Password say who asks.
	User     string
	Password Secret
	// TLS is verify, require (encrypted, and nobody checks by whom) or none.
	TLS string
	// Query is the statement, File the name of the file without its end, Rows the most rows.
	Query, File string
	Rows        int
}

func readSQL(n node, source *Source) Place {
	m := n.mapping("server", "user", "password", "tls", "query", "file", "row_limit", "time_limit", "size_limit", "retries")
	database := &SQL{
		Server: address(m.need("server"), "postgres", "clickhouse").scalar(), User: m.get("user").scalar(), Password: readSecret(m.get("password")),
		TLS: m.get("tls").choice("verify", "require", "none"), Query: m.need("query").scalar(), File: fileName(m.get("file")),
		Rows: m.get("row_limit").integer(1, 100_000_000),
	}
	if parsed, err := url.Parse(database.Server); err == nil {
		for key := range parsed.Query() {
			if key != "host" && key != "port" {
				m.get("server").fault(BadValue, "the address has a parameter other than host and port: there are keys for user, password, tls")
			}
		}
	}
	if database.File == "" {
		database.File = source.Code
	}
	if database.Rows == 0 {
		database.Rows = defaultRows
	}
	if source.Table.Format != "" {
		n.fault(BadMapping, "the rows of a query are no file of the format %s: leave table.format out", source.Table.Format)
	}
	return Place{SQL: database, Limits: readLimits(m)}
}

// readLimits reads the bounds of a place.
func readLimits(m mapping) Limits {
	limits := Limits{
		Time: duration(m.get("time_limit"), defaultTime, longestTime), Bytes: size(m.get("size_limit"), maxFile),
		Retries: defaultRetries,
	}
	if retries := m.get("retries"); retries.exists() {
		limits.Retries = retries.integer(0, mostRetries)
	}
	for _, item := range m.get("allow").scalars() {
		switch item {
		case "private-addresses":
			limits.Private = true
		case "other-scheme":
			limits.OtherScheme = true
		default:
			m.get("allow").fault(BadValue, "%q is none of private-addresses, other-scheme", item)
		}
	}
	return limits
}

// address reads an address of one of some schemes. It holds no secret: addresses are told in
// messages and kept with the runs.
func address(n node, schemes ...string) node {
	text := n.scalar()
	if !n.exists() {
		return n
	}
	parsed, err := url.Parse(text)
	switch {
	case err != nil:
		n.fault(BadValue, "this is not an address")
	case parsed.User != nil:
		n.fault(BadValue, "an address has no user and password: use the keys user and password")
	case !slices.Contains(schemes, parsed.Scheme), parsed.Opaque != "", parsed.Host == "" && parsed.Query().Get("host") == "", parsed.Fragment != "":
		n.fault(BadValue, "%q is not an address that begins with %s://", text, strings.Join(schemes, ":// or "))
	}
	return n
}

// readGlobs reads one glob or a list of them.
func readGlobs(n node, otherwise string) []string {
	if !n.exists() {
		return []string{otherwise}
	}
	items := []node{n}
	if n.isList() {
		items = n.list()
	}
	var globs []string
	for _, item := range items {
		globs = append(globs, glob(item))
	}
	return globs
}

// glob reads a pattern of names.
func glob(n node) string {
	text := n.scalar()
	if _, err := path.Match(text, "x"); n.exists() && (err != nil || text == "" || path.Clean(text) != text || strings.HasPrefix(text, "..") || path.IsAbs(text)) {
		n.fault(BadValue, "%q is not a pattern of file names", text)
	}
	return text
}

// fileName reads the name of a file that lies in no folder.
func fileName(n node) string {
	text := n.scalar()
	if n.exists() && (text != path.Base(text) || strings.ContainsAny(text, `\`) || strings.HasPrefix(text, ".")) {
		n.fault(BadValue, "%q is not the name of a file", text)
	}
	return text
}

// readFields reads names with texts or secrets.
func readFields(n node) []Field {
	if !n.exists() {
		return nil
	}
	m := n.mapping()
	var fields []Field
	for name := range m.keys {
		value := m.get(name)
		if strings.ContainsAny(name, " :\r\n\t") {
			value.fault(BadValue, "%q is not a name", name)
		}
		field := Field{Name: name}
		if value.isMapping() {
			field.Secret = readSecret(value)
		} else if field.Text = value.scalar(); strings.ContainsAny(field.Text, "\r\n") {
			value.fault(BadValue, "the text of %q has several lines", name)
		}
		fields = append(fields, field)
	}
	slices.SortFunc(fields, func(a, b Field) int { return strings.Compare(a.Name, b.Name) })
	return fields
}
