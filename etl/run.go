package etl

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// load is one run of a source while it runs.
type load struct {
	Config
	source  *workspace.Source
	telling *teller         // nil in a preview
	years   catalogue.Years // that are loaded; zero for all
	run     ledger.Run
	stage   string // that it has entered last
	rejects []reject
	after   ledger.ReleaseID      // the last release that the drafts were held against
	known   []*ledger.Restatement // those of the source
	leftOut int                   // cells that were refused before
	aside   string                // the directory for what memory does not hold; "" for that of the system
}

// tell tells how far the load is in a stage. The rows that it has read are known once its
// files were examined.
func (l *load) tell(stage string, done, total int) {
	switch {
	case l.telling == nil:
	case l.run.Repeats != "": // the counts are those of an earlier run
		l.telling.at(stage, done, total, 0, 0)
	default:
		l.telling.at(stage, done, total, l.run.Read, l.run.Rejected)
	}
	l.stage = stage
	l.Config.tell(stage, done, total)
}

// recordTime is what the record of a run may take when the run's own context is over.
const recordTime = 30 * time.Second

// end records how the load ended, with a context of its own: that of the load may be over.
func end(ctx context.Context, l *load, failure error) (ledger.Run, error) {
	failure = ofLoad(because(ctx, failure))
	l.tell(ledger.StageRecord, 0, 1)
	l.run.Ended = l.Now()
	if failure != nil {
		l.run.Error = number.Text{VI: told(failure, number.Vietnamese), EN: told(failure, number.English)}
		if l.run.Outcome != ledger.Refused {
			l.run.Outcome = ledger.Failed
		}
	}
	var rejects []ledger.Reject // where the files were not examined they stand with the run that did
	if len(l.run.Releases) == 0 {
		rejects = stored(l.rejects)
	}
	came := l.stage
	l.tell(ledger.StageRecord, 0, 1)
	recording, stop := context.WithTimeout(context.WithoutCancel(ctx), recordTime)
	defer stop()
	if err := l.Sink.EndRun(recording, l.run, rejects); err != nil {
		failure = errors.Join(failure, fmt.Errorf("record the end of the run: %w", err))
	} else {
		kept(l.Snapshots, l.run.ID)
	}
	l.tell(ledger.StageRecord, 1, 1)
	log := l.Logger.With("source", l.run.Source, "run", l.run.ID, "by", l.run.Actor, "outcome", l.run.Outcome, "stage", came, "seconds", l.run.Seconds(),
		"read", l.run.Read, "rejected", l.run.Rejected, "new", l.run.Added, "releases", len(l.run.Releases))
	if failure != nil {
		log.Error("load ended", "code", number.CodeOf(failure), "error", failure)
	} else {
		log.Info("load ended")
	}
	l.telling.end(&l.run)
	if l.Ended != nil {
		l.Ended(l.run)
	}
	return l.run, failure
}

// because returns a failure as what its context ended for, where that has a code: its time
// was over, or its lease was lost.
func because(ctx context.Context, failure error) error {
	if cause := context.Cause(ctx); failure != nil && number.CodeOf(cause) != "" && number.CodeOf(failure) != number.CodeOf(cause) {
		return cause
	}
	return failure
}

// told writes a failure for those who look at the run: what a fault of the program or
// the warehouse was is for the log.
func told(failure error, language number.Language) string {
	faults := number.Errors(failure)
	if len(faults) == 0 {
		fault, _ := LoadFailed.Fault()
		return fault.Meaning.In(language) + "; " + fault.Remedy.In(language)
	}
	lines := make([]string, len(faults))
	for i, fault := range faults {
		lines[i] = fault.Line(language)
	}
	return strings.Join(lines, "\n")
}

// ofLoad returns a failure in the words of a load: nobody has asked a question.
func ofLoad(failure error) error {
	if number.CodeOf(failure) != number.QueryTooDear {
		return failure
	}
	return &number.Error{
		Code: LoadTooDear, Message: number.Say("the load needs more memory or time of ClickHouse than it may take"),
		Hint: number.Say("give the engine more memory, with --warehouse-memory, or load the source in several files"), Err: failure,
	}
}
