package api

import (
	"testing"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/payment"
)

// The Japanese text says what to do, too: a reason's own names the fields to mend.
func TestJapaneseNamesTheFields(t *testing.T) {
	bad := &fault{reason: paymentv1.ErrorReason_ERROR_REASON_INVALID_REQUEST, violations: []payment.Violation{{Field: "amount"}, {Field: "order_number"}}}
	if got, want := bad.japanese(), "入力内容に誤りがあります。次の項目を直して、もう一度送ってください: amount、order_number"; got != want {
		t.Errorf("%s; want %s", got, want)
	}
	own := *bad
	if own.ja = "送り状番号を照合してください。"; own.japanese() != own.ja {
		t.Error(own.japanese())
	}
}
