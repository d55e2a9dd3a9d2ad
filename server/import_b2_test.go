package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/b2"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// file is one REST call whose body, or answer, is a file.
func fileCall(t *testing.T, s *server, key, method, path string, body []byte) []byte {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, "http://"+s.addr.String()+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+key)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %d %v %s", method, path, res.StatusCode, err, raw)
	}
	return raw
}

// Where the shop lets B2 register slips, the export tells B2 to, the import asks
// the provider and sends nothing, and a slip that is not there yet waits. Another
// shop's orders are none of a key's business.
// R29 R30 P69 P88
func TestImportRegisteredByB2(t *testing.T) {
	s := startServer(t)
	if status, got := browse(t, s, demoKey, "PATCH", "/v1/settings", "", `{"b2":{"registers":true}}`); status != http.StatusOK {
		t.Fatalf("%d %v", status, got)
	}
	ids := map[string]payment.ID{}
	for i := range 2 {
		_, p := browse(t, s, demoKey, "POST", "/v1/payments", fmt.Sprint(i), fmt.Sprintf(`{"amount":5080,"orderNumber":"%d","cardToken":"SIMAPPROVED00000","deliveryMethod":"takkyubin","order":{
			"shippingAddress":{"name":"受取 花子","postalCode":"600-8001","prefecture":"京都府","city":"京都市下京区","line1":"四条通1-2-3","phone":"075-123-4567"}}}`, 1396+i))
		id, ok := payment.ParseName(fmt.Sprint(p["name"]))
		if !ok {
			t.Fatalf("%v", p)
		}
		ids[slipNumber(i)] = id
	}
	file := fileCall(t, s, demoKey, "GET", "/v1/shipments:export", nil)
	row, err := b2.NewReader(bytes.NewReader(file), b2.Limits{}, nil).Next()
	if err != nil || row.Cell(43) != "1" || row.Cell(44) != demoTraderCode || row.Cell(45) != strings.ToUpper(row.Reference) {
		t.Fatalf("%v %q", err, row.Cells)
	}
	for slip, id := range ids {
		file = bytes.Replace(file, []byte(string(id)+",0,,,"), []byte(string(id)+",0,,"+slip+","), 1)
	}
	verdicts := func(key string) string {
		t.Helper()
		var answer struct{ Rows []importedRow }
		if err := json.Unmarshal(fileCall(t, s, key, "POST", "/v1/shipments:import", file), &answer); err != nil {
			t.Fatal(err)
		}
		var words []string
		for _, r := range answer.Rows {
			words = append(words, r.Verdict)
		}
		return strings.Join(words, " ")
	}
	byB2 := func(slip string) {
		t.Helper()
		merchant := acquirer.Merchant{Environment: shop.Test, TraderCode: demoTraderCode, AccessKey: demoAccessKey}
		fact, err := s.provider.Perform(context.Background(), merchant, acquirer.Wish{Operation: payment.OpShip, Acceptance: ids[slip].Acceptance(1), Amount: 5080, Slip: slip})
		if err != nil || fact.Outcome != payment.Yes {
			t.Fatalf("%+v %v", fact, err)
		}
	}
	byB2(slipNumber(0))
	for i, want := range []string{"shipped pending", "unchanged pending", "unchanged shipped", "unchanged unchanged"} {
		if i == 2 {
			byB2(slipNumber(1))
		}
		if got := verdicts(demoKey); got != want {
			t.Errorf("import %d: %s, want %s", i+1, got, want)
		}
	}
	for slip, id := range ids {
		_, p := browse(t, s, demoKey, "POST", "/v1/"+id.Name()+":refresh", "r"+slip, `{}`)
		if p["state"] != "STATE_CAPTURED" || p["attention"] != nil {
			t.Errorf("%s: %v %v", id, p["state"], p["attention"])
		}
	}
	if got := verdicts(demoSecureKey); got != "refused refused" {
		t.Errorf("another shop's key: %s", got)
	}
}
