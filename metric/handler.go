package metric

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Path is where metrics are served.
const Path = "/metrics"

// Limits of one scrape.
const (
	scrapeTime  = 5 * time.Second // how long it may take
	scrapesMost = 4               // how many may be under way
)

// Handler serves what the meter has counted, and the state, in the formats of Prometheus;
// nothing but Path is there.
func (m *Meter) Handler(logger *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET "+Path, promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		ErrorLog: slog.NewLogLogger(logger.Handler(), slog.LevelWarn), ErrorHandling: promhttp.ContinueOnError,
		MaxRequestsInFlight: scrapesMost, Timeout: scrapeTime,
	}))
	return mux
}
