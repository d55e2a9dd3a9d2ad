package simulator

import (
	"context"
	"encoding/xml"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// noon is a working day's noon in Japan, far from the night window.
var noon = time.Date(2026, 4, 1, 12, 0, 0, 0, tokyo)

// testClock stands still until it is told to move.
type testClock struct{ nanos atomic.Int64 }

func (c *testClock) Now() time.Time { return time.Unix(0, c.nanos.Load()) }

// world is a provider with its listener, its clock and its file.
type world struct {
	*Simulator
	t      testing.TB
	clock  *testClock
	server *httptest.Server
	path   string

	mu    sync.Mutex
	slept []time.Duration
}

// newWorld opens a provider whose clock stands at noon and whose waits are
// noted instead of waited.
func newWorld(t testing.TB, options ...func(*Options)) *world {
	t.Helper()
	w := &world{t: t, clock: &testClock{}, path: filepath.Join(t.TempDir(), "simulator.db")}
	w.clock.nanos.Store(noon.UnixNano())
	w.open(options...)
	t.Cleanup(w.close)
	return w
}

func (w *world) open(options ...func(*Options)) {
	w.t.Helper()
	o := Options{Path: w.path, Clock: w.clock.Now, NoSync: true, Random: rand.NewChaCha8([32]byte{1}), Sleep: func(_ context.Context, d time.Duration) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.slept = append(w.slept, d)
	}}
	for _, set := range options {
		set(&o)
	}
	s, err := Open(o)
	if err != nil {
		w.t.Fatal(err)
	}
	w.Simulator, w.server = s, httptest.NewServer(s.Handler())
}

func (w *world) close() {
	if w.server == nil {
		return
	}
	w.server.Close()
	w.server = nil
	if err := w.Simulator.Close(); err != nil {
		w.t.Error(err)
	}
}

// reopen is a restart.
func (w *world) reopen(options ...func(*Options)) {
	w.t.Helper()
	w.close()
	w.open(options...)
}

// reading is an answer as a client reads it.
type reading struct {
	XMLName         xml.Name     `xml:"return"`
	ReturnCode      string       `xml:"returnCode"`
	ErrorCode       string       `xml:"errorCode"`
	ReturnDate      string       `xml:"returnDate"`
	CreditErrorCode string       `xml:"creditErrorCode"`
	Approval        string       `xml:"crdCResCd"`
	ThreeDToken     string       `xml:"threeDToken"`
	ThreeDAuthHTML  string       `xml:"threeDAuthHtml"`
	SlipURL         string       `xml:"slipUrlPc"`
	IPAddress       string       `xml:"ipAddress"`
	CardUnit        string       `xml:"cardUnit"`
	Cards           []cardData   `xml:"cardData"`
	ResultCount     string       `xml:"resultCount"`
	Result          []resultData `xml:"resultData"`

	raw string
}

type cardData struct {
	CardKey         string `xml:"cardKey"`
	MaskingCardNo   string `xml:"maskingCardNo"`
	CardExp         string `xml:"cardExp"`
	CardOwner       string `xml:"cardOwner"`
	LastCreditDate  string `xml:"lastCreditDate"`
	SubscriptionFlg string `xml:"subscriptionFlg"`
}

type resultData struct {
	OrderNo      string   `xml:"orderNo"`
	SettlePrice  string   `xml:"settlePrice"`
	Status       string   `xml:"statusInfo"`
	Approval     string   `xml:"crdCResCd"`
	ApprovedAt   string   `xml:"crdCResDate"`
	PayWay       string   `xml:"payWay"`
	Method       string   `xml:"settleMethod"`
	Slips        []string `xml:"slipNo"`
	ExtraSlip    string   `xml:"extraSlipNo"`
	Carrier      string   `xml:"deliveryServiceCode"`
	Packing      string   `xml:"packingInfo"`
	ShipDate     string   `xml:"scheduledShippingDate"`
	CancelDate   string   `xml:"cancelDate"`
	RenewalDate  string   `xml:"renewalDate"`
	FinishDate   string   `xml:"finishDate"`
	OrderDataSeq string   `xml:"orderDataSeq"`
}

// trade is E04's only result; an empty status means none.
func (r reading) trade() resultData {
	if len(r.Result) == 0 {
		return resultData{}
	}
	return r.Result[0]
}

var pathOf = map[string]string{
	"A01": "credit", "A03": "creditInfoGet", "A04": "creditInfoUpdate", "A05": "creditInfoDelete", "A06": "creditCancel", "A07": "creditChangePrice",
	"A08": "creditToken", "A09": "creditToken3D", "A11": "reAuth", "E01": "shipmentEntry", "E02": "shipmentCancel", "E03": "changeDate",
	"E04": "tradeInfo", "H01": "traderIp",
}

