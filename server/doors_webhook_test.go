package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	shopv1 "kessai.dev/kessai/gen/kessai/shop/v1"
)

func init() {
	for method, path := range map[string]string{
		"ListWebhookEndpoints": "GET /v1/webhookEndpoints", "CreateWebhookEndpoint": "POST /v1/webhookEndpoints", "UpdateWebhookEndpoint": "PATCH /v1/{name}",
		"DeleteWebhookEndpoint": "DELETE /v1/{name}", "RotateWebhookSecret": "POST /v1/{name}:rotateSecret", "TestWebhookEndpoint": "POST /v1/{name}:test",
		"ListWebhookDeliveries": "GET /v1/{parent}/deliveries", "ReplayWebhookEvents": "POST /v1/{name}:replay",
	} {
		paths[method] = path
	}
	bodies["CreateWebhookEndpoint"], bodies["UpdateWebhookEndpoint"] = "webhookEndpoint", "webhookEndpoint"
}

// TestEveryDoorWebhooks tells by every protocol how an endpoint is made, tested,
// changed, looked at and deleted, and compares the answers word for word. The
// receiver is down, so that something waits. P77 P78 P80 P81
func TestEveryDoorWebhooks(t *testing.T) {
	up := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if word := r.Header.Get("Webhook-Challenge"); word != "" {
			_, _ = io.WriteString(w, word)
			return
		}
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	t.Cleanup(up.Close)
	everyWire(t, startServer(t), demoKey, func(s *story) { s.webhooks(up.URL) })
}

// mark makes an answer about an endpoint comparable: what is another one each time,
// or there only once something was tried, is left out.
func (s *story) mark(method string, a answer) {
	s.t.Helper()
	if a.Code != "OK" {
		s.t.Fatalf("%s %s: %+v", s.tag, method, a)
	}
	s.say(method, answer{Body: unmarked(a.Body).(map[string]any), Code: a.Code})
}

func unmarked(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, x := range v {
			switch k {
			case "secretOverlapTime", "milliseconds", "event", "nextTime", "eventTime", "lastSuccessTime", "lastFailureTime", "lastFailure", "waiting", "state", "tries", "status", "failure":
			default:
				out[k] = unmarked(x)
			}
		}
		return out
	case []any:
		for i := range v {
			v[i] = unmarked(v[i])
		}
	}
	return v
}

func (s *story) webhooks(address string) {
	one := func(method string, r proto.Message) map[string]any {
		s.t.Helper()
		a := s.call(s.t.Context(), method, "", r, response(method))
		s.mark(method, a)
		v, _ := a.Body["webhookEndpoint"].(map[string]any)
		return v
	}
	create := func(uri string, types ...string) proto.Message {
		return &shopv1.CreateWebhookEndpointRequest{WebhookEndpoint: &shopv1.WebhookEndpoint{Uri: &uri, Title: proto.String("倉庫"), Types: types}}
	}
	s.fails("CreateWebhookEndpoint", "", create("http://10.0.0.1/hook"), "INVALID_REQUEST")
	s.fails("CreateWebhookEndpoint", "", create(address, "payment.paid"), "INVALID_REQUEST")
	made := one("CreateWebhookEndpoint", create(address+"/hook", "payment.*", "order.shipped"))
	name, _ := made["name"].(string)
	secret, _ := made["secret"].(string)
	if !strings.HasPrefix(secret, "whsec_") || made["health"].(map[string]any)["state"] != "NEW" {
		s.t.Fatalf("%s: %v", s.tag, made)
	}
	test := s.call(s.t.Context(), "TestWebhookEndpoint", "", &shopv1.TestWebhookEndpointRequest{Name: name}, response("TestWebhookEndpoint"))
	s.mark("TestWebhookEndpoint", test)
	if test.Body["delivered"] != true || test.Body["echoed"] != true {
		s.t.Fatalf("%s: %+v", s.tag, test)
	}
	if again := one("RotateWebhookSecret", &shopv1.RotateWebhookSecretRequest{Name: name, OverlapHours: 1}); again["secret"] == secret || again["secretOverlapTime"] == nil {
		s.t.Fatalf("%s: %v", s.tag, again)
	}
	s.create("W", "wa", &paymentv1.CreatePaymentRequest{Amount: 5080, OrderNumber: s.tag + "W", CardToken: "SIMAPPROVED00000"}, "STATE_AUTHORIZED")
	waits := &shopv1.ListWebhookDeliveriesRequest{Parent: name, State: "WAITING"}
	s.mark("ListWebhookDeliveries", s.soon("ListWebhookDeliveries", waits, func(a answer) bool { return len(list(a.Body["deliveries"])) == 2 }))
	for page := 1; ; page++ { // by pages of one
		waits.PageSize = 1
		a := s.call(s.t.Context(), "ListWebhookDeliveries", "", waits, response("ListWebhookDeliveries"))
		if waits.PageToken, _ = a.Body["nextPageToken"].(string); waits.PageToken == "" {
			if page != 2 {
				s.t.Fatalf("%s: %d pages", s.tag, page)
			}
			break
		}
	}
	s.soon("ListWebhookEndpoints", &shopv1.ListWebhookEndpointsRequest{}, func(a answer) bool {
		h := list(a.Body["webhookEndpoints"])[0].(map[string]any)["health"].(map[string]any)
		return h["state"] == "FAILING" && h["waiting"] == 2.0 && strings.Contains(h["lastFailure"].(string), "503")
	})
	changed := one("UpdateWebhookEndpoint", &shopv1.UpdateWebhookEndpointRequest{WebhookEndpoint: &shopv1.WebhookEndpoint{Name: name, SetTypes: true, Stopped: proto.Bool(true)}})
	if changed["types"] != nil || changed["stopped"] != true || changed["title"] != "倉庫" || changed["secret"] != nil {
		s.t.Fatalf("%s: %v", s.tag, changed)
	}
	s.mark("ReplayWebhookEvents", s.call(s.t.Context(), "ReplayWebhookEvents", "", &shopv1.ReplayWebhookEventsRequest{Name: name, DeadOnly: true}, response("ReplayWebhookEvents")))
	s.fails("ReplayWebhookEvents", "", &shopv1.ReplayWebhookEventsRequest{Name: name, StartTime: timestamppb.New(time.Unix(9, 0)), EndTime: timestamppb.New(time.Unix(8, 0))}, "INVALID_REQUEST")
	s.mark("DeleteWebhookEndpoint", s.call(s.t.Context(), "DeleteWebhookEndpoint", "", &shopv1.DeleteWebhookEndpointRequest{Name: name}, response("DeleteWebhookEndpoint")))
	s.fails("DeleteWebhookEndpoint", "", &shopv1.DeleteWebhookEndpointRequest{Name: name}, "NOT_FOUND")
	if a := s.call(s.t.Context(), "ListWebhookEndpoints", "", &shopv1.ListWebhookEndpointsRequest{}, response("ListWebhookEndpoints")); len(list(a.Body["webhookEndpoints"])) != 0 {
		s.t.Fatalf("%s: %+v", s.tag, a)
	}
}

// soon asks until the answer is as wanted: what happens beside the calls takes its
// time.
func (s *story) soon(method string, r proto.Message, want func(answer) bool) answer {
	s.t.Helper()
	for {
		a := s.call(s.t.Context(), method, "", r, response(method))
		if a.Code != "OK" {
			s.t.Fatalf("%s %s: %+v", s.tag, method, a)
		}
		if want(a) {
			return a
		}
	}
}
