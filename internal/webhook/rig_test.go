package webhook

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kessai.dev/kessai/client"
	"kessai.dev/kessai/internal/event"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/bolt"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/registry"
	"kessai.dev/kessai/internal/shop"
)

var (
	operator  = registry.Who{Tenant: shop.Tenant{Shop: "a", Environment: shop.Test}, Actor: "key:00000001"}
	neighbour = registry.Who{Tenant: shop.Tenant{Shop: "b", Environment: shop.Test}, Actor: "key:00000002"}
)

// feed is a journal in memory in which every event is told.
type feed struct {
	mu     sync.Mutex
	list   []event.Numbered
	more   chan struct{}
	broken error
	reads  int
}

func (f *feed) write(t shop.Tenant, id payment.ID, sequence int, typ string, at time.Time) event.Numbered {
	f.mu.Lock()
	defer f.mu.Unlock()
	e := event.Numbered{Number: uint64(len(f.list)) + 1, Event: event.Event{Type: typ, Tenant: t, Payment: id, Sequence: sequence, Time: at}}
	f.list = append(f.list, e)
	if f.more != nil {
		close(f.more)
		f.more = nil
	}
	return e
}

func (f *feed) List(_ context.Context, q event.Query) (event.Page, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reads++
	page := event.Page{Next: max(q.After, uint64(len(f.list)))}
	for i := min(q.After, uint64(len(f.list))); i < uint64(len(f.list)); i++ {
		e := f.list[i]
		if len(page.Events) == q.Limit {
			page.Next, page.More = i, true
			break
		}
		if (q.Tenant == nil || *q.Tenant == e.Tenant) && (q.Types == nil || slices.Contains(q.Types, e.Type)) {
			page.Events = append(page.Events, e)
		}
	}
	return page, f.broken
}

func (f *feed) Wait(ctx context.Context, after uint64) error {
	f.mu.Lock()
	if uint64(len(f.list)) > after {
		f.mu.Unlock()
		return nil
	}
	if f.more == nil {
		f.more = make(chan struct{})
	}
	more := f.more
	f.mu.Unlock()
	select {
	case <-more:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (f *feed) Last(context.Context) (uint64, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return uint64(len(f.list)), f.broken
}

func (f *feed) Before(_ context.Context, t time.Time) (n uint64, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for n < uint64(len(f.list)) && f.list[n].Time.Before(t) {
		n++
	}
	return n, f.broken
}

// directory keeps endpoints as the registry does.
type directory struct {
	mu   sync.Mutex
	of   map[shop.Tenant][]shop.Endpoint
	made int
}

func (d *directory) Endpoints(t shop.Tenant) ([]shop.Endpoint, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.of[t]), nil
}

func (*directory) Refresh(context.Context) error { return nil }

func (d *directory) AllEndpoints() map[shop.Tenant][]shop.Endpoint {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := map[shop.Tenant][]shop.Endpoint{}
	for t, list := range d.of {
		out[t] = slices.Clone(list)
	}
	return out
}

func (d *directory) ChangeEndpoints(_ context.Context, w registry.Who, change func([]shop.Endpoint) ([]shop.Endpoint, error)) ([]shop.Endpoint, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	list, err := change(slices.Clone(d.of[w.Tenant]))
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].ID == "" {
			d.made++
			list[i].ID = fmt.Sprintf("e%015d", d.made)
		}
	}
	d.of[w.Tenant] = list
	return slices.Clone(list), nil
}

// got is a message that came to the receiver, and was believed.
type got struct {
	path, id, typ string
	payment       payment.ID
	sequence      int
	at            time.Time
	signatures    int
}

// rig is Hooks with a journal, books and a receiver, in a bubble of its own time.
// The receiver is a web server at the other end of pipes, at whatever address.
type rig struct {
	*testing.T
	*Hooks
	feed      *feed
	directory *directory
	books     *bolt.Deliveries
	dir       string
	log       *bytes.Buffer
	skew      time.Duration // the clock is set forward by this
	seed      uint64
	others    []*Hooks // that are stopped at the end

	mu      sync.Mutex
	got     []got
	secrets []string                                         // of the receiver
	answer  func(w http.ResponseWriter, r *http.Request) int // 0: it has answered; nil: 204
	tried   int
	server  *http.Server
	conns   chan net.Conn
}

// bubble runs a test with a rig.
func bubble(t *testing.T, test func(t *testing.T, r *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := &rig{T: t, feed: &feed{}, directory: &directory{of: map[shop.Tenant][]shop.Endpoint{}}, dir: t.TempDir(), log: &bytes.Buffer{}, conns: make(chan net.Conn), seed: 1}
		r.server = &http.Server{Handler: http.HandlerFunc(r.receive)}
		go func() { _ = r.server.Serve(pipes{r.conns}) }()
		r.start()
		defer func() { // a test that fails ends, too
			r.stop()
			close(r.conns)
			_ = r.server.Close()
		}()
		test(t, r)
	})
}

func (r *rig) clock() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return noon.Add(time.Since(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC))).Add(r.skew) // a bubble begins then
}

