// Package reconcile holds the books against the provider's (R42): every night, and
// when an operator asks. It asks about each payment that is open (E04), and a
// sample of those that are over; what differs needs an operator, who has a cause
// and a proposal, and nothing is ever overwritten.
package reconcile

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/rounds"
	"kessai.dev/kessai/internal/shop"
)

// Actor is who the books name for the nightly one.
const Actor = "kessai"

// Bounds of a reconciliation.
const (
	NightlySample = 200 // closed payments that are looked at, too
	MaxSample     = 10_000
	atOnce        = 4 // inquiries: shoppers need the provider more
	lookBack      = 120 * 24 * time.Hour
	pageOf        = 200
)

// Payments is what a Reconciler needs of the processor.
type Payments interface {
	List(ctx context.Context, c processor.Caller, q ledger.Query) (ledger.Page, error)
	Refresh(ctx context.Context, c processor.Caller, id payment.ID) (*payment.Payment, error)
	History(ctx context.Context, c processor.Caller, id payment.ID) ([]payment.Event, error)
	Note(ctx context.Context, c processor.Caller, id payment.ID, decide func(*payment.Payment, payment.Rules) ([]payment.Event, error)) (*payment.Payment, []payment.Event, error)
}

// Cards holds cards on file against the provider's, and gives how many differed.
type Cards func(ctx context.Context) (int, error)

// Options are what a Reconciler is made of; all but Cards are needed.
type Options struct {
	Payments  Payments
	Books     ledger.Shops // of what each reconciliation came to
	Cards     Cards        // nil: there are none
	Directory shop.Source
	Clock     func() time.Time
	Random    func() uint64 // of the sample, and of names
	Logger    *slog.Logger
}

// Reconciler is safe for concurrent use. A tenant is reconciled by one at a time.
type Reconciler struct {
	o    Options
	mu   sync.Mutex
	busy map[shop.Tenant]bool
}

// New makes a reconciler.
func New(o Options) *Reconciler { return &Reconciler{o: o, busy: map[shop.Tenant]bool{}} }

// BusyError says that the tenant is being reconciled already.
type BusyError struct{}

// Error says so.
func (BusyError) Error() string { return "reconcile: one is running already" }

// Run is one comparison, as it stands. Its JSON names are kept for ever.
type Run struct {
	ID          string    `json:"id"`
	Started     time.Time `json:"started"`
	Ended       time.Time `json:"ended,omitzero"` // zero: it is running, or was broken off
	Actor       string    `json:"actor"`
	Asked       int       `json:"asked,omitempty"`
	Failed      int       `json:"failed,omitempty"`
	Settled     int       `json:"settled,omitempty"`
	Differences int       `json:"differences,omitempty"`
	Cleared     int       `json:"cleared,omitempty"`
	Cards       int       `json:"cards,omitempty"`
}

// Scope says what is looked at beside open payments.
type Scope struct {
	Sample int  // closed payments, at most MaxSample
	Cards  bool // cards on file
}

// Rounds are what is done by itself, and when: at ten past three in the night,
// Japan time, when the provider's own night is over.
func (r *Reconciler) Rounds() []rounds.Round {
	return []rounds.Round{{Name: "reconciliation", At: 3*time.Hour + 10*time.Minute, Run: r.Nightly}}
}

// Nightly reconciles every shop, one after the other. One that fails does not hold
// up the others.
func (r *Reconciler) Nightly(ctx context.Context) error {
	var failed []error
	for name, s := range r.o.Directory.Now().Shops {
		for env := range s.Contracts {
			c := processor.Caller{Tenant: shop.Tenant{Shop: name, Environment: env}, Actor: Actor}
			_, err := r.Run(ctx, c, Scope{Sample: NightlySample}, nil)
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

// Run reconciles one shop in one environment, and gives what it came to. Progress,
// if not nil, is called as it goes on, one call at a time, with how many payments
// there are to ask about. A payment that the provider could not be asked about
// counts as failed and comes with the next one. The error is BusyError, the
// books', or ctx's; then what was found so far stands.
func (r *Reconciler) Run(ctx context.Context, c processor.Caller, scope Scope, progress func(run Run, total int)) (Run, error) {
	if !r.begin(c.Tenant) {
		return Run{}, BusyError{}
	}
	defer r.end(c.Tenant)
	run := Run{ID: string(payment.NewID(r.o.Clock(), r.o.Random())), Started: r.o.Clock(), Actor: c.Actor}
	if err := r.record(ctx, c, run, "started"); err != nil {
		return run, err
	}
	ids, err := r.choose(ctx, c, min(scope.Sample, MaxSample))
	if err != nil {
		return run, err
	}
	if err := r.compare(ctx, c, ids, &run, progress); err != nil {
		return run, err
	}
	if scope.Cards && r.o.Cards != nil {
		if run.Cards, err = r.o.Cards(ctx); err != nil {
			r.o.Logger.LogAttrs(ctx, slog.LevelWarn, "not all cards on file were compared", slog.Any("error", err))
		}
	}
	run.Ended = r.o.Clock()
	r.o.Logger.LogAttrs(ctx, slog.LevelInfo, "reconciled", slog.String("shop", string(c.Tenant.Shop)), slog.String("environment", string(c.Tenant.Environment)),
		slog.Int("asked", run.Asked), slog.Int("failed", run.Failed), slog.Int("settled", run.Settled), slog.Int("differences", run.Differences), slog.Int("cleared", run.Cleared))
	return run, r.record(ctx, c, run, "ended")
}

func (r *Reconciler) begin(t shop.Tenant) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.busy[t] {
		return false
	}
	r.busy[t] = true
	return true
}

func (r *Reconciler) end(t shop.Tenant) {
	r.mu.Lock()
	delete(r.busy, t)
	r.mu.Unlock()
}
