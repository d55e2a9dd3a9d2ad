package checkout

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

const (
	id        = payment.ID("01k9vvvv000000000001")
	challenge = "the-challenge"
	provider  = "https://provider.example"
	page      = `<form method="post" action="https://provider.example/acs"></form><script>document.forms[0].submit()</script>`
)

// fake is a payment at its challenge.
type fake struct {
	pay     *payment.Payment
	html    string
	err     error
	forms   []map[string][]string
	touched bool
}

func (f *fake) Return(_ context.Context, challengeID string, form map[string][]string) (*payment.Payment, error) {
	if challengeID != challenge {
		return nil, ledger.ErrNotFound
	}
	f.forms = append(f.forms, form)
	f.touched = f.touched || len(form) > 0 && f.err == nil
	return f.pay, f.err
}

func (f *fake) Challenge(_ context.Context, challengeID string) (*payment.Payment, string, error) {
	if challengeID != challenge {
		return nil, "", ledger.ErrNotFound
	}
	return f.pay, f.html, f.err
}

func doorOf(t *testing.T, f *fake) http.Handler {
	t.Helper()
	h, err := New(Options{Payments: f, Logger: slog.New(slog.DiscardHandler), ProviderOrigins: []string{provider}})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func ask(h http.Handler, method, target, body string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func text(t *testing.T, answer *http.Response) string {
	t.Helper()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestPaths(t *testing.T) {
	h := doorOf(t, &fake{pay: &payment.Payment{ID: id}, html: page})
	for _, c := range []struct {
		method, path string
		want         int
	}{
		{"GET", "/checkout/" + string(id), http.StatusOK},
		{"HEAD", "/checkout/" + string(id), http.StatusOK},
		{"GET", "/checkout/nobody", http.StatusNotFound},
		{"GET", "/checkout/", http.StatusNotFound},
		{"GET", "/assets/checkout.js", http.StatusOK},
		{"GET", "/assets/checkout.css", http.StatusOK},
		{"GET", "/assets/kessai-checkout.js", http.StatusOK},
		{"GET", "/assets/index.html", http.StatusNotFound},
		{"GET", "/assets/..%2fcheckout.go", http.StatusNotFound},
		{"GET", "/3ds/challenge/" + challenge, http.StatusOK},
		{"GET", "/3ds/challenge/guessed", http.StatusNotFound},
		{"GET", "/3ds/return/guessed", http.StatusNotFound},
		{"POST", "/3ds/return/guessed", http.StatusNotFound},
		{"GET", "/3ds/return/" + challenge, http.StatusSeeOther},
		{"POST", "/3ds/return/" + challenge, http.StatusSeeOther},
		{"GET", "/elsewhere", http.StatusNotFound},
	} {
		answer := ask(h, c.method, c.path, "")
		if answer.StatusCode != c.want {
			t.Errorf("%s %s: %d; want %d", c.method, c.path, answer.StatusCode, c.want)
		}
		for header, want := range map[string]string{"Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"} {
			if got := answer.Header.Get(header); got != want {
				t.Errorf("%s %s: %s is %q; want %q", c.method, c.path, header, got, want)
			}
		}
		if policy := answer.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%s %s may be framed: %q", c.method, c.path, policy)
		}
		if got := answer.Header.Get("Cache-Control"); got != "no-store" && !strings.HasPrefix(c.path, "/assets/") {
			t.Errorf("%s %s may be kept: %q", c.method, c.path, got)
		}
		if len(answer.Cookies()) > 0 {
			t.Errorf("%s %s sets a cookie", c.method, c.path)
		}
	}
}

// R02: in the page where a card is typed in runs our code and the provider's,
// and no other origin hears of it.
func TestPagePolicy(t *testing.T) {
	answer := ask(doorOf(t, &fake{}), "GET", "/checkout/"+string(id), "")
	want := "default-src 'none'; script-src 'self' " + provider + "; connect-src 'self' " + provider +
		"; style-src 'self'; img-src 'self' data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
	if got := answer.Header.Get("Content-Security-Policy"); got != want {
		t.Errorf("the page's policy is\n%s\nwant\n%s", got, want)
	}
	body := text(t, answer)
	for _, forbidden := range []string{"<script>", "style=", "<style", "onclick", "http://", "https://"} {
		if strings.Contains(body, forbidden) {
			t.Errorf("the page has %q, which its policy forbids", forbidden)
		}
	}
}

func TestAssets(t *testing.T) {
	h := doorOf(t, &fake{})
	for name, kind := range map[string]string{"checkout.js": "text/javascript; charset=utf-8", "checkout.css": "text/css; charset=utf-8", helper: "text/javascript; charset=utf-8"} {
		plain := ask(h, "GET", "/assets/"+name, "")
		body := text(t, plain)
		etag := plain.Header.Get("ETag")
		if body == "" || etag == "" || plain.Header.Get("Content-Type") != kind || plain.Header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: %d bytes, %v", name, len(body), plain.Header)
		}
		if again := ask(h, "GET", "/assets/"+name, "", "If-None-Match", `"other", W/`+etag); again.StatusCode != http.StatusNotModified || text(t, again) != "" {
			t.Errorf("%s: whoever has it gets %d", name, again.StatusCode)
		}
		small := ask(h, "GET", "/assets/"+name, "", "Accept-Encoding", "br, gzip")
		z, err := gzip.NewReader(small.Body)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if unpacked, err := io.ReadAll(z); err != nil || string(unpacked) != body || small.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s: compressed it is another file (%v)", name, err)
		}
		open := plain.Header.Get("Access-Control-Allow-Origin") == "*"
		if open != (name == helper) {
			t.Errorf("%s: other origins may read it: %v", name, open)
		}
	}
}

