package api

import (
	"context"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	shopv1 "kessai.dev/kessai/gen/kessai/shop/v1"
)

// What is not built yet: whoever builds a method deletes it here.

type ledgerService struct {
	ledgerv1.UnimplementedLedgerServiceServer
	a *API
}

var errUnbuilt = status.Error(codes.Unimplemented, "not built yet")

func (s *shopService) ListWebhookEndpoints(context.Context, *shopv1.ListWebhookEndpointsRequest) (*shopv1.ListWebhookEndpointsResponse, error) {
	return nil, errUnbuilt
}

func (s *shopService) CreateWebhookEndpoint(context.Context, *shopv1.CreateWebhookEndpointRequest) (*shopv1.CreateWebhookEndpointResponse, error) {
	return nil, errUnbuilt
}

func (s *shopService) UpdateWebhookEndpoint(context.Context, *shopv1.UpdateWebhookEndpointRequest) (*shopv1.UpdateWebhookEndpointResponse, error) {
	return nil, errUnbuilt
}

func (s *shopService) DeleteWebhookEndpoint(context.Context, *shopv1.DeleteWebhookEndpointRequest) (*shopv1.DeleteWebhookEndpointResponse, error) {
	return nil, errUnbuilt
}

func (s *shopService) RotateWebhookSecret(context.Context, *shopv1.RotateWebhookSecretRequest) (*shopv1.RotateWebhookSecretResponse, error) {
	return nil, errUnbuilt
}

func (s *shopService) TestWebhookEndpoint(context.Context, *shopv1.TestWebhookEndpointRequest) (*shopv1.TestWebhookEndpointResponse, error) {
	return nil, errUnbuilt
}

func (s *shopService) ListWebhookDeliveries(context.Context, *shopv1.ListWebhookDeliveriesRequest) (*shopv1.ListWebhookDeliveriesResponse, error) {
	return nil, errUnbuilt
}

func (s *shopService) ReplayWebhookEvents(context.Context, *shopv1.ReplayWebhookEventsRequest) (*shopv1.ReplayWebhookEventsResponse, error) {
	return nil, errUnbuilt
}
