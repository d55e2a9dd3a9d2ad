package processor

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
	ledgerbolt "kessai.dev/kessai/internal/ledger/bolt"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/session"
	sessionbolt "kessai.dev/kessai/internal/session/bolt"
	"kessai.dev/kessai/internal/shop"
)

const token = "SIMAPPROVED00000"

// rig is a processor on real books and a real session store, with a bank and a
// clock of its own.
type rig struct {
	*Processor
	t      *testing.T
	bank   *bank
	clock  *clock
	dir    string
	books  ledger.Ledger
	claims *switchedClaims
	wallet *wallet
	caller Caller
	random *rand.Rand
	mu     sync.Mutex
}

// wipe loses the session, as a flushed Redis does, once what is behind the
// answers is done.
func (r *rig) wipe() {
	r.t.Helper()
	if err := r.Drain(r.t.Context()); err != nil {
		r.t.Fatal(err)
	}
	r.claims.Store = r.claims.wipe()
}

// switchedClaims is a session store that can go down (P08) and be wiped (P07).
type switchedClaims struct {
	session.Store
	down atomic.Bool
	wipe func() session.Store
}

func (s *switchedClaims) Advance(ctx context.Context, id string, from, to session.Step) error {
	if s.down.Load() {
		return errors.New("down")
	}
	return s.Store.Advance(ctx, id, from, to)
}

func (s *switchedClaims) Claim(ctx context.Context, k session.Key) (session.Status, error) {
	if s.down.Load() {
		return session.Status{}, errors.New("down")
	}
	return s.Store.Claim(ctx, k)
}

func newRig(t *testing.T) *rig {
	t.Helper()
	r := &rig{
		t: t, bank: newBank(), wallet: &wallet{}, clock: &clock{now: time.Date(2026, 11, 22, 12, 0, 0, 0, shop.Tokyo)}, dir: t.TempDir(),
		caller: Caller{Tenant: shop.Tenant{Shop: "s", Environment: shop.Test}, Actor: "test"}, random: rand.New(rand.NewPCG(1, 2)),
	}
	r.start()
	t.Cleanup(func() { _ = r.books.Close() })
	return r
}

