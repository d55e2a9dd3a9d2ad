package vault

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
	ledgerbolt "kessai.dev/kessai/internal/ledger/bolt"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/session"
	sessionbolt "kessai.dev/kessai/internal/session/bolt"
	"kessai.dev/kessai/internal/shop"
)

// clock is a settable clock.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }

func (c *clock) advance(d time.Duration) { c.mu.Lock(); c.now = c.now.Add(d); c.mu.Unlock() }

// log is what was logged.
type log struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *log) Write(p []byte) (int, error) { l.mu.Lock(); defer l.mu.Unlock(); return l.text.Write(p) }

func (l *log) String() string { l.mu.Lock(); defer l.mu.Unlock(); return l.text.String() }

// rig is a vault and a processor on real books, with a bank and a clock of its
// own.
type rig struct {
	*Vault
	t      testing.TB
	bank   *bank
	clock  *clock
	books  *ledgerbolt.Ledger
	proc   *processor.Processor
	dir    *shop.Directory
	log    *log
	caller processor.Caller
	keys   int
}

// provider is all that a provider does.
type provider interface {
	acquirer.Acquirer
	acquirer.Wallet
	acquirer.Browser
}

func noon() *clock { return &clock{now: time.Date(2026, 11, 22, 12, 0, 0, 0, shop.Tokyo)} }

// newRig makes a rig; edit changes shop "s" and its contract.
func newRig(t testing.TB, edit func(*shop.Settings, *shop.Flags)) *rig {
	t.Helper()
	now := noon()
	bank := newBank(now)
	r := rigOn(t, edit, now, bank)
	r.bank = bank
	return r
}

func rigOn(t testing.TB, edit func(*shop.Settings, *shop.Flags), now *clock, p provider) *rig {
	t.Helper()
	r := &rig{
		t: t, clock: now, log: &log{},
		caller: processor.Caller{Tenant: tenant, Actor: "test"}, dir: directory(edit),
	}
	logger := slog.New(slog.NewTextHandler(r.log, nil))
	var err error
	r.books, err = ledgerbolt.Open(ledgerbolt.Options{Dir: filepath.Join(t.TempDir(), "ledger"), Clock: r.clock.Now, Logger: logger})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.books.Close() })
	claims, err := sessionbolt.Open(sessionbolt.Options{Path: filepath.Join(t.TempDir(), "session.db"), Clock: r.clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = claims.Close() })
	keys, err := OpenKeys(context.Background(), filepath.Join(t.TempDir(), "vault.keys"), r.books)
	if err != nil {
		t.Fatal(err)
	}
	r.Vault = New(Options{
		Members: r.books, Payments: r.books, Provider: p, Browser: p, Directory: r.dir, Keys: keys, Clock: r.clock.Now, Logger: logger,
		Create: func(ctx context.Context, c processor.Caller, q payment.Request, create processor.Create) (processor.Result, error) {
			return r.proc.Create(ctx, c, q, create)
		},
		Pace: -1,
	})
	random := rand.New(rand.NewPCG(1, 2))
	var mu sync.Mutex
	r.proc = processor.New(processor.Options{
		Ledger: r.books, Claims: claims, Acquirer: p, Directory: r.dir, Clock: r.clock.Now,
		Random: func() uint64 { mu.Lock(); defer mu.Unlock(); return random.Uint64() },
		Logger: logger, Browser: p, Challenges: claims, ChallengeIDs: session.NewChallengeIDs(make([]byte, 32)),
		PublicURL: "https://pay.example.test", Wallet: r.Vault,
	})
	if err := r.proc.Resume(context.Background()); err != nil {
		t.Fatal(err)
	}
	return r
}

func directory(edit func(*shop.Settings, *shop.Flags)) *shop.Directory {
	one := func(id shop.ID) *shop.Shop {
		flags := shop.Flags{TestAllowed: true, Vault: true, ThreeDSecure: true, NoSecurityCode: true, CaptureByCode99: true, StoredCardAlone: true}
		settings := shop.Settings{Saving: shop.SavingChosen, Installments: true, InstallmentMinimum: 3000}
		if edit != nil && id == "s" {
			edit(&settings, &flags)
		}
		contract := shop.Contract{ID: "c", TraderCode: "888889999", AccessKey: "1111111", HoldDays: 60, Flags: flags}
		return &shop.Shop{ID: id, Name: "Shop " + string(id), Settings: settings, Contracts: map[shop.Environment]shop.Contract{shop.Test: contract, shop.Production: contract}}
	}
	return &shop.Directory{Shops: map[shop.ID]*shop.Shop{"s": one("s"), "t": one("t")}}
}

// quiet waits until nothing is done behind the answers.
func (r *rig) quiet() {
	r.t.Helper()
	if err := errors.Join(r.proc.Drain(context.Background()), r.Drain(context.Background())); err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) request(method string) payment.Request {
	r.keys++
	return requestOf(method, fmt.Sprint(r.keys))
}

func requestOf(method, key string) payment.Request {
	return payment.Request{Method: method, Key: key, Digest: []byte(method + key)}
}

// entry is what a page gets that must be served.
func (r *rig) entry(q EntryRequest) Entry {
	r.t.Helper()
	e, err := r.Entry(context.Background(), r.caller, q)
	if err != nil {
		r.t.Fatal(err)
	}
	return e
}

// typed is a token of a card that a customer types in, to be kept.
func (r *rig) typed(customer, number string) Registration {
	r.t.Helper()
	r.entry(EntryRequest{Customer: customer, Save: true})
	made := madeToken{number: number}
	r.bank.by(func() {
		if m := r.bank.checks.Member; m != nil {
			made.member = *m
		}
	})
	return Registration{Customer: customer, Token: r.bank.token(made)}
}

