package main

import (
	"bufio"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// stream reads the lines of a server stream over REST.
func stream(t *testing.T, s *server, method, path, body string) (all []map[string]any) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, "http://"+s.addr.String()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+demoKey)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	for lines := bufio.NewScanner(res.Body); lines.Scan(); {
		var line struct{ Result map[string]any }
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil || line.Result == nil {
			t.Fatalf("%s: %s %v", path, lines.Bytes(), err)
		}
		all = append(all, line.Result)
	}
	return all
}

// R42 P87: on demand every open payment and a sample of the closed ones are held
// against the provider; what is settled there is settled here, what somebody did
// there is a difference, and what agrees again is none. What it came to is kept,
// and in the audit trail. The books prove themselves meanwhile.
func TestReconciliation(t *testing.T) {
	s := startServer(t)
	order := func(number string) map[string]any {
		_, p := browse(t, s, demoKey, "POST", "/v1/payments", number, `{"amount":5080,"orderNumber":"`+number+`","cardToken":"SIMAPPROVED00000"}`)
		return p
	}
	run := func(body string) map[string]any {
		t.Helper()
		all := stream(t, s, "POST", "/v1/reconciliations", body)
		last, _ := all[len(all)-1]["reconciliation"].(map[string]any)
		if last["endTime"] == nil {
			t.Fatalf("it has not ended: %v", all)
		}
		return last
	}
	held, charged, gone := order("1"), order("2"), order("3")
	browse(t, s, demoKey, "POST", "/v1/"+charged["name"].(string)+":capture", "c2", `{}`)
	browse(t, s, demoKey, "POST", "/v1/"+gone["name"].(string)+":cancel", "c3", `{}`)
	if got := run(`{}`); got["asked"] != 2.0 || got["differences"] != nil || got["settled"] != nil {
		t.Errorf("nothing happened: %v", got)
	}
	no := func(p map[string]any) string { return p["acceptanceNumber"].(string) }
	console(t, s, "settle", `{"orderNo":"`+no(charged)+`"}`)
	console(t, s, "status", `{"orderNo":"`+no(held)+`","status":40}`)
	console(t, s, "status", `{"orderNo":"`+no(gone)+`","status":4}`)
	if got := run(`{"sample":10,"cards":true}`); got["asked"] != 3.0 || got["differences"] != 2.0 || got["settled"] != 1.0 {
		t.Errorf("what happened at the provider: %v", got)
	}
	console(t, s, "status", `{"orderNo":"`+no(gone)+`","status":40}`)
	if got := run(`{"sample":10}`); got["cleared"] != 1.0 || got["differences"] != nil {
		t.Errorf("what was put right: %v", got)
	}
	_, page := browse(t, s, demoKey, "GET", "/v1/reconciliations?pageSize=2", "", "")
	if len(list(page["reconciliations"])) != 2 || page["nextPageToken"] == nil {
		t.Errorf("%v", page)
	}
	_, page = browse(t, s, demoKey, "GET", "/v1/reconciliations?pageSize=2&pageToken="+page["nextPageToken"].(string), "", "")
	if len(list(page["reconciliations"])) != 1 || page["nextPageToken"] != nil {
		t.Errorf("%v", page)
	}
	_, trail := browse(t, s, demoKey, "GET", "/v1/changes?pageSize=6", "", "")
	if c := list(trail["changes"])[0].(map[string]any); !strings.HasPrefix(c["resource"].(string), "reconciliations/") || c["action"] != "ended" {
		t.Errorf("%v", c)
	}
	if status, answer := browse(t, s, demoKey, "POST", "/v1/reconciliations", "", `{"sample":10001}`); status != http.StatusBadRequest {
		t.Errorf("%d %v", status, answer)
	}
	proof := stream(t, s, "POST", "/v1/ledger:verify", `{}`)
	if last := proof[len(proof)-1]; last["done"] != true || last["faults"] != nil || last["head"] == nil || last["events"] == nil {
		t.Errorf("%v", last)
	}
}

// R42: what is worth more than the shop's limit needs two people, with a key each;
// until the second one agrees nothing is changed.
func TestTwoPeopleCorrect(t *testing.T) {
	s := startServer(t)
	_, key := browse(t, s, demoKey, "POST", "/v1/accessKeys", "", `{"accessKey":{"scopes":["operator"]}}`)
	browse(t, s, demoKey, "PATCH", "/v1/settings", "", `{"care":{"correctionLimit":5000}}`)
	_, p := browse(t, s, demoKey, "POST", "/v1/payments", "a", `{"amount":5080,"orderNumber":"1","cardToken":"SIMAPPROVED00000"}`)
	console(t, s, "status", `{"orderNo":"`+p["acceptanceNumber"].(string)+`","status":30}`)
	browse(t, s, demoKey, "POST", "/v1/"+p["name"].(string)+":refresh", "", `{}`)
	path := strings.Replace("/v1/"+p["name"].(string)+":resolve", "payments/", "differences/", 1)
	for i, step := range []struct {
		key, state string
		proposed   any
	}{{demoKey, "STATE_AUTHORIZED", true}, {demoKey, "STATE_AUTHORIZED", true}, {key["secret"].(string), "STATE_CAPTURED", nil}} {
		status, got := browse(t, s, step.key, "POST", path, "", `{"resolution":"TAKE_OVER"}`)
		after, _ := got["payment"].(map[string]any)
		if status != http.StatusOK || after["state"] != step.state || got["proposed"] != step.proposed {
			t.Errorf("step %d: %d %v", i, status, got)
		}
	}
}
