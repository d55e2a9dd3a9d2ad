package simulator

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"go.etcd.io/bbolt"
)

// send posts a body as it is and reads the answer.
func (w *world) send(path, kind, body string) (reading, *http.Response) {
	w.t.Helper()
	resp, err := http.Post(w.server.URL+path, kind, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		w.t.Fatalf("%s: %d %v", path, resp.StatusCode, err)
	}
	return readAnswer(w.t, string(text)), resp
}

const urlencoded = "application/x-www-form-urlencoded"

// Protocol 1 and 7: what the gateway says before it looks at a function. Even
// these are XML with status 200 (3.2, trap 4).
func TestCommonErrors(t *testing.T) {
	w := newWorld(t)
	for name, m := range map[string]func(*Merchant){
		"888880003": func(m *Merchant) { m.Suspended = true },
		"888880004": func(m *Merchant) { m.API = false },
		"888880005": func(m *Merchant) { m.AllowedIPs = []string{"192.0.2.1"} },
		"888880006": func(m *Merchant) { m.AllowedIPs = []string{"192.0.2.1", "127.0.0.1"} },
	} {
		one := FullMerchant(name, "1")
		m(&one)
		if err := w.AddMerchant(one); err != nil {
			t.Fatal(err)
		}
	}
	inquiry := func(changes ...string) string { return w.values("E04", changes...).Encode() }
	for _, c := range []struct{ path, kind, body, code string }{
		{"/test_gateway/tradeInfo.api", urlencoded, inquiry(), ""},
		{"/test_gateway/tradeInfo.api", urlencoded + "; charset=UTF-8", inquiry(), ""},
		{"/api/tradeInfo", urlencoded, inquiry(), ""},
		{"/api/tradeInfo", urlencoded, inquiry("function_div", "-"), "Z012000002"},
		{"/api/tradeInfo", "text/plain", inquiry(), "Z012000002"},
		{"/api/tradeInfo", urlencoded, "", "Z012000002"},
		{"/api/tradeInfo", urlencoded, inquiry("function_div", "E99"), "Z012000003"},
		{"/api/tradeInfo", urlencoded, inquiry("function_div", "e04"), "Z012000003"},
		{"/api/tradeInfo", urlencoded, inquiry("function_div", "A03"), ""}, // answered by URL
		{"/api/tradeinfo", urlencoded, inquiry(), "Z012000003"},
		{"/api/tradeInfo.api", urlencoded, inquiry(), "Z012000003"},
		{"/test_gateway/tradeInfo", urlencoded, inquiry(), "Z012000003"},
		{"/api/", urlencoded, inquiry(), "Z012000003"},
		{"/api/tradeInfo", urlencoded, inquiry("trader_code", "888880000"), "Z012000007"},
		{"/api/tradeInfo", urlencoded, inquiry("trader_code", "888880003"), "Z012000007"},
		{"/api/tradeInfo", urlencoded, inquiry("trader_code", "888880004"), "Z012000008"},
		{"/api/tradeInfo", urlencoded, inquiry("trader_code", "888880005"), "Z012000009"}, // P92
		{"/api/tradeInfo", urlencoded, inquiry("trader_code", "888880006"), ""},
	} {
		if got, _ := w.send(c.path, c.kind, c.body); got.ErrorCode != c.code {
			t.Errorf("%s %s %s: %q, want %q", c.path, c.kind, c.body, got.ErrorCode, c.code)
		}
	}
	// The address can be asked from anywhere: that is how one learns it.
	r, resp := w.send("/test_gateway/traderIp.api", urlencoded, "function_div=H01&trader_code=888880005")
	if r.IPAddress != "127.0.0.1" || resp.Header.Get("Cache-Control") != "no-store" || resp.Header.Get("Content-Type") != xmlType {
		t.Errorf("%s %v", r.raw, resp.Header)
	}
	for _, method := range []string{http.MethodGet, http.MethodPut} {
		req, _ := http.NewRequest(method, w.server.URL+"/test_gateway/tradeInfo.api?"+inquiry(), nil)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		if got := readAnswer(t, string(body)); got.ErrorCode != "Z012000001" || resp.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", method, body)
		}
	}
}

