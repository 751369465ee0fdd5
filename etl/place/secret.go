package place

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// longestSecret is the size of the largest file with a secret.
const longestSecret = 64 << 10

// secrets reads the secrets of a place and knows them again in what is told.
type secrets struct {
	*Fetcher
	known []string
}

// read reads a secret; "" where none is declared.
func (s *secrets) read(secret workspace.Secret) (string, error) {
	var text string
	switch {
	case secret.Env != "":
		if text = s.Getenv(secret.Env); text == "" {
			return "", &number.Error{Code: NoSecret, Where: secret.Env, Message: number.Say("the environment has no variable %s", secret.Env)}
		}
	case secret.File != "":
		content, err := s.file(secret.File)
		if text = strings.TrimRight(string(content), "\r\n"); err != nil || text == "" {
			return "", &number.Error{Code: NoSecret, Where: secret.File, Message: number.Say("the file %s holds no secret that can be read", secret.File), Err: err}
		}
	default:
		return "", nil
	}
	if strings.ContainsAny(text, "\r\n\x00") {
		return "", &number.Error{Code: NoSecret, Where: secret.Env + secret.File, Message: number.Say("the secret is more than one line")}
	}
	s.known = append(s.known, text)
	return text, nil
}

// file reads a regular file.
func (s *secrets) file(path string) ([]byte, error) {
	if !filepath.IsAbs(path) {
		path = filepath.Join(s.Workspace, path)
	}
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		err = os.ErrInvalid
	}
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, longestSecret))
}

// scrub takes the secrets out of an error, and out of what caused it.
func (s *secrets) scrub(err error) error {
	coded, ok := errors.AsType[*number.Error](err)
	switch {
	case err == nil:
		return nil
	case !ok:
		return scrubbed{s.plain(err.Error()), err}
	}
	own := *coded
	own.Where = s.plain(own.Where)
	if own.Err != nil {
		own.Err = scrubbed{s.plain(own.Err.Error()), own.Err}
	}
	return &own
}

// plain writes *** in place of each secret.
func (s *secrets) plain(text string) string {
	for _, secret := range s.known {
		text = strings.ReplaceAll(text, secret, "***")
	}
	return text
}

// scrubbed is an error whose text has no secret. What it is can be asked, but not unwrapped.
type scrubbed struct {
	text string
	err  error
}

func (s scrubbed) Error() string        { return s.text }
func (s scrubbed) Is(target error) bool { return errors.Is(s.err, target) }
