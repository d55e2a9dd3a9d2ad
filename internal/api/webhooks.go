package api

import (
	"context"
	"strconv"
	"time"

	"google.golang.org/grpc/codes"

	shopv1 "kessai.dev/kessai/gen/kessai/shop/v1"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/registry"
	"kessai.dev/kessai/internal/shop"
	"kessai.dev/kessai/internal/webhook"
)

// Webhooks send events to the shops' endpoints: a *webhook.Hooks, or a stand-in in
// tests. Its errors are those of Shops.
type Webhooks interface {
	List(ctx context.Context, w registry.Who) ([]webhook.View, error)
	Create(ctx context.Context, w registry.Who, g webhook.Given) (webhook.View, error)
	Update(ctx context.Context, w registry.Who, id string, g webhook.Given) (webhook.View, error)
	Delete(ctx context.Context, w registry.Who, id string) error
	Rotate(ctx context.Context, w registry.Who, id string, hours int) (webhook.View, error)
	Test(ctx context.Context, w registry.Who, id string) (webhook.Answer, error)
	Deliveries(ctx context.Context, w registry.Who, q webhook.Query) (webhook.Page, error)
	Replay(ctx context.Context, w registry.Who, id string, from, to time.Time, deadOnly bool) (int, error)
}

const (
	webhookEndpoints = "webhookEndpoints/"
	endpointName     = `"webhookEndpoints/…"`
	defaultDelivered = 100
)

// hooks gives the webhooks and who calls, or says that there are none.
func (s *shopService) hooks(ctx context.Context) (Webhooks, registry.Who, error) {
	if s.a.o.Webhooks == nil {
		return nil, registry.Who{}, unknownMethod(codes.Unimplemented, "this installation sends no webhooks")
	}
	return s.a.o.Webhooks, callFrom(ctx).who.shop(), nil
}

// hook is hooks for a call about one endpoint.
func (s *shopService) hook(ctx context.Context, name string) (Webhooks, registry.Who, string, error) {
	hooks, who, err := s.hooks(ctx)
	if err != nil {
		return nil, who, "", err
	}
	id, err := resource(name, webhookEndpoints)
	return hooks, who, id, err
}

// ListWebhookEndpoints reads the endpoints, and how they do (P77).
func (s *shopService) ListWebhookEndpoints(ctx context.Context, _ *shopv1.ListWebhookEndpointsRequest) (*shopv1.ListWebhookEndpointsResponse, error) {
	hooks, who, err := s.hooks(ctx)
	if err != nil {
		return nil, err
	}
	list, err := hooks.List(ctx, who)
	if err != nil {
		return nil, fromShops(err, "")
	}
	out := &shopv1.ListWebhookEndpointsResponse{}
	for i := range list {
		out.WebhookEndpoints = append(out.WebhookEndpoints, s.a.endpointMessage(&list[i], false))
	}
	return out, nil
}

// CreateWebhookEndpoint adds one; its secret is in this answer alone.
func (s *shopService) CreateWebhookEndpoint(ctx context.Context, r *shopv1.CreateWebhookEndpointRequest) (*shopv1.CreateWebhookEndpointResponse, error) {
	hooks, who, err := s.hooks(ctx)
	if err != nil {
		return nil, err
	}
	v, err := hooks.Create(ctx, who, endpointGiven(r.GetWebhookEndpoint()))
	if err != nil {
		return nil, fromShops(err, "")
	}
	return &shopv1.CreateWebhookEndpointResponse{WebhookEndpoint: s.a.endpointMessage(&v, true)}, nil
}

// UpdateWebhookEndpoint changes what is given.
func (s *shopService) UpdateWebhookEndpoint(ctx context.Context, r *shopv1.UpdateWebhookEndpointRequest) (*shopv1.UpdateWebhookEndpointResponse, error) {
	given := r.GetWebhookEndpoint()
	hooks, who, id, err := s.hook(ctx, given.GetName())
	if err != nil {
		return nil, err
	}
	v, err := hooks.Update(ctx, who, id, endpointGiven(given))
	if err != nil {
		return nil, fromShops(err, "")
	}
	return &shopv1.UpdateWebhookEndpointResponse{WebhookEndpoint: s.a.endpointMessage(&v, false)}, nil
}

