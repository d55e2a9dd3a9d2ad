package simulator

import (
	"fmt"
	"strings"
	"testing"
)

const backAt = "https://shop.example.test/back?a=1&#038;b=2"

// opened is an order that waits for its buyer: what its shop keeps.
type opened struct{ orderNo, threeDToken string }

// challenged pays with 3-D Secure and gets a challenge.
func (w *world) challenged(orderNo, token string, changes ...string) opened {
	w.t.Helper()
	r := w.ok("A08", append([]string{"order_no", orderNo, "token", token, "trader_ec_url", backAt}, changes...)...)
	if len(r.ThreeDToken) != 32 || r.Approval != "" {
		w.t.Fatal(r.raw)
	}
	return opened{orderNo, r.ThreeDToken}
}

// brought is A09 as a shop asks it after the buyer has come back.
func (w *world) brought(o opened, action, resCode string, changes ...string) []string {
	w.t.Helper()
	_, message, err := w.Act(FirstTraderCode, o.orderNo, action, resCode)
	if err != nil {
		w.t.Fatal(err)
	}
	list := []string{"order_no", o.orderNo, "three_d_token", o.threeDToken}
	for _, f := range message {
		list = append(list, wireName(f.Name), f.Value)
	}
	return append(list, changes...)
}

// authDiv 3 and, perhaps, another card.
func asking(number string) TokenRequest { return TokenRequest{AuthDiv: "3", CardNo: number} }

// after is a row whose challenge is opened and answered just before.
func after(code, credit string, q TokenRequest, resCode string, changes ...string) row {
	r := row{code: code, credit: credit, changes: make([]string, 2*(2+len(messageNames(fieldToken))+1+len(changes)/2))}
	r.before = func(w *world) {
		copy(r.changes, w.brought(w.challenged("K1", w.made(q)), "authenticate", resCode, changes...))
	}
	return r
}

func creditToken3DRows() []row {
	plain := asking("0000000000000001")
	list := append(traderRows("A09"), orderRows("A0910103")...)
	for _, p := range []struct{ number, name string }{
		{"04", "comp_cd"},
		{"05", "token"},
		{"06", "card_exp"},
		{"07", "item_price"},
		{"08", "item_tax"},
		{"09", "cust_cd"},
		{"10", "shop_id"},
		{"11", "term_cd"},
		{"12", "crd_res_cd"},
		{"15", "res_code"},
		{"17", "three_d_tran_id"},
		{"18", "send_dt"},
		{"19", "hash_value"},
		{"20", "three_d_token"},
	} {
		list = append(list, row{code: "A09101" + p.number + "01", changes: []string{p.name, "-"}})
	}
	// P46: any one value altered, also one that may be empty.
	for _, name := range append(messageNames(fieldToken), "HASH_VALUE") {
		list = append(list, after("A092000003", "", plain, "0000", wireName(name), "1"))
	}
	list = append(list, []row{
		{code: "A091012002", changes: []string{"three_d_token", long(31)}},
		{code: "A092000003"}, // nothing was begun
		{code: "A092000001", before: pay()},
		{code: "A092000001", before: then(pay(), do("A06"))},
		after("", "", plain, "0000"),
		after("A092000004", "", plain, "0002"), // P47: only the gateway's word counts
		after("A092000003", "", plain, "0000", "three_d_token", long(32)),
		after("A092000003", "", plain, "0000", "order_no", "K2"),
		after("A092000005", "G60", asking("0000000000120001"), "0000"), // the challenge is passed, the card refused
		after("A092000005", "C12", asking("0000000000170001"), "0000"),
	}...)
	again := after("A092000001", "", plain, "0000")
	first := again.before
	again.before = func(w *world) {
		first(w)
		w.ok("A09", again.changes...)
	}
	full := after("A092000006", "", member(asking("0000000000000009")), "0000") // P54: full meanwhile
	begin := full.before
	full.before = func(w *world) {
		begin(w)
		for i := range 3 {
			w.ok("A01", keep(fmt.Sprintf("F%d", i), fmt.Sprintf("000000000000001%d", i))...)
		}
	}
	return append(list, again, full)
}

// P48: the gateway decides what a RES_CODE means, for every code there is.
func TestEveryResCode(t *testing.T) {
	w := newWorld(t)
	for n := range 10000 {
		code := fmt.Sprintf("%04d", n)
		want := n == 2 || n == 11 || n == 12 || n >= 8000
		if negative(code) != want {
			t.Errorf("%s: negative is %v", code, !want)
		}
	}
	for code := range resWords {
		o := w.challenged("R"+code, "SIMCHALLENGE0000")
		want, status := "", "4"
		if negative(code) {
			want, status = "A092000004", "11"
		}
		w.refused(want, "A09", w.brought(o, "", code)...)
		w.wantStatus(o.orderNo, status)
	}
}

