package number

// OrDefault returns a pointer to what was asked, or to the default where nothing was.
func OrDefault[T comparable](asked, otherwise T) *T {
	if asked == *new(T) {
		return &otherwise
	}
	return &asked
}

// Distinct returns each value once, in the order of first occurrence.
func Distinct[T comparable](all []T) []T {
	var found []T
	seen := map[T]bool{}
	for _, value := range all {
		if !seen[value] {
			seen[value] = true
			found = append(found, value)
		}
	}
	return found
}
