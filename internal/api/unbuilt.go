package api

import (
	"errors"

	"google.golang.org/grpc"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

var errUnbuilt = errors.New("not built yet")

// ExportPayments is being built.
func (s *paymentService) ExportPayments(*paymentv1.ExportPaymentsRequest, grpc.ServerStreamingServer[paymentv1.ExportPaymentsResponse]) error {
	return errUnbuilt
}
