package place

import (
	"cmp"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"time"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// web asks an address on the web.
type web struct {
	*visit
	*workspace.HTTP
}

// mostRedirects is how many redirects are followed.
const mostRedirects = 5

// ask fetches the file, unless the server says that it is the one that is here.
func (w *web) ask(ctx context.Context) ([]File, error) {
	request, err := w.request(ctx)
	if err != nil {
		return nil, err
	}
	before, known := w.before(w.URL)
	if known && before.Tag != "" {
		request.Header.Set("If-None-Match", before.Tag)
	}
	if known && before.Changed != "" {
		request.Header.Set("If-Modified-Since", before.Changed)
	}
	connections := w.transport()
	defer connections.CloseIdleConnections()
	client := &http.Client{Transport: connections, CheckRedirect: w.redirect}
	response, err := client.Do(request)
	if err != nil {
		if failed, ok := errors.AsType[*url.Error](err); ok {
			err = failed.Err // without the address, which may have a secret
		}
		return nil, ofNetwork(err)
	}
	defer response.Body.Close()
	switch {
	case response.StatusCode == http.StatusNotModified && known:
		return []File{before}, nil
	case response.StatusCode != http.StatusOK:
		return nil, ofStatus(response)
	}
	file, err := w.receive(response)
	return []File{file}, err
}

// request makes the request, with what the place says is to be sent.
func (w *web) request(ctx context.Context) (*http.Request, error) {
	address, err := url.Parse(w.URL)
	if err != nil {
		return nil, fault(Refused, number.Say("this is not an address"), err)
	}
	parameters := address.Query()
	for _, p := range w.Query {
		text, err := w.text(p)
		if err != nil {
			return nil, err
		}
		parameters.Set(p.Name, text)
	}
	if len(w.Query) > 0 {
		address.RawQuery = parameters.Encode()
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return nil, fault(Refused, number.Say("this is not an address"), err)
	}
	for _, h := range w.Headers {
		text, err := w.text(h)
		if err != nil {
			return nil, err
		}
		request.Header.Set(h.Name, text)
	}
	request.Header.Set("User-Agent", cmp.Or(request.Header.Get("User-Agent"), "niengiam"))
	request.Header.Set("Accept-Encoding", "identity")
	bearer, err := w.read(w.Bearer)
	if err != nil {
		return nil, err
	}
	if bearer != "" {
		request.Header.Set("Authorization", "Bearer "+bearer)
	}
	if w.User != "" {
		password, err := w.read(w.Password)
		if err != nil {
			return nil, err
		}
		request.SetBasicAuth(w.User, password)
	}
	return request, nil
}

// text is what a header or parameter says.
func (w *web) text(f workspace.Field) (string, error) {
	if f.Secret == (workspace.Secret{}) {
		return f.Text, nil
	}
	return w.read(f.Secret)
}

// redirect follows a redirect of the same scheme, and takes nothing along to another server
// that is for the first one alone.
func (w *web) redirect(next *http.Request, via []*http.Request) error {
	first := via[0].URL
	switch to := next.URL; {
	case len(via) > mostRedirects:
		return fault(Refused, number.Say("it redirects more than %d times", mostRedirects), nil)
	case to.Scheme != "http" && to.Scheme != "https", to.User != nil:
		return fault(Forbidden, number.Say("it redirects to %s", to.Scheme+"://"+to.Host), nil)
	case to.Scheme != first.Scheme && !w.limits.OtherScheme:
		return &number.Error{
			Code: Forbidden, Message: number.Say("it redirects to %s, from %s", to.Scheme+"://"+to.Host, first.Scheme),
			Hint: number.Say("write the address that it redirects to, or give the place `allow: other-scheme`"),
		}
	case to.Scheme != first.Scheme, to.Host != first.Host:
		for _, h := range w.Headers {
			next.Header.Del(h.Name)
		}
		next.Header.Del("Authorization")
	}
	next.Header.Del("Referer") // which would tell the parameters
	return nil
}

// receive keeps the file of an answer.
func (w *web) receive(response *http.Response) (File, error) {
	file := File{
		Name: w.name(response), Address: w.URL,
		Tag: response.Header.Get("ETag"), Changed: response.Header.Get("Last-Modified"),
	}
	if response.ContentLength > w.limits.Bytes {
		return file, tooLarge(w.limits.Bytes)
	}
	in, err := w.kept.begin(w.limits.Bytes)
	if err != nil {
		return file, err
	}
	defer in.discard()
	size, err := io.Copy(in, response.Body)
	switch {
	case err != nil:
		return file, ofNetwork(err)
	case response.ContentLength >= 0 && size != response.ContentLength:
		return file, &passing{fault: cut(io.ErrUnexpectedEOF)}
	}
	return file, in.keep(&file)
}

// name is the name of the file: what the workspace says, or the server, or the address.
func (w *web) name(response *http.Response) string {
	if w.File != "" {
		return w.File
	}
	if _, parameters, err := mime.ParseMediaType(response.Header.Get("Content-Disposition")); err == nil && parameters["filename"] != "" {
		return clean(parameters["filename"])
	}
	if address, err := url.Parse(w.URL); err == nil {
		return clean(path.Base("/" + address.Path))
	}
	return "file"
}

// ofStatus makes a fault of an answer that has no file.
func ofStatus(response *http.Response) error {
	status := response.StatusCode
	switch {
	case status == http.StatusUnauthorized, status == http.StatusForbidden, status == http.StatusProxyAuthRequired:
		return fault(Denied, number.Say("the server answers %d", status), nil)
	case status == http.StatusNotFound, status == http.StatusGone, status == http.StatusNoContent:
		return fault(Missing, number.Say("the server answers %d", status), nil)
	case status == http.StatusTooManyRequests, status == http.StatusRequestTimeout, status >= 500 && status != http.StatusNotImplemented:
		return &passing{fault: fault(Unreachable, number.Say("the server answers %d", status), nil), after: retryAfter(response.Header.Get("Retry-After"), time.Now())}
	}
	return fault(Refused, number.Say("the server answers %d", status), nil)
}

// retryAfter reads when to ask again, in seconds or as a time; 0 where nothing is said.
func retryAfter(text string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(text); err == nil && seconds > 0 {
		return time.Duration(min(seconds, 1<<30)) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil && at.After(now) {
		return at.Sub(now)
	}
	return 0
}
