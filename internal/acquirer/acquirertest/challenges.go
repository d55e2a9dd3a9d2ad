package acquirertest

import (
	"sync"
	"sync/atomic"
	"testing"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/payment"
)

const returnURI = "https://shop.example.test/return"

// challenged authorizes the price with a token that asks for 3-D Secure, and
// gives the number and the challenge.
func (b *bench) challenged(token card.Token) (string, payment.Fact) {
	b.t.Helper()
	acceptance := number()
	fact, err := b.ask(wishTo(token, acceptance))
	if err != nil || fact.Outcome != payment.Challenge {
		b.t.Fatalf("authorize: %+v, %v; want a challenge", fact, err)
	}
	return acceptance, fact
}

// completion is the wish to complete a challenge with what a browser brought back.
func (b *bench) completion(acceptance string, challenge payment.Fact, form map[string][]string) acquirer.Wish {
	b.t.Helper()
	ret, err := b.Browser.ReadReturn(form)
	if err != nil {
		b.t.Fatalf("the form of the browser: %v", err)
	}
	return acquirer.Wish{
		Operation: payment.OpAuthenticate, Acceptance: acceptance, Amount: price,
		Authentication: &acquirer.Authentication{Token: challenge.ChallengeToken, Values: ret.Values},
	}
}

// passed has a shopper pass a challenge and gives the wish to complete it.
func (b *bench) passed(token card.Token) acquirer.Wish {
	b.t.Helper()
	acceptance, challenge := b.challenged(token)
	return b.completion(acceptance, challenge, b.Complete(b.t, challenge, returnURI))
}

// P44, P47: the shopper passes, and nothing is held until the provider says so.
func challengeCompleted(t *testing.T, b *bench) {
	acceptance, challenge := b.challenged(b.Challenge)
	form := b.Complete(t, challenge, returnURI)
	ret, err := b.Browser.ReadReturn(form)
	if err != nil || ret.Amount != price || payment.ClassOf(ret.Result) != payment.ClassAuthenticated {
		t.Fatalf("%+v, %v; want the price, authenticated", ret, err)
	}
	b.holdsNothing(acceptance)
	fact, err := b.ask(b.completion(acceptance, challenge, form))
	if err != nil || fact.Outcome != payment.Yes || fact.Approval == "" {
		t.Fatalf("%+v, %v; want yes, with an approval number", fact, err)
	}
	if trade := b.shows(acceptance, payment.StandingHeld, price); trade.Approval != fact.Approval {
		t.Errorf("approval %q, the inquiry says %q", fact.Approval, trade.Approval)
	}
	b.yes(payment.OpCapture, acceptance, 0)
}

// P41, P43: however often and however many at once complete a challenge, it is
// authorized once, and nobody is told no.
func completedOnce(t *testing.T, b *bench) {
	w := b.passed(b.Challenge)
	var won atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			switch fact, err := b.ask(w); {
			case err == nil && fact.Outcome == payment.Yes:
				won.Add(1)
			case err == nil:
				t.Errorf("%+v; want yes, or unknown", fact)
			}
		})
	}
	all.Wait()
	if won.Load() != 1 {
		t.Errorf("authorized %d times", won.Load())
	}
	b.unknown(b.ask(w))
	b.shows(w.Acceptance, payment.StandingHeld, price)
}

// A challenge that the shopper calls off is a soft no, and stays one whatever a
// browser says of it (P47).
func challengeFailed(t *testing.T, b *bench) {
	acceptance, challenge := b.challenged(b.Challenge)
	form := b.CallOff(t, challenge, returnURI)
	if ret, err := b.Browser.ReadReturn(form); err != nil || payment.ClassOf(ret.Result) != payment.ClassFailed {
		t.Errorf("%+v, %v; want failed", ret, err)
	}
	fact, err := b.ask(b.completion(acceptance, challenge, form))
	if err != nil || fact.Outcome != payment.No || fact.Reason != payment.AuthenticationFailed || fact.Hard || fact.Code == "" {
		t.Errorf("%+v, %v; want a soft no", fact, err)
	}
	b.holdsNothing(acceptance)
	fact, err = b.ask(b.completion(acceptance, challenge, altered(form, "RES_CODE", "0000")))
	if err == nil && fact.Outcome != payment.No {
		t.Errorf("what a browser said was believed: %+v", fact)
	}
	b.holdsNothing(acceptance)
}

// P46: what was altered on the way, in whatever field, is a no and holds
// nothing, and so is what belongs to another challenge.
func altersNothing(t *testing.T, b *bench) {
	acceptance, challenge := b.challenged(b.Challenge)
	form := b.Complete(t, challenge, returnURI)
	no := func(what string, w acquirer.Wish) {
		fact, err := b.ask(w)
		if err != nil || fact.Outcome != payment.No || fact.Reason != payment.AuthenticationFailed || fact.Hard {
			t.Errorf("%s: %+v, %v; want a soft no", what, fact, err)
		}
		b.holdsNothing(acceptance)
	}
	for name, values := range form {
		no(name, b.completion(acceptance, challenge, altered(form, name, other(values[0]))))
	}
	_, second := b.challenged(b.Challenge)
	no("another challenge", b.completion(acceptance, challenge, b.Complete(t, second, returnURI)))
}

// other is another value of the same kind: digits stay digits.
func other(s string) string {
	if s == "" {
		return "x"
	}
	v := []byte(s)
	switch v[0] {
	case '9', 'Z', 'z':
		v[0]--
	default:
		v[0]++
	}
	return string(v)
}

// altered is a form with one value changed.
func altered(form map[string][]string, name, value string) map[string][]string {
	changed := make(map[string][]string, len(form))
	for n, v := range form {
		changed[n] = v
	}
	changed[name] = []string{value}
	return changed
}

// P16, P41: the answer to the completion is lost after the hold was made:
// unknown, the inquiry finds it, and asking again with the same values is no
// second hold and no no.
func lostCompletion(_ *testing.T, b *bench) {
	w := b.passed(b.LostCompletion)
	b.unknown(b.ask(w))
	b.shows(w.Acceptance, payment.StandingHeld, price)
	b.unknown(b.ask(w))
	b.shows(w.Acceptance, payment.StandingHeld, price)
}

// P41, P44: the completion was never done: unknown just the same, and asking
// again with the same values does it.
func noCompletion(t *testing.T, b *bench) {
	w := b.passed(b.NoCompletion)
	b.unknown(b.ask(w))
	b.holdsNothing(w.Acceptance)
	if fact, err := b.ask(w); err != nil || fact.Outcome != payment.Yes {
		t.Errorf("%+v, %v; want yes", fact, err)
	}
	b.shows(w.Acceptance, payment.StandingHeld, price)
}
