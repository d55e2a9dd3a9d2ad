package event

import (
	"slices"
	"strings"

	"kessai.dev/kessai/internal/payment"
)

// row says how one kind of event of a payment is told. A kind is told once it is a
// fact (P32): a wish, an answer that is missing and what took a wish back are not,
// since nothing has happened yet.
type row struct {
	kind payment.Kind
	typ  string // empty: it is not told
	// when narrows the row down; nil: always. The first row that fits counts.
	when    func(*payment.Event) bool
	charges bool   // only when it is what charges the payment
	says    string // what it means, and to the receiver
}

// rows are the whole table; docs/events.md is made from it. What is about an
// attempt that lost, or a hold nobody wanted, has a type of its own, so that it
// changes nothing about an order that another attempt has paid (P29).
var rows = []row{
	{kind: payment.KindCreated, typ: "payment.created", says: "The payment exists. Nothing is paid."},
	{kind: payment.KindChallenged, typ: "payment.challenged", says: "3-D Secure asks the shopper. Nothing is held."},
	{kind: payment.KindAuthorized, typ: "payment.authorized", says: "The amount is held. The order may be accepted."},
	{kind: payment.KindDeclined, typ: "attempt.declined", says: "One card was declined. The shopper may try another one: do not cancel the order."},
	{kind: payment.KindHeld, typ: "payment.held", says: "The provider made the reservation a hold."},
	{kind: payment.KindRescheduled, typ: "payment.rescheduled", says: "A reservation has another planned ship date."},
	{kind: payment.KindCaptured, typ: "payment.captured", says: "The amount is charged."},
	{kind: payment.KindRegistered, typ: "payment.captured", charges: true, says: "The first Yamato slip is at the provider, which charged the amount."},
	{kind: payment.KindRegistered, typ: "shipment.registered", says: "A further Yamato slip is at the provider. The charge stays as it was."},
	{kind: payment.KindUnregistered, typ: "shipment.unregistered", says: "A Yamato slip is off at the provider. The charge stays as it was."},
	{kind: payment.KindSettled, typ: "payment.settled", says: "The charge is settled with the card company."},
	{kind: payment.KindAdjusted, typ: "payment.adjusted", says: "The amount is another one."},
	{kind: payment.KindReauthorized, typ: "payment.reauthorized", says: "The amount is held anew."},
	{kind: payment.KindLateHold, typ: "attempt.late_hold", says: "A hold turned up on an attempt that had lost; it is released by itself. The payment is as it was."},
	{kind: payment.KindCanceled, typ: "attempt.released", when: because(payment.LateHold), says: "A hold that nobody wanted is released. The payment is as it was."},
	{kind: payment.KindCanceled, typ: "payment.canceled", says: "The hold is released or the charge given back, or the payment was called off before."},
	{kind: payment.KindExpired, typ: "payment.expired", says: "Nobody paid, or finished 3-D Secure, in time. Nothing is held."},
	{kind: payment.KindRefused, typ: "operation.refused", says: "The provider said no to a capture, adjustment, cancellation, slip or new hold. The payment is as it was."},
	{kind: payment.KindDeferred, typ: "operation.deferred", says: "An operation waits for the provider's service hours."},
	{kind: payment.KindUndeferred, typ: "operation.undeferred", says: "It does not wait any more, and was not done."},
	{kind: payment.KindAttention, typ: "payment.attention_cleared", when: because(""), says: "What an operator had to look at is gone."},
	{kind: payment.KindAttention, typ: "payment.attention", says: "An operator must look."},
	{kind: payment.KindCorrected, typ: "payment.corrected", says: "An operator took over what the provider shows: read the payment anew, its state may have gone back."},
	{kind: payment.KindDismissed, typ: "payment.attention_cleared", says: "An operator left a difference as it is."},
	{kind: payment.KindImported, typ: "payment.imported", says: "An order moved here, as the provider showed it."},
	{kind: payment.KindHoldExpiring, typ: "payment.hold_expiring", says: "The hold ends soon: charge it, or make it anew."},
	{kind: payment.KindShipped, typ: "order.shipped", says: "The shop has sent the order, or says more of how."},
	{kind: payment.KindOrderUpdated, typ: "order.updated", says: "The shop's order is another. Its money is as it was."},
	{kind: payment.KindOrderRegistered, typ: "order.registered", says: "The shop has the order, made from what was written down before payment."},
	{kind: payment.KindUnconfirmed, typ: "order.unconfirmed", says: "Money is held, and the shop has not said in time that it has the order."},
	{kind: payment.KindSlipLate, typ: "shipment.late", says: "The provider still waits for a Yamato slip; a debit card may be given its money back."},

	{kind: payment.KindAsked, says: "A wish: nothing has happened."},
	{kind: payment.KindUnanswered, says: "Nobody knows whether anything has happened; the payment shows its pendingOperation."},
	{kind: payment.KindReleased, says: "A wish was taken back: nothing has happened."},
	{kind: payment.KindWatched, says: "One more look found nothing."},
	{kind: payment.KindUnchanged, says: "There was nothing to do."},
	{kind: payment.KindConverted, says: "Who fetched the conversion has it."},
	{kind: payment.KindProposed, says: "An operator would correct the books; nothing has changed."},
}

// because narrows a row down to one reason.
func because(r payment.Reason) func(*payment.Event) bool {
	return func(e *payment.Event) bool { return e.Reason == r }
}

// registration is what the types of a payment begin with that only registers a
// card: no order waits for it.
const registration = "registration"

// forRegistration gives the type under which such a payment tells the same.
func forRegistration(typ string) string {
	_, rest, _ := strings.Cut(typ, ".")
	return registration + "." + rest
}

// Types lists every type that is told, in order.
func Types() []string {
	var list []string
	for i := range rows {
		if r := &rows[i]; r.typ != "" {
			list = append(list, r.typ, forRegistration(r.typ))
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// kindsOf lists the kinds of which some are told under one of these types; none
// given: under any.
func kindsOf(types []string) []payment.Kind {
	var kinds []payment.Kind
	for i := range rows {
		r := &rows[i]
		wanted := len(types) == 0 || slices.Contains(types, r.typ) || slices.Contains(types, forRegistration(r.typ))
		if r.typ != "" && wanted && !slices.Contains(kinds, r.kind) {
			kinds = append(kinds, r.kind)
		}
	}
	return kinds
}
