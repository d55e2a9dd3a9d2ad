package simulator

import "strings"

// creditTokenParams are A08's (protocol 2.1). Number 15 has no wire name that
// anybody has seen, so it is not asked for.
var creditTokenParams = append(append(
	[]param{{3, "device_div", []rule{required, oneOf("06", "1", "2")}}},
	buyerParams()...),
	param{9, "pay_way", []rule{required, atMost("02", 2), plain("04", digits)}},
	param{10, "goods_name", goodsRules},
	param{11, "card_code_api", []rule{plain("72", cardCode)}},
	param{12, "token", []rule{required, between("02", 16, 16), plain("04", alphanumeric)}},
	param{13, "trader_ec_url", append([]rule{requiredWhen("71", asksForChallenge)}, returnURLRules...)},
	param{14, "scheduled_shipping_date", []rule{plain("71", dateGood), {kk: "72", broken: pastDay}, {kk: "73", broken: tooFar(today)}}},
)

// creditToken is A08: pay with a token from the browser. The order number is
// used up only by success; the token by any attempt that got so far.
func creditToken(c *call) result {
	switch {
	case !c.merchant.Payments:
		return refuse("A082000001")
	case !c.merchant.Card:
		return refuse("A082000002")
	}
	before, code := c.begin("A082000003")
	if code != "" {
		return refuse(code)
	}
	t, used, ok := c.useToken()
	if !ok {
		return refuse("A082000004")
	}
	if t.scenario != nil {
		return c.play(before, t.scenario)
	}
	spent := func(code, credit string) result { return result{code: code, credit: credit, puts: used} }
	day := c.get("scheduled_shipping_date")
	switch {
	case (t.Option == "01" || day != "") && !c.merchant.Vault, day != "" && t.Option != "01":
		return spent("A082000005", "")
	case !c.merchant.allows(c.payWay()):
		return spent("A082000007", "")
	}
	a := authorization{card: t.Card, day: day}
	if t.Option == "01" {
		a.member, a.key, a.cardKey = t.Member, t.Key, t.CardKey
		a.wallet = c.lockWallet(t.Member, t.Key)
		switch taken := a.wallet.takes(&a); {
		case !taken && t.CardKey != "":
			return spent("A082000008", "")
		case !taken:
			return spent("A082000011", "")
		}
	}
	var r result
	switch {
	case expired(a.card.Expiry, c.now):
		return spent("A082000008", "")
	case threeD(t.AuthDiv) && !c.production:
		r = c.challenge(c.newTransaction(before, a), a, cardClasses[a.card.Class].outcome, fieldToken, c.get("token"))
	default:
		r = c.authorize(before, a)
	}
	r.puts = append(r.puts, used...)
	return r
}

// play answers a scenario token: no option of the merchant matters.
func (c *call) play(before *transaction, story *Scenario) result {
	a := authorization{card: plastic{Brand: 9, LastFour: "0000", Expiry: "1249"}, day: c.get("scheduled_shipping_date")}
	if c.production {
		return c.authorize(before, a) // refused like every test card, whatever its story
	}
	t := c.newTransaction(before, a)
	if v := c.get("card_code_api"); v != "" {
		t.Brand = int(yen(v))
	}
	t.Scenario = story.Token
	if story.challenge {
		return c.challenge(t, a, story.outcome, fieldToken, story.Token)
	}
	e := t.effectOn("A08")
	if story.hidden > 0 {
		t.From = c.now.Add(story.hidden)
	}
	if t.Shown = story.shown; story.shownFor > 0 {
		t.Until = c.now.Add(story.shownFor)
	}
	leaves := !e.idle
	switch {
	case e.idle && story.shown != nil:
		t.Status, leaves = *story.shown, true
	case e.idle && e.credit != "":
		t.Status, leaves = statusOfRefusal(e.credit), true
	}
	r := c.carryOut(t, func(effect) result {
		c.approve(t)
		r := result{fields: []field{{name: "crdCResCd", value: t.Approval}}}
		c.reserve(t)
		return r
	})
	if !leaves {
		r.puts, r.changed = nil, nil
	} else {
		r.puts = append(r.puts, t.listed()...)
	}
	return r
}

// payWay is pay_way without the leading zero that one client sends.
func (c *call) payWay() string {
	v := c.get("pay_way")
	if len(v) == 2 {
		v = strings.TrimPrefix(v, "0")
	}
	return v
}
