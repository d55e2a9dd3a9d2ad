package instant

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/acquirer/acquirertest"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

var merchant = acquirer.Merchant{Environment: shop.Test, TraderCode: "888889999", AccessKey: "1111111"}

func TestConformance(t *testing.T) {
	acquirertest.Run(t, func(*testing.T) acquirertest.Bench {
		return acquirertest.Bench{Acquirer: New(0), Merchant: merchant, Approved: "SIMAPPROVED00000"}
	})
}

// It takes its time, and no more.
func TestDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		started := time.Now()
		a := New(50 * time.Millisecond)
		cancel := acquirer.Wish{Operation: payment.OpCancel, Acceptance: "A1"}
		if f, err := a.Perform(t.Context(), merchant, cancel); err != nil || f.Outcome != payment.Yes {
			t.Errorf("%+v, %v", f, err)
		}
		if d := time.Since(started); d != 50*time.Millisecond {
			t.Errorf("took %s", d)
		}
		ctx, stop := context.WithTimeout(t.Context(), time.Millisecond)
		defer stop()
		var unsent *acquirer.NotSentError
		if _, err := a.Perform(ctx, merchant, cancel); !errors.As(err, &unsent) {
			t.Errorf("%v: nothing happened, and it does not say so", err)
		}
	})
}

// P89: real money never meets it, and it makes no claims about the past.
func TestTestOnly(t *testing.T) {
	m := merchant
	m.Environment = shop.Production
	var unsent *acquirer.NotSentError
	if _, err := New(0).Perform(t.Context(), m, acquirer.Wish{Operation: payment.OpCancel, Acceptance: "A1"}); !errors.As(err, &unsent) || unsent.Reason != payment.ProviderMisconfigured {
		t.Errorf("%v", err)
	}
	if _, err := New(0).Inquire(t.Context(), merchant, "A1"); err == nil {
		t.Error("it knows of a trade")
	}
}
