package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"
)

// patience is how long one answer may take.
const patience = time.Minute

// client asks over one connection that is kept alive. It does as little as it
// can, because it shares the cores with what is measured: one write, one answer.
type client struct {
	conn   net.Conn
	reader *bufio.Reader
	head   []byte
	out    []byte
	in     bytes.Buffer
	plain  bytes.Buffer
	gzip   *gzip.Reader
}

// dial opens a connection to a server; zipped asks for gzip, which every browser takes.
func dial(ctx context.Context, address string, zipped bool) (*client, error) {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	head := "POST /graphql HTTP/1.1\r\nHost: " + address + "\r\nContent-Type: application/json\r\n"
	if zipped {
		head += "Accept-Encoding: gzip\r\n"
	}
	c := &client{conn: conn, reader: bufio.NewReaderSize(conn, 64<<10), head: []byte(head + "Content-Length: ")}
	return c, nil
}

// ask sends a body and gives the body of the answer, which is good until the next.
func (c *client) ask(body []byte) ([]byte, error) {
	c.out = append(c.out[:0], c.head...)
	c.out = strconv.AppendInt(c.out, int64(len(body)), 10)
	c.out = append(append(c.out, "\r\n\r\n"...), body...)
	if err := c.conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return nil, err
	}
	if _, err := c.conn.Write(c.out); err != nil {
		return nil, err
	}
	response, err := http.ReadResponse(c.reader, nil)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	c.in.Reset()
	if _, err := c.in.ReadFrom(response.Body); err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", response.Status, c.in.Bytes())
	}
	switch encoding := response.Header.Get("Content-Encoding"); encoding {
	case "":
		return c.in.Bytes(), nil
	case "gzip":
		return c.unzip()
	default:
		return nil, fmt.Errorf("an answer in %s, which was not asked for", encoding)
	}
}

// unzip gives what the answer says; so the bench pays for it, as a browser would.
func (c *client) unzip() (answer []byte, err error) {
	if c.gzip == nil {
		c.gzip, err = gzip.NewReader(&c.in)
	} else {
		err = c.gzip.Reset(&c.in)
	}
	if err != nil {
		return nil, err
	}
	c.plain.Reset()
	_, err = c.plain.ReadFrom(c.gzip)
	return c.plain.Bytes(), err
}

func (c *client) close() error { return c.conn.Close() }
