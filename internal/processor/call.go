package processor

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/session"
)

// retryRunning is when a caller that was told "still running" may come back.
const retryRunning = time.Second

// maxRounds bounds how often a call begins anew because the payment, or the
// order number, changed under it. Each round means that another call won.
const maxRounds = 16

// keyed runs one call under its idempotency key: once the session has the key,
// or knows nothing, work does it; a key that led somewhere is answered from
// there (promise 4). Work must call done exactly when the key is of no more
// use to a second caller; when work fails before that, the key is given back.
func (p *Processor) keyed(ctx context.Context, c Caller, r payment.Request, replay func(payment.ID) (Result, error), work func(done func(payment.ID)) (Result, error)) (Result, error) {
	key := session.Key{Tenant: c.Tenant, Method: r.Method, Value: r.Key}
	status, err := p.o.Claims.Claim(ctx, key)
	p.degraded.claims.Store(err != nil)
	switch {
	case err != nil: // the ledger refuses a duplicate by itself (P07, P08)
		return work(nil)
	case status.Payment != "":
		result, err := replay(status.Payment)
		if !errors.Is(err, ledger.ErrNotFound) {
			return result, err
		}
		return work(nil) // the session remembers what these books do not: they are the truth (P95)
	case status.Running:
		return p.running(ctx, requestKey(c, r), replay)
	}
	behind := context.WithoutCancel(ctx)
	result, err := work(func(id payment.ID) { p.sessionFailed(p.o.Claims.Finish(behind, key, id)) })
	if err != nil || result.Replayed {
		p.sessionFailed(p.o.Claims.Release(behind, key))
	}
	return result, err
}

// running answers a second call under a key that another call has: from the
// ledger when that call is over and only the session does not know it yet.
func (p *Processor) running(ctx context.Context, key ledger.Key, replay func(payment.ID) (Result, error)) (Result, error) {
	holder, err := p.o.Ledger.Find(ctx, key)
	if err == nil {
		var pay *payment.Payment
		if pay, err = p.o.Ledger.Load(ctx, holder.Holds()); err == nil && pay.Question() == nil {
			return replay(pay.ID)
		}
	}
	if err != nil && !errors.Is(err, ledger.ErrNotFound) {
		return Result{}, err
	}
	return Result{}, &RunningError{RetryAfter: retryRunning}
}

func (p *Processor) sessionFailed(err error) {
	if err != nil {
		p.degraded.claims.Store(true)
	}
}

func requestKey(c Caller, r payment.Request) ledger.Key {
	return ledger.Key{Kind: ledger.KeyRequest, Tenant: c.Tenant, Value: r.Method + "\x00" + r.Key}
}

func orderKey(pay *payment.Opening) ledger.Key {
	return ledger.Key{Kind: ledger.KeyOrder, Tenant: pay.Tenant, Value: pay.OrderNumber}
}

// Command carries out a command on a payment of the caller's tenant, or gives
// ledger.ErrNotFound, a *payment.Refusal, a *payment.InvalidError, a
// *KeyReusedError, a *RunningError or an *acquirer.NotSentError.
func (p *Processor) Command(ctx context.Context, c Caller, r payment.Request, id payment.ID, cmd payment.Command) (Result, error) {
	if _, err := p.own(ctx, c, id); err != nil {
		return Result{}, err
	}
	replay := func(at payment.ID) (Result, error) { return p.replayCommand(ctx, c, r, at, cmd) }
	return p.keyed(ctx, c, r, replay, func(done func(payment.ID)) (Result, error) {
		claims := []ledger.Claim{{Key: requestKey(c, r)}}
		result, err := p.command(ctx, c, &r, id, cmd, claims, done)
		if holder, ok := p.replayed(ctx, result, err, claims[0].Key); ok {
			return replay(holder)
		}
		return result, err
	})
}

