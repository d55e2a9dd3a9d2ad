package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/api/apitest"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/radar"
	"kessai.dev/kessai/internal/shop"
)

// held is what REST shows of holds.
type held struct {
	Holds []struct {
		Payment, OrderNumber, ExpireTime, ReauthorizeTime, Liability string
		Amount, DaysLeft                                             int
		Risks                                                        []string
	}
	NextPageToken string
}

func (h *house) held(t *testing.T, query string) (got held) {
	t.Helper()
	code, answer, _ := h.do(t, "GET", "/v1/holds"+query, "", "Authorization", "Bearer "+demoKey)
	if err := json.Unmarshal([]byte(answer), &got); err != nil || code != http.StatusOK {
		t.Fatalf("%s: %d %s", query, code, answer)
	}
	return got
}

// Holds are listed by their end, in pages whose tokens fit their own list and shop
// only; a page goes on where it ended, even if its last hold is charged meanwhile.
// P84
func TestListHolds(t *testing.T) {
	h := open(t, func(o *api.Options) { o.Directory.Now().Shops["first"].Settings.Care.ReauthorizeDays = 3 })
	names := map[string]string{}
	for day, number := range []string{"1", "2", "3"} {
		h.set(noon.AddDate(0, 0, day))
		names[number] = h.rest(t, 200, "POST", "/v1/payments", fmt.Sprintf(`{"amount":5080,"orderNumber":%q,"cardToken":%q,"cardHint":{"lastFour":"1111","expiry":"12/26"}}`, number, approved), "Idempotency-Key", number).Name
	}
	first := h.held(t, "?pageSize=2")
	if len(first.Holds) != 2 || first.Holds[0].OrderNumber != "1" || first.NextPageToken == "" {
		t.Fatalf("%+v", first)
	}
	want := held{}.Holds
	_ = json.Unmarshal([]byte(`[{"payment":"`+names["1"]+`","orderNumber":"1","amount":5080,"expireTime":"2027-01-07T14:59:59Z","daysLeft":43,"reauthorizeTime":"2027-01-03T19:00:00Z","liability":"NOT_PROTECTED","risks":["CARD_EXPIRES"]}]`), &want)
	if got, wanted := fmt.Sprint(first.Holds[0]), fmt.Sprint(want[0]); got != wanted {
		t.Errorf("%s\nwant %s", got, wanted)
	}
	h.rest(t, 200, "POST", "/v1/"+names["2"]+":capture", `{}`, "Idempotency-Key", "c")
	if second := h.held(t, "?pageSize=2&pageToken="+first.NextPageToken); len(second.Holds) != 1 || second.Holds[0].OrderNumber != "3" || second.NextPageToken != "" {
		t.Errorf("%+v", second)
	}
	if got := h.held(t, "?days=43"); len(got.Holds) != 1 || got.Holds[0].DaysLeft != 43 {
		t.Errorf("%+v", got)
	}
	for _, bad := range []string{"?pageSize=-1", "?days=401", "?days=-1", "?order=1", "?pageToken=x", "?days=50&pageToken=" + first.NextPageToken} {
		h.rest(t, http.StatusBadRequest, "GET", "/v1/holds"+bad, "")
	}
	code, answer, _ := h.do(t, "GET", "/v1/payments?pageToken="+first.NextPageToken, "", "Authorization", "Bearer "+demoKey)
	if code != http.StatusBadRequest {
		t.Errorf("another list takes the token: %d %s", code, answer)
	}
}

// The calendar is a file over REST, with its type and its name, and JSON for who
// asks for that; every other protocol has it in a field.
func TestHoldCalendarFile(t *testing.T) {
	h := open(t)
	h.create(t, "1396", approved)
	code, file, header := h.do(t, "GET", "/v1/holds:calendar", "", "Authorization", "Bearer "+demoKey)
	if code != http.StatusOK || header.Get("Content-Type") != "text/calendar; charset=utf-8" || header.Get("Content-Disposition") != `attachment; filename="holds.ics"` ||
		header.Get("Cache-Control") != "no-store" || header.Get("Content-Length") != fmt.Sprint(len(file)) {
		t.Errorf("%d %v", code, header)
	}
	if !strings.HasPrefix(file, "BEGIN:VCALENDAR\r\n") || !strings.HasSuffix(file, "END:VCALENDAR\r\n") || !strings.Contains(file, "DTSTART;VALUE=DATE:20270107\r\n") || !strings.Contains(file, "DESCRIPTION:1396 ") {
		t.Errorf("%q", file)
	}
	code, answer, _ := h.do(t, "GET", "/v1/holds:calendar", "", "Authorization", "Bearer "+demoKey, "Accept", "application/json")
	var x struct {
		Content  []byte
		FileName string
	}
	if err := json.Unmarshal([]byte(answer), &x); err != nil || code != 200 || string(x.Content) != file || x.FileName != "holds.ics" {
		t.Errorf("%d %s", code, answer)
	}
	for _, p := range apitest.Protocols(t, h.with(demoKey)) {
		if p.Name == "rest" {
			continue
		}
		got, err := p.Call(t.Context(), "ExportHoldCalendar", &ledgerv1.ExportHoldCalendarRequest{}, nil)
		if m, ok := got.Message.(*ledgerv1.ExportHoldCalendarResponse); err != nil || !ok || string(m.GetContent()) != file || m.GetFileName() != "holds.ics" {
			t.Errorf("%s: %v %+v", p.Name, err, got)
		}
	}
	for path, want := range map[string]int{"/v1/holds:calendar?days=1": 400} {
		if code, answer, _ := h.do(t, "GET", path, "", "Authorization", "Bearer "+demoKey); code != want || !strings.Contains(answer, "known are none") {
			t.Errorf("%s: %d %s", path, code, answer)
		}
	}
	if code, _, _ := h.do(t, "GET", "/v1/holds:calendar", "", "Authorization", "Bearer x"); code != http.StatusUnauthorized {
		t.Errorf("%d", code)
	}
}