// register registers a card that must be accepted.
func (r *rig) register(customer, number string) Card {
	r.t.Helper()
	k, _, err := r.Register(context.Background(), r.caller, r.request("CreateCard"), r.typed(customer, number))
	if err != nil {
		r.t.Fatal(err)
	}
	return k
}

// pay authorizes an amount with a customer's stored card, alone.
func (r *rig) pay(customer, id string) *payment.Payment {
	r.t.Helper()
	q := r.request("CreatePayment")
	got, err := r.proc.Create(context.Background(), r.caller, q, processor.Create{
		Amount: 5080, OrderNumber: "order-" + q.Key, Customer: customer, Means: payment.Means{Stored: id},
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return got.Payment
}

func (r *rig) list(customer string) []Card {
	r.t.Helper()
	list, err := r.List(context.Background(), r.caller, customer)
	if err != nil {
		r.t.Fatal(err)
	}
	return list
}

func (r *rig) get(customer, id string) Card {
	r.t.Helper()
	k, err := r.Get(context.Background(), r.caller, customer, id)
	if err != nil {
		r.t.Fatal(err)
	}
	return k
}

func (r *rig) active(customer, id string) bool {
	k := r.get(customer, id)
	return k.Active()
}

// memberOf gives a customer's record.
func (r *rig) memberOf(customer string) ledger.Member {
	r.t.Helper()
	m, err := r.books.Member(context.Background(), ledger.MemberKey{Tenant: tenant, Contract: "c", Customer: customer})
	if err != nil {
		r.t.Fatal(err)
	}
	return m
}

// refusedWith fails unless err is a refusal with the reason.
func refusedWith(t testing.TB, err error, want payment.Reason) {
	t.Helper()
	refusal, ok := errors.AsType[*payment.Refusal](err)
	if !ok || refusal.Reason != want {
		t.Errorf("%v, want %s", err, want)
	}
}

// invalidIn fails unless err is about the field.
func invalidIn(t testing.TB, err error, field string) {
	t.Helper()
	bad, ok := errors.AsType[*payment.InvalidError](err)
	if !ok || bad.Violations[0].Field != field {
		t.Errorf("%v, want something about %s", err, field)
	}
}

// P53: a member is random words; the customer's id is none of them, and two
// first calls agree on one pair.
func TestEnrol(t *testing.T) {
	r := newRig(t, nil)
	var wait sync.WaitGroup
	var mu sync.Mutex
	pairs := map[string]bool{}
	for range 8 {
		wait.Go(func() {
			e, err := r.Entry(t.Context(), r.caller, EntryRequest{Customer: "mei_1", Save: true, Amount: 5080})
			mu.Lock()
			defer mu.Unlock()
			if pairs[e.MemberID+" "+e.AuthKey] = true; err != nil || len(e.MemberID) != 32 || len(e.AuthKey) != 8 {
				t.Errorf("%q %q %v", e.MemberID, e.AuthKey, err)
			}
		})
	}
	wait.Wait()
	if len(pairs) != 1 {
		t.Errorf("%d pairs for one customer", len(pairs))
	}
	one := r.entry(EntryRequest{Customer: "mei_1", Save: true})
	for name, other := range map[string]processor.Caller{
		"shop":        {Tenant: shop.Tenant{Shop: "t", Environment: shop.Test}},
		"environment": {Tenant: shop.Tenant{Shop: "s", Environment: shop.Production}},
	} {
		if e, err := r.Entry(t.Context(), other, EntryRequest{Customer: "mei_1", Save: true}); err != nil || e.MemberID == one.MemberID || e.AuthKey == one.AuthKey {
			t.Errorf("another %s has the same pair, %v", name, err)
		}
	}
	if e := r.entry(EntryRequest{Customer: "mei_2", Save: true}); e.MemberID == one.MemberID || e.AuthKey == one.AuthKey {
		t.Error("another customer has the same pair")
	}
	if text := r.log.String(); strings.Contains(text, "mei_1") || strings.Contains(text, one.AuthKey) {
		t.Errorf("the log says whose it is: %s", text)
	}
}

// P53: what the provider lost gets a new pair; the old cards are gone, and
// cards that are still there are not given up.
func TestReissue(t *testing.T) {
	r := newRig(t, nil)
	k := r.register("m", "0001")
	r.quiet()
	before := r.memberOf("m")
	var used *InUseError
	if err := r.Reissue(t.Context(), tenant, "m"); !errors.As(err, &used) {
		t.Errorf("cards are there: %v", err)
	}
	r.bank.by(func() { r.bank.deaf = true })
	if err := r.Reissue(t.Context(), tenant, "m"); err == nil {
		t.Error("nobody knows whether cards are there")
	}
	r.bank.by(func() { r.bank.deaf, r.bank.cards = false, nil })
	if err := r.Reissue(t.Context(), tenant, "m"); err != nil {
		t.Fatal(err)
	}
	after := r.memberOf("m")
	if after.ProviderID == before.ProviderID || string(after.Secret) == string(before.Secret) || after.Cards[0].Active() {
		t.Errorf("%+v", after)
	}
	r.bank.by(func() { r.bank.cards = map[string][]acquirer.Card{} })
	if again := r.register("m", "0001"); again.ID == k.ID || !again.Active() {
		t.Errorf("%+v", again)
	}
	if err := r.Reissue(t.Context(), tenant, "nobody"); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("%v", err)
	}
}
