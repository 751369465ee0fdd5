package export

import (
	"log/slog"

	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/graph/question"
	"github.com/niengiam/niengiam/stats/number"
)

// Root is where exports are served.
const Root = "/export/"

// adHoc is the name in an address of a question that is not saved.
const adHoc = "-"

// Config is what an Exporter needs.
type Config struct {
	// Server answers the questions.
	Server *graph.Server
	// Questions are the saved questions.
	Questions []*question.Question
	// Title is the title of the workspace.
	Title number.Text
	// Edition identifies the version of the program; the ETags of files depend on it.
	Edition string
	// Logger logs errors that break off a file; nil for no log.
	Logger *slog.Logger
}
