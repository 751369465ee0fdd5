package estimate

// CompetitionRanks returns the rank of each of n places of a sorted list, from 1. Places
// that tie share a rank, and the ranks after them go on by their number (1, 2, 2, 4), or
// with the next one where dense (1, 2, 2, 3). tied reports whether a place ties with the
// one before it.
func CompetitionRanks(n int, tied func(place int) bool, dense bool) []int {
	ranks := make([]int, n)
	for place := range ranks {
		switch {
		case place == 0:
			ranks[place] = 1
		case tied(place):
			ranks[place] = ranks[place-1]
		case dense:
			ranks[place] = ranks[place-1] + 1
		default:
			ranks[place] = place + 1
		}
	}
	return ranks
}
