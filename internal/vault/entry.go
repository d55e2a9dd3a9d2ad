package vault

import (
	"context"
	"errors"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// EntryRequest says what a token is to be made for.
type EntryRequest struct {
	Payment  *payment.Payment // nil: none; else customer and amount are the payment's
	Customer string           // empty: a guest
	Card     string           // the stored card that is to pay; empty: one that is typed in
	Save     bool             // the card that is typed in is to be kept, if it may be
	Amount   money.Yen        // without a payment; one yen or none: the token is to register a card
}

// Entry is what a page needs to make a token.
type Entry struct {
	acquirer.Entry
	SecurityCode   bool   // it must be given (R14)
	Authentication bool   // 3-D Secure is demanded (R13)
	Saving         string // "NEVER", "MEMBER_CHOOSES", "ALWAYS" or "FULL" (R15)
	Saves          bool   // the token keeps the card
	Cards          []Card // active ones
	Installments   bool   // more than the lump sum may be offered (R18)
	Methods        []shop.PaymentMethod
	Expires        time.Time
	ShopName       string
}

// savingFull says that the member has as many cards as the provider keeps (P54).
const savingFull = "FULL"

// Entry says how a page makes a token, and what it may offer (R13–R15, R20). It
// makes the customer's member at first need. While the provider's list cannot be
// read it offers neither to keep a card nor those that are kept, so that a
// shopper can pay; only for a stored card it is an *acquirer.NotSentError then.
// A stored card that is not there is a *payment.InvalidError about "card".
func (v *Vault) Entry(ctx context.Context, c processor.Caller, r EntryRequest) (Entry, error) {
	if p := r.Payment; p != nil {
		if p.Tenant != c.Tenant {
			return Entry{}, ledger.ErrNotFound
		}
		r.Customer, r.Amount = p.Customer, p.Amount
	}
	a, err := v.account(c.Tenant, r.Customer)
	if err != nil {
		return Entry{}, err
	}
	s := a.shop.Settings
	e := Entry{
		SecurityCode:   !s.NoSecurityCode || !a.contract.Flags.NoSecurityCode,
		Authentication: v.demands(c, &a, &r),
		Saving:         string(shop.SavingNever),
		Installments:   s.Installments && r.Amount >= s.InstallmentMinimum,
		Methods:        s.OfferedUnder(&a.contract, c.Tenant.Environment), Expires: v.o.Clock().Add(entryTTL), ShopName: a.shop.Name,
	}
	checks := acquirer.Checks{Authentication: e.Authentication, SecurityCode: e.SecurityCode}
	switch {
	case a.keeps():
		err = v.enterMember(ctx, &a, &r, &e, &checks)
	case r.Card != "":
		err = noCard()
	}
	if err != nil {
		return Entry{}, err
	}
	e.Entry, err = v.o.Browser.Entry(a.merchant(), checks)
	return e, err
}

// demands asks what payment will ask when the token comes (R13).
func (v *Vault) demands(c processor.Caller, a *account, r *EntryRequest) bool {
	p := r.Payment
	if p == nil {
		p = &payment.Payment{
			Opening: payment.Opening{Tenant: c.Tenant, Customer: r.Customer, Requested: r.Amount, Registration: r.Amount <= registrationAmount},
			Amount:  r.Amount,
		}
	}
	return payment.Demands(p, payment.Rules{Now: v.o.Clock(), Contract: a.contract, Settings: a.shop.Settings})
}

// enterMember fills in what concerns the customer's cards.
func (v *Vault) enterMember(ctx context.Context, a *account, r *EntryRequest, e *Entry, checks *acquirer.Checks) error {
	got, err := v.look(ctx, a)
	switch {
	case errors.Is(err, ledger.ErrNotFound):
		if r.Card != "" {
			return noCard()
		}
	case err != nil && (r.Card != "" || !excusable(err)):
		return err
	case err != nil:
		v.warn(ctx, "a page is served without cards on file: the provider's list cannot be read", a.key, err)
		return nil
	}
	e.Cards = v.views(ctx, &got, func(k *ledger.StoredCard) bool { return k.Active() })
	e.Saving = string(a.shop.Settings.Saving)
	if len(got.theirs) >= acquirer.MaxCards {
		e.Saving = savingFull
	}
	if r.Card != "" {
		checks.Stored, err = v.stored(&got.member, r.Card)
		if err == nil {
			checks.Member = &checks.Stored.Member
		}
		return err
	}
	e.Saves = e.Saving == string(shop.SavingChosen) && r.Save || e.Saving == string(shop.SavingAlways) && (r.Save || !keptAlready(r.Payment))
	if !e.Saves {
		return nil
	}
	m, err := v.enrol(ctx, a)
	if err != nil {
		return err
	}
	member, err := v.o.Keys.open(&m)
	checks.Member = &member
	return err
}

// keptAlready reports whether the payment's last card was declined because the
// provider keeps it already: then a token that does not keep it is wanted, even
// where every card is kept.
func keptAlready(p *payment.Payment) bool {
	return p != nil && p.Decline != nil && p.Decline.Reason == payment.VaultFull
}

// excusable reports whether a page can be served all the same.
func excusable(err error) bool {
	_, unreachable := errors.AsType[*acquirer.NotSentError](err)
	return unreachable || errors.Is(err, ErrUnreadable)
}

// look is sync for a caller who waits.
func (v *Vault) look(ctx context.Context, a *account) (onFile, error) {
	ctx, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	return v.sync(ctx, a)
}

// stored names an active card for the provider, or says that there is none.
func (v *Vault) stored(m *ledger.Member, id string) (*acquirer.StoredCard, error) {
	k := find(m, id)
	if k == nil || !k.Active() {
		return nil, noCard()
	}
	member, err := v.o.Keys.open(m)
	return &acquirer.StoredCard{Member: member, Key: k.Key, LastCredit: k.LastCredit}, err
}

func noCard() error { return invalid("card", "the customer has no such card on file") }

// Installments gives the payment counts of a card whose number begins with
// prefix (R18), and its brand as far as the prefix tells. The amount in yen
// decides with the shop's settings. A prefix of anything but digits, or of more
// than card.MaxPrefix, is a *payment.InvalidError about "card_prefix".
func (v *Vault) Installments(c processor.Caller, prefix string, amount money.Yen) ([]int, card.Brand, error) {
	a, err := v.account(c.Tenant, "")
	if err != nil {
		return nil, "", err
	}
	if !isPrefix(prefix) {
		return nil, "", invalid("card_prefix", "must be at most the first eight digits of a card number; never send more")
	}
	counts := card.Counts(prefix, c.Tenant.Environment == shop.Test)
	if s := a.shop.Settings; len(counts) > 0 && (!s.Installments || amount < s.InstallmentMinimum) {
		counts = []int{1}
	}
	return counts, card.BrandOf(prefix), nil
}

func isPrefix(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) <= card.MaxPrefix
}
