package simulator

import (
	"strings"
	"testing"
	"time"
)

// on file: what the request of a stored card looks like.
func stored(cardKey, lastCreditDate string) []string {
	return []string{
		"option_service_div", "01", "member_id", "77", "authentication_key", "secret77",
		"check_sum", checkSum("77", "secret77", FirstAccessKey), "card_no", "-", "card_owner", "-", "card_exp", "-",
		"card_code_api", "-", "card_key", cardKey, "last_credit_date", lastCreditDate,
	}
}

// keep stores a card by paying with it.
func keep(orderNo, number string) []string {
	return []string{
		"order_no", orderNo, "option_service_div", "01", "member_id", "77", "authentication_key", "secret77",
		"check_sum", checkSum("77", "secret77", FirstAccessKey), "card_no", number,
	}
}

func creditRows() []row {
	with := func(a []string, b ...string) []string { return append(a, b...) }
	option := keep("K1", "0000000000000001")
	opt := func(changes ...string) []string { return append(append([]string{}, option...), changes...) }
	list := append(append(traderRows("A01"), buyerRows("A01")...), []row{
		{code: "A011010301", changes: []string{"device_div", "-"}},
		{code: "A011010306", changes: []string{"device_div", "4"}},
		{code: "A011010603", changes: []string{"buyer_name_kanji", long(61)}},
		{code: "A011010671", changes: []string{"buyer_name_kanji", "ﾔﾏﾀﾞ"}}, // half-width kana
		{code: "A011010901", changes: []string{"auth_div", "-"}},
		{code: "A011010971", changes: []string{"auth_div", "4"}},
		{code: "A011010972", changes: []string{"auth_div", "1", "device_div", "3"}},
		{code: "A011011001", changes: []string{"pay_way", "-"}},
		{code: "A011011002", changes: []string{"pay_way", "100"}},
		{code: "A011011004", changes: []string{"pay_way", "1A"}},
		{code: "A011011101", changes: []string{"option_service_div", "-"}},
		{code: "A011011106", changes: []string{"option_service_div", "02"}},
		{code: "A011011271", changes: []string{"goods_name", "𠮷"}},
		{code: "A011011272", changes: []string{"goods_name", long(401)}},
		{code: "A011011371", changes: []string{"card_code_api", "-"}},
		{code: "A011011372", changes: []string{"card_code_api", "0"}},
		{code: "A011011471", changes: []string{"card_no", "-"}},
		{code: "A011011472", changes: []string{"card_no", "00000000000000010"}},
		{code: "A011011473", changes: []string{"card_no", "0000 0000 0000 1"}},
		{code: "A011011571", changes: []string{"security_code", "-"}},
		{code: "A011011572", changes: []string{"security_code", "12"}},
		{code: "A011011573", changes: []string{"security_code", "12A"}},
		{code: "A011011671", changes: []string{"card_owner", "-"}},
		{code: "A011011672", changes: []string{"card_owner", long(31)}},
		{code: "A011011673", changes: []string{"card_owner", "山田"}},
		{code: "A011011771", changes: []string{"card_exp", "-"}},
		{code: "A011011772", changes: []string{"card_exp", "1330"}},
		{code: "A011011773", changes: []string{"card_exp", "0326"}},
		{code: "A011011871", changes: []string{"auth_div", "3"}},
		{code: "A011011872", changes: []string{"trader_ec_url", "https://a.test/" + long(128)}},
		{code: "A011011873", changes: []string{"trader_ec_url", "ftp://a.test/"}},
		{code: "A011011971", changes: opt("member_id", "-")},
		{code: "A011011972", changes: opt("member_id", long(65))},
		{code: "A011011973", changes: opt("member_id", "a_b")},
		{code: "A011012071", changes: opt("authentication_key", "-")},
		{code: "A011012072", changes: opt("authentication_key", "123456789")},
		{code: "A011012073", changes: opt("authentication_key", "a-b")},
		{code: "A011012171", changes: opt("card_key", "4")},
		{code: "A011012271", changes: stored("1", "2026-04-01")},
		{code: "A011012271", changes: stored("1", "-")},
		{code: "A011012372", changes: opt("scheduled_shipping_date", "2026051")},
		{code: "A011012373", changes: opt("scheduled_shipping_date", "20260331")},
		{code: "A011012374", changes: opt("scheduled_shipping_date", "20270101")},
		{code: "A011012471", changes: opt("check_sum", "-")},
		{code: "A011012472", changes: opt("check_sum", checkSum("77", "secret77", "0000000"))},
		{code: "A011012571", changes: []string{"card_no", "-", "card_owner", "-", "card_exp", "-"}},

		{code: "A012000001", changes: []string{"device_div", "3"}, option: func(m *Merchant) { m.FeaturePhone = false }},
		{code: "A012000002", option: func(m *Merchant) { m.Card = false }},
		{code: "A012000003", changes: []string{"auth_div", "1", "trader_ec_url", "https://a.test/"}, option: func(m *Merchant) { m.ThreeDSecure = false }},
		{code: "A012010001", before: pay()},
		{code: "A012010001", before: do("A01")},
		{code: "A012020001", changes: option, option: func(m *Merchant) { m.Vault = false }},
		{code: "A012020001", changes: []string{"scheduled_shipping_date", "20260501"}},
		{code: "A012030001", changes: stored("1", "20260401120000")},
		{code: "A012030001", changes: stored("1", "20260401115959"), before: do("A01", keep("K0", "0000000000000001")...)}, // P55
		{code: "", changes: stored("1", "20260401120000"), before: do("A01", keep("K0", "0000000000000001")...)},
		{code: "A012040002", changes: []string{"pay_way", "7"}},
		{code: "A012060001", credit: "G60", changes: []string{"card_no", "0000000000120001"}},
		{code: "A012060001", credit: notATestCard, changes: []string{"card_no", "0000000000210001"}}, // R24
		{code: "A012060001", credit: notATestCard, changes: []string{"card_no", "999999999999999"}},  // R24
		{code: "A012070001", changes: option, before: do("A01", keep("K0", "0000000000000001")...)},  // P54
	}...)
	return append(list, row{code: "", changes: with([]string{"auth_div", "0"}, "security_code", "-")})
}

