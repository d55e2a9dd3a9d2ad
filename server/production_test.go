package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kessai.dev/kessai/internal/acquirer/simulator"
	"kessai.dev/kessai/internal/shop"
)

const testBearer, liveBearer = "sk_test_both", "sk_live_both"

// providerBeside runs the simulator in this process, on the server's clock.
func providerBeside(t *testing.T, clock func() time.Time) (*simulator.Simulator, string) {
	t.Helper()
	sim, err := simulator.Open(simulator.Options{Path: filepath.Join(t.TempDir(), "simulator.db"), Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(sim.Handler())
	t.Cleanup(func() {
		srv.Close()
		if err := sim.Close(); err != nil {
			t.Error(err)
		}
	})
	return sim, srv.URL
}

// bothEnvironments starts a server with one shop, one contract and both
// environments, whose provider is the simulator's test and production side.
func bothEnvironments(t *testing.T) (*server, *simulator.Simulator, string) {
	t.Helper()
	dir, clock := t.TempDir(), dayClock()
	keyFile, config := filepath.Join(dir, "access.key"), filepath.Join(dir, "kessai.json")
	text := fmt.Sprintf(`{"contracts":[{"id":"main","traderCode":%q,"accessKeyFile":%q,"flags":{"testAllowed":true,"vault":true,"threeDSecure":true,"captureByCode99":true}}],
		"shops":[{"id":"s","name":"S","contracts":{"TEST":"main","PRODUCTION":"main"}}],
		"keys":[{"sha256":"%x","shop":"s","environment":"TEST","scopes":["storefront","operator"]},{"sha256":"%x","shop":"s","environment":"PRODUCTION","scopes":["storefront","operator"]}]}`,
		demoTraderCode, keyFile, shop.HashKey(testBearer), shop.HashKey(liveBearer))
	for name, content := range map[string]string{keyFile: demoAccessKey, config: text} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sim, root := providerBeside(t, clock)
	s := startAt(t, config, clock, func(f *Flags) {
		f.Provider, f.productionBase, f.PublicURL = root+"/test_gateway", root+"/api", "https://pay.example.test"
	})
	return s, sim, root
}

// oneCard is a fresh token of a test card, as the browser of TEST gets it.
// authDiv 3 asks for 3-D Secure, 2 does not.
func oneCard(t *testing.T, sim *simulator.Simulator, authDiv string) string {
	t.Helper()
	token, _, err := sim.NewToken(simulator.TokenRequest{TraderCode: demoTraderCode, AuthDiv: authDiv, CardNo: testCard, CardExp: "1230", CardOwner: "HANAKO YAMADA"})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// text reads a field of a JSON answer; empty if it is none.
func text(m any, path ...string) string {
	for _, name := range path {
		object, _ := m.(map[string]any)
		m = object[name]
	}
	s, _ := m.(string)
	return s
}

// R24: the same test card is authorized in TEST and declined in PRODUCTION, where
// the provider refuses it: with a reason, nothing held, and what to do in both
// languages. A scenario token, and a card that asks for 3-D Secure, fare no better.
func TestTestCardsInProduction(t *testing.T) {
	s, sim, _ := bothEnvironments(t)
	buy := func(bearer, number, token string) map[string]any {
		t.Helper()
		status, p := browse(t, s, bearer, "POST", "/v1/payments", "k"+number, `{"amount":5080,"orderNumber":"`+number+`","cardToken":"`+token+`",
			"order":{"buyer":{"name":"黒猫 太郎","phone":"03-1234-5678","email":"taro@example.com"}}}`)
		if status != http.StatusOK {
			t.Fatalf("%s: %d %v", number, status, p)
		}
		return p
	}
	held := func() (list []string) { // what the provider holds, or waits with
		t.Helper()
		all, err := sim.Transactions("", 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range all {
			if one.ApprovalNumber != "" || one.Status != 11 { // 11: refused
				list = append(list, one.OrderNo)
			}
		}
		return list
	}
	cards := []struct {
		number, inTest string
		token          func() string
	}{
		{"1396", "STATE_AUTHORIZED", func() string { return oneCard(t, sim, "2") }},
		{"1397", "STATE_AUTHENTICATING", func() string { return oneCard(t, sim, "3") }},
		{"1398", "STATE_AUTHORIZED", func() string { return "SIMAPPROVED00000" }},
		{"1399", "STATE_AUTHENTICATING", func() string { return "SIMCHALLENGE0000" }},
	}
	for _, c := range cards {
		number, p := c.number, buy(liveBearer, c.number, c.token())
		name := text(p, "name")
		if p["state"] != "STATE_DECLINED" || strings.Contains(fmt.Sprint(p), "approvalNumber") || text(p, "decline", "reason") != "CARD_INVALID" || text(p, "decline", "providerCode") != "A082000010/G61" {
			t.Errorf("%s: %v", number, p)
		}
		if _, e := browse(t, s, liveBearer, "GET", "/v1/"+name+":explain", "", ""); !strings.Contains(fmt.Sprint(e), "test cards are not accepted") || !strings.Contains(fmt.Sprint(e), "テストカードは使えません") {
			t.Errorf("%s: %v", number, e)
		}
	}
	if list := held(); len(list) != 0 {
		t.Fatalf("held in PRODUCTION: %v", list)
	}
	if all, err := sim.Transactions("", 100); err != nil || len(all) != len(cards) { // it was asked, and not we refused
		t.Fatalf("%v %v", all, err)
	}
	_, errs := browse(t, s, liveBearer, "GET", "/v1/paymentErrors", "", "")
	if list := list(errs["errors"]); len(list) != len(cards) {
		t.Errorf("%v", errs)
	}
	for _, e := range list(errs["errors"]) {
		if text(e, "kind") != "DECLINED" || text(e, "reason") != "CARD_INVALID" || text(e, "providerCode") != "A082000010/G61" || e.(map[string]any)["retrySafe"] != nil ||
			!strings.Contains(text(e, "english"), "in PRODUCTION, test cards are not accepted. Only another card will do") ||
			!strings.Contains(text(e, "japanese"), "本番環境ではテストカードは使えません") || !strings.Contains(text(e, "japanese"), "別のカード") {
			t.Errorf("%v", e)
		}
	}

	for _, c := range cards {
		if p := buy(testBearer, c.number, c.token()); p["state"] != c.inTest || p["decline"] != nil {
			t.Errorf("%s in TEST: %v", c.number, p)
		}
	}
	if _, errs := browse(t, s, testBearer, "GET", "/v1/paymentErrors", "", ""); errs["errors"] != nil {
		t.Errorf("in TEST: %v", errs)
	}
	if list := held(); len(list) != len(cards) {
		t.Errorf("held in TEST: %v", list)
	}
}

// R23 R24 R25: the connection test in PRODUCTION says that it was a test card,
// and what to do instead; nothing is left at the provider.
func TestConnectionTestInProduction(t *testing.T) {
	s, sim, _ := bothEnvironments(t)
	lines := connectionTest(t, s, liveBearer, "card", `{"production":true,"cardTokens":["`+oneCard(t, sim, "2")+`"]}`)
	if f := named(t, lines, "purchase").Step; f.Result != "failed" || f.ProviderCode != "A082000010/G61" || !strings.Contains(f.Message, "A test card never works in PRODUCTION") || !strings.Contains(f.MessageJa, "本番環境ではテストカードは使えません") {
		t.Errorf("%+v", f)
	}
	lines = connectionTest(t, s, liveBearer, "tests", `{"cardTokens":["`+oneCard(t, sim, "2")+`"]}`)
	if f := named(t, lines, "environment").Step; f.Result != "failed" || !strings.Contains(f.Message, "test cards are refused") || !strings.Contains(f.MessageJa, "テストカードは使えません") {
		t.Errorf("%+v", f)
	}
	all, err := sim.Transactions("", 100)
	if err != nil || slices.ContainsFunc(all, func(one simulator.Transaction) bool { return one.ApprovalNumber != "" }) {
		t.Errorf("%v %v", all, err)
	}
}

// R24: a card entry of PRODUCTION leads the browser to the provider's production
// side, which makes no token of a test card and says so at the card's number; one
// of TEST leads to the test side, which does.
func TestCardEntryInProduction(t *testing.T) {
	s, _, root := bothEnvironments(t)
	for bearer, want := range map[string]string{liveBearer: root + "/api/", testBearer: root + "/test_gateway/"} {
		_, p := browse(t, s, bearer, "POST", "/v1/payments", "k", `{"amount":5080,"orderNumber":"1396","order":{"buyer":{"name":"黒猫 太郎","phone":"03-1234-5678","email":"taro@example.com"}}}`)
		status, made := browse(t, s, bearer, "POST", "/v1/cardEntries", "", `{"payment":"`+text(p, "name")+`"}`)
		entry, _ := made["cardEntry"].(map[string]any)
		if entry == nil {
			entry = made
		}
		script := text(entry, "scriptUri")
		if status != http.StatusOK || !strings.HasPrefix(script, want) {
			t.Fatalf("%d %v", status, made)
		}
		raw, err := json.Marshal(map[string]string{
			"traderCode": text(entry, "traderCode"), "authDiv": text(entry, "authDiv"), "optServDiv": text(entry, "optionServiceDiv"), "memberId": text(entry, "memberId"),
			"authKey": text(entry, "authenticationKey"), "checkSum": text(entry, "checkSum"), "cardNo": testCard, "cardExp": "1230", "cardOwner": "HANAKO YAMADA", "securityCode": "123",
		})
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.Post(script[:strings.LastIndex(script, "/js/")]+"/create", "application/json", bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		var answer struct {
			Token     string
			ErrorInfo []struct{ ErrorCode, ErrorMsg, ErrorItem string }
		}
		err = json.NewDecoder(res.Body).Decode(&answer)
		_ = res.Body.Close()
		switch live := bearer == liveBearer; {
		case err != nil, live != (answer.Token == ""), live != (len(answer.ErrorInfo) == 1):
			t.Errorf("%s: %+v %v", want, answer, err)
		case live && (answer.ErrorInfo[0].ErrorCode != "A012060001" || answer.ErrorInfo[0].ErrorItem != "cardNo" || !strings.Contains(answer.ErrorInfo[0].ErrorMsg, "本番環境")):
			t.Errorf("%+v", answer.ErrorInfo)
		}
	}
}

// R24: nobody can point PRODUCTION elsewhere: not by a flag, the environment or
// the config file.
func TestProductionIsTheProvidersOnly(t *testing.T) {
	for _, name := range []string{"production-base", "productionBase", "ProductionBase", "production_base"} {
		config := filepath.Join(t.TempDir(), "kessai.json")
		if err := os.WriteFile(config, []byte(`{"`+name+`":"http://127.0.0.1:1/api"}`), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"serve", "--" + name, "http://127.0.0.1:1/api"}, {"serve", "--config", config}} {
			var out, complaint bytes.Buffer
			if status := run(t.Context(), args, &out, &complaint); status != 2 || !strings.Contains(complaint.String(), name) {
				t.Errorf("%v: %d %s", args, status, &complaint)
			}
		}
	}
	var out, complaint bytes.Buffer
	if status := run(t.Context(), []string{"serve", "--help"}, &out, &complaint); status != 0 || !strings.Contains(out.String(), "KESSAI_PROVIDER") || strings.Contains(strings.ToLower(out.String()), "production-base") || strings.Contains(out.String(), "PRODUCTION_BASE") {
		t.Errorf("%d %s", status, &out)
	}
}