// What a shopper would see of a change is told, refused as the change would be, and
// changes nothing: not even the payment's etag. P36 P37
func TestPreviewAdjustment(t *testing.T) {
	h := open(t)
	p := h.rest(t, 200, "POST", "/v1/payments", `{"amount":5080,"orderNumber":"1396","cardToken":"SIMAPPROVED00000"}`, "Idempotency-Key", "a")
	h.set(noon.AddDate(0, 0, 10))
	at := "/v1/" + p.Name + ":previewAdjustment?amount="
	code, answer, _ := h.do(t, "GET", at+"4000", "")
	var got struct {
		Lines []struct {
			Amount     int
			Kind, Date string
		}
		Notes                           []struct{ Reason, Japanese, English string }
		MessageJapanese, MessageEnglish string
	}
	if err := json.Unmarshal([]byte(answer), &got); err != nil || code != 200 {
		t.Fatalf("%d %s", code, answer)
	}
	if fmt.Sprint(got.Lines) != "[{5080 ORIGINAL 2026-11-23} {-5080 REVERSAL 2026-12-03} {4000 NEW 2026-12-03}]" || len(got.Notes) != 3 || got.Notes[0].Reason != "CROSSES_CLOSING_DAY" || got.Notes[0].Japanese == "" || got.Notes[0].English == "" {
		t.Errorf("%+v", got)
	}
	if !strings.Contains(got.MessageJapanese, "1396") || !strings.Contains(got.MessageEnglish, "¥4,000") {
		t.Errorf("%+v", got)
	}
	for amount, want := range map[string]int{"": 400, "0": 400, "-1": 400, "10000000": 400, "40.5": 400, "5080": 200} {
		if code, answer, _ := h.do(t, "GET", at+url.QueryEscape(amount), ""); code != want {
			t.Errorf("%q: %d %s", amount, code, answer)
		}
	}
	if code, answer, _ := h.do(t, "GET", strings.TrimSuffix(at, "?amount="), ""); code != 400 {
		t.Errorf("%d %s", code, answer)
	}
	h.set(time.Date(2026, 12, 3, 23, 30, 0, 0, shop.Tokyo))
	if code, answer, _ := h.do(t, "GET", at+"4000", ""); code != 200 || !strings.Contains(answer, `"NOT_NOW"`) || !strings.Contains(answer, `"2026-12-04"`) {
		t.Errorf("at night: %d %s", code, answer)
	}
	if _, answer, _ := h.do(t, "GET", "/v1/"+p.Name, ""); !strings.Contains(answer, `"etag":`+string(quoted(p.Etag))) {
		t.Errorf("it changed: %s", answer)
	}
	if code, _, _ := h.do(t, "GET", at+"4000", "", "Authorization", "Bearer "+otherKey); code != http.StatusNotFound {
		t.Errorf("another shop's: %d", code)
	}
	h.set(noon.AddDate(0, 0, 11))
	h.rest(t, 200, "POST", "/v1/"+p.Name+":cancel", `{}`, "Idempotency-Key", "x")
	if code, answer, _ := h.do(t, "GET", at+"4000", ""); code != 400 || !strings.Contains(answer, "WRONG_STATE") {
		t.Errorf("canceled: %d %s", code, answer)
	}
}

// brokenRadar cannot read its books.
type brokenRadar struct{ api.Radar }

func (brokenRadar) Holds(context.Context, processor.Caller, radar.Query) (radar.Page, error) {
	return radar.Page{}, errDisk
}

func (brokenRadar) Calendar(context.Context, processor.Caller) ([]byte, error) { return nil, errDisk }

// P20 P88: books that cannot be read are an error without their text, never an
// empty list or an empty file; and each call is an operator's, but the preview.
func TestRadarRefuses(t *testing.T) {
	broken := open(t, func(o *api.Options) { o.Radar = brokenRadar{} })
	for _, path := range []string{"/v1/holds", "/v1/holds:calendar"} {
		code, answer, header := broken.do(t, "GET", path, "", "Authorization", "Bearer "+demoKey)
		if code != http.StatusServiceUnavailable || strings.Contains(answer, "journal.db") || header.Get("Content-Type") != "application/json" {
			t.Errorf("%s: %d %s", path, code, answer)
		}
	}
	h := open(t)
	for key, calls := range map[string]map[string]proto.Message{
		shopKey:   {"ListHolds": &ledgerv1.ListHoldsRequest{}, "ExportHoldCalendar": &ledgerv1.ExportHoldCalendarRequest{}},
		parcelKey: {"ListHolds": &ledgerv1.ListHoldsRequest{}, "ExportHoldCalendar": &ledgerv1.ExportHoldCalendarRequest{}, "PreviewAdjustment": &paymentv1.PreviewAdjustmentRequest{Name: "payments/00000000000000000000", Amount: 1}},
	} {
		for _, p := range apitest.Protocols(t, h.with(key)) {
			for method, request := range calls {
				got, err := p.Call(t.Context(), method, request, nil)
				if err != nil || got.Reason != "SCOPE_MISSING" {
					t.Errorf("%s: %s: %v %+v", p.Name, method, err, got)
				}
			}
		}
	}
}
