package vault

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/acquirer/simulator"
	"kessai.dev/kessai/internal/acquirer/webcollect"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

// script makes a token as the provider's script does in a browser.
func script(t *testing.T, e Entry, number string) card.Token {
	t.Helper()
	info := map[string]string{
		"traderCode": e.TraderCode, "authDiv": e.AuthDiv, "optServDiv": e.OptServDiv,
		"memberId": e.MemberID, "authKey": e.AuthKey, "checkSum": e.CheckSum, "securityCode": "123",
	}
	if e.CardKey != "" {
		info["cardKey"], info["lastCreditDate"] = e.CardKey, e.LastCreditDate
	} else {
		info["cardNo"], info["cardExp"], info["cardOwner"] = number, "1230", "KURONEKO TARO"
	}
	body, err := json.Marshal(info)
	if err != nil {
		t.Fatal(err)
	}
	root, ok := strings.CutSuffix(e.ScriptURI, "/js/embeddedTokenLib.js")
	if !ok {
		t.Fatalf("the script is at %s", e.ScriptURI)
	}
	resp, err := http.Post(root+"/create", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var made struct{ Token card.Token }
	if err := json.NewDecoder(resp.Body).Decode(&made); err != nil || !made.Token.Valid() {
		t.Fatalf("%s, %v", resp.Status, err)
	}
	return made.Token
}

// P54 P55 P56 P58: a customer's cards, from the first to the last, in the
// provider's own protocol: saved while paying, registered, paid with, changed,
// needed, removed, and its key used again.
func TestAgainstProvider(t *testing.T) {
	now := noon()
	s, err := simulator.Open(simulator.Options{Path: filepath.Join(t.TempDir(), "provider.db"), Clock: now.Now, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s.Handler())
	t.Cleanup(func() { server.Close(); _ = s.Close() })
	connector, err := webcollect.New(webcollect.Options{TestBase: server.URL + "/test_gateway", Clock: now.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(connector.Close)
	r := rigOn(t, nil, now, connector)

	pay := func(order string, m payment.Means) *payment.Payment {
		t.Helper()
		got, err := r.proc.Create(t.Context(), r.caller, r.request("CreatePayment"), processor.Create{Amount: 5080, OrderNumber: order, Customer: "m", Means: m})
		if err != nil || got.Payment.State != payment.Authorized {
			t.Fatalf("%+v, %v", got.Payment, err)
		}
		r.quiet()
		return got.Payment
	}
	register := func(number string) Card {
		t.Helper()
		token := script(t, r.entry(EntryRequest{Customer: "m", Save: true}), number)
		k, _, err := r.Register(t.Context(), r.caller, r.request("CreateCard"), Registration{Customer: "m", Token: token})
		if err != nil || !k.Active() {
			t.Fatalf("%+v, %v", k, err)
		}
		r.quiet()
		return k
	}

	pay("1", payment.Means{Token: script(t, r.entry(EntryRequest{Customer: "m", Save: true, Amount: 5080}), "0000000000000001"), Save: true})
	second, third := register("0000000000010002"), register("0000000000020003")
	list := r.list("m")
	if len(list) != 3 || list[0].Hint.LastFour != "0001" || list[1].ID != second.ID || list[2].Hint.LastFour != "0003" || list[1].Hint.Expiry != "12/30" {
		t.Fatalf("%+v", list)
	}
	if e := r.entry(EntryRequest{Customer: "m", Save: true}); e.Saving != savingFull || e.MemberID != "" || len(e.Cards) != 3 {
		t.Errorf("%+v", e)
	}
	got, err := r.Update(t.Context(), r.caller, "m", second.ID, acquirer.CardChange{Expiry: "01/31", Holder: "KURONEKO HANAKO"})
	if err != nil || got.Hint.Expiry != "01/31" || got.Holder != "KURONEKO HANAKO" {
		t.Errorf("%+v, %v", got, err)
	}
	alone := pay("2", payment.Means{Stored: second.ID})
	shopper := pay("3", payment.Means{Stored: second.ID, Token: script(t, r.entry(EntryRequest{Customer: "m", Card: second.ID, Amount: 5080}), "")})
	_, err = r.Remove(t.Context(), r.caller, "m", second.ID)
	used, ok := errors.AsType[*InUseError](err)
	if !ok || !slices.Contains(used.Payments, alone.ID) || !slices.Contains(used.Payments, shopper.ID) || len(used.Payments) != 2 {
		t.Fatalf("%v", err)
	}
	for _, p := range []*payment.Payment{alone, shopper} {
		if _, err := r.proc.Command(t.Context(), r.caller, r.request("CancelPayment"), p.ID, payment.Cancel{}); err != nil {
			t.Fatal(err)
		}
	}
	if got, err = r.Remove(t.Context(), r.caller, "m", second.ID); err != nil || got.Gone.IsZero() {
		t.Fatalf("%+v, %v", got, err)
	}
	fourth := register("0000000000030004")
	if fourth.Key != second.Key || fourth.ID == second.ID {
		t.Errorf("%+v after %+v", fourth, second)
	}
	if list = r.list("m"); len(list) != 3 || list[1].ID != third.ID || list[2].ID != fourth.ID {
		t.Errorf("%+v", list)
	}
	if found, err := r.Check(t.Context()); err != nil || found != (Findings{Members: 1}) {
		t.Errorf("%+v, %v", found, err)
	}
}
