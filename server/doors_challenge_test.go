package main

import (
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

var (
	formAction = regexp.MustCompile(`<form[^>]* action="([^"]*)"`)
	formField  = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)
)

// shopper is a person with a browser, without one: it posts what pages bring and
// follows where they lead.
type shopper struct {
	t      *testing.T
	client *http.Client
}

func newShopper(t *testing.T) shopper {
	return shopper{t, &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// open loads an address, with a form if there is one, and gives the page or
// where it leads.
func (p shopper) open(address string, form url.Values) (page, location string) {
	p.t.Helper()
	method, body := http.MethodGet, ""
	if form != nil {
		method, body = http.MethodPost, form.Encode()
	}
	r, err := http.NewRequestWithContext(p.t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := p.client.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode >= 400 {
		p.t.Fatalf("%s %s: %d %v %s", method, address, res.StatusCode, err, raw)
	}
	if to := res.Header.Get("Location"); to != "" {
		next, err := r.URL.Parse(to)
		if err != nil {
			p.t.Fatal(err)
		}
		return "", next.String()
	}
	return string(raw), ""
}

// submit sends a page's form on, with what the person adds.
func (p shopper) submit(at, page string, more url.Values) (next, location, address string) {
	p.t.Helper()
	action := formAction.FindStringSubmatch(page)
	if action == nil {
		p.t.Fatalf("no form in %s", page)
	}
	base, err := url.Parse(at)
	if err != nil {
		p.t.Fatal(err)
	}
	to, err := base.Parse(html.UnescapeString(action[1]))
	if err != nil {
		p.t.Fatal(err)
	}
	form := url.Values{}
	for _, f := range formField.FindAllStringSubmatch(page, -1) {
		form.Set(html.UnescapeString(f[1]), html.UnescapeString(f[2]))
	}
	for k, v := range more {
		form[k] = v
	}
	next, location = p.open(to.String(), form)
	return next, location, to.String()
}

// authenticate goes through 3-D Secure and gives where the shopper ends.
func (p shopper) authenticate(challenge, action string) string {
	p.t.Helper()
	page, _ := p.open(challenge, nil)
	_, location, _ := p.submit(challenge, page, nil) // to the issuer, who has a page of its own
	page, _ = p.open(location, nil)
	page, _, at := p.submit(location, page, url.Values{"action": {action}, "otp": {"1234"}})
	_, location, _ = p.submit(at, page, nil) // back to us
	return location
}

// challengeURI is where the shopper must go.
func (s *story) challengeURI(a answer, of string) string {
	s.t.Helper()
	body, _ := a.Body[of].(map[string]any)
	authentication, _ := body["authentication"].(map[string]any)
	uri, _ := authentication["challengeUri"].(string)
	if uri == "" {
		s.t.Fatalf("%s: no challenge in %+v", s.tag, a)
	}
	return uri
}

// liable checks who bears a chargeback of a payment that is authorized.
func (s *story) liable(as, liability string) {
	s.t.Helper()
	p, _ := s.do("GetPayment", "", &paymentv1.GetPaymentRequest{Name: s.names[as]}, "STATE_AUTHORIZED").Body["payment"].(map[string]any)
	if got, _ := p["authentication"].(map[string]any); got["liability"] != liability {
		s.t.Fatalf("%s: %v", s.tag, got)
	}
}

// TestEveryDoorChallenge tells by every protocol of payments with 3-D Secure:
// passed, called off and tried again, with a page of the shop's to come back to
// and without; and compares the answers word for word. R11 R13 P47 P50
func TestEveryDoorChallenge(t *testing.T) {
	s := startServer(t)
	everyWire(t, s, demoKey, func(tale *story) { tale.challenges(newShopper(t)) })
}

func (s *story) challenges(browser shopper) {
	const challenged = "SIMCHALLENGE0000"
	s.create("A", "a", &paymentv1.CreatePaymentRequest{Amount: 5080, OrderNumber: s.tag + "1"}, "STATE_PENDING")
	a := s.do("ConfirmPayment", "b", &paymentv1.ConfirmPaymentRequest{Name: s.names["A"], CardToken: challenged}, "STATE_AUTHENTICATING")
	if to := browser.authenticate(s.challengeURI(a, "payment"), "authenticate"); !strings.HasSuffix(to, "/checkout/"+strings.TrimPrefix(s.names["A"], "payments/")) {
		s.t.Fatalf("%s: the shopper ended at %s", s.tag, to)
	}
	s.liable("A", "PROTECTED")
	s.do("AdjustPayment", "c", &paymentv1.AdjustPaymentRequest{Name: s.names["A"], Amount: 6000}, "STATE_AUTHORIZED")
	s.liable("A", "LOST")

	s.create("B", "d", &paymentv1.CreatePaymentRequest{Amount: 700, OrderNumber: s.tag + "2", CardToken: challenged, ReturnUri: "https://shop.example.com/thanks?order=2"}, "STATE_AUTHENTICATING")
	b := s.do("GetPayment", "", &paymentv1.GetPaymentRequest{Name: s.names["B"]}, "STATE_AUTHENTICATING")
	if to := browser.authenticate(s.challengeURI(b, "payment"), "cancel"); to != "https://shop.example.com/thanks?order=2&payment="+s.names["B"] {
		s.t.Fatalf("%s: the shopper ended at %s", s.tag, to)
	}
	s.get("B", "STATE_DECLINED")
	s.do("ConfirmPayment", "e", &paymentv1.ConfirmPaymentRequest{Name: s.names["B"], CardToken: "SIMAPPROVED00000"}, "STATE_AUTHORIZED")
	s.liable("B", "NOT_PROTECTED")
}
