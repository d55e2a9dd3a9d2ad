package processor

import (
	"errors"
	"testing"
	"time"

	"kessai.dev/kessai/internal/acquirer"
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
