package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	_ "google.golang.org/grpc/health" // clients that look
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/resolver"
	"google.golang.org/grpc/resolver/manual"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// balancer is a proxy that sends calls to those who say that they are ready, in turn.
type balancer struct {
	mu    sync.Mutex
	all   []*process
	ready []*httputil.ReverseProxy
	turn  atomic.Uint64
}

func (b *balancer) put(i int, p *process) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.all[i] = p
}

// look asks everybody once.
func (b *balancer) look() {
	b.mu.Lock()
	all := append([]*process(nil), b.all...)
	b.mu.Unlock()
	var ready []*httputil.ReverseProxy
	for _, p := range all {
		res, err := http.Get(p.base + "/readyz")
		if err != nil {
			continue
		}
		_ = res.Body.Close()
		if u, _ := url.Parse(p.base); res.StatusCode == http.StatusOK {
			ready = append(ready, httputil.NewSingleHostReverseProxy(u))
		}
	}
	b.mu.Lock()
	b.ready = ready
	b.mu.Unlock()
}

// watch asks everybody ten times a second.
func (b *balancer) watch(over <-chan struct{}) {
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for !isClosed(over) {
		select {
		case <-over:
		case <-tick.C:
			b.look()
		}
	}
}

// addresses are where all of them serve native gRPC.
func (b *balancer) addresses() (all resolver.State) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, p := range b.all {
		all.Addresses = append(all.Addresses, resolver.Address{Addr: p.grpc})
	}
	return all
}

// ServeHTTP implements http.Handler.
func (b *balancer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	ready := b.ready
	b.mu.Unlock()
	if len(ready) == 0 {
		http.Error(w, "nobody is ready", http.StatusBadGateway)
		return
	}
	ready[b.turn.Add(1)%uint64(len(ready))].ServeHTTP(w, r)
}

// P08, P96: each process is stopped and started again, one after the other: behind a proxy
// that looks at /readyz, and for gRPC clients that know both, with and without a look at their
// health. No call fails, and nobody calls twice.
func TestRollingRestart(t *testing.T) {
	args, _ := processWorld(t)
	args = append(args, "--drain-delay", "3s") // the machine may be busy
	b := &balancer{all: []*process{spawn(t, t.TempDir(), args...), spawn(t, t.TempDir(), args...)}}
	b.look()
	proxy := httptest.NewServer(b)
	defer proxy.Close()
	over := make(chan struct{})
	var looking, callers sync.WaitGroup
	looking.Go(func() { b.watch(over) })
	rest := func(id string) error { return restPayment(proxy.URL, id) }
	looks, blind := newRounder(t, b, `,"healthCheckConfig":{"serviceName":""}`), newRounder(t, b, "")
	kinds := []*kind{{name: "REST", pay: rest}, {name: "gRPC, looking", pay: looks.pay}, {name: "gRPC, not looking", pay: blind.pay}}
	for n, k := range kinds {
		for caller := range 2 {
			callers.Go(func() { k.call(t, fmt.Sprint(n, "-", caller), over) })
		}
	}
	for i, p := range b.all {
		for _, k := range kinds { // calls go on
			for before := k.made.Load(); k.made.Load() < before+20 && !t.Failed(); {
				<-time.After(time.Millisecond)
			}
		}
		if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if err := p.cmd.Wait(); err != nil {
			t.Errorf("process %d: %v\n%s", i, err, p.log)
		}
		b.put(i, spawn(t, t.TempDir(), args...))
		b.look()
		looks.know(b)
		blind.know(b)
	}
	close(over)
	callers.Wait()
	looking.Wait()
	for _, k := range kinds {
		t.Logf("%s: %d payments", k.name, k.made.Load())
	}
}

// kind is one way to call.
type kind struct {
	name string
	pay  func(id string) error
	made atomic.Int64
}

// call makes payments until it is over, or one fails.
func (k *kind) call(t *testing.T, caller string, over <-chan struct{}) {
	for n := 0; !isClosed(over); n++ {
		if err := k.pay(fmt.Sprint(caller, "-", n)); err != nil {
			t.Errorf("%s: %v", k.name, err)
			return
		}
		k.made.Add(1)
	}
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// restPayment makes one over REST.
func restPayment(base, id string) error {
	req, err := http.NewRequest("POST", base+"/v1/payments", strings.NewReader(`{"amount":5080,"orderNumber":"`+id+`","cardToken":"SIMAPPROVED00000"}`))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+demoKey)
	req.Header.Set("Idempotency-Key", id)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if err == nil && (res.StatusCode != http.StatusOK || !strings.Contains(string(body), `"STATE_AUTHORIZED"`)) {
		err = fmt.Errorf("%d %s", res.StatusCode, body)
	}
	return err
}

// rounder is a client of native gRPC that calls all processes in turn and tries nothing again.
type rounder struct {
	names  *manual.Resolver
	client paymentv1.PaymentServiceClient
}

func newRounder(t *testing.T, b *balancer, config string) *rounder {
	t.Helper()
	r := &rounder{names: manual.NewBuilderWithScheme("fleet")}
	r.names.InitialState(b.addresses())
	conn, err := grpc.NewClient("fleet:///all", grpc.WithResolvers(r.names), grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDisableRetry(), grpc.WithDefaultServiceConfig(`{"loadBalancingConfig":[{"round_robin":{}}]`+config+`}`))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	r.client = paymentv1.NewPaymentServiceClient(conn)
	return r
}

// know tells it where the processes are now.
func (r *rounder) know(b *balancer) { r.names.UpdateState(b.addresses()) }

func (r *rounder) pay(id string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	ctx = metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+demoKey, "idempotency-key", id)
	answer, err := r.client.CreatePayment(ctx, &paymentv1.CreatePaymentRequest{Amount: 5080, OrderNumber: id, CardToken: "SIMAPPROVED00000"})
	if err == nil && answer.GetPayment().GetState() != paymentv1.Payment_STATE_AUTHORIZED {
		err = fmt.Errorf("%v", answer)
	}
	return err
}
