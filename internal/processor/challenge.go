package processor

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/session"
)

// The paths of 3-D Secure below the public URL; a challenge's id follows.
const (
	ChallengePath = "/3ds/challenge/"
	ReturnPath    = "/3ds/return/"
)

// returnURI is where the browser is sent back to from an attempt's challenge.
func (p *Processor) returnURI(pay *payment.Payment, attempt int) string {
	if p.o.PublicURL == "" {
		return ""
	}
	return p.o.PublicURL + ReturnPath + p.o.ChallengeIDs.Of(pay.ID, attempt)
}

// ChallengeURI is where the shopper's browser must go next; empty unless the
// payment waits for that.
func (p *Processor) ChallengeURI(pay *payment.Payment) string {
	a, ok := pay.Challenge()
	if !ok || p.o.PublicURL == "" {
		return ""
	}
	return p.o.PublicURL + ChallengePath + p.o.ChallengeIDs.Of(pay.ID, a.Number)
}

// Challenge gives the page of the provider that takes a shopper to the issuer.
// It is empty when that challenge is not open any more: then the payment says
// how it stands. An id that nobody made gives ledger.ErrNotFound.
func (p *Processor) Challenge(ctx context.Context, challengeID string) (*payment.Payment, string, error) {
	pay, attempt, err := p.challenged(ctx, challengeID)
	if err != nil {
		return nil, "", err
	}
	a, open := pay.Challenge()
	if !open || a.Number != attempt || !p.o.Clock().Before(a.Until) {
		return pay, "", nil
	}
	secret, err := p.challengeSecret(ctx, pay, a)
	if err != nil {
		return nil, "", err
	}
	return pay, secret.HTML, nil
}

func (p *Processor) challenged(ctx context.Context, challengeID string) (*payment.Payment, int, error) {
	id, attempt, ok := p.o.ChallengeIDs.Parse(challengeID)
	if !ok {
		return nil, 0, ledger.ErrNotFound
	}
	pay, err := p.o.Ledger.Load(ctx, id)
	return pay, attempt, err
}

// Return takes what a browser brings back from a challenge, has the provider
// complete it, once, and gives the payment as it stands then. A return without
// a form, or one more of a challenge that came back before, is answered with
// the payment (P43). An id that nobody made gives ledger.ErrNotFound, a form
// that is not about this payment a *payment.InvalidError beside the payment,
// which has not changed (P46).
func (p *Processor) Return(ctx context.Context, challengeID string, form map[string][]string) (*payment.Payment, error) {
	pay, attempt, err := p.challenged(ctx, challengeID)
	if err != nil || len(form) == 0 {
		return pay, err
	}
	ret, err := p.o.Browser.ReadReturn(form)
	if err != nil {
		return pay, &payment.InvalidError{Violations: []payment.Violation{{Field: "3-D Secure", Text: err.Error()}}}
	}
	if p.moveChallenge(ctx, challengeID, session.StepWaiting, session.StepReturned) {
		pay = p.await(ctx, pay) // another call has it
	}
	for range maxRounds {
		rules, _, err := p.rules(Caller{Tenant: pay.Tenant, Actor: "browser"}, nil)
		if err != nil {
			return nil, err
		}
		events, err := payment.Returned(pay, attempt, ret, rules)
		var refusal *payment.Refusal
		switch {
		case errors.As(err, &refusal):
			return p.await(ctx, pay), nil
		case err != nil:
			return pay, err
		}
		after, err := p.write(ctx, pay, events)
		switch {
		case errors.Is(err, ledger.ErrStale):
			if pay, err = p.o.Ledger.Load(ctx, pay.ID); err != nil {
				return nil, err
			}
			continue
		case err != nil:
			return nil, err
		}
		if wish := wished(events); wish != nil {
			after = p.drive(ctx, after, wish, nil, nil).payment
		} else {
			p.look(after)
		}
		p.moveChallenge(ctx, challengeID, session.StepReturned, session.StepDone)
		return after, nil
	}
	return pay, nil
}

