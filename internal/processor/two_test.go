package processor

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// second is another process on the same books, as after a takeover from one that was cut
// off and lives on.
func (r *rig) second() *Processor {
	o := r.o
	o.Elsewhere = 2 * acquirer.CallTimeout
	return New(o)
}

// P18 P36: another process has taken over while a call of the first one is still open:
// that the provider shows nothing of it is no "no" before that call must be over.
//
// Scar: it was one after twenty seconds. The charge went through after that, and the
// books said that the money was held.
func TestNoIsNotBelievedWhileACallMayBeOpen(t *testing.T) {
	r := newRig(t)
	p := r.create("k", order("1396"))
	r.bank.gate = make(chan struct{})
	answered := make(chan error)
	go func() {
		_, err := r.Command(t.Context(), r.caller, payment.Request{Method: "m", Key: "x", Digest: []byte("d")}, p.ID, payment.Capture{})
		answered <- err
	}()
	for r.load(p.ID).Question() == nil {
		<-time.After(time.Millisecond)
	}
	b := r.second()
	if err := b.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		b.Sweep(t.Context())
		r.clock.advance(21 * time.Second)
	}
	if q := r.load(p.ID).Question(); q == nil {
		t.Fatal("the question was answered for the provider")
	}
	close(r.bank.gate)
	if err := <-answered; err != nil {
		t.Error(err)
	}
	trade, err := r.bank.Inquire(t.Context(), noMerchant, p.Acceptance())
	if now := r.load(p.ID); err != nil || trade.Standing != payment.StandingCaptured || now.State != payment.Captured || now.Question() != nil {
		t.Errorf("the provider has %+v (%v), the books %s, %+v", trade, err, now.State, now.Question())
	}
}

// P18: a process that died has no call open: once the time of one is over a missing
// trace is a no here, too.
func TestNoIsBelievedAfterATakeover(t *testing.T) {
	r := newRig(t)
	p := r.create("k", order("1396"))
	r.bank.will(losesWish)
	if _, err := r.Command(t.Context(), r.caller, payment.Request{Method: "m", Key: "x", Digest: []byte("d")}, p.ID, payment.Capture{}); err != nil {
		if _, unsent := errors.AsType[*acquirer.NotSentError](err); !unsent {
			t.Fatal(err)
		}
	}
	b := r.second()
	if err := b.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 10 {
		r.clock.advance(21 * time.Second)
		b.Sweep(t.Context())
	}
	if now := r.load(p.ID); now.Question() != nil || now.State != payment.Authorized {
		t.Errorf("%s, %+v", now.State, now.Question())
	}
}

// P18, P36: of several processes one looks after what the others left behind. While the
// other one may still be waiting for its answer it is left in peace, by the sweep as well as
// by who reads the payment; its yes is found after that, and its no once no call can be open.
func TestInheritsWhatAnotherProcessLeft(t *testing.T) {
	r := newRig(t)
	p := r.create("k", order("1396"))
	b := r.second()
	r.bank.gate = make(chan struct{})
	defer close(r.bank.gate) // the first process hangs as if it were dead
	go func() {
		_, _ = r.Command(context.WithoutCancel(t.Context()), r.caller, request("m", "x"), p.ID, payment.Capture{})
	}()
	for r.load(p.ID).Question() == nil {
		<-time.After(time.Millisecond)
	}
	look := func() int {
		t.Helper()
		if _, err := b.inherit(t.Context()); err != nil {
			t.Fatal(err)
		}
		before := r.bank.inquiries()
		if _, err := b.Get(t.Context(), r.caller, p.ID); err != nil {
			t.Fatal(err)
		}
		b.Sweep(t.Context())
		return r.bank.inquiries() - before
	}
	if n := look(); n != 0 {
		t.Errorf("%d inquiries about a call of a moment ago", n)
	}
	r.clock.advance(patience)
	if n := look(); n == 0 {
		t.Error("nobody asks about what another process left behind")
	}
}

// sharedBooks are books of several processes.
type sharedBooks struct{ ledger.Ledger }

func (s sharedBooks) Unanswered(ctx context.Context, yield func(payment.ID) bool) error {
	return s.Unsettled(ctx, func(id payment.ID) bool {
		p, err := s.Load(ctx, id)
		return err != nil || p.Question() == nil || yield(id)
	})
}

// P18: a checkout that this process looks after until it ends, and that another one asked
// about and died, is inherited as soon as any other question, not a day later.
func TestInheritsWhatIsQueuedForLater(t *testing.T) {
	r := newRig(t)
	r.o.Ledger = sharedBooks{r.o.Ledger}
	b := r.second()
	p := r.create("k", payment.Create{Amount: 5080, OrderNumber: "1396"})
	if _, err := b.inherit(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.Sweep(t.Context())
	if p = r.load(p.ID); p.State != payment.Pending || p.NextCare().Before(r.clock.Now().Add(time.Hour)) {
		t.Fatalf("%s, looked at again at %s", p.State, p.NextCare())
	}
	r.bank.gate = make(chan struct{})
	defer close(r.bank.gate) // the first process hangs as if it were dead
	go func() {
		_, _ = r.Command(context.WithoutCancel(t.Context()), r.caller, request("m", "x"), p.ID, payment.Confirm{Means: order("1396").Means})
	}()
	for r.load(p.ID).Question() == nil {
		<-time.After(time.Millisecond)
	}
	for range 2 { // at once it is left to the first process
		if _, err := b.inherit(t.Context()); err != nil {
			t.Fatal(err)
		}
		b.Sweep(t.Context())
		r.clock.advance(patience)
	}
	b.Sweep(t.Context())
	if r.bank.inquiries() == 0 {
		t.Error("nobody asks about what another process left behind")
	}
}

// Whoever watches a payment hears of what another process does to it, however many have
// come and gone before.
func TestWatchHearsOfAnotherProcess(t *testing.T) {
	r := newRig(t)
	b := r.second()
	ctx, end := context.WithCancel(t.Context())
	followed := make(chan struct{})
	go func() {
		defer close(followed)
		b.Follow(ctx, r.books.(ledger.Journal))
	}()
	for round := range 3 {
		p := r.create(fmt.Sprint("k", round), order(fmt.Sprint("1396-", round)))
		seen := make(chan payment.State, 8)
		watched := make(chan error)
		go func() {
			watched <- b.Watch(t.Context(), r.caller, p.ID, func(pay *payment.Payment) error {
				seen <- pay.State
				return nil
			})
		}()
		if s := <-seen; s != payment.Authorized {
			t.Fatal(s)
		}
		if _, err := r.Command(t.Context(), r.caller, request("cancel", fmt.Sprint("x", round)), p.ID, payment.Cancel{}); err != nil {
			t.Fatal(err)
		}
		if err := <-watched; err != nil { // a canceled payment has ended
			t.Fatal(err)
		}
	}
	end()
	_, _ = r.Command(t.Context(), r.caller, request("m", "last"), r.create("last", order("2")).ID, payment.Capture{}) // Wait returns
	<-followed
}
