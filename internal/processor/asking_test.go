package processor

import (
	"context"
	"testing"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// watchedBooks let somebody look at a payment right after it was written, before the writer
// hears of it.
type watchedBooks struct {
	ledger.Ledger
	look func(payment.ID)
}

func (b watchedBooks) Append(ctx context.Context, e ledger.Entry) error {
	err := b.Ledger.Append(ctx, e)
	b.look(e.Payment)
	return err
}

// P18: whoever reads a payment between the wish and the call for it does not ask the provider:
// that it shows nothing yet would count from then on.
func TestNobodyAsksBeforeTheCall(t *testing.T) {
	r := newRig(t)
	o := r.o
	var p *Processor
	o.Ledger = watchedBooks{r.o.Ledger, func(id payment.ID) {
		if pay, err := p.Get(t.Context(), r.caller, id); err != nil || pay.Question() != nil && !pay.Question().Lost.IsZero() {
			t.Errorf("%+v, %v", pay, err)
		}
	}}
	p = New(o)
	result, err := p.Create(t.Context(), r.caller, request("CreatePayment", "k1"), order("1396"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Command(t.Context(), r.caller, request("Command", "k2"), result.Payment.ID, payment.Capture{}); err != nil {
		t.Fatal(err)
	}
	if n := r.bank.inquiries(); n != 0 || p.live.has(result.Payment.ID) {
		t.Errorf("%d inquiries; live %v", n, p.live.has(result.Payment.ID))
	}
}

// P18: what an inquiry showed is about the question that was open when it was made, not
// about the next one, whose call is under way.
func TestInquiryIsAboutItsQuestion(t *testing.T) {
	r := newRig(t)
	p := r.create("k1", order("1396"))
	r.bank.will(losesWish)
	r.must("k2", p.ID, payment.Capture{})
	r.clock.advance(payment.SettleDelay + time.Second)
	other := New(r.o)
	under := make(chan struct{})
	r.bank.meanwhile = func() { // another one settles it, and the shop asks for something else
		if now, err := other.Refresh(t.Context(), r.caller, p.ID); err != nil || now.Question() != nil {
			t.Errorf("%+v, %v", now, err)
		}
		r.bank.gate = make(chan struct{})
		go func() {
			defer close(under)
			_, _ = other.Command(context.WithoutCancel(t.Context()), r.caller, request("Command", "k3"), p.ID, payment.Adjust{Amount: 4000})
		}()
		for r.load(p.ID).Question() == nil {
			<-time.After(time.Millisecond)
		}
	}
	if _, err := r.Refresh(t.Context(), r.caller, p.ID); err != nil {
		t.Fatal(err)
	}
	if q := r.load(p.ID).Question(); q == nil || q.Operation != payment.OpAdjust || !q.Lost.IsZero() {
		t.Errorf("%+v", q)
	}
	close(r.bank.gate)
	<-under
}
