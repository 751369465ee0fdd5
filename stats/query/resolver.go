package query

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Resolver resolves the codes of a question and collects its faults, so that all are
// reported at once.
type Resolver struct {
	*figure.State
	faults []error
	pinned *ledger.ReleaseID // the last release that the page before knew
}

// Fault adds a fault of the question.
func (r *Resolver) Fault(e *number.Error) { r.faults = append(r.faults, e) }

// hasFault reports whether an argument has a fault already.
func (r *Resolver) hasFault(where string) bool {
	return slices.ContainsFunc(number.Errors(r.Err()), func(e *number.Error) bool { return e.Where == where })
}

// Err joins the faults that were found; nil when there is none.
func (r *Resolver) Err() error { return errors.Join(r.faults...) }

func (r *Resolver) indicator(code string) *catalogue.Indicator {
	return r.indicatorAt("indicator", code)
}

func (r *Resolver) indicatorAt(where, code string) *catalogue.Indicator {
	if i := r.State.Indicator(code); i != nil {
		return i
	}
	r.Fault(&number.Error{
		Code: number.UnknownIndicator, Where: where, Message: number.Say("no indicator has the code %q", code),
		Nearest: number.NearestName(code, r.IndicatorNames()), Hint: number.Say("list them with { indicators { nodes { code name } } }"),
	})
	return nil
}

func (r *Resolver) level(where, code string) *catalogue.Level {
	if l := r.State.Level(code); l != nil {
		return l
	}
	var names []number.Name
	for _, l := range r.Levels {
		names = append(names, number.NewName(l.Code, l.Noun.VI, l.Noun.EN))
	}
	r.Fault(&number.Error{
		Code: number.UnknownLevel, Where: where, Message: number.Say("no level has the code %q", code),
		Nearest: number.NearestName(code, names), Hint: number.Say("list them with { levels { code name } }"),
	})
	return nil
}

// Unit finds the unit that has a code on the day.
func (r *Resolver) Unit(where, code string, day number.Date) *catalogue.Unit {
	h := r.At(day)
	if u := h.Unit(code); u != nil {
		return u
	}
	if len(r.faults) >= maxFaults {
		return nil
	}
	if r.Knows(code) {
		r.Fault(&number.Error{
			Code: number.UnknownUnit, Where: where,
			Message: number.Say("the code %q belongs to no unit on %s", code, day),
			Hint:    number.Say("it did %s", r.lifeOf(code)),
		})
		return nil
	}
	r.Fault(&number.Error{
		Code: number.UnknownUnit, Where: where, Message: number.Say("no unit has the code %q", code),
		Nearest: number.NearestName(code, r.UnitNames(h)), Hint: number.Say("find it with { units(search: \"…\") { nodes { code name } } }"),
	})
	return nil
}

// lifeOf says from when to when a code belonged to a unit: "from 2005-04-27 to 2025-01-01".
func (r *Resolver) lifeOf(code string) number.Message {
	used := r.InUse(code)
	switch first, last := used.From, used.To; {
	case first.IsOpen() && last.IsOpen():
		return number.Message{}
	case first.IsOpen():
		return number.Say("until %s", last)
	case last.IsOpen():
		return number.Say("from %s", first)
	default:
		return number.Say("from %s until %s", first, last)
	}
}

// publishedFor reports whether the indicator has figures for a level: its own,
// or those of a level below.
func (r *Resolver) publishedFor(where string, i *catalogue.Indicator, level *catalogue.Level) {
	if i == nil || level == nil {
		return
	}
	lowest := r.State.Level(i.Eligibility.Level)
	if level.Index() <= lowest.Index() {
		return
	}
	r.Fault(&number.Error{
		Code: number.BadArgument, Where: where,
		Message: number.Say("%s is not published below the level %q", i.Code, lowest.Code),
		Hint:    number.Say("ask for the level %q or one above it", lowest.Code),
	})
}

