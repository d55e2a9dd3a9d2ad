package api

import (
	"slices"
	"strconv"
	"time"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	vaultv1 "kessai.dev/kessai/gen/kessai/vault/v1"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
	"kessai.dev/kessai/internal/vault"
)

// entryMessage shows what the provider's script is given. The member's key is
// in it: the script needs it, and it opens nothing but this customer's cards.
func (a *API) entryMessage(c *call, e *vault.Entry) *vaultv1.CardEntry {
	out := &vaultv1.CardEntry{
		ScriptUri: e.ScriptURI, TraderCode: e.TraderCode, AuthDiv: e.AuthDiv, OptionServiceDiv: e.OptServDiv,
		MemberId: e.MemberID, AuthenticationKey: e.AuthKey, CheckSum: e.CheckSum, CardKey: e.CardKey, LastCreditDate: e.LastCreditDate,
		SecurityCodeRequired: e.SecurityCode, AuthenticationDemanded: e.Authentication, CardSaving: e.Saving, SavesCard: e.Saves,
		Cards: a.storedCardMessages(c, e.Cards), Installments: e.Installments, ExpireTime: timestamp(e.Expires), ShopName: e.ShopName,
	}
	for _, m := range e.Methods {
		out.PaymentMethods = append(out.PaymentMethods, &vaultv1.PaymentMethod{Id: m.ID, Name: m.Name, DescriptionHtml: m.Description, Kind: m.Kind})
	}
	return out
}

func (a *API) storedCardMessages(c *call, list []vault.Card) []*vaultv1.Card {
	var out []*vaultv1.Card
	for i := range list {
		out = append(out, a.storedCardMessage(c, &list[i]))
	}
	return out
}

// anyCustomer stands for the customer in the names that a browser sees: which
// one it is, is the shop's.
const anyCustomer = "-"

// storedCardMessage shows a card on file. A browser sees which card it is, and
// not whose, nor how it was registered.
func (a *API) storedCardMessage(c *call, k *vault.Card) *vaultv1.Card {
	reduced := c.who.browser()
	customer := k.Customer
	if reduced {
		customer = anyCustomer
	}
	out := &vaultv1.Card{
		Name: "customers/" + customer + "/cards/" + k.ID, State: cardState(k),
		Brand: string(k.Hint.Brand), LastFour: k.Hint.LastFour, Expiry: k.Hint.Expiry, Expired: expired(k.Hint.Expiry, a.o.Clock()),
		CreateTime: timestamp(k.Created), UpdateTime: timestamp(k.Updated),
	}
	reg := k.Registration
	if reg == nil || reduced {
		return out
	}
	out.Registration = reg.ID.Name()
	switch out.GetState() {
	case vaultv1.Card_STATE_PENDING:
		out.Authentication = a.authentication(reg, reduced)
	case vaultv1.Card_STATE_FAILED:
		out.Decline = declineMessage(reg.Decline, reduced)
		if reg.State == payment.Expired {
			out.Decline = &paymentv1.Decline{Reason: string(payment.ChallengeTimeout)}
		}
	}
	return out
}

// cardState says how far a card is: what the provider keeps is active, and a
// registration that ended without a hold has failed.
func cardState(k *vault.Card) vaultv1.Card_State {
	reg := k.Registration
	switch {
	case !k.Gone.IsZero():
		return vaultv1.Card_STATE_REMOVED
	case k.Active():
		return vaultv1.Card_STATE_ACTIVE
	case reg == nil:
		return vaultv1.Card_STATE_PENDING
	case reg.Winner > 0, reg.Question() != nil, reg.State == payment.Pending, reg.State == payment.Authenticating:
		return vaultv1.Card_STATE_PENDING
	}
	return vaultv1.Card_STATE_FAILED
}

// expired reports whether the last day of "MM/YY" is past in Japan.
func expired(expiry string, now time.Time) bool {
	if !expiryForm.MatchString(expiry) {
		return false
	}
	month, _ := strconv.Atoi(expiry[:2])
	year, _ := strconv.Atoi(expiry[3:])
	return !now.Before(time.Date(2000+year, time.Month(month)+1, 1, 0, 0, 0, 0, shop.Tokyo))
}

// takesCard refuses a card entry for a payment that takes no card any more: one
// that has money or is over, or that had its last attempt (promise 6).
func takesCard(p *payment.Payment, now time.Time) error {
	allowed := p.Allowed(now)
	switch {
	case p.Question() != nil: // it may be declined yet
		return nil
	case !slices.Contains(allowed, payment.OpAuthorize):
		return &payment.Refusal{Reason: payment.WrongState, Text: "a payment that is " + string(p.State) + " takes no card", Allowed: allowed}
	case len(p.Attempts) >= payment.MaxAttempts && p.State != payment.Authenticating: // the last challenge may be passed yet
		return &payment.Refusal{Reason: payment.AttemptsExhausted, Text: strconv.Itoa(len(p.Attempts)) + " cards were tried"}
	}
	return nil
}
