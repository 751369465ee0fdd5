package engine

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/xml"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"text/template"
	"time"

	"github.com/niengiam/niengiam/wholefile"
)

//go:embed config.xml.tmpl
var configText string

//go:embed users.xml.tmpl
var usersText string

// settings are what the two templates are filled with.
type settings struct {
	Dir, Users      string
	Database        string
	ServerMemory    uint64 // of the whole child
	QueryMemory     uint64 // of one query of the program
	AnalystMemory   uint64 // of one query of an analyst
	SpillMemory     uint64 // from here on, grouping and sorting go to disk
	CacheMemory     uint64 // of each cache of marks and indices
	Queries         int
	Seconds         int // of one query
	SecondsMax      int // the most an analyst may ask for
	Rows            uint64
	ApplicationHash string
	AnalystHash     string
	Reader          *Reader
	Keeper          *keeper
}

// keeper is where a keeper listens.
type keeper struct{ Host, Port string }

// keeperAt reads the address of a keeper; nil for none.
func keeperAt(address string) *keeper {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil
	}
	return &keeper{host, port}
}

// deadlineHeadroom is what clickhouse-go adds to a deadline when it sends it as
// max_execution_time, and a little more.
const deadlineHeadroom = 10 * time.Second

// settingsFor computes the settings, with a default for each limit that is not configured.
func settingsFor(cfg Config, login credentials) settings {
	if cfg.MaxMemory == 0 {
		cfg.MaxMemory = machineMemory(os.DirFS("/")) / 10 * 6
	}
	if cfg.MaxQueries == 0 {
		cfg.MaxQueries = 16 * runtime.NumCPU()
	}
	if cfg.MaxExecutionTime == 0 {
		cfg.MaxExecutionTime = time.Minute
	}
	if cfg.MaxRowsToRead == 0 {
		cfg.MaxRowsToRead = 2_000_000_000
	}
	return settings{
		Dir:             cfg.Dir,
		Users:           filepath.Join(cfg.Dir, usersFile),
		Database:        cfg.Database,
		ServerMemory:    cfg.MaxMemory,
		QueryMemory:     cfg.MaxMemory / 2,
		AnalystMemory:   cfg.MaxMemory / 4,
		SpillMemory:     cfg.MaxMemory / 8,
		CacheMemory:     cfg.MaxMemory / 16,
		Queries:         cfg.MaxQueries,
		Seconds:         max(1, int(cfg.MaxExecutionTime.Seconds())),
		SecondsMax:      max(1, int((cfg.MaxExecutionTime + deadlineHeadroom).Seconds())),
		Rows:            cfg.MaxRowsToRead,
		ApplicationHash: hash(login.application),
		AnalystHash:     hash(login.analyst),
		Reader:          cfg.Reader,
		Keeper:          keeperAt(cfg.Keeper),
	}
}

// hash is how a password stands in users.xml.
func hash(password string) string {
	sum := sha256.Sum256([]byte(password))
	return hex.EncodeToString(sum[:])
}

// writeConfig writes both files anew: the passwords and the machine may differ
// from last time.
func writeConfig(cfg Config, login credentials) error {
	values := settingsFor(cfg, login)
	for name, text := range map[string]string{configFile: configText, usersFile: usersText} {
		content, err := fill(text, values)
		if err == nil {
			err = wholefile.Write(filepath.Join(cfg.Dir, name), content, 0o600)
		}
		if err != nil {
			return directoryError(cfg.Dir, err)
		}
	}
	return nil
}

func fill(text string, values settings) ([]byte, error) {
	page, err := template.New("config").Funcs(template.FuncMap{"xml": escape, "identifier": identifier, "hash": hash}).Parse(text)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = page.Execute(&out, values)
	return out.Bytes(), err
}

func escape(text string) (string, error) {
	var out bytes.Buffer
	err := xml.EscapeText(&out, []byte(text))
	return out.String(), err
}

// identifier quotes a name for SQL.
func identifier(name string) string {
	return "`" + strings.NewReplacer(`\`, `\\`, "`", "\\`").Replace(name) + "`"
}
