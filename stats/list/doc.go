// Package list reads long lists a page at a time: what a page asks for, the cursor by which
// the next one goes on, and how a page ended. It knows releases by their numbers and what is
// listed not at all. Start with page.go, then cursor.go.
package list
