package simulator

import (
	"strings"
	"testing"
	"time"
)

// made makes a real token and puts it into the request under test.
func (w *world) made(q TokenRequest) string {
	w.t.Helper()
	if q.TraderCode == "" {
		q.TraderCode = FirstTraderCode
	}
	if q.CardNo == "" && q.CardKey == "" {
		q.CardNo = "0000000000000001"
	}
	if q.CardExp == "" {
		q.CardExp = "1230"
	}
	text, _, err := w.NewToken(q)
	if err != nil {
		w.t.Fatal(err)
	}
	return text
}

// withToken is a row whose token is made just before.
func withToken(code, credit string, q TokenRequest, changes ...string) row {
	r := row{code: code, credit: credit}
	r.changes = append([]string{"token", ""}, changes...)
	r.before = func(w *world) { r.changes[1] = w.made(q) }
	return r
}

func member(q TokenRequest) TokenRequest {
	q.OptServDiv, q.MemberID, q.AuthKey = "01", "77", "secret77"
	return q
}

func creditTokenRows() []row {
	list := append(traderRows("A08"), buyerRows("A08")...)
	list = append(list, []row{
		{code: "A081010301", changes: []string{"device_div", "-"}},
		{code: "A081010306", changes: []string{"device_div", "3"}},
		{code: "A081010901", changes: []string{"pay_way", "-"}},
		{code: "A081010902", changes: []string{"pay_way", "001"}},
		{code: "A081010904", changes: []string{"pay_way", "A"}},
		{code: "A081011071", changes: []string{"goods_name", "①みかん"}},
		{code: "A081011072", changes: []string{"goods_name", strings.Repeat("み", 201)}},
		{code: "A081011172", changes: []string{"card_code_api", "13"}},
		{code: "A081011201", changes: []string{"token", "-"}},
		{code: "A081011202", changes: []string{"token", "SIMAPPROVED0000"}},
		{code: "A081011204", changes: []string{"token", "SIM-PPROVED00000"}},
		{code: "A081011372", changes: []string{"trader_ec_url", "https://shop.example.test/" + long(128)}}, // P51
		{code: "A081011373", changes: []string{"trader_ec_url", "http://shop.example.test/"}},              // P51
		{code: "A081011471", changes: []string{"scheduled_shipping_date", "2026-05-01"}},
		{code: "A081011472", changes: []string{"scheduled_shipping_date", "20260331"}},
		{code: "A081011473", changes: []string{"scheduled_shipping_date", "20260701"}},
		withToken("A081011371", "", TokenRequest{AuthDiv: "3"}),

		{code: "A082000001", option: func(m *Merchant) { m.Payments = false }},
		{code: "A082000002", option: func(m *Merchant) { m.Card = false }},
		{code: "A082000003", before: pay()},
		{code: "A082000003", before: then(pay(), do("A06"))},                        // for ever: a cancelled order too
		{code: "A082000004", changes: []string{"token", "0123456789ABCDEF"}},        // never made
		{code: "A082000004", changes: []string{"token", "simapproved00000"}},        // case counts
		{code: "", before: then(pay("token", "SIMAPPROVED00000", "order_no", "X"))}, // a scenario again
		withToken("A082000005", "", TokenRequest{}, "scheduled_shipping_date", "20260501"),
		withToken("A082000007", "", TokenRequest{}, "pay_way", "4"),
		withToken("", "", TokenRequest{}, "pay_way", "01"),
		withToken("", "", TokenRequest{}, "pay_way", "0"),
		withToken("A082000008", "", TokenRequest{CardExp: "0326"}),
		withToken("", "", TokenRequest{CardExp: "0426"}), // good to the end of its month
		withToken("A082000010", "G61", TokenRequest{CardNo: "0000000000110001"}),
		withToken("A082000010", "C12", TokenRequest{CardNo: "0000000000170001"}),
	}...)
	twice := withToken("A082000011", "", member(TokenRequest{})) // P54: the same card again
	first := twice.before
	twice.before = func(w *world) {
		w.ok("A08", "order_no", "FIRST", "token", w.made(member(TokenRequest{})))
		first(w)
	}
	return append(list, twice)
}

// P54: three cards to a member, not four.
func TestFourthStoredCard(t *testing.T) {
	w := newWorld(t)
	for i, n := range []string{"0000000000000001", "0000000000000002", "0000000000000003"} {
		w.ok("A08", "order_no", string(rune('A'+i)), "token", w.made(member(TokenRequest{CardNo: n})))
	}
	w.refused("A082000011", "A08", "token", w.made(member(TokenRequest{CardNo: "0000000000000004"})))
	w.wantStatus("K1", "") // nothing was authorized
	w.ok("A08", "token", w.made(TokenRequest{CardNo: "0000000000000004"}))
}

