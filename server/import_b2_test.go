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

// addressed makes an order that waits for its slip.
func addressed(t *testing.T, s *server, number, name string) payment.ID {
	t.Helper()
	_, p := browse(t, s, demoKey, "POST", "/v1/payments", number, fmt.Sprintf(`{"amount":5080,"orderNumber":%q,"cardToken":"SIMAPPROVED00000","deliveryMethod":"takkyubin","order":{
		"shippingAddress":{"name":%q,"postalCode":"600-8001","prefecture":"京都府","city":"京都市下京区","line1":"四条通1-2-3","phone":"075-123-4567"}}}`, number, name))
	id, ok := payment.ParseName(fmt.Sprint(p["name"]))
	if !ok {
		t.Fatalf("%v", p)
	}
	return id
}

// withSlip is an exported file with the slip that B2 gave an order.
func withSlip(file []byte, id payment.ID, slip string) []byte {
	return bytes.Replace(file, []byte(string(id)+",0,,,"), []byte(string(id)+",0,,"+slip+","), 1)
}

// importVerdicts imports a file and gives the verdicts of its rows, and all that
// the rows are told.
func importVerdicts(t *testing.T, s *server, key string, file []byte) (verdicts, told string) {
	t.Helper()
	var answer struct{ Rows []importedRow }
	if err := json.Unmarshal(fileCall(t, s, key, "POST", "/v1/shipments:import", file), &answer); err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, r := range answer.Rows {
		words = append(words, r.Verdict)
		told += r.Reason + " " + r.Message + " " + r.MessageJa + "\n"
	}
	return strings.Join(words, " "), told
}

// Two orders of one receiver go under one slip, as the provider takes it; a third
// one of somebody else cannot have it, in whatever file it comes. A slip that was
// corrected since does not come back, and a canceled order is not shipped.
// R28 R30 R36 P38 P62
func TestImportBundle(t *testing.T) {
	s := startServer(t)
	one, two, other, gone := addressed(t, s, "1", "受取 花子"), addressed(t, s, "2", "受取　花子"), addressed(t, s, "3", "佐藤 一郎"), addressed(t, s, "4", "鈴木 次郎")
	blank := fileCall(t, s, demoKey, "GET", "/v1/shipments:export", nil)
	if status, got := browse(t, s, demoKey, "PATCH", "/v1/"+gone.Name()+"/order", "", `{"state":"CANCELED"}`); status != http.StatusOK {
		t.Fatalf("%d %v", status, got)
	}
	step := func(what string, file []byte, want string, texts ...string) {
		t.Helper()
		got, told := importVerdicts(t, s, demoKey, file)
		if got != want {
			t.Errorf("%s: %s, want %s\n%s", what, got, want, told)
		}
		for _, text := range texts {
			if !strings.Contains(told, text) {
				t.Errorf("%s: %q is not told:\n%s", what, text, told)
			}
		}
	}
	bundle := withSlip(withSlip(withSlip(blank, one, slipNumber(1)), two, slipNumber(1)), gone, slipNumber(4))
	step("the bundle", bundle, "shipped shipped skipped refused", "order is canceled", "キャンセル")
	step("again", bundle, "unchanged unchanged skipped refused")
	step("somebody else's", withSlip(blank, other, slipNumber(1)), "skipped skipped refused skipped", "BUNDLED", "ほかの注文と同じ送り状番号")
	step("its own", withSlip(blank, other, slipNumber(3)), "skipped skipped shipped skipped")
	if status, got := browse(t, s, demoKey, "POST", "/v1/"+other.Name()+":correctShipment", "c", `{"shipment":{"slipNumber":"`+slipNumber(5)+`"}}`); status != http.StatusOK {
		t.Fatalf("%d %v", status, got)
	}
	step("the corrected one", withSlip(blank, other, slipNumber(3)), "skipped skipped refused skipped", slipNumber(5), "correct the shipment", "訂正")
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
		ids[slipNumber(i)] = addressed(t, s, fmt.Sprint(1396+i), "受取 花子")
	}
	file := fileCall(t, s, demoKey, "GET", "/v1/shipments:export", nil)
	row, err := b2.NewReader(bytes.NewReader(file), b2.Limits{}, nil).Next()
	if err != nil || row.Cell(43) != "1" || row.Cell(44) != demoTraderCode || row.Cell(45) != strings.ToUpper(row.Reference) {
		t.Fatalf("%v %q", err, row.Cells)
	}
	for slip, id := range ids {
		file = withSlip(file, id, slip)
	}
	verdicts := func(key string) string {
		words, _ := importVerdicts(t, s, key, file)
		return words
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
