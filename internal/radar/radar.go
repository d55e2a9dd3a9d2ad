// Package radar looks ahead: which holds end and when, as a list and as a
// calendar; who is told before; which are made anew by themselves; which Yamato
// orders still lack their slip; and what a shopper would see of a change of
// amount.
package radar

import (
	"context"
	"log/slog"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// Payments is what a Radar needs of the processor.
type Payments interface {
	List(ctx context.Context, c processor.Caller, q ledger.Query) (ledger.Page, error)
	History(ctx context.Context, c processor.Caller, id payment.ID) ([]payment.Event, error)
	Preview(ctx context.Context, c processor.Caller, id payment.ID, cmd payment.Command) (*payment.Payment, []payment.Event, error)
	Command(ctx context.Context, c processor.Caller, r payment.Request, id payment.ID, cmd payment.Command) (processor.Result, error)
	// Note writes down what is decided, and asks nothing of the provider.
	Note(ctx context.Context, c processor.Caller, id payment.ID, decide func(*payment.Payment, payment.Rules) ([]payment.Event, error)) (*payment.Payment, []payment.Event, error)
}

// Books is what a Radar needs of the ledger.
type Books interface {
	Load(ctx context.Context, id payment.ID) (*payment.Payment, error)
}

// Options is what a Radar is made of. All but Logger and
// Count are needed.
type Options struct {
	Payments  Payments
	Books     Books
	Journal   ledger.Journal
	Directory shop.Source
	Clock     func() time.Time
	Logger    *slog.Logger
	// Count, if set, is told how many payments a round did something about: warned,
	// slips (told of as late), renewed or refused.
	Count func(what string, n int)
}

// Actor is who the history names for what the radar does by itself.
const Actor = "kessai"

// atOnce is how many payments a round looks after at a time: few, so that
// checkouts keep their places at the provider and in the books.
const atOnce = 4

// Radar is safe for concurrent use.
type Radar struct {
	o     Options
	index index
}

// New makes a Radar. It reads nothing before it is asked something.
func New(o Options) *Radar {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Count == nil {
		o.Count = func(string, int) {}
	}
	return &Radar{o: o, index: index{payments: o.Payments, books: o.Books, journal: o.Journal, tenants: map[shop.Tenant]*holds{}}}
}

// Preview tells what the shopper will see if the amount of a payment of the
// caller's tenant is changed now, or as soon as the provider serves that again.
// Nothing is changed or asked. The errors are those of the change itself:
// ledger.ErrNotFound, a *payment.Refusal and a *payment.InvalidError.
func (r *Radar) Preview(ctx context.Context, c processor.Caller, id payment.ID, amount money.Yen) (*payment.Statement, error) {
	p, decided, err := r.o.Payments.Preview(ctx, c, id, payment.Adjust{Amount: amount, AllowDeferral: true})
	if err != nil {
		return nil, err
	}
	history, err := r.o.Payments.History(ctx, c, id)
	if err != nil {
		return nil, err
	}
	return payment.Foresee(p, history, decided, r.o.Clock()), nil
}
