package graph

import (
	"net/http"
	"net/url"

	"github.com/niengiam/niengiam/stats/number"
)

// maxJSON is how deep the JSON of a request may nest: no argument needs a tenth of it.
const maxJSON = 64

// longAddress refuses an address whose question is longer than a body may be.
func longAddress(address *url.URL, most int64) *refusal {
	if int64(len(address.RawQuery)) <= most {
		return nil
	}
	return &refusal{http.StatusRequestURITooLong, &number.Error{
		Code: addressTooLong, Message: number.Say("the question in the address is longer than the %d bytes that are allowed", most),
		Hint: number.Say("send it with POST, with lists as variables"),
	}}
}

// CheckAddress refuses a request with a longer question in its address than a body may
// have; nil for one that is short enough.
func (s *Server) CheckAddress(r *http.Request) *Refused {
	if refused := longAddress(r.URL, s.maxBody); refused != nil {
		return Refuse(refused.status, refused.fault)
	}
	return nil
}

// nested refuses JSON that nests too deep, before it is decoded.
func nested(text []byte) *number.Error {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch sign := text[i]; {
		case quoted && sign == '\\':
			i++
		case sign == '"':
			quoted = !quoted
		case quoted:
		case sign == '[' || sign == '{':
			depth++
		case sign == ']' || sign == '}':
			depth--
		}
		if depth > maxJSON {
			return &number.Error{Code: tooDeep, Message: number.Say("the JSON of the request is more than %d deep", maxJSON)}
		}
	}
	return nil
}
