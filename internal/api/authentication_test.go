package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/api/apitest"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// secured opens a door of a shop that demands 3-D Secure of everybody.
func secured(t *testing.T) *house {
	return open(t, func(o *api.Options) { o.Directory.Now().Shops["first"].Settings.ThreeDSecure = shop.ThreeDSecureOn })
}

// back has the browser come back from the challenge with a result, and the
// provider say yes.
func (h *house) back(t *testing.T, name, result string) {
	t.Helper()
	h.fake.mu.Lock()
	defer h.fake.mu.Unlock()
	id, _ := payment.ParseName(name)
	p := h.fake.payments[id]
	_, contract, _ := h.fake.directory.Contract(p.Tenant)
	rules := payment.Rules{Now: h.clock(), Contract: contract, Settings: h.fake.directory.Shops["first"].Settings}
	events, err := payment.Returned(p, len(p.Attempts), payment.Return{Result: result, Amount: p.Amount}, rules)
	if err != nil {
		t.Fatal(err)
	}
	if p, err = h.fake.apply(id, p, events); err != nil {
		t.Fatal(err)
	}
	if _, err = h.fake.answer(p, "", rules); err != nil {
		t.Fatal(err)
	}
}

// R13 P50: what a shop and a browser see of 3-D Secure: both where to go next
// and what came of it, the shop alone the provider's code and the liability,
// which drops when it is lost.
func TestAuthentication(t *testing.T) {
	h := secured(t)
	p := h.pending(t, "1396", "")
	if p.GetAuthentication() != nil {
		t.Errorf("before a card: %v", p.GetAuthentication())
	}
	see := func() (toShop, toBrowser *paymentv1.Payment) {
		t.Helper()
		seen := map[string]*paymentv1.Payment{}
		for _, key := range []string{shopKey, p.GetClientSecret()} {
			for _, protocol := range apitest.Protocols(t, h.with(key)) {
				got, err := protocol.Call(t.Context(), "GetPayment", &paymentv1.GetPaymentRequest{Name: p.GetName()}, nil)
				if err != nil || got.Code != "OK" {
					t.Fatalf("%s: %v %+v", protocol.Name, err, got)
				}
				seen[key] = got.Message.(*paymentv1.GetPaymentResponse).GetPayment()
			}
		}
		return seen[shopKey], seen[p.GetClientSecret()]
	}
	confirm := func(key, token string) {
		t.Helper()
		if code, body, _ := h.do(t, "POST", "/v1/"+p.GetName()+":confirm", `{"cardToken":"`+token+`"}`, "Authorization", "Bearer "+p.GetClientSecret(), "Idempotency-Key", key); code != http.StatusOK {
			t.Fatalf("%d %s", code, body)
		}
	}

	confirm("a", "CHALLENGE0000000")
	toShop, toBrowser := see()
	for who, seen := range map[string]*paymentv1.Payment{"shop": toShop, "browser": toBrowser} {
		a := seen.GetAuthentication()
		if seen.GetState() != paymentv1.Payment_STATE_AUTHENTICATING || !strings.HasPrefix(a.GetChallengeUri(), "https://pay.example.com/3ds/challenge/") || !a.GetDemanded() || a.GetResult() != "" || a.GetLiability() != "" {
			t.Errorf("%s, challenged: %v", who, seen)
		}
		if !a.GetChallengeExpireTime().AsTime().Equal(noon.Add(payment.ChallengeTTL)) || seen.GetAttempts()[0].GetAuthentication().GetChallengeUri() != "" {
			t.Errorf("%s, challenged: %v", who, seen)
		}
	}

	h.back(t, p.GetName(), "0002") // failed: the shop asks the provider, who says yes here
	if toShop, _ = see(); toShop.GetAuthentication().GetLiability() != "NOT_PROTECTED" || toShop.GetAuthentication().GetLiabilityReason() != "FAILED" {
		t.Errorf("failed: %v", toShop.GetAuthentication())
	}

	p = h.pending(t, "1397", "")
	confirm("b", "CHALLENGE0000000")
	h.back(t, p.GetName(), "0000")
	toShop, toBrowser = see()
	if a := toShop.GetAuthentication(); a.GetResult() != "AUTHENTICATED" || a.GetResultCode() != "0000" || a.GetLiability() != "PROTECTED" || a.GetLiabilityReason() != "AUTHENTICATED" || a.GetChallengeUri() != "" || a.GetChallengeExpireTime() != nil {
		t.Errorf("the shop sees %v", a)
	}
	if a := toBrowser.GetAuthentication(); a.GetResult() != "AUTHENTICATED" || a.GetResultCode() != "" || a.GetLiability() != "" || a.GetLiabilityReason() != "" {
		t.Errorf("the browser sees %v", a)
	}
	if a := toShop.GetAttempts()[0].GetAuthentication(); a.GetResultCode() != "0000" || !a.GetDemanded() || a.GetLiability() != "" {
		t.Errorf("the attempt: %v", a)
	}

	h.do(t, "POST", "/v1/"+p.GetName()+":adjust", `{"amount":6000}`, "Idempotency-Key", "c")
	if toShop, _ = see(); toShop.GetAuthentication().GetLiability() != "LOST" || toShop.GetAuthentication().GetLiabilityReason() != "AMOUNT_RAISED" {
		t.Errorf("raised: %v", toShop.GetAuthentication())
	}
	h.set(noon.Add(50 * 24 * time.Hour))
	if _, body, _ := h.do(t, "GET", "/v1/"+p.GetName(), ""); !strings.Contains(body, `"liability":"LOST"`) || !strings.Contains(body, `"holdExpired":true`) {
		t.Errorf("lapsed: %s", body)
	}
}

