package simulator

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// live sends a request to the production side.
func (w *world) live(div string, changes ...string) reading {
	w.t.Helper()
	r, _ := w.send(productionRoot+pathOf[div], urlencoded, w.values(div, changes...).Encode())
	return r
}

// noCard fails unless production refused the card, and holds nothing.
func (w *world) noCard(code, div, orderNo string, changes ...string) {
	w.t.Helper()
	r := w.live(div, append([]string{"order_no", orderNo}, changes...)...)
	if r.ErrorCode != code || r.CreditErrorCode != noSuchCard || r.Approval != "" || r.ThreeDToken != "" {
		w.t.Errorf("%s of %s %v: %s", div, orderNo, changes, r.raw)
	}
}

// numberOf is a test card of a class.
func numberOf(class int) string { return fmt.Sprintf("%012d0001", class) }

// R24: production refuses every test card, with and without 3-D Secure, by token
// and by number; nothing is held, and the number is free for TEST.
func TestProductionRefusesTestCards(t *testing.T) {
	w := newWorld(t)
	for class := range cardClasses {
		for _, div := range []string{"0", "1", "2", "3"} {
			token := w.made(TokenRequest{CardNo: numberOf(class), AuthDiv: div})
			back := []string{"token", token, "trader_ec_url", backAt}
			order := fmt.Sprintf("T%d-%s", class, div)
			w.noCard("A082000010", "A08", order, back...)
			w.wantStatus(order, "11")
			if r := w.live("A08", append(back, "order_no", order)...); r.ErrorCode != "A082000004" { // the token is spent
				t.Error(r.raw)
			}
			w.noCard("A012060001", "A01", "C"+order, "card_no", numberOf(class), "auth_div", div, "trader_ec_url", backAt)
			w.wantStatus("C"+order, "11")
		}
	}
	kept := TokenRequest{CardNo: numberOf(0)}
	w.noCard("A082000010", "A08", "K", "token", w.made(member(kept)))
	w.noCard("A082000010", "A08", "R", "token", w.made(member(kept)), "scheduled_shipping_date", "20260501")
	if r := w.ok("A03"); len(r.Cards) != 0 { // nor is it stored
		t.Error(r.raw)
	}
	w.ok("A08", "order_no", "T0-2", "token", w.made(kept))
	w.wantStatus("T0-2", "4")
}

// R24: so it does every scenario token, at once, and without its story.
func TestProductionRefusesScenarioTokens(t *testing.T) {
	w := newWorld(t)
	for _, s := range Scenarios() {
		w.noCard("A082000010", "A08", s.Token, "token", s.Token, "trader_ec_url", backAt)
		w.wantStatus(s.Token, "11")
	}
	if len(w.slept) != 0 {
		t.Error(w.slept)
	}
	w.ok("A08", "order_no", "SIMAPPROVED00000")
	w.wantStatus("SIMAPPROVED00000", "4")
}

// R24: what was begun in TEST goes on there only: no challenge ends with a hold in
// production, and no hold or stored card of a test card is renewed or changed.
func TestProductionDoesNotGoOnWithTest(t *testing.T) {
	w := newWorld(t)
	for i, token := range []string{w.made(asking(numberOf(0))), "SIMCHALLENGE0000", "SIMCHALLENGELOST"} {
		order := fmt.Sprint("S", i)
		o := w.challenged(order, token)
		w.noCard("A092000005", "A09", order, w.brought(o, "authenticate", "")...)
		w.wantStatus(order, "11")
		w.refused("A092000003", "A09", append([]string{"order_no", order}, "three_d_token", o.threeDToken)...)
	}
	w.ok("A08", "order_no", "H")
	w.noCard("A112000004", "A11", "H")
	w.noCard("A076000001", "A07", "H", "new_price", "2500")
	if got := w.ok("E04", "order_no", "H").trade(); got.Status != "4" || got.SettlePrice != "3000" || got.RenewalDate != "" {
		t.Errorf("%+v", got)
	}
	w.ok("A01", keep("V", numberOf(0))...)
	before := w.ok("A03").Cards[0]
	w.noCard("A044000001", "A04", "-", "last_credit_date", before.LastCreditDate)
	w.noCard("A012060001", "A01", "V2", stored("1", before.LastCreditDate)...)
	w.noCard("A082000010", "A08", "V3", "token", w.made(member(TokenRequest{CardKey: "1", LastCreditDate: before.LastCreditDate})))
	if now := w.ok("A03").Cards[0]; now != before {
		t.Errorf("%+v, was %+v", now, before)
	}
}

// R24: the library says so to the buyer in production, makes no token, and goes
// on taking test cards in TEST; a real card is taken by neither.
func TestProductionLibraryRefusesTestCards(t *testing.T) {
	w := newWorld(t)
	for class := range cardClasses {
		q := asked("cardNo", numberOf(class))
		want := []tokenError{{Code: "A012060001", Message: testCardMessage, Item: "cardNo"}}
		if a := w.libraryAt(productionRoot, q); a.Token != "" || !slices.Equal(a.Errors, want) {
			t.Errorf("class %d: %+v", class, a)
		}
		if a := w.library(q); a.Token == "" {
			t.Errorf("class %d in TEST: %+v", class, a)
		}
	}
	if a := w.libraryAt(productionRoot, asked("cardNo", "4000000000000002")); a.Token != "" || len(a.Errors) != 1 || a.Errors[0].Code != realCard || strings.Contains(a.Errors[0].Message, "テスト") {
		t.Errorf("%+v", a)
	}
	if a := w.libraryAt(productionRoot, asked("securityCode", "1")); len(a.Errors) != 2 || a.Errors[0].Item != "cardNo" || a.Errors[1].Item != "securityCode" {
		t.Errorf("%+v", a) // everything at once
	}
	w.ok("A01", keep("V", numberOf(0))...)
	onFile := asMember("cardNo", "", "cardKey", "1", "lastCreditDate", w.ok("A03").Cards[0].LastCreditDate)
	if a := w.libraryAt(productionRoot, onFile); a.Token != "" || a.Errors[0] != (tokenError{Code: realCard, Message: testCardMessage}) {
		t.Errorf("%+v", a)
	}
	if a := w.library(onFile); a.Token == "" {
		t.Errorf("%+v", a)
	}
}
