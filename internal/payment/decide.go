package payment

import (
	"fmt"
	"time"

	"kessai.dev/kessai/internal/shop"
)

// Rules is what a decision needs beside the payment.
type Rules struct {
	Now      time.Time
	Contract shop.Contract
	Settings shop.Settings
	Actor    string   // who asks, for the history
	Request  *Request // the call that asks; nil: nobody called
}

// events numbers and dates events that follow p, and says who asked for them;
// the call's mark goes on the first. A payment's time never goes back, whatever the machine's clock does
// (P85).
func (r Rules) events(p *Payment, list ...Event) []Event {
	version, now := 0, r.Now
	if p != nil {
		version = p.Version
		if now.Before(p.Updated) {
			now = p.Updated
		}
	}
	for i := range list {
		list[i].Sequence, list[i].Time, list[i].Actor = version+1+i, now, r.Actor
		if i == 0 {
			list[i].Request = r.Request
		}
	}
	return list
}

// Decide says what a command leads to: events of which the last may be a wish,
// or a *Refusal or *InvalidError, and then nothing is written and nothing sent.
func Decide(p *Payment, c Command, r Rules) ([]Event, error) {
	if tag := etag(c); tag != "" && tag != p.Etag() {
		return nil, &Refusal{Reason: EtagMismatch, Text: "the payment is at " + p.Etag() + " now, not at " + tag}
	}
	if _, ok := c.(Cancel); ok && p.Scheduled != nil {
		return r.events(p, Event{Kind: KindUndeferred, Operation: p.Scheduled.Operation, Reason: CanceledByShop}), nil
	}
	if c, ok := c.(UpdateOrder); ok {
		return decideOrder(p, c, r)
	}
	if err := guard(p, c.operation(), r.Now); err != nil {
		return nil, err
	}
	switch c := c.(type) {
	case Confirm:
		return decideConfirm(p, c, r)
	case Capture:
		return decideCapture(p, r)
	case Adjust:
		return decideAdjust(p, c, r)
	case Cancel:
		return decideCancel(p, r)
	case Reauthorize:
		return decideReauthorize(p, c, r)
	case Ship:
		return decideShip(p, c, r)
	case CorrectShipment:
		return decideCorrection(p, c, r)
	case Reschedule:
		return decideReschedule(p, c, r)
	}
	return nil, fmt.Errorf("unknown command %T", c)
}

func etag(c Command) string {
	switch c := c.(type) {
	case Capture:
		return c.Etag
	case Adjust:
		return c.Etag
	case Cancel:
		return c.Etag
	case Reauthorize:
		return c.Etag
	case Ship:
		return c.Etag
	case CorrectShipment:
		return c.Etag
	case UpdateOrder:
		return c.Etag
	case Reschedule:
		return c.Etag
	}
	return ""
}

// guard refuses what the payment does not allow now, whatever the command's
// details.
func guard(p *Payment, op Operation, now time.Time) *Refusal {
	refuse := func(reason Reason, format string, args ...any) *Refusal {
		return &Refusal{Reason: reason, Text: fmt.Sprintf(format, args...)}
	}
	var err *Refusal
	switch {
	case p.Question() != nil:
		err = refuse(OperationPending, "the provider has not answered %s yet", p.Question().Operation)
		err.RetryAt = now.Add(time.Second)
		return err
	case p.blocked() && op != OpCancel:
		err = refuse(NeedsAttention, "an operator must look first: %s", p.Attention)
	case p.Scheduled != nil:
		err = refuse(OperationScheduled, "%s waits for %s", p.Scheduled.Operation, p.Scheduled.Due.Format(time.RFC3339))
		err.RetryAt = p.Scheduled.Due
	case !p.allows(op):
		err = refuse(WrongState, "cannot %s a payment that is %s", op, p.State)
	case p.OrderCanceled && op == OpShip:
		err = refuse(WrongState, "the order is canceled: take it up again first (update the order to OPEN), or cancel the payment")
		err.Japanese = "注文が取り消されています。発送するには、先に注文を有効(OPEN)に戻してください。発送しない場合は、決済を取り消してください。"
	case p.waits(op):
		err = refuse(WrongState, "the reservation becomes a hold on %s: reschedule it to ship earlier; once that day is there, refresh the payment", sayDay(p.holdDue()))
		err.Japanese = "予約販売の決済は、" + sayDay(p.holdDue()) + "に与信されます。早く発送するには、出荷予定日を変更してください。その日を過ぎている場合は、照会してからもう一度お試しください。"
	case op == OpReschedule && !p.Reserved:
		err = refuse(WrongState, "the payment is no reservation, or is a hold already: ship it when it is ready")
		err.Japanese = "予約販売の決済ではないか、すでに与信されています。出荷予定日の変更は要りません。"
	case p.HoldLapsed(now) && needsHold(op):
		err = refuse(HoldLapsed, "the hold lapsed on %s: reauthorize first", p.HoldExpires.In(shop.Tokyo).Format("2006-01-02 15:04 MST"))
	default:
		return nil
	}
	err.Allowed = p.Allowed(now)
	return err
}

