// Package workspace reads a workspace: the directory that declares levels,
// topics, indicators, units, cohorts, targets and sources, as docs/workspace.md
// describes it. It reports all faults of all files at once, each with its place, so
// that nobody has to fix them one by one.
//
// From the bottom up: fault.go has faults and places, node.go and value.go the values of
// a YAML file, csv.go the rows of a table, directory.go opens what is in the directory, bound.go says
// how much a YAML file may hold, files.go reads the files that others name, names.go
// the codes that are declared and referred to, reader.go what has been read so far. Each
// noun has a file that reads it. workspace.go puts all together.
package workspace

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"slices"
	"time"
	_ "time/tzdata" // schedules name time zones, and a container may have no list of them

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/validation"
)

// Filename is the file that makes a directory a workspace.
const Filename = "niengiam.yaml"

// Workspace is a workspace that has been read and has no fault.
type Workspace struct {
	// Dir is its directory.
	Dir string
	// Code is its code.
	Code string
	// Title is its title.
	Title number.Text
	// TimeZone is the time zone of schedules that name none.
	TimeZone *time.Location
	// Definitions are what its catalogue defines. Units have no keys yet.
	Definitions catalogue.Definitions
	// Aliases are other names of units, folded as places, with their codes.
	Aliases map[string][]string
	// Checksum is the checksum of the definitions; files that define the same have the same.
	Checksum string
	// Checks are those of its indicators, by their codes: every source inherits them.
	Checks map[string][]validation.Check
	// Sources are its sources, in the order of the file.
	Sources []*Source
	// Deliveries are its deliveries, in the order of the file.
	Deliveries []*Delivery
	// Notices are who is told how loads ended.
	Notices []*Notice
	// Shapes are the shapes of its maps, as TopoJSON, by the code of the map.
	Shapes map[string][]byte
}

// Source returns the source with a code, nil if there is none.
func (w *Workspace) Source(code string) *Source {
	for _, source := range w.Sources {
		if source.Code == code {
			return source
		}
	}
	return nil
}

// Zone is the time zone in which the times of a source are told: that of its schedule, or else of
// the workspace.
func (w *Workspace) Zone(code string) *time.Location {
	if source := w.Source(code); source != nil && source.Schedule != nil {
		return source.Schedule.TimeZone
	}
	return w.TimeZone
}

// Read reads the workspace in a directory; nil questions means that it has none. The
// error holds every fault that was found (number.Errors lists them); with an error there
// is no workspace.
func Read(dir string, questions Questions) (*Workspace, error) {
	return ReadWith(dir, questions, nil)
}

// ReadWith reads the workspace in a directory as if its file niengiam.yaml had that content;
// nil is what it has.
func ReadWith(dir string, questions Questions, content []byte) (*Workspace, error) {
	directory, err := OpenDirectory(dir)
	if err != nil {
		return nil, err
	}
	defer directory.Close()
	if _, err := directory.Stat(Filename); errors.Is(err, fs.ErrNotExist) {
		return nil, &number.Error{
			Code: FileMissing, Message: number.Say("the directory has no %s, so it is no workspace", Filename), Where: dir, Err: err,
			Hint: number.Say("name the directory that has one, such as the sample's examples/angiang"),
		}
	}
	r := newReader(directory)
	if content != nil {
		r.instead = map[string][]byte{Filename: content}
	}
	workspace := readWorkspace(r, questions)
	if err := r.err(); err != nil {
		return nil, err
	}
	workspace.Dir = dir
	if workspace.Checksum, err = checksum(workspace.Definitions); err != nil {
		return nil, err
	}
	return workspace, nil
}

func readWorkspace(r *reader, questions Questions) *Workspace {
	if questions != nil {
		know(r, questions)
	}
	top := r.yaml(node{faults: &r.faults, at: mark{file: Filename}}, Filename)
	m := top.mapping("workspace", "title", "time_zone", "catalogue", "briefings", "dashboards", "maps", "deliveries", "notices", "sources")
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
		r.knownFrom = d.KnownFrom
	}
	d.Crosswalk = readCrosswalks(r, catalogue.get("crosswalks"))
	d.Cohorts = readCohorts(r, catalogue.get("cohorts"))
	d.Targets = readTargets(r, catalogue.get("targets"))
	d.Scorecards = readScorecards(r, catalogue.get("scorecards"))
	d.Briefings = readBriefings(r, m.get("briefings"))
	d.Dashboards = readDashboards(r, questions, m.get("dashboards"))
	d.Maps, w.Shapes = readMaps(r, m.get("maps"))
	w.Deliveries = readDeliveries(r, m.get("deliveries"), w.TimeZone)
	for _, item := range m.get("sources").list() {
		if source := readSource(r, item, w.TimeZone); source != nil {
			w.Sources, d.Sources = append(w.Sources, source), append(d.Sources, source.definition())
		}
	}
	checkOrder(r, w.Sources)
	w.Notices = readNotices(r, m.get("notices"), w.Deliveries)
	d.Untranslated, w.Checks, w.Aliases = r.untranslated, r.checks, r.aliases
	return w
}

// Calendar is what the workspace defines, where nothing was ever published.
func (w *Workspace) Calendar() *catalogue.Calendar {
	own := w.Definitions
	own.Units = slices.Clone(own.Units) // they get keys
	own.AssignKeys(nil)
	return catalogue.NewCalendar(catalogue.NewCatalogue(own, ledger.Holdings{}))
}

// checksum is the checksum of what the definitions say, so that a comment or the order
// of keys in a file changes nothing.
func checksum(definitions catalogue.Definitions) (string, error) {
	content, err := json.Marshal(definitions)
	if err != nil {
		return "", &number.Error{Code: BadValue, Message: number.Say("the definitions cannot be written as JSON"), Err: err}
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:]), nil
}
