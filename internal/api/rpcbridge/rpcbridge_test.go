package rpcbridge_test

import (
	"context"
	"errors"
	"io"
	"testing"

	"connectrpc.com/connect/v2"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	healthgrpc "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	"kessai.dev/kessai/internal/api/rpcbridge"
)

// An error keeps code, message and details on the way there and back.
func TestStatusRoundTrip(t *testing.T) {
	s, err := status.New(codes.Aborted, "busy").WithDetails(&errdetails.ErrorInfo{Domain: "kessai", Reason: "REQUEST_RUNNING"}, &errdetails.BadRequest{})
	if err != nil {
		t.Fatal(err)
	}
	back := rpcbridge.ToStatus(rpcbridge.FromStatus(s.Err()))
	if !proto.Equal(status.Convert(back).Proto(), s.Proto()) {
		t.Errorf("%v became %v", s.Proto(), status.Convert(back).Proto())
	}
	for _, err := range []error{nil, io.EOF} {
		if got := rpcbridge.ToStatus(err); !errors.Is(got, err) {
			t.Errorf("%v became %v", err, got)
		}
	}
}

// An error without a status loses its text, both ways (P20).
func TestForeignErrorsAreMute(t *testing.T) {
	secret := errors.New("dial tcp 10.0.0.1:5432: password of kessai refused")
	if got := status.Convert(rpcbridge.FromStatus(secret)); got.Code() == codes.OK || got.Message() == secret.Error() {
		t.Errorf("from: %v", got)
	}
	ce := &connect.Error{}
	if err := rpcbridge.FromStatus(secret); !errors.As(err, &ce) || ce.Code() != connect.CodeInternal || ce.Message() != "internal error" {
		t.Errorf("from: %v", err)
	}
	if got := status.Convert(rpcbridge.ToStatus(secret)); got.Code() != codes.Internal || got.Message() != "internal error" {
		t.Errorf("to: %v", got)
	}
	for in, want := range map[error]codes.Code{context.Canceled: codes.Canceled, context.DeadlineExceeded: codes.DeadlineExceeded} {
		if got := status.Code(rpcbridge.ToStatus(in)); got != want {
			t.Errorf("%v to %v", in, got)
		}
		if err := rpcbridge.FromStatus(in); !errors.As(err, &ce) || codes.Code(ce.Code()) != want {
			t.Errorf("%v from %v", in, err)
		}
	}
}

type echo struct {
	healthgrpc.UnimplementedHealthServer
}

// Check sends a header back and fails on demand.
func (echo) Check(ctx context.Context, r *healthgrpc.HealthCheckRequest) (*healthgrpc.HealthCheckResponse, error) {
	md, _ := metadata.FromIncomingContext(ctx)
	_ = grpc.SetHeader(ctx, metadata.Pairs("echo", md.Get("say")[0]))
	if r.GetService() == "bad" {
		return nil, status.Error(codes.NotFound, "no")
	}
	return &healthgrpc.HealthCheckResponse{Status: healthgrpc.HealthCheckResponse_SERVING}, nil
}

// Watch sends two answers and a header.
func (echo) Watch(_ *healthgrpc.HealthCheckRequest, st grpc.ServerStreamingServer[healthgrpc.HealthCheckResponse]) error {
	_ = grpc.SetHeader(st.Context(), metadata.Pairs("echo", "stream"))
	for range 2 {
		if err := st.Send(&healthgrpc.HealthCheckResponse{}); err != nil {
			return err
		}
	}
	return status.Error(codes.Aborted, "enough")
}

// A service of grpc-go runs on connect and is called through a connection of
// grpc-go: metadata in, headers out, also with an error, and streams.
func TestRegistrarAndConn(t *testing.T) {
	server := connect.NewServer()
	healthgrpc.RegisterHealthServer(rpcbridge.Registrar{Server: server}, echo{})
	client := healthgrpc.NewHealthClient(rpcbridge.NewConn(server))
	ctx := metadata.AppendToOutgoingContext(t.Context(), "say", "hello")
	for service, want := range map[string]codes.Code{"good": codes.OK, "bad": codes.NotFound} {
		var header metadata.MD
		_, err := client.Check(ctx, &healthgrpc.HealthCheckRequest{Service: service}, grpc.Header(&header))
		if status.Code(err) != want || len(header.Get("echo")) != 1 || header.Get("echo")[0] != "hello" {
			t.Errorf("%s: %v %v", service, err, header)
		}
	}
	st, err := client.Watch(ctx, &healthgrpc.HealthCheckRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := st.Recv(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := st.Recv(); status.Code(err) != codes.Aborted {
		t.Errorf("the end: %v", err)
	}
	if md, err := st.Header(); err != nil || len(md.Get("echo")) != 1 {
		t.Errorf("stream header %v %v", md, err)
	}
}
