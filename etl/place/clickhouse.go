package place

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// clickHouse asks a ClickHouse server.
type clickHouse struct {
	*visit
	*workspace.SQL
}

// The codes of ClickHouse that mean something of their own here.
const (
	chReadOnly  = 164
	chTimeout   = 159
	chNoGrant   = 497
	chNoLogin   = 516
	chBusy      = 202
	chNoNetwork = 210
)

// ask runs the query with the right to read alone. A user who may read alone anyway may not
// say so; then what the server gave him holds.
func (c *clickHouse) ask(ctx context.Context) ([]File, error) {
	files, err := c.askWith(ctx, clickhouse.Settings{"readonly": 1, "max_execution_time": int(c.left(ctx).Seconds()) + 1})
	if said, ok := errors.AsType[*clickhouse.Exception](err); ok && said.Code == chReadOnly && strings.Contains(said.Message, "setting") {
		files, err = c.askWith(ctx, nil)
	}
	if err != nil {
		return nil, ofRows(err, c.of)
	}
	return files, nil
}

func (c *clickHouse) askWith(ctx context.Context, settings clickhouse.Settings) ([]File, error) {
	at, encryption, err := server(c.SQL)
	if err != nil {
		return nil, err
	}
	password, err := c.read(c.Password)
	if err != nil {
		return nil, err
	}
	host := at.Host
	if at.Port() == "" {
		host += ":9000"
	}
	connection, err := clickhouse.Open(&clickhouse.Options{
		Addr: []string{host}, TLS: encryption, Settings: settings, MaxOpenConns: 1, DialTimeout: 30 * time.Second,
		ReadTimeout: c.limits.Time + time.Second, // the context ends first, and says why
		Auth:        clickhouse.Auth{Database: strings.TrimPrefix(at.Path, "/"), Username: c.User, Password: password},
	})
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	answer, err := connection.Query(ctx, c.Query)
	if err != nil {
		return nil, err
	}
	defer answer.Close()
	file, err := c.receive(answer)
	if err != nil {
		return nil, err
	}
	return []File{file}, nil
}

// receive writes the rows of an answer.
func (c *clickHouse) receive(answer driver.Rows) (File, error) {
	r, err := c.rows(answer.Columns(), c.Rows)
	if err != nil {
		return File{}, err
	}
	defer r.in.discard()
	types := answer.ColumnTypes()
	values, cells := make([]any, len(types)), make([]cell, len(types))
	for answer.Next() {
		for i, t := range types {
			values[i] = reflect.New(t.ScanType()).Interface()
		}
		if err := answer.Scan(values...); err != nil {
			return File{}, err
		}
		for i, t := range types {
			var ok bool
			if cells[i], ok = clickHouseCell(reflect.ValueOf(values[i]).Elem(), t.DatabaseTypeName()); !ok {
				return File{}, fault(BadQuery, number.Say("the column %q is of the type %s: turn it into text in the query", t.Name(), t.DatabaseTypeName()), nil)
			}
		}
		if err := r.add(cells); err != nil {
			return File{}, err
		}
	}
	if err := answer.Err(); err != nil {
		return File{}, err
	}
	return r.keep(c.SQL)
}

// clickHouseCell writes a value as ClickHouse would; false where it is no single one.
func clickHouseCell(v reflect.Value, of string) (cell, bool) {
	for v.Kind() == reflect.Pointer && v.Type() != reflect.TypeFor[*big.Int]() {
		if v.IsNil() {
			return cell{}, true
		}
		v = v.Elem()
	}
	switch value := v.Interface().(type) {
	case string:
		return cell{value, text}, true
	case bool:
		return cell{strconv.FormatBool(value), bare}, true
	case decimal.Decimal:
		return cell{value.StringFixed(max(0, -value.Exponent())), bare}, true
	case big.Int:
		return cell{value.String(), bare}, true
	case *big.Int:
		return cell{value.String(), bare}, true
	case time.Time:
		return cell{value.Format(layoutOf(of)), text}, true
	case fmt.Stringer:
		return cell{value.String(), text}, true
	}
	switch v.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return cell{strconv.FormatInt(v.Int(), 10), bare}, true
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return cell{strconv.FormatUint(v.Uint(), 10), bare}, true
	case reflect.Float32, reflect.Float64:
		written := strconv.FormatFloat(v.Float(), 'f', -1, v.Type().Bits())
		if math.IsNaN(v.Float()) || math.IsInf(v.Float(), 0) {
			return cell{written, text}, true
		}
		return cell{written, bare}, true
	}
	return cell{}, false
}

func layoutOf(of string) string {
	switch {
	case strings.Contains(of, "DateTime64"):
		return "2006-01-02 15:04:05.999999999"
	case strings.Contains(of, "DateTime"):
		return "2006-01-02 15:04:05"
	}
	return time.DateOnly
}

// of makes a fault of what ClickHouse, or the way to it, said.
func (c *clickHouse) of(err error) error {
	said, ok := errors.AsType[*clickhouse.Exception](err)
	if !ok {
		return ofNetwork(err)
	}
	message, _, _ := strings.Cut(c.plain(said.Message), "\n")
	told := number.Say("the database answers: %s (%s)", message, strconv.Itoa(int(said.Code)))
	switch {
	case said.Code == chTimeout:
		return fault(Slow, number.Say("it took longer than %s", c.limits.Time.String()), err)
	case said.Code == chNoGrant, said.Code == chNoLogin:
		return fault(Denied, told, err)
	case slices.Contains([]int32{chBusy, chNoNetwork}, said.Code):
		return &passing{fault: fault(Unreachable, told, err)}
	}
	return fault(BadQuery, told, err)
}
