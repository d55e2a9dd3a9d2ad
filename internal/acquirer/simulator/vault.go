package simulator

import (
	"cmp"
	"slices"
)

// memberParams are numbers 3 to 5 of A03, A04 and A05: the member, its secret, and
// the check sum over both and the access key (protocol 4).
var memberParams = []param{
	{3, "member_id", []rule{required, atMost("02", 64), plain("71", alphanumeric)}},
	{4, "authentication_key", []rule{required, atMost("02", 8), plain("71", alphanumeric)}},
	{5, "check_sum", []rule{required, {kk: "71", broken: func(c *call, v string) bool { return v != c.memberSum() }}}},
}

func (c *call) memberSum() string {
	return checkSum(c.get("member_id"), c.get("authentication_key"), c.merchant.AccessKey)
}

var creditInfoGetParams = memberParams

// creditInfoGet is A03: the member's stored cards, none for a stranger.
func creditInfoGet(c *call) result {
	if !c.merchant.Vault {
		return refuse("A032000001")
	}
	return result{fields: c.s.wallet(c.merchant, c.get("member_id"), c.get("authentication_key")).fields(c)}
}

var creditInfoUpdateParams = append(slices.Clone(memberParams),
	param{6, "card_key", []rule{required, oneOf("06", "1", "2", "3")}},
	param{7, "card_exp", []rule{plain("05", expiryGood), {kk: "71", broken: func(c *call, v string) bool { return expired(v, c.now) }}}},
	param{8, "card_owner", []rule{between("02", minHolder, maxHolder), plain("04", holderGood)}},
	param{9, "card_code_api", []rule{plain("06", cardCode)}},
	param{10, "last_credit_date", []rule{required, plain("05", stampGood)}},
)

// creditInfoUpdate is A04: another expiry or holder for a stored card, if it
// is still as the caller last read it. The new data are authorized for
// nothing, as a test; a refusal changes nothing.
func creditInfoUpdate(c *call) result {
	switch {
	case !c.merchant.Payments:
		return refuse("A042000001")
	case !c.merchant.Card:
		return refuse("A042000002")
	case !c.merchant.Vault:
		return refuse("A042000003")
	}
	w := c.lockWallet(c.get("member_id"), c.get("authentication_key"))
	one, found := w.find(c.get("card_key"), c.get("last_credit_date"))
	if !found {
		return refuse("A043000001")
	}
	changed := one.Plastic
	changed.Expiry = cmp.Or(c.get("card_exp"), changed.Expiry)
	changed.Owner = cmp.Or(c.get("card_owner"), changed.Owner)
	if changed == one.Plastic {
		return refuse("A043000002")
	}
	if credit := cmp.Or(c.refusal(changed.Class), c.laterRefusal(changed.Class)); credit != "" {
		return result{code: c.function.refused, credit: credit}
	}
	one.Plastic, one.LastCreditDate = changed, w.stamp(c.now)
	return result{puts: []put{w.put()}}
}

var creditInfoDeleteParams = append(slices.Clone(memberParams),
	param{6, "card_key", []rule{required, oneOf("06", "1", "2", "3")}},
	param{7, "last_credit_date", []rule{required, plain("05", stampGood)}},
)

func stampGood(v string) bool { _, ok := parseStamp(v); return ok }

// creditInfoDelete is A05: takes a stored card away, if it is still as the
// caller last read it, and answers with what is left.
func creditInfoDelete(c *call) result {
	if !c.merchant.Vault {
		return refuse("A052000001")
	}
	w := c.lockWallet(c.get("member_id"), c.get("authentication_key"))
	if _, found := w.find(c.get("card_key"), c.get("last_credit_date")); !found {
		return refuse("A053000001")
	}
	w.Cards = slices.DeleteFunc(w.Cards, func(s storedCard) bool { return s.CardKey == c.get("card_key") })
	return result{fields: w.fields(c), puts: []put{w.put()}}
}
