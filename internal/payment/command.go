package payment

import (
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/shipping"
)

// Command is what a shop or a shopper wants of a payment that exists.
type Command interface{ operation() Operation }

// Confirm gives a card: the first one to a pending payment, another one after
// a decline or instead of an open challenge, which is called off.
type Confirm struct {
	Means
	Device string
}

// Means is how an attempt is paid.
type Means struct {
	Token        card.Token // empty: the server charges the stored card alone
	Stored       string     // the customer's stored card, by our id
	Save         bool       // the provider keeps the card of the token
	Installments int        // zero: as the payment was created, at first the lump sum
	Card         card.Hint
}

// Capture charges what is held.
type Capture struct{ Etag string }

// Adjust changes the amount to another one.
type Adjust struct {
	Amount        money.Yen
	Etag          string
	AllowDeferral bool
}

// Cancel releases or gives back; while a deferred operation waits it removes
// that one only.
type Cancel struct{ Etag string }

// Reauthorize holds anew.
type Reauthorize struct {
	Etag          string
	AllowDeferral bool
}

// Ship says that the order was sent (R27, R31–R33). Carrier and slip may be
// left out, and come with a later Ship.
type Ship struct {
	Carrier shipping.Carrier
	Slip    string // Yamato's as people write it: folded and checked here
	Etag    string
}

// CorrectShipment puts another slip in the place of a registered one (R28).
type CorrectShipment struct {
	Slip string // the right one
	Etag string
}

func (Ship) operation() Operation            { return OpShip }
func (CorrectShipment) operation() Operation { return OpShip }

func (Confirm) operation() Operation     { return OpAuthorize }
func (Capture) operation() Operation     { return OpCapture }
func (Adjust) operation() Operation      { return OpAdjust }
func (Cancel) operation() Operation      { return OpCancel }
func (Reauthorize) operation() Operation { return OpReauthorize }