// P49: the challenge is a page of its own, without our origin; nothing pops up
// and nothing is framed. One that is over leads to where the payment stands.
func TestChallenge(t *testing.T) {
	f := &fake{pay: &payment.Payment{ID: id}, html: page}
	h := doorOf(t, f)
	answer := ask(h, "GET", "/3ds/challenge/"+challenge, "")
	policy := answer.Header.Get("Content-Security-Policy")
	if !strings.HasPrefix(policy, "sandbox allow-forms allow-scripts allow-top-navigation;") || strings.Contains(policy, "same-origin") {
		t.Errorf("the provider's page has the policy %q", policy)
	}
	if got := text(t, answer); got != page {
		t.Errorf("the provider's page came as %q", got)
	}
	f.html = ""
	if over := ask(h, "GET", "/3ds/challenge/"+challenge, ""); over.StatusCode != http.StatusSeeOther || over.Header.Get("Location") != "/checkout/"+string(id) {
		t.Errorf("a challenge that is over: %d, to %q", over.StatusCode, over.Header.Get("Location"))
	}
}

// P43: posted twice, reloaded, gone back to: always the same place.
// R11: from any address, by another site's page, without a cookie.
func TestReturnAlwaysLeadsToTheSamePlace(t *testing.T) {
	for back, want := range map[string]string{
		"":                          "/checkout/" + string(id),
		"https://shop.example/done": "https://shop.example/done?payment=payments/" + string(id),
		"https://shop.example/done?order=a%20b&x": "https://shop.example/done?order=a%20b&x&payment=payments/" + string(id),
		"https://shop.example/done#end":           "https://shop.example/done?payment=payments/" + string(id) + "#end",
	} {
		f := &fake{pay: &payment.Payment{ID: id, Opening: payment.Opening{ReturnURI: back}}}
		h := doorOf(t, f)
		for i, method := range []string{"POST", "POST", "GET", "HEAD"} {
			body := ""
			if method == "POST" {
				body = "RES_CODE=0000&ITEM_PRICE=5080"
			}
			answer := ask(h, method, "/3ds/return/"+challenge, body, "Origin", "null", "Sec-Fetch-Site", "cross-site", "X-Forwarded-For", "203.0.113."+string(rune('1'+i)))
			if answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != want {
				t.Errorf("%s with the return address %q: %d, to %q; want %q", method, back, answer.StatusCode, answer.Header.Get("Location"), want)
			}
		}
		if len(f.forms) != 4 || len(f.forms[2]) != 0 || len(f.forms[3]) != 0 {
			t.Errorf("a GET brought a form: %v", f.forms)
		}
	}
}

