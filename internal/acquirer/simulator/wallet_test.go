package simulator

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// P55: a stored card's lock is to the second, and yet no two states of a
// member's cards look the same, however fast they follow each other.
func TestLastCreditDateNeverRepeats(t *testing.T) {
	w := newWorld(t)
	seen := map[string]bool{}
	read := func() cardData {
		t.Helper()
		card := w.ok("A03").Cards[0]
		if seen[card.LastCreditDate] {
			t.Fatalf("%s again", card.LastCreditDate)
		}
		seen[card.LastCreditDate] = true
		return card
	}
	w.ok("A01", keep("L0", "0000000000000001")...)
	card := read()
	for i := range 5 { // all in one second of the clock
		w.ok("A04", "last_credit_date", card.LastCreditDate, "card_exp", fmt.Sprintf("12%d", 31+i))
		w.refused("A043000001", "A04", "last_credit_date", card.LastCreditDate, "card_exp", "0140")
		w.refused("A053000001", "A05", "last_credit_date", card.LastCreditDate)
		card = read()
		w.ok("A01", append(stored("1", card.LastCreditDate), "order_no", fmt.Sprintf("U%d", i), "auth_div", "0", "security_code", "-")...)
		w.refused("A012030001", "A01", append(stored("1", card.LastCreditDate), "order_no", "V", "auth_div", "0", "security_code", "-")...)
		card = read()
	}
	// Another card under the key that became free, still in the same second.
	old := card.LastCreditDate
	w.ok("A05", "last_credit_date", old)
	w.ok("A01", keep("L1", "0000000000000002")...)
	read()
	w.refused("A053000001", "A05", "last_credit_date", old)
	// Once the clock has caught up, it is the clock again.
	later(time.Hour)(w)
	w.ok("A08", "order_no", "L2", "token", w.made(member(TokenRequest{CardNo: "0000000000000003"})))
	if got := w.ok("A03").Cards[1].LastCreditDate; got != "20260401130000" {
		t.Error(got)
	}
}

// A04 changes what it is told and nothing else; what it changed is what pays.
func TestUpdateOfAStoredCard(t *testing.T) {
	w := newWorld(t)
	soon := keep("U0", "0000000000000001")
	w.ok("A01", append(soon, "card_exp", "0426")...)
	card := w.ok("A03").Cards[0]
	token := w.made(member(TokenRequest{CardKey: "1", LastCreditDate: card.LastCreditDate}))
	later(40 * day)(w)
	w.refused("A012060001", "A01", append(stored("1", card.LastCreditDate), "order_no", "U1")...)
	w.ok("A04", "last_credit_date", card.LastCreditDate, "card_exp", "0431", "card_code_api", "10")
	now := w.ok("A03").Cards[0]
	if now.CardExp != "0431" || now.CardOwner != card.CardOwner || now.MaskingCardNo != card.MaskingCardNo || now.CardKey != "1" {
		t.Fatal(now)
	}
	w.ok("A01", append(stored("1", now.LastCreditDate), "order_no", "U1")...)
	w.refused("A082000004", "A08", "order_no", "U2", "token", token) // too old meanwhile

	// A refused test authorization changes nothing.
	w.ok("A01", keep("U3", "0000000000090001")...)
	card = w.ok("A03").Cards[1]
	w.refused("A044000001", "A04", "card_key", "2", "last_credit_date", card.LastCreditDate)
	if again := w.ok("A03").Cards[1]; again != card {
		t.Error(again, card)
	}
}

// A token of a stored card pays with the card's data as they are then.
func TestUpdateBetweenTokenAndPayment(t *testing.T) {
	w := newWorld(t)
	w.ok("A01", append(keep("B0", "0000000000000001"), "card_exp", "0426")...)
	card := w.ok("A03").Cards[0]
	later(30*day - 10*time.Minute)(w)
	token := w.made(member(TokenRequest{CardKey: "1", LastCreditDate: card.LastCreditDate}))
	w.ok("A04", "last_credit_date", card.LastCreditDate, "card_exp", "0431")
	later(20 * time.Minute)(w)
	w.ok("A08", "order_no", "B1", "token", token)
}

