package simulator

import "slices"

// memberParams are numbers 3 to 5 of A03 and A05: the member, its secret, and
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
