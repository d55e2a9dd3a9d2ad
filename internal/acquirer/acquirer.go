// Package acquirer is the port to the outside world of cards: one provider
// that takes wishes and answers with facts.
package acquirer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// CallTimeout bounds an exchange with the provider, from connecting to the last
// byte of the answer. Waiting for a free place before it takes at most as long
// again.
const CallTimeout = 30 * time.Second

// Acquirer asks the provider. Implementations are safe for concurrent use, and
// none of their calls takes longer than that, whatever ctx says.
type Acquirer interface {
	// Perform asks for the wish, once: it never repeats a request on its own.
	// It returns a Fact, or a *NotSentError when it is certain that the
	// provider did nothing and will do nothing with it, or any other error when nobody knows
	// (time-out, broken connection, unreadable answer, a code that does not
	// say). When it returns, its connection for this wish is closed or has
	// been answered: nothing is still under way from our side.
	Perform(ctx context.Context, merchant Merchant, wish Wish) (payment.Fact, error)

	// Inquire reads what the provider knows of an acceptance number (E04).
	// An unknown number is a Trade with StandingNone, not an error. An error
	// means the provider could not be asked.
	Inquire(ctx context.Context, merchant Merchant, acceptance string) (payment.Trade, error)
}

// Merchant is on whose behalf, and where, to ask.
type Merchant struct {
	Environment shop.Environment
	TraderCode  string
	AccessKey   shop.AccessKey
}

// Wish is one thing to ask for.
type Wish struct {
	Operation  payment.Operation
	Acceptance string
	Amount     money.Yen // to authorize, or to change to
	Slip       string    // of OpShip and OpUnship: a Yamato slip number, folded
	ShipDate   string    // of OpReschedule: YYYY-MM-DD in Japan
	// Authorization is set for OpAuthorize only.
	Authorization *Authorization
	// Authentication is set for OpAuthenticate only.
	Authentication *Authentication
}

// Authorization is what an authorization needs beside number and amount.
type Authorization struct {
	Token        card.Token  // empty: Stored is charged
	Stored       *StoredCard // a stored card, charged without the shopper (A01); nil: Token
	Installments int         // 1 is the lump sum
	Device       string      // "pc" or "smartphone"
	Brand        card.Brand
	Buyer        payment.Buyer // all three of Name, Phone, Email are set
	Goods        string        // what is bought, in a few words; may be empty
	ReturnURI    string        // where the browser comes back from 3-D Secure; may be empty
	// Secure: 3-D Secure may be asked for, so tell the issuer what helps it to
	// do without a challenge.
	Secure bool
	ShipTo *payment.Address // where the parcel goes, if anywhere
	// ShipDate makes it a reservation: the planned ship date, YYYY-MM-DD in
	// Japan. The card is stored, or is being stored.
	ShipDate string
}

// Authentication completes a 3-D Secure challenge.
type Authentication struct {
	Token  string // payment.Fact.ChallengeToken
	Values []byte // payment.Return.Values
}

// ErrNoBooks is why an acquirer that keeps nothing cannot be asked what it holds. It
// answers every wish at once, so that there is nothing to ask about.
var ErrNoBooks = errors.New("acquirer: it keeps no books: there is nobody to ask")

// NotSentError says that the provider certainly did not act on the wish:
// either nothing left this machine, or the provider refused to begin.
type NotSentError struct {
	Reason payment.Reason // ProviderUnreachable, ProviderBusy, ProviderMisconfigured, InvalidRequest, OutsideServiceHours or NotAllowedByContract
	Code   string         // the provider's code, if it spoke
	Field  string         // the wire name of the field at fault, if one is
	Retry  time.Duration  // when it makes sense to come back; zero: not before something is mended
	Err    error          // the cause, if there is one
}

// Error says what was not sent and why.
func (e *NotSentError) Error() string {
	s := "not sent: " + string(e.Reason)
	if e.Code != "" {
		s += " " + e.Code
	}
	if e.Field != "" {
		s += " (" + e.Field + ")"
	}
	if e.Err != nil {
		s = fmt.Sprintf("%s: %v", s, e.Err)
	}
	return s
}

// Unwrap gives the cause.
func (e *NotSentError) Unwrap() error { return e.Err }
