package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kessai.dev/kessai/client"
	eventv1 "kessai.dev/kessai/gen/kessai/event/v1"
)

// shelf is a shop's endpoint that can be down, and keeps what it believed, as often
// as it came.
type shelf struct {
	*httptest.Server
	mu      sync.Mutex
	clock   func() time.Time
	secrets []string
	down    bool
	asked   int // while it was down
	refused int // of those it did not believe
	kept    []*eventv1.Event
	came    chan struct{}
}

func newShelf(t *testing.T, clock func() time.Time) *shelf {
	s := &shelf{clock: clock, came: make(chan struct{}, 1)}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *shelf) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	defer func() {
		select {
		case s.came <- struct{}{}:
		default:
		}
	}()
	if s.down || err != nil {
		s.asked++
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	e, err := (&client.Webhook{Secrets: s.secrets, Clock: s.clock}).Verify(r.Header, body)
	if err != nil {
		if err != client.WebhookStale { // signed before the test set the clock
			s.refused++
		}
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	s.kept = append(s.kept, e)
}

// set changes how it is.
func (s *shelf) set(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
}

// await waits for something to be true of it.
func (s *shelf) await(t *testing.T, holds func() bool) {
	t.Helper()
	for {
		s.mu.Lock()
		done := holds()
		s.mu.Unlock()
		if done {
			return
		}
		select {
		case <-s.came:
		case <-t.Context().Done():
			t.Fatal("it never came")
		}
	}
}

// ids counts how often each event came. The caller holds mu, or nothing comes.
func (s *shelf) ids() map[string]int {
	times := map[string]int{}
	for _, e := range s.kept {
		times[e.GetId()]++
	}
	return times
}

// P77 P78 P79 P81: on real books, with a clock that the test sets: a receiver that
// is down for a day gets everything once it is up, from the process that follows the
// one that failed to tell it; its health and the metrics say how it is; a rotation in
// the middle loses nothing; and a consumer who is given all of it shuffled and twice
// ends where one does who got it in order.
func TestReceiverDownForADay(t *testing.T) {
	var ahead atomic.Int64
	began := dayClock()
	clock := func() time.Time { return began().Add(time.Duration(ahead.Load())) }
	f := &Flags{Listen: "127.0.0.1:0", GRPCListen: "127.0.0.1:0", SimulatorListen: "127.0.0.1:0", Data: t.TempDir()}
	open := func() (*server, *process) {
		t.Helper()
		s, err := start(t.Context(), f, "", slog.New(slog.NewTextHandler(io.Discard, nil)), clock)
		if err != nil {
			t.Fatal(err)
		}
		return s, &process{t: t, base: "http://" + s.addr.String()}
	}
	s, p := open()
	end := func() {
		t.Helper()
		http.DefaultClient.CloseIdleConnections() // a connection that was never used holds a stop up for seconds
		if err := s.stop(context.Background()); err != nil {
			t.Error(err)
		}
	}
	defer func() { end() }()
	shop := newShelf(t, clock)
	hook := p.must("POST", "/v1/webhookEndpoints", "", `{"uri":"`+shop.URL+`/hook"}`)
	name := hook["name"].(string)
	shop.set(func() { shop.secrets = []string{hook["secret"].(string)} })
	p.pay("first")
	shop.await(t, func() bool { return len(shop.kept) == 2 })

	shop.set(func() { shop.down = true })
	paid := 0
	const steps, step = 8, 3 * time.Hour
	for n := range steps {
		if n == steps/2 { // a restart, and a rotation that the receiver does not know of yet
			end()
			s, p = open()
			p.must("POST", "/v1/"+name+":rotateSecret", "", `{"overlapHours":48}`)
		}
		for i := range 3 {
			pay := p.pay(fmt.Sprintf("%d-%d", n, i))
			if paid++; i == 0 && n != 4 { // not in the provider's night
				p.must("POST", "/v1/"+pay["name"].(string)+":cancel", "c"+pay["name"].(string), `{}`)
			}
		}
		before := 0
		shop.set(func() { before = shop.asked })
		ahead.Add(int64(step))
		s.hooks.Tick()
		shop.await(t, func() bool { return shop.asked > before })
	}
	var asked int
	shop.set(func() { asked = shop.asked })
	health := p.must("GET", "/v1/webhookEndpoints", "", "")["webhookEndpoints"].([]any)[0].(map[string]any)["health"].(map[string]any)
	if waiting := int(health["waiting"].(float64)); health["state"] != "FAILING" || waiting < 2*paid || asked > steps*40 {
		t.Errorf("asked %d times, %d events of %d payments wait: %v", asked, waiting, paid, health)
	}
	if metrics := p.text("/metrics"); !strings.Contains(metrics, `kessai_webhook_endpoints{state="FAILING"} 1`) || !strings.Contains(metrics, `kessai_webhook_tries_total{outcome="failed"}`) {
		t.Error("the metrics say nothing of it")
	}

	shop.set(func() { shop.down = false })
	ahead.Add(int64(step)) // longer than any pause: an hour, and a tenth by chance
	s.hooks.Tick()
	var told []string
	for cursor := ""; ; {
		page := p.must("GET", "/v1/events?pageSize=1000&cursor="+cursor, "", "")
		for _, e := range list(page["events"]) {
			told = append(told, e.(map[string]any)["id"].(string))
		}
		if cursor, _ = page["nextCursor"].(string); page["more"] != true {
			break
		}
	}
	shop.await(t, func() bool {
		have := shop.ids()
		return !slices.ContainsFunc(told, func(id string) bool { return have[id] == 0 })
	})
	shop.mu.Lock()
	defer shop.mu.Unlock()
	if shop.refused != 0 {
		t.Errorf("%d messages were not believed during the rotation", shop.refused)
	}
	t.Logf("%d events after a day of %d tries", len(told), asked)
	shuffledConsumers(t, shop.kept, told)
}

// shuffledConsumers holds consumers that get events in any order, and twice, against
// one who gets them as they happened (P79).
func shuffledConsumers(t *testing.T, kept []*eventv1.Event, order []string) {
	t.Helper()
	byID := map[string]*eventv1.Event{}
	for _, e := range kept {
		byID[e.GetId()] = e
	}
	// A consumer as docs/events.md says: per payment the highest sequence counts.
	consume := func(list []*eventv1.Event) map[string]string {
		highest, state := map[string]int32{}, map[string]string{}
		for _, e := range list {
			if e.GetSequence() > highest[e.GetPayment()] {
				highest[e.GetPayment()], state[e.GetPayment()] = e.GetSequence(), e.GetType()
			}
		}
		return state
	}
	var inOrder []*eventv1.Event
	for _, id := range order {
		inOrder = append(inOrder, byID[id])
	}
	want := consume(inOrder)
	for seed := range uint64(20) {
		mixed := append(append([]*eventv1.Event(nil), inOrder...), inOrder...)
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		got := consume(mixed)
		for payment, last := range want {
			if got[payment] != last {
				t.Fatalf("seed %d: %s ends with %s, not %s", seed, payment, got[payment], last)
			}
		}
	}
}