// DeleteWebhookEndpoint ends one.
func (s *shopService) DeleteWebhookEndpoint(ctx context.Context, r *shopv1.DeleteWebhookEndpointRequest) (*shopv1.DeleteWebhookEndpointResponse, error) {
	hooks, who, id, err := s.hook(ctx, r.GetName())
	if err != nil {
		return nil, err
	}
	if err := hooks.Delete(ctx, who, id); err != nil {
		return nil, fromShops(err, "")
	}
	return &shopv1.DeleteWebhookEndpointResponse{}, nil
}

// RotateWebhookSecret gives a new secret, in this answer alone (P81).
func (s *shopService) RotateWebhookSecret(ctx context.Context, r *shopv1.RotateWebhookSecretRequest) (*shopv1.RotateWebhookSecretResponse, error) {
	hooks, who, id, err := s.hook(ctx, r.GetName())
	if err != nil {
		return nil, err
	}
	v, err := hooks.Rotate(ctx, who, id, int(r.GetOverlapHours()))
	if err != nil {
		return nil, fromShops(err, "")
	}
	return &shopv1.RotateWebhookSecretResponse{WebhookEndpoint: s.a.endpointMessage(&v, true)}, nil
}

// TestWebhookEndpoint sends a test event (P77).
func (s *shopService) TestWebhookEndpoint(ctx context.Context, r *shopv1.TestWebhookEndpointRequest) (*shopv1.TestWebhookEndpointResponse, error) {
	hooks, who, id, err := s.hook(ctx, r.GetName())
	if err != nil {
		return nil, err
	}
	a, err := hooks.Test(ctx, who, id)
	if err != nil {
		return nil, fromShops(err, "")
	}
	return &shopv1.TestWebhookEndpointResponse{
		Delivered: a.Delivered, Status: int32(a.Status), Echoed: a.Echoed, Failure: a.Reason, Milliseconds: int32(a.Took.Milliseconds()), //nolint:gosec // ten seconds at most
	}, nil
}

// ListWebhookDeliveries reads what waits, and dead letters.
func (s *shopService) ListWebhookDeliveries(ctx context.Context, r *shopv1.ListWebhookDeliveriesRequest) (*shopv1.ListWebhookDeliveriesResponse, error) {
	hooks, who, id, err := s.hook(ctx, r.GetParent())
	if err != nil {
		return nil, err
	}
	q := webhook.Query{Endpoint: id, State: ledger.DeliveryState(r.GetState()), Limit: defaultDelivered}
	if n := int(r.GetPageSize()); n > 0 {
		q.Limit = min(n, maxPage)
	}
	list := deliveriesOf(who.Tenant, id, r.GetState())
	if token := r.GetPageToken(); token != "" {
		var ours bool
		if q.After, ours = s.a.keys.openCursor(list, token); !ours {
			return nil, noSuchPage()
		}
	}
	page, err := hooks.Deliveries(ctx, who, q)
	if err != nil {
		return nil, fromShops(err, "")
	}
	out := &shopv1.ListWebhookDeliveriesResponse{}
	for i := range page.Deliveries {
		out.Deliveries = append(out.Deliveries, deliveryOf(id, &page.Deliveries[i]))
	}
	if page.More {
		out.NextPageToken = s.a.keys.cursor(list, page.Next)
	}
	return out, nil
}

