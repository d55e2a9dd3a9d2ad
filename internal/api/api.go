// Package api is the door: it serves the promise over gRPC, gRPC-Web, Connect
// and REST, all through one chain of checks, and translates between proto
// messages and the words of the trade. It decides nothing about payments.
package api

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"

	eventv1 "kessai.dev/kessai/gen/kessai/event/v1"
	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	shopv1 "kessai.dev/kessai/gen/kessai/shop/v1"
	vaultv1 "kessai.dev/kessai/gen/kessai/vault/v1"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// Payments moves payments: a *processor.Processor, or a stand-in in tests.
// Errors it gives are *payment.Refusal, *payment.InvalidError,
// *processor.KeyReusedError, *processor.RunningError, *acquirer.NotSentError,
// ledger.ErrNotFound or the caller's own context; any other means that the
// books could not be read or written.
type Payments interface {
	Create(ctx context.Context, c processor.Caller, r payment.Request, cmd processor.Create) (processor.Result, error)
	Command(ctx context.Context, c processor.Caller, r payment.Request, id payment.ID, cmd payment.Command) (processor.Result, error)
	Get(ctx context.Context, c processor.Caller, id payment.ID) (*payment.Payment, error)
	Order(ctx context.Context, c processor.Caller, id payment.ID) (*payment.Order, error)
	OrderOf(ctx context.Context, c processor.Caller, p *payment.Payment) (*payment.Order, error)
	History(ctx context.Context, c processor.Caller, id payment.ID) ([]payment.Event, error)
	List(ctx context.Context, c processor.Caller, q ledger.Query) (ledger.Page, error)
	Refresh(ctx context.Context, c processor.Caller, id payment.ID) (*payment.Payment, error)
	UpdateOrder(ctx context.Context, c processor.Caller, id payment.ID, cmd payment.UpdateOrder) (*payment.Payment, error)
	Watch(ctx context.Context, c processor.Caller, id payment.ID, send func(*payment.Payment) error) error
	// ChallengeURI is where the shopper's browser must go next; empty unless the
	// payment waits for that.
	ChallengeURI(p *payment.Payment) string
	// ClaimConversion gives a completed purchase, and whether this caller is the
	// first to claim it; only then the order, too (R08).
	ClaimConversion(ctx context.Context, c processor.Caller, id payment.ID) (p *payment.Payment, order *payment.Order, claimed bool, err error)
}

// Options is what the door is made of. Payments, Vault, Shops, Directory,
// Clock, Logger and Key are needed.
type Options struct {
	Payments  Payments
	Vault     Vault
	Shops     Shops
	Directory shop.Source
	Clock     func() time.Time
	Logger    *slog.Logger

	// Key is the installation's secret, at least 32 bytes and the same for
	// every process and every start: client secrets, page tokens and the
	// digests of idempotency are derived from it. With another key, secrets
	// and page tokens that were given out are refused, and a repeated
	// idempotency key looks like one used for another request.
	Key []byte

	// Bulk does one thing to many payments; nil: there are no batches.
	Bulk Bulk
	// Dispatch exports to B2 and imports from it; nil: there is no B2.
	Dispatch Dispatch
	// Doctor runs connection tests; nil: there are none.
	Doctor Doctor
	// Reconciler holds the books against the provider's; nil: nobody does.
	Reconciler Reconciler
	// Verifier proves the books while they are in use; nil: nobody does.
	Verifier Verifier
	// Moving takes over orders of other systems; nil: it does not.
	Moving Moving
	// Settlements tell what was settled and what it costs; nil: nobody does.
	Settlements Settlements
	// Days tell what happened to the money, day by day; nil: nobody does.
	Days Days
	// Desk looks after lost orders; nil: nobody does.
	Desk Desk
	// Radar knows when holds end, and what a change of amount looks like; nil: nobody
	// does.
	Radar Radar
	// Events tells what happened; nil: nothing is told.
	Events Events
	// EventLists is Events for ListEvents, which may lie behind; nil: Events.
	EventLists Events
	// Webhooks send events to the shops' endpoints; nil: nothing is sent.
	Webhooks Webhooks
	// Failures is the log of payment errors, and explains payments; nil: there is
	// none.
	Failures Failures

	// SimulatorOnLoopback says that the provider is the simulator on this
	// machine: without it a demo key is refused (P88).
	SimulatorOnLoopback bool
	// Listen are the addresses that the doors listen on: a demo key is refused
	// unless all of them are loopback. None given: the address that a caller
	// dialled decides alone.
	Listen []string
	// Production turns reflection off.
	Production bool
	// Conditions says what is not as it should be now. Nil: nothing ever.
	Conditions func() []Condition
	// TLS, if set, is used by the gRPC server; see NewHTTPServer for the other.
	TLS *tls.Config

	// Observe, if set, is told of every call when it ends. It must be quick.
	Observe func(Observation)
	// Trace, if set, opens a span round every call.
	Trace func(ctx context.Context, method string) (context.Context, func(Observation))
}

