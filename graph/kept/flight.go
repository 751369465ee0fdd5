package kept

import "context"

// flightKey is an answer that is being made.
type flightKey[S any] struct {
	state *S
	key   Key
}

// flight is an answer while it is made; done is closed afterwards.
type flight struct {
	done   chan struct{}
	answer *Answer // nil where there is none that others may have
	left   bool    // whoever made it broke off: another one has to
}

// lead makes an answer for all who wait for it.
func lead[S any](ctx context.Context, a *Answers[S], key flightKey[S], f *flight, ask func() *Answer) *Answer {
	defer func() { // also when ask panics
		a.mu.Lock()
		delete(a.flights, key)
		a.mu.Unlock()
		close(f.done)
	}()
	f.answer = ask()
	f.left = ctx.Err() != nil
	return f.answer
}
