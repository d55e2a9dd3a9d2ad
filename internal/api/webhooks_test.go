package api_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	shopv1 "kessai.dev/kessai/gen/kessai/shop/v1"
	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/api/apitest"
	"kessai.dev/kessai/internal/webhook"
)

// newEndpoint makes one as a shop's operator, and gives it with its secret.
func (h *house) newEndpoint(t testing.TB, key, uri string) *shopv1.WebhookEndpoint {
	t.Helper()
	r := &shopv1.CreateWebhookEndpointRequest{WebhookEndpoint: &shopv1.WebhookEndpoint{Uri: &uri}}
	return h.ask(t, key, "CreateWebhookEndpoint", r).(*shopv1.CreateWebhookEndpointResponse).GetWebhookEndpoint()
}

// P77 P81 P98: by every protocol an endpoint is made, changed, rotated, tested and
// deleted; its secret is in the answers that make it and in no other, nor in the
// log or the trail.
func TestWebhookEndpoints(t *testing.T) {
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, r.Header.Get("Webhook-Challenge"))
	}))
	t.Cleanup(receiver.Close)
	h, _ := openShops(t, false)
	var shown, secrets []string
	for _, p := range apitest.Protocols(t, h.with(demoKey)) {
		if !p.Serves("UpdateWebhookEndpoint") {
			continue
		}
		call := func(method string, r proto.Message) proto.Message {
			t.Helper()
			got, err := p.Call(t.Context(), method, r, nil)
			if err != nil || got.Code != "OK" {
				t.Fatalf("%s: %s: %v %+v", p.Name, method, err, got)
			}
			return got.Message
		}
		made := call("CreateWebhookEndpoint", &shopv1.CreateWebhookEndpointRequest{WebhookEndpoint: &shopv1.WebhookEndpoint{
			Uri: proto.String(receiver.URL + "/hook"), Title: proto.String("倉庫"), Types: []string{"payment.*"},
		}}).(*shopv1.CreateWebhookEndpointResponse).GetWebhookEndpoint()
		if made.GetHealth().GetState() != "NEW" || !strings.HasPrefix(made.GetSecret(), "whsec_") || !strings.HasPrefix(made.GetName(), "webhookEndpoints/") || made.GetCreateTime() == nil {
			t.Errorf("%s: %v", p.Name, made)
		}
		rotated := call("RotateWebhookSecret", &shopv1.RotateWebhookSecretRequest{Name: made.GetName(), OverlapHours: 2}).(*shopv1.RotateWebhookSecretResponse).GetWebhookEndpoint()
		if rotated.GetSecret() == made.GetSecret() || !rotated.GetSecretOverlapTime().AsTime().Equal(noon.Add(2*time.Hour)) {
			t.Errorf("%s: %v", p.Name, rotated)
		}
		secrets = append(secrets, made.GetSecret(), rotated.GetSecret())
		changed := call("UpdateWebhookEndpoint", &shopv1.UpdateWebhookEndpointRequest{WebhookEndpoint: &shopv1.WebhookEndpoint{
			Name: made.GetName(), SetTypes: true, Stopped: proto.Bool(true),
		}}).(*shopv1.UpdateWebhookEndpointResponse).GetWebhookEndpoint()
		if changed.GetTitle() != "倉庫" || len(changed.GetTypes()) != 0 || !changed.GetStopped() || changed.GetUri() != made.GetUri() {
			t.Errorf("%s: %v", p.Name, changed)
		}
		back := call("UpdateWebhookEndpoint", &shopv1.UpdateWebhookEndpointRequest{WebhookEndpoint: changed}) // as it was read
		test := call("TestWebhookEndpoint", &shopv1.TestWebhookEndpointRequest{Name: made.GetName()}).(*shopv1.TestWebhookEndpointResponse)
		if !test.GetDelivered() || !test.GetEchoed() || test.GetStatus() != 200 || test.GetFailure() != "" {
			t.Errorf("%s: %v", p.Name, test)
		}
		list := call("ListWebhookEndpoints", &shopv1.ListWebhookEndpointsRequest{})
		waiting := call("ListWebhookDeliveries", &shopv1.ListWebhookDeliveriesRequest{Parent: made.GetName()}).(*shopv1.ListWebhookDeliveriesResponse)
		replayed := call("ReplayWebhookEvents", &shopv1.ReplayWebhookEventsRequest{Name: made.GetName()}).(*shopv1.ReplayWebhookEventsResponse)
		if len(waiting.GetDeliveries()) != 0 || waiting.GetNextPageToken() != "" || replayed.GetCount() != 0 {
			t.Errorf("%s: %v %v", p.Name, waiting, replayed)
		}
		shown = append(shown, fmt.Sprint(changed, back, list, call("ListChanges", &shopv1.ListChangesRequest{})))
		call("DeleteWebhookEndpoint", &shopv1.DeleteWebhookEndpointRequest{Name: made.GetName()})
		if n := len(call("ListWebhookEndpoints", &shopv1.ListWebhookEndpointsRequest{}).(*shopv1.ListWebhookEndpointsResponse).GetWebhookEndpoints()); n != 0 {
			t.Errorf("%s: %d endpoints are left", p.Name, n)
		}
	}
	for _, text := range append(shown, h.log.String()) {
		for _, secret := range secrets {
			if strings.Contains(text, strings.TrimPrefix(secret, "whsec_")) {
				t.Errorf("a secret is in %s", text)
			}
		}
	}
	if len(secrets) < 10 {
		t.Errorf("only %d secrets were made", len(secrets))
	}
}

