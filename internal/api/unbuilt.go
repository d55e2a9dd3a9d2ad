package api

import (
	"context"
	"errors"

	"google.golang.org/grpc"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

var errUnbuilt = errors.New("not built yet")

// BatchShipPayments is being built.
func (s *paymentService) BatchShipPayments(context.Context, *paymentv1.BatchShipPaymentsRequest) (*paymentv1.BatchShipPaymentsResponse, error) {
	return nil, errUnbuilt
}

// BatchCancelPayments is being built.
func (s *paymentService) BatchCancelPayments(context.Context, *paymentv1.BatchCancelPaymentsRequest) (*paymentv1.BatchCancelPaymentsResponse, error) {
	return nil, errUnbuilt
}

// BatchReauthorizePayments is being built.
func (s *paymentService) BatchReauthorizePayments(context.Context, *paymentv1.BatchReauthorizePaymentsRequest) (*paymentv1.BatchReauthorizePaymentsResponse, error) {
	return nil, errUnbuilt
}

// ExportShipments is being built.
func (s *paymentService) ExportShipments(context.Context, *paymentv1.ExportShipmentsRequest) (*paymentv1.ExportShipmentsResponse, error) {
	return nil, errUnbuilt
}

// ImportShipments is being built.
func (s *paymentService) ImportShipments(context.Context, *paymentv1.ImportShipmentsRequest) (*paymentv1.ImportShipmentsResponse, error) {
	return nil, errUnbuilt
}

// UpdateOrder is being built.
func (s *paymentService) UpdateOrder(context.Context, *paymentv1.UpdateOrderRequest) (*paymentv1.UpdateOrderResponse, error) {
	return nil, errUnbuilt
}

// ReschedulePayment is being built.
func (s *paymentService) ReschedulePayment(context.Context, *paymentv1.ReschedulePaymentRequest) (*paymentv1.ReschedulePaymentResponse, error) {
	return nil, errUnbuilt
}

// RunBatch is being built.
func (s *paymentService) RunBatch(*paymentv1.RunBatchRequest, grpc.ServerStreamingServer[paymentv1.RunBatchResponse]) error {
	return errUnbuilt
}

// ExportPayments is being built.
func (s *paymentService) ExportPayments(*paymentv1.ExportPaymentsRequest, grpc.ServerStreamingServer[paymentv1.ExportPaymentsResponse]) error {
	return errUnbuilt
}
