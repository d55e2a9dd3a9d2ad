package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
)

// R42: each row of an old system's list has its verdict, in both languages, over
// every wire; over REST the file itself is the body.
func TestImportOrders(t *testing.T) {
	h := open(t)
	type imported struct {
		Orders []struct {
			Line                                                                         int
			Verdict, OrderNumber, AcceptanceNumber, Claimed, Standing, English, Japanese string
			Amount                                                                       int
			Differs                                                                      bool
		}
		Imported, Differing int
	}
	check := func(wire, body string) {
		t.Helper()
		var got imported
		if err := json.Unmarshal([]byte(body), &got); err != nil || len(got.Orders) != 3 || got.Imported != 2 || got.Differing != 1 {
			t.Fatalf("%s: %v %s", wire, err, body)
		}
		if o := got.Orders[1]; o.Verdict != "WOULD_IMPORT" || o.Line != 3 || o.AcceptanceNumber != "WC0002" || o.Claimed != "CAPTURED" || o.Standing != "HELD" || o.Amount != 5080 || !o.Differs {
			t.Errorf("%s: %+v", wire, o)
		}
		for _, o := range got.Orders {
			if o.English == "" || o.Japanese == "" {
				t.Errorf("%s: no words: %+v", wire, o)
			}
		}
	}
	code, body, _ := h.do(t, "POST", "/v1/orders:import?dryRun=true", oldOrders, "Content-Type", "text/csv", "Authorization", "Bearer "+demoKey)
	if code != http.StatusOK {
		t.Fatal(code, body)
	}
	check("rest", body)
	overEveryWire(t, h.with(demoKey), "ImportOrders", &ledgerv1.ImportOrdersRequest{Content: []byte(oldOrders), DryRun: true}, check)
	for name, file := range map[string]string{
		"nothing": "", "no header": "1396,WC1\r\n", "no text": "\xff\xfe\x00", "a quote without an end": "order_number\r\n\"13", "too many": "order_number\r\n" + strings.Repeat("1\r\n", 2001),
	} {
		if code, body, _ := h.do(t, "POST", "/v1/orders:import", file, "Content-Type", "text/csv", "Authorization", "Bearer "+demoKey); code != http.StatusBadRequest || !strings.Contains(body, `"field":"content"`) {
			t.Errorf("%s: %d %s", name, code, body)
		}
	}
	if code, body, _ := h.do(t, "POST", "/v1/orders:import", oldOrders, "Content-Type", "text/csv", "Authorization", "Bearer "+parcelKey); code != http.StatusForbidden {
		t.Errorf("without the scope: %d %s", code, body)
	}
}
