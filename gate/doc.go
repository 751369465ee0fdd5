// Package gate stands before everything that the program serves over HTTP: which hosts and
// origins may be named, how long a caller may take to send a request and to receive the
// answer, and how many connections and bytes there may be at once. It may import
// stats/number alone. Start with gate.go.
package gate