// R24: no real-looking number is ever accepted, only the 21 test prefixes.
func TestTestCards(t *testing.T) {
	for class := range cardClasses {
		n := strings.Repeat("0", 10) + string(rune('0'+class/10)) + string(rune('0'+class%10)) + "0001"
		if got, ok := classOf(n); !ok || got != class {
			t.Errorf("%s: %d %v", n, got, ok)
		}
	}
	for _, n := range []string{"0000000000210001", "1000000000000001", "000000000000001", "00000000000000011", "", "000000000000000１"} {
		if _, ok := classOf(n); ok {
			t.Errorf("%s is taken", n)
		}
	}
}

func vaultRows(div string) []row {
	p := div + "1010"
	list := append(traderRows(div), []row{
		{code: p + "301", changes: []string{"member_id", "-"}},
		{code: p + "302", changes: []string{"member_id", long(65)}},
		{code: p + "371", changes: []string{"member_id", "会員"}},
		{code: p + "401", changes: []string{"authentication_key", "-"}},
		{code: p + "402", changes: []string{"authentication_key", long(9)}},
		{code: p + "471", changes: []string{"authentication_key", "a b"}},
		{code: p + "501", changes: []string{"check_sum", "-"}},
		{code: p + "571", changes: []string{"check_sum", strings.ToUpper(checkSum("77", "secret77", FirstAccessKey))}},
	}...)
	noVault := func(m *Merchant) { m.Vault = false }
	kept := do("A01", keep("K0", "0000000000000001")...)
	switch div {
	case "A03":
		return append(list, row{code: "A032000001", option: noVault})
	case "A04":
		later := keep("K0", "0000000000090001") // its later authorizations are refused
		return append(list, []row{
			{code: p + "601", changes: []string{"card_key", "-"}},
			{code: p + "606", changes: []string{"card_key", "4"}},
			{code: p + "705", changes: []string{"card_exp", "1331"}},
			{code: p + "771", changes: []string{"card_exp", "0326"}},
			{code: p + "802", changes: []string{"card_owner", "A"}},
			{code: p + "802", changes: []string{"card_owner", long(31)}},
			{code: p + "804", changes: []string{"card_owner", "山田"}},
			{code: p + "906", changes: []string{"card_code_api", "13"}},
			{code: "A041011001", changes: []string{"last_credit_date", "-"}},
			{code: "A041011005", changes: []string{"last_credit_date", "20260401"}},
			{code: "A042000001", option: func(m *Merchant) { m.Payments = false }},
			{code: "A042000002", option: func(m *Merchant) { m.Card = false }},
			{code: "A042000003", option: noVault},
			{code: "A043000001"},
			{code: "A043000001", changes: []string{"last_credit_date", "20260401115900"}, before: kept}, // P55
			{code: "A043000001", changes: []string{"card_key", "2"}, before: kept},
			{code: "A043000002", changes: []string{"card_exp", "1230"}, before: kept},
			{code: "A043000002", changes: []string{"card_exp", "-"}, before: kept},
			{code: "A043000002", changes: []string{"card_exp", "-", "card_owner", "HANAKO YAMADA", "card_code_api", "10"}, before: kept},
			{code: "A044000001", credit: "G54", before: do("A01", later...)},
			{code: "", before: kept},
		}...)
	}
	return append(list, []row{
		{code: "A052000001", option: noVault},
		{code: p + "601", changes: []string{"card_key", "-"}},
		{code: p + "606", changes: []string{"card_key", "0"}},
		{code: p + "701", changes: []string{"last_credit_date", "-"}},
		{code: p + "705", changes: []string{"last_credit_date", "20260401"}},
		{code: "A053000001"},
		{code: "A053000001", changes: []string{"last_credit_date", "20260401115900"}, before: kept}, // P55
		{code: "", before: kept},
	}...)
}

