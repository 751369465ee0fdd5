// Package validation holds what a load would publish against rules that a workspace
// declares, and says which figures look wrong. Rules are exact, know no file and change no
// figure. Start with publication.go.
package validation
