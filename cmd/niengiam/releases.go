package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/list"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// shownChanges is how many changed cells of a release are shown.
const shownChanges = 1000

type releasesCommand struct {
	Number string `arg:"" optional:"" help:"The number of one release, to see its files and what it changed."`
}

// Run lists the releases, the latest publication first, or shows one of them.
func (c *releasesCommand) Run(s *session) (err error) {
	store, err := open(s.ctx, s, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.close()) }()
	if c.Number != "" {
		return showRelease(s, query.New(store).As(figure.Caller{Confidential: s.CallerConfidential}), c.Number)
	}
	releases := slices.Clone(store.Catalogue().Releases)
	slices.Reverse(releases)
	t := table.NewWriter()
	t.SetOutputMirror(s.out)
	t.SetStyle(table.StyleLight)
	t.AppendHeader(table.Row{"release", "published", "source", "added", "revised", "removed", "rejected", "loaded", "by", ""})
	for _, r := range releases {
		t.AppendRow(table.Row{r.ID, r.Published, r.SourceCode, r.Added, r.Revised, r.Removed, r.Rejected, r.Loaded.Format(time.DateTime), r.Actor, reversal(r)})
	}
	t.Render()
	return nil
}

// showRelease prints the files of a release and its changes cell by cell.
func showRelease(s *session, service *query.Service, numeral string) error {
	release := service.Release(numeral)
	if release == nil {
		return &number.Error{
			Code: number.UnknownRelease, Message: number.Say("no release has the number %q", numeral), Hint: number.Say("niengiam releases lists them"),
		}
	}
	fmt.Fprintf(s.out, "release %s of %s, published %s, loaded %s by %s\n",
		release.ID, release.SourceCode, release.Published, release.Loaded.Format(time.DateTime), release.Actor)
	switch {
	case release.Corrects != 0:
		fmt.Fprintln(s.out, reversal(release))
	case reversal(release) != "":
		fmt.Fprintf(s.out, "%s: %s\n", reversal(release), release.Comment)
	}
	if release.Restatement != 0 {
		fmt.Fprintf(s.out, "restatement %s, approved by %s: %s\n", release.Restatement, release.ApprovedBy, release.Comment)
	}
	for _, file := range release.Files {
		fmt.Fprintf(s.out, "file %s, %d bytes, sha256 %s\n", file.Path, file.Bytes, file.SHA256)
	}
	for _, f := range service.Findings(release) {
		if f.Rule != "" {
			printFinding(s, f, service.FindingText(f, number.English))
			continue
		}
		fmt.Fprintf(s.out, "finding %s: %s %s %d: %s is used (%s), %s is not (%s)\n",
			f.Code, f.IndicatorCode, f.UnitCode, f.Year, f.Used, f.UsedCitation, f.Other, f.OtherCitation)
	}
	changes, err := service.Changes(s.ctx, release, list.Page{First: shownChanges})
	if err != nil {
		return err
	}
	t := table.NewWriter()
	t.SetOutputMirror(s.out)
	t.SetStyle(table.StyleLight)
	t.AppendHeader(table.Row{"indicator", "unit", "name", "year", "old", "new", "place"})
	for _, c := range changes.Nodes {
		t.AppendRow(table.Row{
			c.IndicatorCode, c.UnitCode, c.UnitName(number.Vietnamese), strconv.Itoa(int(c.Year)),
			fraction(c.Old, c.OldDenominator), fraction(c.New, c.NewDenominator), place(c.Place),
		})
	}
	t.Render()
	if rest := changes.TotalCount - len(changes.Nodes); rest > 0 {
		fmt.Fprintf(s.out, "and %d more cells\n", rest)
	}
	return nil
}

// fraction writes a value with its denominator; … where it is not known.
func fraction(value, denominator number.Value) string {
	v, known := value.Decimal()
	if !known {
		return "…"
	}
	if d, whole := denominator.Decimal(); whole {
		return v.String() + "/" + d.String()
	}
	return v.String()
}
