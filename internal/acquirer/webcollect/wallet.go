package webcollect

import (
	"context"
	"strconv"
	"strings"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/payment"
)

// Limits of what a card shows: the name as card schemes take it today (protocol 5).
const (
	minHolder = 2
	maxHolder = 30
	maxMask   = 19 // digits of the longest card number
)

// Cards lists a member's cards (A03). An answer that cannot be read to its last
// field is an error: a card that is overlooked would be taken for gone.
func (c *Connector) Cards(ctx context.Context, m acquirer.Merchant, who acquirer.Member) ([]acquirer.Card, error) {
	if bad := memberField(who); bad != "" {
		return nil, invalid(infoGet, bad)
	}
	var list []acquirer.Card
	fact, err := c.wallet(ctx, m, infoGet, member(m, infoGet, who), func(a answer) (payment.Fact, error) {
		var ok bool
		if list, ok = cards(a); !ok {
			return payment.Fact{}, unknownAnswer(infoGet, a, "the list of cards is unreadable")
		}
		return yes(a)
	})
	switch {
	case err != nil:
		return nil, err
	case fact.Outcome != payment.Yes: // A032000001: the contract has no vault
		return nil, notSent(payment.ProviderMisconfigured, fact.Code, "", 0, infoGet, "refused", nil)
	}
	return list, nil
}

// UpdateCard changes a stored card (A04). The provider tries the new data with
// the issuer: a no may have an issuer's reason.
func (c *Connector) UpdateCard(ctx context.Context, m acquirer.Merchant, stored acquirer.StoredCard, change acquirer.CardChange) (payment.Fact, error) {
	if bad := storedField(&stored); bad != "" {
		return payment.Fact{}, invalid(infoUpdate, bad)
	}
	expiry, ok := wireExpiry(change.Expiry)
	switch {
	case change.Expiry != "" && !ok:
		return payment.Fact{}, invalid(infoUpdate, "card_exp")
	case change.Holder != "" && !holderOK(change.Holder):
		return payment.Fact{}, invalid(infoUpdate, "card_owner")
	}
	f := member(m, infoUpdate, stored.Member)
	f.add("card_key", stored.Key)
	f.addIf("card_exp", expiry)
	f.addIf("card_owner", change.Holder)
	f.add("last_credit_date", stored.LastCredit)
	return c.wallet(ctx, m, infoUpdate, f, yes)
}

// RemoveCard takes a stored card away (A05).
func (c *Connector) RemoveCard(ctx context.Context, m acquirer.Merchant, stored acquirer.StoredCard) (payment.Fact, error) {
	if bad := storedField(&stored); bad != "" {
		return payment.Fact{}, invalid(infoDelete, bad)
	}
	f := member(m, infoDelete, stored.Member)
	f.add("card_key", stored.Key)
	f.add("last_credit_date", stored.LastCredit)
	return c.wallet(ctx, m, infoDelete, f, yes)
}

// member is the body of a call about a member.
func member(m acquirer.Merchant, fn function, who acquirer.Member) form {
	return append(
		opening(m, fn),
		field{"member_id", who.ID}, field{"authentication_key", who.Key.Reveal()}, field{"check_sum", checkSum(m, who, "")},
	)
}

// wallet sends a body about a member and judges the answer.
func (c *Connector) wallet(ctx context.Context, m acquirer.Merchant, f function, body form, done func(answer) (payment.Fact, error)) (payment.Fact, error) {
	a, err := c.send(ctx, m, f, body)
	if err != nil {
		return payment.Fact{}, err
	}
	return c.judge(f, a, done)
}

// cards reads the list of A03. Their number must be the one announced, each key
// may come once.
func cards(a answer) ([]acquirer.Card, bool) {
	var list []acquirer.Card
	seen := map[string]bool{}
	for i := range a.root.children {
		e := &a.root.children[i]
		if e.name != "cardData" {
			continue
		}
		one, ok := storedCard(e)
		if !ok || seen[one.Key] {
			return nil, false
		}
		seen[one.Key] = true
		list = append(list, one)
	}
	count, err := strconv.Atoi(a.root.get("cardUnit"))
	return list, err == nil && count == len(list)
}

// storedCard reads one card (protocol 3.1). Key, lock, mask and expiry must be
// legible; a mask that shows more than four digits is none (P59).
func storedCard(e *element) (acquirer.Card, bool) {
	mask := e.get("maskingCardNo")
	last := strings.TrimLeft(mask, "*")
	exp := e.get("cardExp")
	one := acquirer.Card{Key: e.get("cardKey"), LastCredit: e.get("lastCreditDate"), Holder: holder(e.get("cardOwner"))}
	switch {
	case e.repeats() || !cardKey(one.Key) || !moment(one.LastCredit):
		return acquirer.Card{}, false
	case len(last) != 4 || !digits(last) || last == mask || len(mask) > maxMask:
		return acquirer.Card{}, false
	case len(exp) != 4 || !digits(exp) || exp[:2] < "01" || exp[:2] > "12":
		return acquirer.Card{}, false
	}
	one.Hint = card.Hint{Brand: brandOf(e.get("cardCodeApi")), LastFour: last, Expiry: exp[:2] + "/" + exp[2:]}
	one.Reserved = tied(e.get("subscriptionFlg")) || tied(e.get("regularFlg"))
	return one, true
}

// tied: what is neither empty nor 0 forbids to remove the card.
func tied(flag string) bool { return flag != "" && flag != "0" }

// brandOf is the brand of a card_code_api, as far as it is one of ours.
func brandOf(code string) card.Brand {
	for b, c := range brands {
		if c == code {
			return b
		}
	}
	return card.BrandUnknown
}

// wireExpiry turns "MM/YY" into MMyy.
func wireExpiry(s string) (string, bool) {
	if len(s) != 5 || s[2] != '/' || !digits(s[:2]+s[3:]) || s[:2] < "01" || s[:2] > "12" {
		return "", false
	}
	return s[:2] + s[3:], true
}

// holderOK: 2 to 30 letters, blanks and the marks - . , (protocol 2.4). No
// digits, and so no card number either.
func holderOK(s string) bool {
	if len(s) < minHolder || len(s) > maxHolder || strings.TrimSpace(s) != s {
		return false
	}
	for _, c := range []byte(s) {
		if !(c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || strings.IndexByte(" -.,", c) >= 0) {
			return false
		}
	}
	return true
}

// holder is a name as the provider gives it, if it is one.
func holder(s string) string {
	if !holderOK(s) {
		return ""
	}
	return s
}