// P46: what the browser brings is passed on byte for byte, in whatever character
// set, with blanks, signs and broken escapes as they are.
func TestReturnKeepsBytes(t *testing.T) {
	f := &fake{pay: &payment.Payment{ID: id}}
	body := "3D_INF=%83%65%83X%83g+%2B%00&HASH_VALUE=ab%2Fc%3D%3d&RES_CODE=0000&RES_VE=&RES_PA&ODD=%zz%4;x=1&ODD=\xe6\x97%A5&&=n"
	ask(doorOf(t, f), "POST", "/3ds/return/"+challenge, body)
	want := map[string][]string{
		"3D_INF": {"\x83\x65\x83X\x83g +\x00"}, "HASH_VALUE": {"ab/c=="}, "RES_CODE": {"0000"},
		"RES_VE": {""}, "RES_PA": {""}, "ODD": {"%zz%4;x=1", "\xe6\x97\xa5"}, "": {"n"},
	}
	if diff := cmp.Diff([]map[string][]string{want}, f.forms); diff != "" {
		t.Errorf("the form changed on the way (-want +got):\n%s", diff)
	}
}

// P46 P47: a form that is not about the payment changes nothing, and the shopper
// sees how the payment stands.
func TestReturnOfAnother(t *testing.T) {
	f := &fake{pay: &payment.Payment{ID: id}, err: &payment.InvalidError{}}
	answer := ask(doorOf(t, f), "POST", "/3ds/return/"+challenge, "RES_CODE=0000")
	if answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != "/checkout/"+string(id) || f.touched {
		t.Errorf("%d, to %q", answer.StatusCode, answer.Header.Get("Location"))
	}
}

func TestReturnTooLarge(t *testing.T) {
	f := &fake{pay: &payment.Payment{ID: id}}
	answer := ask(doorOf(t, f), "POST", "/3ds/return/"+challenge, strings.Repeat("a", maxForm+1))
	if answer.StatusCode != http.StatusRequestEntityTooLarge || len(f.forms) != 0 {
		t.Errorf("%d, and %d forms passed on", answer.StatusCode, len(f.forms))
	}
	if answer := ask(doorOf(t, f), "POST", "/3ds/return/"+challenge, strings.Repeat("a", maxForm)); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("a form of just the size: %d", answer.StatusCode)
	}
}

// P20: an error page says what to do in both languages, and nothing of the inside.
func TestErrorPages(t *testing.T) {
	var log bytes.Buffer
	f := &fake{err: errors.New("disk /dev/sdb is gone")}
	h, err := New(Options{Payments: f, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ method, path string }{{"GET", "/3ds/challenge/" + challenge}, {"GET", "/3ds/return/" + challenge}, {"POST", "/3ds/return/" + challenge}} {
		answer := ask(h, c.method, c.path, "")
		body := text(t, answer)
		if answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") == "" || strings.Contains(body, "sdb") || !strings.Contains(body, "再読み込み") || !strings.Contains(body, "reload") {
			t.Errorf("%s %s: %d %s", c.method, c.path, answer.StatusCode, body)
		}
	}
	if !strings.Contains(log.String(), "sdb") {
		t.Error("nobody can find out why")
	}
}

// P46: whatever a form is made of, what a browser encodes comes out as it went in.
func FuzzReadForm(f *testing.F) {
	f.Add("RES_CODE", "0000")
	f.Add("3D_INF", "\x83\x65 +%;&=")
	f.Fuzz(func(t *testing.T, name, value string) {
		form := readForm(url.Values{name: {value}}.Encode())
		if got := form[name]; len(form) != 1 || len(got) != 1 || got[0] != value {
			t.Fatalf("%q=%q came out as %q", name, value, form)
		}
		readForm(name + "=" + value) // never panics
	})
}
