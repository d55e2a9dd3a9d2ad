package webhook

import (
	"context"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kessai.dev/kessai/internal/shop"
)

func clock() time.Time { return noon }

// try sends one message to an address.
func try(t *testing.T, o Options, uri string, loopback bool, m message) outcome {
	t.Helper()
	o.Clock = clock
	s := newSender(&o)
	defer s.close()
	if m.id == "" {
		m.id, m.body = "e-1", []byte(`{"id":"e-1"}`)
	}
	return s.send(t.Context(), &shop.Endpoint{URI: uri, Secret: "whsec_c2VjcmV0"}, loopback, &m)
}

// serve starts a receiver.
func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

// P80: a redirect is not followed, wherever it leads: it is a failure, and says what
// to do.
func TestRedirects(t *testing.T) {
	var reached atomic.Int32
	target := serve(t, func(http.ResponseWriter, *http.Request) { reached.Add(1) })
	for _, status := range []int{301, 302, 303, 307, 308} {
		uri := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, target, status) })
		if o := try(t, Options{}, uri, true, message{}); o.arrived || o.status != status || o.reason != reasonRedirect {
			t.Errorf("%d: %+v", status, o)
		}
	}
	if reached.Load() != 0 {
		t.Error("a redirect was followed")
	}
}

// P80: of an endless answer only a little is read, and nothing of what an endpoint
// says is kept; a header without end is a failure.
func TestHugeAnswers(t *testing.T) {
	var sent atomic.Int64
	uri := serve(t, func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			n, err := w.Write([]byte(strings.Repeat("canary ", 1000)))
			sent.Add(int64(n))
			if err != nil {
				return
			}
		}
	})
	if o := try(t, Options{}, uri, true, message{}); !o.arrived || o.status != 200 {
		t.Errorf("%+v", o)
	}
	if n := sent.Load(); n > 50<<20 {
		t.Errorf("%d bytes were taken", n)
	}
	uri = serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Canary", strings.Repeat("canary ", 10000))
		w.WriteHeader(http.StatusOK)
	})
	if o := try(t, Options{}, uri, true, message{}); o.arrived || o.reason != reasonFailed {
		t.Errorf("%+v", o)
	}
	uri = serve(t, func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "canary", http.StatusTeapot) })
	if o := try(t, Options{}, uri, true, message{}); strings.Contains(o.reason, "canary") || !strings.Contains(o.reason, "418") {
		t.Errorf("%+v", o)
	}
}

// Only 200 to 299 mean that the endpoint has it.
func TestStatuses(t *testing.T) {
	for status, arrived := range map[int]bool{200: true, 202: true, 204: true, 299: true, 304: false, 400: false, 401: false, 404: false, 410: false, 429: false, 500: false, 503: false} {
		uri := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "77")
			w.WriteHeader(status)
		})
		o := try(t, Options{}, uri, true, message{})
		if asked := o.retry == 77*time.Second; o.arrived != arrived || o.status != status || asked != (status == 429 || status == 503) || (o.reason == "") != arrived {
			t.Errorf("%d: %+v", status, o)
		}
	}
}

