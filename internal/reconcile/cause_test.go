package reconcile

import (
	"testing"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
)

// R42 P22 P71: where a difference comes from, and what to do about it, in both
// languages.
func TestCauses(t *testing.T) {
	lost := func(op payment.Operation) []payment.Event {
		return []payment.Event{
			{Kind: payment.KindReleased, Operation: op, Amount: 4000, Reason: payment.ResultLost}, {Kind: payment.KindAttention, Reason: payment.ProviderDiffers},
		}
	}
	slipLate := func(p *payment.Payment) { p.Yamato, p.SlipWarned = true, true }
	for name, c := range map[string]struct {
		attention payment.Reason
		shows     payment.Standing
		amount    money.Yen
		history   []payment.Event
		change    func(*payment.Payment)
		cause     Cause
		proposal  Proposal
	}{
		"canceled there":              {payment.ProviderDiffers, payment.StandingCanceled, 5080, nil, nil, DoneAtProvider, TakeOver},
		"charged there":               {payment.ProviderDiffers, payment.StandingCaptured, 5080, nil, nil, DoneAtProvider, TakeOver},
		"our lost cancel":             {payment.ProviderDiffers, payment.StandingCanceled, 5080, lost(payment.OpCancel), nil, LostAnswer, TakeOver},
		"our lost capture":            {payment.ProviderDiffers, payment.StandingCaptured, 5080, lost(payment.OpCapture), nil, LostAnswer, TakeOver},
		"our lost slip, settled":      {payment.ProviderDiffers, payment.StandingSettled, 5080, lost(payment.OpShip), nil, LostAnswer, TakeOver},
		"our lost change":             {payment.ProviderDiffers, payment.StandingHeld, 4000, lost(payment.OpAdjust), nil, LostAnswer, TakeOver},
		"another change than ours":    {payment.ProviderDiffers, payment.StandingHeld, 3000, lost(payment.OpAdjust), nil, DoneAtProvider, TakeOver},
		"not what we had asked":       {payment.ProviderDiffers, payment.StandingCanceled, 5080, lost(payment.OpCapture), nil, DoneAtProvider, TakeOver},
		"given back, the slip late":   {payment.ProviderDiffers, payment.StandingCanceled, 5080, nil, slipLate, RefundedAtProvider, TakeOver},
		"unknown there":               {payment.ProviderDiffers, payment.StandingNone, 0, nil, nil, Ours, AskProvider},
		"half done":                   {payment.AmountChangeHalfDone, payment.StandingAttention, 4000, nil, nil, HalfDone, AskProvider},
		"half done, and right by now": {payment.AmountChangeHalfDone, payment.StandingHeld, 5080, nil, nil, HalfDone, Keep},
		"somebody else's number":      {payment.DuplicateAtProvider, payment.StandingHeld, 1, nil, func(p *payment.Payment) { p.Winner = 0 }, Ours, AskProvider},
		"a challenge without an end":  {payment.ResultLost, payment.StandingNone, 0, nil, nil, LostAnswer, AskProvider},
	} {
		p := &payment.Payment{
			State: payment.Authorized, Amount: 5080, Winner: 1, Attempts: []payment.Attempt{{Number: 1}}, Attention: c.attention,
			Difference: &payment.Found{Standing: c.shows, Amount: c.amount},
		}
		if c.change != nil {
			c.change(p)
		}
		if got, do := cause(p, c.history), proposal(p); got != c.cause || do != c.proposal {
			t.Errorf("%s: %s, %s; want %s, %s", name, got, do, c.cause, c.proposal)
		}
	}
	for _, c := range []Cause{DoneAtProvider, LostAnswer, HalfDone, RefundedAtProvider, Ours} {
		if texts[c][0] == "" || texts[c][1] == "" {
			t.Errorf("%s has no words", c)
		}
	}
	for _, p := range []Proposal{TakeOver, AskProvider, Keep} {
		if steps[p][0] == "" || steps[p][1] == "" {
			t.Errorf("%s has no words", p)
		}
	}
}
