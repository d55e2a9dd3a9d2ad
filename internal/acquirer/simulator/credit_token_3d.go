package simulator

// creditToken3DParams are A09's (protocol 2.3). Numbers 13, 14 and 16 may be
// empty, so they have no check.
var creditToken3DParams = []param{
	{3, "order_no", orderNoRules},
	{4, "comp_cd", []rule{required}},
	{5, "token", []rule{required}},
	{6, "card_exp", []rule{required}},
	{7, "item_price", []rule{required}},
	{8, "item_tax", []rule{required}},
	{9, "cust_cd", []rule{required}},
	{10, "shop_id", []rule{required}},
	{11, "term_cd", []rule{required}},
	{12, "crd_res_cd", []rule{required}},
	{15, "res_code", []rule{required}},
	{17, "three_d_tran_id", []rule{required}},
	{18, "send_dt", []rule{required}},
	{19, "hash_value", []rule{required}},
	{20, "three_d_token", []rule{required, between("02", 32, 32)}},
}

// creditToken3D is A09: the end of a payment that A08 answered with a
// challenge. The gateway decides by the issuer's message; a refusal ends the
// challenge and leaves the order number free. A message that was altered ends
// nothing: it says nothing of the buyer.
func creditToken3D(c *call) result {
	t, code := c.begin("A092000001")
	if code != "" {
		return refuse(code)
	}
	var ch *challenge
	if t != nil {
		ch = c.s.findChallenge(t.Challenge)
	}
	if !t.waitsFor(ch) || ch.ThreeDToken != c.get("three_d_token") || !c.unaltered(ch) {
		return refuse("A092000003")
	}
	t.ThreeD = c.get("res_code")
	if negative(t.ThreeD) {
		return c.failed(t, ch, statusBuyerError, "A092000004", "")
	}
	if c.production {
		return c.failed(t, ch, statusOfRefusal(noSuchCard), c.function.refused, noSuchCard)
	}
	if e := t.effectOn("A09"); e.idle && e.credit != "" {
		return c.failed(t, ch, statusOfRefusal(e.credit), e.say, e.credit)
	}
	return c.carryOut(t, func(effect) result { return c.conclude(t, ch) })
}

// conclude authorizes after the challenge, with the rules that A08 has for
// stored cards.
func (c *call) conclude(t *transaction, ch *challenge) result {
	a := authorization{card: ch.Card, day: t.ShipDate, member: ch.Member, key: ch.Key, cardKey: ch.CardKey}
	if ch.Option {
		a.wallet = c.lockWallet(ch.Member, ch.Key)
		if !a.wallet.takes(&a) {
			return c.failed(t, ch, statusIssuerError, "A092000006", "")
		}
	}
	ch.Result = t.ThreeD
	r := c.charge(t, a)
	r.puts = append(r.puts, ch.put())
	return r
}

// failed ends the challenge without a hold. The threeDToken is used up.
func (c *call) failed(t *transaction, ch *challenge, status int, code, credit string) result {
	t.Status, ch.Result = status, t.ThreeD
	return result{code: code, credit: credit, changed: t, puts: append(t.puts(), ch.put())}
}
