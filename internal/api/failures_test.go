package api_test

import (
	"fmt"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/api/apitest"
)

// declinedToken is a card that the fake declines.
const declinedToken = "DECL000000000001"

// Every protocol gives the same log of failures, whole and page by page, and by any
// filter; a page token is good for its filter and shop only. R41 P88
func TestListPaymentErrors(t *testing.T) {
	h := open(t)
	for i := range 3 {
		h.create(t, fmt.Sprint("bad", i), declinedToken)
		h.create(t, fmt.Sprint("good", i), approved)
	}
	list := func(p apitest.Protocol, r *ledgerv1.ListPaymentErrorsRequest) apitest.Answer {
		got, err := p.Call(t.Context(), "ListPaymentErrors", r, nil)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	var first *ledgerv1.ListPaymentErrorsResponse
	for _, p := range apitest.Protocols(t, h.with(demoKey)) {
		whole := list(p, &ledgerv1.ListPaymentErrorsRequest{})
		page, ok := whole.Message.(*ledgerv1.ListPaymentErrorsResponse)
		if !ok || len(page.GetErrors()) != 3 || page.GetNextPageToken() != "" {
			t.Fatalf("%s: %+v", p.Name, whole)
		}
		if first == nil {
			first = page
		} else if !proto.Equal(first, page) {
			t.Errorf("%s: %v", p.Name, page)
		}
		for _, e := range page.GetErrors() {
			if e.GetKind() != "DECLINED" || e.GetOperation() != paymentv1.Payment_OPERATION_AUTHORIZE || e.GetAmount() != 5080 ||
				e.GetReason() == "" || e.GetAcceptanceNumber() == "" || e.GetJapanese() == "" || e.GetEnglish() == "" || !strings.HasPrefix(e.GetOrderNumber(), "bad") {
				t.Errorf("%s: %v", p.Name, e)
			}
		}
		one := list(p, &ledgerv1.ListPaymentErrorsRequest{PageSize: 2})
		token := one.Message.(*ledgerv1.ListPaymentErrorsResponse).GetNextPageToken()
		rest := list(p, &ledgerv1.ListPaymentErrorsRequest{PageSize: 2, PageToken: token})
		if m, ok := rest.Message.(*ledgerv1.ListPaymentErrorsResponse); !ok || token == "" || len(m.GetErrors()) != 1 || !proto.Equal(m.GetErrors()[0], page.GetErrors()[2]) {
			t.Errorf("%s: the second page %+v", p.Name, rest)
		}
		for filter, want := range map[string]int{
			`kind = DECLINED`: 3, `kind = REFUSED`: 0, `order_number = bad1`: 1, `order_number = good1`: 0, `operation = OPERATION_AUTHORIZE`: 3,
			`payment = "` + page.GetErrors()[0].GetPayment() + `"`: 1, `acceptance_number = ` + page.GetErrors()[1].GetAcceptanceNumber(): 1,
			`create_time >= "2026-01-01T00:00:00Z" AND reason = ` + page.GetErrors()[0].GetReason(): 3, `create_time < "2026-01-01T00:00:00Z"`: 0, `provider_code = nothing`: 0,
		} {
			got := list(p, &ledgerv1.ListPaymentErrorsRequest{Filter: filter})
			if m, ok := got.Message.(*ledgerv1.ListPaymentErrorsResponse); !ok || len(m.GetErrors()) != want {
				t.Errorf("%s: %s: %+v", p.Name, filter, got)
			}
		}
		for _, bad := range []*ledgerv1.ListPaymentErrorsRequest{
			{Filter: `kind = LOST`},
			{Filter: `kind : *`},
			{Filter: `state = X`},
			{Filter: `payment = 7`},
			{Filter: `operation = capture`},
			{PageSize: -1},
			{PageToken: token, Filter: `kind = DECLINED`},
			{PageToken: "x"},
		} {
			if got := list(p, bad); got.Reason != "INVALID_REQUEST" {
				t.Errorf("%s: %v: %+v", p.Name, bad, got)
			}
		}
	}
	if got := list(apitest.Protocols(t, h.Target)[0], &ledgerv1.ListPaymentErrorsRequest{}); got.Reason != "SCOPE_MISSING" {
		t.Errorf("a storefront's key: %+v", got)
	}
}

// What is wrong with a filter, a cursor or a token is said in both languages, which
// every answer over REST is held to.
func TestFailuresAreRefusedInBothLanguages(t *testing.T) {
	h := open(t)
	for _, path := range []string{
		"paymentErrors?filter=kind%3DLOST", "paymentErrors?filter=operation%3Dcapture", "paymentErrors?filter=payment%3D7", "paymentErrors?filter=state%3DX",
		"paymentErrors?filter=kind:*", "paymentErrors?filter=create_time%3D1", "paymentErrors?pageToken=x", "paymentErrors?pageSize=-1",
		"events?cursor=x", "events?types=x", "events?pageSize=-1", "events?x=1",
	} {
		if status, body, _ := h.do(t, "GET", "/v1/"+path, "", "Authorization", "Bearer "+demoKey); status != 400 {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
}

// Every protocol tells the same story, of the shop's own payments only. R41
func TestExplainPayment(t *testing.T) {
	h := open(t)
	p := h.create(t, "1", declinedToken)
	var first *ledgerv1.ExplainPaymentResponse
	for _, wire := range apitest.Protocols(t, h.with(demoKey)) {
		got, err := wire.Call(t.Context(), "ExplainPayment", &ledgerv1.ExplainPaymentRequest{Name: p.GetName()}, nil)
		m, ok := got.Message.(*ledgerv1.ExplainPaymentResponse)
		if err != nil || !ok {
			t.Fatalf("%s: %v %+v", wire.Name, err, got)
		}
		if first == nil {
			first = m
		} else if !proto.Equal(first, m) {
			t.Errorf("%s: %v", wire.Name, m)
		}
		e := m.GetExplanation()
		if n := len(e.GetSteps()); n != 3 || e.GetSteps()[2].GetCause() != 2 || e.GetSummaryJapanese() == "" || e.GetNextEnglish() == "" {
			t.Errorf("%s: %v", wire.Name, e)
		}
		none, err := wire.Call(t.Context(), "ExplainPayment", &ledgerv1.ExplainPaymentRequest{Name: "payments/nothing"}, nil)
		if err != nil || none.Reason != "NOT_FOUND" {
			t.Errorf("%s: %v %+v", wire.Name, err, none)
		}
	}
}
