package main

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestLanguageAndNumbers asks the running program in both languages and with both forms of
// decimals, said once for a request in each of the ways there are.
func TestLanguageAndNumbers(t *testing.T) {
	t.Parallel()
	s := loaded(t)
	const asked = `{ comparison(indicator: "criterion-19-2", unit: "89", year: 2020) { rows { current { rate text } change { points text } unit { name } } }
		jobs { sourceCode findings { text } } levels { name } }`
	const vi, en = `97/119 xã (81,5%)`, `97/119 communes (81.5%)`
	const text, number = `"rate":"81.5126050420168067"`, `"rate":81.5126050420168067`
	for name, c := range map[string]struct {
		directive, address, header string
		want, form, vary           string
	}{
		"nothing":                 {"", "", "", vi, text, "Accept, Accept-Language"},
		"the header":              {"", "", "en-GB, en;q=0.9", en, text, "Accept, Accept-Language"},
		"numbers, and the header": {"@answer(decimals: NUMBER)", "", "en", en, number, "Accept, Accept-Language"},
		"the address":             {"", "&lang=en&decimals=number", "vi", en, number, "Accept"},
		"the question":            {"@answer(language: EN, decimals: NUMBER)", "&lang=vi&decimals=string", "vi", en, number, "Accept"},
		"Vietnamese by name":      {"@answer(language: VI)", "", "en", vi, text, "Accept"},
	} {
		body, header := s.spoken("/graphql?query="+url.QueryEscape("query "+c.directive+asked)+c.address, c.header)
		if !strings.Contains(body, c.want) || !strings.Contains(body, c.form) || strings.Join(header.Values("Vary"), ", ") != c.vary {
			t.Errorf("%s: Vary %q: %s", name, header.Values("Vary"), body)
		}
		// A finding is told by a resolver of its own.
		if vietnamese := strings.Contains(body, "dùng số 141.211"); vietnamese != (c.want == vi) {
			t.Errorf("%s: the findings are in the other language: %s", name, body)
		}
	}
	// A saved question is not the caller's to write: its language is the address's or the header's.
	const file = "/export/criterion-19-2.csv?notes=no"
	vietnamese, first := s.spoken(file, "")
	english, second := s.spoken(file, "en")
	byAddress, third := s.spoken(file+"&lang=en", "vi")
	if !strings.Contains(vietnamese, vi) || !strings.Contains(english, en) || english != byAddress {
		t.Errorf("%s\n%s\n%s", vietnamese, english, byAddress)
	}
	if a, b, c := first.Get("ETag"), second.Get("ETag"), third.Get("ETag"); a == b || b != c || second.Get("Vary") != "Accept-Language" || third.Get("Vary") != "" {
		t.Errorf("ETags %s, %s, %s, Vary %q, %q", a, b, c, second.Get("Vary"), third.Get("Vary"))
	}
}

// spoken gets an address in a language.
func (s *served) spoken(path, language string) (body string, header http.Header) {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.address+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Accept-Language", language)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	content, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		s.t.Fatalf("%s: %d %v %s", path, response.StatusCode, err, content)
	}
	return string(content), response.Header
}
