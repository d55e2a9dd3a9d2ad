package processor

import (
	"context"
	"encoding/json"
	"errors"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// Order gives the order of a payment; nil when none was given or it is erased.
func (p *Processor) Order(ctx context.Context, c Caller, id payment.ID) (*payment.Order, error) {
	if _, err := p.own(ctx, c, id); err != nil {
		return nil, err
	}
	return p.order(ctx, id)
}

// OrderOf is Order of a payment that was just read, such as one of a list: it is
// not read again.
func (p *Processor) OrderOf(ctx context.Context, c Caller, pay *payment.Payment) (*payment.Order, error) {
	if pay.Tenant != c.Tenant {
		return nil, ledger.ErrNotFound
	}
	return p.order(ctx, pay.ID)
}

func (p *Processor) order(ctx context.Context, id payment.ID) (*payment.Order, error) {
	private, err := p.o.Ledger.Reveal(ctx, id, 1)
	if errors.Is(err, ledger.ErrErased) || err == nil && private == nil {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var order payment.Order
	if err := json.Unmarshal(private, &order); err != nil {
		return nil, err
	}
	return &order, nil
}

// History gives a payment's events, oldest first (R35).
func (p *Processor) History(ctx context.Context, c Caller, id payment.ID) ([]payment.Event, error) {
	if _, err := p.own(ctx, c, id); err != nil {
		return nil, err
	}
	return p.o.Ledger.History(ctx, id)
}

// List gives payments of the caller's tenant, newest first; Query.Tenant is
// set from the caller.
func (p *Processor) List(ctx context.Context, c Caller, q ledger.Query) (ledger.Page, error) {
	q.Tenant = c.Tenant
	return p.o.Ledger.List(ctx, q)
}

// Watch calls send with the payment now and after every change, until the
// payment has ended with no question open, send fails or ctx ends. It returns
// send's error or ctx's.
func (p *Processor) Watch(ctx context.Context, c Caller, id payment.ID, send func(*payment.Payment) error) error {
	changed, leave := p.hub.subscribe(id)
	defer leave()
	for version := 0; ; {
		pay, err := p.own(ctx, c, id)
		if err != nil {
			return err
		}
		if pay.Version != version {
			version = pay.Version
			if err := send(pay); err != nil {
				return err
			}
		}
		if pay.Ended() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
