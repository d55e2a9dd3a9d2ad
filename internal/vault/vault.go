// Package vault keeps what is ours of cards on file (カードお預かり): who a shop's
// customers are at the provider, and which of the provider's cards bears which
// of our ids. It tells a page how to make a token, registers, changes and
// removes cards, and brings our record into line with the provider's list, which
// is always right about what is there.
package vault

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// Options is what a Vault is made of. All but Pace are needed.
type Options struct {
	Members   ledger.Members
	Payments  ledger.Ledger
	Provider  acquirer.Wallet
	Browser   acquirer.Browser
	Directory shop.Source
	Keys      *Keys
	Clock     func() time.Time
	Logger    *slog.Logger
	// Create is the processor's: it holds the yen that registers a card.
	Create func(context.Context, processor.Caller, payment.Request, processor.Create) (processor.Result, error)
	// Pace is how long Check rests between two members; zero: 200 ms.
	Pace time.Duration
}

// Times of the vault.
const (
	// askWithin bounds a look at the provider's list that a caller waits for.
	askWithin = 5 * time.Second
	// changeWithin bounds a change at the provider that a caller waits for.
	// What comes of it later the list shows.
	changeWithin = 8 * time.Second
	// behindWithin bounds a look at the list that nobody waits for.
	behindWithin = time.Minute
	// entryTTL is how long a token may be made with an entry.
	entryTTL = 30 * time.Minute
	pace     = 200 * time.Millisecond
)

// maxRounds bounds how often a change begins anew because the record changed
// under it. Each round means that another call won.
const maxRounds = 16

// maxBehind bounds the looks at the provider's list that nobody waits for.
const maxBehind = 16

// Vault is the cards on file. It is safe for concurrent use.
type Vault struct {
	o      Options
	behind chan struct{} // a place for each look that nobody waits for
}

var _ processor.Wallet = (*Vault)(nil)

// New makes a vault.
func New(o Options) *Vault {
	if o.Pace == 0 {
		o.Pace = pace
	}
	return &Vault{o: o, behind: make(chan struct{}, maxBehind)}
}

// Drain waits until nothing is done behind anybody's back, or ctx ends. What is
// to be done meanwhile is left to the next who looks.
func (v *Vault) Drain(ctx context.Context) error {
	for taken := range maxBehind {
		select {
		case v.behind <- struct{}{}:
		case <-ctx.Done():
			v.free(taken)
			return ctx.Err()
		}
	}
	v.free(maxBehind)
	return nil
}

func (v *Vault) free(places int) {
	for range places {
		<-v.behind
	}
}

// Card is a customer's card on file.
type Card struct {
	ledger.StoredCard
	Customer string
	// Registration is the payment of one yen that registers the card; nil unless
	// it was registered alone.
	Registration *payment.Payment
}

// InUseError says that a card cannot be removed because payments that are not
// over need it (P56), or, with none of ours, a reservation at the provider does.
type InUseError struct{ Payments []payment.ID }

// Error says what is wrong.
func (e *InUseError) Error() string {
	if len(e.Payments) == 0 {
		return "vault: a reservation at the provider needs the card"
	}
	return fmt.Sprintf("vault: %d payments that are not over need the card", len(e.Payments))
}

// errNoShop means a tenant that the directory does not know: a key for it
// cannot exist, so it is a fault of ours.
var errNoShop = errors.New("vault: no such shop in this environment")

// errMoving means that a member's record kept changing.
var errMoving = errors.New("vault: the member's record keeps changing")

// account is a customer of a shop, under the contract of today.
type account struct {
	key      ledger.MemberKey
	shop     *shop.Shop
	contract shop.Contract
}

func (v *Vault) account(t shop.Tenant, customer string) (account, error) {
	s, contract, ok := v.o.Directory.Now().Contract(t)
	if !ok {
		return account{}, errNoShop
	}
	return account{key: ledger.MemberKey{Tenant: t, Contract: contract.ID, Customer: customer}, shop: s, contract: contract}, nil
}

// keeps reports whether cards are offered to be kept, and kept ones to pay with:
// never to a guest, and not without the contract's vault (R15).
func (a *account) keeps() bool {
	s := a.shop.Settings.Saving
	return a.key.Customer != "" && a.contract.Flags.Vault && s != "" && s != shop.SavingNever
}

func (a *account) merchant() acquirer.Merchant {
	return acquirer.Merchant{Environment: a.key.Tenant.Environment, TraderCode: a.contract.TraderCode, AccessKey: a.contract.AccessKey}
}

// warn logs what went wrong with a member, and never whose it is.
func (v *Vault) warn(ctx context.Context, text string, k ledger.MemberKey, err error) {
	v.o.Logger.WarnContext(ctx, text, "shop", string(k.Tenant.Shop), "environment", string(k.Tenant.Environment), "error", err)
}

func invalid(field, text string) error {
	return &payment.InvalidError{Violations: []payment.Violation{{Field: field, Text: text}}}
}