// await gives the payment once the provider has answered about its challenge,
// or as it stands when the caller's time is up.
func (p *Processor) await(ctx context.Context, pay *payment.Payment) *payment.Payment {
	changed, leave := p.hub.subscribe(pay.ID)
	defer leave()
	timer := time.NewTimer(p.o.AnswerWithin)
	defer timer.Stop()
	for {
		if now, err := p.o.Ledger.Load(ctx, pay.ID); err == nil {
			pay = now
		}
		if pay.State != payment.Authenticating || pay.Question() == nil {
			return pay
		}
		select {
		case <-changed:
		case <-timer.C:
			return pay
		case <-ctx.Done():
			return pay
		}
	}
}

// openChallenge lets the session know. The books know already; the session only
// spares a second call the way to them.
func (p *Processor) openChallenge(ctx context.Context, pay *payment.Payment) {
	a := pay.Latest()
	if p.o.Challenges == nil {
		return
	}
	p.sessionFailed(p.o.Challenges.Open(ctx, session.Challenge{
		ID: p.o.ChallengeIDs.Of(pay.ID, a.Number), Tenant: pay.Tenant, Payment: pay.ID, Attempt: a.Number,
		Amount: int32(pay.Amount), Step: session.StepWaiting, Expires: a.Until, //nolint:gosec // at most 9,999,999 yen
	}))
}

// moveChallenge moves the challenge on in the session. It reports whether
// another call has done that before; when the session has lost it, or does not
// answer, the books decide.
func (p *Processor) moveChallenge(ctx context.Context, id string, from, to session.Step) (taken bool) {
	if p.o.Challenges == nil {
		return false
	}
	err := p.o.Challenges.Advance(context.WithoutCancel(ctx), id, from, to)
	if errors.Is(err, session.ErrMoved) {
		return true
	}
	if !errors.Is(err, session.ErrNotFound) {
		p.sessionFailed(err)
	}
	return false
}

// authentication is what completes the challenge of an attempt, out of the
// books.
func (p *Processor) authentication(ctx context.Context, pay *payment.Payment, attempt int) (*acquirer.Authentication, error) {
	a := &pay.Attempts[attempt-1]
	secret, err := p.challengeSecret(ctx, pay, a)
	if err != nil {
		return nil, err
	}
	values, err := p.o.Ledger.Reveal(ctx, pay.ID, a.Returned)
	if err != nil {
		return nil, err
	}
	return &acquirer.Authentication{Token: secret.Token, Values: values}, nil
}

func (p *Processor) challengeSecret(ctx context.Context, pay *payment.Payment, a *payment.Attempt) (payment.ChallengeSecret, error) {
	var secret payment.ChallengeSecret
	raw, err := p.o.Ledger.Reveal(ctx, pay.ID, a.Challenged)
	if err != nil {
		return secret, err
	}
	return secret, json.Unmarshal(raw, &secret)
}

// forget destroys the secrets of a challenge that is over, unless the payment
// is at another one by now. If that fails it is done by the next start.
func (p *Processor) forget(ctx context.Context, pay *payment.Payment) {
	ctx = context.WithoutCancel(ctx)
	err := p.o.Ledger.Forget(ctx, pay.ID, pay.Version)
	for errors.Is(err, ledger.ErrStale) {
		if pay, err = p.o.Ledger.Load(ctx, pay.ID); err != nil || pay.State == payment.Authenticating {
			break
		}
		err = p.o.Ledger.Forget(ctx, pay.ID, pay.Version)
	}
	if err != nil {
		p.o.Logger.WarnContext(ctx, "the secrets of 3-D Secure were not destroyed yet", "payment", string(pay.ID), "error", err)
	}
}

// forgetOver destroys the secrets of challenges that were over when the process
// ended.
func (p *Processor) forgetOver(ctx context.Context) error {
	var over []*payment.Payment
	err := p.o.Ledger.Secrets(ctx, func(id payment.ID) bool {
		if pay, err := p.o.Ledger.Load(ctx, id); err == nil && pay.State != payment.Authenticating {
			over = append(over, pay)
		}
		return true
	})
	for _, pay := range over {
		p.forget(ctx, pay)
	}
	return err
}
