package processor

import (
	"context"
	"errors"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
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
	stored, err := p.stored(ctx, c.Tenant, cmd.Customer, &cmd.Means)
	if err != nil {
		return Result{}, err
	}
	id := payment.NewID(rules.Now, p.o.Random())
	events, err := payment.Begin(id, s, c.Tenant, cmd, rules)
	if err != nil {
		return Result{}, err
	}
	if cmd.Order != nil {
		events[0].Private = ledger.EncodeOrder(cmd.Order)
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
	out := p.drive(ctx, pay, wish, p.authorization(pay, cmd.Means, stored, cmd.Order), done)
	return Result{Payment: out.payment}, out.err
}

// enter writes a new payment under its idempotency key and order number.
func (p *Processor) enter(ctx context.Context, c Caller, r payment.Request, events []payment.Event) (*payment.Payment, error) {
	return p.begin(ctx, events, ledger.Claim{Key: requestKey(c, r)})
}

// begin writes a new payment under its order number, and another key that must
// be free. An order number that is held by a payment that neither has nor may
// have money goes over to the new one.
func (p *Processor) begin(ctx context.Context, events []payment.Event, key ledger.Claim) (*payment.Payment, error) {
	order := ledger.Claim{Key: orderKey(events[0].Opening)}
	for range maxRounds {
		pay, err := p.write(ctx, nil, events, key, order)
		if err == nil {
			return pay, nil
		}
		var claimed *ledger.ClaimedError
		if !errors.As(err, &claimed) || claimed.Key.Kind != ledger.KeyOrder {
			return nil, err
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