// published returns the view of a scope; what is wrong with it is told where the
// question is resolved as a whole.
func (r *Resolver) published(scope *Scope) figure.Viewpoint {
	quiet := &Resolver{State: r.State}
	view, _, _ := quiet.AsOf(scope)
	return view
}

// AsOf returns the view of what is published that a scope asks for, on the units of its
// basis, with its version and, where the view is bounded by one, the day of publication.
func (r *Resolver) AsOf(scope *Scope) (figure.Viewpoint, Version, *number.Date) {
	basis := r.basis(scope, true)
	if scope == nil || scope.AsOf == nil {
		view := ledger.View{Head: r.head()}
		return figure.Viewpoint{View: view, Basis: basis, ByWeight: scope != nil && scope.ByWeight}, versionOf(view), nil
	}
	view, day := r.point("scope.asOf", *scope.AsOf)
	return figure.Viewpoint{View: view, Basis: basis, ByWeight: scope.ByWeight}, versionOf(view), day
}

// head is the last release that counts: of a further page that of the page before.
func (r *Resolver) head() ledger.ReleaseID {
	if r.pinned != nil {
		return *r.pinned
	}
	return r.Head
}

// point turns a day, release, moment or data version into a view, and gives the day by
// which the view is bounded.
func (r *Resolver) point(where string, asOf AsOf) (ledger.View, *number.Date) {
	view := ledger.View{Head: r.version(where, asOf)}
	given := 0
	for _, is := range []bool{asOf.Date != nil, asOf.Release != nil, asOf.Loaded != nil} {
		if is {
			given++
		}
	}
	switch {
	case given > 1:
		r.Fault(&number.Error{Code: number.BadArgument, Where: where, Message: number.Say("more than one of date, release and loaded is given"), Hint: number.Say("give one of them")})
	case asOf.Date != nil:
		view.Published, view.Release = *asOf.Date, ^ledger.ReleaseID(0)
		view.Head = r.HeadOf(view)
		return view, asOf.Date
	case asOf.Release != nil:
		id, _ := ledger.ParseReleaseID(*asOf.Release)
		release := r.Release(id)
		if release == nil || id > view.Head {
			r.Fault(unknownRelease(where+".release", *asOf.Release))
			return view, nil
		}
		view.Published, view.Release = release.Published, release.ID
		view.Head = r.UncorrectedHead(view.Head, func(mending *ledger.Release) bool { return mending.ID > release.ID })
		view.Head = r.HeadOf(view)
		return view, &release.Published
	case asOf.Loaded != nil:
		head := ledger.ReleaseID(0)
		for _, release := range r.Releases {
			if !release.Loaded.After(*asOf.Loaded) && release.ID <= view.Head {
				head = max(head, release.ID)
			}
		}
		view.Head = head
	case asOf.DataVersion == nil:
		r.Fault(&number.Error{Code: number.BadArgument, Where: where, Message: number.Say("none of date, release, loaded and dataVersion is given"), Hint: number.Say("give one of them")})
	}
	return view, nil
}

// version is the data version that a point names, else the present one.
func (r *Resolver) version(where string, asOf AsOf) ledger.ReleaseID {
	if asOf.DataVersion == nil {
		return r.head()
	}
	head, err := strconv.ParseUint(*asOf.DataVersion, 10, 32)
	if err != nil || ledger.ReleaseID(head) > r.Head {
		r.Fault(&number.Error{
			Code: number.UnknownRelease, Where: where + ".dataVersion", Message: number.Say("there is no data version %q", *asOf.DataVersion),
			Hint: number.Say("the data version is now %q; give one as an answer had it", r.Head.String()),
		})
		return r.head()
	}
	return ledger.ReleaseID(head)
}

