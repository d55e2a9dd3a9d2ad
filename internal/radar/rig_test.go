package radar

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/acquirer/instant"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/ledger/bolt"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/session"
	sessionbolt "kessai.dev/kessai/internal/session/bolt"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

var (
	noon   = time.Date(2026, 11, 24, 12, 0, 0, 0, shop.Tokyo)
	first  = shop.Tenant{Shop: "first", Environment: shop.Test}
	second = shop.Tenant{Shop: "second", Environment: shop.Test}
	asShop = processor.Caller{Tenant: first, Actor: "key"}
)

// rig is a radar on real books, with a real processor, and a provider that says yes
// to all but what the test takes away.
type rig struct {
	*Radar
	t         testing.TB
	processor *processor.Processor
	books     *counted
	shops     *shop.Directory
	bank      *bank

	mu  sync.Mutex
	now time.Time
	ids uint64
	did map[string]int // what the rounds counted
}

// bank approves as instant does; it can refuse new holds, lose the answer, or be
// out of reach.
type bank struct {
	*instant.Acquirer
	mu    sync.Mutex
	how   string // "": yes; "no", "lost", "away"
	calls []payment.Operation
}

func (b *bank) Perform(ctx context.Context, m acquirer.Merchant, w acquirer.Wish) (payment.Fact, error) {
	b.mu.Lock()
	b.calls = append(b.calls, w.Operation)
	how := b.how
	b.mu.Unlock()
	switch how {
	case "no":
		return payment.Fact{Outcome: payment.No, Reason: payment.CardDeclined, Code: "A112000004"}, nil
	case "lost":
		return payment.Fact{}, errors.New("connection reset")
	case "away":
		return payment.Fact{}, &acquirer.NotSentError{Reason: payment.ProviderUnreachable}
	}
	return b.Acquirer.Perform(ctx, m, w)
}

func (b *bank) will(how string) { b.mu.Lock(); defer b.mu.Unlock(); b.how = how }

func (b *bank) count(op payment.Operation) (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.calls {
		if c == op {
			n++
		}
	}
	return n
}

// counted are books that say how many payments were read by themselves.
type counted struct {
	*bolt.Ledger
	mu    sync.Mutex
	loads int
}

func (c *counted) Load(ctx context.Context, id payment.ID) (*payment.Payment, error) {
	c.mu.Lock()
	c.loads++
	c.mu.Unlock()
	return c.Ledger.Load(ctx, id)
}

func (c *counted) since(work func()) int {
	c.mu.Lock()
	before := c.loads
	c.mu.Unlock()
	work()
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.loads - before
}

func newRig(t testing.TB) *rig {
	t.Helper()
	r := &rig{t: t, now: noon, bank: &bank{Acquirer: instant.New(0)}, shops: &shop.Directory{Shops: map[shop.ID]*shop.Shop{}}}
	for _, id := range []shop.ID{"first", "second"} {
		r.shops.Shops[id] = &shop.Shop{
			ID: id, Settings: shop.Settings{Deliveries: []shipping.Method{{ID: "takkyubin", Carrier: shipping.CarrierYamato}}},
			Contracts: map[shop.Environment]shop.Contract{shop.Test: {
				ID: "c", TraderCode: "888889999", HoldDays: 60, Flags: shop.Flags{TestAllowed: true, CaptureByCode99: true},
			}},
		}
	}
	dir := t.TempDir()
	books, err := bolt.Open(bolt.Options{Dir: filepath.Join(dir, "ledger"), Clock: r.clock, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = books.Close() })
	sessions, err := sessionbolt.Open(sessionbolt.Options{Path: filepath.Join(dir, "session.db"), Clock: r.clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sessions.Close() })
	r.books = &counted{Ledger: books}
	r.processor = processor.New(processor.Options{
		Ledger: books, Claims: sessions, Acquirer: r.bank, Directory: r.shops, Clock: r.clock, Logger: slog.New(slog.DiscardHandler),
		Random:     func() uint64 { r.mu.Lock(); defer r.mu.Unlock(); r.ids++; return r.ids },
		Challenges: sessions, ChallengeIDs: session.NewChallengeIDs(make([]byte, 32)), PublicURL: "https://pay.example.test",
	})
	r.begin()
	return r
}