// needsHold reports whether an operation on a held amount is of no use once the
// hold has lapsed (P31).
func needsHold(op Operation) bool { return op == OpCapture || op == OpAdjust || op == OpShip }

// allows reports whether the payment's state allows an operation. One that
// only registers a card takes part in nothing else.
func (p *Payment) allows(op Operation) bool {
	switch {
	case p.Registration && op != OpAuthorize && op != OpCancel:
		return false
	case op == OpReauthorize && p.Winner == 0:
		return false
	}
	return allowedFrom(op, p.State)
}

// blocked reports whether an operator must look before anything but a cancel.
// A late hold on another attempt does not hinder the winner.
func (p *Payment) blocked() bool { return p.Attention != "" && p.Attention != LateHold }

// Allowed lists the operations that the payment allows now.
func (p *Payment) Allowed(now time.Time) []Operation {
	var ops []Operation
	for _, op := range Operations() {
		if op == OpAuthenticate || op == OpUnship || p.Question() != nil {
			continue
		}
		ok := p.allows(op) && (!p.blocked() || op == OpCancel)
		ok = ok && (p.Scheduled == nil || op == OpCancel)
		ok = ok && !(p.OrderCanceled && op == OpShip) && !p.waits(op) && (op != OpReschedule || p.Reserved)
		if ok && !(p.HoldLapsed(now) && needsHold(op)) {
			ops = append(ops, op)
		}
	}
	return ops
}

func decideConfirm(p *Payment, c Confirm, r Rules) ([]Event, error) {
	if len(p.Attempts) >= MaxAttempts {
		return nil, &Refusal{Reason: AttemptsExhausted, Text: fmt.Sprintf("%d cards were tried", len(p.Attempts)), Allowed: []Operation{OpCancel}}
	}
	if c.Installments == 0 {
		c.Installments = p.Installments
	}
	asked, err := authorize(p, c.Means, r)
	if err != nil {
		return nil, err
	}
	if p.State == Authenticating { // the shopper came back for another card
		called := Event{Kind: KindDeclined, Attempt: p.Latest().Number, Reason: AuthenticationFailed}
		return r.events(p, called, asked), nil
	}
	return r.events(p, asked), nil
}

// decideCapture charges a plain order. One with Yamato delivery is charged by
// its slip, so here the conditions of R27 that are missing are named.
func decideCapture(p *Payment, r Rules) ([]Event, error) {
	if p.Yamato {
		return nil, &Refusal{
			Reason: CaptureConditions, Text: "an order with Yamato delivery is captured when it is shipped with a Yamato slip",
			Missing: p.MissingConditions(), Allowed: p.Allowed(r.Now),
		}
	}
	if !r.Contract.Flags.CaptureByCode99 {
		return nil, &Refusal{Reason: NotAllowedByContract, Text: "the contract's merchant type cannot capture without a Yamato slip"}
	}
	return r.events(p, Event{Kind: KindAsked, Operation: OpCapture, Attempt: p.Winner, Amount: p.Amount}), nil
}

func decideAdjust(p *Payment, c Adjust, r Rules) ([]Event, error) {
	if limit := r.Contract.Limit(); !c.Amount.Valid() || c.Amount > limit {
		return nil, &InvalidError{[]Violation{{"amount", fmt.Sprintf("must be 1 to %d yen", limit)}}}
	}
	if c.Amount == p.Amount {
		return r.events(p, Event{Kind: KindUnchanged, Operation: OpAdjust, Amount: c.Amount, Reason: AmountUnchanged}), nil
	}
	if c.Amount > p.Amount && !r.Contract.Flags.AmountIncrease {
		return nil, &Refusal{Reason: NotAllowedByContract, Text: "the contract does not allow an amount to be raised", Allowed: p.Allowed(r.Now)}
	}
	return inServiceHours(p, Event{Operation: OpAdjust, Attempt: p.Winner, Amount: c.Amount}, c.AllowDeferral, r)
}

func decideReauthorize(p *Payment, c Reauthorize, r Rules) ([]Event, error) {
	return inServiceHours(p, Event{Operation: OpReauthorize, Attempt: p.Winner, Amount: p.Amount}, c.AllowDeferral, r)
}

// inServiceHours asks now, or defers, or refuses outside the provider's hours (P37).
func inServiceHours(p *Payment, wish Event, mayDefer bool, r Rules) ([]Event, error) {
	opens, closed := shop.ServiceReopens(r.Now)
	switch {
	case !closed:
		wish.Kind = KindAsked
	case mayDefer:
		wish.Kind, wish.Attempt, wish.Until = KindDeferred, 0, opens
	default:
		return nil, &Refusal{Reason: OutsideServiceHours, Text: "the provider does not serve this from 23:00 to 01:00 Japan time", RetryAt: opens}
	}
	return r.events(p, wish), nil
}

func decideCancel(p *Payment, r Rules) ([]Event, error) {
	if p.Winner == 0 {
		return r.events(p, Event{Kind: KindCanceled, Reason: CanceledByShop}), nil
	}
	return r.events(p, Event{Kind: KindAsked, Operation: OpCancel, Attempt: p.Winner, Amount: p.Amount}), nil
}