// start is a new process.
func (r *rig) start() {
	r.Helper()
	books, err := bolt.OpenDeliveries(r.dir)
	if err != nil {
		r.Fatal(err)
	}
	r.seed++
	r.books = books
	r.Hooks = New(Options{
		Endpoints: r.directory, Feed: r.feed, Journal: r.feed, Books: books, Clock: r.clock, Random: rand.NewChaCha8([32]byte{byte(r.seed)}),
		Logger: slog.New(slog.NewTextHandler(&locked{r}, nil)), Loopback: true, Dial: r.dial,
	})
	go r.Hooks.Run(context.Background())
	synctest.Wait()
}

func (r *rig) stop() {
	r.Helper()
	for _, h := range r.others {
		h.Stop(context.Background())
	}
	r.Stop(context.Background())
	if err := r.books.Close(); err != nil {
		r.Error(err)
	}
}

// crash ends the process where it is: nothing more reaches the disk.
func (r *rig) crash() {
	r.Helper()
	if err := r.books.Close(); err != nil {
		r.Error(err)
	}
	gone, leave := context.WithCancel(context.Background())
	leave()
	r.Stop(gone)
}

// locked is the rig's log.
type locked struct{ r *rig }

func (l *locked) Write(p []byte) (int, error) {
	l.r.mu.Lock()
	defer l.r.mu.Unlock()
	return l.r.log.Write(p)
}

func (r *rig) logged() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.log.String()
}

// pipes is a listener.
type pipes struct{ conns chan net.Conn }

func (p pipes) Accept() (net.Conn, error) {
	c, ok := <-p.conns
	if !ok {
		return nil, net.ErrClosed
	}
	return c, nil
}
func (pipes) Close() error   { return nil }
func (pipes) Addr() net.Addr { return &net.TCPAddr{} }

func (r *rig) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	r.mu.Lock()
	r.tried++
	r.mu.Unlock()
	here, there := net.Pipe()
	select {
	case r.conns <- there:
		return here, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// receive is a shop's receiver: it verifies, and notes what it believes.
func (r *rig) receive(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return
	}
	r.mu.Lock()
	secrets, answer := slices.Clone(r.secrets), r.answer
	r.mu.Unlock()
	status := http.StatusNoContent
	if answer != nil {
		status = answer(w, req)
	}
	if status == 0 {
		return
	}
	e, err := (&client.Webhook{Secrets: secrets, Clock: r.clock}).Verify(req.Header, body)
	if err != nil {
		status = http.StatusUnauthorized
	}
	if status >= 200 && status < 300 {
		r.mu.Lock()
		r.got = append(r.got, got{
			path: req.URL.Path, id: req.Header.Get("Webhook-Id"), typ: e.GetType(), payment: payment.ID(trimName(e.GetPayment())), sequence: int(e.GetSequence()),
			at: r.clockLocked(), signatures: len(bytes.Fields([]byte(req.Header.Get("Webhook-Signature")))),
		})
		r.mu.Unlock()
	}
	w.WriteHeader(status)
}

func (r *rig) clockLocked() time.Time {
	return noon.Add(time.Since(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC))).Add(r.skew)
}

func trimName(s string) string {
	if len(s) < len("payments/") {
		return ""
	}
	return s[len("payments/"):]
}

// behave changes how the receiver answers.
func (r *rig) behave(answer func(w http.ResponseWriter, r *http.Request) int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = answer
}

// endpoint makes one at a path, whose secret the receiver learns.
func (r *rig) endpoint(w registry.Who, path string, types ...string) View {
	r.Helper()
	uri := "http://127.0.0.1:9000" + path
	v, err := r.Create(r.Context(), w, Given{URI: &uri, Types: types})
	if err != nil {
		r.Fatal(err)
	}
	r.mu.Lock()
	r.secrets = append(r.secrets, v.Secret.Reveal())
	r.mu.Unlock()
	return v
}

// happen writes an event of a payment.
func (r *rig) happen(w registry.Who, number, sequence int, typ string) event.Numbered {
	return r.feed.write(w.Tenant, payment.NewID(noon, uint64(number)), sequence, typ, r.clock())
}

// pass lets time pass, and everything settle.
func (r *rig) pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

// skip sets the clock forward, as if nobody had looked meanwhile.
func (r *rig) skip(d time.Duration) {
	r.mu.Lock()
	r.skew += d
	r.mu.Unlock()
	r.Tick()
	r.pass(2 * time.Second)
}

// took gives what the receiver has, and forgets it.
func (r *rig) took() []got {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := r.got
	r.got = nil
	return list
}

// ids are those of what the receiver has at a path, each as often as it came.
func (r *rig) ids(path string) (list []string) {
	for _, g := range r.took() {
		if g.path == path {
			list = append(list, g.id)
		}
	}
	return list
}

func (r *rig) health(w registry.Who, id string) View {
	r.Helper()
	list, err := r.List(r.Context(), w)
	if err != nil {
		r.Fatal(err)
	}
	for _, v := range list {
		if v.ID == id {
			return v
		}
	}
	r.Fatalf("no endpoint %s", id)
	return View{}
}

func (r *rig) deliveries(w registry.Who, q Query) Page {
	r.Helper()
	if q.Limit == 0 {
		q.Limit = 1000
	}
	page, err := r.Deliveries(r.Context(), w, q)
	if err != nil {
		r.Fatal(err)
	}
	return page
}

var _ ledger.Deliveries = (*bolt.Deliveries)(nil)
