package processor

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// write appends events to a payment (nil: a new one) and gives the payment
// after them. A wish by which the payment comes to hold money takes its order
// number along (P09). A wish is live before anybody can read it, and must be driven: else a
// reader could ask about it, find nothing, and begin to count, while the call is only about
// to be made (P18). Once it is called the caller's leaving changes nothing.
func (p *Processor) write(ctx context.Context, pay *payment.Payment, events []payment.Event, claims ...ledger.Claim) (*payment.Payment, error) {
	after, err := payment.Replay(pay, events)
	if err != nil {
		return nil, err
	}
	wish := wished(events)
	if wish != nil && pay != nil && takesOrder(wish.Operation) {
		claims = append(claims, ledger.Claim{Key: orderKey(&pay.Opening), Over: &ledger.Ref{Payment: pay.ID, Version: pay.Version}})
	}
	entry := ledger.Entry{Payment: after.ID, Version: after.Version - len(events), Events: events, After: after, Claims: claims}
	if wish != nil {
		p.live.begin(after.ID)
	}
	began := p.o.Clock()
	err = p.o.Ledger.Append(context.WithoutCancel(ctx), entry)
	if p.o.Observer.Written(p.o.Clock().Sub(began)); err != nil {
		if wish != nil {
			p.live.end(after.ID)
		}
		return nil, err
	}
	if pay != nil && pay.State == payment.Authenticating && after.State != payment.Authenticating {
		p.forget(ctx, after)
	}
	p.hub.publish(after.ID)
	return after, nil
}

// outcome is what became of a wish that was driven to its end.
type outcome struct {
	payment *payment.Payment
	err     error // *acquirer.NotSentError or *payment.Refusal of the first wish
}

// wished gives the wish that events end with, or nil.
func wished(events []payment.Event) *payment.Event {
	if n := len(events); n > 0 && events[n-1].Kind == payment.KindAsked {
		return &events[n-1]
	}
	return nil
}

// drive carries out the wish that was just written, and every wish that
// follows from its answer, in the background. It answers when that is done, or
// with the payment as it stands when the caller's time is up: what is under
// way goes on (promise 4).
func (p *Processor) drive(ctx context.Context, pay *payment.Payment, wish *payment.Event, auth *acquirer.Authorization, done func(payment.ID)) outcome {
	p.working.Add(1)
	result := make(chan outcome, 1)
	p.crew.do(func() {
		defer p.working.Done()
		out := p.pursue(context.WithoutCancel(ctx), pay, wish, auth)
		p.look(out.payment)
		result <- out
		if done != nil {
			done(pay.ID)
		}
	})
	timer := time.NewTimer(p.o.AnswerWithin)
	defer timer.Stop()
	select {
	case out := <-result:
		return out
	case <-timer.C:
	case <-ctx.Done():
	}
	now, err := p.o.Ledger.Load(context.WithoutCancel(ctx), pay.ID)
	if err != nil {
		now = pay
	}
	return outcome{payment: now}
}

// pursue performs a wish and what follows from it, to the end.
func (p *Processor) pursue(ctx context.Context, pay *payment.Payment, wish *payment.Event, auth *acquirer.Authorization) outcome {
	out := outcome{payment: pay}
	for first := true; wish != nil; first = false {
		events, err := p.perform(ctx, out.payment, wish, auth)
		after, written := p.conclude(ctx, out.payment, events)
		out.payment = after
		p.live.end(pay.ID) // a wish that follows is live by itself
		if first {
			out.err = err
		}
		if first && err == nil {
			out.err = refused(written, wish)
		}
		wish = wished(written)
	}
	return out
}

// conclusion gives the events that an answer means for a payment as it is.
type conclusion func(pay *payment.Payment) []payment.Event

// perform asks the provider once, and says what the answer means. The error is
// that nothing was sent; what is unknown is an event, not an error.
func (p *Processor) perform(ctx context.Context, pay *payment.Payment, wish *payment.Event, auth *acquirer.Authorization) (conclusion, error) {
	r, _, err := p.rules(Caller{Tenant: pay.Tenant}, nil)
	if err != nil {
		return nothing, err
	}
	n, op := wish.Attempt, wish.Operation
	asked := acquirer.Wish{Operation: op, Acceptance: pay.NumberOf(n), Amount: wish.Amount, Slip: wish.Slip, ShipDate: wish.ShipDate, Authorization: auth}
	if op == payment.OpAuthenticate {
		if asked.Authentication, err = p.authentication(ctx, pay, n); err != nil {
			p.log(ctx, slog.LevelError, "what came back from 3-D Secure cannot be read", pay, op, err)
			return func(pay *payment.Payment) []payment.Event {
				return payment.Release(pay, n, payment.InvalidRequest, "", r)
			}, nil
		}
	}
	began := p.o.Clock()
	fact, err := p.o.Acquirer.Perform(ctx, merchant(pay, r), asked)
	r.Now = p.o.Clock()
	took := r.Now.Sub(began)
	addProviderTime(ctx, took)
	p.o.Observer.Asked(op, outcomeWord(fact, err), took)
	var unsent *acquirer.NotSentError
	switch {
	case errors.As(err, &unsent):
		p.log(ctx, slog.LevelWarn, "not sent", pay, op, err)
		return func(pay *payment.Payment) []payment.Event {
			return payment.Release(pay, n, unsent.Reason, unsent.Code, r)
		}, err
	case err != nil:
		p.log(ctx, slog.LevelWarn, "no certain answer", pay, op, err)
		return p.inquiry(ctx, pay, n, providerCode(err), true), nil
	case fact.Outcome == payment.Half:
		half := func(pay *payment.Payment) []payment.Event { return payment.Conclude(pay, n, fact, r) }
		after, _ := p.conclude(ctx, pay, half)
		return p.inquiry(ctx, after, n, fact.Code, true), nil
	}
	return func(pay *payment.Payment) []payment.Event { return payment.Conclude(pay, n, fact, r) }, nil
}

