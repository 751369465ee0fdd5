package workspace

import (
	"net/mail"
	"net/url"
	"path/filepath"
	"regexp"
	"time"

	"github.com/niengiam/niengiam/stats/number"
)

// Delivery is a briefing that is sent on a schedule.
type Delivery struct {
	// Code names the delivery.
	Code string
	// Unit and Template are the codes of the unit and the template; "" for the first
	// template of the unit's level.
	Unit, Template string
	// Year is the year of the briefing; 0 is the year before the one it is sent in.
	// BaseYear is the year to compare with; 0 is the default, number.PreviousYear the year before.
	Year, BaseYear number.Year
	// Language is the language of the sentences.
	Language number.Language
	// Formats are pdf and docx, or one of them.
	Formats []string
	// Schedule is when it is sent.
	Schedule *Schedule
	// Folder, Mail and Webhook are where it is sent to; at least one is given.
	Folder  string
	Mail    *Mail
	Webhook *Webhook
}

// Mail is how a briefing is sent by mail. Secrets are in the environment, in variables
// that the workspace names.
type Mail struct {
	// From and To are mail addresses.
	From string
	To   []string
	// Server is the host and port of the mail server.
	Server string
	// UserEnv and PasswordEnv are names of environment variables; "" for none.
	UserEnv, PasswordEnv string
}

// Webhook is an HTTP address to which a briefing is posted.
type Webhook struct {
	// URL is the address.
	URL string
	// SecretEnv is the name of the environment variable that holds the key with which
	// posts are signed; "" for none.
	SecretEnv string
}

// readDeliveries reads the list of deliveries.
func readDeliveries(r *reader, n node, zone *time.Location) []*Delivery {
	known := newNames("delivery")
	var deliveries []*Delivery
	for _, item := range n.list() {
		m := item.mapping("code", "unit", "template", "year", "base_year", "language", "formats", "schedule", "to")
		code, unit, template := m.need("code"), m.need("unit"), m.get("template")
		d := &Delivery{
			Code: code.code(), Unit: unit.scalar(), Template: template.scalar(), Year: year(m.get("year")), BaseYear: baseYear(m.get("base_year")),
			Language: number.Language(constant(m.get("language").choice("vi", "en"))), Schedule: readSchedule(m.need("schedule"), zone),
		}
		known.declare(&r.faults, d.Code, code.at)
		r.units.refer(&r.faults, d.Unit, unit.at)
		if template.exists() {
			r.briefings.refer(&r.faults, d.Template, template.at)
		}
		for _, format := range m.get("formats").list() {
			d.Formats = append(d.Formats, format.choice("pdf", "docx"))
		}
		if len(d.Formats) == 0 {
			d.Formats = []string{"pdf"}
		}
		d.readPlaces(m.need("to"))
		deliveries = append(deliveries, d)
	}
	return deliveries
}

// readPlaces reads where a delivery goes.
func (d *Delivery) readPlaces(n node) {
	to := n.mapping("folder", "mail", "webhook")
	if folder := to.get("folder"); folder.exists() {
		if d.Folder = folder.scalar(); !filepath.IsLocal(filepath.FromSlash(d.Folder)) {
			folder.fault(FileOutside, "the folder %q leaves the directory of data", d.Folder)
		}
	}
	if at := to.get("mail"); at.exists() {
		d.Mail = readMail(at.mapping("from", "to", "server", "user_env", "password_env"))
	}
	if at := to.get("webhook"); at.exists() {
		m := at.mapping("url", "secret_env")
		d.Webhook = &Webhook{URL: m.need("url").scalar(), SecretEnv: variable(m.get("secret_env"))}
		if address, err := url.Parse(d.Webhook.URL); err != nil || address.Scheme != "https" && address.Scheme != "http" || address.Host == "" || address.User != nil {
			m.get("url").fault(BadValue, "%q is not an address like https://example.org/hook, without a password", d.Webhook.URL)
		}
	}
	if n.exists() && d.Folder == "" && d.Mail == nil && d.Webhook == nil {
		n.fault(MissingKey, "a delivery goes to a folder, mail or webhook: name one")
	}
}

func readMail(m mapping) *Mail {
	at := &Mail{
		From: m.need("from").scalar(), Server: m.need("server").scalar(),
		UserEnv: variable(m.get("user_env")), PasswordEnv: variable(m.get("password_env")),
	}
	if _, err := mail.ParseAddress(at.From); m.get("from").exists() && err != nil {
		m.get("from").fault(BadValue, "%q is not an address of mail", at.From)
	}
	to := m.need("to")
	for _, item := range to.list() {
		address := item.scalar()
		if _, err := mail.ParseAddress(address); err != nil {
			item.fault(BadValue, "%q is not an address of mail", address)
		}
		at.To = append(at.To, address)
	}
	if to.exists() && len(at.To) == 0 {
		to.fault(MissingKey, "mail goes to at least one address")
	}
	return at
}

// variable reads the name of a variable of the environment: a secret itself has no
// place in a workspace.
func variable(n node) string {
	text := n.scalar()
	if n.exists() && !regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`).MatchString(text) {
		n.fault(BadValue, "here stands the name of a variable of the environment, like NIENGIAM_SMTP_PASSWORD, not the secret itself")
	}
	return text
}
