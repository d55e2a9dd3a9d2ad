package simulator

import (
	"bufio"
	_ "embed"
	"net/http"
	"strings"
	"testing"
	"time"
)

// row is one request and the error code that the protocol has for it.
type row struct {
	code    string
	changes []string        // laid over the function's good request
	option  func(*Merchant) // the contract it is asked under, if not the full one
	before  func(w *world)  // what happens first
	credit  string          // creditErrorCode
}

// other is the trader code of a row's own contract.
const other = "888880001"

func long(n int) string { return strings.Repeat("A", n) }

// orderRows are the checks of order_no, the same for every function but for
// the number.
func orderRows(prefix string) []row {
	return []row{
		{code: prefix + "01", changes: []string{"order_no", "-"}},
		{code: prefix + "02", changes: []string{"order_no", long(24)}},
		{code: prefix + "04", changes: []string{"order_no", "k1"}}, // P15: lower case
	}
}

func traderRows(div string) []row {
	return []row{
		{code: div + "1010201", changes: []string{"trader_code", "-"}},
		{code: div + "1010202", changes: []string{"trader_code", "88888999"}},
		{code: div + "1010204", changes: []string{"trader_code", "88888-999"}},
	}
}

// buyerRows are numbers 4 to 8 of A01 and A08.
func buyerRows(div string) []row {
	p := div + "1010"
	return append(orderRows(p+"4"), []row{
		{code: p + "501", changes: []string{"settle_price", "-"}},
		{code: p + "502", changes: []string{"settle_price", "10000000"}},
		{code: p + "504", changes: []string{"settle_price", "1,000"}}, // P83
		{code: p + "571", changes: []string{"settle_price", "0"}},     // P03
		{code: p + "572", changes: []string{"settle_price", "5001"}, option: func(m *Merchant) { m.Limit = 5000 }},
		{code: p + "601", changes: []string{"buyer_name_kanji", "-"}},
		{code: p + "671", changes: []string{"buyer_name_kanji", "髙橋"}}, // P94: an IBM extension
		{code: p + "672", changes: []string{"buyer_name_kanji", strings.Repeat("あ", 21)}},
		{code: p + "701", changes: []string{"buyer_tel", "-"}},
		{code: p + "702", changes: []string{"buyer_tel", "1234567"}},
		{code: p + "704", changes: []string{"buyer_tel", "+81612345678"}},
		{code: p + "801", changes: []string{"buyer_email", "-"}},
		{code: p + "802", changes: []string{"buyer_email", long(60) + "@a.jp"}},
		{code: p + "871", changes: []string{"buyer_email", "a b@example.test"}},
		{code: p + "872", changes: []string{"buyer_email", "@example.test"}},
	}...)
}

func pay(changes ...string) func(*world) { return func(w *world) { w.ok("A08", changes...) } }

// then does several things in turn.
func then(steps ...func(*world)) func(*world) {
	return func(w *world) {
		for _, step := range steps {
			step(w)
		}
	}
}

func do(div string, changes ...string) func(*world) { return func(w *world) { w.ok(div, changes...) } }

func at(hour, minute int) func(*world) {
	return func(w *world) {
		w.clock.nanos.Store(time.Date(2026, 4, 1, hour, minute, 0, 0, tokyo).UnixNano())
	}
}

// rows is every function's table; the tables stand beside their rules' tests.
func rows() map[string][]row {
	return map[string][]row{
		"A01": creditRows(), "A03": vaultRows("A03"), "A04": vaultRows("A04"), "A05": vaultRows("A05"), "A06": cancelRows(), "A07": changePriceRows(),
		"A08": creditTokenRows(), "A09": creditToken3DRows(), "A11": reAuthRows(), "E01": shipmentRows(), "E02": shipmentCancelRows(),
		"E03": changeDateRows(), "E04": append(traderRows("E04"), orderRows("E0410103")...), "H01": traderRows("H01"),
	}
}

func TestRows(t *testing.T) {
	for div, list := range rows() {
		for _, r := range list {
			t.Run(div+"/"+r.code, func(t *testing.T) {
				w := newWorld(t)
				changes := r.changes
				if r.option != nil {
					m := FullMerchant(other, FirstAccessKey)
					r.option(&m)
					if err := w.AddMerchant(m); err != nil {
						t.Fatal(err)
					}
					changes = append([]string{"trader_code", other}, changes...)
				}
				if r.before != nil {
					r.before(w)
				}
				got := w.call(div, changes...)
				if got.ErrorCode != r.code || got.CreditErrorCode != r.credit {
					t.Fatalf("%v: %s %s, want %s %s", changes, got.ErrorCode, got.CreditErrorCode, r.code, r.credit)
				}
			})
		}
	}
}

