// Package desk is the lost-order desk: which orders were paid, or may have been,
// and never reached the shop; what became of each and what to do; what the shop's
// own rule does about them; what was under way when the process died; and when
// the personal data of what is over is destroyed.
package desk

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// Payments is what a Desk needs of the processor.
type Payments interface {
	List(ctx context.Context, c processor.Caller, q ledger.Query) (ledger.Page, error)
	Command(ctx context.Context, c processor.Caller, r payment.Request, id payment.ID, cmd payment.Command) (processor.Result, error)
	// Note writes down what is decided, and asks nothing of the provider.
	Note(ctx context.Context, c processor.Caller, id payment.ID, decide func(*payment.Payment, payment.Rules) ([]payment.Event, error)) (*payment.Payment, []payment.Event, error)
}

// Books is what a Desk needs of the ledger.
type Books interface {
	Load(ctx context.Context, id payment.ID) (*payment.Payment, error)
	History(ctx context.Context, id payment.ID) ([]payment.Event, error)
	Erase(ctx context.Context, id payment.ID) error
}

// Options is what a Desk is made of. All but Logger and Count are needed; without
// Journal nothing is erased.
type Options struct {
	Payments  Payments
	Books     Books
	Journal   ledger.Journal
	Notebook  *Notebook
	Directory shop.Source
	Clock     func() time.Time
	Logger    *slog.Logger
	// Count is told how many payments a round did something about: "told",
	// "registered", "canceled" or "erased". Nil: nobody counts.
	Count func(what string, n int)
}

// What a round did.
const (
	didTell     = "told"
	didRegister = "registered"
	didCancel   = "canceled"
	didErase    = "erased"
)

// Actor is who the history names for what the desk does by itself.
const Actor = "kessai"

// atOnce is how many payments the desk's rounds look after at a time: few, so that
// checkouts keep their places at the provider and in the books.
const atOnce = 4

// Desk is safe for concurrent use.
type Desk struct {
	o Options

	mu    sync.Mutex
	since map[shop.Tenant]bool // its last week was looked through since the start
}

// New makes a Desk.
func New(o Options) *Desk {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Count == nil {
		o.Count = func(string, int) {}
	}
	return &Desk{o: o, since: map[shop.Tenant]bool{}}
}

// Register says that the shop has the order of a payment of the caller's tenant
// (R40), and gives the payment after it; already: it had it before, and nothing
// was written. The errors are ledger.ErrNotFound and a *payment.Refusal.
func (d *Desk) Register(ctx context.Context, c processor.Caller, id payment.ID, cmd payment.RegisterOrder) (p *payment.Payment, already bool, err error) {
	p, events, err := d.o.Payments.Note(ctx, c, id, func(p *payment.Payment, r payment.Rules) ([]payment.Event, error) {
		return payment.Register(p, cmd, r)
	})
	return p, err == nil && len(events) == 0, err
}

// tenants are those that are served now.
func (d *Desk) tenants() (list []tenant) {
	now := d.o.Directory.Now()
	for id, s := range now.Shops {
		for env := range s.Contracts {
			t := shop.Tenant{Shop: id, Environment: env}
			if own, _, ok := now.Contract(t); ok {
				list = append(list, tenant{processor.Caller{Tenant: t, Actor: Actor}, &own.Settings})
			}
		}
	}
	return list
}

// tenant is a shop that the desk looks after by itself.
type tenant struct {
	processor.Caller
	settings *shop.Settings
}
