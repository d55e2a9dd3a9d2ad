package api

import (
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/payment"
)

// authentication shows what speaks for the payment: 3-D Secure of its current
// attempt, where the browser must go next, and to the shop who bears a
// chargeback for fraud (P50). It is absent while there is nothing to say.
func (a *API) authentication(p *payment.Payment, reduced bool) *paymentv1.Authentication {
	at := p.Current()
	if at == nil {
		return nil
	}
	out := authenticationMessage(at, reduced)
	add := func() *paymentv1.Authentication {
		if out == nil {
			out = &paymentv1.Authentication{}
		}
		return out
	}
	if waiting, ok := p.Challenge(); ok {
		add().ChallengeUri, out.ChallengeExpireTime = a.o.Payments.ChallengeURI(p), timestamp(waiting.Until)
	}
	if reduced {
		return out
	}
	if liability, cause := p.Liability(a.o.Clock()); liability != "" {
		add().Liability, out.LiabilityReason = string(liability), string(cause)
	}
	return out
}

// authenticationMessage shows 3-D Secure of an attempt, or nil when it neither
// was demanded nor came.
func authenticationMessage(at *payment.Attempt, reduced bool) *paymentv1.Authentication {
	if !at.Secure && at.Result == "" {
		return nil
	}
	out := &paymentv1.Authentication{Demanded: at.Secure, Result: string(at.Class())}
	if !reduced {
		out.ResultCode = at.Result
	}
	return out
}