// R24: each class of test card behaves in 3-D Secure as the table says, and
// without 3-D Secure as if it were not there.
func TestCardClassesIn3DSecure(t *testing.T) {
	w := newWorld(t)
	for class, c := range cardClasses {
		number := fmt.Sprintf("%012d0001", class)
		o := w.challenged(fmt.Sprintf("C%d", class), w.made(asking(number)))
		want, credit := "", ""
		if c.refuse != "" {
			want, credit = "A092000005", c.refuse
		}
		r := w.refused(want, "A09", w.brought(o, "authenticate", "")...)
		if r.CreditErrorCode != credit || (r.Approval == "") != (want != "") {
			t.Errorf("class %d: %s", class, r.raw)
		}
		wantRes := map[int]string{5: "0000", 6: "0003", 7: "0006", 8: "0005", 9: "0007"}[class]
		if wantRes != c.outcome {
			t.Errorf("class %d: %q, want %q", class, c.outcome, wantRes)
		}
		if wantRes == "" {
			wantRes = "0000" // the buyer gave the right password
		}
		if list, err := w.Transactions(o.orderNo, 1); err != nil || list[0].ThreeDSecure != wantRes {
			t.Errorf("class %d: %+v %v", class, list, err)
		}
		w.refused(map[bool]string{true: "", false: "A082000010"}[want == ""], "A08",
			"order_no", fmt.Sprintf("P%d", class), "token", w.made(TokenRequest{CardNo: number}))
	}
}

// Nothing is authorized before A09; a challenge that nobody finishes stays 21
// and leaves the number free (protocol 5 and 12, 3).
func TestOpenChallenge(t *testing.T) {
	w := newWorld(t)
	o := w.challenged("K1", w.made(asking("")))
	w.wantStatus("K1", "21")
	w.refused("A062010003", "A06")
	w.refused("E011010351", "E01")
	w.refused("A073000001", "A07")
	late := w.brought(o, "authenticate", "")
	later(30 * day)(w)
	w.wantStatus("K1", "21")
	// The buyer begins anew: the older challenge is worth nothing.
	next := w.challenged("K1", w.made(asking("")))
	w.refused("A092000003", "A09", late...)
	w.refused("A092000003", "A09", append(late, "three_d_token", next.threeDToken)...)
	w.wantStatus("K1", "21")
	w.ok("A09", w.brought(next, "authenticate", "")...)
	w.wantStatus("K1", "4")
	w.ok("E01")
}

// P46: an altered message ends nothing; the true one still counts.
func TestAlteredMessageEndsNothing(t *testing.T) {
	w := newWorld(t)
	o := w.challenged("K1", w.made(asking("")))
	cancelled := w.brought(o, "cancel", "")
	w.refused("A092000003", "A09", append(cancelled, "res_code", "0000")...)
	w.wantStatus("K1", "21")
	w.refused("A092000004", "A09", cancelled...)
	w.wantStatus("K1", "11")
	// A failed A09 uses the threeDToken up, not the order number.
	w.refused("A092000003", "A09", cancelled...)
	w.ok("A09", w.brought(w.challenged("K1", w.made(asking(""))), "authenticate", "")...)
	w.wantStatus("K1", "4")
}

// The message of one order pays for no other, nor that of another shop.
func TestMessageIsBoundToItsOrder(t *testing.T) {
	w := newWorld(t)
	one, two := w.challenged("K1", "SIMCHALLENGE0000"), w.challenged("K2", "SIMCHALLENGE0000")
	message := w.brought(one, "authenticate", "")
	w.refused("A092000003", "A09", append(message, "order_no", "K2", "three_d_token", two.threeDToken)...)
	if err := w.AddMerchant(FullMerchant(other, "7")); err != nil {
		t.Fatal(err)
	}
	w.refused("A092000003", "A09", append(message, "trader_code", other)...)
	w.ok("A09", message...)
}

