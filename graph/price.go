package graph

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// An operation is priced before it runs: its price is about the number of fields
// that its answer will have, for that is what an answer costs in time and memory.
// How many units a level has is read from the catalogue, so that the price of a
// question about units is near the truth; what else a list counts for stands with
// its field in the schema (@size). Prices saturate instead of overflowing.

// The sizes taken for the lists of an introspection, which the schema cannot declare.
const (
	allTypes   = 60 // types of the schema
	typeFields = 10 // fields of a type
	typeOthers = 2  // its enum values, the arguments of its fields
	fewOthers  = 5  // whatever else it lists
)

// priceOfRow is what a row of an answer costs before any field of it is written.
const priceOfRow = 2

// extent is how large the lists within a question are: its rows, its years, a
// page of it, and the units that report behind it.
type extent struct {
	rows, years, page, parts int
	board                    *board // the dashboard that it is within; nil outside of one
}

// estimate is what is known of a selection before it runs. What the ranked and the
// unranked rows of a ranking cost is told apart: a unit is in one of the two lists.
type estimate struct {
	price, depth, ranked, unranked int
	statements                     statements
}

// meter prices one operation.
type meter struct {
	catalogue *catalogue.Calendar
	variables map[string]any
	// fragments remembers what a fragment costs: fragments that use fragments
	// twice each would otherwise take exponential time to price.
	fragments map[fragmentWithin]estimate
	deferred  bool
}

type fragmentWithin struct {
	fragment *ast.FragmentDefinition
	within   extent
}

// price checks an operation against the limits and gives its price.
func price(s *Server, catalogue *catalogue.Calendar, operation *graphql.OperationContext) (int, *number.Error) {
	m := &meter{catalogue: catalogue, variables: operation.Variables}
	selections := operation.Operation.SelectionSet
	if roots := rootFields(selections, s.maxRootFields); roots > s.maxRootFields {
		return 0, &number.Error{
			Code: tooManyFields, Message: number.Say("the operation asks more than %d questions", s.maxRootFields),
			Hint: number.Say("send several requests"),
		}
	}
	total := m.selections(selections, extent{})
	total.price = add(total.price, total.statements.price())
	switch {
	case m.deferred:
		return 0, &number.Error{Code: notSupported, Message: number.Say("@defer is not supported"), Hint: number.Say("ask without it; an answer comes in one piece")}
	case total.depth > s.maxDepth:
		return 0, &number.Error{
			Code: tooDeep, Message: number.Say("the operation is %d fields deep; the limit is %d", total.depth, s.maxDepth),
		}
	case total.price > s.maxPrice:
		return 0, &number.Error{
			Code: tooDear, Message: number.Say("the price of the operation is %d; the limit is %d", total.price, s.maxPrice),
			Hint: number.Say("ask for fewer rows (within, top, first), fewer years or fewer fields: the price is about the number of fields in the answer, and %d more for a statement to the engine", priceOfStatement),
		}
	}
	return total.price, nil
}

// rootFields counts the root fields of an operation, fragments included, and
// stops when it has counted more than enough.
func rootFields(set ast.SelectionSet, enough int) int {
	count := 0
	for _, selection := range set {
		if count > enough {
			break
		}
		switch at := selection.(type) {
		case *ast.Field:
			count++
		case *ast.InlineFragment:
			count += rootFields(at.SelectionSet, enough-count)
		case *ast.FragmentSpread:
			// An empty fragment cannot be written: each counts, and the
			// recursion ends with the count.
			count += rootFields(at.Definition.SelectionSet, enough-count)
		}
	}
	return count
}

// selections estimates what a selection costs for one object.
func (m *meter) selections(set ast.SelectionSet, within extent) estimate {
	var total estimate
	for _, selection := range set {
		var part estimate
		switch at := selection.(type) {
		case *ast.Field:
			part = m.field(at, within)
		case *ast.InlineFragment:
			m.deferred = m.deferred || at.Directives.ForName("defer") != nil
			part = m.selections(at.SelectionSet, within)
		case *ast.FragmentSpread:
			m.deferred = m.deferred || at.Directives.ForName("defer") != nil
			part = m.fragment(at.Definition, within)
		}
		total.price = add(total.price, part.price)
		total.statements = total.statements.and(part.statements)
		total.ranked, total.unranked = add(total.ranked, part.ranked), add(total.unranked, part.unranked)
		total.depth = max(total.depth, part.depth)
	}
	return total
}

