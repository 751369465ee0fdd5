package statstest

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// world is what a script has declared: by default the levels country, province,
// district and commune, and no units and indicators.
type world struct {
	definitions catalogue.Definitions
	defined     bool
}

func newWorld() *world {
	w := &world{}
	for _, level := range []struct{ code, kinds string }{
		{"country", "country"}, {"province", "province aggregate"}, {"district", "district town aggregate"}, {"commune", "xa phuong"},
	} {
		l := &catalogue.Level{Code: level.code, Noun: catalogue.Noun{VI: level.code, EN: level.code}}
		for kind := range strings.FieldsSeq(level.kinds) {
			l.Kinds = append(l.Kinds, &catalogue.Kind{Code: kind, Names: number.Same(kind), Aggregate: kind == "aggregate"})
		}
		w.definitions.Levels = append(w.definitions.Levels, l)
	}
	w.definitions.Topics = []*catalogue.Topic{{Code: "topic", Names: number.Same("topic")}}
	return w
}

// units declares units, one stretch of life a line:
//
//	units
//	  P            province
//	  A   in P     district
//	  a1  in A     commune/xa      until 2021-02-01
//	  a1  in A     commune/phuong  from 2021-02-01 changed
//	  a2  in A     commune         named Châu_Đốc
func (w *world) units(s statement) error {
	for _, b := range s.body {
		a := &arguments{words: b.words}
		version := catalogue.UnitVersion{Code: a.next(), Parent: a.after("in"), Opening: catalogue.Baseline}
		version.Names = number.Same(version.Code)
		if name := a.after("named"); name != "" {
			version.Names = number.Same(strings.ReplaceAll(name, "_", " "))
		}
		var err error
		if version.Validity.From, err = number.ParseDate(a.after("from")); err != nil {
			return fmt.Errorf("line %d: %w", b.line, err)
		}
		if version.Validity.To, err = number.ParseDate(a.after("until")); err != nil {
			return fmt.Errorf("line %d: %w", b.line, err)
		}
		for _, opening := range []catalogue.Opening{catalogue.Created, catalogue.Changed, catalogue.Replaced} {
			if a.has(string(opening)) {
				version.Opening = opening
			}
		}
		version.Level, version.Kind, _ = strings.Cut(a.next(), "/")
		if version.Kind == "" {
			version.Kind = w.firstKind(version.Level)
		}
		if err := a.end(); err != nil {
			return fmt.Errorf("line %d: %w", b.line, err)
		}
		w.definitions.Units = append(w.definitions.Units, version)
	}
	w.defined = false
	return nil
}

func (w *world) firstKind(level string) string {
	for _, l := range w.definitions.Levels {
		if l.Code == level {
			return l.Kinds[0].Code
		}
	}
	return level
}

// dimension declares what indicators may be broken down by: its code and members, a
// member with its words where they matter.
//
//	dimension sex female/nữ/women male
//	dimension people khmer cham partial
func (w *world) dimension(s statement) {
	a := &arguments{words: s.words[1:]}
	d := &catalogue.Dimension{Code: a.next(), Partial: a.has("partial")}
	d.Names = number.Same(d.Code)
	for word := a.next(); word != ""; word = a.next() {
		parts := strings.Split(word, "/")
		member := &catalogue.DimensionMember{Code: parts[0], Names: number.Same(parts[0])}
		if len(parts) == 3 {
			member.Names = number.Text{VI: parts[1], EN: parts[2]}
		}
		d.Members = append(d.Members, member)
	}
	w.definitions.Dimensions = append(w.definitions.Dimensions, d)
	w.defined = false
}

