package simulator

import (
	_ "embed"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"strings"
)

// The browser's library and the address it asks, under both of the gateway's
// roots. The first is the provider's; the second is ours, for what the real
// library asks is not public (protocol 4).
const (
	tokenLibrary = "token/js/embeddedTokenLib.js"
	tokenCreate  = "token/create"
)

//go:embed embeddedTokenLib.js
var tokenLibraryText []byte

func tokenPath(path string) string {
	rest, ok := strings.CutPrefix(path, "/test_gateway/")
	if !ok {
		rest, _ = strings.CutPrefix(path, productionRoot)
	}
	return rest
}

func isTokenPath(path string) bool {
	rest := tokenPath(path)
	return rest == tokenLibrary || rest == tokenCreate
}

func (s *Simulator) serveTokenPath(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	if tokenPath(r.URL.Path) == tokenLibrary {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			h.Set("Allow", "GET, HEAD")
			http.Error(w, "GET", http.StatusMethodNotAllowed)
			return
		}
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		write(w, "text/javascript; charset=UTF-8", http.StatusOK, tokenLibraryText)
		return
	}
	// Any shop's page asks, and the answer is nobody's secret but the asker's.
	h.Set("Access-Control-Allow-Origin", "*")
	switch r.Method {
	case http.MethodOptions:
		h.Set("Access-Control-Allow-Methods", "POST")
		h.Set("Access-Control-Allow-Headers", "Content-Type")
		h.Set("Access-Control-Max-Age", "600")
		h.Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusNoContent)
	case http.MethodPost:
		s.serveTokenCreate(w, r)
	default:
		h.Set("Allow", "POST, OPTIONS")
		http.Error(w, "POST", http.StatusMethodNotAllowed)
	}
}

// tokenAnswer is what the library reads: a token or what is wrong.
type tokenAnswer struct {
	Token  string       `json:"token,omitempty"`
	Errors []tokenError `json:"errorInfo,omitempty"`
}

// tokenError has an item only when the buyer can do something about it:
// cardNo, cardOwner, cardExp or securityCode.
type tokenError struct {
	Code    string `json:"errorCode"`
	Message string `json:"errorMsg"`
	Item    string `json:"errorItem"`
}

// serveTokenCreate makes a token of what the library sends. No part of it goes
// into the books or the log but what a token keeps of a test card.
func (s *Simulator) serveTokenCreate(w http.ResponseWriter, r *http.Request) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		http.Error(w, "application/json", http.StatusUnsupportedMediaType)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var q TokenRequest
	if err != nil || json.Unmarshal(body, &q) != nil {
		http.Error(w, "no request", http.StatusBadRequest)
		return
	}
	s.gate.RLock()
	defer s.gate.RUnlock()
	answer := s.createToken(q, onProduction(r.URL.Path))
	code := ""
	if len(answer.Errors) > 0 {
		code = answer.Errors[0].Code
	}
	s.logger.Debug("simulator: token", "error", code)
	answerJSON(w, http.StatusOK, answer)
}

func (s *Simulator) createToken(q TokenRequest, production bool) tokenAnswer {
	q.defaults("")
	now := s.Now()
	if code := s.refuseTokenRequest(q); code != "" {
		return tokenAnswer{Errors: []tokenError{{Code: code, Message: tokenMessage(code)}}}
	}
	list := q.cardErrors(now)
	if production {
		list = q.inProduction(list)
	}
	if len(list) > 0 {
		return tokenAnswer{Errors: list}
	}
	text, _, err := s.NewToken(q)
	if err != nil {
		// A stored card can have gone in between; or the books are closed.
		return tokenAnswer{Errors: []tokenError{{Code: systemError, Message: tokenMessage(systemError)}}}
	}
	return tokenAnswer{Token: text}
}