func (m *meter) fragment(fragment *ast.FragmentDefinition, within extent) estimate {
	at := fragmentWithin{fragment, within}
	if known, ok := m.fragments[at]; ok {
		return known
	}
	if m.fragments == nil {
		m.fragments = map[fragmentWithin]estimate{}
	}
	m.fragments[at] = m.selections(fragment.SelectionSet, within)
	return m.fragments[at]
}

func (m *meter) field(f *ast.Field, within extent) estimate {
	price := 1
	if f.ObjectDefinition != nil && f.ObjectDefinition.Name == "Query" {
		within = m.question(f)
		price = add(1, multiply(priceOfRow, multiply(within.rows, within.years)))
	}
	if sizes, tiled := sizesExtent(within, f); tiled {
		return tiles(m, f, sizes)
	}
	switch f.Name {
	case "profile":
		within.rows, price = profile(m)
	case "firstLook":
		price = firstLook(m, f)
	}
	if argument := f.Definition.Arguments.ForName("first"); argument != nil {
		within.page = clamp(m.number(f, argument.Name), 1000)
	}
	inside := m.inside(f, within)
	depth := inside.depth + 1
	if f.Name == "__schema" || f.Name == "__type" {
		depth = 1 // gqlparser bounds how deep an introspection nests
	}
	sent := inside.statements.with(f)
	if f.Definition.Type.Elem == nil {
		return estimate{price: add(price, inside.price), depth: depth, statements: sent}
	}
	length := entries(f.Definition, within)
	sent = sent.inList(length)
	list := multiply(length, add(1, inside.price))
	if f.ObjectDefinition != nil && f.ObjectDefinition.Name == "Ranking" {
		switch f.Name {
		case "rows":
			return estimate{price: price, depth: depth, ranked: list, statements: sent}
		case "unranked":
			return estimate{price: price, depth: depth, unranked: list, statements: sent}
		}
	}
	return estimate{price: add(price, list), depth: depth, statements: sent}
}

// inside estimates what is selected of one object.
func (m *meter) inside(f *ast.Field, within extent) estimate {
	e := m.selections(f.SelectionSet, within)
	return estimate{price: add(e.price, max(e.ranked, e.unranked)), depth: e.depth, statements: e.statements}
}

// sizeOf is the directive by which the schema declares the length of a list.
const sizeOf = "size"

// entries is the length to expect of the list of a field: what the schema declares.
func entries(field *ast.FieldDefinition, within extent) int {
	declared := field.Directives.ForName(sizeOf)
	if declared == nil {
		return introspected(field.Name)
	}
	if about := declared.Arguments.ForName("about"); about != nil {
		n, err := strconv.Atoi(about.Value.Raw)
		if err != nil {
			return math.MaxInt // no integer of the schema is that large: a test reads them all
		}
		return n
	}
	switch declared.Arguments.ForName("of").Value.Raw {
	case "rows":
		return within.rows
	case "years":
		return within.years
	case "page":
		return within.page
	case "parts":
		return within.parts
	}
	return 1 // of tiles, whose fields are priced for all tiles at once
}

// introspected is the length to expect of a list of an introspection.
func introspected(field string) int {
	switch field {
	case "types":
		return allTypes
	case "fields":
		return typeFields
	case "args", "inputFields", "interfaces", "enumValues", "possibleTypes":
		return typeOthers
	}
	return fewOthers
}