// Every function of the protocol that is not offered says so in XML.
func TestFunctionsNotOffered(t *testing.T) {
	w := newWorld(t)
	for _, o := range others {
		body := url.Values{"function_div": {o.div}, "trader_code": {FirstTraderCode}}.Encode()
		for _, path := range []string{"/test_gateway/" + o.path + ".api", "/api/" + o.path} {
			if got, _ := w.send(path, urlencoded, body); got.ErrorCode != "Z012000008" {
				t.Errorf("%s: %q", path, got.ErrorCode)
			}
		}
	}
}

// Clients differ: field order, unknown fields, vault fields on A08, two digits
// of pay_way (protocol 1 and 2.1).
func TestLenience(t *testing.T) {
	w := newWorld(t)
	v := w.values("A08", "pay_way", "01")
	v.Del("function_div")
	body := "ec_cart_code=cart&member_id=9&authentication_key=x&check_sum=nonsense&x3ds2_transaction_type=01&auth_div=2&" +
		"security_code=&reserve_1=EC-CUBE&" + v.Encode() + "&function_div=A08"
	if got, _ := w.send("/test_gateway/creditToken.api", urlencoded, body); got.ErrorCode != "" {
		t.Fatal(got.raw)
	}
	if got := w.ok("E04").trade(); got.PayWay != "1" {
		t.Fatalf("%+v", got)
	}
}

// On a laptop the way back from 3-D Secure is plain http; elsewhere it is not.
func TestReturnURL(t *testing.T) {
	w := newWorld(t)
	for i, address := range []string{
		"https://shop.example.test/back", "http://127.0.0.1:8080/back", "http://localhost/back", "http://[::1]:8080/",
	} {
		w.ok("A08", "order_no", fmt.Sprintf("R%d", i), "trader_ec_url", address)
	}
	for _, address := range []string{"http://localhost.example.test/", "http://127.0.0.1.example.test/", "https://", "https:///a", "javascript:1", "https://a b/"} {
		w.refused("A081011373", "A08", "trader_ec_url", address)
	}
}

// Protocol 8: reserve_1 forces any error, known or not, and does nothing else.
func TestForcedErrors(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct{ div, value, code, credit string }{
		{"A08", "A082000004", "A082000004", ""},
		{"A08", "X999999999", "X999999999", ""},
		{"A08", "A082000010", "A082000010", "G12"},
		{"A08", "G61", "A082000010", "G61"},
		{"A08", "0500001", "A082000010", "0500001"},
		{"A08", "999", "A082000010", "999"},
		{"A01", "C13", "A012060001", "C13"},
		{"A07", "G55", "A076000001", "G55"},
		{"A11", "G54", "A112000004", "G54"},
		{"A06", "A062010004", "A062010004", ""},
		{"E01", "E013000001", "E013000001", ""},
		{"E04", "Z019999999", "Z019999999", ""},
		{"A03", "A033000001", "A033000001", ""},
	} {
		got := w.call(c.div, "reserve_1", c.value)
		if got.ErrorCode != c.code || got.CreditErrorCode != c.credit {
			t.Errorf("%s %s: %s %s", c.div, c.value, got.ErrorCode, got.CreditErrorCode)
		}
	}
	w.wantStatus("K1", "")
	for _, name := range []string{"EC-CUBE", "woocommerce", "cart123456", "A08200001", "a082000010", "G6", ""} {
		w.ok("E04", "reserve_1", name)
	}
}

// Two trader codes share nothing.
func TestMerchantsAreApart(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Merchants = []Merchant{FullMerchant(other, "2222222")} })
	w.ok("A08")
	if r := w.ok("E04", "trader_code", other); r.ResultCount != "0" {
		t.Fatal(r.raw)
	}
	w.refused("A062010001", "A06", "trader_code", other)
	w.ok("A08", "trader_code", other, "settle_price", "1")
	if got := w.ok("E04").trade(); got.SettlePrice != "3000" {
		t.Fatalf("%+v", got)
	}
	w.ok("A01", keep("V1", "0000000000000001")...)
	sum := checkSum("77", "secret77", "2222222")
	if r := w.ok("A03", "trader_code", other, "check_sum", sum); r.CardUnit != "0" {
		t.Fatal(r.raw)
	}
}

