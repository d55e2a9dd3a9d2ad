package explain

import (
	"time"

	"kessai.dev/kessai/internal/payment"
)

// Story is what happened to a payment, as a chain of causes.
type Story struct {
	Steps                           []Step // oldest first
	SummaryJapanese, SummaryEnglish string
	NextJapanese, NextEnglish       string // what to do; empty: nothing
}

// Step is one event, told.
type Step struct {
	Sequence          int
	Time              time.Time
	Actor             string
	Japanese, English string
	Cause             int           // the sequence of the event that led to it; 0: it came from outside
	Unknown           time.Duration // how long the outcome had been unknown by then
}

// Tell tells the story of a payment from its whole history. Now decides what is to
// be done next. It guesses nothing: what nobody knows is told as unknown.
func Tell(p *payment.Payment, history []payment.Event, now time.Time) Story {
	s := Story{Steps: make([]Step, len(history))}
	for i := range history {
		e := &history[i]
		text := tell(p, history, i)
		s.Steps[i] = Step{
			Sequence: e.Sequence, Time: e.Time, Actor: e.Actor, Japanese: text.ja, English: text.en,
			Cause: causeOf(history, i), Unknown: unknown(history, i),
		}
	}
	sum, next := summary(p), next(p, now)
	s.SummaryJapanese, s.SummaryEnglish, s.NextJapanese, s.NextEnglish = sum.ja, sum.en, next.ja, next.en
	return s
}

// unknown is how long the outcome of a question had been unknown when an event came:
// from the asking, if its answer was lost; else zero.
func unknown(history []payment.Event, i int) time.Duration {
	e := &history[i]
	asked := askedBefore(history, i)
	if asked < 0 || e.Kind != payment.KindUnanswered && !answers[e.Kind] {
		return 0
	}
	for j := asked + 1; j <= i; j++ {
		if history[j].Attempt != e.Attempt {
			continue
		}
		if history[j].Kind == payment.KindUnanswered {
			return max(e.Time.Sub(history[asked].Time), 0)
		}
		if answers[history[j].Kind] {
			return 0 // that one was the answer
		}
	}
	return 0
}

// causes are the kinds of which the latest one before led to an event, in the order
// in which they count, where the wish before it did not. What is not here and was
// not written together with what led to it came from outside.
var causes = map[payment.Kind][]payment.Kind{
	payment.KindUndeferred:      {payment.KindDeferred},
	payment.KindWatched:         {payment.KindDeclined},
	payment.KindLateHold:        {payment.KindDeclined},
	payment.KindExpired:         {payment.KindChallenged, payment.KindCreated},
	payment.KindSettled:         {payment.KindCaptured, payment.KindRegistered},
	payment.KindHeld:            {payment.KindAuthorized},
	payment.KindHoldExpiring:    {payment.KindReauthorized, payment.KindHeld, payment.KindAuthorized},
	payment.KindSlipLate:        {payment.KindReauthorized, payment.KindHeld, payment.KindAuthorized},
	payment.KindUnconfirmed:     {payment.KindAuthorized},
	payment.KindOrderRegistered: {payment.KindUnconfirmed},
	payment.KindProposed:        {payment.KindAttention},
	payment.KindCorrected:       {payment.KindProposed, payment.KindAttention},
	payment.KindDismissed:       {payment.KindProposed, payment.KindAttention},
	payment.KindImported:        {payment.KindCreated},
}

// causeOf gives the sequence of the event that led to the i-th one; 0: it came from
// outside.
func causeOf(history []payment.Event, i int) int {
	e := &history[i]
	switch {
	case e.Kind == payment.KindAsked:
		return causeOfWish(history, i)
	case e.Kind == payment.KindUnanswered || answers[e.Kind] && (e.Kind != payment.KindCanceled || e.Attempt > 0):
		if asked := askedBefore(history, i); asked >= 0 {
			return history[asked].Sequence
		}
	case e.Kind == payment.KindAttention && e.Reason != "":
		if asked := askedBefore(history, i); asked >= 0 && together(history, i) {
			return history[asked].Sequence
		}
	}
	for _, k := range causes[e.Kind] {
		if at := latest(history, i, k, sameAttempt(e, k)); at >= 0 {
			return history[at].Sequence
		}
	}
	return 0
}

// causeOfWish: a saga's next wish is written together with the fact that obliges to
// it; what was brought back from 3-D Secure, deferred, or holds unwanted money leads
// to a wish later. Any other is somebody's call.
func causeOfWish(history []payment.Event, i int) int {
	e := &history[i]
	switch {
	case e.Request != nil:
		return 0
	case together(history, i):
		return history[i-1].Sequence
	}
	for _, k := range []payment.Kind{payment.KindDeferred, payment.KindChallenged, payment.KindLateHold} {
		fits := map[payment.Kind]bool{
			payment.KindDeferred: true, payment.KindChallenged: e.Operation == payment.OpAuthenticate, payment.KindLateHold: e.Operation == payment.OpCancel,
		}[k]
		at := latest(history, i, k, k != payment.KindDeferred)
		if fits && at >= 0 && (k != payment.KindDeferred || history[at].Operation == e.Operation) {
			return history[at].Sequence
		}
	}
	return 0
}

// together reports whether an event was written in one commit with the one before:
// their times are the same then.
func together(history []payment.Event, i int) bool {
	return i > 0 && history[i].Time.Equal(history[i-1].Time)
}

// sameAttempt reports whether the cause is one of the same attempt.
func sameAttempt(e *payment.Event, cause payment.Kind) bool {
	return e.Attempt > 0 && cause != payment.KindCreated && cause != payment.KindAttention
}

// latest finds the latest event of a kind before the i-th, of the same attempt if
// asked; -1: none.
func latest(history []payment.Event, i int, k payment.Kind, attempt bool) int {
	for j := i - 1; j >= 0; j-- {
		if history[j].Kind == k && (!attempt || history[j].Attempt == history[i].Attempt) {
			return j
		}
	}
	return -1
}
