package simulator

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// Addresses of the card issuer's pages.
const (
	issuerChallenge = "/issuer/challenge"
	issuerAnswer    = "/issuer/answer"
)

//go:embed issuer.html
var issuerText string

var issuerPages = template.Must(template.New("issuer").Funcs(template.FuncMap{"yen": thousands}).Parse(issuerText))

// issuerSources are the only style and the only script of the issuer's pages,
// as a policy names them: by the hash of their text.
var issuerSources = "style-src " + sourceHash("style") + "; script-src " + sourceHash("script")

func sourceHash(tag string) string {
	text := regexp.MustCompile(`(?s)<` + tag + `>(.*?)</` + tag + `>`).FindStringSubmatch(issuerText)[1]
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// serveIssuer plays the card's issuer to a buyer's browser. The shop's page
// posts the challenge's ID; the buyer is asked, or sent back at once.
func (s *Simulator) serveIssuer(w http.ResponseWriter, r *http.Request) {
	s.gate.RLock()
	defer s.gate.RUnlock()
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	get := r.Method == http.MethodGet || r.Method == http.MethodHead
	if get && r.URL.Path == issuerAnswer || !get && r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "POST", http.StatusMethodNotAllowed)
		return
	}
	if err := r.ParseForm(); err != nil {
		http.Error(w, "no form", http.StatusBadRequest)
		return
	}
	id := r.Form.Get("3D_TRAN_ID")
	if r.URL.Path == issuerAnswer {
		s.serveAnswer(w, r, id)
		return
	}
	switch ch, open := s.challengeState(id); {
	case open && ch.Outcome != "":
		s.sendBack(w, ch, ch.Outcome)
	case open && !get:
		// A page of its own address, so that one can go back to it.
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, issuerAddress(id), http.StatusSeeOther)
	case open:
		s.serveChallenge(w, ch)
	case ch != nil && ch.Result != "":
		s.sendBack(w, ch, ch.Result)
	default:
		s.issuerPage(w, http.StatusGone, "gone", nil)
	}
}

func issuerAddress(id string) string {
	return issuerChallenge + "?" + url.Values{"3D_TRAN_ID": {id}}.Encode()
}

// challengeState finds a challenge and reports whether it still waits for the
// shop's A09.
func (s *Simulator) challengeState(id string) (ch *challenge, open bool) {
	if ch = s.findChallenge(id); ch == nil {
		return nil, false
	}
	m, _ := s.merchant(ch.Trader)
	return ch, s.peek(m, ch.OrderNo, s.Now()).waitsFor(ch)
}

// serveAnswer takes what the buyer did. It can be done again, and otherwise,
// until the shop has asked A09: going back is human.
func (s *Simulator) serveAnswer(w http.ResponseWriter, r *http.Request, id string) {
	ch, resCode, err := s.answered(id, r.PostForm.Get("action"), r.PostForm.Get("otp"))
	switch {
	case err != nil:
		http.Error(w, "the books cannot be written", http.StatusInternalServerError)
	case ch == nil:
		s.issuerPage(w, http.StatusGone, "gone", nil)
	case resCode == "":
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, issuerAddress(id), http.StatusSeeOther)
	default:
		s.sendBack(w, ch, resCode)
	}
}

// The password that is right, and how often one may try.
const (
	onetimePassword = "1234"
	maxTries        = 3
)

