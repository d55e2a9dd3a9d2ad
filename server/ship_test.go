package main

import (
	"fmt"
	"net/http"
	"testing"
)

// The life of a parcel over REST, connector and simulator: what is missing is
// named, the slip captures, a wrong one is corrected without the charge falling
// back, and another carrier's order is captured when it is shipped.
// R17 R27 R28 R31 R33 P60
func TestShip(t *testing.T) {
	s := startServer(t)
	n := 0
	call := func(name, verb, body string) (int, map[string]any) {
		n++
		return browse(t, s, demoKey, "POST", "/v1/"+name+":"+verb, fmt.Sprint("k", n), body)
	}
	order := func(number, delivery string) string {
		_, p := browse(t, s, demoKey, "POST", "/v1/payments", number, `{"amount":5080,"orderNumber":"`+number+`","cardToken":"SIMAPPROVED00000","deliveryMethod":"`+delivery+`"}`)
		return p["name"].(string)
	}
	want := func(what string, status int, got map[string]any, state string, missing any, slips ...string) {
		t.Helper()
		var have []string
		for _, x := range list(got["shipments"]) {
			if m := x.(map[string]any); m["registered"] == true {
				have = append(have, m["slipNumber"].(string))
			}
		}
		if status != http.StatusOK || got["state"] != state || fmt.Sprint(got["missingCaptureConditions"]) != fmt.Sprint(missing) || fmt.Sprint(have) != fmt.Sprint(slips) {
			t.Errorf("%s: %d %v, missing %v, slips %v", what, status, got["state"], got["missingCaptureConditions"], have)
		}
	}
	yamato := order("1396", "takkyubin")
	if status, got := call(yamato, "capture", `{}`); status != http.StatusBadRequest {
		t.Errorf("captured without a slip: %d %v", status, got)
	}
	status, got := call(yamato, "ship", `{}`)
	want("shipped, and nothing said", status, got, "STATE_AUTHORIZED", []any{"carrier", "slip_number"})
	if got["fulfillmentState"] != "FULFILLMENT_STATE_SHIPPED" {
		t.Errorf("%v", got["fulfillmentState"])
	}
	if status, got := call(yamato, "ship", `{"shipment":{"carrier":"yamato","slipNumber":"123456789012"}}`); status != http.StatusBadRequest {
		t.Errorf("a wrong check digit: %d %v", status, got)
	}
	status, got = call(yamato, "ship", `{"shipment":{"carrier":"yamato","slipNumber":"１２３４-5678-9013"}}`)
	want("with its slip", status, got, "STATE_CAPTURED", nil, "123456789013")
	status, got = call(yamato, "correctShipment", `{"shipment":{"slipNumber":"123456789024"}}`)
	want("corrected", status, got, "STATE_CAPTURED", nil, "123456789024")
	status, got = call(yamato, "refresh", `{}`)
	want("as the provider sees it", status, got, "STATE_CAPTURED", nil, "123456789024")
	if got["attention"] != nil {
		t.Errorf("attention: %v", got["attention"])
	}
	other := order("1397", "other")
	status, got = call(other, "ship", `{"shipment":{"carrier":"other","slipNumber":"X-1"}}`)
	want("with another carrier", status, got, "STATE_CAPTURED", nil)
	if status, got := call(other, "correctShipment", `{"shipment":{"slipNumber":"123456789024"}}`); status != http.StatusBadRequest {
		t.Errorf("nothing to correct: %d %v", status, got)
	}
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}
