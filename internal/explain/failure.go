// Package explain says in Japanese and English what went wrong with payments, why,
// and what to do (R41), and tells the story of one payment as a chain of causes. It
// tells what the books have and guesses nothing.
package explain

import (
	"slices"
	"time"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
)

// Kind says how something failed.
type Kind string

// The kinds of failures.
const (
	Declined   Kind = "DECLINED"   // no to an authorization, or 3-D Secure was not finished
	Refused    Kind = "REFUSED"    // no to anything else
	NotSent    Kind = "NOT_SENT"   // certainly not done
	Unanswered Kind = "UNANSWERED" // nobody knew
	Attention  Kind = "ATTENTION"  // an operator must look
)

// Kinds lists them.
func Kinds() []Kind { return []Kind{Declined, Refused, NotSent, Unanswered, Attention} }

// failing are the kinds of events that can be failures.
var failing = map[payment.Kind]Kind{
	payment.KindDeclined: Declined, payment.KindExpired: Declined, payment.KindRefused: Refused,
	payment.KindReleased: NotSent, payment.KindUndeferred: NotSent,
	payment.KindUnanswered: Unanswered, payment.KindAttention: Attention,
}

// failingKinds lists them for the journal.
func failingKinds() []payment.Kind {
	list := make([]payment.Kind, 0, len(failing))
	for k := range failing {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

// kindOf gives the kind of failure that an event is; empty: it is none. That nobody
// gave a card is no failure of a payment, and what a shop takes back itself is none.
func kindOf(e *payment.Event) Kind {
	k := failing[e.Kind]
	switch {
	case e.Kind == payment.KindExpired && e.Reason != payment.ChallengeTimeout,
		e.Kind == payment.KindUndeferred && e.Reason == payment.CanceledByShop,
		e.Kind == payment.KindAttention && e.Reason == "":
		return ""
	}
	return k
}

// Failure is one failure of a payment (R41).
type Failure struct {
	Payment    payment.ID
	Sequence   int
	Time       time.Time
	Order      string
	Acceptance string // of the attempt; empty: the payment itself
	Operation  payment.Operation
	Kind       Kind
	Reason     payment.Reason
	Code       string // the provider's
	Amount     money.Yen
	RetrySafe  bool // the same call may be made again without harm
	Resolved   bool // it is over: the payment went on since
	Japanese   string
	English    string
}

// failureAt tells of the i-th event of a payment; false: it is no failure.
func failureAt(p *payment.Payment, history []payment.Event, i int) (Failure, bool) {
	e := &history[i]
	kind := kindOf(e)
	if kind == "" {
		return Failure{}, false
	}
	f := Failure{
		Payment: p.ID, Sequence: e.Sequence, Time: e.Time, Order: p.OrderNumber, Operation: e.Operation,
		Kind: kind, Reason: e.Reason, Code: e.Code, Amount: e.Amount, Resolved: resolved(p, history, i),
	}
	if e.Attempt > 0 {
		f.Acceptance = p.NumberOf(e.Attempt)
	}
	if q := askedBefore(history, i); q >= 0 {
		asked := &history[q]
		if f.Operation == 0 {
			f.Operation = asked.Operation
		}
		if f.Amount == 0 && f.Operation == asked.Operation {
			f.Amount = asked.Amount
		}
	}
	f.RetrySafe = retrySafe(&f, e)
	f.Japanese, f.English = f.texts()
	return f, true
}

// askedBefore finds the wish that an event of an attempt is about; -1: none.
func askedBefore(history []payment.Event, i int) int {
	if history[i].Attempt == 0 {
		return -1
	}
	for q := i - 1; q >= 0; q-- {
		if history[q].Kind == payment.KindAsked && history[q].Attempt == history[i].Attempt {
			return q
		}
	}
	return -1
}

// retrySafe reports whether the same call may be made again: never while nobody
// knows, never when it cannot help, always when it was certainly not done.
func retrySafe(f *Failure, e *payment.Event) bool {
	switch f.Kind {
	case NotSent:
		return e.Kind == payment.KindReleased && f.Reason != payment.AmountChangeHalfDone
	case Declined, Refused:
		return !e.Hard && adviceFor(f.Reason).again
	}
	return false
}

// resolved reports whether a failure is over.
func resolved(p *payment.Payment, history []payment.Event, i int) bool {
	e := &history[i]
	switch kindOf(e) {
	case Declined:
		return p.Winner > 0
	case Attention:
		return p.Attention != e.Reason || slices.ContainsFunc(history[i+1:], endsAttention)
	case Unanswered:
		return slices.ContainsFunc(history[i+1:], func(later payment.Event) bool {
			return later.Attempt == e.Attempt && answers[later.Kind]
		})
	}
	if p.Ended() {
		return true
	}
	asked := askedBefore(history, i)
	return asked >= 0 && slices.ContainsFunc(history[i+1:], func(later payment.Event) bool {
		return later.Attempt == e.Attempt && does(&later, history[asked].Operation)
	})
}

// answers are the kinds that end an open question.
var answers = map[payment.Kind]bool{
	payment.KindReleased: true, payment.KindAuthorized: true, payment.KindChallenged: true, payment.KindDeclined: true, payment.KindCaptured: true,
	payment.KindAdjusted: true, payment.KindCanceled: true, payment.KindReauthorized: true, payment.KindRefused: true,
	payment.KindRegistered: true, payment.KindUnregistered: true, payment.KindRescheduled: true,
}

// facts are the kinds that say that an operation was done.
var facts = map[payment.Operation][]payment.Kind{
	payment.OpAuthorize:    {payment.KindAuthorized, payment.KindChallenged},
	payment.OpAuthenticate: {payment.KindAuthorized},
	payment.OpCapture:      {payment.KindCaptured, payment.KindRegistered},
	payment.OpAdjust:       {payment.KindAdjusted},
	payment.OpCancel:       {payment.KindCanceled},
	payment.OpReauthorize:  {payment.KindReauthorized},
	payment.OpShip:         {payment.KindRegistered},
	payment.OpUnship:       {payment.KindUnregistered},
	payment.OpReschedule:   {payment.KindRescheduled, payment.KindHeld},
}

func does(e *payment.Event, op payment.Operation) bool { return slices.Contains(facts[op], e.Kind) }

// endsAttention reports whether an event ends what needed an operator, or puts
// something else in its place.
func endsAttention(e payment.Event) bool {
	switch e.Kind {
	case payment.KindAttention, payment.KindCorrected, payment.KindDismissed:
		return true
	}
	return false
}

// texts say what it means and what to do.
func (f *Failure) texts() (ja, en string) {
	a := adviceFor(f.Reason)
	switch op := operationWords[f.Operation]; f.Kind {
	case Unanswered:
		if f.Resolved {
			return op.ja + "の回答を受け取れませんでしたが、その後、結果を確認できました。対応は不要です。",
				"The answer to the " + op.en + " was lost; its outcome is known since. There is nothing to do."
		}
		return op.ja + "の回答を受け取れませんでした。行われたかどうかは、まだ分かりません。自動で照会していますので、同じ操作を繰り返さず、結果をお待ちください。",
			"The answer to the " + op.en + " was lost, and nobody knows yet whether it was done. The provider is being asked: do not repeat it, and wait for the outcome."
	case NotSent:
		return op.ja + "は行われていません。" + a.japanese, "The " + op.en + " was not done. " + a.english
	case Refused:
		return op.ja + "を決済会社が断りました。" + a.japanese, "The provider refused the " + op.en + ". " + a.english
	}
	return a.japanese, a.english
}
