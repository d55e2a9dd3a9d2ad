package client_test

import (
	"context"
	"testing"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"kessai.dev/kessai/client"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

func (b *books) PreviewAdjustment(_ context.Context, req *paymentv1.PreviewAdjustmentRequest) (*paymentv1.PreviewAdjustmentResponse, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.calls++; b.calls-1 < len(b.faults) {
		return nil, b.faults[b.calls-1].before
	}
	return &paymentv1.PreviewAdjustmentResponse{
		MessageEnglish: req.GetName(),
		Lines:          []*paymentv1.PreviewAdjustmentResponse_StatementLine{{Amount: req.GetAmount(), Kind: "NEW"}},
	}, nil
}

// A preview changes nothing, so it is tried again as other reads are; name and
// amount arrive as they were given.
func TestPreviewAdjustment(t *testing.T) {
	b := &books{faults: []fault{{before: status.Error(codes.Unavailable, "")}}}
	c, _, _ := connect(t, b, client.WithTries(3))
	got, err := c.PreviewAdjustment(t.Context(), "payments/x", 4000)
	if err != nil || b.calls != 2 || got.GetMessageEnglish() != "payments/x" || got.GetLines()[0].GetAmount() != 4000 {
		t.Errorf("%d calls: %v %v", b.calls, got, err)
	}
}
