package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"kessai.dev/kessai/client"
	"kessai.dev/kessai/tools/bench/load"
)

// What is asked for: an event is at the shop within a second.
const (
	hookRate  = 200
	hookLimit = time.Second
	hookWait  = 30 * time.Second // for the last ones
)

// webhooks measures how old an event is when an endpoint first has it. Its own time,
// which it is measured from, is a moment before the commit, so that the commit, the
// reading of the journal, the signing and the delivery are all in it. The receiver
// verifies what comes, in the process of the load generator, on the same cores.
func webhooks(ctx context.Context, b *bench) error {
	fmt.Printf("\n## Webhooks: age of an event at its first delivery, %d payments a second, open loop, acquirer 0 ms\n\n", hookRate)
	fmt.Printf("Two events a payment. Every message is verified. \"Down\" is an endpoint that answers 503 to everything.\n\n")
	fmt.Printf("| endpoints | run | events | deliveries | again | p50 ms | p99 ms | max ms | payments: p99 ms | p99 ≤ %.0f ms |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---|\n", ms(hookLimit))
	for _, c := range []struct {
		name     string
		up, down int
	}{{"1", 1, 0}, {"5, one of them down", 4, 1}} {
		for run := range b.reps {
			if err := b.hookRun(ctx, c.name, run, c.up, c.down); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *bench) hookRun(ctx context.Context, name string, run, up, down int) error {
	s, err := b.freshKessai(instant(0))
	if err != nil {
		return err
	}
	defer s.stop()
	r, err := newReceiver()
	if err != nil {
		return err
	}
	defer r.close()
	for i := range up + down {
		if err := r.register(ctx, s.http, i, i >= up); err != nil {
			return err
		}
	}
	if w := load.Open(ctx, hookRate, b.length, 2000, s.conn.Create()); w.FirstErr != nil {
		return fmt.Errorf("%w\n%s", w.FirstErr, s.Tail())
	}
	warm, err := r.drained(ctx, int(b.length.Seconds()*hookRate)*2)
	if err != nil {
		return err
	}
	calm(ctx, s)
	res := load.Open(ctx, hookRate, max(b.length, 10*time.Second), 2000, s.conn.Create())
	if res.FirstErr != nil {
		return fmt.Errorf("%w\n%s", res.FirstErr, s.Tail())
	}
	events := 2 * len(res.Latencies)
	if _, err := r.drained(ctx, warm+events); err != nil {
		return fmt.Errorf("%w\n%s", err, s.Tail())
	}
	ages, again := r.result(warm)
	q := func(q float64) time.Duration { return ages[min(int(q*float64(len(ages))), len(ages)-1)] }
	fmt.Printf("| %s | %d | %d | %d | %d | %.1f | %.1f | %.1f | %.1f | %s |\n", name, run+1, events, len(ages), again, ms(q(.5)), ms(q(.99)), ms(ages[len(ages)-1]), ms(res.Quantile(.99)),
		b.judge(fmt.Sprintf("first delivery p99 at %d payments/s ≤ 1 s, endpoints: %s", hookRate, name), q(.99) <= hookLimit, ""))
	return nil
}

// receiver is the shop's end of every endpoint.
type receiver struct {
	server  *http.Server
	addr    string
	mu      sync.Mutex
	secrets map[string]string // by path; none: it is down
	first   map[string]map[string]time.Duration
	order   map[string][]string // the ids by path, as they first came
	again   int
	wrong   error
	up      int
}

func newReceiver() (*receiver, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	r := &receiver{addr: l.Addr().String(), secrets: map[string]string{}, first: map[string]map[string]time.Duration{}, order: map[string][]string{}}
	r.server = &http.Server{Handler: r, ReadHeaderTimeout: time.Minute}
	go func() { _ = r.server.Serve(l) }()
	return r, nil
}

func (r *receiver) close() { _ = r.server.Close() }

// register makes an endpoint.
func (r *receiver) register(ctx context.Context, kessai string, n int, down bool) error {
	path := fmt.Sprintf("/%d", n)
	body := fmt.Sprintf(`{"uri":"http://%s%s"}`, r.addr, path)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+kessai+"/v1/webhookEndpoints", bytes.NewReader([]byte(body)))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", load.DemoKey)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	var made struct{ Secret string }
	if err := json.NewDecoder(res.Body).Decode(&made); err != nil || made.Secret == "" {
		return fmt.Errorf("make an endpoint: %s, %w", res.Status, err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if !down {
		r.secrets[path], r.first[path] = made.Secret, map[string]time.Duration{}
		r.up++
	}
	return nil
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	now := time.Now()
	body, err := io.ReadAll(req.Body)
	r.mu.Lock()
	secret, up := r.secrets[req.URL.Path]
	r.mu.Unlock()
	if err != nil || !up {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	e, err := (&client.Webhook{Secrets: []string{secret}}).Verify(req.Header, body)
	r.mu.Lock()
	defer r.mu.Unlock()
	if err != nil {
		r.wrong = fmt.Errorf("a message that cannot be believed: %w: %s", err, body)
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	seen := r.first[req.URL.Path]
	if _, known := seen[e.GetId()]; known {
		r.again++
		return
	}
	seen[e.GetId()] = now.Sub(e.GetCreateTime().AsTime())
	r.order[req.URL.Path] = append(r.order[req.URL.Path], e.GetId())
}

// drained waits until every endpoint that is up has so many events.
func (r *receiver) drained(ctx context.Context, events int) (int, error) {
	for end := time.Now().Add(hookWait); ; time.Sleep(10 * time.Millisecond) {
		r.mu.Lock()
		least, wrong := events, r.wrong
		for _, ids := range r.order {
			least = min(least, len(ids))
		}
		complete := len(r.order) == r.up && least == events
		r.mu.Unlock()
		switch {
		case wrong != nil:
			return 0, wrong
		case complete:
			return events, nil
		case ctx.Err() != nil:
			return 0, ctx.Err()
		case time.Now().After(end):
			return 0, errors.New("webhooks: events are missing after half a minute")
		}
	}
}

// result gives the ages of what first came after so many events of each endpoint,
// sorted, and how much came again.
func (r *receiver) result(after int) (ages []time.Duration, again int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for path, ids := range r.order {
		for _, id := range ids[after:] {
			ages = append(ages, r.first[path][id])
		}
	}
	slices.Sort(ages)
	return ages, r.again
}