// question sizes the lists in the answer of a root field. A question that will
// be refused may get any size.
func (m *meter) question(f *ast.Field) extent {
	size := extent{rows: 1, years: 1}
	switch f.Name {
	case "comparison", "ranking":
		size.rows = units(m, f, number.Year(m.number(f, "year")))
		size.parts = parts(m, f, number.Year(m.number(f, "year")))
		if top := m.number(f, "top"); top > 0 {
			size.rows = min(size.rows, top)
		}
		if first := m.number(f, "first"); first > 0 {
			size.rows = min(size.rows, first)
		}
	case "availability":
		size.rows = allUnits(m, f)
	case "firstLook":
		size.rows = 6 // the lines of a chart
	case "cohorts", "cohort":
		size.rows = m.members(m.text(f, "code"))
	case "targets":
		size.rows = targets(m, f)
	case "composition":
		size.rows = units(m, f, number.Year(m.number(f, "year")))
		if d := m.catalogue.Dimension(m.text(f, "dimension")); d != nil {
			size.years = len(d.Members)
		}
	case "scorecard":
		size.rows = units(m, f, number.Year(m.number(f, "year")))
	case "period":
		size.years = clamp(m.number(f, "to")-m.number(f, "from")+1, 100)
	case "series":
		from, to := m.bounds(f)
		size.years = clamp(int(to-from)+1, 100)
		several, _ := m.value(f, "indicators").([]any)
		size.rows = multiply(units(m, f, to), max(len(several), 1))
	case "dashboard":
		size.board = boardMeter(m, f)
	case "briefing":
		size.rows, size.years = briefingMeter(m, f), 10
	case "table":
		return table(m, f)
	case "distribution":
		size.rows = units(m, f, number.Year(m.number(f, "year")))
		shares, _ := m.value(f, "quantiles").([]any)
		size.page = len(shares)
	case "trend":
		from, to := m.bounds(f)
		size.years = clamp(int(to-from)+1, 100)
	}
	return size
}

// members counts the units of a cohort, or of the largest when none is named.
func (m *meter) members(code string) int {
	most := 1
	for _, cohort := range m.catalogue.Cohorts {
		if code == "" || cohort.Code == code {
			most = max(most, len(cohort.Members))
		}
	}
	return most
}

// bounds returns the years of a series.
func (m *meter) bounds(f *ast.Field) (from, to number.Year) {
	from, to = number.Year(m.number(f, "from")), number.Year(m.number(f, "to"))
	var known []number.Year
	several, _ := m.value(f, "indicators").([]any)
	for _, code := range append([]any{m.text(f, "indicator")}, several...) {
		if indicator := m.catalogue.Indicator(fmt.Sprint(code)); indicator != nil {
			known = append(known, indicator.Years()...)
		}
	}
	if len(known) == 0 {
		return from, to
	}
	first, last := slices.Min(known), slices.Max(known)
	if to == 0 {
		to = last
	}
	return max(from, first), min(to, last)
}

// value returns an argument, or its default; nil when it has neither or cannot be
// read, which the execution will complain of.
func (m *meter) value(f *ast.Field, name string) any {
	value := (*ast.Value)(nil)
	if definition := f.Definition.Arguments.ForName(name); definition != nil {
		value = definition.DefaultValue
	}
	if argument := f.Arguments.ForName(name); argument != nil {
		given, err := argument.Value.Value(m.variables)
		if err != nil {
			return nil
		}
		if argument.Value.Kind != ast.Variable || given != nil {
			return given
		}
	}
	if value == nil {
		return nil
	}
	given, err := value.Value(nil)
	if err != nil {
		return nil
	}
	return given
}

func (m *meter) number(f *ast.Field, name string) int {
	n, err := graphql.UnmarshalInt(m.value(f, name))
	if err != nil {
		return 0
	}
	return n
}

func (m *meter) text(f *ast.Field, name string) string {
	value := m.value(f, name)
	text, err := graphql.UnmarshalID(value)
	if value == nil || err != nil { // gqlgen reads null as "null"
		return ""
	}
	return text
}

func clamp(n, most int) int { return min(max(n, 0), most) }

// add and multiply are for numbers that are not negative; they stop at the
// largest there is.
func add(a, b int) int {
	if a > math.MaxInt-b {
		return math.MaxInt
	}
	return a + b
}

func multiply(a, b int) int {
	if b != 0 && a > math.MaxInt/b {
		return math.MaxInt
	}
	return a * b
}
