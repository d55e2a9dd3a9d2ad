package webcollect

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/payment"
)

// closedPort is an address on this machine where nothing listens.
func closedPort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// No connection, no name, no handshake: certainly not sent, whatever the call.
func TestUnreachable(t *testing.T) {
	nameless := func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.DNSError{Err: "no such host", Name: "ptwebcollect.jp", IsNotFound: true}
	}
	hangsUp := func(context.Context, string, string) (net.Conn, error) {
		near, far := net.Pipe()
		return near, far.Close() // the handshake finds nobody
	}
	for name, o := range map[string]Options{
		"nothing listens": {TestBase: "http://" + closedPort(t) + "/test_gateway"},
		"no such name":    {DialContext: nameless},
		"hangs up in TLS": {DialContext: hangsUp},
	} {
		c := dialing(t, o)
		for _, w := range []acquirer.Wish{authorize("A1"), complete(t, back()), charge("A1"), wish(payment.OpCapture, "A1"), adjust("A1"), wish(payment.OpCancel, "A1"), wish(payment.OpReauthorize, "A1")} {
			_, err := c.Perform(t.Context(), merchant, w)
			if e := isNotSent(t, err, payment.ProviderUnreachable, ""); e.Retry <= 0 {
				t.Errorf("%s: no time to come back", name)
			}
		}
		if _, err := c.Inquire(t.Context(), merchant, "A1"); err == nil {
			t.Errorf("%s: an inquiry was answered", name)
		}
	}
}

// P86: a certificate that does not prove itself, is past, or is for another
// name, and TLS below 1.2, stop the call before a byte of it is written.
func TestBadCertificates(t *testing.T) {
	newServer := func(t *testing.T, config *tls.Config) *httptest.Server {
		s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a request came through") }))
		s.Config.ErrorLog = log.New(io.Discard, "", 0)
		s.TLS = config
		s.StartTLS()
		t.Cleanup(s.Close)
		return s
	}
	trusting := func(s *httptest.Server) *x509.CertPool {
		p := x509.NewCertPool()
		p.AddCert(s.Certificate())
		return p
	}
	self, name, old := newServer(t, nil), newServer(t, nil), newServer(t, &tls.Config{MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10})
	toward := func(s *httptest.Server) func(context.Context, string, string) (net.Conn, error) {
		return func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, s.Listener.Addr().String())
		}
	}
	for what, o := range map[string]Options{
		"own signature": {TestBase: self.URL},
		"other name":    {TestBase: "https://gateway.example.invalid", DialContext: toward(name), RootCAs: trusting(name)},
		"TLS 1.1":       {TestBase: old.URL, RootCAs: trusting(old)},
	} {
		_, err := dialing(t, o).Perform(t.Context(), merchant, authorize("A1"))
		if isNotSent(t, err, payment.ProviderUnreachable, ""); t.Failed() {
			t.Fatal(what)
		}
	}
	fine := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.TLS.Version < tls.VersionTLS12 || r.ProtoMajor != 1 {
			t.Errorf("TLS %x, %s", r.TLS.Version, r.Proto)
		}
		say(w, r, approved)
	}))
	t.Cleanup(fine.Close)
	c := dialing(t, Options{TestBase: fine.URL, RootCAs: trusting(fine)})
	if _, err := c.Perform(t.Context(), merchant, authorize("A1")); err != nil {
		t.Error(err)
	}
	if c.transport.TLSClientConfig.InsecureSkipVerify {
		t.Error("certificates are not verified")
	}
}

// faultyConn lets some writes of the request through and then fails.
type faultyConn struct {
	net.Conn
	fail func(p []byte) (n int, fails bool)
}

func (c *faultyConn) Write(p []byte) (int, error) {
	n, fails := c.fail(p)
	if !fails {
		return c.Conn.Write(p)
	}
	if n > 0 {
		if _, err := c.Conn.Write(p[:n]); err != nil {
			return 0, err
		}
	}
	return n, errors.New("write: broken pipe")
}

