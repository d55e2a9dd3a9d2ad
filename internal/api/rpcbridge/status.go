package rpcbridge

import (
	"context"
	"errors"
	"io"

	"connectrpc.com/connect/v2"
	"connectrpc.com/connect/v2/connectproto"
	spb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// ToStatus turns a connect error into a grpc-go status error with the same
// code, message and details. Nil and io.EOF pass.
func ToStatus(err error) error {
	if err == nil || errors.Is(err, io.EOF) {
		return err
	}
	ce, ok := errors.AsType[*connect.Error](err)
	if !ok {
		if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
			return status.FromContextError(err).Err()
		}
		return status.Error(codes.Internal, "internal error")
	}
	p := &spb.Status{Code: int32(ce.Code()), Message: ce.Message()} //nolint:gosec // codes are 1 to 16
	for _, d := range ce.Details() {
		p.Details = append(p.Details, connectproto.ErrorDetailToAny(d))
	}
	return status.ErrorProto(p)
}

// FromStatus turns a grpc-go status error into a connect error with the same
// code, message and details. An error that carries no status loses its text:
// it never leaves the process (P20).
func FromStatus(err error) error {
	if err == nil {
		return nil
	}
	st, ok := status.FromError(err)
	if !ok {
		if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
			st = status.FromContextError(err)
		} else {
			st = status.New(codes.Internal, "internal error")
		}
	}
	ce := connect.NewError(connect.Code(st.Code()), st.Message())
	for _, d := range st.Proto().GetDetails() {
		ce = ce.WithDetail(&connect.ErrorDetail{Type: string(d.MessageName()), Value: d.GetValue()})
	}
	return ce
}
