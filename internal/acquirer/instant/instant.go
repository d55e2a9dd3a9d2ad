// Package instant is an acquirer inside the process that approves everything
// after a fixed delay, so that a benchmark measures us and not a provider. It
// keeps no books, no cards and asks nobody at a browser, and serves the TEST
// environment only.
package instant

import (
	"context"
	"errors"
	"strconv"
	"sync/atomic"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

var (
	errProduction = errors.New("instant: the TEST environment only")
	errNothing    = errors.New("instant: no such wish")
)

// Acquirer approves. The zero value does so at once.
type Acquirer struct {
	delay     time.Duration
	approvals atomic.Uint64
}

var _ acquirer.Acquirer = (*Acquirer)(nil)

// New makes an acquirer that takes delay over every wish.
func New(delay time.Duration) *Acquirer { return &Acquirer{delay: delay} }

// Perform says yes after the delay. Nothing happens anywhere else, so that a
// wish whose context ends, or that is no wish, is a *acquirer.NotSentError.
func (a *Acquirer) Perform(ctx context.Context, m acquirer.Merchant, w acquirer.Wish) (payment.Fact, error) {
	if m.Environment != shop.Test {
		return payment.Fact{}, &acquirer.NotSentError{Reason: payment.ProviderMisconfigured, Err: errProduction}
	}
	fact, ok := a.fact(w)
	if !ok {
		return payment.Fact{}, &acquirer.NotSentError{Reason: payment.InvalidRequest, Err: errNothing}
	}
	if err := a.wait(ctx); err != nil {
		return payment.Fact{}, &acquirer.NotSentError{Reason: payment.ProviderUnreachable, Err: err}
	}
	return fact, nil
}

// Inquire cannot be answered: acquirer.ErrNoBooks.
func (a *Acquirer) Inquire(context.Context, acquirer.Merchant, string) (payment.Trade, error) {
	return payment.Trade{}, acquirer.ErrNoBooks
}

func (a *Acquirer) fact(w acquirer.Wish) (payment.Fact, bool) {
	yes := payment.Fact{Outcome: payment.Yes}
	switch w.Operation {
	case payment.OpAuthorize:
		yes.Approval = a.approval()
		return yes, w.Acceptance != "" && w.Authorization != nil && w.Authorization.Token.Valid() && w.Amount.Valid()
	case payment.OpAdjust:
		return yes, w.Acceptance != "" && w.Amount.Valid()
	case payment.OpReauthorize:
		yes.Approval = a.approval()
		return yes, w.Acceptance != ""
	case payment.OpCapture, payment.OpCancel:
		return yes, w.Acceptance != ""
	}
	return payment.Fact{}, false
}

// approval is a new approval number: seven digits, as usual.
func (a *Acquirer) approval() string {
	return strconv.FormatUint(1_000_000+a.approvals.Add(1)%9_000_000, 10)
}

func (a *Acquirer) wait(ctx context.Context) error {
	if a.delay <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(a.delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
