package desk

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/acquirer/instant"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/bolt"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/session"
	sessionbolt "kessai.dev/kessai/internal/session/bolt"
	"kessai.dev/kessai/internal/shop"
)

var (
	noon   = time.Date(2026, 11, 24, 12, 0, 0, 0, shop.Tokyo)
	first  = shop.Tenant{Shop: "first", Environment: shop.Test}
	second = shop.Tenant{Shop: "second", Environment: shop.Test}
	asShop = processor.Caller{Tenant: first, Actor: "key"}
)

// rig is a desk on real books, with a real processor, and a provider that says yes
// to all but what the test takes away.
type rig struct {
	*Desk
	t         *testing.T
	dir       string
	processor *processor.Processor
	books     *recorder
	shops     *shop.Directory
	bank      *bank
	shared    Shared

	mu  sync.Mutex
	now time.Time
	ids uint64
}

// bank approves as instant does; it can decline, or lose the answer to what it did.
type bank struct {
	*instant.Acquirer
	mu    sync.Mutex
	how   string // "": yes; "no", "lost", "challenge"
	calls []payment.Operation
}

func (b *bank) Perform(ctx context.Context, m acquirer.Merchant, w acquirer.Wish) (payment.Fact, error) {
	b.mu.Lock()
	b.calls = append(b.calls, w.Operation)
	how := b.how
	b.mu.Unlock()
	switch how {
	case "no":
		return payment.Fact{Outcome: payment.No, Reason: payment.CardDeclined}, nil
	case "lost":
		return payment.Fact{}, errors.New("connection reset")
	case "challenge":
		return payment.Fact{Outcome: payment.Challenge, ChallengeToken: "t", ChallengeHTML: "<form>"}, nil
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

// recorder is books that can also be read in the order in which they were written.
type recorder struct {
	*bolt.Ledger
	mu      sync.Mutex
	entries []ledger.JournalEntry
}

func (r *recorder) Append(ctx context.Context, e ledger.Entry) error {
	r.mu.Lock() // one at a time, so that the order is the books'
	defer r.mu.Unlock()
	if err := r.Ledger.Append(ctx, e); err != nil {
		return err
	}
	for _, event := range e.Events {
		r.entries = append(r.entries, ledger.JournalEntry{Number: uint64(len(r.entries) + 1), Tenant: e.After.Tenant, Payment: e.Payment, Event: event})
	}
	return nil
}

// Read gives at most three events, so that there are pages.
func (r *recorder) Read(_ context.Context, q ledger.JournalQuery) (page ledger.JournalPage, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	page.Looked = q.After
	for _, e := range r.entries {
		if e.Number <= q.After || q.Until > 0 && e.Number > q.Until {
			continue
		}
		if len(page.Entries) == 3 {
			page.More = true
			return page, nil
		}
		page.Looked = e.Number
		if e.Tenant == *q.Tenant {
			page.Entries = append(page.Entries, e)
		}
	}
	return page, nil
}

func (r *recorder) Last(context.Context) (uint64, error) { return uint64(len(r.entries)), nil }

func (r *recorder) Before(_ context.Context, t time.Time) (n uint64, err error) {
	for _, e := range r.entries {
		if e.Event.Time.Before(t) {
			n = e.Number
		}
	}
	return n, nil
}

func (r *recorder) Wait(ctx context.Context, _ uint64) error { <-ctx.Done(); return ctx.Err() }

func newRig(t *testing.T) *rig {
	t.Helper()
	r := &rig{t: t, dir: t.TempDir(), now: noon, bank: &bank{Acquirer: instant.New(0)}, shops: &shop.Directory{Shops: map[shop.ID]*shop.Shop{}}}
	for _, id := range []shop.ID{"first", "second"} {
		r.shops.Shops[id] = &shop.Shop{ID: id, Contracts: map[shop.Environment]shop.Contract{shop.Test: {
			ID: "c", TraderCode: "888889999", HoldDays: 60, Flags: shop.Flags{TestAllowed: true, CaptureByCode99: true},
		}}}
	}
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	books, err := bolt.Open(bolt.Options{Dir: filepath.Join(r.dir, "ledger"), Clock: r.clock, Logger: quiet})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = books.Close() })
	sessions, err := sessionbolt.Open(sessionbolt.Options{Path: filepath.Join(r.dir, "session.db"), Clock: r.clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sessions.Close() })
	r.books = &recorder{Ledger: books}
	r.processor = processor.New(processor.Options{
		Ledger: r.books, Claims: sessions, Acquirer: r.bank, Directory: r.shops, Clock: r.clock, Logger: quiet,
		Random:  func() uint64 { r.mu.Lock(); defer r.mu.Unlock(); r.ids++; return r.ids },
		Browser: nil, Challenges: sessions, ChallengeIDs: session.NewChallengeIDs(make([]byte, 32)), PublicURL: "https://pay.example.test",
	})
	r.Desk = r.desk()
	return r
}