// commonRows are the gateway's own errors, tested in gateway_test.go.
var commonCodes = []string{
	"Z010000000", "Z012000001", "Z012000002", "Z012000003", "Z012000004", "Z012000005", "Z012000006", "Z012000007",
	"Z012000008", "Z012000009", "Z019999999",
}

// unanswerable are codes that no request of ours can meet, with the reason.
var unanswerable = map[string]string{
	"A011012371": "when scheduled_shipping_date is required is not known; a request without it is no reservation",
	"A081011171": "card_code_api is optional: one client omits it",
	"A081011506": "the wire name of parameter 15 is not known, so it is never read",
	"A081011571": "the wire name of parameter 15 is not known, so it is never read",
	"A012040001": "the provider's own data are never unreadable, nor are those of the next lines",
	"A012080001": "as A012040001", "A082000006": "as A012040001", "A082000012": "as A012040001",
	"A033000001": "as A012040001", "A054000001": "as A012040001", "A062030001": "as A012040001",
	"A043000003": "as A012040001", "A045000001": "as A012040001", "A092000002": "as A012040001",
	"A075000001": "as A012040001", "A112000003": "as A012040001", "A062010007": "as A012040001; A062010005 has a scenario",
	"A012050001": "3-D Secure after A01 is decided in A02, which is not under contract here",
	"A042000004": "every card_code_api that passes its check names a card company",
	"A012050002": "every test card is inside 3-D Secure",
	"A012090001": "billing-cancel is not a function of this protocol's clients",
	"A062010002": "every order here is an API card order",
	"E033000001": "no lock conflict on reservations; E01 and E02 have scenarios",
	"Z012000010": "F01 is not under contract here",
	"Z012000011": "the browser's library says it when it gets no answer, see embeddedTokenLib.js",
}

//go:embed testdata/codes.tsv
var codesTSV string

// Every error code that the protocol lists for the functions built here is
// answered by a request of the tables, or listed above with a reason; and the
// tables hold no code that the protocol does not know.
func TestEveryListedCode(t *testing.T) {
	answered := map[string]bool{}
	for _, list := range rows() {
		for _, r := range list {
			answered[r.code] = true
		}
	}
	for _, code := range commonCodes {
		answered[code] = true
	}
	for _, story := range Scenarios() {
		for _, e := range story.on {
			answered[e.say] = true
			if e.half {
				answered["A077000001"] = true
			}
		}
	}
	listed := map[string]bool{"": true}
	lines := bufio.NewScanner(strings.NewReader(codesTSV))
	for lines.Scan() {
		code, _, _ := strings.Cut(lines.Text(), "\t")
		listed[code] = true
		_, excused := unanswerable[code]
		switch {
		case !answered[code] && !excused:
			t.Errorf("%s: no request is answered so, and no reason is given", code)
		case answered[code] && excused:
			t.Errorf("%s: answered after all", code)
		}
	}
	for code := range answered {
		if !listed[code] {
			t.Errorf("%s: answered, but the protocol does not list it", code)
		}
	}
	for code := range unanswerable {
		if !listed[code] {
			t.Errorf("%s: excused, but the protocol does not list it", code)
		}
	}
}

// Every check of the tables of parameters can be found in the protocol's list.
func TestParameterTablesAreListed(t *testing.T) {
	for _, f := range functions {
		for _, p := range f.params {
			for _, r := range p.rules {
				code := f.div + "101" + string(rune('0'+p.number/10)) + string(rune('0'+p.number%10)) + r.kk
				if !strings.Contains(codesTSV, code+"\t") {
					t.Errorf("%s (%s) is not in the protocol's list", code, p.name)
				}
			}
		}
	}
}

// The request of each function that the tables change is good as it is, apart
// from the state it needs.
func TestBaseRequestsPassTheParameterChecks(t *testing.T) {
	w := newWorld(t)
	for div := range pathOf {
		code := w.call(div, "order_no", "NEW-"+div).ErrorCode
		if strings.HasPrefix(code, div+"101") && code != "E011010351" && code != "E021010351" && code != "E031010351" {
			t.Errorf("%s: %s", div, code)
		}
	}
	if resp, err := http.Get(w.server.URL + "/"); err != nil || resp.StatusCode != http.StatusOK {
		t.Errorf("the page: %v", err)
	}
}