// start opens books and session and makes a processor, as a process does.
func (r *rig) start() {
	r.t.Helper()
	books, err := ledgerbolt.Open(ledgerbolt.Options{Dir: filepath.Join(r.dir, "ledger"), Clock: r.clock.Now, Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		r.t.Fatal(err)
	}
	r.books = books
	open := func() session.Store {
		s, err := sessionbolt.Open(sessionbolt.Options{Path: filepath.Join(r.t.TempDir(), "session.db"), Clock: r.clock.Now})
		if err != nil {
			r.t.Fatal(err)
		}
		r.t.Cleanup(func() { _ = s.Close() })
		return s
	}
	r.claims = &switchedClaims{Store: open(), wipe: open}
	r.Processor = New(Options{
		Ledger: books, Claims: r.claims, Acquirer: r.bank, Directory: directory(), Clock: r.clock.Now,
		Random:  func() uint64 { r.mu.Lock(); defer r.mu.Unlock(); return r.random.Uint64() },
		Logger:  slog.New(slog.NewTextHandler(io.Discard, nil)),
		Browser: r.bank, Challenges: r.claims, ChallengeIDs: session.NewChallengeIDs(make([]byte, 32)), PublicURL: "https://pay.example.test", Wallet: r.wallet,
	})
	if err := r.Resume(r.t.Context()); err != nil {
		r.t.Fatal(err)
	}
}

// restart is a process that died and one that begins on the same books.
func (r *rig) restart() {
	r.t.Helper()
	if err := r.books.Close(); err != nil {
		r.t.Fatal(err)
	}
	r.start()
}

func directory() *shop.Directory {
	contract := shop.Contract{TraderCode: "888889999", HoldDays: 60, Flags: shop.Flags{AmountIncrease: true, CaptureByCode99: true}}
	one := func(id shop.ID) *shop.Shop {
		return &shop.Shop{ID: id, Contracts: map[shop.Environment]shop.Contract{shop.Test: contract, shop.Production: contract}}
	}
	return &shop.Directory{Shops: map[shop.ID]*shop.Shop{"s": one("s"), "t": one("t")}}
}

func request(method, key string) payment.Request {
	return payment.Request{Method: method, Key: key, Digest: []byte(method + key)}
}

func order(number string) Create {
	return Create{Amount: 5080, OrderNumber: number, Means: payment.Means{Token: token}}
}

// create is CreatePayment that must succeed.
func (r *rig) create(key string, c Create) *payment.Payment {
	r.t.Helper()
	result, err := r.Create(r.t.Context(), r.caller, request("CreatePayment", key), c)
	if err != nil {
		r.t.Fatal(err)
	}
	return result.Payment
}

func (r *rig) command(key string, id payment.ID, c payment.Command) (Result, error) {
	return r.Command(r.t.Context(), r.caller, request("Command", key), id, c)
}

// must is a command that must succeed.
func (r *rig) must(key string, id payment.ID, c payment.Command) *payment.Payment {
	r.t.Helper()
	result, err := r.command(key, id, c)
	if err != nil {
		r.t.Fatal(err)
	}
	return result.Payment
}

// later lets time pass and sweeps at every step.
func (r *rig) later(d, step time.Duration) {
	for ; d > 0; d -= step {
		r.clock.advance(step)
		r.Sweep(r.t.Context())
	}
}

func (r *rig) load(id payment.ID) *payment.Payment {
	r.t.Helper()
	p, err := r.books.Load(r.t.Context(), id)
	if err != nil {
		r.t.Fatal(err)
	}
	if err := p.Check(); err != nil {
		r.t.Fatal(err)
	}
	return p
}

func reason(err error) payment.Reason {
	var r *payment.Refusal
	if errors.As(err, &r) {
		return r.Reason
	}
	return ""
}

// R26 R35 R37 P25: one payment through its whole life.
func TestLifeOfAPayment(t *testing.T) {
	r := newRig(t)
	p := r.create("k1", order("1396"))
	if p.State != payment.Authorized || p.Approval != "100001" || p.Acceptance() != p.ID.Acceptance(1) {
		t.Fatalf("%+v", p)
	}
	if p = r.must("k2", p.ID, payment.Adjust{Amount: 4000}); p.Amount != 4000 {
		t.Fatalf("%+v", p)
	}
	if p = r.must("k3", p.ID, payment.Capture{}); p.State != payment.Captured || p.Captured != 4000 {
		t.Fatalf("%+v", p)
	}
	if p = r.must("k4", p.ID, payment.Cancel{}); p.State != payment.Canceled || p.Refunded != 4000 {
		t.Fatalf("%+v", p)
	}
	if p = r.must("k5", p.ID, payment.Reauthorize{}); p.State != payment.Authorized || p.Approval == "100001" {
		t.Fatalf("%+v", p)
	}
	history, err := r.History(t.Context(), r.caller, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range history {
		got = append(got, string(e.Kind))
	}
	want := "created asked authorized asked adjusted asked captured asked canceled asked reauthorized"
	if strings.Join(got, " ") != want {
		t.Fatalf("history %v", got)
	}
}

// P05: 64 calls with one key are one payment and one call to the provider.
func TestOneKeyOneCall(t *testing.T) {
	r := newRig(t)
	var wg sync.WaitGroup
	var running, done atomic.Int32
	ids := make(chan payment.ID, 64)
	for range 64 {
		wg.Go(func() {
			result, err := r.Create(t.Context(), r.caller, request("CreatePayment", "same"), order("1396"))
			var busy *RunningError
			switch {
			case errors.As(err, &busy):
				running.Add(1)
			case err != nil:
				t.Error(err)
			default:
				done.Add(1)
				ids <- result.Payment.ID
			}
		})
	}
	wg.Wait()
	close(ids)
	first := <-ids
	for id := range ids {
		if id != first {
			t.Errorf("two payments: %s and %s", first, id)
		}
	}
	if n := r.bank.count(payment.OpAuthorize); n != 1 || done.Load() == 0 {
		t.Fatalf("%d calls, %d answers, %d told to wait", n, done.Load(), running.Load())
	}
}

// P04: the same key with another request is refused, and nothing is sent.
func TestKeyReused(t *testing.T) {
	r := newRig(t)
	r.create("k", order("1396"))
	other := request("CreatePayment", "k")
	other.Digest = []byte("other")
	for range 2 {
		_, err := r.Create(t.Context(), r.caller, other, order("1397"))
		var reused *KeyReusedError
		if !errors.As(err, &reused) || string(reused.Before) != "CreatePaymentk" || string(reused.Now) != "other" {
			t.Fatalf("%v", err)
		}
		r.wipe() // and so from the ledger alone
	}
	if n := r.bank.count(payment.OpAuthorize); n != 1 {
		t.Fatalf("%d calls", n)
	}
}

// P07 P08: with the session wiped, or down, the ledger answers the replay.
func TestReplayWithoutSession(t *testing.T) {
	r := newRig(t)
	p := r.create("k", order("1396"))
	captured := r.must("c", p.ID, payment.Capture{})
	for name, breakIt := range map[string]func(){
		"wiped": r.wipe,
		"down":  func() { r.claims.down.Store(true) },
	} {
		breakIt()
		result, err := r.Create(t.Context(), r.caller, request("CreatePayment", "k"), order("1396"))
		if err != nil || !result.Replayed || result.Payment.ID != p.ID {
			t.Fatalf("%s: %+v, %v", name, result, err)
		}
		breakIt()
		result, err = r.command("c", p.ID, payment.Capture{})
		if err != nil || !result.Replayed || result.Payment.Captured != captured.Captured {
			t.Fatalf("%s: %+v, %v", name, result, err)
		}
	}
	if len(r.Degraded()) == 0 {
		t.Error("nobody is told that sessions are down")
	}
	r.claims.down.Store(false)
	r.create("k2", order("1397"))
	if len(r.Degraded()) != 0 || r.bank.count(payment.OpAuthorize) != 2 || r.bank.count(payment.OpCapture) != 1 {
		t.Fatalf("degraded %v, %v", r.Degraded(), r.bank.asked)
	}
}

// P95: a session that remembers a payment which the books do not have, because
// they were restored from an older backup, is not believed.
func TestSessionAheadOfBooks(t *testing.T) {
	r := newRig(t)
	key := session.Key{Tenant: r.caller.Tenant, Method: "CreatePayment", Value: "k"}
	if _, err := r.claims.Claim(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	if err := r.claims.Finish(t.Context(), key, payment.NewID(r.clock.Now(), 99)); err != nil {
		t.Fatal(err)
	}
	if p := r.create("k", order("1396")); p.State != payment.Authorized {
		t.Fatalf("%+v", p)
	}
}

// P12: a key belongs to its shop, its environment and its method.
func TestKeyScope(t *testing.T) {
	r := newRig(t)
	p := r.create("k", order("1396"))
	r.must("k", p.ID, payment.Capture{}) // method "Command"
	for _, tenant := range []shop.Tenant{{Shop: "t", Environment: shop.Test}, {Shop: "s", Environment: shop.Production}} {
		c := order("1396")
		c.Order = &payment.Order{Buyer: &payment.Buyer{Name: "黒猫", Phone: "03-1234-5678", Email: "a@example.com"}}
		result, err := r.Create(t.Context(), Caller{Tenant: tenant}, request("CreatePayment", "k"), c)
		if err != nil || result.Replayed || result.Payment.ID == p.ID {
			t.Fatalf("%v: %+v, %v", tenant, result, err)
		}
		if _, err := r.Get(t.Context(), Caller{Tenant: tenant}, p.ID); !errors.Is(err, ledger.ErrNotFound) {
			t.Errorf("%v sees another tenant's payment: %v", tenant, err)
		}
	}
}

// P09 P10: one order number, one payment that holds or may hold money, whatever the key.
func TestOneOrderOnePayment(t *testing.T) {
	r := newRig(t)
	pending := r.create("k0", Create{Amount: 5080, OrderNumber: "1396"})
	p := r.create("k1", order("1396"))
	if old := r.load(pending.ID); old.State != payment.Canceled {
		t.Fatalf("the pending payment was not superseded: %+v", old)
	}
	if _, err := r.command("late", pending.ID, payment.Confirm{Means: payment.Means{Token: token}}); reason(err) != payment.WrongState {
		t.Fatalf("a superseded payment sends again: %v", err)
	}
	_, err := r.Create(t.Context(), r.caller, request("CreatePayment", "k2"), order("1396"))
	var refusal *payment.Refusal
	if !errors.As(err, &refusal) || refusal.Reason != payment.OrderNumberTaken || refusal.Other != p.ID {
		t.Fatalf("%v", err)
	}
	r.must("k3", p.ID, payment.Cancel{})
	again := r.create("k4", order("1396"))
	if again.State != payment.Authorized {
		t.Fatalf("after the cancellation: %+v", again)
	}
	if _, err := r.command("k5", p.ID, payment.Reauthorize{}); reason(err) != payment.OrderNumberTaken {
		t.Fatalf("the canceled payment is revived beside the new one: %v", err)
	}
	if n := r.bank.count(payment.OpReauthorize); n != 0 {
		t.Fatalf("%d calls", n)
	}
}

// P09 P10: many carts of one order at once: at most one ever holds.
func TestOrderRace(t *testing.T) {
	r := newRig(t)
	var wg sync.WaitGroup
	var won atomic.Int32
	for i := range 32 {
		wg.Go(func() {
			key := string(rune('a'+i%26)) + string(rune('A'+i))
			_, err := r.Create(t.Context(), r.caller, request("CreatePayment", key), order("1396"))
			if err == nil {
				won.Add(1)
			} else if reason(err) != payment.OrderNumberTaken {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := r.bank.count(payment.OpAuthorize); n != 1 || won.Load() != 1 {
		t.Fatalf("%d calls, %d winners", n, won.Load())
	}
}

// P11: what was not sent is sent by the retry under the same key, under the
// next acceptance number; the first error was only that.
func TestRetryAfterNotSent(t *testing.T) {
	r := newRig(t)
	r.bank.will(notSent)
	_, err := r.Create(t.Context(), r.caller, request("CreatePayment", "k"), order("1396"))
	var unsent *acquirer.NotSentError
	if !errors.As(err, &unsent) {
		t.Fatalf("%v", err)
	}
	result, err := r.Create(t.Context(), r.caller, request("CreatePayment", "k"), order("1396"))
	if err != nil || !result.Replayed || result.Payment.State != payment.Authorized || len(result.Payment.Attempts) != 2 {
		t.Fatalf("%+v, %v", result.Payment, err)
	}
	r.bank.will(notSent)
	if _, err := r.command("c", result.Payment.ID, payment.Capture{}); !errors.As(err, &unsent) {
		t.Fatalf("%v", err)
	}
	if _, _, claimed, err := r.ClaimConversion(t.Context(), r.caller, result.Payment.ID); err != nil || !claimed { // touches no money
		t.Fatalf("%v, %v", claimed, err)
	}
	if p := r.must("c", result.Payment.ID, payment.Capture{}); p.State != payment.Captured {
		t.Fatalf("%+v", p)
	}
}

// P11 P36: a repetition that comes late, when the payment has gone on without
// it, changes nothing: it is answered with the payment as it stands.
func TestLateRepetition(t *testing.T) {
	r := newRig(t)
	p := r.create("k", order("1396"))
	r.bank.will(losesWish)
	if now := r.must("x", p.ID, payment.Cancel{}); now.Question() == nil {
		t.Fatalf("%+v", now)
	}
	r.later(time.Minute, time.Second) // proven not to have happened
	r.must("c", p.ID, payment.Capture{})
	result, err := r.command("x", p.ID, payment.Cancel{})
	if err != nil || !result.Replayed || result.Payment.State != payment.Captured || r.bank.count(payment.OpCancel) != 1 {
		t.Fatalf("%+v, %v", result.Payment, err)
	}
	r.must("y", p.ID, payment.Cancel{})
	if result, err = r.command("x", p.ID, payment.Cancel{}); err != nil || result.Payment.State != payment.Canceled {
		t.Fatalf("%+v, %v", result.Payment, err)
	}
}

// A refusal by the provider is answered as one, by the replay too, and leaves
// the payment as it was. P25
func TestProviderRefuses(t *testing.T) {
	r := newRig(t)
	p := r.create("k", order("1396"))
	r.bank.will(refuses)
	for range 2 {
		if _, err := r.command("c", p.ID, payment.Capture{}); reason(err) != payment.CardDeclined {
			t.Fatalf("%v", err)
		}
	}
	if now := r.load(p.ID); now.State != payment.Authorized || now.Captured != 0 || r.bank.count(payment.OpCapture) != 1 {
		t.Fatalf("%+v", now)
	}
}

// P16 P18: an answer that is lost is found by asking, at once if possible.
func TestLostAnswer(t *testing.T) {
	r := newRig(t)
	r.bank.will(losesAnswer)
	if p := r.create("k", order("1396")); p.State != payment.Authorized {
		t.Fatalf("%+v", p)
	}
	r.bank.deaf = true
	r.bank.will(losesAnswer)
	p := r.create("k2", order("1397"))
	if p.State != payment.Pending || p.Question() == nil {
		t.Fatalf("%+v", p)
	}
	r.later(time.Minute, time.Second)
	if p = r.load(p.ID); p.Question() == nil {
		t.Fatal("settled without asking")
	}
	r.bank.deaf = false
	r.later(30*time.Second, time.Second)
	if p = r.load(p.ID); p.State != payment.Authorized || p.Question() != nil {
		t.Fatalf("%+v", p)
	}
	if n := r.bank.count(payment.OpAuthorize); n != 2 {
		t.Fatalf("%d calls", n)
	}
}

// P16 P17: a wish that never arrived becomes a no within a minute, not before
// 20 s, and the number is never sent again.
func TestLostWish(t *testing.T) {
	r := newRig(t)
	r.bank.will(losesWish)
	p := r.create("k", order("1396"))
	r.later(19*time.Second, time.Second)
	if now := r.load(p.ID); now.Question() == nil {
		t.Fatal("given up too early")
	}
	r.later(41*time.Second, time.Second)
	now := r.load(p.ID)
	if now.State != payment.Declined || now.Decline.Reason != payment.ResultLost || r.bank.count(payment.OpAuthorize) != 1 {
		t.Fatalf("%+v", now)
	}
	result, err := r.Create(t.Context(), r.caller, request("CreatePayment", "k"), order("1396"))
	if err != nil || result.Payment.State != payment.Declined || r.bank.count(payment.OpAuthorize) != 1 {
		t.Fatalf("%+v, %v", result, err)
	}
	if p := r.must("again", p.ID, payment.Confirm{Means: payment.Means{Token: token}}); p.State != payment.Authorized || p.Winner != 2 {
		t.Fatalf("%+v", p)
	}
}

// P26 P29: a hold that turns up after the attempt was given up is released by
// the watch, until the provider says so, and never disturbs the winner.
func TestLateHoldIsReleased(t *testing.T) {
	r := newRig(t)
	r.bank.will(lateHolds)
	p := r.create("k", order("1396"))
	r.later(time.Minute, 5*time.Second)
	r.must("again", p.ID, payment.Confirm{Means: payment.Means{Token: token}})
	r.bank.hold(p.ID.Acceptance(1), 5080)
	r.bank.will(losesWish, notSent)
	r.later(10*time.Minute, 5*time.Second)
	now := r.load(p.ID)
	if now.State != payment.Authorized || now.Winner != 2 || now.Attempts[0].State != payment.Canceled || now.Attempts[0].Unwanted {
		t.Fatalf("%+v", now)
	}
	if got, _ := r.bank.Inquire(t.Context(), acquirer.Merchant{}, p.ID.Acceptance(1)); got.Standing != payment.StandingCanceled {
		t.Fatalf("%+v", got)
	}
}

// P06 P18 P19: a process that dies between wish and fact; the next one asks.
func TestRestartWithOpenQuestion(t *testing.T) {
	for _, f := range []fate{losesAnswer, losesWish} {
		r := newRig(t)
		r.bank.deaf = true
		r.bank.will(f)
		p := r.create("k", order("1396"))
		r.restart()
		r.bank.deaf = false
		r.later(time.Minute, time.Second)
		now := r.load(p.ID)
		want := payment.Authorized
		if f == losesWish {
			want = payment.Declined
		}
		if now.State != want || now.Question() != nil || r.bank.count(payment.OpAuthorize) != 1 {
			t.Fatalf("%s: %+v", f, now)
		}
		result, err := r.Create(t.Context(), r.caller, request("CreatePayment", "k"), order("1396"))
		if err != nil || !result.Replayed || result.Payment.ID != p.ID {
			t.Fatalf("%s: %+v, %v", f, result, err)
		}
	}
}

// P22: a half-done change is shown, and nothing is retried.
func TestHalfDoneChange(t *testing.T) {
	r := newRig(t)
	p := r.create("k", order("1396"))
	r.bank.will(halfDone)
	now := r.must("a", p.ID, payment.Adjust{Amount: 4000})
	if now.Attention != payment.AmountChangeHalfDone || now.Amount != 4000 || now.Question() != nil {
		t.Fatalf("%+v", now)
	}
	r.later(10*time.Minute, 10*time.Second)
	if n := r.bank.count(payment.OpAdjust); n != 1 {
		t.Fatalf("%d calls", n)
	}
	if _, err := r.command("c", p.ID, payment.Capture{}); reason(err) != payment.NeedsAttention {
		t.Fatalf("%v", err)
	}
}

// P37: deferred at night, asked once at one o'clock, also after a restart.
func TestDeferred(t *testing.T) {
	r := newRig(t)
	r.clock.advance(11*time.Hour + 30*time.Minute)
	p := r.create("k", order("1396"))
	if _, err := r.command("no", p.ID, payment.Adjust{Amount: 4000}); reason(err) != payment.OutsideServiceHours {
		t.Fatalf("%v", err)
	}
	r.must("a", p.ID, payment.Adjust{Amount: 4000, AllowDeferral: true})
	r.restart()
	r.later(89*time.Minute, time.Minute)
	if r.bank.count(payment.OpAdjust) != 0 {
		t.Fatal("asked too early")
	}
	r.later(5*time.Minute, time.Minute)
	if now := r.load(p.ID); now.Amount != 4000 || now.Scheduled != nil || r.bank.count(payment.OpAdjust) != 1 {
		t.Fatalf("%+v", now)
	}
}

// Promise 4: a call answers in time, with the question open, and the provider's
// answer is taken all the same. P16
func TestAnswersInTime(t *testing.T) {
	r := newRig(t)
	r.o.AnswerWithin = time.Millisecond
	r.bank.gate = make(chan struct{})
	p := r.create("k", order("1396"))
	if p.State != payment.Pending || p.Question() == nil || p.Question().Operation != payment.OpAuthorize {
		t.Fatalf("%+v", p)
	}
	_, err := r.Create(t.Context(), r.caller, request("CreatePayment", "k"), order("1396"))
	var busy *RunningError
	if !errors.As(err, &busy) {
		t.Fatalf("while it runs: %v", err)
	}
	r.Sweep(t.Context()) // must leave alone what is under way
	close(r.bank.gate)
	if err := r.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if now := r.load(p.ID); now.State != payment.Authorized {
		t.Fatalf("%+v", now)
	}
}

// A caller who hangs up does not lose the fact. P18
func TestCallerHangsUp(t *testing.T) {
	r := newRig(t)
	r.bank.gate = make(chan struct{})
	ctx, hangUp := context.WithCancel(t.Context())
	hangUp()
	result, err := r.Create(ctx, r.caller, request("CreatePayment", "k"), order("1396"))
	if err != nil {
		t.Fatal(err)
	}
	close(r.bank.gate)
	if err := r.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if now := r.load(result.Payment.ID); now.State != payment.Authorized {
		t.Fatalf("%+v", now)
	}
}

// R16 R32 P32: authorize and capture is carried out as one saga, and one that
// dies in the middle is finished by the next process.
func TestAuthorizeAndCapture(t *testing.T) {
	r := newRig(t)
	c := order("1396")
	c.Mode = shop.AuthorizeAndCapture
	if p := r.create("k", c); p.State != payment.Captured {
		t.Fatalf("%+v", p)
	}
	c = order("1397")
	c.Mode = shop.AuthorizeAndCapture
	r.bank.will(answers, losesAnswer)
	if p := r.create("k2", c); p.State != payment.Captured {
		t.Fatalf("%+v", p)
	}
	c = order("1398")
	c.Mode = shop.AuthorizeAndCapture
	r.bank.will(answers, refuses)
	if p := r.create("k3", c); p.State != payment.Authorized || p.Captured != 0 {
		t.Fatalf("%+v", p)
	}
	if r.later(time.Hour, time.Minute); r.bank.count(payment.OpCapture) != 3 {
		t.Errorf("what was refused is asked again: %d captures", r.bank.count(payment.OpCapture))
	}
}

// R32: the capture of a purchase that was not sent, or certainly not done, or whose process
// died before it, is asked until the provider answers. A hold that lapsed meanwhile is
// told.
func TestCaptureOfAPurchaseIsOwed(t *testing.T) {
	for name, then := range map[string][]fate{"not sent": {answers, notSent, notSent}, "not done": {answers, losesWish, losesWish}} {
		r := newRig(t)
		c := order("1396")
		c.Mode = shop.AuthorizeAndCapture
		r.bank.will(then...)
		p := r.create("k", c)
		if p.State != payment.Authorized {
			t.Fatalf("%s: %+v", name, p)
		}
		r.later(3*time.Minute, time.Second)
		if p = r.load(p.ID); p.State != payment.Captured || p.Question() != nil || p.Captured != 5080 {
			t.Errorf("%s: %+v", name, p)
		}
	}
	r := newRig(t)
	c := order("1397")
	c.Mode = shop.AuthorizeAndCapture
	r.bank.will(answers, notSent)
	p := r.create("k", c)
	r.clock.advance(p.HoldExpires.Add(time.Hour).Sub(r.clock.Now()))
	r.later(time.Minute, time.Second)
	history, err := r.History(t.Context(), r.caller, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	last := history[len(history)-1]
	if p = r.load(p.ID); p.State != payment.Authorized || last.Kind != payment.KindRefused || last.Reason != payment.HoldLapsed || !p.NextCare().IsZero() {
		t.Errorf("%s, next care %s, last %+v", p.State, p.NextCare(), last)
	}
}

// R42: a change made at the provider's site is shown and not taken over.
func TestRefresh(t *testing.T) {
	r := newRig(t)
	p := r.create("k", order("1396"))
	r.bank.trades[p.Acceptance()].Standing = payment.StandingCanceled
	now, err := r.Refresh(t.Context(), r.caller, p.ID)
	if err != nil || now.Attention != payment.ProviderDiffers || now.State != payment.Authorized {
		t.Fatalf("%+v, %v", now, err)
	}
	r.bank.trades[p.Acceptance()].Standing = payment.StandingHeld
	if now, err = r.Refresh(t.Context(), r.caller, p.ID); err != nil || now.Attention != "" {
		t.Fatalf("%+v, %v", now, err)
	}
	r.must("c", p.ID, payment.Capture{})
	r.bank.trades[p.Acceptance()].Standing = payment.StandingSettled
	if now, err = r.Refresh(t.Context(), r.caller, p.ID); err != nil || now.State != payment.Settled {
		t.Fatalf("%+v, %v", now, err)
	}
	r.bank.deaf = true
	if _, err = r.Refresh(t.Context(), r.caller, p.ID); err == nil {
		t.Fatal("a provider that cannot be asked is no answer")
	}
}

// Watch gives every state once, and ends when the payment has.
func TestWatch(t *testing.T) {
	r := newRig(t)
	p := r.create("k", order("1396"))
	seen := make(chan payment.State, 16)
	done := make(chan error, 1)
	go func() {
		done <- r.Watch(t.Context(), r.caller, p.ID, func(p *payment.Payment) error {
			seen <- p.State
			return nil
		})
	}()
	if s := <-seen; s != payment.Authorized {
		t.Fatal(s)
	}
	r.must("x", p.ID, payment.Cancel{})
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	last := payment.State(0)
	for len(seen) > 0 {
		last = <-seen
	}
	if last != payment.Canceled {
		t.Fatal(last)
	}
}

// R36 R39: the order is kept, privately, as it was given.
func TestOrderIsKept(t *testing.T) {
	r := newRig(t)
	c := order("1396")
	c.Order = &payment.Order{Lines: []payment.Line{{Name: "りんご", Quantity: 2, UnitAmount: 2540}}, Buyer: &payment.Buyer{Name: "黒猫 太郎", Phone: "03-1234-5678", Email: "taro@example.com"}, Total: money.Yen(5080)}
	p := r.create("k", c)
	r.must("x", p.ID, payment.Cancel{})
	got, err := r.Order(t.Context(), r.caller, p.ID)
	if err != nil || got.Buyer.Name != "黒猫 太郎" || got.Lines[0].UnitAmount != 2540 {
		t.Fatalf("%+v, %v", got, err)
	}
	if err := r.books.Erase(t.Context(), p.ID); err != nil {
		t.Fatal(err)
	}
	if got, err = r.Order(t.Context(), r.caller, p.ID); err != nil || got != nil {
		t.Fatalf("after erasure: %+v, %v", got, err)
	}
}
