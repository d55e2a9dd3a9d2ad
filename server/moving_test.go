package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// An old shop system and kessai share a provider. Dry runs tell where the old one's
// list is wrong and change nothing; the import begins the payments as the provider
// shows them; the same file again adds nothing; and what moved here goes on like
// any other payment, under the number that the provider knows. R42 P15
func TestMovingIn(t *testing.T) {
	old := startServer(t)
	s := startServer(t, func(f *Flags) { f.Provider = "http://" + old.simulatorAddr.String() + "/test_gateway" })
	var file strings.Builder
	file.WriteString("\uFEFF受注番号,受付番号,状態,配送方法\r\n")
	number := map[string]string{}
	for _, o := range []struct{ order, delivery, verb, claimed string }{
		{"OLD-1", "takkyubin", "", "与信完了"},
		{"OLD-2", "other", "capture", "売上確定"},
		{"OLD-3", "other", "cancel", "取消"},
		{"OLD-4", "other", "cancel", "与信完了"}, // the old system never heard of it
	} {
		_, p := browse(t, old, demoKey, "POST", "/v1/payments", o.order, fmt.Sprintf(`{"amount":5080,"orderNumber":%q,"cardToken":"SIMAPPROVED00000"}`, o.order))
		if o.verb != "" {
			if status, p := browse(t, old, demoKey, "POST", "/v1/"+p["name"].(string)+":"+o.verb, o.order, `{}`); status != http.StatusOK {
				t.Fatal(status, p)
			}
		}
		number[o.order] = p["acceptanceNumber"].(string)
		fmt.Fprintf(&file, "%s,%s,%s,%s\r\n", o.order, number[o.order], o.claimed, o.delivery)
	}
	file.WriteString("OLD-5,NOBODY-KNOWS,与信完了,other\r\nOLD-6,4.71E+11,与信完了,other\r\nOLD-7,old7,与信完了,other\r\nOLD-8,OLD8,?,other\r\nOLD-9,OLD9,,drone\r\nOLD-1,AGAIN,,\r\n")
	send := func(query string) map[string]any {
		t.Helper()
		status, got := browse(t, s, demoKey, "POST", "/v1/orders:import"+query, "", file.String())
		if status != http.StatusOK {
			t.Fatal(status, got)
		}
		return got
	}
	verdicts := func(got map[string]any) string {
		var out []string
		for _, o := range list(got["orders"]) {
			m := o.(map[string]any)
			word := m["verdict"].(string)
			if m["differs"] == true {
				word += "!"
			}
			if m["english"] == nil || m["japanese"] == nil {
				t.Errorf("no words: %v", m)
			}
			out = append(out, word)
		}
		return strings.Join(out, " ")
	}
	const refused = " REFUSED REFUSED REFUSED REFUSED REFUSED"
	if got := send("?dryRun=true"); verdicts(got) != "WOULD_IMPORT WOULD_IMPORT CLOSED CLOSED! CLOSED!"+refused || got["differing"] != 2.0 || got["quietDays"] != nil {
		t.Errorf("dry run: %s %v", verdicts(got), got)
	}
	if _, all := browse(t, s, demoKey, "GET", "/v1/payments", "", ""); all["payments"] != nil {
		t.Errorf("a dry run began something: %v", all)
	}
	if got := send(""); verdicts(got) != "IMPORTED IMPORTED CLOSED CLOSED! CLOSED!"+refused || got["imported"] != 2.0 {
		t.Errorf("import: %s %v", verdicts(got), got)
	}
	if got := send(""); verdicts(got) != "ALREADY ALREADY CLOSED CLOSED! CLOSED!"+refused || got["imported"] != 2.0 {
		t.Errorf("the same file again: %s", verdicts(got))
	}
	find := func(order string) map[string]any {
		_, page := browse(t, s, demoKey, "GET", "/v1/payments?filter="+url.QueryEscape(`acceptance_number="`+number[order]+`"`), "", "")
		if len(list(page["payments"])) != 1 {
			t.Fatalf("%s: %v", order, page)
		}
		return list(page["payments"])[0].(map[string]any)
	}
	held := find("OLD-1")
	if held["state"] != "STATE_AUTHORIZED" || held["imported"] != true || held["amount"] != 5080.0 || held["holdExpireTime"] == nil || held["deliveryMethod"] != "takkyubin" {
		t.Errorf("%v", held)
	}
	name := held["name"].(string)
	if status, p := browse(t, s, demoKey, "POST", "/v1/"+name+":ship", "s1", `{"shipment":{"carrier":"yamato","slipNumber":"123456789013"}}`); status != http.StatusOK || p["state"] != "STATE_CAPTURED" {
		t.Errorf("shipped: %d %v", status, p)
	}
	charged := find("OLD-2")["name"].(string)
	if status, p := browse(t, s, demoKey, "POST", "/v1/"+charged+":cancel", "c1", `{}`); status != http.StatusOK || p["state"] != "STATE_CANCELED" || p["refundedAmount"] != 5080.0 {
		t.Errorf("given back: %d %v", status, p)
	}
	if status, p := browse(t, s, demoKey, "POST", "/v1/payments", "n1", `{"amount":1,"orderNumber":"OLD-1","cardToken":"SIMAPPROVED00000"}`); status != http.StatusConflict {
		t.Errorf("paid a second time: %d %v", status, p)
	}
	_, old1 := browse(t, old, demoKey, "POST", "/v1/payments/"+strings.ToLower(number["OLD-1"])+":refresh", "", `{}`)
	if old1["attention"] != "PROVIDER_DIFFERS" {
		t.Errorf("what was done here is not at the provider: %v", old1)
	}
}