// API is the door. Handler serves :8080 and GRPC serves :9090, both through
// the same chain.
type API struct {
	Handler http.Handler
	GRPC    *grpc.Server

	o    Options
	keys keyring
	demo bool // the fences that stand for the life of the process are kept
	seen atomic.Pointer[derived]
	tags atomic.Pointer[tags]

	stopping chan struct{}
	drain    sync.Once
	draining chan struct{}
	stop     sync.Once
}

// New builds the door, or says what is missing. A method without a row in the
// table of scopes is an error (P88).
func New(o Options) (*API, error) {
	switch {
	case o.Payments == nil || o.Vault == nil || o.Shops == nil || o.Directory == nil || o.Clock == nil || o.Logger == nil:
		return nil, errors.New("api: payments, vault, shops, directory, clock and logger are needed")
	case len(o.Key) < 32:
		return nil, errors.New("api: the key must have 32 bytes or more")
	}
	for _, k := range o.Directory.Now().Keys {
		if _, _, ok := o.Directory.Now().Contract(k.Tenant); !ok {
			return nil, fmt.Errorf("api: a key belongs to shop %q in %s, which has no contract", k.Tenant.Shop, k.Tenant.Environment)
		}
	}
	a := &API{o: o, keys: newKeyring(o.Key), demo: o.SimulatorOnLoopback && allLoopback(o.Listen), stopping: make(chan struct{}), draining: make(chan struct{})}
	services := []service{
		{&paymentv1.PaymentService_ServiceDesc, &paymentService{a: a}},
		{&vaultv1.VaultService_ServiceDesc, &vaultService{a: a}},
		{&shopv1.ShopService_ServiceDesc, &shopService{a: a}},
		{&eventv1.EventService_ServiceDesc, &eventService{a: a}},
		{&ledgerv1.LedgerService_ServiceDesc, &ledgerService{a: a}},
		{healthDesc, &health{a: a}},
	}
	for _, s := range services {
		if err := checkScopes(s.desc); err != nil {
			return nil, err
		}
	}
	a.GRPC = a.newGRPC(services)
	handler, err := a.newHandler(services)
	if err != nil {
		return nil, err
	}
	a.Handler = handler
	return a, nil
}

// service is a service and what serves it.
type service struct {
	desc *grpc.ServiceDesc
	impl any
}

// Stop ends the calls that take long, such as WatchPayment, with SHUTTING_DOWN, and each that
// comes still, so that the servers can be shut down gracefully. The others are served for as
// long as doors let them in: nobody is refused whom a closing door has taken (P96). It may be
// called twice.
func (a *API) Stop() { a.stop.Do(func() { close(a.stopping) }) }

func (a *API) stopped() bool { return closed(a.stopping) }

// derived is what is made of a directory once.
type derived struct {
	from     *shop.Directory
	onlyTest bool
}

// directory gives what is derived of the directory as it is now.
func (a *API) directory() *derived {
	now := a.o.Directory.Now()
	d := a.seen.Load()
	if d == nil || d.from != now {
		d = &derived{from: now, onlyTest: onlyTest(now)}
		a.seen.Store(d)
	}
	return d
}

// demoAllowed reports whether a demo key may work at all, whoever calls.
func (a *API) demoAllowed() bool { return a.demo && a.directory().onlyTest }

// onlyTest reports whether no shop has a contract outside TEST.
func onlyTest(d *shop.Directory) bool {
	for _, s := range d.Shops {
		for env := range s.Contracts {
			if env != shop.Test {
				return false
			}
		}
	}
	return true
}
