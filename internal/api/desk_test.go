package api_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/api/apitest"
	lostdesk "kessai.dev/kessai/internal/desk"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

// lost is what REST shows of a lost order.
type lost struct {
	Orphans []struct {
		Payment struct {
			Name, OrderTime string
			OrderRegistered bool
			Order           struct{ Buyer struct{ Name string } }
		}
		Verdict, Proposal, Japanese, English string
	}
	NextPageToken string
}

func (h *house) lost(t *testing.T, query string) (got lost) {
	t.Helper()
	code, answer, _ := h.do(t, "GET", "/v1/orphans"+query, "", "Authorization", "Bearer "+demoKey)
	if err := json.Unmarshal([]byte(answer), &got); err != nil || code != http.StatusOK {
		t.Fatalf("%s: %d %s", query, code, answer)
	}
	return got
}

const paidOrder = `{"amount":5080,"orderNumber":"1","cardToken":"SIMAPPROVED00000","order":{"total":5080,"buyer":{"name":"山田花子","phone":"03-1234-5678","email":"h@example.com"}}}`

// R39 R40: the manual's way from the number at the provider to the registered
// order: the log has the order as it was, the operator registers it with the date
// he chooses, and a second time nothing is done.
func TestLostOrder(t *testing.T) {
	h := open(t)
	p := h.rest(t, 200, "POST", "/v1/payments", paidOrder, "Idempotency-Key", "a")
	if got := h.lost(t, ""); len(got.Orphans) != 0 {
		t.Fatalf("the shop has time yet: %+v", got)
	}
	h.set(noon.Add(26 * time.Hour))
	got := h.lost(t, "?acceptanceNumber="+strings.ToUpper(strings.TrimPrefix(p.Name, "payments/")))
	if len(got.Orphans) != 1 {
		t.Fatalf("%+v", got)
	}
	o := got.Orphans[0]
	if o.Payment.Name != p.Name || o.Payment.OrderRegistered || o.Payment.Order.Buyer.Name != "山田花子" || o.Verdict != "AUTHORIZED" || o.Proposal != "REGISTER_OR_CANCEL" || o.Japanese == "" || o.English == "" {
		t.Errorf("%+v", o)
	}
	at := "/v1/" + p.Name + ":registerOrder"
	for i, c := range []struct{ body, want string }{
		{`{"dateFrom":"LOG","etag":` + string(quoted(p.Etag)) + `}`, `"orderTime":"2026-11-23T03:00:00Z"`},
		{`{"dateFrom":"NOW"}`, `"orderTime":"2026-11-23T03:00:00Z"`},
		{`{}`, `"orderRegistered":true`},
	} {
		code, answer, _ := h.do(t, "POST", at, c.body, "Authorization", "Bearer "+demoKey)
		if code != 200 || !strings.Contains(answer, c.want) || !strings.Contains(answer, "山田花子") {
			t.Errorf("%d: %d %s", i, code, answer)
		}
	}
	for _, query := range []string{"", "?acceptanceNumber=" + strings.ToUpper(strings.TrimPrefix(p.Name, "payments/"))} {
		if got := h.lost(t, query); len(got.Orphans) != 0 {
			t.Errorf("%s: it is registered: %+v", query, got)
		}
	}
}

// R40: who may not register an order is told what to do, in both languages: it is
// not paid, or the shop switched it off; and R39: UpdateOrder to OPEN is the
// shop's word, too.
func TestRegisterOrderRefuses(t *testing.T) {
	h := open(t, func(o *api.Options) { o.Directory.Now().Shops["second"].Settings.NoRegistration = true })
	p := h.rest(t, 200, "POST", "/v1/payments", `{"amount":5080,"orderNumber":"1"}`, "Idempotency-Key", "a")
	code, answer, _ := h.do(t, "POST", "/v1/"+p.Name+":registerOrder", `{}`, "Authorization", "Bearer "+demoKey)
	if code != http.StatusBadRequest || !strings.Contains(answer, "WRONG_STATE") || !strings.Contains(answer, "代金をお預かりしていません") {
		t.Errorf("%d %s", code, answer)
	}
	for _, bad := range []string{`{"dateFrom":"THEN"}`, `{"date":"NOW"}`} {
		h.rest(t, http.StatusBadRequest, "POST", "/v1/"+p.Name+":registerOrder", bad)
	}
	h.rest(t, http.StatusNotFound, "POST", "/v1/payments/00000000000000000000:registerOrder", `{}`)
	paid := h.rest(t, 200, "POST", "/v1/payments", `{"amount":5080,"orderNumber":"2","cardToken":"SIMAPPROVED00000"}`, "Idempotency-Key", "b")
	h.rest(t, http.StatusConflict, "POST", "/v1/"+paid.Name+":registerOrder", `{"etag":"\"1\""}`) // P36
	h.rest(t, 200, "PATCH", "/v1/"+paid.Name+"/order", `{"state":"OPEN"}`)
	code, answer, _ = h.do(t, "POST", "/v1/"+paid.Name+":registerOrder", `{}`, "Authorization", "Bearer "+demoKey)
	if code != 200 || !strings.Contains(answer, `"orderRegistered":true`) || strings.Contains(answer, "orderTime") {
		t.Errorf("%d %s", code, answer)
	}
	h.rest(t, http.StatusForbidden, "POST", "/v1/"+paid.Name+":registerOrder", `{}`, "Authorization", "Bearer "+shopKey) // P57: a storefront is no operator
}