// A request is written once (P16): a new connection is taken only when no
// byte of it was written on the first; and "not sent" is only said then.
func TestWrittenOnce(t *testing.T) {
	tests := []struct {
		name          string
		reused        bool
		bytes         int  // of the request that get through on the first connection
		dials         int  // connections in all
		arrives, sent bool // the request, and whether it may have been
	}{
		{"fresh, nothing written", false, 0, 1, false, false},
		{"fresh, one byte", false, 1, 1, false, true},
		{"fresh, half", false, 200, 1, false, true},
		{"reused, nothing written", true, 0, 2, true, true},
		{"reused, one byte", true, 1, 1, false, true},
		{"reused, half", true, 200, 1, false, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var mu sync.Mutex
			arrived := map[string]int{}
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				arrived[r.PostFormValue("order_no")]++
				mu.Unlock()
				say(w, r, approved)
			}))
			defer server.Close()
			dials, armed := 0, !tt.reused
			c := dialing(t, Options{TestBase: server.URL, DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
				dials++
				conn, err := new(net.Dialer).DialContext(ctx, network, address)
				first := dials == 1
				return &faultyConn{conn, func([]byte) (int, bool) { return tt.bytes, first && armed }}, err
			}})
			if tt.reused {
				if _, err := c.Perform(t.Context(), merchant, authorize("WARM")); err != nil {
					t.Fatal(err)
				}
				armed = true
			}
			fact, err := c.Perform(t.Context(), merchant, authorize("A1"))
			switch {
			case tt.arrives:
				if err != nil || fact.Outcome != payment.Yes {
					t.Errorf("%+v, %v", fact, err)
				}
			case tt.sent:
				isUnknown(t, fact, err)
			default:
				isNotSent(t, err, payment.ProviderUnreachable, "")
			}
			c.Close()
			server.Close() // waits for what is under way
			if n := arrived["A1"]; n > 1 || (n == 1) != tt.arrives || dials != tt.dials {
				t.Errorf("arrived %d times over %d connections", n, dials)
			}
		})
	}
}

// rudeServer answers its first request on each connection, and closes at a
// chosen moment of the second. It remembers every byte it was sent.
type rudeServer struct {
	net.Listener
	mu    sync.Mutex
	bytes []*bytes.Buffer
	wait  sync.WaitGroup
}

func (s *rudeServer) run(t *testing.T, second func(conn net.Conn, record io.Writer)) {
	for {
		conn, err := s.Accept()
		if err != nil {
			return
		}
		b := new(bytes.Buffer)
		s.mu.Lock()
		s.bytes = append(s.bytes, b)
		s.mu.Unlock()
		s.wait.Go(func() {
			defer conn.Close()
			if !readRequest(io.TeeReader(conn, b)) {
				return
			}
			text := "<return>" + approved + "</return>"
			if _, err := io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: "+itoa(len(text))+"\r\n\r\n"+text); err != nil {
				t.Log(err) // the client is allowed to be gone
				return
			}
			second(conn, b)
		})
	}
}

func itoa(n int) string {
	return string([]byte{byte('0' + n/100%10), byte('0' + n/10%10), byte('0' + n%10)})
}

// readRequest reads up to the end of one request, byte by byte.
func readRequest(r io.Reader) bool {
	var all []byte
	one := make([]byte, 1)
	for {
		if _, err := io.ReadFull(r, one); err != nil {
			return false
		}
		if all = append(all, one[0]); bytes.HasSuffix(all, []byte("&ec_cart_code=kessai")) {
			return true
		}
	}
}

// P16: a server that closes a kept connection at any moment is never sent the
// same request twice, and never makes us believe that nothing was sent when
// bytes of it arrived.
func TestKeptConnectionCloses(t *testing.T) {
	read := func(n int) func(net.Conn, io.Writer) {
		return func(c net.Conn, w io.Writer) { _, _ = io.CopyN(w, c, int64(n)) } // fewer is fine: then it closes at once
	}
	whole := func(answer string) func(net.Conn, io.Writer) {
		return func(c net.Conn, w io.Writer) {
			if readRequest(io.TeeReader(c, w)) {
				_, _ = io.WriteString(c, answer)
			}
		}
	}
	moments := map[string]func(net.Conn, io.Writer){
		"at once":             func(net.Conn, io.Writer) {},
		"after a byte":        read(1),
		"within the header":   read(100),
		"within the body":     read(400),
		"after the request":   whole(""),
		"within the status":   whole("HTTP/1.1 2"),
		"within the header ↓": whole("HTTP/1.1 200 OK\r\nContent-Le"),
		"within the answer":   whole("HTTP/1.1 200 OK\r\nContent-Length: 300\r\n\r\n<return>"),
		"with another try":    whole("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"),
		"with a time-out":     whole("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"),
	}
	for name, second := range moments {
		t.Run(name, func(t *testing.T) {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			s := &rudeServer{Listener: l}
			s.wait.Go(func() { s.run(t, second) })
			c := dialing(t, Options{TestBase: "http://" + l.Addr().String()})
			outcomes := map[string]string{}
			for i := range 40 {
				number := "N" + itoa(i) + "N"
				fact, err := c.Perform(t.Context(), merchant, authorize(number))
				var unsent *acquirer.NotSentError
				switch {
				case errors.As(err, &unsent):
					outcomes[number] = "not sent"
				case err != nil:
					isUnknown(t, fact, err)
					outcomes[number] = "unknown"
				default:
					outcomes[number] = "yes"
				}
			}
			c.Close()
			l.Close()
			s.wait.Wait()
			for number, outcome := range outcomes {
				n := 0
				for _, b := range s.bytes {
					n += bytes.Count(b.Bytes(), []byte("order_no="+number))
				}
				if n > 1 || outcome == "yes" && n != 1 || outcome == "not sent" && n != 0 {
					t.Errorf("%s: %s, but it arrived %d times", number, outcome, n)
				}
			}
		})
	}
}

