package api

import (
	"encoding/json"
	"net/http"
	"slices"
)

// Condition is something about this process that is not as it should be. It is told to
// whoever asks, so nothing in it names an address, a shop or an amount.
type Condition struct {
	Reason   string // such as SESSIONS_DOWN
	NotReady bool   // calls should go elsewhere; false: they are served, with something missing
	English  string
	Japanese string
}

var draining = Condition{
	Reason: "DRAINING", NotReady: true,
	English:  "the process is about to stop: send calls to another one",
	Japanese: "まもなく停止します。呼び出しはほかのプロセスへ送ってください。",
}

// Drain says that calls should go elsewhere from now on. They are served until Stop.
func (a *API) Drain() { a.drain.Do(func() { close(a.draining) }) }

// conditions are all there are now, those first that keep calls away.
func (a *API) conditions() []Condition {
	var list []Condition
	if closed(a.draining) || a.stopped() {
		list = append(list, draining)
	}
	if a.o.Conditions != nil {
		list = append(list, a.o.Conditions()...)
	}
	slices.SortStableFunc(list, func(x, y Condition) int {
		switch {
		case x.NotReady == y.NotReady:
			return 0
		case x.NotReady:
			return -1
		}
		return 1
	})
	return list
}

// ready reports whether calls should come here.
func (a *API) ready() bool {
	return !slices.ContainsFunc(a.conditions(), func(c Condition) bool { return c.NotReady })
}

// serveLive is /livez: whoever answers is alive. A process that does not is to be started anew.
func (a *API) serveLive(w http.ResponseWriter, r *http.Request) {
	serveJSON(w, r, http.StatusOK, []byte(`{"status":"LIVE"}`))
}

// serveReady is /readyz: 200 READY or DEGRADED, or 503 NOT_READY, and why.
func (a *API) serveReady(w http.ResponseWriter, r *http.Request) {
	type told struct {
		Reason           string `json:"reason"`
		Message          string `json:"message"`
		LocalizedMessage string `json:"localizedMessage"`
	}
	answer := struct {
		Status     string `json:"status"`
		Conditions []told `json:"conditions,omitempty"`
	}{Status: "READY"}
	code := http.StatusOK
	for i, c := range a.conditions() {
		switch {
		case c.NotReady:
			answer.Status, code = "NOT_READY", http.StatusServiceUnavailable
		case i == 0:
			answer.Status = "DEGRADED"
		}
		answer.Conditions = append(answer.Conditions, told{c.Reason, c.English, c.Japanese})
	}
	text, _ := json.Marshal(answer) // texts: cannot fail
	serveJSON(w, r, code, text)
}

// serveHealth is /healthz: 200 or 503.
func (a *API) serveHealth(w http.ResponseWriter, r *http.Request) {
	if a.ready() {
		serveJSON(w, r, http.StatusOK, []byte(`{"status":"SERVING"}`))
		return
	}
	serveJSON(w, r, http.StatusServiceUnavailable, []byte(`{"status":"NOT_SERVING"}`))
}

func closed(ch <-chan struct{}) bool {
	select {
	case <-ch:
		return true
	default:
		return false
	}
}
