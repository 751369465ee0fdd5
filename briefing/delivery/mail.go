package delivery

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"mime"
	"mime/multipart"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"strings"
	"time"

	"github.com/niengiam/niengiam/etl/workspace"
)

// mailTime is how long one attempt to send a mail may take.
const mailTime = time.Minute

// mailCourier sends one mail to all addresses, encrypted where the server can. A password
// is only ever sent encrypted, or to this machine.
func mailCourier(ctx context.Context, c *Courier, m *workspace.Mail, p Parcel) error {
	message, err := message(c, m, p)
	if err != nil {
		return forGood{err}
	}
	host, _, err := net.SplitHostPort(m.Server)
	if err != nil {
		return forGood{err}
	}
	ctx, cancel := context.WithTimeout(ctx, mailTime)
	defer cancel()
	connection, err := (&net.Dialer{}).DialContext(ctx, "tcp", m.Server)
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { _ = connection.Close() })
	defer stop()
	client, err := smtp.NewClient(connection, host)
	if err != nil {
		return errors.Join(err, connection.Close())
	}
	defer client.Close()
	if offered, _ := client.Extension("STARTTLS"); offered {
		if err := client.StartTLS(&tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}); err != nil {
			return err
		}
	}
	if m.UserEnv != "" {
		user, password := c.Getenv(m.UserEnv), c.Getenv(m.PasswordEnv)
		if user == "" || password == "" {
			return forGood{fmt.Errorf("the environment has no %s or %s", m.UserEnv, m.PasswordEnv)}
		}
		if err := client.Auth(smtp.PlainAuth("", user, password, host)); err != nil {
			return final(err)
		}
	}
	return hand(client, m, message)
}

// hand returns a message to the server.
func hand(client *smtp.Client, m *workspace.Mail, message []byte) error {
	from, err := mail.ParseAddress(m.From)
	if err != nil {
		return forGood{err}
	}
	if err := client.Mail(from.Address); err != nil {
		return final(err)
	}
	for _, to := range m.To {
		address, err := mail.ParseAddress(to)
		if err != nil {
			return forGood{err}
		}
		if err := client.Rcpt(address.Address); err != nil {
			return final(err)
		}
	}
	body, err := client.Data()
	if err != nil {
		return final(err)
	}
	if _, err := body.Write(message); err != nil {
		return err
	}
	if err := body.Close(); err != nil {
		return final(err)
	}
	_ = client.Quit() // the mail was taken; a server that hangs up first changes nothing
	return nil
}

// final reports whether a server refuses for good (5xx), not for the moment (4xx).
func final(err error) error {
	if answer, ok := errors.AsType[*textproto.Error](err); ok && answer.Code >= 500 {
		return forGood{err}
	}
	return err
}

// message writes the mail: a text, and each file beside it.
func message(c *Courier, m *workspace.Mail, p Parcel) ([]byte, error) {
	var out bytes.Buffer
	parts := multipart.NewWriter(&out)
	fmt.Fprintf(&out, "From: %s\r\nTo: %s\r\nSubject: %s\r\nDate: %s\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=%q\r\n\r\n",
		m.From, strings.Join(m.To, ", "), mime.QEncoding.Encode("utf-8", p.Subject), c.Now().Format(time.RFC1123Z), parts.Boundary())
	add := func(header textproto.MIMEHeader, content []byte) error {
		header.Set("Content-Transfer-Encoding", "base64")
		part, err := parts.CreatePart(header)
		if err != nil {
			return err
		}
		const line = 76
		text := base64.StdEncoding.EncodeToString(content)
		for text != "" {
			n := min(line, len(text))
			if _, err := part.Write([]byte(text[:n] + "\r\n")); err != nil {
				return err
			}
			text = text[n:]
		}
		return nil
	}
	if err := add(textproto.MIMEHeader{"Content-Type": {"text/plain; charset=utf-8"}}, []byte(p.Text)); err != nil {
		return nil, err
	}
	for _, file := range p.Files {
		err := add(textproto.MIMEHeader{
			"Content-Type": {file.Type}, "Content-Disposition": {mime.FormatMediaType("attachment", map[string]string{"filename": file.Name})},
		}, file.Content)
		if err != nil {
			return nil, err
		}
	}
	if err := parts.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
