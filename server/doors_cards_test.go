package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	vaultv1 "kessai.dev/kessai/gen/kessai/vault/v1"
)

// testCard is one of the simulator's: approved, after a challenge.
const testCard = "0000000000000001"

// token does what the provider's script does with a card entry.
func (p shopper) token(entry map[string]any, card string) string {
	p.t.Helper()
	text := func(k string) string { v, _ := entry[k].(string); return v }
	raw, _ := json.Marshal(map[string]string{
		"traderCode": text("traderCode"), "authDiv": text("authDiv"), "optServDiv": text("optionServiceDiv"), "memberId": text("memberId"),
		"authKey": text("authenticationKey"), "checkSum": text("checkSum"), "cardKey": text("cardKey"), "lastCreditDate": text("lastCreditDate"),
		"cardNo": card, "cardExp": "1230", "cardOwner": "HANAKO YAMADA", "securityCode": "123",
	})
	address := text("scriptUri")
	address = address[:strings.LastIndex(address, "/js/")] + "/create"
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, address, bytes.NewReader(raw))
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	res, err := p.client.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var answer struct {
		Token     string
		ErrorInfo []any
	}
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil || answer.Token == "" {
		p.t.Fatalf("%v %+v for %s", err, answer, raw)
	}
	return answer.Token
}

// TestEveryDoorCards tells by every protocol how a customer's card is kept while
// it pays with 3-D Secure, pays again, is changed and removed, and how one is
// registered alone; and compares the answers word for word.
// R04 R13 R15 R18 R38 P50 P52 P56
func TestEveryDoorCards(t *testing.T) {
	s := startServer(t)
	everyWire(t, s, demoSecureKey, func(tale *story) { tale.cards(newShopper(t)) })
}

func (s *story) cards(browser shopper) {
	customer := s.tag
	pay := func(as, key string) {
		s.create(as, key, &paymentv1.CreatePaymentRequest{Amount: 5080, OrderNumber: s.tag + as, Customer: customer}, "STATE_PENDING")
	}
	entry := func(r *vaultv1.CreateCardEntryRequest) map[string]any {
		return s.ask("CreateCardEntry", "", r, "cardEntry").Body["cardEntry"].(map[string]any)
	}

	// The card is kept while it pays.
	pay("A", "a")
	kept := browser.token(entry(&vaultv1.CreateCardEntryRequest{Payment: s.names["A"], SaveCard: true}), testCard)
	a := s.do("ConfirmPayment", "b", &paymentv1.ConfirmPaymentRequest{Name: s.names["A"], CardToken: kept, SaveCard: true}, "STATE_AUTHENTICATING")
	if to := browser.authenticate(s.challengeURI(a, "payment"), "authenticate"); !strings.HasSuffix(to, "/checkout/"+strings.TrimPrefix(s.names["A"], "payments/")) {
		s.t.Fatalf("%s: the shopper ended at %s", s.tag, to)
	}
	s.liable("A", "PROTECTED")
	cards, _ := s.ask("ListCards", "", &vaultv1.ListCardsRequest{Parent: "customers/" + customer}, "cards").Body["cards"].([]any)
	if len(cards) != 1 {
		s.t.Fatalf("%s: %v", s.tag, cards)
	}
	card := cards[0].(map[string]any)["name"].(string)
	id := card[strings.LastIndexByte(card, '/')+1:]
	s.ask("GetCard", "", &vaultv1.GetCardRequest{Name: card}, "card")
	s.fails("GetCard", "", &vaultv1.GetCardRequest{Name: strings.Replace(card, customer, "somebody", 1)}, "NOT_FOUND")
	s.ask("UpdateCard", "", &vaultv1.UpdateCardRequest{Name: card, Expiry: "12/31"}, "card")
	s.ask("ListInstallmentOptions", "", &vaultv1.ListInstallmentOptionsRequest{CardPrefix: "41111111", Amount: 5080}, "installmentOptions")
	s.fails("ListInstallmentOptions", "", &vaultv1.ListInstallmentOptionsRequest{CardPrefix: "411111111", Amount: 5080}, "INVALID_REQUEST")

	// It pays again; the shopper calls 3-D Secure off, then passes it.
	pay("B", "c")
	again := func(key, action string) {
		token := browser.token(entry(&vaultv1.CreateCardEntryRequest{Payment: s.names["B"], Card: id}), "")
		a := s.do("ConfirmPayment", key, &paymentv1.ConfirmPaymentRequest{Name: s.names["B"], Card: id, CardToken: token}, "STATE_AUTHENTICATING")
		browser.authenticate(s.challengeURI(a, "payment"), action)
	}
	again("d", "cancel")
	s.get("B", "STATE_DECLINED")
	again("e", "authenticate")
	s.liable("B", "PROTECTED")
	s.fails("DeleteCard", "", &vaultv1.DeleteCardRequest{Name: card}, "CARD_IN_USE")

	// The server charges it alone: nobody but the shop answers for that.
	s.create("C", "f", &paymentv1.CreatePaymentRequest{Amount: 700, OrderNumber: s.tag + "C", Customer: customer, Card: id}, "STATE_AUTHORIZED")
	s.liable("C", "NOT_PROTECTED")
	for i, as := range []string{"A", "B", "C"} {
		s.do("CancelPayment", "g"+itoa(i), &paymentv1.CancelPaymentRequest{Name: s.names[as]}, "STATE_CANCELED")
	}
	for range 2 {
		s.ask("DeleteCard", "", &vaultv1.DeleteCardRequest{Name: card}, "card")
	}

	// One is registered alone.
	token := browser.token(entry(&vaultv1.CreateCardEntryRequest{Customer: customer, SaveCard: true}), testCard)
	r := &vaultv1.CreateCardRequest{Parent: "customers/" + customer, CardToken: token}
	alone := s.ask("CreateCard", "h", r, "card")
	browser.authenticate(s.challengeURI(alone, "card"), "authenticate")
	name := alone.Body["card"].(map[string]any)["name"].(string)
	s.until("GetCard", &vaultv1.GetCardRequest{Name: name}, "STATE_ACTIVE")
	if replayed := s.ask("CreateCard", "h", r, "card"); !replayed.Replayed {
		s.t.Fatalf("%s: %+v", s.tag, replayed)
	}
}

// until asks for a card until it is in a state: what the provider keeps is
// learned behind the answer.
func (s *story) until(method string, req proto.Message, state string) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), time.Minute)
	defer cancel()
	for ctx.Err() == nil {
		a := s.call(ctx, method, "", req, response(method))
		if card, _ := a.Body["card"].(map[string]any); card["state"] == state {
			s.say(method, a)
			return
		}
	}
	s.t.Fatalf("%s %s: never %s", s.tag, method, state)
}
