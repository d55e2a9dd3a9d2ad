package api

import (
	"strings"
	"testing"

	"google.golang.org/grpc/codes"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// Every error tells what to do: its reason's Japanese asks for something. A
// wrong request names the fields instead.
func TestReasonsTellWhatToDo(t *testing.T) {
	for r, row := range reasons {
		if row.code == codes.OK || r == paymentv1.ErrorReason_ERROR_REASON_INVALID_REQUEST {
			continue
		}
		if !strings.Contains(row.ja, "ください") {
			t.Errorf("%s: %q does not say what to do", r, row.ja)
		}
	}
}
