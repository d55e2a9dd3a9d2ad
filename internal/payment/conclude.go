package payment

import (
	"encoding/json"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/shop"
)

// Conclude says what the provider's answer to the open question of an attempt
// means. A fact that obliges a next call brings that wish along, so that both
// are written in one commit and the saga has an owner after a crash. An
// answer to a question that was settled meanwhile means nothing, unless it is
// a hold on an attempt that was given up (P29).
func Conclude(p *Payment, attempt int, f Fact, r Rules) []Event {
	a := &p.Attempts[attempt-1]
	q := a.Open
	if q == nil {
		if f.Outcome == Yes && a.State == Declined && f.Approval != "" {
			return lateHold(p, a, "", r)
		}
		return nil
	}
	switch f.Outcome {
	case Yes:
		return concludeYes(p, a, f, r)
	case No:
		return concludeNo(p, a, f, r)
	case Challenge:
		secret, _ := json.Marshal(ChallengeSecret{Token: f.ChallengeToken, HTML: f.ChallengeHTML}) // two strings: cannot fail
		return r.events(p, Event{Kind: KindChallenged, Attempt: attempt, Until: r.Now.Add(ChallengeTTL), Private: secret})
	case Half:
		return r.events(p,
			Event{Kind: KindAttention, Attempt: attempt, Operation: q.Operation, Reason: AmountChangeHalfDone, Code: f.Code},
			Event{Kind: KindUnanswered, Attempt: attempt, Operation: q.Operation, Code: f.Code})
	}
	return nil
}

// ChallengeSecret is the private part of a challenged event.
type ChallengeSecret struct {
	Token string `json:"token"` // threeDToken
	HTML  string `json:"html"`  // threeDAuthHtml
}

func concludeYes(p *Payment, a *Attempt, f Fact, r Rules) []Event {
	n := a.Number
	switch a.Open.Operation {
	case OpAuthorize:
		if a.Secure {
			return skipped(p, a, "", r)
		}
		return authorized(p, n, Trade{Amount: p.Amount, Approval: f.Approval}, r)
	case OpAuthenticate:
		return authorized(p, n, Trade{Amount: p.Amount, Approval: f.Approval}, r)
	case OpCapture:
		return r.events(p, Event{Kind: KindCaptured, Attempt: n, Amount: p.Amount})
	case OpAdjust:
		return r.events(p, Event{Kind: KindAdjusted, Attempt: n, Amount: a.Open.Amount})
	case OpCancel:
		return r.events(p, Event{Kind: KindCanceled, Attempt: n, Amount: p.Amount, Reason: cancelReason(p, a)})
	case OpShip:
		return registered(p, a, r)
	case OpUnship:
		return r.events(p, Event{Kind: KindUnregistered, Attempt: n, Slip: a.Open.Slip})
	case OpReschedule:
		return r.events(p, rescheduled(p, a, r))
	case OpReauthorize:
		return r.events(p, Event{Kind: KindReauthorized, Attempt: n, Amount: p.Amount, Approval: f.Approval, Until: r.Contract.HoldExpiry(r.Now)})
	}
	return nil
}

func cancelReason(p *Payment, a *Attempt) Reason {
	switch {
	case a.Unwanted:
		return LateHold
	case p.Registration:
		return CardRegistered
	}
	return CanceledByShop
}

// skipped is the end of an attempt that was approved although 3-D Secure was
// demanded and never asked for: the browser made a token without it. The hold
// is released, in the same commit.
func skipped(p *Payment, a *Attempt, code string, r Rules) []Event {
	n := a.Number
	return r.events(p,
		Event{Kind: KindDeclined, Attempt: n, Reason: AuthenticationSkipped, Code: code},
		Event{Kind: KindLateHold, Attempt: n, Reason: AuthenticationSkipped, Code: code},
		Event{Kind: KindAsked, Operation: OpCancel, Attempt: n, Amount: p.Amount, Reason: AuthenticationSkipped})
}

// unwanted reports whether an attempt's hold is to be released whatever it
// takes (P26): nobody wants it, or it has registered its card.
func (p *Payment) unwanted(a *Attempt) bool {
	return a.Unwanted || p.Registration && a.State == Authorized
}

// authorized is the fact of a hold, with the wish to capture when the payment
// is to be captured at purchase (R32), or to release it when it only registered
// a card.
func authorized(p *Payment, attempt int, t Trade, r Rules) []Event {
	list := []Event{{
		Kind: KindAuthorized, Attempt: attempt, Amount: t.Amount, Approval: t.Approval, Approved: t.ApprovedAt,
		Until: p.holdExpiry(r),
	}}
	if p.ShipDate != "" && t.Standing == StandingHeld { // found after it had become a hold
		list = append(list, Event{Kind: KindHeld, Attempt: attempt, Amount: t.Amount, Approval: t.Approval, Approved: t.ApprovedAt, Until: r.Contract.HoldExpiry(r.Now), Code: t.Code})
	}
	switch {
	case p.Registration:
		list = append(list, release(attempt, t.Amount))
	case p.Mode == shop.AuthorizeAndCapture:
		list = append(list, Event{Kind: KindAsked, Operation: OpCapture, Attempt: attempt, Amount: t.Amount, Owed: true})
	}
	return r.events(p, list...)
}

func concludeNo(p *Payment, a *Attempt, f Fact, r Rules) []Event {
	e := Event{Kind: KindRefused, Attempt: a.Number, Operation: a.Open.Operation, Amount: a.Open.Amount, Reason: f.Reason, Code: f.Code}
	if op := a.Open.Operation; op == OpAuthorize || op == OpAuthenticate {
		e.Kind, e.Hard = KindDeclined, f.Hard
	}
	if p.unwanted(a) && p.Attention == "" { // a hold that cannot be released: somebody must know
		return r.events(p, e, Event{Kind: KindAttention, Attempt: a.Number, Reason: LateHold, Code: f.Code})
	}
	return r.events(p, e)
}

// release is the wish to let go of the one yen that registered a card.
func release(attempt int, amount money.Yen) Event {
	return Event{Kind: KindAsked, Operation: OpCancel, Attempt: attempt, Amount: amount, Reason: CardRegistered}
}

// Release says that the wish was certainly not carried out. Of a question that
// was asked before without an answer nobody can say that: it stays open.
func Release(p *Payment, attempt int, reason Reason, code string, r Rules) []Event {
	q := p.Attempts[attempt-1].Open
	switch {
	case q == nil:
		return nil
	case q.Again:
		return Lose(p, attempt, code, r)
	}
	return r.events(p, Event{Kind: KindReleased, Attempt: attempt, Operation: q.Operation, Amount: q.Amount, Reason: reason, Code: code})
}

// Lose says that our connection closed without an answer: from now on the
// absence of a trace at the provider begins to mean something.
func Lose(p *Payment, attempt int, code string, r Rules) []Event {
	q := p.Attempts[attempt-1].Open
	if q == nil || !q.Lost.IsZero() {
		return nil
	}
	return r.events(p, Event{Kind: KindUnanswered, Attempt: attempt, Operation: q.Operation, Code: code})
}

// lateHold is a hold on an attempt that lost, with the wish to release it.
func lateHold(p *Payment, a *Attempt, code string, r Rules) []Event {
	return r.events(p,
		Event{Kind: KindLateHold, Attempt: a.Number, Reason: LateHold, Code: code},
		Event{Kind: KindAsked, Operation: OpCancel, Attempt: a.Number, Amount: p.Amount, Reason: LateHold, Beside: true})
}