// year checks a year of an indicator against the years that have data in a view. As of
// a day it need not be published yet: that it was not is the answer.
func (r *Resolver) year(where string, year number.Year, i *catalogue.Indicator, view figure.Viewpoint, code number.Code) {
	if !r.CalendarYear(where, year) || i == nil || view.HasYear(i, year) {
		return
	}
	years := i.YearsOn(view.Basis, view.View)
	if view.Awaits(year, years) {
		return
	}
	e := &number.Error{Code: code, Where: where, Message: number.Say("%s has no figures for %d", i.Code, year)}
	switch {
	case view.Published != 0 && year.First() > view.Published:
		e.Hint = number.Say("the year had not begun on %s", view.Published)
	case len(years) == 0:
		e.Hint = number.Say("nothing of it was published yet")
	default:
		e.Hint = number.Say("it has figures for %s", spans(years))
	}
	e.Nearest = nearestYears(year, years)
	r.Fault(e)
}

// CalendarYear reports whether a year lies in the range that can be asked for, and adds a
// fault when it does not.
func (r *Resolver) CalendarYear(where string, year number.Year) bool {
	if year >= number.FirstYear && year <= number.LastYear {
		return true
	}
	r.Fault(&number.Error{
		Code: number.UnknownYear, Where: where,
		Message: number.Say("%d is not a year from %d to %d", year, number.FirstYear, number.LastYear),
	})
	return false
}

func nearestYears(year number.Year, years []number.Year) []string {
	sorted := slices.Clone(years)
	slices.SortFunc(sorted, func(a, b number.Year) int { return distance(a, year) - distance(b, year) })
	var names []string
	for _, y := range sorted[:min(3, len(sorted))] {
		names = append(names, strconv.Itoa(int(y)))
	}
	return names
}

func distance(a, b number.Year) int { return int(max(a-b, b-a)) }

// spans writes years as 2011–2015, 2019.
func spans(years []number.Year) string {
	var parts []string
	for i := 0; i < len(years); {
		j := i
		for j+1 < len(years) && years[j+1] == years[j]+1 {
			j++
		}
		if i == j {
			parts = append(parts, strconv.Itoa(int(years[i])))
		} else {
			parts = append(parts, fmt.Sprintf("%d–%d", years[i], years[j]))
		}
		i = j + 1
	}
	return strings.Join(parts, ", ")
}

// On returns the day whose units a question is about: that of the basis, or the reference
// day of the year asked.
func (r *Resolver) On(scope *Scope, day number.Date) number.Date {
	if basis := r.basis(scope, false); !basis.IsOpen() {
		return basis
	}
	return day
}

// basis resolves the units on which to answer; open is AsReported. Faults are reported
// where the whole question is resolved.
func (r *Resolver) basis(scope *Scope, tell bool) number.Date {
	if scope == nil || scope.Basis == nil {
		return 0
	}
	day, err := figure.BasisDate(r.State.Calendar.Catalogue, "scope.basis", *scope.Basis)
	if err != nil && tell {
		r.Fault(err)
	}
	return day
}

// maxFaults is how many faults of one question are told. What a name was meant
// to be takes a look at all names, and a list of wrong ones must not take long.
const maxFaults = 10

func unknownRelease(where, asked string) *number.Error {
	return &number.Error{
		Code: number.UnknownRelease, Where: where, Message: number.Say("no release has the number %q", asked),
		Hint: number.Say("list them with { releases { nodes { id published sourceCode } } }"),
	}
}

// cohort finds the cohort of a code.
func (r *Resolver) cohort(where, code string) *catalogue.Cohort {
	if c := r.State.Cohort(code); c != nil {
		return c
	}
	var names []number.Name
	for _, c := range r.Cohorts {
		names = append(names, number.NewName(c.Code, c.Names.VI, c.Names.EN))
	}
	r.Fault(&number.Error{
		Code: number.UnknownCohort, Where: where, Message: number.Say("no cohort has the code %q", code),
		Nearest: number.NearestName(code, names), Hint: number.Say("list them with { cohorts { code name } }"),
	})
	return nil
}
