// Package workspace reads a workspace: the directory that declares levels,
// topics, indicators, units, cohorts, targets and sources, as docs/workspace.md
// describes it. It finds every fault of all the files at once, each with its
// place, so that nobody has to fix them one by one.
package workspace

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"
	_ "time/tzdata" // schedules name time zones, and a container may have no list of them

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// Filename is the file that makes a directory a workspace.
const Filename = "niengiam.yaml"

// Workspace is a workspace that has been read and has no fault.
type Workspace struct {
	// Dir is its directory.
	Dir string
	// Code names it.
	Code string
	// Title is its title.
	Title number.Text
	// TimeZone is that of schedules which name none.
	TimeZone *time.Location
	// Definitions are what its catalogue declares. Units have no keys yet.
	Definitions catalogue.Definitions
	// Checksum is that of the definitions: files that declare the same have the same.
	Checksum string
	// Sources are its sources, in the order of the file.
	Sources []*Source
	// Deliveries are its deliveries, in the order of the file.
	Deliveries []*Delivery
	// Shapes are the shapes of its maps by the code of the map: TopoJSON.
	Shapes map[string][]byte
}

// Source gives the source of a code, nil when there is none.
func (w *Workspace) Source(code string) *Source {
	for _, source := range w.Sources {
		if source.Code == code {
			return source
		}
	}
	return nil
}

// Read reads the workspace in a directory; nil questions are none. The error holds every
// fault that was found (number.Errors lists them); with an error there is no workspace.
func Read(dir string, questions Questions) (*Workspace, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, &number.Error{
			Code: FileMissing, Message: number.Say("the directory of the workspace cannot be opened"), Where: dir, Err: err,
		}
	}
	defer root.Close()
	if _, err := root.Stat(Filename); err != nil {
		return nil, &number.Error{
			Code: FileMissing, Message: number.Say("the directory has no %s, so it is no workspace", Filename), Where: dir, Err: err,
			Hint: number.Say("name the directory that has one, such as the sample's examples/angiang"),
		}
	}
	r := &reader{
		root:        root,
		levels:      newNames("level"),
		topics:      newNames("topic"),
		dimensions:  newNames("dimension"),
		indicators:  newNames("indicator"),
		units:       newNames("unit"),
		cohorts:     newNames("cohort"),
		targets:     newNames("target"),
		scorecards:  newNames("scorecard"),
		briefings:   newNames("briefing"),
		dashboards:  newNames("dashboard"),
		maps:        newNames("map"),
		questions:   newNames("saved question"),
		sources:     newNames("source"),
		byLevel:     map[string]*catalogue.Level{},
		byCode:      map[string]*catalogue.Indicator{},
		byDimension: map[string]*catalogue.Dimension{},
	}
	know(r, questions)
	workspace := r.workspace()
	if err := r.err(); err != nil {
		return nil, err
	}
	workspace.Dir = dir
	if workspace.Checksum, err = checksum(workspace.Definitions); err != nil {
		return nil, err
	}
	return workspace, nil
}

// reader reads one workspace. Whatever is referred to is read before what refers
// to it: levels, topics and dimensions, then indicators and units, then the rest.
type reader struct {
	faults
	root  *os.Root
	saved Questions

	levels, topics, dimensions, indicators, units, cohorts, targets, scorecards, briefings, dashboards, maps, questions, sources *names

	byLevel     map[string]*catalogue.Level
	byCode      map[string]*catalogue.Indicator
	byDimension map[string]*catalogue.Dimension
	versions    []version
}

func (r *reader) workspace() *Workspace {
	top := r.yaml(node{faults: &r.faults, at: mark{file: Filename}}, Filename)
	m := top.mapping("workspace", "title", "time_zone", "catalogue", "briefings", "dashboards", "maps", "deliveries", "sources")
	w := &Workspace{Code: m.need("workspace").code(), Title: m.need("title").text(), TimeZone: time.UTC}
	if zone := m.get("time_zone"); zone.exists() {
		w.TimeZone = timeZone(zone)
	}
	catalogue := m.need("catalogue").mapping("levels", "topics", "dimensions", "indicators", "units", "units_known_from", "crosswalks", "cohorts", "targets", "scorecards")
	d := &w.Definitions
	d.Levels = readLevels(r, catalogue.need("levels"))
	d.Topics = readTopics(r, catalogue.need("topics"))
	d.Dimensions = readDimensions(r, catalogue.get("dimensions"))
	d.Indicators = readIndicators(r, catalogue.need("indicators"))
	d.Units = readUnits(r, catalogue.need("units"))
	if known := catalogue.get("units_known_from"); known.exists() {
		d.KnownFrom = known.date()
	}
	d.Crosswalk = readCrosswalks(r, catalogue.get("crosswalks"))
	d.Cohorts = readCohorts(r, catalogue.get("cohorts"))
	d.Targets = readTargets(r, catalogue.get("targets"))
	d.Scorecards = readScorecards(r, catalogue.get("scorecards"))
	d.Briefings = readBriefings(r, m.get("briefings"))
	d.Dashboards = readDashboards(r, m.get("dashboards"))
	d.Maps, w.Shapes = readMaps(r, m.get("maps"))
	w.Deliveries = readDeliveries(r, m.get("deliveries"), w.TimeZone)
	for _, item := range m.get("sources").list() {
		if source := readSource(r, item, w.TimeZone); source != nil {
			w.Sources = append(w.Sources, source)
		}
	}
	return w
}

// yaml reads the YAML file at a path that stands at a place.
func (r *reader) yaml(at node, file string) node {
	content, ok := r.content(at, file)
	if !ok {
		return node{faults: &r.faults, at: mark{file: file}}
	}
	return parseYAML(&r.faults, file, content)
}

// document reads the YAML file that a node names, an absent node when it names
// none or the file cannot be read.
func (r *reader) document(n node) node {
	file := n.scalar()
	if file == "" {
		return node{faults: &r.faults, at: n.at}
	}
	return r.yaml(n, path.Clean(file))
}

// content reads a file of the workspace; a file that cannot be had is a fault at
// the place that names it.
func (r *reader) content(at node, file string) ([]byte, bool) {
	if !filepath.IsLocal(filepath.FromSlash(file)) {
		at.fault(FileOutside, "the path %q leaves the workspace", file)
		return nil, false
	}
	content, err := r.root.ReadFile(filepath.FromSlash(file))
	switch {
	case err == nil:
		return content, true
	case errors.Is(err, fs.ErrNotExist):
		at.fault(FileMissing, "there is no file %q", file).Err = err
	default:
		at.fault(FileMissing, "the file %q cannot be read", file).Err = err
	}
	return nil, false
}

// checksum is that of what the definitions say, so that a comment or the order
// of keys in a file changes nothing.
func checksum(definitions catalogue.Definitions) (string, error) {
	content, err := json.Marshal(definitions)
	if err != nil {
		return "", &number.Error{Code: BadValue, Message: number.Say("the definitions cannot be written as JSON"), Err: err}
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:]), nil
}
