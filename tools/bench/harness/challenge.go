package harness

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// tokenChallenge asks for 3-D Secure; the others lose the answer to what
// completes it, or do nothing the first time.
var tokenChallenge = []string{"SIMCHALLENGE0000", "SIMCHALLENGE0000", "SIMCHALLENGELOST", "SIMCHALLENGEDROP"}

// authenticate buys with a card that asks for 3-D Secure, passes the challenge
// as a browser would, now and then comes back from it twice, and goes on.
func (s *shopper) authenticate(ctx context.Context) error {
	s.w.count.challenged.Add(1)
	q := s.order(tokenChallenge[s.rng.IntN(len(tokenChallenge))])
	r, err := s.do(ctx, "CreatePayment", q.RequestId, "", create(q))
	switch {
	case err != nil:
		return err
	case r.refusal != "":
		s.w.book.differ("a new order %s was refused: %s", q.OrderNumber, r.refusal)
		return nil
	case r.payment.GetPendingOperation() != 0: // the challenge was lost in a crash: a new token is needed
		s.w.open(r.payment.GetName())
		return nil
	case r.payment.GetState() != paymentv1.Payment_STATE_AUTHENTICATING:
		return nil // lost, and found out to be so
	}
	return s.comeBack(ctx, r.payment, 1+s.rng.IntN(2))
}

// comeBack brings back what the issuer said, so often.
func (s *shopper) comeBack(ctx context.Context, p *paymentv1.Payment, times int) error {
	var said struct {
		Address string                         `json:"url"`
		Fields  []struct{ Name, Value string } `json:"fields"`
	}
	question := map[string]string{"orderNo": p.GetAcceptanceNumber(), "action": "authenticate"}
	if err := s.w.ask(ctx, "challenge", question, &said); err != nil {
		s.w.book.differ("the challenge of %s is not open at the provider: %v", p.GetName(), err)
		return nil
	}
	form := url.Values{}
	for _, f := range said.Fields {
		form.Set(f.Name, f.Value)
	}
	for range times {
		if err := s.w.post(ctx, said.Address, form); err != nil {
			return err
		}
	}
	s.w.open(p.GetName()) // looked at until nothing is open any more
	return nil
}

// post sends a form as a browser does, through kills and restarts.
func (w *world) post(ctx context.Context, address string, form url.Values) error {
	browser := &http.Client{Timeout: 20 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
		if err != nil {
			return err
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		res, err := browser.Do(r)
		if err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusSeeOther {
				return nil
			}
			err = fmt.Errorf("the return from 3-D Secure was answered with %s", res.Status)
			w.book.differ("%v", err)
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}
