package sheet

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// errEnough says that whoever reads the rows wants no more.
var errEnough = errors.New("sheet: no more rows are wanted")

func newDecoder(data []byte) *json.Decoder {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	return decoder
}

// object reads an object, or null, and lets a function read the value of each key.
func object(decoder *json.Decoder, each func(key string) error) error {
	token, err := decoder.Token()
	if err != nil || token == nil {
		return err
	}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return err
		}
		key, ok := token.(string)
		if !ok {
			return fmt.Errorf("sheet: %v is no key", token)
		}
		if err := each(key); err != nil {
			return err
		}
	}
	_, err = decoder.Token()
	return err
}

// seek follows a path of objects and lets a function read what stands there; it
// reads nothing after that.
func seek(decoder *json.Decoder, path []string, read func() error) error {
	if len(path) == 0 {
		if err := read(); err != nil {
			return err
		}
		return errEnough
	}
	return object(decoder, func(key string) error {
		if key == path[0] {
			return seek(decoder, path[1:], read)
		}
		return skip(decoder)
	})
}

// skip reads over one value without keeping it.
func skip(decoder *json.Decoder) error {
	for depth := 0; ; {
		token, err := decoder.Token()
		if err != nil {
			return err
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
	}
}
