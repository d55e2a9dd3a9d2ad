package processor

import (
	"errors"
	"testing"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/payment"
)

// P17 R37: an amount that was changed leaves another approval at the provider than the
// books know. A hold that is made anew after that, without an answer, is told by what the
// provider showed right before, and never guessed.
func TestReauthorizeAfterAdjustWithoutAnAnswer(t *testing.T) {
	for name, c := range map[string]struct {
		fate fate
		want payment.Kind
	}{"not done": {losesWish, payment.KindReleased}, "done": {losesAnswer, payment.KindReauthorized}} {
		r := newRig(t)
		p := r.create("k1", order("1396"))
		ends := p.HoldExpires
		r.must("k2", p.ID, payment.Adjust{Amount: 4000})
		r.clock.advance(24 * time.Hour)
		r.bank.will(c.fate)
		r.must("k3", p.ID, payment.Reauthorize{})
		r.later(30*time.Second, time.Second)
		p = r.load(p.ID)
		history, err := r.History(t.Context(), r.caller, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		if last := history[len(history)-1]; last.Kind != c.want || p.Question() != nil || p.Attention != "" {
			t.Errorf("%s: %s; %+v", name, last.Kind, p)
		}
		if renewed := p.HoldExpires.After(ends); renewed != (c.want == payment.KindReauthorized) {
			t.Errorf("%s: the hold is said to end at %s, before that at %s", name, p.HoldExpires, ends)
		}
		if r.bank.count(payment.OpReauthorize) != 1 {
			t.Errorf("%s: asked %d times", name, r.bank.count(payment.OpReauthorize))
		}
	}
}

// P17: a provider that does not say what it holds is not asked to hold it anew, and nothing
// is written of that: the same key asks again.
func TestReauthorizeNeedsAnInquiry(t *testing.T) {
	r := newRig(t)
	p := r.create("k1", order("1396"))
	r.bank.deaf = true
	_, err := r.command("k2", p.ID, payment.Reauthorize{})
	var unsent *acquirer.NotSentError
	if !errors.As(err, &unsent) || r.bank.count(payment.OpReauthorize) != 0 || r.load(p.ID).Version != p.Version {
		t.Fatalf("%v, asked %d times, version %d", err, r.bank.count(payment.OpReauthorize), r.load(p.ID).Version)
	}
	r.bank.deaf = false
	if p = r.must("k2", p.ID, payment.Reauthorize{}); p.Approval == "100001" {
		t.Errorf("%+v", p)
	}
}

// P07: a call that was made is answered as it was made, though the session has lost it and by
// now it could not even be begun.
func TestRepetitionOfWhatCannotBeBegunAnyMore(t *testing.T) {
	r := newRig(t)
	p := r.create("k1", order("1396"))
	r.must("k2", p.ID, payment.Reauthorize{})
	r.wipe()
	r.bank.deaf = true
	if now, err := r.command("k2", p.ID, payment.Reauthorize{}); err != nil || !now.Replayed || r.bank.count(payment.OpReauthorize) != 1 {
		t.Errorf("%+v, %v", now, err)
	}
}

// Promise 4: whoever asks is answered in time, also when what has to be asked of the provider
// first is not.
func TestInquiriesAreAnsweredInTime(t *testing.T) {
	r := newRig(t)
	p := r.create("k1", order("1396"))
	r.o.AnswerWithin = 10 * time.Millisecond
	b := r.second()
	r.bank.stalls = true
	var unsent *acquirer.NotSentError
	if _, err := b.Command(t.Context(), r.caller, request("Command", "k2"), p.ID, payment.Reauthorize{}); !errors.As(err, &unsent) {
		t.Errorf("reauthorize: %v", err)
	}
	if _, err := b.Refresh(t.Context(), r.caller, p.ID); !errors.As(err, &unsent) {
		t.Errorf("refresh: %v", err)
	}
}

// P37: one that was deferred to the provider's hours is noted beforehand, too, and waits
// while the provider does not answer.
func TestDeferredReauthorizeNeedsAnInquiry(t *testing.T) {
	r := newRig(t)
	p := r.create("k1", order("1396"))
	r.must("k2", p.ID, payment.Adjust{Amount: 4000})
	r.clock.advance(nightOf(p.Created).Sub(r.clock.Now()))
	if p = r.must("k3", p.ID, payment.Reauthorize{AllowDeferral: true}); p.Scheduled == nil {
		t.Fatalf("%+v", p)
	}
	r.bank.deaf = true
	r.clock.advance(p.Scheduled.Due.Sub(r.clock.Now()))
	r.later(10*time.Second, time.Second)
	if p = r.load(p.ID); p.Scheduled == nil || r.bank.count(payment.OpReauthorize) != 0 {
		t.Fatalf("asked %d times: %+v", r.bank.count(payment.OpReauthorize), p)
	}
	r.bank.deaf = false
	r.bank.will(losesWish)
	r.later(2*time.Minute, time.Second)
	if p = r.load(p.ID); p.Scheduled != nil || p.Question() != nil || p.Approval != "" || r.bank.count(payment.OpReauthorize) != 1 {
		t.Errorf("asked %d times: %+v", r.bank.count(payment.OpReauthorize), p)
	}
}

// nightOf is 23:30 of a day in Japan.
func nightOf(day time.Time) time.Time {
	y, m, d := day.In(time.FixedZone("", 9*60*60)).Date()
	return time.Date(y, m, d, 14, 30, 0, 0, time.UTC)
}
