package engine

import "crypto/rand"

// The users of the engine that may come over the network.
const (
	applicationUser = "niengiam"
	analystUser     = "analyst"
)

// credentials are the random passwords of the two users of one Engine.
type credentials struct{ application, analyst string }

func newCredentials() credentials {
	return credentials{application: rand.Text(), analyst: rand.Text()}
}
