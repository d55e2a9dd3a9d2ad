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

// What it does not offer is certainly not done, and never looks as if there were
// nothing: no cards, no entry, no return, no stored charge, no completion.
func TestNotOffered(t *testing.T) {
	a := New(0)
	cards, listing := a.Cards(t.Context(), merchant, acquirer.Member{ID: "1", Key: "2"})
	updated, updating := a.UpdateCard(t.Context(), merchant, acquirer.StoredCard{}, acquirer.CardChange{})
	removed, removing := a.RemoveCard(t.Context(), merchant, acquirer.StoredCard{})
	entry, entering := a.Entry(merchant, acquirer.Checks{})
	back, returning := a.ReadReturn(map[string][]string{"RES_CODE": {"0000"}})
	charged, charging := a.Perform(t.Context(), merchant, acquirer.Wish{Operation: payment.OpAuthorize, Acceptance: "A1", Amount: 1, Authorization: &acquirer.Authorization{Stored: &acquirer.StoredCard{}}})
	completed, completing := a.Perform(t.Context(), merchant, acquirer.Wish{Operation: payment.OpAuthenticate, Acceptance: "A1", Amount: 1, Authentication: &acquirer.Authentication{}})
	for what, err := range map[string]error{"list": listing, "update": updating, "remove": removing, "entry": entering, "return": returning, "charge": charging, "complete": completing} {
		var unsent *acquirer.NotSentError
		if !errors.As(err, &unsent) {
			t.Errorf("%s: %v; want not sent", what, err)
		}
	}
	none := payment.Fact{}
	if cards != nil || updated != none || removed != none || entry != (acquirer.Entry{}) || back.Values != nil || charged != none || completed != none {
		t.Error("something that is not offered gave an answer")
	}
}
