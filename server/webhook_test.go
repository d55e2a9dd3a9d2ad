package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"kessai.dev/kessai/client"
)

// receiver is a shop's endpoint: it verifies every message and remembers whose it
// was. Three of them it refuses once.
type receiver struct {
	*httptest.Server
	t       *testing.T
	mu      sync.Mutex
	secret  string
	seen    map[string]int // by the event's id: how often it came
	refused map[string]bool
	came    chan struct{}
}

func newReceiver(t *testing.T) *receiver {
	r := &receiver{t: t, seen: map[string]int{}, refused: map[string]bool{}, came: make(chan struct{}, 1)}
	r.Server = httptest.NewServer(r)
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	body, err := io.ReadAll(q.Body)
	r.mu.Lock()
	defer r.mu.Unlock()
	verifier := client.Webhook{Secrets: []string{r.secret}}
	event, wrong := verifier.Verify(q.Header, body)
	if err != nil || wrong != nil || event.GetId() != q.Header.Get("Webhook-Id") {
		r.t.Errorf("%v %v: %s", err, wrong, body)
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if len(r.seen)%7 == 6 && len(r.refused) < 3 && !r.refused[event.GetId()] {
		r.refused[event.GetId()] = true
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	r.seen[event.GetId()]++
	select {
	case r.came <- struct{}{}:
	default:
	}
}

// await waits until enough of the ids came.
func (r *receiver) await(enough func(seen map[string]int) bool) {
	r.t.Helper()
	for {
		r.mu.Lock()
		done := enough(r.seen)
		r.mu.Unlock()
		if done {
			return
		}
		select {
		case <-r.came:
		case <-r.t.Context().Done():
			r.t.Fatal("events are missing")
		}
	}
}

// P76 P78: killed in the middle of its deliveries, twice: after the last
// start every event of the books has arrived, signed, under the id that the list
// gives it; some arrived twice, none is missing.
func TestWebhooksSurviveKill(t *testing.T) {
	data, r := t.TempDir(), newReceiver(t)
	p := spawn(t, data)
	made := p.must("POST", "/v1/webhookEndpoints", "", `{"uri":"`+r.URL+`/hook"}`)
	r.mu.Lock()
	r.secret, _ = made["secret"].(string)
	r.mu.Unlock()
	const kills, orders = 2, 20
	for k := range kills {
		var wg sync.WaitGroup
		for i := range orders {
			wg.Go(func() {
				_, _, _ = p.call("POST", "/v1/payments", fmt.Sprint("k", k, "-", i), fmt.Sprintf(`{"amount":5080,"orderNumber":"%d-%d","cardToken":"SIMAPPROVED00000"}`, k, i))
			})
		}
		r.await(func(seen map[string]int) bool { return len(seen) > k*2*orders+orders/4 })
		p.kill()
		wg.Wait()
		p = spawn(t, data)
		for i := range orders { // what the kill cut off is made, under the same keys
			p.must("POST", "/v1/payments", fmt.Sprint("k", k, "-", i), fmt.Sprintf(`{"amount":5080,"orderNumber":"%d-%d","cardToken":"SIMAPPROVED00000"}`, k, i))
		}
		r.await(func(seen map[string]int) bool { return len(seen) >= (k+1)*2*orders })
	}
	var ids []string
	for cursor := ""; ; {
		page := p.must("GET", "/v1/events?pageSize=1000&cursor="+cursor, "", "")
		for _, e := range list(page["events"]) {
			ids = append(ids, e.(map[string]any)["id"].(string))
		}
		if cursor, _ = page["nextCursor"].(string); page["more"] != true {
			break
		}
	}
	if len(ids) < kills*orders*2 {
		t.Fatalf("%d events of %d payments", len(ids), kills*orders)
	}
	r.await(func(seen map[string]int) bool {
		for _, id := range ids {
			if seen[id] == 0 {
				return false
			}
		}
		return true
	})
	r.mu.Lock()
	defer r.mu.Unlock()
	twice := 0
	for _, n := range r.seen {
		if n > 1 {
			twice++
		}
	}
	t.Logf("%d events, %d came more than once, %d were refused first", len(ids), twice, len(r.refused))
}
