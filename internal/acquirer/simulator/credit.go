package simulator

// creditParams are A01's (protocol 2.2). Number 25 is the card data as a
// whole.
var creditParams = append(append(
	[]param{{3, "device_div", []rule{required, oneOf("06", "1", "2", "3")}}},
	buyerParams(atMost("03", 60))...),
	param{9, "auth_div", []rule{required, oneOf("71", "0", "1", "2", "3"), {kk: "72", broken: phoneWith3D}}},
	param{10, "pay_way", []rule{required, atMost("02", 2), plain("04", digits)}},
	param{11, "option_service_div", []rule{required, oneOf("06", "00", "01")}},
	param{12, "goods_name", goodsRules},
	param{13, "card_code_api", []rule{requiredWhen("71", (*call).rawCard), plain("72", cardCode)}},
	param{14, "card_no", []rule{requiredWhen("71", (*call).rawCard), atMost("72", 16), plain("73", digits)}},
	param{15, "security_code", []rule{requiredWhen("71", wantsCode), between("72", 3, 4), plain("73", digits)}},
	param{16, "card_owner", []rule{requiredWhen("71", (*call).rawCard), atMost("72", 30), plain("73", ownerGood)}},
	param{17, "card_exp", []rule{requiredWhen("71", (*call).rawCard), plain("72", expiryGood), {kk: "73", broken: func(c *call, v string) bool { return expired(v, c.now) }}}},
	param{18, "trader_ec_url", append([]rule{requiredWhen("71", func(c *call) bool { return threeD(c.get("auth_div")) })}, returnURLRules...)},
	param{19, "member_id", []rule{requiredWhen("71", (*call).option), optional(atMost("72", 64)), optional(plain("73", alphanumeric))}},
	param{20, "authentication_key", []rule{requiredWhen("71", (*call).option), optional(atMost("72", 8)), optional(plain("73", alphanumeric))}},
	param{21, "card_key", []rule{optional(oneOf("71", "1", "2", "3"))}},
	param{22, "last_credit_date", []rule{requiredWhen("71", (*call).storedCard), optional(plain("71", stampGood))}},
	param{23, "scheduled_shipping_date", []rule{plain("72", dateGood), {kk: "73", broken: pastDay}, {kk: "74", broken: tooFar(today)}}},
	param{24, "check_sum", []rule{requiredWhen("71", (*call).option), optional(rule{kk: "72", broken: func(c *call, v string) bool { return v != c.memberSum() }})}},
	param{25, "card_no", []rule{requiredWhen("71", func(c *call) bool { return !c.storedCard() })}},
)

// optional checks a value only when the option service is asked for; else the
// field is ignored.
func optional(r rule) rule {
	broken := r.broken
	r.broken = func(c *call, v string) bool { return c.option() && broken(c, v) }
	return r
}

func (c *call) option() bool { return c.get("option_service_div") == "01" }

// storedCard reports whether the request names a card on file, rawCard
// whether it brings any part of a card of its own.
func (c *call) storedCard() bool { return c.option() && c.get("card_key") != "" }

func (c *call) rawCard() bool {
	return !c.storedCard() && c.get("card_no")+c.get("card_owner")+c.get("card_exp") != ""
}

// wantsCode reports whether the security code is part of the authentication.
// Without any card the whole is missing, not its code.
func wantsCode(c *call) bool {
	d := c.get("auth_div")
	return (d == "2" || d == "3") && (c.rawCard() || c.storedCard())
}

func phoneWith3D(c *call, v string) bool { return threeD(v) && c.get("device_div") == "3" }

func ownerGood(v string) bool { return only(v, " -.,", upper, lower) }

// credit is A01: pay with a card, or with one on file. With the option service
// a card that is brought is stored.
func credit(c *call) result {
	div := c.get("auth_div")
	switch {
	case c.get("device_div") == "3" && !c.merchant.FeaturePhone:
		return refuse("A012000001")
	case !c.merchant.Payments || !c.merchant.Card:
		return refuse("A012000002")
	case threeD(div) && !c.merchant.ThreeDSecure:
		return refuse("A012000003")
	}
	before, code := c.begin("A012010001")
	if code != "" {
		return refuse(code)
	}
	day := c.get("scheduled_shipping_date")
	if (c.option() || day != "") && !c.merchant.Vault || day != "" && !c.option() {
		return refuse("A012020001")
	}
	a := authorization{day: day}
	var onFile, testCard bool
	if c.option() {
		a.member, a.key, a.cardKey = c.get("member_id"), c.get("authentication_key"), c.get("card_key")
		a.wallet = c.lockWallet(a.member, a.key)
	}
	if c.storedCard() {
		var one *storedCard
		if one, onFile = a.wallet.find(a.cardKey, c.get("last_credit_date")); !onFile {
			return refuse("A012030001")
		}
		a.card = one.Plastic
	}
	if !c.merchant.allows(c.payWay()) {
		return refuse("A012040002")
	}
	if onFile && expired(a.card.Expiry, c.now) {
		return result{code: "A012060001", credit: "G83"}
	}
	if !onFile {
		if a.card, testCard = c.s.plasticOf(c.get("card_no"), c.get("card_exp"), c.get("card_owner")); !testCard {
			return result{code: "A012060001", credit: notATestCard}
		}
		if a.wallet != nil && (a.wallet.full() || a.wallet.holds(a.card)) {
			return refuse("A012070001")
		}
	}
	if threeD(div) && !c.production {
		return c.challenge(c.newTransaction(before, a), a, cardClasses[a.card.Class].outcome, fieldCardNo, maskedNumber(a.card))
	}
	return c.authorize(before, a)
}
