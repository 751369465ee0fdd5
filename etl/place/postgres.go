package place

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// postgres asks a PostgreSQL database.
type postgres struct {
	*visit
	*workspace.SQL
}

// ask runs the query in a transaction that only reads. All values travel as PostgreSQL writes
// them, so that no digit is lost.
func (p *postgres) ask(ctx context.Context) ([]File, error) {
	config, err := p.config(ctx)
	if err != nil {
		return nil, err
	}
	connection, err := pgconn.ConnectConfig(ctx, config)
	if err != nil {
		return nil, p.of(err)
	}
	defer func() {
		ending, stop := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer stop()
		_ = connection.Close(ending) // it only read
	}()
	if _, err := connection.Exec(ctx, "BEGIN READ ONLY").ReadAll(); err != nil {
		return nil, p.of(err)
	}
	answer := connection.ExecParams(ctx, p.Query, nil, nil, nil, nil)
	file, err := p.receive(answer)
	if err != nil {
		return nil, ofRows(err, p.of)
	}
	return []File{file}, nil
}

// config is how the server is spoken to; of the environment nothing counts but the secret.
func (p *postgres) config(ctx context.Context) (*pgconn.Config, error) {
	at, encryption, err := server(p.SQL)
	if err != nil {
		return nil, err
	}
	password, err := p.read(p.Password)
	if err != nil {
		return nil, err
	}
	config, err := pgconn.ParseConfig("sslmode=disable passfile=''")
	if err != nil {
		return nil, fault(Refused, number.Say("this is not an address"), err)
	}
	config.Host, config.Port = at.Hostname(), 5432
	if at.Host == "" {
		config.Host = at.Query().Get("host")
	}
	if port, err := strconv.ParseUint(at.Port()+at.Query().Get("port"), 10, 16); err == nil {
		config.Port = uint16(port)
	}
	config.Database, config.User, config.Password = strings.TrimPrefix(at.Path, "/"), p.User, password
	config.TLSConfig, config.Fallbacks = encryption, nil
	config.RuntimeParams = map[string]string{
		"application_name": "niengiam", "client_encoding": "UTF8", "default_transaction_read_only": "on", "DateStyle": "ISO", "IntervalStyle": "iso_8601",
		"TimeZone": "UTC", "extra_float_digits": "1", "bytea_output": "hex", "statement_timeout": fmt.Sprint(p.left(ctx).Milliseconds() + 1),
	}
	return config, nil
}

// receive writes the rows of an answer. One that is left before its end ends with the
// connection.
func (p *postgres) receive(answer *pgconn.ResultReader) (File, error) {
	fields := answer.FieldDescriptions()
	if len(fields) == 0 { // either the statement is refused or it gives none
		if _, err := answer.Close(); err != nil {
			return File{}, err
		}
	}
	columns := make([]string, len(fields))
	for i, field := range fields {
		columns[i] = field.Name
	}
	r, err := p.rows(columns, p.Rows)
	if err != nil {
		return File{}, err
	}
	defer r.in.discard()
	cells := make([]cell, len(fields))
	for answer.NextRow() {
		for i, value := range answer.Values() {
			cells[i] = postgresCell(value, fields[i].DataTypeOID)
		}
		if err := r.add(cells); err != nil {
			return File{}, err
		}
	}
	if _, err := answer.Close(); err != nil {
		return File{}, err
	}
	return r.keep(p.SQL)
}

// The numbers by which PostgreSQL knows its own types.
const (
	oidBool    = 16
	oidInt8    = 20
	oidInt2    = 21
	oidInt4    = 23
	oidFloat4  = 700
	oidFloat8  = 701
	oidNumeric = 1700
)

func postgresCell(value []byte, oid uint32) cell {
	switch {
	case value == nil:
		return cell{}
	case oid == oidBool:
		return cell{strconv.FormatBool(string(value) == "t"), bare}
	case slices.Contains([]uint32{oidInt8, oidInt2, oidInt4, oidFloat4, oidFloat8, oidNumeric}, oid) && isPlainNumber(string(value)):
		return cell{string(value), bare}
	}
	return cell{string(value), text}
}

// of makes a fault of what PostgreSQL, or the way to it, said.
func (p *postgres) of(err error) error {
	said, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return ofNetwork(err)
	}
	class := said.Code[:min(2, len(said.Code))]
	told := number.Say("the database answers: %s (%s)", p.plain(said.Message), said.Code)
	switch {
	case said.Code == "57014": // statement_timeout
		return fault(Slow, number.Say("it took longer than %s", p.limits.Time.String()), err)
	case class == "28", said.Code == "42501":
		return fault(Denied, told, err)
	case class == "53", class == "57", class == "08", class == "40":
		return &passing{fault: fault(Unreachable, told, err)}
	}
	return fault(BadQuery, told, err)
}
