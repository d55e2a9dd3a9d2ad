package acquirertest

import (
	"context"
	"errors"
	"testing"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/payment"
)

// P16, P18: the answer is lost after the hold was made: unknown, and the
// inquiry finds it.
func lostAnswer(_ *testing.T, b *bench) {
	acceptance := number()
	b.unknown(b.ask(wishTo(b.LostAnswer, acceptance)))
	if b.Books {
		b.shows(acceptance, payment.StandingHeld, price)
	}
}

// P16, P19: no answer because nothing happened: unknown just the same, and the
// inquiry finds nothing.
func noAnswer(_ *testing.T, b *bench) {
	acceptance := number()
	b.unknown(b.ask(wishTo(b.NoAnswer, acceptance)))
	if b.Books {
		b.holdsNothing(acceptance)
	}
}

// Nothing listens: certainly not sent, for every operation. The inquiry is an
// error, never "no such trade".
func unreachable(t *testing.T, b *bench) {
	for _, w := range b.all() {
		fact, err := b.Unreachable.Perform(t.Context(), b.Merchant, w)
		b.notSent(fact, err, payment.ProviderUnreachable)
	}
	if trade, err := b.Unreachable.Inquire(t.Context(), b.Merchant, number()); err == nil {
		t.Errorf("%+v from nobody", trade)
	}
}

// The context ends while the provider has the request: unknown, never "not
// sent", for every operation (P16).
func contextEnds(t *testing.T, b *bench) {
	for _, w := range b.all() {
		ctx, hangUp := context.WithCancel(t.Context())
		fact, err := b.Silent(t, hangUp).Perform(ctx, b.Merchant, w)
		b.unknown(fact, err)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v does not say why", w.Operation, err)
		}
	}
	ctx, hangUp := context.WithCancel(t.Context())
	if trade, err := b.Silent(t, hangUp).Inquire(ctx, b.Merchant, number()); err == nil {
		t.Errorf("%+v from silence", trade)
	}
}

// A context that is over sends nothing.
func overBeforeItBegan(t *testing.T, b *bench) {
	for _, w := range b.all() {
		fact, err := b.Acquirer.Perform(ended(t), b.Merchant, w)
		b.notSent(fact, err, payment.ProviderUnreachable, payment.ProviderBusy)
		if b.Books {
			b.shows(w.Acceptance, payment.StandingNone, 0)
		}
	}
	if trade, err := b.Acquirer.Inquire(ended(t), b.Merchant, number()); err == nil {
		t.Errorf("%+v after the end", trade)
	}
}

// What cannot be wished for is not sent (P03).
func invalid(_ *testing.T, b *bench) {
	free, without, nameless := wishTo(b.Approved, number()), wishTo(b.Approved, number()), wishTo(b.Approved, "")
	free.Amount, without.Authorization = 0, nil
	wishes := []acquirer.Wish{
		free, without, nameless,
		{Operation: payment.OpAdjust, Acceptance: number()},
		{Operation: payment.OpAdjust, Acceptance: number(), Amount: -1},
		{Operation: payment.OpCancel},
		{Operation: payment.OpCapture},
		{Operation: payment.OpReauthorize},
	}
	for _, w := range wishes {
		fact, err := b.ask(w)
		b.notSent(fact, err, payment.InvalidRequest)
		if b.Books && w.Acceptance != "" {
			b.shows(w.Acceptance, payment.StandingNone, 0)
		}
	}
}

// What is no operation ends without a fact.
func noSuchOperation(t *testing.T, b *bench) {
	for _, op := range []payment.Operation{0, 200} {
		if fact, err := b.do(op, number(), price); err == nil || fact != (payment.Fact{}) {
			t.Errorf("operation %d: %+v, %v", op, fact, err)
		}
	}
}

// Each operation says yes to a trade that is ready for it.
func everyOperation(_ *testing.T, b *bench) {
	acceptance := b.held()
	b.yes(payment.OpReauthorize, acceptance, 0)
	b.yes(payment.OpAdjust, acceptance, price-1)
	b.yes(payment.OpCapture, acceptance, 0)
	b.yes(payment.OpCancel, acceptance, 0)
}