// indicator declares an indicator: its code and kind, then what differs from
// the defaults.
//
//	indicator poverty ratio eligible commune direction lower decimals 2 dimensions sex,residence confidential 5 of households weighed people
//	indicator income mean by people
//	indicator crowd derived formula ratio parts people,area per 1
//	indicator density ratio per 1 noun người/km²|person_per_km²|people_per_km²
func (w *world) indicator(s statement) error {
	a := &arguments{words: s.words[1:]}
	i := &catalogue.Indicator{
		Code: a.next(), TopicCode: "topic", Kind: catalogue.IndicatorKind(strings.ToUpper(a.next())),
		Direction: catalogue.HigherIsBetter, Absent: catalogue.Unreported, Eligibility: catalogue.Eligibility{Level: "district"},
		Noun: catalogue.Noun{VI: "đơn vị", EN: "unit", ENPlural: "units"},
	}
	i.Names, i.Descriptions = number.Same(i.Code), number.Same(i.Code)
	var err error
	if i.MinimumCoverage, err = number.ParseFraction(cmp.Or(a.after("minimum"), "2/3")); err != nil {
		return err
	}
	if eligible := a.after("eligible"); eligible != "" {
		i.Eligibility = eligibility(eligible)
	}
	if direction := a.after("direction"); direction != "" {
		i.Direction = catalogue.Direction(strings.ToUpper(direction))
	}
	named(a, i)
	if places := a.after("decimals"); places != "" {
		n, err := strconv.Atoi(places)
		if err != nil {
			return err
		}
		i.Decimals = int32(n)
	}
	if tolerance := a.after("tolerance"); tolerance != "" {
		if i.Tolerance, err = decimal.NewFromString(tolerance); err != nil {
			return err
		}
	}
	if err := derivation(a, i); err != nil {
		return err
	}
	i.CoverageWeightCode, i.WeightCode, i.DenominatorCode = a.after("weighed"), a.after("by"), a.after("of")
	if dimensions := a.after("dimensions"); dimensions != "" {
		i.DimensionCodes = strings.Split(dimensions, ",")
	}
	if err := register(a, i); err != nil {
		return err
	}
	if below := a.after("confidential"); below != "" {
		if i.Threshold, err = strconv.Atoi(below); err != nil {
			return err
		}
	}
	i.Recast = catalogue.Recast(strings.ToUpper(a.after("recast")))
	i.Small = a.has("small")
	for _, over := range []catalogue.OverTime{catalogue.Stock, catalogue.Flow} {
		if a.has(strings.ToLower(string(over))) {
			i.Over = over
		}
	}
	w.definitions.Indicators = append(w.definitions.Indicators, i)
	w.defined = false
	return a.end()
}

// named reads what else an indicator is called and its unit of measure: xã/commune/communes, or
// người/km²|person_per_km²|people_per_km².
func named(a *arguments, i *catalogue.Indicator) {
	if also := a.after("also"); also != "" {
		i.Also = []string{strings.ReplaceAll(also, "_", " ")}
	}
	noun, sign := a.after("noun"), "/"
	if noun == "" {
		return
	}
	if strings.Contains(noun, "|") {
		sign, noun = "|", strings.ReplaceAll(noun, "_", " ")
	}
	parts := append(strings.Split(noun, sign), "", "")
	i.Noun = catalogue.Noun{VI: parts[0], EN: parts[1], ENPlural: parts[2]}
}

// derivation reads what a ratio is per, and how a derived indicator is made of others.
func derivation(a *arguments, i *catalogue.Indicator) error {
	if formula := a.after("formula"); formula != "" {
		i.Derivation = &catalogue.Derivation{Formula: catalogue.Formula(strings.ToUpper(formula)), PartCodes: strings.Split(a.after("parts"), ",")}
	}
	per := a.after("per")
	if per == "" {
		return nil
	}
	var err error
	i.Scale, err = strconv.Atoi(per)
	return err
}

// register reads whether an indicator is a register, and from which year on a complete one.
func register(a *arguments, i *catalogue.Indicator) error {
	if a.has("register") {
		i.Absent = catalogue.NotMet
	}
	from := a.after("complete")
	if from == "" {
		return nil
	}
	year, err := strconv.Atoi(from)
	i.Complete = number.Year(year)
	return err
}

// eligibility reads which units are expected to report: commune, or commune/xa.
func eligibility(text string) catalogue.Eligibility {
	level, kind, narrowed := strings.Cut(text, "/")
	if narrowed {
		return catalogue.Eligibility{Level: level, Kinds: []string{kind}}
	}
	return catalogue.Eligibility{Level: level}
}

// assume declares what a load names and nothing declared: a count of districts
// of a province P.
func (w *world) assume(indicator string, units []string) error {
	known := map[string]bool{}
	for _, i := range w.definitions.Indicators {
		known["indicator "+i.Code] = true
	}
	if !known["indicator "+indicator] {
		if err := w.indicator(statement{words: []string{"indicator", indicator, "count"}}); err != nil {
			return err
		}
	}
	if len(w.definitions.Units) > 0 {
		return nil
	}
	declare := statement{body: []bodyLine{{words: []string{"P", "province"}}}}
	for _, unit := range units {
		declare.body = append(declare.body, bodyLine{words: []string{unit, "in", "P", "district"}})
	}
	return w.units(declare)
}