// A stored card: kept by A09, paid with by a token after a challenge, and
// refused once the key is another card's.
func TestChallengeAndStoredCards(t *testing.T) {
	w := newWorld(t)
	w.ok("A09", w.brought(w.challenged("K1", w.made(member(asking("")))), "authenticate", "")...)
	card := w.ok("A03").Cards[0]
	q := member(TokenRequest{AuthDiv: "1", CardKey: "1", LastCreditDate: card.LastCreditDate})
	w.ok("A09", w.brought(w.challenged("K2", w.made(q)), "authenticate", "")...)
	used := w.ok("A03").Cards
	if len(used) != 1 || used[0].LastCreditDate == card.LastCreditDate {
		t.Fatal(used)
	}
	q.LastCreditDate = used[0].LastCreditDate
	o := w.challenged("K3", w.made(q))
	unused := w.made(q)
	w.ok("A05", "last_credit_date", q.LastCreditDate)
	w.ok("A01", keep("K4", "0000000000000002")...)
	w.refused("A082000008", "A08", "order_no", "K5", "token", unused, "trader_ec_url", backAt)
	w.refused("A092000006", "A09", w.brought(o, "authenticate", "")...)
	// A reservation after a challenge.
	q = member(asking("0000000000000003"))
	w.ok("A09", w.brought(w.challenged("K6", w.made(q), "scheduled_shipping_date", "20260501"), "authenticate", "")...)
	w.wantStatus("K6", "5")
}

// A challenge after A01 carries CARD_NO, masked; A02 would end it, which is
// not under contract, and A09 does not.
func TestChallengeOfA01(t *testing.T) {
	w := newWorld(t)
	r := w.ok("A01", "auth_div", "3", "trader_ec_url", backAt)
	_, message, err := w.Act(FirstTraderCode, "K1", "authenticate", "")
	if err != nil || message[1] != (MessageField{"CARD_NO", "************0001"}) {
		t.Fatal(message, err)
	}
	list := []string{"three_d_token", r.ThreeDToken, "token", message[1].Value}
	for _, f := range message {
		list = append(list, wireName(f.Name), f.Value)
	}
	w.refused("A092000003", "A09", list...)
}

// The scenario tokens of 3-D Secure: what the issuer says, what the first and
// the second A09 come to, and E04 between.
func TestScenariosOfA09(t *testing.T) {
	for token, want := range map[string][4]string{
		"SIMCHALLENGE0000": {"0000", "", "4", "A092000001"},
		"SIMCHALLENGELOST": {"0000", "lost", "4", "A092000001"},
		"SIMCHALLENGEDROP": {"0000", "lost", "21", ""},
		"SIMCHALLENGEFAIL": {"0002", "A092000004", "11", "A092000003"},
		"SIMCHALLENGEREFU": {"0000", "A092000005 G12", "11", "A092000003"},
		"SIMFRICTIONLESS0": {"0000", "", "4", "A092000001"},
		"SIMATTEMPTED0000": {"0003", "", "4", "A092000001"},
		"SIMOUTSIDE3DS000": {"0005", "", "4", "A092000001"},
		"SIMNOTENROLLED00": {"0006", "", "4", "A092000001"},
		"SIMNOTRUN3DS0000": {"0007", "", "4", "A092000001"},
	} {
		t.Run(token, func(t *testing.T) {
			w := newWorld(t)
			for _, n := range []string{"K1", "K2"} { // again and again
				ask := w.brought(w.challenged(n, token), "authenticate", "")
				if !strings.Contains(strings.Join(ask, " "), "res_code "+want[0]) {
					t.Fatal(ask)
				}
				first := w.outcome("A09", ask...)
				status := w.status(n)
				if second := w.outcome("A09", ask...); first != want[1] || status != want[2] || second != want[3] {
					t.Fatalf("%q %s %q, want %q", first, status, second, want)
				}
			}
		})
	}
	for _, s := range Scenarios() {
		if s.challenge != (threeDStory[s.Token] || strings.HasPrefix(s.Token, "SIMCHALLENGE")) {
			t.Errorf("%s: challenge is %v", s.Token, s.challenge)
		}
	}
}

var threeDStory = map[string]bool{
	"SIMFRICTIONLESS0": true, "SIMATTEMPTED0000": true, "SIMOUTSIDE3DS000": true, "SIMNOTENROLLED00": true, "SIMNOTRUN3DS0000": true,
}

// One A09 of many at once authorizes (P43).
func TestManyA09AtOnce(t *testing.T) {
	w := newWorld(t)
	ask := w.brought(w.challenged("K1", w.made(asking(""))), "authenticate", "")
	const n = 16
	codes := make(chan string, n)
	for range n {
		go func() { codes <- w.call("A09", ask...).ErrorCode }()
	}
	count := map[string]int{}
	for range n {
		count[<-codes]++
	}
	if count[""] != 1 || count[""]+count["A092000001"]+count["Z012000004"] != n {
		t.Fatal(count)
	}
}
