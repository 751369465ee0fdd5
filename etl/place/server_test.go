package place_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/niengiam/niengiam/etl/workspace"
)

// nobody is the number of Debian's user without rights: PostgreSQL does not run as root.
const nobody = 65534

// postgres is a PostgreSQL server with a socket in a folder, and a port with a certificate
// that nobody trusts. Its user office has the secret as password.
type postgres struct {
	t       *testing.T
	dir     string
	port    string
	command *exec.Cmd
}

func newPostgres(t *testing.T) *postgres {
	t.Helper()
	dir, err := os.MkdirTemp("", "pg") //nolint:usetesting // the path of a socket must be short
	if err != nil {
		t.Fatal(err)
	}
	p := &postgres{t: t, dir: dir}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if os.Getuid() == 0 {
		if err := os.Chown(dir, nobody, nobody); err != nil {
			t.Fatal(err)
		}
	}
	data, password := filepath.Join(dir, "data"), filepath.Join(dir, "password")
	if err := os.WriteFile(password, []byte(secret), 0o644); err != nil {
		t.Fatal(err)
	}
	initialise := p.program("initdb", "--pgdata", data, "--username=office", "--pwfile", password, "--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", "--no-sync", "--no-instructions")
	if out, err := initialise.CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	var log bytes.Buffer
	p.certify(data)
	p.port = freePort(t)
	p.command = p.program("postgres", "-D", data, "-k", dir, "-p", p.port, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "shared_buffers=16MB", "-c", "autovacuum=off", "-c", "max_connections=20")
	p.command.Stdout, p.command.Stderr = &log, &log
	if err := p.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = p.command.Process.Signal(syscall.SIGINT)
		_ = p.command.Wait()
	})
	deadline := time.Now().Add(time.Minute)
	for {
		connection, err := p.connect()
		if err == nil {
			_ = connection.Close(context.Background())
			return p
		}
		if time.Now().After(deadline) {
			t.Fatalf("PostgreSQL does not start: %v\n%s", err, log.String())
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// program is one of PostgreSQL's, as a user without rights.
func (p *postgres) program(name string, args ...string) *exec.Cmd {
	p.t.Helper()
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	path := name
	if err == nil && len(found) > 0 {
		path = slices.Max(found)
	}
	command := exec.Command(path, args...)
	command.Dir, command.Env = p.dir, []string{"LC_ALL=C", "PATH=" + os.Getenv("PATH")}
	if os.Getuid() == 0 {
		command.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	return command
}

func (p *postgres) connect() (*pgconn.PgConn, error) {
	return pgconn.Connect(context.Background(), "host="+p.dir+" port="+p.port+" user=office password="+secret+" dbname=postgres")
}

// address is that of a database, by the socket.
func (p *postgres) address(database string) string {
	return "postgres:///" + database + "?host=" + p.dir + "&port=" + p.port
}

// certify makes the certificate of the server.
func (p *postgres) certify(data string) {
	p.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		p.t.Fatal(err)
	}
	about := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	certificate, err := x509.CreateCertificate(rand.Reader, about, about, key.Public(), key)
	if err != nil {
		p.t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		p.t.Fatal(err)
	}
	for name, block := range map[string]*pem.Block{"server.crt": {Type: "CERTIFICATE", Bytes: certificate}, "server.key": {Type: "PRIVATE KEY", Bytes: private}} {
		file := filepath.Join(data, name)
		err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600)
		if err == nil && os.Getuid() == 0 {
			err = os.Chown(file, nobody, nobody)
		}
		if err != nil {
			p.t.Fatal(err)
		}
	}
}

func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
}

// do runs statements.
func (p *postgres) do(statements string) {
	p.t.Helper()
	connection, err := p.connect()
	if err == nil {
		_, err = connection.Exec(context.Background(), statements).ReadAll()
		_ = connection.Close(context.Background())
	}
	if err != nil {
		p.t.Fatal(err)
	}
}

// place is a query on the server.
func (p *postgres) place(query string) workspace.Place {
	return workspace.Place{SQL: &workspace.SQL{
		Server: p.address("postgres"), User: "office", Password: workspace.Secret{Env: "TOKEN"}, Query: query, File: "figures", Rows: 1000,
	}, Limits: workspace.Limits{Retries: 2}}
}

func (p *postgres) office(query string) *office {
	p.t.Helper()
	return newOffice(p.t, p.place(query))
}
