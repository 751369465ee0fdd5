package etl

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/mapping"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/list"
	"github.com/niengiam/niengiam/stats/number"
)

// previewActor is who a preview is of where nobody loads.
const previewActor = "preview"

// Preview reads, maps, checks and compares a source as a load of some years does (zero: all)
// and reports what the load would do, at most so many cells, rejects and findings each (0:
// all). It records no run, keeps no file, defines and publishes nothing, and waits for no load.
func (p *Pipeline) Preview(ctx context.Context, source string, years catalogue.Years, most int) (_ *catalogue.LoadPreview, err error) {
	known := p.Workspace.Source(source)
	if known == nil {
		return nil, p.unknown(source)
	}
	snapshot, err := readFiles(ctx, p.Workspace, known, shelf{dir: p.Snapshots})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, snapshot.close()) }()
	return p.preview(ctx, known, snapshot, years, most)
}

// PreviewFile previews a load of a source with a file that is not in the workspace: in place
// of the one of its name, or of the only one that there is, or beside the others where a
// pattern of the source fits its name. Nothing of it is kept.
func (p *Pipeline) PreviewFile(ctx context.Context, source, name string, content []byte, most int) (_ *catalogue.LoadPreview, err error) {
	known := p.Workspace.Source(source)
	if known == nil {
		return nil, p.unknown(source)
	}
	snapshot, err := readLast(ctx, p.Workspace, known, p.Snapshots)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, snapshot.close()) }()
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	at, err := snapshot.placeOf(known, name)
	if err != nil {
		return nil, err
	}
	digest := sha256.Sum256(content)
	sum := hex.EncodeToString(digest[:])
	if at < 0 {
		folder := path.Join(fetchedFolder, known.Code)
		if len(snapshot.files) > 0 {
			folder = path.Dir(snapshot.files[0].Path)
		}
		snapshot.files = append(snapshot.files, file{File: ledger.File{Path: path.Join(folder, name), SHA256: sum, Bytes: int64(len(content))}, content: content})
		snapshot.fingerprint = ""
	} else if f := &snapshot.files[at]; f.SHA256 != sum {
		if err := f.close(); err != nil {
			return nil, err
		}
		*f = file{File: ledger.File{Path: f.Path, SHA256: sum, Bytes: int64(len(content))}, content: content}
		snapshot.fingerprint = ""
	}
	return p.preview(ctx, known, snapshot, catalogue.Years{}, most)
}

// mostNear is how many files are named where it is not clear which is meant.
const mostNear = 3

// placeOf finds the file that one of a name takes the place of; -1 where it is one more.
func (s snapshot) placeOf(source *workspace.Source, name string) (int, error) {
	var own []string
	only := -1
	for i, f := range s.files {
		if path.Base(f.Path) == name {
			return i, nil
		}
		if !mapping.IsMended(f.Path) {
			own, only = append(own, path.Base(f.Path)), i
		}
	}
	for _, pattern := range source.Patterns {
		if fits, _ := path.Match(path.Base(pattern), name); fits {
			return -1, nil
		}
	}
	if len(own) == 1 {
		return only, nil
	}
	if len(own) == 0 { // nothing was fetched yet
		return -1, nil
	}
	return 0, &number.Error{
		Code: FileUnclear, Where: name, Nearest: own[:min(len(own), mostNear)],
		Message: number.Say("the source has %d files and none is called %q, nor does a pattern of the source fit it", len(own), name),
		Hint:    number.Say("give the file the name of the one that it takes the place of"),
	}
}

// preview previews a load of some years of the files of a snapshot.
func (p *Pipeline) preview(ctx context.Context, source *workspace.Source, snapshot snapshot, years catalogue.Years, most int) (_ *catalogue.LoadPreview, err error) {
	if err := p.Sink.Refresh(ctx); err != nil {
		return nil, fmt.Errorf("read the releases: %w", err)
	}
	calendar, err := p.Sink.CatalogueWith(ctx, definitions(p.Workspace), p.Workspace.Checksum)
	if err != nil {
		return nil, fmt.Errorf("read the catalogue: %w", err)
	}
	config := p.Config
	config.Sink = &readOnly{Sink: p.Sink, catalogue: calendar}
	l := &load{Config: config, source: source, years: years, run: ledger.Run{Source: source.Code, Actor: previewActor}}
	result, err := examineLoad(ctx, l, calendar, snapshot.sources())
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, result.facts.close()) }()
	preview := &catalogue.LoadPreview{
		SourceCode: source.Code, Titles: source.Title, Outcome: ledger.Unchanged, Files: list.Pointers(snapshot.list()),
		Read: result.Read, Accepted: result.Accepted, Rejected: result.Rejected, RejectCount: len(result.rejects),
		Rejects: list.Pointers(stored(first(result.rejects, most))),
	}
	changes, err := diff(ctx, l, result.facts, snapshot.list())
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, changes.close()) }()
	var findings []ledger.Finding
	for _, f := range slices.Concat(result.findings, changes.findings) {
		findings = append(findings, f.Finding)
	}
	preview.FindingCount, preview.Findings = len(findings), list.Pointers(first(findings, most))
	shown, err := l.foresee(ctx, preview, changes, snapshot)
	if err != nil {
		return nil, err
	}
	if preview.LeftOut = l.leftOut; shown {
		if err := l.describe(ctx, preview, changes, most); err != nil {
			return nil, err
		}
	}
	preview.Tables = mapping.Preview(source, snapshot.sources())
	for series := range result.facts.series {
		preview.IndicatorCodes = append(preview.IndicatorCodes, result.facts.codes[series>>yearBits])
	}
	slices.Sort(preview.IndicatorCodes)
	preview.IndicatorCodes = slices.Compact(preview.IndicatorCodes)
	preview.Unchanged = max(0, result.Facts-preview.CellCount+preview.Dropped-l.leftOut)
	return preview, nil
}