// P15: one payment of a number in flight at a time; the others hear that it is
// being paid, or that it is used up, and exactly one is authorized.
func TestSameNumberAtOnce(t *testing.T) {
	w := newWorld(t)
	const n = 24
	codes := make([]string, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { codes[i] = w.call("A08", "token", w.made(TokenRequest{})).ErrorCode })
	}
	wg.Wait()
	count := map[string]int{}
	for _, c := range codes {
		count[c]++
	}
	if count[""] != 1 || count[""]+count["A082000003"]+count["Z012000004"] != n {
		t.Fatal(count)
	}
}

// One token, many orders at once: one gets it.
func TestSameTokenAtOnce(t *testing.T) {
	w := newWorld(t)
	text := w.made(TokenRequest{})
	const n = 24
	codes := make([]string, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { codes[i] = w.call("A08", "order_no", fmt.Sprintf("T%d", i), "token", text).ErrorCode })
	}
	wg.Wait()
	if got := strings.Count(strings.Join(codes, ",")+",", "A082000004,"); got != n-1 {
		t.Fatal(codes)
	}
}

// P38: a slip takes three orders, however many ask for it at once, and orders
// that cancel at the same time never leave it half-kept.
func TestBundleAtOnce(t *testing.T) {
	w := newWorld(t)
	const n = 8
	codes := make([]string, n)
	for i := range n {
		w.ok("A08", "order_no", fmt.Sprintf("B%d", i), "settle_price", "100")
	}
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { codes[i] = w.call("E01", "order_no", fmt.Sprintf("B%d", i)).ErrorCode })
	}
	wg.Wait()
	joined := 0
	for i, code := range codes {
		status := w.status(fmt.Sprintf("B%d", i))
		switch {
		case code == "" && status == "30":
			joined++
		case code != "E012000004" || status != "4":
			t.Errorf("B%d: %s at %s", i, code, status)
		}
	}
	if joined != 3 {
		t.Fatal(codes)
	}
	for i := range n {
		wg.Go(func() { w.ok("A06", "order_no", fmt.Sprintf("B%d", i)) })
	}
	wg.Wait()
	for i := range n {
		w.wantStatus(fmt.Sprintf("B%d", i), "40")
	}
}

// A number whose payment is still being worked on is answered at once.
func TestBusyNumber(t *testing.T) {
	arrived, leave := make(chan bool), make(chan bool)
	w := newWorld(t)
	w.sleep = waiter(arrived, leave)
	done := make(chan reading)
	go func() { done <- w.call("A08", "token", "SIMSLOW050MS0000") }()
	<-arrived
	w.refused("Z012000004", "A08")
	if r := w.ok("E04"); r.ResultCount != "0" {
		t.Error(r.raw)
	}
	close(leave)
	if r := <-done; r.ErrorCode != "" {
		t.Fatal(r.raw)
	}
	w.wantStatus("K1", "4")
}

// P93: a contract's limit of calls at once.
func TestTooManyAtOnce(t *testing.T) {
	arrived, leave := make(chan bool), make(chan bool)
	m := FullMerchant(FirstTraderCode, FirstAccessKey)
	m.Concurrency = 1
	w := newWorld(t, func(o *Options) { o.Merchants = []Merchant{m} })
	w.sleep = waiter(arrived, leave)
	done := make(chan reading)
	go func() { done <- w.call("A08", "token", "SIMSLOW050MS0000") }()
	<-arrived
	w.refused("Z012000006", "E04")
	close(leave)
	<-done
	w.ok("E04")
}

// The books give way only to one process.
func TestSecondProcessIsRefused(t *testing.T) {
	w := newWorld(t)
	if _, err := Open(Options{Path: w.path}); err == nil || !strings.Contains(err.Error(), "another process") {
		t.Fatal(err)
	}
	if _, err := Open(Options{}); err == nil {
		t.Fatal("opened without a path")
	}
}

// After Close nothing is done any more, and the caller cannot think it was.
func TestClosed(t *testing.T) {
	w := newWorld(t)
	server := w.server
	if err := w.Simulator.Close(); err != nil {
		t.Fatal(err)
	}
	w.refused("Z019999999", "A08", "reserve_1", "-")
	server.Close()
	w.server = nil
	w.reopen()
	w.wantStatus("K1", "")
}

