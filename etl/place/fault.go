package place

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"
	"time"

	"github.com/niengiam/niengiam/stats/number"
)

// The codes of faults of places. With each of them nothing is published.
const (
	// Unreachable: a place does not answer, or only that it cannot now, after all attempts.
	Unreachable number.Code = "PLACE_UNREACHABLE"
	// Denied: a place does not let the program in.
	Denied number.Code = "PLACE_DENIED"
	// Missing: there is nothing at the address, no file that fits, or no row.
	Missing number.Code = "PLACE_MISSING"
	// Refused: a place answers that it will not do what is asked.
	Refused number.Code = "PLACE_REFUSED"
	// Cut: a connection broke off before the end, or a file has another length than announced.
	Cut number.Code = "PLACE_CUT"
	// Slow: it took longer than the place's time_limit.
	Slow number.Code = "PLACE_SLOW"
	// TooLarge: a file is larger, or has more rows, than the place's limits allow.
	TooLarge number.Code = "PLACE_TOO_LARGE"
	// Forbidden: an address of a private network, or a redirect to another scheme, without leave.
	Forbidden number.Code = "PLACE_FORBIDDEN"
	// NoSecret: a secret is not where the workspace says.
	NoSecret number.Code = "PLACE_SECRET"
	// BadQuery: a database refuses a query, or gives what cannot be written as rows.
	BadQuery number.Code = "PLACE_QUERY"
	// Changing: a file does not stand still.
	Changing number.Code = "PLACE_CHANGING"
	// NotKept: what was fetched cannot be kept.
	NotKept number.Code = "PLACE_NOT_KEPT"
	// DiskFull: there is no space left for it. It is the code of the engine, on the same disk.
	DiskFull number.Code = "ENGINE_DISK_FULL"
)

// passing is a fault for a reason that may pass. After says how long to wait; 0 where the
// place did not say.
type passing struct {
	fault *number.Error
	after time.Duration
}

func (p *passing) Error() string { return p.fault.Error() }
func (p *passing) Unwrap() error { return p.fault }

func fault(code number.Code, message number.Message, cause error) *number.Error {
	return &number.Error{Code: code, Message: message, Err: cause}
}

// ofNetwork makes a fault of what the network said.
func ofNetwork(err error) error {
	if coded, ok := errors.AsType[*number.Error](err); ok {
		return coded
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err // whose it is, fetch knows
	}
	unknown, isDNS := errors.AsType[*net.DNSError](err)
	if isDNS && unknown.IsNotFound {
		return fault(Unreachable, number.Say("nobody knows a server of this name"), err)
	}
	if isUntrusted(err) {
		return fault(Unreachable, number.Say("the certificate of the server is not one to be trusted"), err)
	}
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return &passing{fault: fault(Unreachable, number.Say("the server does not take connections"), err)}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return &passing{fault: cut(err)}
	}
	return &passing{fault: fault(Unreachable, number.Say("the server cannot be reached"), err)}
}

func cut(err error) *number.Error {
	return fault(Cut, number.Say("the connection broke off before the end of the file"), err)
}

func isUntrusted(err error) bool {
	if _, is := errors.AsType[*tls.CertificateVerificationError](err); is {
		return true
	}
	if _, is := errors.AsType[x509.UnknownAuthorityError](err); is {
		return true
	}
	_, is := errors.AsType[x509.HostnameError](err)
	return is || strings.Contains(err.Error(), "server gave HTTP response to HTTPS client")
}

// tooLarge is the fault of a file that goes over its limit.
func tooLarge(most int64) *number.Error {
	return fault(TooLarge, number.Say("it is larger than the %d bytes that are allowed", most), nil)
}