// An operator sees a member's cards and takes one away, unknown to the shop
// (P58).
func TestAdminVault(t *testing.T) {
	w := newWorld(t)
	w.ok("A01", keep("O1", "0000000000000011")...)
	w.ok("A01", keep("O2", "0000000000000022")...)
	var list struct{ Cards []StoredCard }
	w.admin("/admin/vault", `{"memberId":"77"}`, &list)
	if len(list.Cards) != 2 || list.Cards[1].CardKey != "2" || list.Cards[1].MaskedNumber != "************0022" || list.Cards[0].MemberID != "77" {
		t.Fatal(list)
	}
	b := (&browser{w: w}).read(http.Get(w.server.URL + "/admin/vault?member=77"))
	if b.status != http.StatusOK || !strings.Contains(b.body, "************0011") || strings.Contains(b.body, "secret77") {
		t.Error(b.status, b.body)
	}
	if b.read(http.Get(w.server.URL + "/admin/vault?member=7")); b.body != `{"cards":[]}`+"\n" {
		t.Error(b.body)
	}
	w.admin("/admin/vault/remove", `{"memberId":"77","cardKey":"1"}`, nil)
	if r := w.ok("A03"); len(r.Cards) != 1 || r.Cards[0].CardKey != "2" {
		t.Error(r.raw)
	}
	for body, want := range map[string]int{
		`{"memberId":"77","cardKey":"1"}`: 404, `{"memberId":"78","cardKey":"2"}`: 404, `{"memberId":"77","cardKey":"2","traderCode":"x"}`: 400,
	} {
		if status := w.post("/admin/vault/remove", body, nil); status != want {
			t.Errorf("%s: %d", body, status)
		}
	}
}

// A test without a browser does what a buyer does.
func TestAdminChallenge(t *testing.T) {
	w := newWorld(t)
	o := w.challenged("K1", "SIMCHALLENGE0000")
	var back struct {
		URL    string
		Fields []MessageField
	}
	for _, c := range []struct{ request, resCode string }{
		{`{"orderNo":"K1","action":"cancel"}`, "0002"},
		{`{"orderNo":"K1","resCode":"0998"}`, "0998"},
		{`{"orderNo":"K1","action":"authenticate"}`, "0000"},
	} {
		back.Fields = nil
		w.admin("/admin/challenge", c.request, &back)
		if len(back.Fields) != 16 || back.Fields[11] != (MessageField{"RES_CODE", c.resCode}) || back.URL != "https://shop.example.test/back?a=1&b=2" {
			t.Fatal(back)
		}
	}
	ask := []string{"order_no", "K1", "three_d_token", o.threeDToken}
	for _, f := range back.Fields {
		ask = append(ask, wireName(f.Name), f.Value)
	}
	for body, want := range map[string]int{
		`{"orderNo":"K9","action":"cancel"}`: 404, `{"orderNo":"K1"}`: 400, `{"orderNo":"K1","resCode":"7"}`: 400,
	} {
		if status := w.post("/admin/challenge", body, nil); status != want {
			t.Errorf("%s: %d", body, status)
		}
	}
	page := func() string { return (&browser{w: w}).read(http.Get(w.server.URL + "/")).body }
	if !strings.Contains(page(), "認証待ち") {
		t.Error("the page does not say that the buyer is away")
	}
	w.ok("A09", ask...)
	if status := w.post("/admin/challenge", `{"orderNo":"K1","action":"cancel"}`, nil); status != 400 {
		t.Error(status)
	}
	if text := page(); !strings.Contains(text, "0000 認証成功") || !strings.Contains(text, "could not be run, no page (0007)") {
		t.Error("the page does not show what 3-D Secure came to")
	}
}