// begin starts the radar anew, as after a restart.
func (r *rig) begin() {
	r.Radar = New(Options{Payments: r.processor, Books: r.books, Journal: r.books, Directory: r.shops, Clock: r.clock, Count: r.tally})
}

func (r *rig) tally(what string, n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.did == nil {
		r.did = map[string]int{}
	}
	r.did[what] += n
}

// counted gives what the rounds counted so far.
func (r *rig) counted(what string) int { r.mu.Lock(); defer r.mu.Unlock(); return r.did[what] }

func (r *rig) clock() time.Time { r.mu.Lock(); defer r.mu.Unlock(); return r.now }

func (r *rig) at(t time.Time) { r.mu.Lock(); defer r.mu.Unlock(); r.now = t }

func (r *rig) later(d time.Duration) { r.at(r.clock().Add(d)) }

func (r *rig) care() *shop.Care { return &r.shops.Shops["first"].Settings.Care }

// hold makes an order of the first shop whose money is held.
func (r *rig) hold(number string, change ...func(*payment.Create)) *payment.Payment {
	r.t.Helper()
	return r.holdFor(first, number, change...)
}

func (r *rig) holdFor(t shop.Tenant, number string, change ...func(*payment.Create)) *payment.Payment {
	r.t.Helper()
	cmd := payment.Create{Amount: 5080, OrderNumber: number, Means: payment.Means{Token: "SIMAPPROVED00000", Card: card.Hint{LastFour: "1111", Expiry: "12/29"}}}
	for _, c := range change {
		c(&cmd)
	}
	result, err := r.processor.Create(r.t.Context(), processor.Caller{Tenant: t, Actor: "key"}, payment.Request{Method: "CreatePayment", Key: number, Digest: []byte(number)}, cmd)
	if err != nil || result.Payment.State != payment.Authorized {
		r.t.Fatalf("%v %+v", err, result.Payment)
	}
	return result.Payment
}

func yamato(c *payment.Create) { c.Delivery = "takkyubin" }

func costs(y money.Yen) func(*payment.Create) { return func(c *payment.Create) { c.Amount = y } }

func (r *rig) command(id payment.ID, cmd payment.Command) *payment.Payment {
	r.t.Helper()
	r.mu.Lock()
	r.ids++
	key := payment.Request{Method: "Test", Key: fmt.Sprintf("%s %d", id, r.ids), Digest: []byte("x")}
	r.mu.Unlock()
	result, err := r.processor.Command(r.t.Context(), asShop, key, id, cmd)
	if err != nil {
		r.t.Fatal(err)
	}
	return result.Payment
}

// load reads the payment as it stands.
func (r *rig) read(id payment.ID) *payment.Payment {
	r.t.Helper()
	p, err := r.books.Ledger.Load(r.t.Context(), id)
	if err != nil {
		r.t.Fatal(err)
	}
	return p
}

// round runs work, which must not fail.
func (r *rig) round(work func(context.Context) error) {
	r.t.Helper()
	if err := work(r.t.Context()); err != nil {
		r.t.Fatal(err)
	}
}

// list reads every page of a tenant's holds.
func (r *rig) list(t shop.Tenant, q Query) (all []Hold) {
	r.t.Helper()
	for {
		page, err := r.Holds(r.t.Context(), processor.Caller{Tenant: t}, q)
		if err != nil {
			r.t.Fatal(err)
		}
		if len(page.Holds) > q.Limit || page.More && page.Next == (Place{}) {
			r.t.Fatalf("%d holds, %+v", len(page.Holds), page.Next)
		}
		all = append(all, page.Holds...)
		if !page.More {
			return all
		}
		q.After = page.Next
	}
}

// orders names what a list has, in its order.
func orders(list []Hold) (numbers []string) {
	for i := range list {
		numbers = append(numbers, list[i].Payment.OrderNumber)
	}
	return numbers
}

// days gives the days of the events of one kind, and who wrote them.
func (r *rig) days(id payment.ID, kind payment.Kind) (days []int) {
	r.t.Helper()
	history, err := r.books.History(r.t.Context(), id)
	if err != nil {
		r.t.Fatal(err)
	}
	for i := range history {
		if e := &history[i]; e.Kind == kind {
			if days = append(days, e.Days); e.Actor != Actor {
				r.t.Errorf("%s by %q", kind, e.Actor)
			}
		}
	}
	return days
}