// P52 P80 P89: what is wrong is named by its field, in both languages; an endpoint of
// another shop or environment is not found, whatever is asked of it.
func TestWebhookForms(t *testing.T) {
	h, _ := openShops(t, true)
	theirs := h.newEndpoint(t, otherOperatorKey, "https://other.example/hook").GetName()
	ours := h.newEndpoint(t, operatorKey, "https://shop.example/hook").GetName()
	create := func(e *shopv1.WebhookEndpoint) proto.Message {
		return &shopv1.CreateWebhookEndpointRequest{WebhookEndpoint: e}
	}
	update := func(e *shopv1.WebhookEndpoint) proto.Message {
		e.Name = ours
		return &shopv1.UpdateWebhookEndpointRequest{WebhookEndpoint: e}
	}
	fine := proto.String("https://shop.example/hook")
	early, late := timestamppb.New(noon), timestamppb.New(noon.Add(time.Hour))
	for _, tc := range []struct {
		method string
		r      proto.Message
		field  string
	}{
		{"CreateWebhookEndpoint", &shopv1.CreateWebhookEndpointRequest{}, "webhook_endpoint"},
		{"CreateWebhookEndpoint", create(&shopv1.WebhookEndpoint{}), "webhook_endpoint.uri"},
		{"CreateWebhookEndpoint", create(&shopv1.WebhookEndpoint{Uri: proto.String("http://shop.example/")}), "webhook_endpoint.uri"},
		{"CreateWebhookEndpoint", create(&shopv1.WebhookEndpoint{Uri: proto.String("https://169.254.169.254/latest")}), "webhook_endpoint.uri"},
		{"CreateWebhookEndpoint", create(&shopv1.WebhookEndpoint{Uri: proto.String("https://shop.example/" + strings.Repeat("x", 600))}), "webhook_endpoint.uri"},
		{"CreateWebhookEndpoint", create(&shopv1.WebhookEndpoint{Uri: fine, Title: proto.String(strings.Repeat("店", 101))}), "webhook_endpoint.title"},
		{"CreateWebhookEndpoint", create(&shopv1.WebhookEndpoint{Uri: fine, Types: []string{"payment.*", "payment.paid"}}), "webhook_endpoint.types[1]"},
		{"CreateWebhookEndpoint", create(&shopv1.WebhookEndpoint{Uri: fine, Types: []string{"order.*", "order.*"}}), "webhook_endpoint.types[1]"},
		{"CreateWebhookEndpoint", create(&shopv1.WebhookEndpoint{Uri: fine, Name: "webhookEndpoints/mine"}), "webhook_endpoint.name"},
		{"CreateWebhookEndpoint", create(&shopv1.WebhookEndpoint{Uri: fine, Secret: "whsec_bWluZQ=="}), "webhook_endpoint.secret"},
		{"UpdateWebhookEndpoint", update(&shopv1.WebhookEndpoint{Uri: proto.String("")}), "webhook_endpoint.uri"},
		{"UpdateWebhookEndpoint", update(&shopv1.WebhookEndpoint{Types: []string{"order.*"}}), "webhook_endpoint.set_types"},
		{"UpdateWebhookEndpoint", update(&shopv1.WebhookEndpoint{Secret: "whsec_bWluZQ=="}), "webhook_endpoint.secret"},
		{"RotateWebhookSecret", &shopv1.RotateWebhookSecretRequest{Name: ours, OverlapHours: 169}, "overlap_hours"},
		{"RotateWebhookSecret", &shopv1.RotateWebhookSecretRequest{Name: ours, OverlapHours: -1}, "overlap_hours"},
		{"ListWebhookDeliveries", &shopv1.ListWebhookDeliveriesRequest{Parent: ours, State: "GONE"}, "state"},
		{"ListWebhookDeliveries", &shopv1.ListWebhookDeliveriesRequest{Parent: ours, PageSize: -1}, "page_size"},
		{"ListWebhookDeliveries", &shopv1.ListWebhookDeliveriesRequest{Parent: ours, PageToken: "AAAA"}, "page_token"},
		{"ReplayWebhookEvents", &shopv1.ReplayWebhookEventsRequest{Name: ours, StartTime: late, EndTime: early}, "end_time"},
		{"ReplayWebhookEvents", &shopv1.ReplayWebhookEventsRequest{Name: ours, StartTime: &timestamppb.Timestamp{Seconds: 1 << 60}}, "start_time"},
	} {
		for _, p := range apitest.Protocols(t, h.with(operatorKey)) {
			json := p.Name == "rest" || p.Name == "connect json"
			if !p.Serves(tc.method) || json && tc.field == "start_time" || p.Name == "rest" && (tc.field == "webhook_endpoint" || tc.field == "webhook_endpoint.name") {
				continue // such a time has no JSON, and what the path or the body is itself cannot be wrong in that way
			}
			got, err := p.Call(t.Context(), tc.method, tc.r, nil)
			if err != nil || got.Reason != "INVALID_REQUEST" || len(got.Fields) != 1 || got.Fields[0] != tc.field || got.Local == "" {
				t.Errorf("%s: %s: %v %+v, want %s", p.Name, tc.method, err, got, tc.field)
			}
		}
	}
	for _, name := range []string{theirs, "webhookEndpoints/0000000000000000", "payments/1"} {
		for method, r := range map[string]proto.Message{
			"UpdateWebhookEndpoint": &shopv1.UpdateWebhookEndpointRequest{WebhookEndpoint: &shopv1.WebhookEndpoint{Name: name, Stopped: proto.Bool(true)}},
			"DeleteWebhookEndpoint": &shopv1.DeleteWebhookEndpointRequest{Name: name},
			"RotateWebhookSecret":   &shopv1.RotateWebhookSecretRequest{Name: name},
			"TestWebhookEndpoint":   &shopv1.TestWebhookEndpointRequest{Name: name},
			"ListWebhookDeliveries": &shopv1.ListWebhookDeliveriesRequest{Parent: name},
			"ReplayWebhookEvents":   &shopv1.ReplayWebhookEventsRequest{Name: name},
		} {
			for _, p := range apitest.Protocols(t, h.with(operatorKey)) {
				if !p.Serves(method) {
					continue
				}
				got, err := p.Call(t.Context(), method, r, nil)
				if err != nil || got.Code != "NOT_FOUND" && (p.Name != "rest" || got.Code != "UNIMPLEMENTED") {
					t.Errorf("%s: %s of %s: %v %+v", p.Name, method, name, err, got)
				}
			}
		}
	}
	still := h.ask(t, otherOperatorKey, "ListWebhookEndpoints", &shopv1.ListWebhookEndpointsRequest{}).(*shopv1.ListWebhookEndpointsResponse)
	if list := still.GetWebhookEndpoints(); len(list) != 1 || list[0].GetName() != theirs || list[0].GetStopped() {
		t.Errorf("%v", list)
	}
	if list := h.ask(t, liveOperatorKey, "ListWebhookEndpoints", &shopv1.ListWebhookEndpointsRequest{}).(*shopv1.ListWebhookEndpointsResponse); len(list.GetWebhookEndpoints()) != 0 {
		t.Errorf("PRODUCTION has %v", list)
	}
}

// P81: a fifth secret is refused, with when and what to do, so that no receiver is
// left behind.
func TestTooManySecrets(t *testing.T) {
	h, _ := openShops(t, false)
	name := h.newEndpoint(t, demoKey, "https://shop.example/hook").GetName()
	for range 3 {
		h.ask(t, demoKey, "RotateWebhookSecret", &shopv1.RotateWebhookSecretRequest{Name: name})
	}
	got, err := apitest.Protocols(t, h.with(demoKey))[0].Call(t.Context(), "RotateWebhookSecret", &shopv1.RotateWebhookSecretRequest{Name: name}, nil)
	if err != nil || got.Reason != "WRONG_STATE" || !strings.Contains(got.Local, "秘密鍵") {
		t.Errorf("%v %+v", err, got)
	}
	h.set(noon.Add(25 * time.Hour))
	h.ask(t, demoKey, "RotateWebhookSecret", &shopv1.RotateWebhookSecretRequest{Name: name})
}

// The real ones fit.
var _ api.Webhooks = (*webhook.Hooks)(nil)
