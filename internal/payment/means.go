package payment

import (
	"fmt"

	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/shop"
)

// authorize is the wish of the payment's next attempt, or an *InvalidError, or
// a *Refusal when the contract does not allow it.
func authorize(p *Payment, m Means, r Rules) (Event, error) {
	if bad := checkMeans(p, m, r); len(bad) > 0 {
		return Event{}, &InvalidError{bad}
	}
	if len(checkShipDate(p.ShipDate, r)) > 0 {
		return Event{}, &Refusal{
			Reason: WrongState, Text: "the planned ship date " + p.ShipDate + " has come too near for a reservation: create the payment anew",
			Japanese: "出荷予定日が近すぎるため、予約販売として決済できません。決済を作成し直してください。", Allowed: p.Allowed(r.Now),
		}
	}
	alone := m.Token == ""
	if alone && !r.Contract.Flags.StoredCardAlone {
		return Event{}, &Refusal{Reason: NotAllowedByContract, Text: "the contract does not allow a stored card to be charged without the shopper: send a token that the browser made for it"}
	}
	e := Event{
		Kind: KindAsked, Operation: OpAuthorize, Attempt: len(p.Attempts) + 1, Amount: p.Amount, Count: m.Installments,
		Secure: secured(p, m.Token, r), Save: m.Save, Stored: m.Stored, Alone: alone,
	}
	if m.Card != (card.Hint{}) {
		e.Card = &m.Card
	}
	return e, nil
}

// checkMeans checks how an attempt is to be paid against shop, contract and
// customer. The brand is what the browser says of it, and only ever forbids.
func checkMeans(p *Payment, m Means, r Rules) []Violation {
	var bad []Violation
	must := func(ok bool, field, format string, args ...any) {
		if !ok {
			bad = append(bad, Violation{field, fmt.Sprintf(format, args...)})
		}
	}
	must(m.Token.Valid() || m.Token == "" && m.Stored != "", "card_token", "must be the 16 letters and digits that the provider's script gave")
	must(m.Stored == "" || p.Customer != "", "card", "needs the payment's customer: a stored card is a member's")
	must(!m.Save || m.Token != "" && m.Stored == "", "save_card", "goes with a token of a card that is not stored yet")
	must(!m.Save || p.Customer != "", "save_card", "needs the payment's customer: a guest's card is never kept (R15)")
	must(!m.Save || keeps(r), "save_card", "must be false: the shop keeps no cards")
	must(p.ShipDate == "" || m.Stored != "" || m.Save, "card", "is needed for a reservation: a stored card, or a token made with save_card (the provider charges the card later)")
	n := m.Installments
	switch s := r.Settings; {
	case !card.ValidCount(n):
		must(false, "installment_count", "must be 1, 2, 3, 5, 6, 10, 12, 15, 18, 20 or 24")
	case n == 1:
	case !s.Installments:
		must(false, "installment_count", "must be 1: the shop takes lump sums only")
	case p.Amount < s.InstallmentMinimum:
		must(false, "installment_count", "must be 1: amounts below %d yen are paid at once", s.InstallmentMinimum)
	default:
		must(card.MayUse(m.Card.Brand, n), "installment_count", "is not allowed for a card of brand %s", m.Card.Brand)
	}
	return bad
}

// keeps reports whether the shop keeps cards at all (R15).
func keeps(r Rules) bool {
	s := r.Settings.Saving
	return r.Contract.Flags.Vault && s != "" && s != shop.SavingNever
}