// P80: whatever an address says, or leads to now, nothing inside is reached: not this
// machine in PRODUCTION, not by a name, and not when the provider ceased to be the
// simulator.
func TestNothingInside(t *testing.T) {
	var reached atomic.Int32
	uri := serve(t, func(http.ResponseWriter, *http.Request) { reached.Add(1) })
	_, port, err := net.SplitHostPort(strings.TrimPrefix(uri, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Lookup: func(context.Context, string) ([]netip.Addr, error) {
		return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
	}}
	for _, address := range []string{uri, "https://127.0.0.1:" + port, "https://localhost:" + port, "https://shop.example:" + port, "https://[::ffff:127.0.0.1]:" + port} {
		if got := try(t, o, address, false, message{}); got.arrived || got.reason != reasonInside {
			t.Errorf("%s: %+v", address, got)
		}
	}
	o.Lookup = func(context.Context, string) ([]netip.Addr, error) {
		return []netip.Addr{netip.MustParseAddr("169.254.169.254")}, nil
	}
	if got := try(t, o, "https://shop.example:"+port, true, message{}); got.arrived || got.reason != reasonInside {
		t.Errorf("%+v", got)
	}
	if reached.Load() != 0 {
		t.Error("it was reached")
	}
}

// P80: a proxy of the environment is not used: it would resolve names by itself.
func TestNoProxy(t *testing.T) {
	if newClient(&Options{}, false).Transport.(*http.Transport).Proxy != nil {
		t.Error("a proxy would be asked")
	}
}

// Each kind of failure has words of its own, in Japanese and English, and none of a
// library's.
func TestReasons(t *testing.T) {
	secure := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	secure.Config.ErrorLog = log.New(io.Discard, "", 0) // it complains of us
	secure.StartTLS()
	t.Cleanup(secure.Close)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := "http://" + l.Addr().String()
	_ = l.Close()
	unknown := Options{Lookup: func(_ context.Context, host string) ([]netip.Addr, error) {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}}
	late := Options{Dial: func(context.Context, string, string) (net.Conn, error) { return nil, context.DeadlineExceeded }}
	broken := Options{Dial: func(context.Context, string, string) (net.Conn, error) { return nil, errors.New("canary") }}
	for want, got := range map[string]outcome{
		reasonTLS:     try(t, Options{}, secure.URL, true, message{}),
		reasonRefused: try(t, Options{}, nobody, true, message{}),
		reasonName:    try(t, unknown, "https://shop.example/", false, message{}),
		reasonTimeout: try(t, late, "http://127.0.0.1/", true, message{}),
		reasonFailed:  try(t, broken, "http://127.0.0.1/", true, message{}),
	} {
		if got.reason != want || got.arrived || got.status != 0 || got.cut {
			t.Errorf("%+v, want %q", got, want)
		}
		if english, japanese, two := strings.Cut(want, ". "); !two || english == "" || !strings.Contains(japanese, "。") {
			t.Errorf("%q is not said twice", want)
		}
	}
	roots := x509.NewCertPool()
	roots.AddCert(secure.Certificate())
	if got := try(t, Options{Roots: roots}, secure.URL, true, message{}); !got.arrived {
		t.Errorf("a certificate that can be trusted: %+v", got)
	}
}

// What we end ourselves counts as nothing.
func TestCut(t *testing.T) {
	began := make(chan struct{})
	uri := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		close(began)
		<-r.Context().Done()
	})
	s := newSender(&Options{Clock: clock})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-began
		cancel()
	}()
	if o := s.send(ctx, &shop.Endpoint{URI: uri}, true, &message{id: "e", body: []byte("{}")}); !o.cut || o.arrived {
		t.Errorf("%+v", o)
	}
}

// P77: a test event has a word that only a program of the shop's sends back: an
// address that says yes to everything does not.
func TestEcho(t *testing.T) {
	for name, c := range map[string]struct {
		answer func(w http.ResponseWriter, word string)
		want   bool
	}{
		"the word":    {func(w http.ResponseWriter, word string) { _, _ = io.WriteString(w, word) }, true},
		"in JSON":     {func(w http.ResponseWriter, word string) { _, _ = io.WriteString(w, `{"challenge":"`+word+`"}`) }, true},
		"nothing":     {func(w http.ResponseWriter, _ string) { w.WriteHeader(http.StatusNoContent) }, false},
		"another":     {func(w http.ResponseWriter, _ string) { _, _ = io.WriteString(w, "ok") }, false},
		"and a fault": {func(w http.ResponseWriter, word string) { http.Error(w, word, http.StatusInternalServerError) }, false},
		"too late":    {func(w http.ResponseWriter, word string) { _, _ = io.WriteString(w, strings.Repeat(" ", maxEcho)+word) }, false},
	} {
		uri := serve(t, func(w http.ResponseWriter, r *http.Request) { c.answer(w, r.Header.Get("Webhook-Challenge")) })
		if o := try(t, Options{}, uri, true, message{id: "test-1", body: []byte("{}"), challenge: "0123456789abcdef"}); o.echoed != c.want {
			t.Errorf("%s: %+v", name, o)
		}
	}
}