// A second connection for a request that was written is sealed before it can
// be used, whatever net/http thinks.
func TestNoSecondConnection(t *testing.T) {
	first, second := &countedConn{Conn: discard{}}, &countedConn{Conn: discard{}}
	s := new(sending)
	s.got(first)
	if _, err := first.Write([]byte("POST")); err != nil {
		t.Fatal(err)
	}
	s.got(second)
	if _, err := second.Write([]byte("POST")); !errors.Is(err, errSealed) {
		t.Errorf("the request was written again: %v", err)
	}
	if !s.abandon() {
		t.Error("written, and called not sent")
	}
	if s := (&sending{}); s.abandon() {
		t.Error("no connection, and called sent")
	}
	s = new(sending)
	s.got(discard{}) // not ours: cannot be watched
	if !s.abandon() {
		t.Error("nobody can know, and called not sent")
	}
}

type discard struct{ net.Conn }

func (discard) Write(p []byte) (int, error) { return len(p), nil }
func (discard) Close() error                { return nil }

// The context ends after the request arrived: unknown, never "not sent" (P16).
// While connecting it is not sent.
func TestContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := connector(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // then the server sees our hanging up
		cancel()
		<-r.Context().Done()
	})
	fact, err := c.Perform(ctx, merchant, authorize("A1"))
	isUnknown(t, fact, err)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v hides why", err)
	}
	_, err = c.Perform(ctx, merchant, authorize("A2"))
	isNotSent(t, err, payment.ProviderUnreachable, "")

	ctx, cancel = context.WithCancel(t.Context())
	c = dialing(t, Options{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		cancel()
		<-ctx.Done()
		return nil, ctx.Err()
	}})
	_, err = c.Perform(ctx, merchant, authorize("A1"))
	isNotSent(t, err, payment.ProviderUnreachable, "")
}

// A provider that never answers is given up after the time-out: unknown. One
// that does not even connect: not sent.
func TestTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		started := time.Now()
		c := dialing(t, Options{DialContext: func(context.Context, string, string) (net.Conn, error) {
			near, far := net.Pipe()
			go func() { _, _ = io.Copy(io.Discard, far) }() // reads all, says nothing
			return near, nil
		}, TestBase: "http://127.0.0.1/"})
		fact, err := c.Perform(t.Context(), merchant, authorize("A1"))
		isUnknown(t, fact, err)
		if d := time.Since(started); d != DefaultTimeout || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("given up after %s: %v", d, err)
		}
		c = dialing(t, Options{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}})
		_, err = c.Perform(t.Context(), merchant, authorize("A1"))
		isNotSent(t, err, payment.ProviderUnreachable, "")
		c.Close()
	})
}

// P93: more calls than places wait, and give up as not sent when their time is over.
func TestBulkhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		c := dialing(t, Options{MaxConcurrent: 1, TestBase: "http://127.0.0.1/", DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			<-release
			return nil, errors.New("refused")
		}})
		go func() {
			_, err := c.Perform(context.Background(), merchant, authorize("A1"))
			isNotSent(t, err, payment.ProviderUnreachable, "")
		}()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := c.Perform(ctx, merchant, authorize("A2"))
		if e := isNotSent(t, err, payment.ProviderBusy, ""); e.Retry <= 0 || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%+v", e)
		}
		waited := make(chan struct{})
		go func() { // waits its turn
			defer close(waited)
			_, err := c.Perform(context.Background(), merchant, authorize("A3"))
			isNotSent(t, err, payment.ProviderUnreachable, "")
		}()
		synctest.Wait()
		close(release)
		<-waited
		if len(c.places) != 0 {
			t.Error("a place is not given back")
		}
	})
}

// P59, P98: whatever goes wrong, neither token, buyer, page nor body is in the text.
func TestErrorsAreQuiet(t *testing.T) {
	page := "<html>" + secretToken + " taro@example.test</html>"
	for _, c := range []*Connector{
		connector(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, page) }),
		connector(t, func(w http.ResponseWriter, _ *http.Request) { http.Error(w, page, http.StatusBadGateway) }),
		connector(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "https://x/"+secretToken)
			w.WriteHeader(302)
		}),
		connector(t, func(w http.ResponseWriter, r *http.Request) { say(w, r, failing(secretToken, secretToken)) }),
		connector(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }),
		saying(t, failing("Z012000009", "")), saying(t, failing("A081010702", "")),
		dialing(t, Options{TestBase: "http://" + closedPort(t)}),
	} {
		_, err := c.Perform(t.Context(), merchant, authorize("SECRETNUMBER"))
		if err == nil {
			t.Fatal("no error")
		}
		for _, secret := range []string{secretToken, "taro", "黒猫", "1234-5678", "1111111", "html", "127.0.0.1", "SECRETNUMBER"} {
			if bytes.Contains([]byte(err.Error()), []byte(secret)) {
				t.Errorf("%q is in %q", secret, err)
			}
		}
	}
}
