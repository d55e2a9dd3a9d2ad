package acquirertest

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
)

// A hold has an approval number, and an inquiry shows the same.
func approved(t *testing.T, b *bench) {
	acceptance := number()
	fact, err := b.ask(wishTo(b.Approved, acceptance))
	if err != nil || fact.Outcome != payment.Yes || fact.Approval == "" || fact.Reason != "" || fact.ChallengeToken != "" {
		t.Fatalf("%+v, %v", fact, err)
	}
	if b.Books {
		if trade := b.shows(acceptance, payment.StandingHeld, price); trade.Approval != fact.Approval {
			t.Errorf("approval %q, the inquiry says %q", fact.Approval, trade.Approval)
		}
	}
}

// A no carries its reason and holds nothing.
func declined(t *testing.T, b *bench) {
	acceptance := number()
	fact, err := b.ask(wishTo(b.Declined, acceptance))
	if err != nil || fact.Outcome != payment.No || fact.Reason == "" || fact.Code == "" || fact.Approval != "" {
		t.Errorf("%+v, %v; want no, with reason and code", fact, err)
	}
	if b.Books {
		b.holdsNothing(acceptance)
	}
}

// A number nobody used is no error of an inquiry, and no yes of anything.
func unknownNumber(_ *testing.T, b *bench) {
	acceptance := number()
	b.shows(acceptance, payment.StandingNone, 0)
	for _, op := range []payment.Operation{payment.OpCapture, payment.OpAdjust, payment.OpCancel, payment.OpReauthorize} {
		b.notYes(op, acceptance, 100)
	}
	b.shows(acceptance, payment.StandingNone, 0)
}

// P14, P15: the same number a second time is not a second yes, and not a no
// either: the first hold stands.
func numberOnce(_ *testing.T, b *bench) {
	acceptance := b.held()
	second := wishTo(b.Approved, acceptance)
	second.Amount = price + 1
	b.unknown(b.ask(second))
	b.shows(acceptance, payment.StandingHeld, price)
}

// Capturing takes the whole hold, once.
func capture(_ *testing.T, b *bench) {
	acceptance := b.held()
	b.yes(payment.OpCapture, acceptance, 0)
	b.shows(acceptance, payment.StandingCaptured, price)
	b.notYes(payment.OpCapture, acceptance, 0)
	b.shows(acceptance, payment.StandingCaptured, price)
}

// The amount becomes the one asked for, held or charged. That it is so already is
// never "no": the call may have been done twice on its way, so an inquiry decides
// (P16; we do not ask for the amount that we know, P40). A canceled trade has none
// to change.
func adjust(t *testing.T, b *bench) {
	acceptance := b.held()
	b.yes(payment.OpAdjust, acceptance, price-1000)
	b.shows(acceptance, payment.StandingHeld, price-1000)
	fact, err := b.do(payment.OpAdjust, acceptance, price-1000)
	var unsent *acquirer.NotSentError
	if fact.Outcome != payment.Yes && (err == nil || errors.As(err, &unsent)) {
		t.Errorf("same amount: %+v, %v", fact, err)
	}
	b.yes(payment.OpCapture, acceptance, 0)
	b.yes(payment.OpAdjust, acceptance, 1)
	b.shows(acceptance, payment.StandingCaptured, 1)
	b.yes(payment.OpCancel, acceptance, 0)
	b.notYes(payment.OpAdjust, acceptance, 2)
	b.shows(acceptance, payment.StandingCanceled, 0)
}

// P22: a change half done is a fact of its own, and shows.
func halfAdjust(t *testing.T, b *bench) {
	acceptance := number()
	if fact, err := b.ask(wishTo(b.HalfAdjust, acceptance)); err != nil || fact.Outcome != payment.Yes {
		t.Fatalf("%+v, %v", fact, err)
	}
	fact, err := b.do(payment.OpAdjust, acceptance, price-1000)
	if err != nil || fact.Outcome != payment.Half || fact.Code == "" {
		t.Errorf("%+v, %v; want half", fact, err)
	}
	if b.Books {
		b.shows(acceptance, payment.StandingAttention, 0)
	}
}

// A hold is released and a charge given back; a second time is not a second yes.
func cancel(_ *testing.T, b *bench) {
	held, charged := b.held(), b.held()
	b.yes(payment.OpCapture, charged, 0)
	for _, acceptance := range []string{held, charged} {
		b.yes(payment.OpCancel, acceptance, 0)
		b.shows(acceptance, payment.StandingCanceled, 0)
		b.notYes(payment.OpCancel, acceptance, 0)
		b.notYes(payment.OpCapture, acceptance, 0)
		b.shows(acceptance, payment.StandingCanceled, 0)
	}
}