// answered counts the buyer's tries under the order's lock. An empty RES_CODE
// means that the page asks again; no challenge, that it is not open.
func (s *Simulator) answered(id, action, password string) (ch *challenge, resCode string, err error) {
	if ch = s.findChallenge(id); ch == nil {
		return nil, "", nil
	}
	m, _ := s.merchant(ch.Trader)
	c := &call{s: s, merchant: m, form: form{"order_no": ch.OrderNo}, now: s.Now()}
	defer c.release()
	c.load()
	ch = s.findChallenge(id) // as it stands under the lock
	switch {
	case !c.tx.waitsFor(ch) && ch.Result == "":
		return nil, "", nil
	case !c.tx.waitsFor(ch):
		return ch, ch.Result, nil
	case ch.Outcome != "":
		return ch, ch.Outcome, nil
	}
	switch {
	case action == "fail" || action == "cancel":
		resCode, ch.Tries = "0002", 0
	case action != "authenticate":
		return ch, "", nil
	case strings.TrimSpace(password) == onetimePassword:
		resCode, ch.Tries = "0000", 0
	case ch.Tries+1 == maxTries:
		resCode, ch.Tries = "0002", 0
	default:
		ch.Tries++
	}
	return ch, resCode, s.books.commit([]put{ch.put()})
}

func (s *Simulator) serveChallenge(w http.ResponseWriter, ch *challenge) {
	m, _ := s.merchant(ch.Trader)
	shop := m.Name
	if shop == "" {
		shop = m.TraderCode
	}
	left := 0
	if ch.Tries > 0 {
		left = maxTries - ch.Tries
	}
	s.issuerPage(w, http.StatusOK, "challenge", map[string]any{
		"Shop": shop, "Amount": ch.Amount, "Card": ch.Card.LastFour, "ID": ch.ID, "Left": left, "Answer": issuerAnswer,
	})
}

// sendBack makes the browser carry the issuer's message to the shop.
func (s *Simulator) sendBack(w http.ResponseWriter, ch *challenge, resCode string) {
	if ch.ReturnURL == "" { // a scenario token asks for no address
		s.issuerPage(w, http.StatusOK, "nowhere", nil)
		return
	}
	address := returnAddress(ch.ReturnURL)
	s.issuerPage(w, http.StatusOK, "return", map[string]any{"URL": address, "Fields": s.message(ch, resCode, s.Now())})
}

// returnAddress is the shop's address as a browser reads it. The real gateway
// puts what it got into an attribute as it came, for one client sends its
// ampersands escaped already (protocol 2.1, number 13).
func returnAddress(v string) string {
	return strings.NewReplacer("&#038;", "&", "&#38;", "&", "&amp;", "&").Replace(v)
}

// issuerPage writes one of the issuer's pages. Nothing but its own style and
// script runs on it. Its form goes to the issuer; on the way back it may go
// anywhere, because a browser holds the shop's own redirections against the
// same rule.
func (s *Simulator) issuerPage(w http.ResponseWriter, status int, name string, data map[string]any) {
	formAction := "'self'"
	if name == "return" {
		formAction = "https: http:"
	}
	var b bytes.Buffer
	if err := issuerPages.ExecuteTemplate(&b, name, data); err != nil {
		s.logger.Error("simulator: issuer's page", "page", name, "error", err)
		http.Error(w, "the page cannot be written", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; "+issuerSources+"; form-action "+formAction+"; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "strict-origin")
	write(w, "text/html; charset=UTF-8", status, b.Bytes())
}

// Act is what a buyer does on the issuer's page, for tests without a browser:
// it returns the address of the shop and the form that the browser would post
// there. With resCode the issuer says just that.
func (s *Simulator) Act(traderCode, orderNo, action, resCode string) (address string, message []MessageField, err error) {
	s.gate.RLock()
	defer s.gate.RUnlock()
	m, _ := s.merchant(traderCode)
	t := s.peek(m, orderNo, s.Now())
	if t == nil {
		return "", nil, ErrNoOrder
	}
	ch := s.findChallenge(t.Challenge)
	if !t.waitsFor(ch) {
		return "", nil, ErrNoChallenge
	}
	if resCode == "" {
		if _, resCode, err = s.answered(ch.ID, action, onetimePassword); err != nil {
			return "", nil, err
		}
	}
	if len(resCode) != 4 || !digits(resCode) {
		return "", nil, ErrNoAnswer
	}
	return returnAddress(ch.ReturnURL), s.message(ch, resCode, s.Now()), nil
}
