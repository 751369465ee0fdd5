package engine

import (
	"fmt"
	"net"
	"regexp"
	"slices"

	"github.com/niengiam/niengiam/stats/number"
)

// Reader is the user of other programs that speak to ClickHouse. It connects from this
// machine only, by the native protocol and, if HTTPPort is set, by HTTP. It may only
// read some views: no table, no file and no network address, and the only setting that
// it may change is the time limit of a query.
type Reader struct {
	// Name is its login: lower-case letters, digits and underscores.
	Name string
	// Password has at least twelve characters.
	Password string
	// Views are the names of the views of Config.Database that it may read. They must
	// run with the rights of their creator.
	Views []string
	// Port is the port of the native protocol and HTTPPort that of HTTP, 0 for none.
	Port, HTTPPort int
}

// ReaderRefused is the error code for invalid settings of a Reader.
const ReaderRefused number.Code = "SQL_USER_REFUSED"

// readerName is what can be a name of an element of users.xml, too.
var readerName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,31}$`)

// leastPassword is the length of the shortest password: everybody on the machine may try.
const leastPassword = 12

// checkReader returns what is wrong with the settings of a reader. It is called before
// anything is started.
func checkReader(r *Reader) error {
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
	case !confinable():
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
