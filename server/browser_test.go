package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// browse is one REST call with a bearer of any kind.
func browse(t *testing.T, s *server, bearer, method, path, key, body string) (int, map[string]any) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, "http://"+s.addr.String()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+bearer)
	req.Header.Set("Idempotency-Key", key)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var answer map[string]any
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, answer
}

// P34: a browser cannot name another order or amount: those come from the
// payment. P35: after the first success its secret moves nothing any more.
// R02 R11: no card number, and nothing bound to an address, is in the way.
func TestBrowserConfirms(t *testing.T) {
	s := startServer(t)
	_, p := browse(t, s, demoKey, "POST", "/v1/payments", "a1", `{"amount":5080,"orderNumber":"1396"}`)
	name, secret := p["name"].(string), p["clientSecret"].(string)
	for _, more := range []string{`"amount":1`, `"orderNumber":"1397"`, `"customer":"mallory"`} {
		if status, answer := browse(t, s, secret, "POST", "/v1/"+name+":confirm", "b", `{"cardToken":"SIMAPPROVED00000",`+more+`}`); status != http.StatusBadRequest {
			t.Errorf("%s: %d %v", more, status, answer)
		}
	}
	if status, answer := browse(t, s, secret, "POST", "/v1/"+name+":confirm", "b", `{"cardToken":"SIMAPPROVED00000"}`); status != 200 || answer["state"] != "STATE_AUTHORIZED" || answer["amount"] != 5080.0 {
		t.Fatalf("%d %v", status, answer)
	}
	for _, key := range []string{"c", "d"} {
		if status, answer := browse(t, s, secret, "POST", "/v1/"+name+":confirm", key, `{"cardToken":"SIMAPPROVED00000"}`); status != http.StatusBadRequest {
			t.Errorf("confirmed again: %d %v", status, answer)
		}
	}
	if _, got := browse(t, s, demoKey, "GET", "/v1/"+name, "", ""); len(got["attempts"].([]any)) != 1 {
		t.Errorf("attempts: %v", got["attempts"])
	}
}
