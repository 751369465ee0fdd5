package figure

// MaxNamed is how many units a note names; it counts the others.
const MaxNamed = 5