// ReplayWebhookEvents sends events anew (P78).
func (s *shopService) ReplayWebhookEvents(ctx context.Context, r *shopv1.ReplayWebhookEventsRequest) (*shopv1.ReplayWebhookEventsResponse, error) {
	hooks, who, id, err := s.hook(ctx, r.GetName())
	if err != nil {
		return nil, err
	}
	n, err := hooks.Replay(ctx, who, id, timeOf(r.GetStartTime()), timeOf(r.GetEndTime()), r.GetDeadOnly())
	if err != nil {
		return nil, fromShops(err, "")
	}
	return &shopv1.ReplayWebhookEventsResponse{Count: int32(n)}, nil //nolint:gosec // 100,000 at most
}

// deliveriesOf is a tenant that no shop can be: its name holds a blank. A cursor of
// one list is so none of another.
func deliveriesOf(t shop.Tenant, id, state string) shop.Tenant {
	return shop.Tenant{Shop: shop.ID("deliveries " + strconv.Quote(string(t.Shop)) + id + " " + state), Environment: t.Environment}
}

func endpointGiven(e *shopv1.WebhookEndpoint) webhook.Given {
	return webhook.Given{URI: e.Uri, Title: e.Title, Types: e.GetTypes(), SetTypes: e.GetSetTypes(), Stopped: e.Stopped}
}

// endpointMessage shows an endpoint; its secret only where it was just made (P98).
func (a *API) endpointMessage(v *webhook.View, made bool) *shopv1.WebhookEndpoint {
	h := &v.Health
	out := &shopv1.WebhookEndpoint{
		Name: webhookEndpoints + v.ID, Uri: &v.URI, Title: &v.Title, Types: v.Types, Stopped: &v.Stopped,
		SecretOverlapTime: timestamp(v.OverlapUntil(a.o.Clock())), CreateTime: timestamp(v.Created),
		Health: &shopv1.WebhookEndpoint_Health{
			State: string(h.State), LastSuccessTime: timestamp(h.Success), LastFailureTime: timestamp(h.Failure), LastFailure: h.Reason,
			Waiting: int32(h.Waiting), Dead: int32(h.Dead), //nolint:gosec // bounded by what a week has
		},
	}
	if made {
		out.Secret = v.Secret.Reveal()
	}
	return out
}

func deliveryOf(endpoint string, d *ledger.Delivery) *shopv1.WebhookDelivery {
	return &shopv1.WebhookDelivery{
		Name: webhookEndpoints + endpoint + "/deliveries/" + d.Event, Event: d.Event, Type: d.Type, State: string(d.State),
		Tries: int32(d.Tries), Status: int32(d.Status), Failure: d.Reason, NextTime: timestamp(d.Next), EventTime: timestamp(d.Time), //nolint:gosec // a few hundred at most
	}
}

func (k *checker) createEndpoint(e *shopv1.WebhookEndpoint) {
	k.when(e == nil, "webhook_endpoint", "is needed: its uri")
	k.when(e.GetName() != "", "webhook_endpoint.name", "is made here: leave it out")
	k.when(e.GetSecret() != "", "webhook_endpoint.secret", "is made here: leave it out; one that you sent is no secret any more")
}

func (k *checker) updateEndpoint(e *shopv1.WebhookEndpoint) {
	k.named("webhook_endpoint.name", e.GetName(), endpointName)
	k.when(e.GetSecret() != "", "webhook_endpoint.secret", "is made here: leave it out; one that you sent is no secret any more")
}

func (k *checker) deliveries(r *shopv1.ListWebhookDeliveriesRequest) {
	k.named("parent", r.GetParent(), endpointName)
	k.when(r.GetPageSize() < 0, "page_size", "must be 1 to 1,000")
	k.oneOf("state", r.GetState(), string(ledger.DeliveryWaiting), string(ledger.DeliveryDead))
}

func (k *checker) replay(r *shopv1.ReplayWebhookEventsRequest) {
	k.named("name", r.GetName(), endpointName)
	k.moment("start_time", r.GetStartTime())
	k.moment("end_time", r.GetEndTime())
	from, to := timeOf(r.GetStartTime()), timeOf(r.GetEndTime())
	k.when(!to.IsZero() && to.Before(from), "end_time", "must not be before start_time")
}