// providerCode is the code of an answer that says nothing certain, if there was
// an answer.
func providerCode(err error) string {
	var coded interface{ ProviderCode() string }
	if errors.As(err, &coded) {
		return coded.ProviderCode()
	}
	return ""
}

func nothing(*payment.Payment) []payment.Event { return nil }

// conclude writes what an answer means, against the payment as it is by then.
// It gives the payment after it and the events that were written. If the books
// cannot be written the question stays open in them, and is asked again.
func (p *Processor) conclude(ctx context.Context, pay *payment.Payment, means conclusion) (*payment.Payment, []payment.Event) {
	for {
		events := means(pay)
		if len(events) == 0 {
			return pay, nil
		}
		after, err := p.write(ctx, pay, events)
		if err == nil {
			p.settled(pay, after)
			p.learned(ctx, after, events)
			return after, events
		}
		if !errors.Is(err, ledger.ErrStale) {
			p.log(ctx, slog.LevelError, "the books did not take a fact: the question stays open", pay, 0, err)
			return pay, nil
		}
		now, err := p.o.Ledger.Load(ctx, pay.ID)
		if err != nil {
			p.log(ctx, slog.LevelError, "a payment cannot be read", pay, 0, err)
			return pay, nil
		}
		pay = now
	}
}

// learned tells the session of a challenge that begins, and the wallet of a
// card that the provider keeps or used.
func (p *Processor) learned(ctx context.Context, pay *payment.Payment, events []payment.Event) {
	for i := range events {
		switch e := &events[i]; e.Kind {
		case payment.KindChallenged:
			p.openChallenge(ctx, pay)
		case payment.KindAuthorized:
			if a := &pay.Attempts[e.Attempt-1]; a.Save || a.Stored != "" {
				p.o.Wallet.Saved(ctx, pay)
			}
		}
	}
}

// settled tells the observer of a question that had been left open and is not
// any more.
func (p *Processor) settled(before, after *payment.Payment) {
	for i := range before.Attempts {
		q := before.Attempts[i].Open
		if q != nil && !q.Lost.IsZero() && after.Attempts[i].Open == nil {
			p.o.Observer.Settled(q.Operation, after.Updated.Sub(q.Asked))
		}
	}
}

// refused turns the provider's no to a verb into a refusal; a declined card is
// an answer, not an error.
func refused(events []payment.Event, wish *payment.Event) error {
	for i := range events {
		if e := &events[i]; e.Kind == payment.KindRefused && e.Attempt == wish.Attempt {
			return refusal(e, wish.Slip)
		}
	}
	return nil
}

// bundledAdvice says what to do about a slip that several orders have, and which
// slip that is (P38, P62).
var bundledAdvice = map[payment.Operation]struct{ english, japanese string }{
	payment.OpShip: {
		": slip %s is another order's, or the orders on it leave no room for this one; compare the slip with the parcel, or give the order a slip of its own",
		"送り状番号%sは、ほかの注文で登録されています。送り状と番号を確かめるか、この注文だけの送り状で発送してください。",
	},
	payment.OpUnship: {
		": slip %s carries other orders, too; both slips stay with this one",
		"取り消す送り状番号%sをほかの注文と共有（同梱）しているため、両方の番号が登録されたままです。",
	},
	payment.OpAdjust: {
		": the order shares its slip with others, and its amount can no longer change; cancel the payment and charge the new amount with another one",
		"送り状番号をほかの注文と共有（同梱）しているため、利用額は変更できません。決済を取り消して、新しい金額で決済し直してください。",
	},
}

// refusal is what a caller is told of the provider's no to a wish about a slip,
// or about none, at once and by every repetition.
func refusal(e *payment.Event, slip string) *payment.Refusal {
	r := &payment.Refusal{Reason: e.Reason, Text: "the provider refused to " + e.Operation.String() + " (" + e.Code + ")"}
	if e.Reason == payment.Bundled {
		say := bundledAdvice[e.Operation]
		r.Text, r.Japanese = r.Text+strings.Replace(say.english, "%s", slip, 1), strings.Replace(say.japanese, "%s", slip, 1)
	}
	return r
}

func merchant(pay *payment.Payment, r payment.Rules) acquirer.Merchant {
	return acquirer.Merchant{Environment: pay.Tenant.Environment, TraderCode: r.Contract.TraderCode, AccessKey: r.Contract.AccessKey}
}

func outcomeWord(f payment.Fact, err error) string {
	var unsent *acquirer.NotSentError
	switch {
	case errors.As(err, &unsent):
		return "not_sent"
	case err != nil:
		return "unknown"
	}
	return [...]string{"none", "yes", "no", "challenge", "half"}[f.Outcome]
}

func (p *Processor) log(ctx context.Context, level slog.Level, text string, pay *payment.Payment, op payment.Operation, err error) {
	p.o.Logger.LogAttrs(ctx, level, text, slog.String("payment", string(pay.ID)), slog.String("operation", op.String()), slog.Any("error", err))
}
