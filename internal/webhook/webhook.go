// Package webhook sends what happened to the shops' endpoints, by the Standard
// Webhooks scheme: signed, with the id that the event has everywhere, in the order
// of a payment when all goes well, and again for seven days when it does not. What
// is sent comes from the books, which are the outbox: an event is sent because it
// is in them, and a crash forgets none, though it may send some again.
//
// Of several processes that share the books one sends at a time, whoever has the turn; all
// of them answer, and what is asked of one that does not send the other finds in the books.
package webhook

import (
	"context"
	"crypto/x509"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"time"

	"kessai.dev/kessai/internal/event"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/registry"
	"kessai.dev/kessai/internal/shop"
)

// Endpoints is what Hooks needs of the registry.
type Endpoints interface {
	Endpoints(t shop.Tenant) ([]shop.Endpoint, error)
	AllEndpoints() map[shop.Tenant][]shop.Endpoint
	// Refresh takes in what other processes changed.
	Refresh(ctx context.Context) error
	ChangeEndpoints(ctx context.Context, w registry.Who, change func([]shop.Endpoint) ([]shop.Endpoint, error)) ([]shop.Endpoint, error)
}

// Feed is where events come from: an *event.Feed.
type Feed interface {
	List(ctx context.Context, q event.Query) (event.Page, error)
	Wait(ctx context.Context, after uint64) error
	Last(ctx context.Context) (uint64, error)
}

// Journal finds the place of a time in the books.
type Journal interface {
	Before(ctx context.Context, t time.Time) (uint64, error)
}

// Observer is told of every try. Arrived: the endpoint took it. Age: how long ago
// the event happened; first: it was the first try.
type Observer interface {
	Tried(arrived, first bool, age time.Duration)
}

// Options are what Hooks work with. Endpoints, Feed, Journal, Books, Clock and
// Random are needed.
type Options struct {
	Endpoints Endpoints
	Feed      Feed
	Journal   Journal
	Books     ledger.Deliveries
	Clock     func() time.Time
	Random    io.Reader // of secrets and ids: crypto/rand.Reader
	Logger    *slog.Logger
	Observer  Observer

	// Loopback lets endpoints of TEST be on this machine, over http, too: while the
	// provider is the simulator (P80).
	Loopback bool
	// Lookup gives the addresses of a name; nil: the system's resolver.
	Lookup func(ctx context.Context, host string) ([]netip.Addr, error)
	// Dial connects to an address that was looked at; nil: the system's.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Roots are the authorities that endpoints' certificates are held against; nil:
	// the system's.
	Roots *x509.CertPool
}

// Bounds of what is sent at a time.
const (
	parallel = 8   // tries at one endpoint at once
	atOnce   = 256 // tries at all endpoints at once
	maxInbox = 256 // events that wait in memory for one endpoint
	pumpPage = 500
)

// Hooks send events to endpoints. Safe for concurrent use.
type Hooks struct {
	o      Options
	sender *sender
	room   chan struct{} // one place for each try under way
	life   context.Context
	cut    context.CancelFunc // ends what is under way
	ending chan struct{}      // closed: nothing more is begun
	turns  sync.WaitGroup

	mu    sync.Mutex // also of Options.Random
	ended bool
	turn  *turn // nil: this process does not send
}

// New makes Hooks, which send nothing before Run.
func New(o Options) *Hooks {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Observer == nil {
		o.Observer = unobserved{}
	}
	h := &Hooks{o: o, sender: newSender(&o), room: make(chan struct{}, atOnce), ending: make(chan struct{})}
	h.life, h.cut = context.WithCancel(context.Background())
	return h
}

type unobserved struct{}

func (unobserved) Tried(bool, bool, time.Duration) {}

// Run sends, from where whoever sent before had come to, until ctx ends or Stop is called.
// When ctx ends what is under way is cut off: another process may send from then on. One
// Run at a time may be under way.
func (h *Hooks) Run(ctx context.Context) {
	h.mu.Lock()
	if h.ended {
		h.mu.Unlock()
		return
	}
	h.turns.Add(1)
	h.mu.Unlock()
	defer h.turns.Done()
	for told := false; ctx.Err() == nil && !h.isEnding(); {
		err := h.take(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		if !told {
			told = true
			h.o.Logger.ErrorContext(ctx, "the webhooks cannot be begun: trying again", "error", err)
		}
		h.pause(ctx, retryBooks)
	}
}

func (h *Hooks) isEnding() bool {
	select {
	case <-h.ending:
		return true
	default:
		return false
	}
}

// take is one turn. It returns an error when it cannot begin.
func (h *Hooks) take(ctx context.Context) error {
	t := newTurn(h)
	defer t.close()
	h.locked(func() { h.turn = t })
	defer h.locked(func() { h.turn = nil })
	if err := t.start(ctx); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		t.end()
	case <-h.ending:
	}
	return nil
}

// now is the turn of this process; nil: it does not send.
func (h *Hooks) now() (t *turn) {
	h.locked(func() { t = h.turn })
	return t
}

// Stop begins nothing more, waits for what is under way until ctx ends, and cuts
// the rest off: it is sent again after the next start. It may be called twice, and
// without Run.
func (h *Hooks) Stop(ctx context.Context) {
	h.locked(func() {
		if !h.ended {
			h.ended = true
			close(h.ending)
		}
	})
	done := make(chan struct{})
	go func() {
		h.turns.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
	h.cut()
	<-done
	h.sender.close()
}

// Tick does what time brought by the clock, if this process sends: tries that are due, what
// other processes wrote, and alarms. It is called every second; a test that sets the clock
// calls it, too.
func (h *Hooks) Tick() {
	if t := h.now(); t != nil {
		t.tick()
	}
}

// pause waits, unless ctx or Hooks end.
func (h *Hooks) pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	case <-h.ending:
	}
}
