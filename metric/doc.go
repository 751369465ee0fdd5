// Package metric tells Prometheus how the program fares: what was asked and how long the
// answers took, what is cached and published, how loads ended, how the engine lives. A
// Meter counts what happens; what only has a state is read of the other rooms when somebody
// asks for it. Nothing here tells a figure of the statistics or the name of a person, and
// the values of labels are those of the schema and the workspace, never what a caller wrote.
//
// meter.go has what is counted, state.go what is read, handler.go serves both.
package metric
