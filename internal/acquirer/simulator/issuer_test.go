package simulator

import (
	"crypto/sha256"
	"encoding/base64"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// browser follows redirections and posts forms, as a page without scripts.
type browser struct {
	w      *world
	body   string
	status int
	header http.Header
}

func (b *browser) read(resp *http.Response, err error) *browser {
	b.w.t.Helper()
	if err != nil {
		b.w.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		b.w.t.Fatal(err)
	}
	b.body, b.status, b.header = string(text), resp.StatusCode, resp.Header
	return b
}

func (b *browser) post(path string, form url.Values) *browser {
	b.w.t.Helper()
	return b.read(http.PostForm(b.w.server.URL+path, form))
}

// arrive opens the HTML that A08 answered with.
func (w *world) arrive(page string) *browser {
	w.t.Helper()
	action, fields := formOf(w.t, page)
	b := &browser{w: w}
	return b.read(http.PostForm(action, fields))
}

// answer presses a button of the challenge page.
func (b *browser) answer(action, otp string) *browser {
	b.w.t.Helper()
	address, fields := formOf(b.w.t, b.body)
	fields.Set("action", action)
	fields.Set("otp", otp)
	return b.post(address, fields)
}

var (
	formTag  = regexp.MustCompile(`<form [^>]*method="post" action="([^"]*)"`)
	inputTag = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`)
)

func formOf(t testing.TB, page string) (action string, fields url.Values) {
	t.Helper()
	tag := formTag.FindStringSubmatch(page)
	if tag == nil {
		t.Fatalf("no form on the page:\n%s", page)
	}
	fields = url.Values{}
	for _, in := range inputTag.FindAllStringSubmatch(page, -1) {
		fields.Set(html.UnescapeString(in[1]), html.UnescapeString(in[2]))
	}
	return html.UnescapeString(tag[1]), fields
}

// back is the form that goes to the shop, as A09's parameters.
func (b *browser) back(o opened) (address string, list []string) {
	b.w.t.Helper()
	if !strings.Contains(b.body, `document.getElementById("return").submit()`) || !strings.Contains(b.body, "<noscript><button") {
		b.w.t.Fatalf("no way back:\n%s", b.body)
	}
	address, fields := formOf(b.w.t, b.body)
	list = []string{"order_no", o.orderNo, "three_d_token", o.threeDToken}
	for name := range fields {
		list = append(list, wireName(name), fields.Get(name))
	}
	if len(fields) != 16 {
		b.w.t.Fatalf("%d fields: %v", len(fields), fields)
	}
	return address, list
}

func (w *world) page(orderNo, token string) (opened, *browser) {
	w.t.Helper()
	r := w.ok("A08", "order_no", orderNo, "token", token, "trader_ec_url", backAt)
	return opened{orderNo, r.ThreeDToken}, w.arrive(r.ThreeDAuthHTML)
}

// R24, protocol 5: the page tells shop, amount and card, and has what a browser
// test holds on to; its answer is the form that the shop sends on with A09.
func TestIssuerPage(t *testing.T) {
	w := newWorld(t)
	o, b := w.page("K1", w.made(asking("0000000000000042")))
	for _, want := range []string{
		`id="otp"`, `id="authenticate"`, `id="fail"`, `id="cancel"`, `data-testid="otp"`, `data-testid="authenticate"`,
		`data-testid="fail"`, `data-testid="cancel"`, "テストショップ", "¥3,000", "**** 0042", "1234", `lang="ja"`, `lang="en"`,
		`name="viewport"`, `inputmode="numeric"`, `autocomplete="one-time-code"`,
	} {
		if !strings.Contains(b.body, want) {
			t.Errorf("no %s on the page", want)
		}
	}
	if csp := b.header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'none';") || !strings.Contains(csp, "form-action 'self';") || strings.Contains(csp, "unsafe") {
		t.Error(csp)
	}
	b.wantPolicy("style")
	if strings.Contains(b.body, o.threeDToken) {
		t.Error("the browser is told the threeDToken")
	}
	address, ask := b.answer("authenticate", " 1234 ").back(o)
	if csp := b.header.Get("Content-Security-Policy"); address != "https://shop.example.test/back?a=1&b=2" || !strings.Contains(csp, "form-action https: http:;") {
		t.Error(address, csp)
	}
	if b.header.Get("Cache-Control") != "no-store" || b.header.Get("Referrer-Policy") != "strict-origin" {
		t.Error(b.header)
	}
	b.wantPolicy("style")
	b.wantPolicy("script")
	w.ok("A09", ask...)
	w.wantStatus("K1", "4")
}

// wantPolicy holds the text that was sent against the policy that lets it run.
func (b *browser) wantPolicy(tag string) {
	b.w.t.Helper()
	_, rest, _ := strings.Cut(b.body, "<"+tag+">")
	text, _, found := strings.Cut(rest, "</"+tag+">")
	sum := sha256.Sum256([]byte(text))
	want := tag + "-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	if csp := b.header.Get("Content-Security-Policy"); !found || !strings.Contains(csp, want) {
		b.w.t.Errorf("%s, want %s", csp, want)
	}
}

// Three wrong passwords end it; failing and cancelling do so at once.
func TestIssuerRefuses(t *testing.T) {
	w := newWorld(t)
	o, b := w.page("K1", "SIMCHALLENGE0000")
	if strings.Contains(b.body, `id="error"`) {
		t.Error("an error before any try")
	}
	for _, left := range []string{"あと2回", "あと1回"} {
		if b.answer("authenticate", "0000"); !strings.Contains(b.body, left) || !strings.Contains(b.body, `role="alert"`) {
			t.Fatal(b.body)
		}
	}
	_, ask := b.answer("authenticate", "").back(o)
	w.refused("A092000004", "A09", ask...)
	for _, action := range []string{"fail", "cancel"} {
		o, b := w.page("K-"+strings.ToUpper(action), "SIMCHALLENGE0000")
		_, ask := b.answer(action, "1234").back(o)
		w.refused("A092000004", "A09", ask...)
		w.wantStatus(o.orderNo, "11")
	}
}

// P43: going back and answering again, and otherwise, works until A09 was
// asked; after that the page sends on what was decided.
func TestIssuerAgain(t *testing.T) {
	w := newWorld(t)
	o, b := w.page("K1", "SIMCHALLENGE0000")
	first := *b
	_, cancelled := b.answer("cancel", "").back(o)
	second := first
	_, passed := second.answer("authenticate", "1234").back(o)
	third := first
	third.answer("nothing", "")
	if !strings.Contains(third.body, `id="otp"`) {
		t.Fatal(third.body)
	}
	w.ok("A09", passed...)
	w.refused("A092000001", "A09", cancelled...)
	_, late := first.answer("cancel", "").back(o)
	if !strings.Contains(strings.Join(late, " "), "res_code 0000") {
		t.Error(late)
	}
	arrived := w.arrive(first.challengeForm())
	if _, late = arrived.back(o); !strings.Contains(strings.Join(late, " "), "res_code 0000") {
		t.Error(late)
	}
}

// challengeForm is the page that leads to the challenge of this page.
func (b *browser) challengeForm() string {
	_, fields := formOf(b.w.t, b.body)
	return (&challenge{ID: fields.Get("3D_TRAN_ID")}).page(strings.TrimPrefix(b.w.server.URL, "http://"))
}

// Who need not be asked is sent back at once, by test card and by scenario.
func TestIssuerWithoutPage(t *testing.T) {
	w := newWorld(t)
	for token, resCode := range map[string]string{
		w.made(asking("0000000000050001")): "0000", w.made(asking("0000000000060001")): "0003",
		w.made(asking("0000000000070001")): "0006", w.made(asking("0000000000080001")): "0005",
		w.made(asking("0000000000090001")): "0007", "SIMCHALLENGEFAIL": "0002", "SIMFRICTIONLESS0": "0000",
	} {
		o, b := w.page("W-"+resCode+"-"+strings.ToUpper(token[:3]), token)
		_, ask := b.back(o)
		if !strings.Contains(strings.Join(ask, " "), "res_code "+resCode) {
			t.Errorf("%s: %v", token, ask)
		}
		want := ""
		if resCode == "0002" {
			want = "A092000004"
		}
		w.refused(want, "A09", ask...)
	}
}

// What is not open says so, and a message is for nobody else.
func TestIssuerGone(t *testing.T) {
	w := newWorld(t)
	_, b := w.page("K1", "SIMCHALLENGE0000")
	w.page("K1", "SIMCHALLENGE0000") // begun anew
	if b.answer("authenticate", "1234"); b.status != http.StatusGone || !strings.Contains(b.body, `id="gone"`) {
		t.Error(b.status, b.body)
	}
	for _, path := range []string{issuerChallenge, issuerAnswer} {
		for _, id := range []string{"", "0123456789012345678901234567", "<script>"} {
			if b.post(path, url.Values{"3D_TRAN_ID": {id}, "action": {"authenticate"}, "otp": {"1234"}}); b.status != http.StatusGone || strings.Contains(b.body, "<script>") {
				t.Error(path, id, b.status)
			}
		}
	}
	for _, c := range []struct {
		method, path string
		status       int
	}{{"GET", issuerAnswer, 405}, {"PUT", issuerChallenge, 405}, {"GET", issuerChallenge, 410}, {"GET", "/issuer/other", 404}} {
		req, _ := http.NewRequest(c.method, w.server.URL+c.path, nil)
		if b.read(http.DefaultClient.Do(req)); b.status != c.status {
			t.Errorf("%s %s: %d", c.method, c.path, b.status)
		}
	}
	// An order that the shop's own staff took away, and one without address.
	_, b = w.page("K2", "SIMCHALLENGE0000")
	if err := w.SetStatus(FirstTraderCode, "K2", 40); err != nil {
		t.Fatal(err)
	}
	if b.answer("authenticate", "1234"); b.status != http.StatusGone {
		t.Error(b.status)
	}
	r := w.ok("A08", "order_no", "K3", "token", "SIMFRICTIONLESS0")
	if b = w.arrive(r.ThreeDAuthHTML); b.status != http.StatusOK || strings.Contains(b.body, "<form") {
		t.Error(b.body)
	}
}

// The order's open challenge survives a restart of the provider.
func TestIssuerAfterRestart(t *testing.T) {
	w := newWorld(t)
	o, b := w.page("K1", "SIMCHALLENGE0000")
	b.answer("authenticate", "wrong")
	w.reopen()
	action, fields := formOf(t, b.body)
	fields.Set("action", "authenticate")
	fields.Set("otp", "1234")
	_, ask := b.post(action, fields).back(o)
	w.ok("A09", ask...)
}

// Whatever is posted to the issuer, it answers one of its own pages, and
// writes nothing of what was posted into it.
func FuzzIssuerAnswer(f *testing.F) {
	w := newWorld(f)
	o := w.challenged("K1", "SIMCHALLENGE0000")
	_, message, err := w.Act(FirstTraderCode, o.orderNo, "authenticate", "")
	if err != nil {
		f.Fatal(err)
	}
	id := ""
	for _, m := range message {
		if m.Name == "3D_TRAN_ID" {
			id = m.Value
		}
	}
	f.Add(issuerAnswer, "3D_TRAN_ID="+id+"&action=authenticate&otp=1234")
	f.Add(issuerAnswer, "3D_TRAN_ID="+id+"&action=cancel")
	f.Add(issuerAnswer, "3D_TRAN_ID="+id+"&action=authenticate&otp=%3Cfuzz%3E")
	f.Add(issuerChallenge, "3D_TRAN_ID="+id)
	f.Add(issuerChallenge, "3D_TRAN_ID=%zz")
	handler := w.Handler()
	f.Fuzz(func(t *testing.T, path, body string) {
		if path != issuerAnswer && path != issuerChallenge {
			return
		}
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
		r.Header.Set("Content-Type", urlencoded)
		rec := httptest.NewRecorder()
		handler.ServeHTTP(rec, r)
		switch rec.Code {
		case http.StatusOK, http.StatusSeeOther, http.StatusGone, http.StatusBadRequest:
		default:
			t.Fatalf("%q: %d", body, rec.Code)
		}
		if strings.Contains(rec.Body.String(), "fuzz") {
			t.Fatalf("%q is repeated: %s", body, rec.Body)
		}
		m, _ := w.merchant(FirstTraderCode)
		if w.peek(m, o.orderNo, w.Now()).Status != statusInProgress {
			t.Fatalf("%q authorized something", body)
		}
	})
}
