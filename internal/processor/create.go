package processor

import (
	"context"
	"encoding/json"
	"errors"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Create creates a payment and, with a token, authorizes it. Besides the
// errors of Command it refuses an order number that another payment has
// (ORDER_NUMBER_TAKEN); one that is pending without a call under way is
// superseded.
func (p *Processor) Create(ctx context.Context, c Caller, r payment.Request, cmd Create) (Result, error) {
	replay := func(at payment.ID) (Result, error) { return p.replayCreate(ctx, c, r, at, cmd) }
	return p.keyed(ctx, c, r, replay, func(done func(payment.ID)) (Result, error) {
		key := requestKey(c, r)
		result, err := p.create(ctx, c, r, cmd, done)
		if holder, ok := p.replayed(ctx, result, err, key); ok {
			return replay(holder)
		}
		return result, err
	})
}

func (p *Processor) create(ctx context.Context, c Caller, r payment.Request, cmd Create, done func(payment.ID)) (Result, error) {
	rules, s, err := p.rules(c, &r)
	if err != nil {
		return Result{}, err
	}
	id := payment.NewID(rules.Now, p.o.Random())
	events, err := payment.Begin(id, s, c.Tenant, cmd, rules)
	if err != nil {
		return Result{}, err
	}
	if cmd.Order != nil {
		if events[0].Private, err = json.Marshal(cmd.Order); err != nil {
			return Result{}, err
		}
	}
	pay, err := p.enter(ctx, c, r, events)
	if err != nil {
		return Result{}, err
	}
	wish := wished(events)
	if wish == nil {
		p.look(pay)
		if done != nil {
			done(pay.ID)
		}
		return Result{Payment: pay}, nil
	}
	auth := authorization(pay, cmd.Token, events[1].Count, cmd.Card.Brand, cmd.Order)
	out := p.drive(ctx, pay, wish, auth, done)
	return Result{Payment: out.payment}, out.err
}

// enter writes a new payment under its idempotency key and order number. An
// order number that is held by a payment that neither has nor may have money
// goes over to the new one.
func (p *Processor) enter(ctx context.Context, c Caller, r payment.Request, events []payment.Event) (*payment.Payment, error) {
	order := ledger.Claim{Key: orderKey(events[0].Opening)}
	for range maxRounds {
		pay, err := p.write(ctx, nil, events, ledger.Claim{Key: requestKey(c, r)}, order)
		var claimed *ledger.ClaimedError
		if !errors.As(err, &claimed) || claimed.Key.Kind != ledger.KeyOrder {
			return pay, err
		}
		if order.Over, err = p.giveWay(ctx, claimed.By.Holds()); err != nil {
			return nil, err
		}
	}
	return nil, &payment.Refusal{Reason: payment.OperationPending, Text: "the order number keeps changing hands", RetryAt: p.o.Clock().Add(retryRunning)}
}

// giveWay makes the holder of an order number let go of it, or refuses. A
// pending payment without a call under way is superseded, and never sends
// anything again; one that holds, took or may hold money stays (P09, P10).
func (p *Processor) giveWay(ctx context.Context, id payment.ID) (*ledger.Ref, error) {
	for range maxRounds {
		holder, err := p.o.Ledger.Load(ctx, id)
		if err != nil {
			return nil, err
		}
		rules, _, err := p.rules(Caller{Tenant: holder.Tenant}, nil)
		if err != nil {
			return nil, err
		}
		events, refusal := payment.GiveWay(holder, rules)
		if refusal != nil {
			return nil, refusal
		}
		if len(events) > 0 {
			after, err := p.write(ctx, holder, events)
			if errors.Is(err, ledger.ErrStale) {
				continue
			}
			if err != nil {
				return nil, err
			}
			p.look(after)
			holder = after
		}
		return &ledger.Ref{Payment: holder.ID, Version: holder.Version}, nil
	}
	return nil, &payment.Refusal{Reason: payment.OperationPending, Text: "the order's first payment keeps changing", RetryAt: p.o.Clock().Add(retryRunning)}
}

// testBuyer is sent in TEST when the order names no buyer: the provider
// requires one.
var testBuyer = payment.Buyer{Name: "テスト　太郎", Phone: "03-0000-0000", Email: "test@example.com"}

// authorization is what the provider is told beside number and amount.
func authorization(pay *payment.Payment, token card.Token, count int, brand card.Brand, order *payment.Order) *acquirer.Authorization {
	a := &acquirer.Authorization{Token: token, Installments: count, Device: pay.Device, Brand: brand, ReturnURI: pay.ReturnURI}
	if order != nil && order.Buyer != nil {
		a.Buyer = *order.Buyer
	}
	if pay.Tenant.Environment == shop.Test && a.Buyer == (payment.Buyer{}) {
		a.Buyer = testBuyer
	}
	if order != nil && len(order.Lines) > 0 {
		a.Goods = order.Lines[0].Name
	}
	return a
}

// authorization of a later attempt takes the buyer from the order in the books.
func (p *Processor) authorization(ctx context.Context, pay *payment.Payment, c payment.Confirm) *acquirer.Authorization {
	order, err := p.order(ctx, pay.ID)
	if err != nil {
		p.o.Logger.WarnContext(ctx, "the order of a payment cannot be read", "payment", string(pay.ID), "error", err)
	}
	a := authorization(pay, c.Token, pay.Installments, c.Card.Brand, order)
	if c.Device != "" {
		a.Device = c.Device
	}
	return a
}