// The check sum of protocol 4, with its two published examples.
func TestCheckSum(t *testing.T) {
	for _, c := range []struct{ member, key, begins, ends string }{
		{"42", "42", "54b08b8e", "81ce"},
		{"42", "abcd1234", "8af30095", "7cbe"},
	} {
		if got := checkSum(c.member, c.key, "1111111"); !strings.HasPrefix(got, c.begins) || !strings.HasSuffix(got, c.ends) {
			t.Errorf("%s %s: %s", c.member, c.key, got)
		}
	}
}

// Stored cards from beginning to end: stored by A01, listed masked by A03,
// used with their lock, removed by A05, and their key used again.
func TestVault(t *testing.T) {
	w := newWorld(t)
	if r := w.ok("A03"); r.CardUnit != "0" || len(r.Cards) != 0 {
		t.Fatal(r.raw)
	}
	w.ok("A01", keep("V1", "0000000000000001")...)
	w.ok("A01", keep("V2", "0000000000000012")...)
	w.ok("A01", keep("V3", "0000000000000123")...)
	w.refused("A012070001", "A01", keep("V4", "0000000000000004")...)
	w.wantStatus("V4", "")
	r := w.ok("A03")
	if r.CardUnit != "3" || r.Cards[1].MaskingCardNo != "************0012" || r.Cards[1].CardExp != "1230" || r.Cards[1].CardOwner != "HANAKO YAMADA" {
		t.Fatal(r.raw)
	}
	later(time.Minute)(w)
	w.ok("A01", append(stored("2", r.Cards[1].LastCreditDate), "order_no", "V5")...)
	if got := w.ok("A03").Cards[1].LastCreditDate; got != "20260401120100" {
		t.Fatalf("last_credit_date %s", got)
	}
	w.refused("A053000001", "A05", "card_key", "2")
	left := w.ok("A05", "card_key", "2", "last_credit_date", "20260401120100")
	if left.CardUnit != "2" || left.Cards[1].CardKey != "3" {
		t.Fatal(left.raw)
	}
	w.ok("A01", keep("V6", "0000000000000004")...)
	if r := w.ok("A03"); len(r.Cards) != 3 || r.Cards[2].CardKey != "2" {
		t.Fatal(r.raw)
	}
	// A token bound to a stored card pays with it.
	w.ok("A08", "order_no", "V7", "token", w.made(member(TokenRequest{CardKey: "3"})))
	// Another member, or another key, has nothing.
	if r := w.ok("A03", "authentication_key", "other", "check_sum", checkSum("77", "other", FirstAccessKey)); r.CardUnit != "0" {
		t.Fatal(r.raw)
	}
	// P59: the number itself is nowhere.
	if strings.Contains(w.ok("A03").raw, "000000000000") {
		t.Fatal("a number in the clear")
	}
}