// R39: the answer says that the order had been registered before, by gRPC and
// Connect, whose answers have more than the payment.
func TestAlreadyRegistered(t *testing.T) {
	h := open(t)
	name := h.create(t, "1", "SIMAPPROVED00000").GetName()
	for i, want := range []bool{false, true, true} {
		got, err := apitest.Protocols(t, h.with(demoKey))[0].Call(t.Context(), "RegisterOrder", &paymentv1.RegisterOrderRequest{Name: name}, nil)
		if err != nil || got.Code != "OK" || got.Message.(*paymentv1.RegisterOrderResponse).GetAlreadyRegistered() != want {
			t.Errorf("%d: %v %+v", i, err, got)
		}
	}
}

// R39: lost orders come in pages, newest first, by verdict; a page's token fits its
// own list only; and the list of payments tells who is registered.
func TestOrphanPages(t *testing.T) {
	h := open(t)
	for _, n := range []string{"1", "2", "3"} {
		h.create(t, n, "SIMAPPROVED00000")
	}
	h.create(t, "4", "DECL000000000000")
	h.set(noon.Add(time.Hour))
	first := h.lost(t, "?pageSize=2&verdict=AUTHORIZED")
	if len(first.Orphans) != 2 || first.NextPageToken == "" {
		t.Fatalf("%+v", first)
	}
	second := h.lost(t, "?pageSize=2&verdict=AUTHORIZED&pageToken="+first.NextPageToken)
	if len(second.Orphans) != 1 || second.NextPageToken != "" {
		t.Errorf("%+v", second)
	}
	if declined := h.lost(t, "?verdict=DECLINED"); len(declined.Orphans) != 1 || declined.Orphans[0].Proposal != "NOTHING" {
		t.Errorf("%+v", declined)
	}
	for _, bad := range []string{"?pageSize=-1", "?verdict=GONE", "?days=401", "?days=-1", "?verdict=DECLINED&pageToken=" + first.NextPageToken, "?order=1"} {
		h.rest(t, http.StatusBadRequest, "GET", "/v1/orphans"+bad, "")
	}
	h.rest(t, 200, "POST", "/v1/"+second.Orphans[0].Payment.Name+":registerOrder", `{}`)
	for filter, want := range map[string]int{"order_registered=true": 1, "order_registered=false": 3} {
		_, answer, _ := h.do(t, "GET", "/v1/payments?filter="+filter, "", "Authorization", "Bearer "+demoKey)
		if got := strings.Count(answer, `"acceptanceNumber"`) / 2; got != want { // of the payment, and of its attempt
			t.Errorf("%s: %d: %s", filter, got, answer)
		}
	}
	h.rest(t, http.StatusBadRequest, "GET", "/v1/payments?filter=order_registered=maybe", "")
}

// fixedDesk answers as it was told to.
type fixedDesk struct {
	api.Desk
	start time.Time
	list  []lostdesk.Recovery
	err   error
}

func (f fixedDesk) Recoveries(context.Context, processor.Caller) (time.Time, []lostdesk.Recovery, error) {
	return f.start, f.list, f.err
}

// P18: the crash notebook is shown whole; without an unclean stop it is empty; and
// books that cannot be read are an error, never an empty list.
func TestListRecoveries(t *testing.T) {
	list := func(d api.Desk) (int, string) {
		h := open(t, func(o *api.Options) { o.Desk = d })
		code, answer, _ := h.do(t, "GET", "/v1/recoveries", "", "Authorization", "Bearer "+demoKey)
		return code, strings.TrimSpace(answer)
	}
	if code, answer := list(fixedDesk{}); code != 200 || answer != "{}" {
		t.Errorf("%d %s", code, answer)
	}
	id := payment.NewID(noon, 1)
	code, answer := list(fixedDesk{start: noon, list: []lostdesk.Recovery{{
		Payment: id, OrderNumber: "1396", Operation: payment.OpCancel, Asked: noon.Add(-time.Minute), Started: noon, Outcome: lostdesk.OutcomeNotDone, Japanese: "日本語", English: "English",
	}}})
	want := `{"startTime":"2026-11-23T03:00:00Z","recoveries":[{"payment":"` + id.Name() + `","orderNumber":"1396","operation":"OPERATION_CANCEL","askTime":"2026-11-23T02:59:00Z","startTime":"2026-11-23T03:00:00Z","outcome":"NOT_DONE","japanese":"日本語","english":"English"}]}`
	if code != 200 || answer != want {
		t.Errorf("%d %s", code, answer)
	}
	if code, answer := list(fixedDesk{err: errDisk}); code != http.StatusServiceUnavailable || strings.Contains(answer, "journal.db") {
		t.Errorf("%d %s", code, answer)
	}
}

// P88: each call of the desk is an operator's, by every protocol.
func TestDeskScopes(t *testing.T) {
	h := open(t)
	calls := map[string]proto.Message{
		"RegisterOrder": &paymentv1.RegisterOrderRequest{Name: "payments/00000000000000000000"}, "ListOrphans": &ledgerv1.ListOrphansRequest{}, "ListRecoveries": &ledgerv1.ListRecoveriesRequest{},
	}
	for _, key := range []string{shopKey, parcelKey} {
		for _, p := range apitest.Protocols(t, h.with(key)) {
			for method, request := range calls {
				if !p.Serves(method) {
					continue
				}
				got, err := p.Call(t.Context(), method, request, nil)
				if err != nil || got.Reason != "SCOPE_MISSING" {
					t.Errorf("%s: %s: %v %+v", p.Name, method, err, got)
				}
			}
		}
	}
}
