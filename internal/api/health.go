package api

import (
	"context"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	healthgrpc "google.golang.org/grpc/health/grpc_health_v1"
)

var healthDesc = &healthgrpc.Health_ServiceDesc

// healthEvery is how often a health watch looks.
const healthEvery = time.Second

// health is grpc.health.v1: one answer for every service. It says
// whether, never why: /readyz does.
type health struct {
	healthgrpc.UnimplementedHealthServer
	a *API
}

// Check answers now.
func (h *health) Check(_ context.Context, r *healthgrpc.HealthCheckRequest) (*healthgrpc.HealthCheckResponse, error) {
	if !h.known(r.GetService()) {
		return nil, unknownMethod(codes.NotFound, "there is no such service")
	}
	return &healthgrpc.HealthCheckResponse{Status: h.status()}, nil
}

// List answers for every service.
func (h *health) List(context.Context, *healthgrpc.HealthListRequest) (*healthgrpc.HealthListResponse, error) {
	out := map[string]*healthgrpc.HealthCheckResponse{}
	for _, s := range healthServices {
		out[s] = &healthgrpc.HealthCheckResponse{Status: h.status()}
	}
	return &healthgrpc.HealthListResponse{Statuses: out}, nil
}

// Watch answers now and whenever it changes, until the process stops.
func (h *health) Watch(r *healthgrpc.HealthCheckRequest, st grpc.ServerStreamingServer[healthgrpc.HealthCheckResponse]) error {
	tick := time.NewTicker(healthEvery)
	defer tick.Stop()
	last := healthgrpc.HealthCheckResponse_UNKNOWN
	for {
		now := healthgrpc.HealthCheckResponse_SERVICE_UNKNOWN
		if h.known(r.GetService()) {
			now = h.status()
		}
		if now != last {
			if err := st.Send(&healthgrpc.HealthCheckResponse{Status: now}); err != nil {
				return err
			}
			last = now
		}
		if h.a.stopped() {
			return nil
		}
		select {
		case <-tick.C:
		case <-h.a.stopping:
		case <-st.Context().Done():
			return st.Context().Err()
		}
	}
}

// healthServices are the names that may be asked for.
var healthServices = []string{"", "kessai.payment.v1.PaymentService", "kessai.vault.v1.VaultService"}

func (h *health) known(name string) bool {
	for _, s := range healthServices {
		if s == name {
			return true
		}
	}
	return false
}

func (h *health) status() healthgrpc.HealthCheckResponse_ServingStatus {
	if h.a.ready() {
		return healthgrpc.HealthCheckResponse_SERVING
	}
	return healthgrpc.HealthCheckResponse_NOT_SERVING
}