// base is a good request of each function; changes are laid over it. A change
// to "-" takes the field away.
func base(div string) url.Values {
	v := url.Values{"function_div": {div}, "trader_code": {FirstTraderCode}}
	set := func(pairs ...string) {
		for i := 0; i < len(pairs); i += 2 {
			v.Set(pairs[i], pairs[i+1])
		}
	}
	buyer := []string{
		"device_div", "2", "order_no", "K1", "settle_price", "3000", "buyer_name_kanji", "山田　花子",
		"buyer_tel", "06-1234-5678", "buyer_email", "hanako@example.test", "pay_way", "1", "goods_name", "みかん 2kg",
	}
	member := []string{"member_id", "77", "authentication_key", "secret77", "check_sum", checkSum("77", "secret77", FirstAccessKey)}
	switch div {
	case "A01":
		set(buyer...)
		set("auth_div", "2", "option_service_div", "00", "card_code_api", "9", "card_no", "0000000000000001",
			"card_owner", "HANAKO YAMADA", "card_exp", "1230", "security_code", "123")
	case "A03":
		set(member...)
	case "A04":
		set(member...)
		set("card_key", "1", "last_credit_date", "20260401120000", "card_exp", "1231")
	case "A05":
		set(member...)
		set("card_key", "1", "last_credit_date", "20260401120000")
	case "A08":
		set(buyer...)
		set("token", "SIMAPPROVED00000")
	case "A09":
		set("order_no", "K1", "comp_cd", "01", "token", "SIMCHALLENGE0000", "card_exp", "1249", "item_price", "3000",
			"item_tax", "0", "cust_cd", "K1", "shop_id", FirstTraderCode, "term_cd", "1", "crd_res_cd", "0", "res_code", "0000",
			"three_d_tran_id", "1", "send_dt", "20260401120000", "hash_value", "1", "three_d_token", long(32))
	case "A07":
		set("order_no", "K1", "new_price", "2500")
	case "E01", "E02":
		set("order_no", "K1", "slip_no", "123456789013")
	case "E03":
		set("order_no", "K1", "scheduled_shipping_date", "20260501")
	case "A06", "A11", "E04":
		set("order_no", "K1")
	}
	return v
}

func (w *world) values(div string, changes ...string) url.Values {
	v := base(div)
	for i := 0; i < len(changes); i += 2 {
		if changes[i+1] == "-" {
			v.Del(changes[i])
		} else {
			v.Set(changes[i], changes[i+1])
		}
	}
	return v
}

// raw sends a request and returns status and body; an error if no answer came.
func (w *world) raw(div string, changes ...string) (int, string, error) {
	resp, err := http.PostForm(w.server.URL+"/test_gateway/"+pathOf[div]+".api", w.values(div, changes...))
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(body), err
}

// call sends a request that must be answered as protocol 3 has it.
func (w *world) call(div string, changes ...string) reading {
	w.t.Helper()
	status, body, err := w.raw(div, changes...)
	if err != nil {
		w.t.Fatalf("%s %v: %v", div, changes, err)
	}
	if status != http.StatusOK {
		w.t.Fatalf("%s %v: HTTP %d", div, changes, status)
	}
	return readAnswer(w.t, body)
}

func readAnswer(t testing.TB, body string) reading {
	t.Helper()
	var r reading
	d := xml.NewDecoder(strings.NewReader(body))
	if err := d.Decode(&r); err != nil {
		t.Fatalf("unreadable: %v\n%s", err, body)
	}
	if rest := body[d.InputOffset():]; strings.TrimSpace(rest) != "" {
		t.Fatalf("more after the root: %s", body)
	}
	r.raw = body
	// Protocol 3.1: these hold for every answer there is.
	if (r.ReturnCode == "1") != (r.ErrorCode != "") || r.ReturnCode != "0" && r.ReturnCode != "1" {
		t.Fatalf("returnCode %q with errorCode %q", r.ReturnCode, r.ErrorCode)
	}
	if _, ok := parseStamp(r.ReturnDate); !ok {
		t.Fatalf("returnDate %q", r.ReturnDate)
	}
	return r
}

// ok expects success, refused an error code.
func (w *world) ok(div string, changes ...string) reading {
	w.t.Helper()
	r := w.call(div, changes...)
	if r.ErrorCode != "" {
		w.t.Fatalf("%s %v: %s %s, want success", div, changes, r.ErrorCode, r.CreditErrorCode)
	}
	return r
}

func (w *world) refused(code, div string, changes ...string) reading {
	w.t.Helper()
	r := w.call(div, changes...)
	if r.ErrorCode != code {
		w.t.Fatalf("%s %v: %q, want %s", div, changes, r.ErrorCode, code)
	}
	return r
}

// unanswered expects that the connection is closed without an answer.
func (w *world) unanswered(div string, changes ...string) {
	w.t.Helper()
	if status, body, err := w.raw(div, changes...); err == nil {
		w.t.Fatalf("%s %v: HTTP %d %q, want no answer", div, changes, status, body)
	}
}

// status is what E04 says of an order; empty if it finds none.
func (w *world) status(orderNo string) string {
	w.t.Helper()
	return w.ok("E04", "order_no", orderNo).trade().Status
}

func (w *world) wantStatus(orderNo, status string) {
	w.t.Helper()
	if got := w.status(orderNo); got != status {
		w.t.Fatalf("E04 says %q of %s, want %q", got, orderNo, status)
	}
}

// slip makes the n-th valid slip number.
func slip(n int) string {
	head := 12345000000 + int64(n)
	d := []byte("000000000000")
	for i, v := 10, head; i >= 0; i, v = i-1, v/10 {
		d[i] = byte('0' + v%10)
	}
	d[11] = byte('0' + head%7)
	return string(d)
}
