package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// preflight is the header that a form with a file must have. A foreign page cannot send it
// without the consent of this server (CORS), as it could send the form alone.
const preflight = "GraphQL-Require-Preflight"

// fromForm takes an operation and the file that it is sent with out of a form, as the GraphQL
// multipart request specification writes them: operations, map, then the file. The file is
// held in memory, and nowhere else.
func fromForm(s *Server, w http.ResponseWriter, r *http.Request, params *graphql.RawParams, boundary string) *refusal {
	if r.Header.Get(preflight) == "" {
		return malformed(number.Say("a form that sends a file needs the header GraphQL-Require-Preflight"))
	}
	form := multipart.NewReader(http.MaxBytesReader(w, r.Body, s.maxUpload+2*s.maxBody), boundary)
	operations, err := readPart(form, "operations", s.maxBody)
	if err != nil {
		return badForm(s, err)
	}
	if refused := fromJSON(operations, params); refused != nil {
		return refused
	}
	places, err := readPart(form, "map", s.maxBody)
	if err != nil {
		return badForm(s, err)
	}
	part, variable, err := placeOfFile(places)
	if err != nil {
		return badForm(s, err)
	}
	file, err := form.NextPart()
	if err == nil && file.FormName() != part {
		err = fmt.Errorf("no part %q follows the map", part)
	}
	if err != nil {
		return badForm(s, err)
	}
	content, err := readWhole(file, s.maxUpload)
	if err != nil {
		return badForm(s, err)
	}
	if _, err := form.NextPart(); !errors.Is(err, io.EOF) {
		return badForm(s, errors.New("something follows the file"))
	}
	if params.Variables == nil {
		params.Variables = map[string]any{}
	}
	params.Variables[variable] = graphql.Upload{File: bytes.NewReader(content), Filename: file.FileName(), Size: int64(len(content)), ContentType: file.Header.Get("Content-Type")}
	return nil
}

// badForm is the refusal of a form that could not be read.
func badForm(s *Server, err error) *refusal {
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return &refusal{http.StatusRequestEntityTooLarge, &number.Error{
			Code: bodyTooLarge, Message: number.Say("the file is larger than the %d bytes that are allowed", s.maxUpload),
			Hint: number.Say("put it into the workspace and use niengiam load --dry-run"),
		}}
	}
	return malformed(number.Say("the form is not that of an operation with a file: %v", err))
}

// readPart reads the next part of a form, which must have the name.
func readPart(form *multipart.Reader, name string, most int64) ([]byte, error) {
	part, err := form.NextPart()
	if err != nil {
		return nil, err
	}
	if part.FormName() != name {
		return nil, fmt.Errorf("%q stands where %q must be", part.FormName(), name)
	}
	return readWhole(part, most)
}

// readWhole reads a part of at most some bytes.
func readWhole(part io.Reader, most int64) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(part, most+1))
	if err == nil && int64(len(content)) > most {
		err = &http.MaxBytesError{Limit: most}
	}
	return content, err
}

// placeOfFile reads the map of a form: the part with the file, and the variable that it is.
func placeOfFile(text []byte) (part, variable string, err error) {
	var places map[string][]string
	if err := json.Unmarshal(text, &places); err != nil {
		return "", "", err
	}
	for name, paths := range places {
		if len(paths) == 1 {
			variable = strings.TrimPrefix(paths[0], "variables.")
		}
		if variable == "" || "variables."+variable != paths[0] || strings.Contains(variable, ".") {
			break
		}
		part = name
	}
	if len(places) != 1 || part == "" {
		return "", "", errors.New("the map names one file and one variable")
	}
	return part, variable, nil
}

// mostPreviewed is how many entries of a list a preview has at most.
const mostPreviewed = 1000

// preview finds what a load would do with a file. Of a source with confidential indicators it
// is refused: whoever may send figures and hear which of them would change could find by
// trying what small numbers are.
func (a approvals) preview(ctx context.Context, service *query.Service, source string, file graphql.Upload, first int) (*catalogue.LoadPreview, error) {
	manager, err := a.allowed(ledger.ManagementView)
	if err != nil {
		return nil, err
	}
	if err := a.previewing.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer a.previewing.Release(1)
	content, err := io.ReadAll(file.File)
	if err != nil {
		return nil, fmt.Errorf("read the file that was sent: %w", err)
	}
	preview, err := manager.PreviewFile(ctx, source, file.Filename, content, max(clamp(first, mostPreviewed), 1))
	if err != nil {
		return nil, err
	}
	for _, code := range preview.IndicatorCodes {
		if service.Guards(service.Catalogue().Indicator(code)) {
			return nil, &number.Error{
				Code: notAllowed, Message: number.Say("the source has confidential indicators: with a preview one could try which numbers they have"),
				Hint: number.Say("whoever runs the program uses niengiam load --dry-run"),
			}
		}
	}
	return preview, nil
}
