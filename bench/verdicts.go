package main

// goals are the targets of a set, one for 11 rows and one for 700.
type goals struct{ repeated, renewed, expert, plain, function, tiles *target }

func goalsOf(s shape) goals {
	switch {
	case s.name == small:
		return goals{repeated: atLeast(1), renewed: atLeast(0.6), plain: atMost(0.7), function: atLeast(2.3), tiles: atMost(3)}
	case s.name == large:
		return goals{repeated: atLeast(10), renewed: atLeast(1), expert: atMost(1.5), plain: atMost(0.5), function: atLeast(5)}
	case s.facts() > 5e6:
		return goals{expert: atMost(1.5)}
	}
	return goals{}
}

// verdicts sets the rows of a set in relation. Where no target was set for so many clients, the
// number is printed all the same.
func verdicts(s shape, rows []row, o *options) (all []verdict) {
	goals := goalsOf(s)
	for _, clients := range o.clients {
		only := func(of int, t *target) *target {
			if clients != of {
				return nil
			}
			return t
		}
		compare := func(name, mode, way, theirMode, their string, value func(pass) float64, t *target) {
			a, measured := find(rows, s.String(), mode, way, clients)
			b, other := find(rows, s.String(), theirMode, their, clients)
			if measured && other {
				all = append(all, judge(s.String(), name, clients, ratio(a, b, value), "", t))
			}
		}
		compare("repeated ÷ bare gqlgen of equal payload, requests/s", again, ours, again, bareNested, rate, only(8, goals.repeated))
		compare("repeated ÷ flat bare gqlgen, requests/s", again, ours, again, bareFlat, rate, nil)
		compare("repeated with gzip ÷ without, requests/s", again, oursZipped, again, ours, rate, nil)
		compare("repeated comparison ÷ bare gqlgen of equal payload, requests/s", compared, ours, compared, bareNested, rate, only(8, goals.repeated))
		compare("new on slices in memory ÷ bare gqlgen, requests/s", renew, ours, renew, bareNested, rate, only(8, goals.renewed))
		compare("first ÷ expert SQL, time", firstTime, ours, firstTime, expert, time50, only(1, goals.expert))
		compare("first ÷ plain gqlgen + ClickHouse, time", firstTime, ours, firstTime, plain, time50, only(1, goals.plain))
		compare("first of another year ÷ expert SQL, time", otherYear, ours, otherYear, expert, time50, nil)
		compare("first of another year ÷ plain gqlgen + ClickHouse, time", otherYear, ours, otherYear, plain, time50, nil)
		compare("repeated ÷ PostGraphile's function, requests/s", again, ours, again, function, rate, goals.function)
		compare("repeated ÷ PostGraphile's view, requests/s", again, ours, again, view, rate, nil)
		compare("first ÷ PostGraphile's function, time", firstTime, ours, firstTime, function, time50, nil)
		compare("first ÷ PostGraphile's view, time", firstTime, ours, firstTime, view, time50, nil)
		compare("dashboard of 12 tiles ÷ one bare question, time", tiles, ours, tiles, bareNested, time50, only(1, goals.tiles))
	}
	return all
}

// growthVerdicts say how a first question grew from set to set.
func growthVerdicts(shapes []shape, rows []row) (all []verdict) {
	for i := 1; i < len(shapes); i++ {
		before, after := shapes[i-1].String(), shapes[i].String()
		for _, way := range []string{ours, plain, expert} {
			a, measured := find(rows, after, firstTime, way, 1)
			b, other := find(rows, before, firstTime, way, 1)
			if !measured || !other {
				continue
			}
			t := atMost(2)
			if way != ours {
				t = nil
			}
			all = append(all, judge(after, "growth of a first question from "+before+", time, "+way, 1, ratio(a, b, time50), "", t))
		}
	}
	return all
}