// A hold is renewed; a canceled one is revived.
func reauthorize(t *testing.T, b *bench) {
	acceptance := b.held()
	for range 2 {
		if fact := b.yes(payment.OpReauthorize, acceptance, 0); fact.Approval == "" {
			t.Error("no approval number")
		} else if trade := b.shows(acceptance, payment.StandingHeld, price); trade.Approval != fact.Approval {
			t.Errorf("approval %q, the inquiry says %q", fact.Approval, trade.Approval)
		}
		b.yes(payment.OpCancel, acceptance, 0)
	}
}

// A challenge holds nothing and brings what the browser needs.
func challenge(t *testing.T, b *bench) {
	acceptance := number()
	fact, err := b.ask(wishTo(b.Challenge, acceptance))
	if err != nil || fact.Outcome != payment.Challenge || fact.ChallengeToken == "" || fact.ChallengeHTML == "" || fact.Approval != "" {
		t.Fatalf("%+v, %v; want a challenge", fact, err)
	}
	if b.Books {
		b.holdsNothing(acceptance)
	}
}

// Many at once, each with its own trade: nobody gets another's answer.
func concurrent(t *testing.T, b *bench) {
	const shoppers = 48
	var all sync.WaitGroup
	for i := range shoppers {
		all.Go(func() {
			w := wishTo(b.Approved, number())
			w.Amount = money.Yen(1000 + i)
			fact, err := b.ask(w)
			if err != nil || fact.Outcome != payment.Yes {
				t.Errorf("authorize: %+v, %v", fact, err)
				return
			}
			if b.Books {
				trade, err := b.Acquirer.Inquire(t.Context(), b.Merchant, w.Acceptance)
				if err != nil || trade.Amount != w.Amount || trade.Approval != fact.Approval {
					t.Errorf("inquiry of %s: %+v, %v; want approval %s", w.Amount, trade, err, fact.Approval)
				}
			}
			for _, op := range []payment.Operation{payment.OpCapture, payment.OpCancel} {
				if fact, err := b.ask(acquirer.Wish{Operation: op, Acceptance: w.Acceptance}); err != nil || fact.Outcome != payment.Yes {
					t.Errorf("%s: %+v, %v", op, fact, err)
				}
			}
		})
	}
	all.Wait()
}

// P01: one trade canceled by many at once is canceled for one of them.
func cancelOnce(t *testing.T, b *bench) {
	acceptance := b.held()
	var won atomic.Int32
	var all sync.WaitGroup
	for range 12 {
		all.Go(func() {
			if fact, err := b.ask(acquirer.Wish{Operation: payment.OpCancel, Acceptance: acceptance}); err == nil && fact.Outcome == payment.Yes {
				won.Add(1)
			}
		})
	}
	all.Wait()
	if won.Load() != 1 {
		t.Errorf("%d were told that they canceled it", won.Load())
	}
	b.shows(acceptance, payment.StandingCanceled, 0)
}

// slips: the first slip captures, a second one joins it, and the first can be
// taken off without the charge falling back (R27, R28).
func slips(t *testing.T, b *bench) {
	const first, second = "123456789013", "123456789024"
	acceptance := b.held()
	for _, w := range []struct {
		op   payment.Operation
		slip string
		on   []string
	}{
		{payment.OpShip, first, []string{first}},
		{payment.OpShip, second, []string{first, second}},
		{payment.OpUnship, first, []string{second}},
	} {
		fact, err := b.ask(acquirer.Wish{Operation: w.op, Acceptance: acceptance, Amount: price, Slip: w.slip})
		if err != nil || fact.Outcome != payment.Yes {
			t.Fatalf("%s %s: %+v, %v", w.op, w.slip, fact, err)
		}
		if trade := b.shows(acceptance, payment.StandingCaptured, price); !slices.Equal(trade.Slips, w.on) {
			t.Errorf("after %s %s: %v, want %v", w.op, w.slip, trade.Slips, w.on)
		}
	}
	_, err := b.ask(acquirer.Wish{Operation: payment.OpShip, Acceptance: b.held(), Slip: "123456789012"})
	b.notSent(payment.Fact{}, err, payment.InvalidRequest)
}
