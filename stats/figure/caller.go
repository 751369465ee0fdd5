package figure

// Caller is who asks, as far as answers depend on it.
type Caller struct {
	// Confidential tells that the caller may see the numbers that are withheld from
	// others because they are small.
	Confidential bool
}