// command decides, writes and drives, beginning anew when the payment changed
// meanwhile.
func (p *Processor) command(ctx context.Context, c Caller, r *payment.Request, id payment.ID, cmd payment.Command, claims []ledger.Claim, done func(payment.ID)) (Result, error) {
	ctx, cancel := context.WithTimeout(ctx, p.o.AnswerWithin) // for all that is asked of the provider, inquiries included
	defer cancel()
	var stored *acquirer.StoredCard
	for round := range maxRounds {
		pay, err := p.own(ctx, c, id)
		if err != nil {
			return Result{}, err
		}
		if confirm, ok := cmd.(payment.Confirm); ok && round == 0 {
			if stored, err = p.stored(ctx, c.Tenant, pay.Customer, &confirm.Means); err != nil {
				return Result{}, err
			}
			cmd = confirm
		}
		rules, _, err := p.rules(c, r)
		if err != nil {
			return Result{}, err
		}
		events, slips, err := p.decide(ctx, pay, cmd, rules)
		if err != nil {
			return Result{}, err
		}
		if err := p.noteHold(ctx, pay, events, rules); err != nil {
			return Result{}, err
		}
		after, err := p.write(ctx, pay, events, append(slips, claims...)...)
		switch {
		case errors.Is(err, ledger.ErrStale), slipTaken(err):
			continue
		case err != nil:
			return Result{}, p.orderTaken(err)
		}
		result, err := p.finish(ctx, after, events, cmd, stored, done)
		return p.adoptShipped(ctx, c, cmd, rules, result, err)
	}
	return Result{}, &payment.Refusal{Reason: payment.OperationPending, Text: "the payment keeps changing", RetryAt: p.o.Clock().Add(retryRunning)}
}

// slipTaken reports whether another order took or changed the slip meanwhile.
func slipTaken(err error) bool {
	var claimed *ledger.ClaimedError
	return errors.As(err, &claimed) && claimed.Key.Kind == ledger.KeySlip
}

// takesOrder reports whether a wish makes the payment hold money that it does
// not hold yet: then it must have its order number to itself (P09).
func takesOrder(op payment.Operation) bool {
	return op == payment.OpAuthorize || op == payment.OpReauthorize
}

// orderTaken turns a refused claim on the order number into a refusal that
// names the payment which has it.
func (p *Processor) orderTaken(err error) error {
	var claimed *ledger.ClaimedError
	if !errors.As(err, &claimed) || claimed.Key.Kind != ledger.KeyOrder {
		return err
	}
	other := claimed.By.Holds()
	return &payment.Refusal{
		Reason: payment.OrderNumberTaken, Other: other,
		Text: fmt.Sprintf("order number %q belongs to %s", claimed.Key.Value, other.Name()),
	}
}

// finish drives the wish of events, if there is one, and says what came of it.
func (p *Processor) finish(ctx context.Context, pay *payment.Payment, events []payment.Event, cmd payment.Command, stored *acquirer.StoredCard, done func(payment.ID)) (Result, error) {
	wish := wished(events)
	if wish == nil {
		p.look(pay)
		if done != nil {
			done(pay.ID)
		}
		return Result{Payment: pay}, nil
	}
	var auth *acquirer.Authorization
	if confirm, ok := cmd.(payment.Confirm); ok {
		auth = p.again(ctx, pay, confirm, stored)
	}
	out := p.drive(ctx, pay, wish, auth, done)
	return Result{Payment: out.payment}, out.err
}

// replayed finds out whether a call that failed before anything was written had
// in truth been made before under its key: the session may have lost what the
// ledger remembers (P07).
func (p *Processor) replayed(ctx context.Context, result Result, err error, key ledger.Key) (payment.ID, bool) {
	if result.Payment != nil {
		return "", false
	}
	var (
		claimed *ledger.ClaimedError
		refusal *payment.Refusal
		invalid *payment.InvalidError
		unsent  *acquirer.NotSentError
	)
	switch {
	case errors.As(err, &claimed) && claimed.Key.Kind == ledger.KeyRequest:
		return claimed.By.Holds(), true
	case errors.As(err, &refusal), errors.As(err, &invalid), errors.As(err, &unsent): // settings, cards and days change
		if holder, err := p.o.Ledger.Find(ctx, key); err == nil {
			return holder.Holds(), true
		}
	}
	return "", false
}
