// Package payment is the life of a payment: its states, what may follow what,
// what a command leads to and what a fact means. It is pure: no clock, no
// network, no storage. Everything else is built round it.
package payment

import (
	"strconv"
	"time"

	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/shop"
)

// Payment is what its events add up to. It is a value: Apply gives a new one
// and leaves the old alone, so a *Payment may be shared and must not be
// written to.
type Payment struct {
	ID ID
	Opening

	State    State
	Amount   money.Yen // current: held, or charged once captured
	Captured money.Yen // the most ever charged
	Refunded money.Yen // given back by adjust or cancel: Captured less what is charged now

	Attempts []Attempt // oldest first
	Winner   int       // number of the attempt that holds or took the money; 0: none

	Approval    string     // approval number of the winner
	ApprovedAt  string     // when, as the provider wrote it; tells a re-authorization from its predecessor
	HoldExpires time.Time  // when the hold lapses
	Decline     *Decline   // why the latest attempt failed
	Attention   Reason     // what an operator must look at; empty: nothing
	Scheduled   *Scheduled // what waits for the provider's service hours
	Lost        Cause      // why the protection that 3-D Secure gave is gone; empty: it is not
	Owed        bool       // the capture that belongs to the purchase is not done, and not refused (R32)
	Converted   bool       // the conversion was given to somebody (R08)
	Shipped     bool       // 対応状況「発送済み」: the shop has sent the order
	Shipments   []Shipment // how, oldest first
	Reserved    bool       // a reservation that is no hold yet (the provider's 5)
	ShipDate    string     // planned, of a reservation 予約販売: YYYY-MM-DD in Japan

	OrderCanceled bool       // the shop canceled its order (R36)
	OrderTotal    *money.Yen // what the order comes to by now; nil: as it was given (R37)
	OrderDate     time.Time  // the date of the order that the shop has registered; zero: it has not said so (R40)
	OrderKnown    bool       // the shop said something of the order: it has it
	Unconfirmed   bool       // it was told that the shop has not said so (R39)

	HoldWarned   int       // of 14, 7, 3 and 1 days left, which was told of last of this hold; 0: none
	RenewTried   time.Time // when the provider was last asked to make this hold anew; zero: it was not
	RenewRefused bool      // and that it said no to that once
	SlipWarned   bool      // it was told that Yamato has no slip (P71)
	Difference   *Found    // what the provider shows, while that needs attention
	Dismissed    *Found    // a difference that operators left as it is: not told again
	Proposal     *Proposal // of one operator, waiting for another (R42)

	Version int // the sequence of the last event
	Created time.Time
	Updated time.Time
}

// Opening is what is fixed when a payment is created.
type Opening struct {
	Tenant       shop.Tenant `json:"tenant"`
	OrderNumber  string      `json:"order"` // the shop's, up to 64 characters
	Requested    money.Yen   `json:"amount"`
	Mode         shop.Mode   `json:"mode"` // fixed for life (P39); already AUTHORIZE for a Yamato order (R17)
	Installments int         `json:"count"`
	Customer     string      `json:"customer,omitempty"`
	Delivery     string      `json:"delivery,omitempty"` // bare id of the delivery method
	Yamato       bool        `json:"yamato,omitempty"`   // the method was assigned to Yamato at purchase
	Device       string      `json:"device,omitempty"`   // "pc" or "smartphone"
	ReturnURI    string      `json:"return,omitempty"`
	// Registration: the payment holds one yen only so that the provider keeps
	// the customer's card, and lets it go at once.
	Registration bool `json:"reg,omitempty"`
	// Planned makes it a reservation 予約販売: the planned ship date as it was at
	// purchase, YYYY-MM-DD in Japan.
	Planned string `json:"planned,omitempty"`
	// Foreign is the acceptance number under which another system authorized
	// before the order moved here; empty: it is ours.
	Foreign string `json:"foreign,omitempty"`
}

// Attempt is one authorization under its own acceptance number.
type Attempt struct {
	Number     int
	Acceptance string
	State      State // Pending until answered
	Card       card.Hint
	Decline    *Decline
	Open       *Question // the unanswered question, if any
	Unwanted   bool      // holds money nobody wants: cancel until the provider says so (P26, P29)
	Watched    int       // rounds of the watch over a lost authorization that are done
	LostAt     time.Time // when it was given up as RESULT_LOST: the watch counts from here
	Until      time.Time // when an open challenge lapses
	Created    time.Time

	Secure     bool   // 3-D Secure is demanded (R13)
	Save       bool   // the card is to be kept
	Stored     string // the stored card that pays, by our id
	Alone      bool   // the server charges it without the shopper
	Challenged int    // sequence of the event with the challenge's secret; 0: none was asked for
	Returned   int    // sequence of the event with what the browser brought back; 0: it has not come
	Result     string // the RES_CODE it brought
}

