package checkout

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// maxForm is how much a browser may bring back from 3-D Secure, in bytes.
const maxForm = 64 << 10

// serveChallenge sends the browser on to 3-D Secure, as a page of its own: the
// provider's form that submits itself, without an origin. A challenge that is
// not open any more leads to where its payment stands.
func (d *door) serveChallenge(w http.ResponseWriter, r *http.Request) {
	pay, html, err := d.o.Payments.Challenge(r.Context(), r.PathValue("id"))
	switch {
	case err != nil:
		d.fail(w, r, "challenge", err)
	case html == "":
		onward(w, pay)
	default:
		w.Header().Set("Content-Security-Policy", challengePolicy)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, html)
	}
}

// serveReturn takes the shopper back from 3-D Secure. The form is posted by
// another site's page: there are no cookies, and none are needed, since the
// address names the attempt and cannot be guessed. A second post, a reload and
// the back button lead to the same place; the provider is asked once (P43).
func (d *door) serveReturn(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxForm))
	if err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			writeNotice(w, tooLarge)
			return
		}
		writeNotice(w, unreadable)
		return
	}
	d.comeBack(w, r, readForm(string(body)))
}

// serveRevisit answers whoever asks for the return's address without bringing a
// form: it changes nothing, and leads to where the payment stands.
func (d *door) serveRevisit(w http.ResponseWriter, r *http.Request) { d.comeBack(w, r, nil) }

func (d *door) comeBack(w http.ResponseWriter, r *http.Request, form map[string][]string) {
	pay, err := d.o.Payments.Return(r.Context(), r.PathValue("id"), form)
	var invalid *payment.InvalidError
	switch {
	case errors.As(err, &invalid) && pay != nil: // nothing was touched: show how it stands
		d.o.Logger.InfoContext(r.Context(), "what came back from 3-D Secure is not about its payment", "payment", string(pay.ID))
		onward(w, pay)
	case err != nil:
		d.fail(w, r, "return", err)
	default:
		onward(w, pay)
	}
}

// fail shows a page for an error, and says nothing of it but what to do.
func (d *door) fail(w http.ResponseWriter, r *http.Request, what string, err error) {
	switch {
	case errors.Is(err, ledger.ErrNotFound):
		writeNotice(w, notFound)
	case errors.Is(err, context.Canceled):
		writeNotice(w, unavailable) // nobody reads it
	default:
		d.o.Logger.ErrorContext(r.Context(), "3-D Secure page", "what", what, "err", err)
		writeNotice(w, unavailable)
	}
}

// onward sends the browser to where the payment is shown: the shop's page, or
// ours. It is a GET then, whatever it was.
func onward(w http.ResponseWriter, pay *payment.Payment) {
	w.Header().Set("Location", destination(pay))
	w.WriteHeader(http.StatusSeeOther)
}

func destination(pay *payment.Payment) string {
	back, err := url.Parse(pay.ReturnURI)
	if pay.ReturnURI == "" || err != nil {
		return "/checkout/" + string(pay.ID)
	}
	if back.RawQuery != "" {
		back.RawQuery += "&"
	}
	back.RawQuery += "payment=" + pay.ID.Name()
	return back.String()
}

// readForm reads a urlencoded form byte for byte: values are what was sent, in
// whatever character set, since the provider has signed them (P46). What is not
// encoded as it should be stays as it is; net/url would refuse it.
func readForm(body string) map[string][]string {
	form := map[string][]string{}
	for pair := range strings.SplitSeq(body, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		name = unescape(name)
		form[name] = append(form[name], unescape(value))
	}
	return form
}

func unescape(s string) string {
	if !strings.ContainsAny(s, "%+") {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '+':
			out = append(out, ' ')
		case c == '%' && i+2 < len(s) && hexDigit(s[i+1]) >= 0 && hexDigit(s[i+2]) >= 0:
			out = append(out, byte(hexDigit(s[i+1])<<4|hexDigit(s[i+2])))
			i += 2
		default:
			out = append(out, c)
		}
	}
	return string(out)
}

// hexDigit gives a digit's value, or -1.
func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