// What was accepted before Close is written, although nobody waits for it: a
// line of the log that is still in the queue must not be lost.
func TestCloseWritesTheQueue(t *testing.T) {
	for range 8 {
		w := newWorld(t)
		begun, leave := make(chan bool), make(chan bool)
		go func() {
			_ = w.books.do(func(*bbolt.Tx) error {
				begun <- true
				<-leave
				return nil
			})
		}()
		<-begun // the writer is at work: what comes now waits
		w.ok("E04")
		closed := make(chan error)
		go func() { closed <- w.Simulator.Close() }()
		<-w.books.quit
		close(leave)
		if err := <-closed; err != nil {
			t.Fatal(err)
		}
		w.server.Close()
		w.server = nil
		w.open()
		if calls, err := w.Calls(CallFilter{}); err != nil || len(calls) != 1 {
			t.Fatal(calls, err)
		}
	}
}

// Orders, tokens, cards, slips, the clock, merchants and the log of calls are
// all there after a restart.
func TestRestart(t *testing.T) {
	w := newWorld(t)
	w.ok("A08", "settle_price", "1234")
	w.ok("E01")
	w.ok("A01", keep("V1", "0000000000000001")...)
	text := w.made(TokenRequest{})
	w.ok("A08", "order_no", "K2", "token", text)
	unused := w.made(TokenRequest{})
	w.ok("A08", "order_no", "K3", "token", "SIMLOSTADJUST000")
	w.unanswered("A07", "order_no", "K3")
	if err := w.AddMerchant(FullMerchant(other, "5")); err != nil {
		t.Fatal(err)
	}
	later(10 * time.Minute)(w)
	now, before := w.Now(), w.ok("E04").trade()
	calls, err := w.Calls(CallFilter{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := w.Transactions("", 100)
	if err != nil {
		t.Fatal(err)
	}

	w.reopen()
	if !w.Now().Equal(now) {
		t.Errorf("clock %v, want %v", w.Now(), now)
	}
	if after := w.ok("E04").trade(); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("%+v, want %+v", after, before)
	}
	w.refused("E012000001", "E01")
	w.refused("A082000003", "A08")
	w.refused("A082000004", "A08", "order_no", "K4", "token", text)
	w.ok("A08", "order_no", "K4", "token", unused)
	w.ok("A07", "order_no", "K3", "new_price", "1") // its one-time effect stays spent
	if r := w.ok("A03"); r.CardUnit != "1" {
		t.Error(r.raw)
	}
	w.refused("A012070001", "A01", keep("V2", "0000000000000001")...) // the same secret knows the card again
	w.ok("E04", "trader_code", other)
	again, err := w.Calls(CallFilter{})
	if err != nil || len(again) != len(calls)+9 || again[0] != calls[0] {
		t.Errorf("%d calls, then %d, %v", len(calls), len(again), err)
	}
	if now, err := w.Transactions("", 100); err != nil || len(now) != len(list)+1 || now[0].OrderNo != "K4" {
		t.Errorf("%v %v", now, err)
	}
}

func TestReset(t *testing.T) {
	w := newWorld(t)
	w.ok("A08")
	w.ok("E01")
	w.ok("A01", keep("V1", "0000000000000001")...)
	later(time.Hour)(w)
	_, buyer := w.page("K3", "SIMCHALLENGE0000")
	if err := w.SetFaults(RudeFaults(1)); err != nil {
		t.Fatal(err)
	}
	if err := w.Reset(); err != nil {
		t.Fatal(err)
	}
	if buyer.answer("authenticate", "1234"); buyer.status != http.StatusGone {
		t.Error(buyer.status)
	}
	if !w.Now().Equal(noon) || len(w.Faults().Rates) != 0 {
		t.Error(w.Now(), w.Faults())
	}
	w.wantStatus("K1", "")
	if r := w.ok("A03"); r.CardUnit != "0" {
		t.Error(r.raw)
	}
	w.ok("A08", "order_no", "K2")
	w.ok("E01", "order_no", "K2")
	w.ok("A08")
}

// The log keeps about as many calls as it is told.
func TestCallLimit(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.CallLimit = 5 })
	for range 9 {
		w.ok("E04")
	}
	calls, err := w.Calls(CallFilter{})
	if err != nil || len(calls) != 5 || calls[0].Seq != 5 {
		t.Fatal(len(calls), err)
	}
}
