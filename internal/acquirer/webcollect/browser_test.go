package webcollect_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/payment"
)

// passes and callsOff are the shopper at the issuer: the right password, or the
// button that gives up. They follow the pages as a browser without scripts does.
func passes(t *testing.T, challenge payment.Fact, returnURI string) map[string][]string {
	t.Helper()
	return atIssuer(t, challenge, returnURI, "authenticate", url.Values{"otp": {"1234"}})
}

func callsOff(t *testing.T, challenge payment.Fact, returnURI string) map[string][]string {
	t.Helper()
	return atIssuer(t, challenge, returnURI, "cancel", nil)
}

// atIssuer submits the provider's page, answers the issuer's with a button, and
// gives the form that leads back to the shop, which it does not send.
func atIssuer(t *testing.T, challenge payment.Fact, returnURI, button string, typed url.Values) url.Values {
	t.Helper()
	page := submit(t, &url.URL{}, read(t, challenge.ChallengeHTML), "", nil)
	for range 3 {
		f := formOf(page.document, button)
		if f == nil {
			break
		}
		page = submit(t, page.at, page.document, button, typed)
	}
	action, fields := fieldsOf(t, page.document, "", nil)
	if action != returnURI {
		t.Fatalf("the issuer leads to %q, want %q", action, returnURI)
	}
	return fields
}

// page is where a browser is, and what it shows.
type page struct {
	at       *url.URL
	document *html.Node
}

func read(t *testing.T, text string) *html.Node {
	t.Helper()
	document, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return document
}

// submit sends a form of a document by one of its buttons.
func submit(t *testing.T, at *url.URL, document *html.Node, button string, typed url.Values) page {
	t.Helper()
	action, fields := fieldsOf(t, document, button, typed)
	to, err := at.Parse(action)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.PostForm(to.String(), fields)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", to.Path, resp.Status, err)
	}
	return page{resp.Request.URL, read(t, string(body))}
}

// fieldsOf are the action of a form and what a browser sends of it.
func fieldsOf(t *testing.T, document *html.Node, button string, typed url.Values) (string, url.Values) {
	t.Helper()
	form := formOf(document, button)
	if form == nil {
		t.Fatalf("no form with %q", button)
	}
	fields := url.Values{}
	for n := range form.Descendants() {
		if name := attribute(n, "name"); name != "" && (n.Data == "input" || attribute(n, "id") == button) {
			fields.Set(name, attribute(n, "value"))
		}
	}
	for name, v := range typed {
		fields[name] = v
	}
	return attribute(form, "action"), fields
}

// formOf is the form with a button in it; the first form for no button.
func formOf(document *html.Node, button string) *html.Node {
	for n := range document.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case button == "" && n.Data == "form":
			return n
		case button != "" && attribute(n, "id") == button:
			for n != nil && n.Data != "form" {
				n = n.Parent
			}
			return n
		}
	}
	return nil
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// script makes a token of one of the first test cards, which are approved, or of
// the stored one.
func script(t *testing.T, e acquirer.Entry, which int) (card.Token, error) {
	t.Helper()
	return tokenFor(t, e, fmt.Sprintf("%012d000%d", which, which+1))
}

// tokenFor makes a token as the provider's script does, whose address is below
// the script's own.
func tokenFor(t *testing.T, e acquirer.Entry, cardNumber string) (card.Token, error) {
	t.Helper()
	info := map[string]string{
		"traderCode": e.TraderCode, "authDiv": e.AuthDiv, "optServDiv": e.OptServDiv,
		"memberId": e.MemberID, "authKey": e.AuthKey, "checkSum": e.CheckSum, "securityCode": "123",
	}
	if e.CardKey != "" {
		info["cardKey"], info["lastCreditDate"] = e.CardKey, e.LastCreditDate
	} else {
		info["cardNo"], info["cardExp"], info["cardOwner"] = cardNumber, "1230", "KURONEKO TARO"
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
	var made struct {
		Token     card.Token
		ErrorInfo []struct{ ErrorCode string }
	}
	if err := json.NewDecoder(resp.Body).Decode(&made); err != nil {
		t.Fatalf("%s, %v", resp.Status, err)
	}
	if made.Token == "" {
		return "", fmt.Errorf("%s: %v", resp.Status, made.ErrorInfo)
	}
	return made.Token, nil
}
