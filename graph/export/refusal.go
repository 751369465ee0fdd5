package export

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/stats/number"
)

// refuse sends faults as GraphQL does, beside no data.
func refuse(w http.ResponseWriter, refused *graph.Refused) {
	w.Header().Set("Cache-Control", "no-store")
	if refused.Status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "5")
	}
	body, err := json.Marshal(map[string]gqlerror.List{"errors": refused.Errors})
	if err != nil {
		body = []byte(`{"errors":[{"message":"internal error","extensions":{"code":"INTERNAL"}}]}`)
	}
	send(w, refused.Status, body)
}

func send(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n')) // a caller that has gone is no fault of ours
}

// statusOf is the status of the faults of a question that was asked: the fault is
// the caller's unless a code says otherwise.
func statusOf(faults gqlerror.List) int {
	status := http.StatusBadRequest
	for _, fault := range faults {
		code, _ := fault.Extensions["code"].(number.Code)
		switch {
		case code == "INTERNAL":
			return http.StatusInternalServerError
		case strings.HasPrefix(string(code), "ENGINE_"):
			status = http.StatusServiceUnavailable
		case code == "TIMEOUT" && status == http.StatusBadRequest:
			status = http.StatusGatewayTimeout
		}
	}
	return status
}

func bad(fault *number.Error) *graph.Refused { return graph.Refuse(http.StatusBadRequest, fault) }
