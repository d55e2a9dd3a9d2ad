package simulator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
)

// asked is what a shop's page gives the library for a test card: the fields by
// their names, changes laid over them, and a fitting check sum unless given.
func asked(changes ...string) map[string]string {
	q := map[string]string{
		"traderCode": FirstTraderCode, "authDiv": "2", "optServDiv": "00", "cardNo": "0000000000000001",
		"cardOwner": "HANAKO YAMADA", "cardExp": "1230", "securityCode": "123",
	}
	for i := 0; i < len(changes); i += 2 {
		q[changes[i]] = changes[i+1]
	}
	member, key := q["memberId"], q["authKey"]
	if q["optServDiv"] == "00" {
		member, key = "", ""
	}
	if _, given := q["checkSum"]; !given {
		q["checkSum"] = checkSum(member, key, FirstAccessKey, q["authDiv"])
	}
	return q
}

// asMember is the option service's part of a request.
func asMember(changes ...string) map[string]string {
	return asked(append([]string{"optServDiv", "01", "memberId", "77", "authKey", "secret77"}, changes...)...)
}

// library asks as the library does.
func (w *world) library(q map[string]string) tokenAnswer {
	w.t.Helper()
	return w.libraryAt("/test_gateway/", q)
}

// libraryAt asks as the library of one of the gateway's roots does.
func (w *world) libraryAt(root string, q map[string]string) tokenAnswer {
	w.t.Helper()
	body, err := json.Marshal(q)
	if err != nil {
		w.t.Fatal(err)
	}
	resp, err := http.Post(w.server.URL+root+"token/create", "application/json", bytes.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	var a tokenAnswer
	if err := json.NewDecoder(resp.Body).Decode(&a); err != nil || resp.StatusCode != http.StatusOK {
		w.t.Fatal(resp.Status, err)
	}
	if resp.Header.Get("Access-Control-Allow-Origin") != "*" || resp.Header.Get("Cache-Control") != "no-store" {
		w.t.Fatal(resp.Header)
	}
	if (len(a.Token) == 16) == (len(a.Errors) > 0) {
		w.t.Fatalf("%+v", a)
	}
	return a
}

// made by a formula, so that no number that looks real stands here.
func wellFormed(prefix string, length int) string {
	for last := range 10 {
		if v := prefix + strings.Repeat("7", length-len(prefix)-1) + fmt.Sprint(last); luhn(v) {
			return v
		}
	}
	panic("no check digit fits")
}

// Every mistake of a buyer names its field; every mistake of a shop names none.
func TestTokenErrors(t *testing.T) {
	w := newWorld(t)
	limited := FullMerchant(other, FirstAccessKey)
	limited.ThreeDSecure, limited.Vault = false, false
	closed := limited
	closed.TraderCode, closed.API = "888880002", false
	idle := limited
	idle.TraderCode, idle.Card = "888880003", false
	for _, m := range []Merchant{limited, closed, idle} {
		if err := w.AddMerchant(m); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		code, item string
		request    map[string]string
	}{
		{"Z012000007", "", asked("traderCode", "123456789")},
		{"Z012000007", "", asked("traderCode", "")},
		{"Z012000008", "", asked("traderCode", closed.TraderCode)},
		{"A012000002", "", asked("traderCode", idle.TraderCode)},
		{"A011010901", "", asked("authDiv", "")},
		{"A011010971", "", asked("authDiv", "4")},
		{"A011011106", "", asked("optServDiv", "02")},
		{"A011012471", "", asked("checkSum", "")},
		{"A011012472", "", asked("checkSum", strings.ToUpper(checkSum("", "", FirstAccessKey, "2")))},
		{"A011012472", "", asked("checkSum", checkSum("", "", FirstAccessKey, "3"))}, // of another authDiv
		{"A012000003", "", asked("traderCode", other, "authDiv", "3")},
		{"A012020001", "", asMember("traderCode", other)},
		{"A011011971", "", asMember("memberId", "")},
		{"A011011972", "", asMember("memberId", long(65))},
		{"A011011973", "", asMember("memberId", "a-b")},
		{"A011012071", "", asMember("authKey", "")},
		{"A011012072", "", asMember("authKey", long(9))},
		{"A011012073", "", asMember("authKey", "a b")},
		{"A011012171", "", asMember("cardKey", "4")},
		{"A011012271", "", asMember("cardKey", "1", "lastCreditDate", "")},
		{"A012030001", "", asMember("cardKey", "1", "lastCreditDate", "20260401120000")},

		{"A011011471", "cardNo", asked("cardNo", "")},
		{"A011011472", "cardNo", asked("cardNo", "000000000000001")},
		{"A011011472", "cardNo", asked("cardNo", "4111")},
		{"A011011472", "cardNo", asked("cardNo", wellFormed("37", 15)+"7")},
		{"A011011473", "cardNo", asked("cardNo", "0000 0000 0000 0001")},
		{checkDigitWrong, "cardNo", asked("cardNo", "4777777777777777")},
		{brandUnknown, "cardNo", asked("cardNo", "0000000000210001")},
		{brandUnknown, "cardNo", asked("cardNo", wellFormed("62", 16))},
		{"A011011672", "cardOwner", asked("cardOwner", "A")},
		{"A011011672", "cardOwner", asked("cardOwner", long(31))},
		{"A011011673", "cardOwner", asked("cardOwner", "山田 花子")},
		{"A011011771", "cardExp", asked("cardExp", "")},
		{"A011011772", "cardExp", asked("cardExp", "1330")},
		{"A011011772", "cardExp", asked("cardExp", "12/30")},
		{"A011011773", "cardExp", asked("cardExp", "0326")},
		{"A011011571", "securityCode", asked("securityCode", "")},
		{"A011011571", "securityCode", asked("authDiv", "3", "securityCode", "")},
		{"A011011572", "securityCode", asked("securityCode", "12")},
		{"A011011572", "securityCode", asked("securityCode", "12345")},
		{"A011011573", "securityCode", asked("securityCode", "12a")},

		{"", "", asked()},
		{"", "", asked("cardOwner", "")},
		{"", "", asked("cardOwner", "J.-P. O,9")},
		{"", "", asked("authDiv", "0", "securityCode", "")},
		{"", "", asked("authDiv", "1", "securityCode", "")},
		{"", "", asked("authDiv", "3", "securityCode", "1234")},
		{"", "", asked("memberId", "77", "authKey", "secret77")}, // without the option service they mean nothing
		{"", "", asMember()},
	} {
		a := w.library(c.request)
		got := tokenError{}
		if len(a.Errors) > 0 {
			got = a.Errors[0]
		}
		if got.Code != c.code || got.Item != c.item || len(a.Errors) > 1 || (got.Message == "") != (c.code == "") {
			t.Errorf("%v: %+v, want %s %s", c.request, a, c.code, c.item)
		}
	}
	all := w.library(asked("cardNo", "", "cardOwner", "?", "cardExp", "", "securityCode", ""))
	if items := fmt.Sprint(all.Errors[0].Item, all.Errors[1].Item, all.Errors[2].Item, all.Errors[3].Item); items != "cardNocardOwnercardExpsecurityCode" {
		t.Error(items)
	}
}

// R01, R24: brand, length and check digit are judged for the five brands, and
// a number that passes is refused all the same.
func TestRealNumbersAreRefused(t *testing.T) {
	for _, b := range brandRanges {
		for _, prefix := range []string{b.from, b.to} {
			good := wellFormed(prefix, b.length)
			if got := numberError(good); got != realCard {
				t.Errorf("%s: %s", prefix, got)
			}
			wrong := good[:len(good)-1] + string('0'+(good[len(good)-1]-'0'+1)%10)
			if got := numberError(wrong); got != checkDigitWrong {
				t.Errorf("%s: %s", prefix, got)
			}
		}
	}
	for class := range cardClasses {
		if got := numberError(fmt.Sprintf("%012d%04d", class, 42)); got != "" {
			t.Errorf("class %d: %s", class, got)
		}
	}
}

// A token of the library does what was bound in it (protocol 4): it pays once,
// asks for 3-D Secure, stores the card, and pays with a stored one.
func TestTokenOfTheLibrary(t *testing.T) {
	w := newWorld(t)
	text := w.library(asked()).Token
	w.ok("A08", "token", text)
	w.refused("A082000004", "A08", "order_no", "K2", "token", text)
	w.challenged("K3", w.library(asked("authDiv", "1")).Token)

	w.ok("A08", "order_no", "K4", "token", w.library(asMember()).Token)
	card := w.ok("A03").Cards[0]
	stored := []string{"cardKey", "1", "lastCreditDate", card.LastCreditDate, "cardNo", "", "cardOwner", "", "cardExp", ""}
	w.ok("A08", "order_no", "K5", "token", w.library(asMember(stored...)).Token)
	if a := w.library(asMember(stored...)); a.Errors[0].Code != "A012030001" { // P55: used meanwhile
		t.Error(a)
	}
	if r := w.ok("A03"); len(r.Cards) != 1 || r.Cards[0].CardOwner != "HANAKO YAMADA" {
		t.Error(r.raw)
	}
}

// The library is where the provider has it, says what the interface says, and
// any shop's page may load and ask it.
func TestLibraryAndCORS(t *testing.T) {
	w := newWorld(t)
	for _, root := range []string{"/test_gateway/", "/api/"} {
		resp, err := http.Get(w.server.URL + root + "token/js/embeddedTokenLib.js")
		if err != nil {
			t.Fatal(err)
		}
		script, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		h := resp.Header
		if resp.StatusCode != http.StatusOK || h.Get("Content-Type") != "text/javascript; charset=UTF-8" ||
			h.Get("Cache-Control") != "no-store" || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Error(resp.Status, h)
		}
		for _, want := range []string{"WebcollectTokenLib", "createToken", "document.currentScript", "onSuccess", "onFailure", "errorItem", "Z012000011"} {
			if !strings.Contains(string(script), want) {
				t.Errorf("%s is not in the library", want)
			}
		}
		for _, name := range []string{
			"traderCode", "authDiv", "optServDiv", "memberId", "authKey", "checkSum", "cardNo", "cardOwner", "cardExp",
			"securityCode", "cardKey", "lastCreditDate",
		} {
			if !strings.Contains(string(script), `"`+name+`"`) {
				t.Errorf("the library does not send %s", name)
			}
		}
		req, _ := http.NewRequest(http.MethodOptions, w.server.URL+root+"token/create", nil)
		if resp, err = http.DefaultClient.Do(req); err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		h = resp.Header
		if resp.StatusCode != http.StatusNoContent || h.Get("Access-Control-Allow-Origin") != "*" ||
			h.Get("Access-Control-Allow-Headers") != "Content-Type" || h.Get("Access-Control-Allow-Credentials") != "" {
			t.Error(resp.Status, h)
		}
	}
	for _, c := range []struct {
		method, path, kind, body string
		status                   int
	}{
		{"GET", "/test_gateway/token/create", "", "", 405},
		{"POST", "/test_gateway/token/js/embeddedTokenLib.js", "application/json", "{}", 405},
		{"POST", "/api/token/create", "text/plain", "{}", 415},
		{"POST", "/api/token/create", "application/json", "{", 400},
		{"POST", "/api/token/create", "application/json", `{"cardNo":1}`, 400},
		{"POST", "/api/token/create", "application/json", `"` + long(maxBody) + `"`, 400},
	} {
		req, _ := http.NewRequest(c.method, w.server.URL+c.path, strings.NewReader(c.body))
		req.Header.Set("Content-Type", c.kind)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != c.status {
			t.Errorf("%s %s %s: %d", c.method, c.path, c.kind, resp.StatusCode)
		}
	}
}