// An approval that skipped the demanded 3-D Secure reads as what it is.
func TestAuthenticationSkipped(t *testing.T) {
	h := secured(t)
	_, body, _ := h.do(t, "POST", "/v1/payments", `{"amount":5080,"orderNumber":"1396","cardToken":"APPROVED00000000"}`, "Idempotency-Key", "a")
	if !strings.Contains(body, `"reason":"AUTHENTICATION_SKIPPED"`) || !strings.Contains(body, `"authentication":{"demanded":true}`) {
		t.Error(body)
	}
}

// R08 P102: the conversion goes once, to whoever asks first, by every protocol;
// a browser may ask, for its own payment.
func TestConversion(t *testing.T) {
	h := open(t)
	for i, first := range apitest.Protocols(t, h.Target) {
		if !first.Serves("ClaimConversion") {
			continue
		}
		got, err := h.protocol(t, "grpc").Call(t.Context(), "CreatePayment", &paymentv1.CreatePaymentRequest{
			Amount: 5080, OrderNumber: first.Name, RequestId: strings.ReplaceAll(first.Name, " ", "-"), CardToken: approved,
			Order: &paymentv1.Order{Lines: []*paymentv1.OrderLine{{Name: "煎茶", Quantity: 2, UnitAmount: 2540}}, Buyer: buyer(func(*paymentv1.Buyer) {}).GetBuyer()},
		}, nil)
		if err != nil || got.Code != "OK" {
			t.Fatalf("%v %+v", err, got)
		}
		p := got.Message.(*paymentv1.CreatePaymentResponse).GetPayment()
		target := h.Target
		if i%2 == 1 {
			target = h.with(p.GetClientSecret())
		}
		for j, protocol := range append([]apitest.Protocol{apitest.Protocols(t, target)[i]}, apitest.Protocols(t, h.Target)...) {
			if !protocol.Serves("ClaimConversion") {
				continue
			}
			got, err := protocol.Call(t.Context(), "ClaimConversion", &paymentv1.ClaimConversionRequest{Name: p.GetName()}, nil)
			if err != nil || got.Code != "OK" {
				t.Fatalf("%s: %v %+v", protocol.Name, err, got)
			}
			r := got.Message.(*paymentv1.ClaimConversionResponse)
			if c := r.GetConversion(); (j == 0) != (c != nil) || (j == 0) == r.GetAlreadyClaimed() ||
				j == 0 && (c.GetOrderNumber() != first.Name || c.GetAmount() != 5080 || c.GetCurrencyCode() != "JPY" || len(c.GetLines()) != 1) {
				t.Errorf("%s: claim %d: %v", protocol.Name, j, r)
			}
		}
	}
	p := h.pending(t, "none", "")
	if code, body, _ := h.do(t, "POST", "/v1/"+p.GetName()+":claimConversion", `{}`); code != http.StatusBadRequest || !strings.Contains(body, "WRONG_STATE") {
		t.Errorf("nothing bought: %d %s", code, body)
	}
	other := h.pending(t, "other", "")
	if code, _, _ := h.do(t, "POST", "/v1/"+p.GetName()+":claimConversion", `{}`, "Authorization", "Bearer "+other.GetClientSecret()); code != http.StatusNotFound {
		t.Errorf("another payment's: %d", code)
	}
}
