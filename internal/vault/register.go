package vault

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// registrationAmount is held to register a card, in yen, and let go at once.
const registrationAmount money.Yen = 1

// Registration is a card to be registered alone.
type Registration struct {
	Customer  string
	Token     card.Token // made with an entry of the customer that keeps the card
	Device    string     // "pc" or "smartphone"; empty: "pc"
	ReturnURI string
	Buyer     *payment.Buyer // the customer, for the provider; nil in TEST only
}

// Register registers a card: one yen is held, perhaps after 3-D Secure, and
// released. The card is pending until the yen is held; a payment that ends
// without it leaves the card failed. The same idempotency key gives the same
// card, as it stands by then. Besides the errors of processor.Create it is a
// *payment.Refusal when the contract keeps no cards (NOT_ALLOWED_BY_CONTRACT), or
// the member has three (VAULT_FULL, P54), and then nothing was asked of the card.
func (v *Vault) Register(ctx context.Context, c processor.Caller, r payment.Request, reg Registration) (Card, bool, error) {
	a, err := v.mayRegister(c, &reg)
	if err != nil {
		return Card{}, false, err
	}
	id := registeredID(a.key, r)
	begun, err := v.registration(ctx, c.Tenant, &ledger.StoredCard{ID: id})
	if err == nil && begun == nil {
		err = v.hasRoom(ctx, &a)
	}
	if err == nil {
		err = v.allot(ctx, &a, id, "")
	}
	if err != nil {
		return Card{}, false, err
	}
	result, err := v.o.Create(ctx, c, r, processor.Create{
		Amount: registrationAmount, OrderNumber: orderNumber(id), Means: payment.Means{Token: reg.Token, Save: true, Installments: 1},
		Customer: reg.Customer, Mode: shop.Authorize, Device: reg.Device, ReturnURI: reg.ReturnURI, Registration: true,
		Order: reg.order(),
	})
	if err != nil {
		v.giveUp(ctx, &a, id, err)
		return Card{}, false, err
	}
	k, err := v.registered(ctx, &a, id, result.Payment)
	return k, result.Replayed, err
}

// order is who the customer is, as a payment keeps it; nil when nobody said.
func (r *Registration) order() *payment.Order {
	if r.Buyer == nil {
		return nil
	}
	return &payment.Order{Buyer: r.Buyer}
}

func (v *Vault) mayRegister(c processor.Caller, reg *Registration) (account, error) {
	a, err := v.account(c.Tenant, reg.Customer)
	switch {
	case err != nil:
		return a, err
	case reg.Customer == "":
		return a, invalid("parent", "needs a customer: a guest's card is never kept")
	case !reg.Token.Valid():
		return a, invalid("card_token", "must be the 16 letters and digits that the provider's script gave")
	case !a.contract.Flags.Vault:
		return a, &payment.Refusal{Reason: payment.NotAllowedByContract, Text: "the contract keeps no cards on file"}
	case !a.keeps():
		return a, &payment.Refusal{Reason: payment.NotAllowedByContract, Text: "the shop's settings keep no cards on file"}
	}
	return a, nil
}

// registeredID is the id of the card that a call registers: a repetition leads
// to the same one, without anybody remembering.
func registeredID(key ledger.MemberKey, r payment.Request) string {
	h := sha256.New()
	h.Write([]byte("kessai card 1"))
	for _, s := range []string{string(key.Tenant.Environment), string(key.Tenant.Shop), key.Contract, key.Customer, r.Method, r.Key} {
		h.Write(binary.AppendUvarint(nil, uint64(len(s))))
		h.Write([]byte(s))
	}
	sum := h.Sum(nil)
	id := make([]byte, cardIDLength)
	for i := range id {
		id[i] = base32hex[sum[i]&31]
	}
	return string(id)
}

// hasRoom asks the provider whether one more card can be kept (P54). A customer
// nobody knows has none.
func (v *Vault) hasRoom(ctx context.Context, a *account) error {
	got, err := v.look(ctx, a)
	switch {
	case errors.Is(err, ledger.ErrNotFound):
		return nil
	case err != nil:
		return err
	case len(got.theirs) >= acquirer.MaxCards:
		return &payment.Refusal{Reason: payment.VaultFull, Text: fmt.Sprintf("the customer has %d cards on file; one must be removed first", len(got.theirs))}
	}
	return nil
}

// allot writes a card down as being registered, by the payment if there is one
// already. It makes the member at first need.
func (v *Vault) allot(ctx context.Context, a *account, id string, by payment.ID) error {
	if _, err := v.enrol(ctx, a); err != nil {
		return err
	}
	_, err := v.change(ctx, a.key, func(m *ledger.Member) bool {
		k := find(m, id)
		if k == nil {
			now := v.o.Clock()
			m.Cards = append(m.Cards, ledger.StoredCard{ID: id, Payment: by, Created: now, Updated: now})
			return true
		}
		if by == "" || k.Payment == by {
			return false
		}
		k.Payment = by
		return true
	})
	return err
}

// giveUp takes a card back whose payment was refused before it was written.
// While another call with the same key runs, the card is that one's.
func (v *Vault) giveUp(ctx context.Context, a *account, id string, why error) {
	if _, running := errors.AsType[*processor.RunningError](why); running {
		return
	}
	ctx = context.WithoutCancel(ctx)
	begun, err := v.registration(ctx, a.key.Tenant, &ledger.StoredCard{ID: id})
	switch {
	case err == nil && begun != nil:
		err = v.allot(ctx, a, id, begun.ID)
	case err == nil:
		err = v.forget(ctx, a.key, id)
	}
	if err != nil {
		v.warn(ctx, "a card that was not registered is left in the record for a while", a.key, err)
	}
}

// forget takes a card out that never came to be.
func (v *Vault) forget(ctx context.Context, key ledger.MemberKey, id string) error {
	_, err := v.change(ctx, key, func(m *ledger.Member) bool {
		for i := range m.Cards {
			if k := &m.Cards[i]; k.ID == id && k.Key == "" && k.Payment == "" && k.Gone.IsZero() {
				m.Cards = append(m.Cards[:i], m.Cards[i+1:]...)
				return true
			}
		}
		return false
	})
	return err
}

// registered gives the card of a payment that was created, active at once when
// the yen is held and the provider's list shows it.
func (v *Vault) registered(ctx context.Context, a *account, id string, p *payment.Payment) (Card, error) {
	if err := v.allot(context.WithoutCancel(ctx), a, id, p.ID); err != nil {
		return Card{}, err
	}
	return v.read(ctx, a, id)
}
