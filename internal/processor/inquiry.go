package processor

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/payment"
)

// inquiry asks the provider what it knows of an attempt, and says what that
// means. If the call for the attempt is certainly over, that is written too, with
// the provider's code if it gave one: from then on the absence of a trace begins
// to mean something. It holds for the question that was open when the provider was
// asked, and for no other one that has taken its place meanwhile.
func (p *Processor) inquiry(ctx context.Context, pay *payment.Payment, attempt int, code string, over bool) conclusion {
	r, _, err := p.rules(Caller{Tenant: pay.Tenant}, nil)
	if err != nil {
		return nothing
	}
	asked := pay.Attempts[attempt-1].Open
	t, err := p.inquire(ctx, pay, r, attempt)
	r.Now = p.o.Clock()
	return func(pay *payment.Payment) []payment.Event {
		var events []payment.Event
		if !asked.Same(pay.Attempts[attempt-1].Open) {
			return nil
		}
		if over {
			events = payment.Lose(pay, attempt, code, r)
		}
		if err != nil {
			return events
		}
		after, bad := payment.Replay(pay, events)
		if bad != nil {
			return nil
		}
		return append(events, payment.Judge(after, attempt, t, r)...)
	}
}

// over reports whether the call for an attempt's open question has certainly ended,
// wherever it was made. This process has none under way for it.
func (p *Processor) over(pay *payment.Payment, attempt int) bool {
	q := pay.Attempts[attempt-1].Open
	return q == nil || !p.o.Clock().Before(q.Asked.Add(p.o.Elsewhere))
}

// inquire is one E04.
func (p *Processor) inquire(ctx context.Context, pay *payment.Payment, r payment.Rules, attempt int) (payment.Trade, error) {
	began := p.o.Clock()
	t, err := p.o.Acquirer.Inquire(ctx, merchant(pay, r), pay.NumberOf(attempt))
	took := p.o.Clock().Sub(began)
	addProviderTime(ctx, took)
	word := "yes"
	if err != nil {
		word = "unknown"
		p.log(ctx, slog.LevelWarn, "inquiry failed", pay, 0, err)
	}
	p.o.Observer.Asked(0, word, took)
	return t, unheard(err)
}

// noteHold asks what the provider holds before a wish to hold it anew is written, so that
// it can be told afterwards whether it was done: an amount that was changed, and whoever
// works at the provider's own screen, leave another approval than the books know. The
// error says that the provider could not be asked, and then the wish is not to be written.
func (p *Processor) noteHold(ctx context.Context, pay *payment.Payment, events []payment.Event, r payment.Rules) error {
	wish := wished(events)
	if !pay.Renews(wish) {
		return nil
	}
	switch t, err := p.inquire(ctx, pay, r, wish.Attempt); {
	case errors.Is(err, acquirer.ErrNoBooks):
		return nil
	case err != nil:
		return err
	default:
		payment.NoteHold(wish, t)
		return nil
	}
}

// unheard is an inquiry that gave nothing, for whoever waits for it: it moves
// nothing, so however it failed it is as if it had not been sent.
func unheard(err error) error {
	var unsent *acquirer.NotSentError
	if err == nil || errors.As(err, &unsent) {
		return err
	}
	return &acquirer.NotSentError{Reason: payment.ProviderUnreachable, Err: err}
}

// Refresh asks the provider about a payment now (取引情報照会): it settles an open
// question, takes captured to settled, and shows anything else as attention
// (R42). While a call is under way it answers the payment as it stands. The
// error says that the provider could not be asked.
func (p *Processor) Refresh(ctx context.Context, c Caller, id payment.ID) (*payment.Payment, error) {
	ctx, cancel := context.WithTimeout(ctx, p.o.AnswerWithin)
	defer cancel()
	pay, err := p.own(ctx, c, id)
	if err != nil || len(pay.Attempts) == 0 || p.live.has(id) {
		return pay, err
	}
	if pay.Question() != nil {
		return p.ask(ctx, pay, pay.Current().Number), nil
	}
	r, _, err := p.rules(c, nil)
	if err != nil {
		return nil, err
	}
	if r.Settings.B2.Registers && len(pay.AwaitedSlips()) > 0 { // P69
		return p.adoptAwaited(ctx, c, pay)
	}
	t, err := p.inquire(ctx, pay, r, pay.Current().Number)
	if err != nil {
		return nil, err
	}
	after, events := p.conclude(ctx, pay, func(pay *payment.Payment) []payment.Event {
		r.Now = p.o.Clock()
		return payment.Compare(pay, t, r)
	})
	if wish := wished(events); wish != nil {
		return p.drive(ctx, after, wish, nil, nil).payment, nil
	}
	return after, nil
}

// ask inquires about one attempt and carries out what the answer obliges to.
func (p *Processor) ask(ctx context.Context, pay *payment.Payment, attempt int) *payment.Payment {
	p.live.begin(pay.ID)
	after, events := p.conclude(ctx, pay, p.inquiry(ctx, pay, attempt, "", p.over(pay, attempt)))
	p.live.end(pay.ID)
	if wish := wished(events); wish != nil {
		return p.drive(ctx, after, wish, nil, nil).payment
	}
	p.look(after)
	return after
}

// Get reads a payment of the caller's tenant, or ledger.ErrNotFound. An open
// question is asked of the provider first, if that is quick and was not done a
// moment ago.
func (p *Processor) Get(ctx context.Context, c Caller, id payment.ID) (*payment.Payment, error) {
	pay, err := p.own(ctx, c, id)
	if err != nil || pay.Question() == nil {
		return pay, err
	}
	return p.repair(ctx, pay), nil
}

// repair asks about an open question that nobody is asking about right now.
func (p *Processor) repair(ctx context.Context, pay *payment.Payment) *payment.Payment {
	now := p.o.Clock()
	if p.live.has(pay.ID) || p.othersUntil(pay).After(now) || !p.queue.claim(pay.ID, now, time.Second) {
		return pay
	}
	ctx, cancel := context.WithTimeout(ctx, repairTimeout)
	defer cancel()
	return p.ask(ctx, pay, pay.Current().Number)
}
