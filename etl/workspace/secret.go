package workspace

import (
	"regexp"
	"strconv"
	"time"

	"github.com/niengiam/niengiam/stats/number"
)

// Secret says where a secret is: in a variable of the environment or in a file. The secret
// itself has no place in a workspace.
type Secret struct {
	Env, File string
}

func readSecret(n node) Secret {
	if !n.exists() {
		return Secret{}
	}
	if !n.isMapping() {
		n.fault(BadValue, "here stands where the secret is, not the secret itself").Hint = number.EnglishOnly("write {env: NAME} or {file: PATH}")
		return Secret{}
	}
	m := n.mapping("env", "file")
	secret := Secret{Env: variable(m.get("env")), File: m.get("file").scalar()}
	if (secret.Env == "") == (secret.File == "") {
		n.fault(MissingKey, "a secret is in one place: {env: NAME} or {file: PATH}")
	}
	return secret
}

// duration reads how long something may take, as 30s, 10m or 2h.
func duration(n node, otherwise, most time.Duration) time.Duration {
	if !n.exists() {
		return otherwise
	}
	value, err := time.ParseDuration(n.scalar())
	if err != nil || value <= 0 || value > most {
		n.fault(BadValue, "%q is not a time like 30s, 10m or 2h, of at most %s", n.scalar(), most)
		return otherwise
	}
	return value
}

// size reads a number of bytes, as 800 kB, 20 MB or 1 GB.
func size(n node, most int64) int64 {
	if !n.exists() {
		return most
	}
	units := map[string]int64{"": 1, "kB": 1e3, "MB": 1e6, "GB": 1e9}
	parts := regexp.MustCompile(`^(\d{1,10}) ?(|kB|MB|GB)$`).FindStringSubmatch(n.scalar())
	if parts != nil {
		count, _ := strconv.ParseInt(parts[1], 10, 64) // ten digits are a number
		if value := count * units[parts[2]]; value > 0 && value <= most {
			return value
		}
	}
	n.fault(BadValue, "%q is not a size like 800 kB or 20 MB, of at most %d bytes", n.scalar(), most)
	return most
}