// Question is something asked of the provider whose answer is not known.
type Question struct {
	Operation Operation
	Amount    money.Yen // what an adjustment asks for; else the amount at stake
	Asked     time.Time
	Lost      time.Time // when our connection closed without an answer; zero: it may still come
	Again     bool      // it was asked before, and nobody knows what became of that
	Slip      string    // of OpShip and OpUnship
	Replaces  string    // of OpShip: the slip that is taken off once this one is on
	ShipDate  string    // of OpReschedule
	// Approval and ApprovedAt are, of OpReauthorize, the hold that the provider showed right
	// before: another one is the proof of a new hold.
	Approval, ApprovedAt string
}

// Same reports whether both are one question, whatever has become of it meanwhile; nil is none.
func (q *Question) Same(r *Question) bool {
	if q == nil || r == nil {
		return q == r
	}
	return q.Operation == r.Operation && q.Asked.Equal(r.Asked)
}

// Decline is the provider's or the issuer's no.
type Decline struct {
	Reason Reason
	Hard   bool   // trying the same card again is useless
	Code   string // the provider's, for the shop; never for the shopper
}

// Scheduled is an operation that waits for the provider's service hours (P37).
type Scheduled struct {
	Operation Operation
	Amount    money.Yen
	Due       time.Time
}

// Attempt limits and times of a payment's life.
const (
	MaxAttempts   = 5                // cards a payment may try (promise 6)
	CheckoutTTL   = 24 * time.Hour   // a payment nobody paid expires, and its client secret with it
	ChallengeTTL  = 30 * time.Minute // a 3-D Secure challenge nobody finished
	SettleDelay   = 20 * time.Second // after the connection closed, "no trace" means no
	MaxOrderField = 64               // characters of an order number or a customer id
	MaxNote       = 200              // characters of an operator's reason
)

// Latest is the newest attempt, or nil.
func (p *Payment) Latest() *Attempt {
	if n := len(p.Attempts); n > 0 {
		return &p.Attempts[n-1]
	}
	return nil
}

// Current is the attempt that speaks for the payment: the winner, else the
// latest, else nil.
func (p *Payment) Current() *Attempt {
	if p.Winner > 0 {
		return &p.Attempts[p.Winner-1]
	}
	return p.Latest()
}

// Question is the open question of the current attempt, or nil: what the API
// shows as pendingOperation.
func (p *Payment) Question() *Question {
	if a := p.Current(); a != nil {
		return a.Open
	}
	return nil
}

// Acceptance is the current attempt's acceptance number; before the first
// attempt, the one it will have.
func (p *Payment) Acceptance() string {
	if a := p.Current(); a != nil {
		return a.Acceptance
	}
	return p.NumberOf(1)
}

// NumberOf is the acceptance number of attempt n, whether or not it was made.
func (p *Payment) NumberOf(n int) string {
	if n == 1 && p.Foreign != "" {
		return p.Foreign
	}
	return p.ID.Acceptance(n)
}

// Confirmed reports whether the shop has shown that it has the order: it
// registered it, sent it, said what became of it or brought it along from another
// system (R39, R40).
func (p *Payment) Confirmed() bool {
	return !p.OrderDate.IsZero() || p.Shipped || p.OrderKnown || p.Foreign != ""
}

// Held reports whether money is held or charged now.
func (p *Payment) Held() bool {
	return p.State == Authorized || p.State == Captured || p.State == Settled
}

// Engaged reports whether the payment holds, took or may hold money: while it
// does, its order number belongs to it alone (P09, P10).
func (p *Payment) Engaged() bool {
	if p.Held() {
		return true
	}
	for i := range p.Attempts {
		if p.Attempts[i].Open != nil || p.Attempts[i].Unwanted {
			return true
		}
	}
	return false
}

// HoldLapsed reports whether an uncaptured hold is past its time (P31, P84).
func (p *Payment) HoldLapsed(now time.Time) bool {
	return p.State == Authorized && !p.HoldExpires.IsZero() && now.After(p.HoldExpires)
}

// Etag changes with every event.
func (p *Payment) Etag() string { return `"` + strconv.Itoa(p.Version) + `"` }

// Ended reports whether nothing more happens to the payment by itself or by
// the usual verbs: settled, canceled or expired, and no question is open.
func (p *Payment) Ended() bool {
	return p.Question() == nil && (p.State == Settled || p.State == Canceled || p.State == Expired)
}