// desk is one that has just started.
func (r *rig) desk() *Desk {
	r.t.Helper()
	book, damaged, err := OpenNotebook(r.t.Context(), filepath.Join(r.dir, "desk.json"), r.books, r.clock(), r.shared)
	if err != nil || damaged {
		r.t.Fatal(damaged, err)
	}
	return New(Options{Payments: r.processor, Books: r.books, Journal: r.books, Notebook: book, Directory: r.shops, Clock: r.clock})
}

func (r *rig) clock() time.Time { r.mu.Lock(); defer r.mu.Unlock(); return r.now }

func (r *rig) later(d time.Duration) { r.mu.Lock(); defer r.mu.Unlock(); r.now = r.now.Add(d) }

func (r *rig) care() *shop.Care { return &r.shops.Shops["first"].Settings.Care }

const token = "SIMAPPROVED00000"

// pay creates a payment of the first shop; with no token nobody pays.
func (r *rig) pay(number, token string) *payment.Payment {
	r.t.Helper()
	return r.payFor(first, number, token)
}

func (r *rig) payFor(t shop.Tenant, number, token string) *payment.Payment {
	r.t.Helper()
	cmd := payment.Create{Amount: 5080, OrderNumber: number, Order: &payment.Order{Total: 5080, Buyer: &payment.Buyer{Name: "山田花子", Phone: "03-1234-5678", Email: "h@example.com"}}}
	if token != "" {
		cmd.Token = "SIMAPPROVED00000"
	}
	result, err := r.processor.Create(r.t.Context(), processor.Caller{Tenant: t, Actor: "key"}, payment.Request{Method: "CreatePayment", Key: number, Digest: []byte(number)}, cmd)
	if err != nil {
		r.t.Fatal(err)
	}
	return result.Payment
}

func (r *rig) command(id payment.ID, cmd payment.Command) *payment.Payment {
	r.t.Helper()
	r.mu.Lock()
	r.ids++
	key := payment.Request{Method: "Test", Key: string(id) + string(rune('a'+r.ids)), Digest: []byte("x")}
	r.mu.Unlock()
	result, err := r.processor.Command(r.t.Context(), asShop, key, id, cmd)
	if err != nil {
		r.t.Fatal(err)
	}
	return result.Payment
}

func (r *rig) load(id payment.ID) *payment.Payment {
	r.t.Helper()
	p, err := r.books.Load(r.t.Context(), id)
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

// told counts how often the history tells of an order that is not confirmed.
func (r *rig) told(id payment.ID) (n int) {
	r.t.Helper()
	history, err := r.books.History(r.t.Context(), id)
	if err != nil {
		r.t.Fatal(err)
	}
	for i := range history {
		if history[i].Kind == payment.KindUnconfirmed {
			n++
			if history[i].Actor != Actor {
				r.t.Errorf("told by %q", history[i].Actor)
			}
		}
	}
	return n
}
