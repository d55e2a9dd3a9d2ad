package payment

import (
	"time"

	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/shipping"
)

// Kind says what happened.
type Kind string

// The kinds of events. Wishes come before the act, facts after it.
const (
	KindCreated      Kind = "created"       // the payment exists
	KindAsked        Kind = "asked"         // a wish: Operation is about to be asked of the provider
	KindUnanswered   Kind = "unanswered"    // the connection closed without an answer: nobody knows
	KindReleased     Kind = "released"      // the wish was not sent, or proved not to have happened
	KindAuthorized   Kind = "authorized"    // fact: the amount is held
	KindChallenged   Kind = "challenged"    // fact: 3-D Secure asks the shopper
	KindDeclined     Kind = "declined"      // fact: no
	KindCaptured     Kind = "captured"      // fact: charged
	KindSettled      Kind = "settled"       // fact: settled between the provider and the card company
	KindAdjusted     Kind = "adjusted"      // fact: the amount is another
	KindCanceled     Kind = "canceled"      // fact: released or given back; attempt 0: called off before anything was held
	KindReauthorized Kind = "reauthorized"  // fact: held anew
	KindRefused      Kind = "refused"       // fact: the provider said no to a capture, adjustment, cancellation or re-authorization
	KindLateHold     Kind = "late_hold"     // fact: a hold turned up on an attempt that lost
	KindWatched      Kind = "watched"       // one more look at a lost authorization found no hold
	KindExpired      Kind = "expired"       // nobody paid, or finished the challenge, in time
	KindDeferred     Kind = "deferred"      // accepted, to be asked in service hours
	KindUndeferred   Kind = "undeferred"    // the deferred operation was removed, or can no longer be asked
	KindUnchanged    Kind = "unchanged"     // nothing to do: the amount is that already (P40)
	KindAttention    Kind = "attention"     // an operator must look
	KindConverted    Kind = "converted"     // the conversion was given to somebody (R08)
	KindShipped      Kind = "shipped"       // the shop has sent the order, or says more of how
	KindRegistered   Kind = "registered"    // fact: the slip is at the provider; the first one captures (R27)
	KindUnregistered Kind = "unregistered"  // fact: the slip is off at the provider (R28)
	KindOrderUpdated Kind = "order_updated" // the shop's order is another; never its money (R36, R37)
	KindRescheduled  Kind = "rescheduled"   // fact: a reservation has another planned ship date
	KindHeld         Kind = "held"          // fact: the provider made the reservation a hold

	KindOrderRegistered Kind = "order_registered"    // the shop has the order (R40)
	KindUnconfirmed     Kind = "order_unconfirmed"   // the shop has not said in time that it has the order (R39)
	KindHoldExpiring    Kind = "hold_expiring"       // the hold ends within Days days
	KindSlipLate        Kind = "slip_late"           // held for Days days, and Yamato has no slip (P71)
	KindProposed        Kind = "correction_proposed" // an operator would take over what the provider shows; another one must agree
	KindCorrected       Kind = "corrected"           // operators took over what the provider shows (R42)
	KindDismissed       Kind = "dismissed"           // an operator looked at a difference and left it as it is
	KindImported        Kind = "imported"            // fact: what the provider showed when the order moved here
)

// Aside reports whether such an event touches neither money nor parcel nor order: a call that
// was not carried out may be carried on after it.
func (k Kind) Aside() bool {
	switch k {
	case KindConverted, KindOrderRegistered, KindUnconfirmed, KindHoldExpiring, KindSlipLate, KindWatched, KindUnchanged:
		return true
	}
	return false
}

// Event is one line of a payment's history. Which fields are set depends on
// the kind. Once written it never changes; its JSON names are kept for ever.
type Event struct {
	ID        ID        `json:"id,omitempty"` // of a created event
	Sequence  int       `json:"n"`            // 1, 2, 3 … within the payment
	Time      time.Time `json:"t"`
	Kind      Kind      `json:"k"`
	Attempt   int       `json:"a,omitempty"` // 0: the payment itself
	Operation Operation `json:"o,omitempty"`
	Amount    money.Yen `json:"y,omitempty"`
	Approval  string    `json:"ap,omitempty"`
	Approved  string    `json:"at,omitempty"` // the provider's time of the approval, as written
	Reason    Reason    `json:"r,omitempty"`
	Code      string    `json:"c,omitempty"` // the provider's code
	Hard      bool      `json:"h,omitempty"`
	Until     time.Time `json:"u,omitzero"` // hold or challenge lapses; deferred operation is due

	Actor   string     `json:"by,omitempty"` // who asked: a key's short mark, "browser", "sweep"
	Request *Request   `json:"q,omitempty"`  // the call that led to it, for idempotency
	Opening *Opening   `json:"open,omitempty"`
	Card    *card.Hint `json:"card,omitempty"`
	Count   int        `json:"count,omitempty"` // payment count of an authorization asked
	Owed    bool       `json:"owed,omitempty"`  // of a capture asked: it belongs to the purchase (R32)
	Beside  bool       `json:"bes,omitempty"`   // of a wish about a hold that nobody wants: what waits for the provider's hours goes on waiting

	// Of an authorization asked: 3-D Secure is demanded; the card is to be kept;
	// the stored card that pays, by our id, and whether with the shopper.
	Secure bool   `json:"3d,omitempty"`
	Save   bool   `json:"save,omitempty"`
	Stored string `json:"stored,omitempty"`
	Alone  bool   `json:"alone,omitempty"` // the server charges the stored card, without the shopper
	// Result is the RES_CODE that the browser brought back, of an authentication
	// asked. A repetition of the same question has none.
	Result string `json:"res,omitempty"`

	// Of a shipment: who carries it, its slip, and the slip that it takes the
	// place of.
	Carrier  shipping.Carrier `json:"car,omitempty"`
	Slip     string           `json:"slip,omitempty"`
	Replaces string           `json:"repl,omitempty"`

	Order    *OrderChange `json:"ord,omitempty"` // of an order updated
	ShipDate string       `json:"sd,omitempty"`  // of a rescheduling: YYYY-MM-DD in Japan

	Dated time.Time `json:"dt,omitzero"`    // of an order registered: the date it bears
	Days  int       `json:"days,omitempty"` // of a hold that expires, or a slip that is late
	Found *Found    `json:"f,omitempty"`    // what an inquiry showed: of attention, proposed, corrected, dismissed, imported
	Note  string    `json:"note,omitempty"` // an operator's reason, at most MaxNote characters; stays for ever

	// Private is personal or secret: the order of a created event, the 3-D
	// Secure token of a challenged one, what the browser brought back of an
	// authentication asked. The ledger encrypts it under the
	// payment's own key and gives it back only by Reveal; it is never in a
	// loaded event.
	Private []byte `json:"-"`
}

// Request is the mark a call leaves, so that the same idempotency key finds
// its payment and another body is noticed (P04, P12).
type Request struct {
	Method string `json:"m"` // RPC name: "CreatePayment"
	Key    string `json:"k"` // the idempotency key
	Digest []byte `json:"d"` // keyed digests of the request's fields; opaque here
}

// Secret reports whether the event's private part is a secret of 3-D Secure,
// which is destroyed once the challenge is over, and not personal data, which
// is kept until the person is erased.
func (e *Event) Secret() bool {
	return e.Kind == KindChallenged || e.Kind == KindAsked && e.Operation == OpAuthenticate
}
