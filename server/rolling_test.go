package main

import (
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

// P08, P96: each process is stopped and started again, one after the other, behind a proxy
// that looks at /readyz: no call fails, and nobody calls twice.
func TestRollingRestart(t *testing.T) {
	args, _ := processWorld(t)
	args = append(args, "--drain-delay", "3s") // the machine may be busy
	b := &balancer{all: []*process{spawn(t, t.TempDir(), args...), spawn(t, t.TempDir(), args...)}}
	b.look()
	proxy := httptest.NewServer(b)
	defer proxy.Close()
	over, looking := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(looking)
		for tick := time.NewTicker(100 * time.Millisecond); ; {
			select {
			case <-over:
				tick.Stop()
				return
			case <-tick.C:
				b.look()
			}
		}
	}()
	var callers sync.WaitGroup
	var made atomic.Int64
	for caller := range 4 {
		callers.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-over:
					return
				default:
				}
				id := fmt.Sprint(caller, "-", n)
				req, _ := http.NewRequest("POST", proxy.URL+"/v1/payments", strings.NewReader(`{"amount":5080,"orderNumber":"`+id+`","cardToken":"SIMAPPROVED00000"}`))
				req.Header.Set("Authorization", "Bearer "+demoKey)
				req.Header.Set("Idempotency-Key", id)
				res, err := http.DefaultClient.Do(req)
				if err != nil {
					t.Error(err)
					return
				}
				body, err := io.ReadAll(res.Body)
				_ = res.Body.Close()
				if err != nil || res.StatusCode != http.StatusOK || !strings.Contains(string(body), `"STATE_AUTHORIZED"`) {
					t.Errorf("%d %s %v", res.StatusCode, body, err)
					return
				}
				made.Add(1)
			}
		})
	}
	for i, p := range b.all {
		for before := made.Load(); made.Load() < before+20 && !t.Failed(); { // calls go on
			<-time.After(time.Millisecond)
		}
		if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if err := p.cmd.Wait(); err != nil {
			t.Errorf("process %d: %v\n%s", i, err, p.log)
		}
		next := spawn(t, t.TempDir(), args...)
		b.put(i, next)
		b.look()
	}
	close(over)
	callers.Wait()
	<-looking
	t.Logf("%d payments", made.Load())
}
