package metric

import "github.com/prometheus/client_golang/prometheus"

// descriptions are the names and meanings of what is read at each scrape.
type descriptions struct {
	ready *prometheus.Desc

	connections, maxConnections, waitingBytes, maxWaitingBytes, refused, displaced, cutOff *prometheus.Desc

	slices, sliceBytes, maxSliceBytes, sliceHits, sliceMisses *prometheus.Desc

	answers, answerBytes, maxAnswerBytes, answerHits, answerMisses *prometheus.Desc

	statements, rowsRead, head, releases, loaded *prometheus.Desc

	engineUp, restarts, muteKills, engineMemory *prometheus.Desc

	pending, waiting, next, lastStart, lastDuration, lastOutcome, lastLate, lastRead, lastRejected *prometheus.Desc

	all []*prometheus.Desc
}

func newDescriptions() descriptions {
	d := descriptions{}
	describe := func(name, help string, labels ...string) *prometheus.Desc {
		desc := prometheus.NewDesc("niengiam_"+name, help, labels, nil)
		d.all = append(d.all, desc)
		return desc
	}
	d.ready = describe("ready", "1 where questions can be answered, as /readyz says, otherwise 0.")

	d.connections = describe("gate_connections", "Connections that are open.")
	d.maxConnections = describe("gate_connections_limit", "Connections that may be open at once (--max-connections).")
	d.waitingBytes = describe("gate_waiting_bytes", "Bytes of answers that wait for their callers to receive them.")
	d.maxWaitingBytes = describe("gate_waiting_limit_bytes", "Bytes of answers that may wait at once (--max-sending).")
	d.refused = describe("gate_connections_refused_total", "Connections that were refused because all were in use.")
	d.displaced = describe("gate_connections_displaced_total", "Connections that were closed, while they waited for their caller, to make room for others.")
	d.cutOff = describe("gate_answers_cut_off_total", "Answers that were cut off because too many bytes waited to be received.")

	d.slices = describe("memory_slices", "Slices (sums of figures that answers are made from) that are cached.")
	d.sliceBytes = describe("memory_slices_bytes", "Memory in bytes that the cached slices take, about.")
	d.maxSliceBytes = describe("memory_slices_limit_bytes", "Memory in bytes that cached slices may take (--memory-slices).")
	d.sliceHits = describe("memory_slice_hits_total", "Slices that were asked for and cached.")
	d.sliceMisses = describe("memory_slice_misses_total", "Slices that were asked for and not cached, so that they were read of ClickHouse or waited for.")

	d.answers = describe("graph_kept_answers", "Answers that are kept as they were sent.")
	d.answerBytes = describe("graph_kept_answers_bytes", "Memory in bytes that the kept answers take, about.")
	d.maxAnswerBytes = describe("graph_kept_answers_limit_bytes", "Memory in bytes that kept answers may take (--memory-answers).")
	d.answerHits = describe("graph_kept_answer_hits_total", "Answers that were given as they were kept, or as they were made for somebody who asked the same at the same time.")
	d.answerMisses = describe("graph_kept_answer_misses_total", "Answers that can be kept and were made anew.")

	d.statements = describe("warehouse_statements_total", "Statements that were sent to ClickHouse for questions, loads and scrapes (two each); the looks for new releases are left out.")
	d.rowsRead = describe("warehouse_rows_read_total", "Rows that ClickHouse read for these statements.")
	d.head = describe("warehouse_release_head", "Number of the newest release.")
	d.releases = describe("warehouse_releases", "Releases, withdrawals among them, by source.", "source")
	d.loaded = describe("warehouse_release_loaded_timestamp_seconds", "When the newest release of the source became visible, in seconds since 1970.", "source")

	d.engineUp = describe("engine_up", "1 while the embedded ClickHouse runs, otherwise 0; absent where a server is used instead.")
	d.restarts = describe("engine_restarts_total", "Times that the embedded ClickHouse was started anew after it had died.")
	d.muteKills = describe("engine_mute_kills_total", "Times that the embedded ClickHouse was killed because it gave no sign of life.")
	d.engineMemory = describe("engine_resident_memory_bytes", "Memory of the machine in bytes that the embedded ClickHouse takes.")

	d.pending = describe("etl_restatements_pending", "Restatements of the source that wait for approval.", "source")
	d.waiting = describe("etl_load_waiting_seconds", "How long a load of the source has waited for another one to end; 0 where none waits.", "source")
	d.next = describe("etl_next_load_timestamp_seconds", "When the source is loaded next by its schedule, in seconds since 1970.", "source")
	d.lastStart = describe("etl_last_load_start_timestamp_seconds", "When the last load of the source began, whoever began it, in seconds since 1970.", "source")
	d.lastDuration = describe("etl_last_load_duration_seconds", "Time in seconds that the last load of the source took; absent while it runs.", "source")
	d.lastOutcome = describe("etl_last_load_outcome", "1 for how the last load of the source ended (running while it runs), 0 for all other outcomes.", "source", "outcome")
	d.lastLate = describe("etl_last_load_late", "1 where the last load of the source began more than two minutes after it was due, otherwise 0.", "source")
	d.lastRead = describe("etl_last_load_rows_read", "Data rows that the files of the source had when they were last examined.", "source")
	d.lastRejected = describe("etl_last_load_rows_rejected", "Rows and columns of the files of the source that were not accepted when they were last examined.", "source")
	return d
}

func (d descriptions) each(to func(*prometheus.Desc)) {
	for _, desc := range d.all {
		to(desc)
	}
}