// P59, R24: a number that looks real, given to every door that takes one, is in
// no file of the books, no line of the log, no answer and not on the page.
func TestCanary(t *testing.T) {
	var logged bytes.Buffer
	w := newWorld(t, func(o *Options) {
		o.Logger = slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	number := wellFormed("4", 16)
	heard, _ := json.Marshal(w.library(asked("cardNo", number)))
	more, _ := json.Marshal(w.library(asked("cardNo", number, "cardOwner", number, "checkSum", "", "memberId", number)))
	var admin map[string]any
	w.post("/admin/token", `{"cardNo":"`+number+`","cardExp":"1230"}`, &admin)
	raw := w.refused("A012060001", "A01", "card_no", number, "reserve_1", number)
	w.refused("A042000003", "A04", "card_no", number, "reserve_1", "A042000003")
	page, err := http.Get(w.server.URL + "/")
	if err != nil {
		t.Fatal(err)
	}
	shown, _ := io.ReadAll(page.Body)
	page.Body.Close()
	// A test card is kept by class, last four and hash, never whole.
	test := "0000000000120345"
	w.library(asked("cardNo", test))
	w.ok("A08", "token", w.library(asMember("cardNo", "0000000000030345")).Token)

	path := w.path
	w.close()
	books, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(books) < 1000 || logged.Len() < 100 {
		t.Fatal("nothing was written at all")
	}
	for where, text := range map[string][]byte{
		"books": books, "log": logged.Bytes(), "answers": slices.Concat(heard, more, []byte(fmt.Sprint(admin, raw.raw))), "page": shown,
	} {
		for _, secret := range []string{number, test, "0000000000030345"} {
			if bytes.Contains(text, []byte(secret)) {
				t.Errorf("a card number in the %s", where)
			}
		}
	}
}

// Whatever is posted to the token endpoint, it answers a token or what is
// wrong, names only fields that a buyer has, and repeats nothing.
func FuzzTokenEndpoint(f *testing.F) {
	for _, q := range []map[string]string{asked(), asMember(), asked("cardNo", wellFormed("5100", 16)), asked("authDiv", "3")} {
		body, _ := json.Marshal(q)
		f.Add(string(body))
	}
	f.Add(`{"cardNo":"４１１１"}`)
	f.Add(`[]`)
	w := newWorld(f)
	f.Fuzz(func(t *testing.T, body string) {
		var q TokenRequest
		if json.Unmarshal([]byte(body), &q) != nil {
			return
		}
		if live := w.createToken(q, true); live.Token != "" || len(live.Errors) == 0 { // R24
			t.Fatalf("%q: %+v in production", body, live)
		}
		a := w.createToken(q, false)
		if (a.Token == "") == (len(a.Errors) == 0) || a.Token != "" && (len(a.Token) != 16 || !alphanumeric(a.Token)) {
			t.Fatalf("%q: %+v", body, a)
		}
		if _, test := classOf(q.CardNo); a.Token != "" && !test && q.CardKey == "" {
			t.Fatalf("%q: a token for no test card", body)
		}
		for _, e := range a.Errors {
			if e.Message == "" || !slices.Contains([]string{"", "cardNo", "cardOwner", "cardExp", "securityCode"}, e.Item) {
				t.Fatalf("%q: %+v", body, e)
			}
		}
		text, _ := json.Marshal(a.Errors)
		if len(q.CardNo) > 10 && digits(q.CardNo) && strings.Contains(string(text), q.CardNo) {
			t.Fatalf("%q is repeated", q.CardNo)
		}
	})
}
