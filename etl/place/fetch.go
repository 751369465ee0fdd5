package place

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"
	"unicode"

	"github.com/cenkalti/backoff/v5"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// asker asks one place once for its files. What is there already in the version that the
// place has is not fetched again.
type asker interface {
	ask(ctx context.Context) ([]File, error)
}

// visit is one place that is asked for files: what an asker has besides what is its own.
type visit struct {
	*secrets
	kept    snapshots
	limits  workspace.Limits
	address string // of the place, without secrets
	known   []File // that were fetched before
}

// Fetch fetches the files of a source into the folder of snapshots: all of them, or none is
// returned. It asks its places one after another; what was fetched is recorded, so that the
// next time only another version is fetched. Errors are coded; none has a secret.
func (f *Fetcher) Fetch(ctx context.Context, source *workspace.Source) ([]File, error) {
	kept := snapshots{f.Snapshots}
	kept.sweep(time.Now())
	known := kept.recorded(source.Code)
	var files []File
	for i := range source.Places {
		found, err := f.visit(ctx, source.Code, &source.Places[i], known)
		if err != nil {
			return nil, err
		}
		files = append(files, found...)
	}
	distinguish(files)
	return files, kept.note(source.Code, files)
}

// Last lists the files that were fetched last for a source, where all of them are still there.
func (f *Fetcher) Last(source string) []File {
	kept := snapshots{f.Snapshots}
	files := kept.recorded(source)
	for i := range files {
		if !kept.has(&files[i]) {
			return nil
		}
	}
	return files
}

// visit asks a place, within its limits, again and again where it failed for a reason that
// may pass.
func (f *Fetcher) visit(ctx context.Context, source string, at *workspace.Place, known []File) ([]File, error) {
	v := &visit{secrets: &secrets{Fetcher: f}, kept: snapshots{f.Snapshots}, limits: at.Limits, known: known}
	asks := v.asker(at)
	within, stop := context.WithTimeout(ctx, at.Limits.Time)
	defer stop()
	var last error
	log := f.Logger.With("source", source, "place", v.address)
	files, err := backoff.Retry(within, func() ([]File, error) {
		files, err := asks.ask(within)
		last = v.told(ctx, within, err)
		var may *passing
		switch {
		case err == nil:
			return files, nil
		case !errors.As(err, &may):
			return nil, backoff.Permanent(last)
		case may.after > 0:
			return nil, &backoff.RetryAfterError{Duration: may.after}
		}
		return nil, last
	}, backoff.WithBackOff(f.BackOff()), backoff.WithMaxTries(uint(at.Limits.Retries+1)), backoff.WithMaxElapsedTime(at.Limits.Time),
		backoff.WithNotify(func(_ error, pause time.Duration) {
			log.Warn("place is asked again", "code", number.CodeOf(last), "error", last, "in", pause)
		}))
	if err == nil {
		return files, nil
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return nil, last
}

func (v *visit) asker(at *workspace.Place) asker {
	switch {
	case at.Folder != nil:
		v.address = at.Folder.Path
		return &folder{visit: v, Folder: at.Folder}
	case at.HTTP != nil:
		v.address = at.HTTP.URL
		return &web{visit: v, HTTP: at.HTTP}
	case at.S3 != nil:
		v.address = fmt.Sprintf("%s/%s/%s", strings.TrimRight(at.S3.Endpoint, "/"), at.S3.Bucket, at.S3.Pattern)
		return &bucket{visit: v, S3: at.S3}
	}
	v.address = at.SQL.Server
	if strings.HasPrefix(at.SQL.Server, "clickhouse:") {
		return &clickHouse{visit: v, SQL: at.SQL}
	}
	return &postgres{visit: v, SQL: at.SQL}
}

// told makes of a failure what is told of it: where, and without secrets.
func (v *visit) told(ctx, within context.Context, err error) error {
	if err == nil || ctx.Err() != nil {
		return ctx.Err()
	}
	coded, ok := errors.AsType[*number.Error](err)
	switch {
	case isOver(within) && (!ok || coded.Code != Changing):
		coded = fault(Slow, number.Say("it took longer than %s", v.limits.Time.String()), err)
	case !ok:
		coded = fault(Unreachable, number.Say("the server cannot be reached"), err)
	}
	own := *coded
	if own.Where == "" {
		own.Where = v.address
	}
	return v.scrub(&own)
}

// isOver reports whether the time of a context is over. A connection that ends with it may say so
// before the context does.
func isOver(ctx context.Context) bool {
	end, ends := ctx.Deadline()
	return ctx.Err() != nil || ends && !time.Now().Before(end)
}

// before finds the file that was fetched at an address before, where it is still there.
func (v *visit) before(address string) (File, bool) {
	for i := range v.known {
		if f := &v.known[i]; f.Address == address && (f.Tag != "" || f.Changed != "") && v.kept.has(f) {
			return *f, true
		}
	}
	return File{}, false
}

// distinguish gives each file a name of its own: of several with the same one the later ones
// get a number, in the order of their places.
func distinguish(files []File) {
	taken := map[string]bool{}
	for i := range files {
		name := files[i].Name
		for n := 2; taken[files[i].Name]; n++ {
			end := path.Ext(name)
			files[i].Name = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, end), n, end)
		}
		taken[files[i].Name] = true
	}
}

// longestName is how many bytes a name may have: systems take 255.
const longestName = 200

// clean makes the name of a file of a text that others wrote: one that leaves no folder, hides
// nothing and means nothing else here.
func clean(text string) string {
	text = path.Base(strings.ReplaceAll(text, `\`, "/"))
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar || strings.ContainsRune(`:*?"<>|`, r) {
			return '_'
		}
		return r
	}, strings.ToValidUTF8(text, "_"))
	text = strings.ReplaceAll(strings.TrimLeft(strings.TrimSpace(text), "."), ".mended", "-mended") // those are of the workspace
	if over := len(text) - longestName; over > 0 {
		end := path.Ext(text)
		end = end[:min(len(end), 20)]
		text = strings.ToValidUTF8(text[:longestName-len(end)], "") + end
	}
	if text == "" || text == "/" {
		return "file"
	}
	return text
}

// cleanPath does so for each folder of a path.
func cleanPath(text string) string {
	var parts []string
	for part := range strings.SplitSeq(text, "/") {
		if part != "" {
			parts = append(parts, clean(part))
		}
	}
	return strings.Join(parts, "/")
}
