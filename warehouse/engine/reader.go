package engine

import (
	"fmt"
	"net"
	"regexp"
	"slices"

	"github.com/niengiam/niengiam/stats/number"
)

// Reader is a user of tools that speak ClickHouse. It comes from this machine alone, by
// the native protocol and, where it is opened, by HTTP, and reads some views and
// nothing else: no table, no file, no address, and it changes no setting but how long
// a query may take.
type Reader struct {
	// Name is what it logs in as: lower-case letters, digits and underscores.
	Name string
	// Password is its password, of twelve characters at least.
	Password string
	// Views are the names of the views of Config.Database that it reads. They must run
	// with the rights of who made them.
	Views []string
	// Port is where the native protocol listens; HTTPPort where HTTP does, 0 for not
	// at all.
	Port, HTTPPort int
}

// ReaderRefused is the code of a user for tools with SQL that cannot be as it is set.
const ReaderRefused number.Code = "SQL_USER_REFUSED"

// readerName is what can be a name of an element of users.xml, too.
var readerName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,31}$`)

// leastPassword is the length of the shortest password: everybody on the machine may try.
const leastPassword = 12

// checkReader tells what is wrong with the reader, before anything is started.
func checkReader(e *Engine) error {
	r := e.cfg.Reader
	refuse := func(hint, message string, values ...any) error {
		return &number.Error{Code: ReaderRefused, Message: number.EnglishOnly(message, values...), Hint: number.EnglishOnly("%s", hint)}
	}
	switch {
	case r == nil:
		return nil
	case !readerName.MatchString(r.Name) || slices.Contains([]string{"default", applicationUser, analystUser}, r.Name):
		return refuse("take another, such as bi", "%q cannot be the name of the user for tools with SQL", r.Name)
	case len(r.Password) < leastPassword:
		return refuse("give a longer one", "the password of the user for tools with SQL has fewer than %d characters", leastPassword)
	case !e.Confined():
		return refuse("use a ClickHouse server, or a kernel of Linux 5.19 and later", "this system cannot keep an engine to its own files, and SQL could read others")
	case r.Port == 0:
		return refuse("give a fixed port", "the port of the native protocol is not given")
	}
	for _, port := range []int{r.Port, r.HTTPPort} {
		if port == 0 {
			continue
		}
		listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", fmt.Sprint(port)))
		if err != nil {
			return refuse("stop what listens there, or give another port", "the port %d for tools with SQL cannot be listened on", port)
		}
		_ = listener.Close() // it was only tried
	}
	return nil
}