// A token is good once, for 30 minutes, for one merchant (protocol 4).
func TestTokenLife(t *testing.T) {
	w := newWorld(t)
	text := w.made(TokenRequest{})
	if len(text) != 16 || !alphanumeric(text) {
		t.Fatalf("token %q", text)
	}
	w.ok("A08", "token", text)
	w.refused("A082000004", "A08", "order_no", "K2", "token", text)

	// A failed payment uses it up as well: a new token is needed.
	text = w.made(TokenRequest{CardNo: "0000000000100001"})
	w.refused("A082000010", "A08", "order_no", "K3", "token", text)
	w.refused("A082000004", "A08", "order_no", "K3", "token", text)
	// An order number that is taken does not.
	text = w.made(TokenRequest{})
	w.refused("A082000003", "A08", "token", text)
	w.ok("A08", "order_no", "K3", "token", text)

	text = w.made(TokenRequest{})
	if _, err := w.Advance(30 * time.Minute); err != nil {
		t.Fatal(err)
	}
	w.ok("A08", "order_no", "K4", "token", text)
	text = w.made(TokenRequest{})
	if _, err := w.Advance(30*time.Minute + time.Second); err != nil {
		t.Fatal(err)
	}
	w.refused("A082000004", "A08", "order_no", "K5", "token", text)

	if err := w.AddMerchant(FullMerchant(other, "2222222")); err != nil {
		t.Fatal(err)
	}
	w.refused("A082000004", "A08", "order_no", "K6", "trader_code", other, "token", w.made(TokenRequest{}))
}

// A refused payment does not use the order number up, a successful one does
// for ever (protocol 12, 3).
func TestRefusedOrderNumberIsFree(t *testing.T) {
	w := newWorld(t)
	w.refused("A082000010", "A08", "token", "SIMDECLINED00000")
	w.wantStatus("K1", "11")
	w.refused("A062010003", "A06")
	w.ok("A08", "token", "SIMAPPROVED00000")
	w.wantStatus("K1", "4")
	w.refused("A082000003", "A08", "token", "SIMDECLINED00000")
	w.wantStatus("K1", "4")
}

// Protocol 3.2: no 3-D Secure element without 3-D Secure; with it, escaped
// text in CDATA characters on one line, and nothing authorized.
func TestChallenge(t *testing.T) {
	w := newWorld(t)
	if plain := w.ok("A08"); strings.Contains(plain.raw, "threeD") {
		t.Fatal(plain.raw)
	}
	for i, text := range []string{"SIMCHALLENGE0000", w.made(TokenRequest{AuthDiv: "1"})} {
		orderNo := []string{"C1", "C2"}[i]
		r := w.ok("A08", "order_no", orderNo, "token", text, "trader_ec_url", "https://shop.example.test/back?a=1&#038;b=2")
		if len(r.ThreeDToken) != 32 || r.Approval != "" || strings.Contains(r.raw, "crdCResCd") {
			t.Fatal(r.raw)
		}
		page := r.ThreeDAuthHTML
		if !strings.HasPrefix(page, "<![CDATA[") || !strings.HasSuffix(page, "]]>") || strings.ContainsAny(page, "\r\n") {
			t.Fatal(page)
		}
		if !strings.Contains(r.raw, "&lt;![CDATA[") || !strings.Contains(page, "Windows-31J") {
			t.Fatal(r.raw)
		}
		w.wantStatus(orderNo, "21")
		w.refused("A062010003", "A06", "order_no", orderNo)
		// A challenge that nobody finished leaves the number free.
		w.ok("A08", "order_no", orderNo)
		w.wantStatus(orderNo, "4")
	}
}

// A story's token makes a reservation, too, so that one can be tried with curl
// alone.
func TestReservationOfAStory(t *testing.T) {
	w := newWorld(t)
	w.ok("A08", "token", "SIMAPPROVED00000", "scheduled_shipping_date", "20260501")
	w.wantStatus("K1", "5")
	w.ok("E03", "scheduled_shipping_date", "20260510")
	w.clock.nanos.Store(time.Date(2026, 4, 30, 0, 0, 0, 0, tokyo).UnixNano())
	w.wantStatus("K1", "4")
}

// A reservation: 5 until ten days before the ship date, then 4, or 15.
func TestReservation(t *testing.T) {
	w := newWorld(t)
	w.ok("A08", "token", w.made(member(TokenRequest{})), "scheduled_shipping_date", "20260501")
	w.ok("A08", "order_no", "K2", "token", w.made(member(TokenRequest{CardNo: "0000000000090001"})), "scheduled_shipping_date", "20260501")
	w.wantStatus("K1", "5")
	w.refused("E011010351", "E01")
	if r := w.ok("A03"); len(r.Cards) != 2 || r.Cards[0].SubscriptionFlg != "1" {
		t.Fatal(r.raw)
	}
	before := w.ok("E04").trade()
	w.ok("A07") // the amount of a reservation can change
	w.wantStatus("K1", "5")
	w.ok("E03", "scheduled_shipping_date", "20260510")
	for _, step := range []struct {
		day            int
		first, second_ string
	}{{20, "5", "5"}, {21, "5", "15"}, {29, "5", "15"}, {30, "4", "15"}} {
		w.clock.nanos.Store(time.Date(2026, 4, step.day, 0, 0, 0, 0, tokyo).UnixNano())
		w.wantStatus("K1", step.first)
		w.wantStatus("K2", step.second_)
	}
	after := w.ok("E04").trade()
	if before.Approval == after.Approval || after.ApprovedAt != "20260430000000" || after.SettlePrice != "2500" {
		t.Fatalf("%+v", after)
	}
	if r := w.ok("A03"); r.Cards[0].SubscriptionFlg != "0" {
		t.Fatal(r.raw)
	}
	w.ok("E01")
	w.ok("A06", "order_no", "K2")
	w.wantStatus("K2", "40")
}
