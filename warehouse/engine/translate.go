package engine

import (
	"context"
	"errors"
	"io"
	"net"
	"syscall"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/niengiam/niengiam/stats/number"
)

// Codes of ClickHouse that mean something to our users; the names are those of
// its ErrorCodes.cpp.
const (
	tooManyRows          = 158
	timeoutExceeded      = 159
	tooSlow              = 160
	tooManyQueries       = 202
	networkError         = 210
	memoryLimitExceeded  = 241
	notEnoughSpace       = 243
	tooManyBytes         = 307
	tooManyRowsOrBytes   = 396
	readonly             = 164
	unknownUser          = 192
	wrongPassword        = 193
	accessDenied         = 497
	authenticationFailed = 516
	settingConstraint    = 452
	userSessionLimit     = 700
	databaseAccessDenied = 291
	serverIsShuttingDown = 745

	cannotReadAllData   = 33
	checksumDoesntMatch = 40
	fileDoesntExist     = 107
	noFileInDataPart    = 226
	badSizeOfFile       = 228
	unexpectedFile      = 229
	tooManyBrokenParts  = 231
	corruptedData       = 246
	cannotDecompress    = 271
	unknownCodec        = 432
)

// Translate gives an error of clickhouse-go a code if it means a broken connection, an
// exceeded limit, a full disk or a refusal. It returns every other error as it is: also
// one of the context and one with a code. It is used for ClickHouse servers as well as
// for the embedded engine.
func Translate(err error) error {
	var exception *clickhouse.Exception
	switch {
	case err == nil, number.CodeOf(err) != "":
		return err
	case errors.Is(err, clickhouse.ErrAcquireConnTimeout):
		return &number.Error{
			Code: EngineBusy, Message: number.Say("no connection to ClickHouse came free in time"),
			Hint: number.Say("ask again in a moment"), Err: err,
		}
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.As(err, &exception):
		return translateException(exception, err)
	case broken(err):
		return downError(err)
	}
	return err
}

func downError(err error) error {
	return &number.Error{
		Code: EngineDown, Message: number.Say("the connection to ClickHouse broke"),
		Hint: number.Say("ask again; an embedded engine is started anew by itself"), Err: err,
	}
}

// broken recognises a connection that ended under a query.
func broken(err error) bool {
	var netErr net.Error
	for _, known := range []error{
		io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, clickhouse.ErrConnectionClosed,
		syscall.ECONNREFUSED, syscall.ECONNRESET, syscall.ECONNABORTED, syscall.EPIPE,
	} {
		if errors.Is(err, known) {
			return true
		}
	}
	return errors.As(err, &netErr)
}

func translateException(exception *clickhouse.Exception, err error) error {
	coded := &number.Error{Err: err}
	switch exception.Code {
	case memoryLimitExceeded:
		coded.Code, coded.Message = number.QueryTooDear, number.Say("the question needs more memory than it may take")
	case timeoutExceeded, tooSlow:
		coded.Code, coded.Message = number.QueryTooDear, number.Say("the question takes longer than it may")
	case tooManyRows, tooManyBytes, tooManyRowsOrBytes:
		coded.Code, coded.Message = number.QueryTooDear, number.Say("the question reads more rows than it may")
	case tooManyQueries:
		coded.Code, coded.Message, coded.Hint = EngineBusy, number.Say("too many questions are being answered already"), number.Say("ask again in a moment")
	case readonly, unknownUser, wrongPassword, accessDenied, authenticationFailed, settingConstraint, userSessionLimit, databaseAccessDenied:
		coded.Code, coded.Message = QueryDenied, number.EnglishOnly("%s", exception.Message)
	case networkError, serverIsShuttingDown:
		return downError(err)
	case cannotReadAllData, checksumDoesntMatch, noFileInDataPart, badSizeOfFile, unexpectedFile, tooManyBrokenParts, corruptedData, cannotDecompress, unknownCodec:
		return CorruptError("", number.Say("stored data cannot be read: they are damaged"), err)
	case notEnoughSpace:
		return diskFullError("", err)
	default:
		if noSpace(exception.Message) {
			return diskFullError("", err)
		}
		return err
	}
	if coded.Code == number.QueryTooDear {
		coded.Hint = number.Say("ask for fewer years, units or indicators at once")
	}
	return coded
}
