package kept

import (
	"crypto/sha256"
	"encoding/binary"
)

// Key is what an answer or a request is kept under: a hash of all that it depends on. No two
// are known that have the same one, so that nobody can be given the answer to another question.
type Key [sha256.Size]byte

// KeyOf makes a Key of parts. The same parts in another division are another Key.
func KeyOf[T string | []byte](last T, parts ...string) Key {
	var room [2 << 10]byte
	text := binary.AppendUvarint(room[:0], uint64(len(parts)))
	for _, part := range parts {
		text = append(binary.AppendUvarint(text, uint64(len(part))), part...)
	}
	return sha256.Sum256(append(text, last...))
}