// foresee finds how the load would end, and reports whether it would publish or hold something.
func (l *load) foresee(ctx context.Context, p *catalogue.LoadPreview, c *changes, snapshot snapshot) (bool, error) {
	last, err := l.Sink.LastSnapshot(ctx, l.source.Code)
	if err != nil {
		return false, fmt.Errorf("look for the last snapshot: %w", err)
	}
	mustWait := c.mustWait || severe(c.findings, ledger.Hold)
	if mustWait {
		digest, err := c.digest(ctx)
		if err != nil {
			return false, err
		}
		for _, r := range l.known {
			if r.State == ledger.Pending && r.Digest == digest {
				p.Pending = r.ID
			}
		}
	}
	switch {
	case last == snapshot.fingerprint && p.Pending == 0: // the load ends before it compares
		return false, nil
	case l.source.StopOnReject && len(l.rejects) > 0, severe(c.findings, ledger.Stop):
		p.ByCheck = !l.source.StopOnReject || len(l.rejects) == 0
		p.Outcome = ledger.Refused
		return false, nil
	case mustWait:
		p.ByCheck = !c.mustWait
		p.Outcome = ledger.Waiting
	case len(c.drafts) > 0:
		p.Outcome = ledger.Published
	}
	return len(c.drafts) > 0, nil
}

// foreseen is what a load would do to a cell, and its place in the order of the load.
type foreseen struct {
	ledger.Effect
	dropped bool
	release ledger.ReleaseID
	seq     uint64
}

// describe lists the cells that change and counts all.
func (l *load) describe(ctx context.Context, p *catalogue.LoadPreview, c *changes, most int) error {
	calendar := c.comparison.calendar
	p.Releases = len(c.drafts)
	var all []foreseen
	err := c.each(ctx, func(cell *compared) error {
		drafts := make([]*ledger.Draft, len(cell.entries))
		for i := range cell.entries {
			drafts[i] = &ledger.Draft{Observations: []ledger.Observation{cell.entries[i].Observation}}
		}
		for i, effect := range calendar.Ledger().Effects(drafts, cell.history) {
			e := &cell.entries[i]
			if effect.Old != nil {
				old := *effect.Old
				effect.Old = &old
			}
			all = append(all, foreseen{effect, cell.isDropped(e), e.At.Release, cell.seq[e.Nth]})
		}
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortFunc(all, func(a, b foreseen) int { return cmp.Or(cmp.Compare(a.release, b.release), cmp.Compare(a.seq, b.seq)) })
	for i := range all {
		e := &all[i]
		e.New.At.Release = c.numbers[e.release]
		p.IndicatorCodes = append(p.IndicatorCodes, e.New.Indicator)
		cell := &catalogue.PreviewCell{Kind: catalogue.CellAdded, Published: e.New.At.Published}
		switch {
		case e.dropped:
			cell.Kind = catalogue.CellDropped
			p.Dropped++
		case e.Behind:
			cell.Kind = catalogue.CellRecorded
			p.Recorded++
		case e.Old != nil:
			cell.Kind = catalogue.CellRevised
			p.Revised++
		default:
			p.Added++
		}
		if most == 0 || i < most {
			change := catalogue.NewCellChange(calendar, e.Old, &e.New)
			cell.Change = &change
			p.Cells = append(p.Cells, cell)
		}
	}
	p.CellCount = len(all)
	return nil
}

// first returns at most so many of a list, 0: all.
func first[T any](all []T, most int) []T {
	if most == 0 || len(all) <= most {
		return all
	}
	return all[:most]
}
