package desk

import (
	"context"
	"errors"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

// Outcome says what became of an operation that was under way when the process
// died.
type Outcome string

// The outcomes.
const (
	OutcomeOpen      Outcome = "OPEN"      // nobody knows yet
	OutcomeDone      Outcome = "DONE"      // it had happened, or happened then
	OutcomeNotDone   Outcome = "NOT_DONE"  // certainly not
	OutcomeAttention Outcome = "ATTENTION" // an operator must look
)

// Recovery is an operation that was under way when the process last stopped
// without finishing, and what became of it.
type Recovery struct {
	Payment           payment.ID
	OrderNumber       string
	Operation         payment.Operation
	Asked             time.Time
	Started           time.Time // when the process was there again
	Outcome           Outcome
	Japanese, English string
}

var outcomeTexts = map[Outcome]struct{ japanese, english string }{
	OutcomeOpen: {
		"決済会社の回答を待っています。結果が分かるまで、自動で照会を続けます。",
		"The provider is still being asked, again and again, until the result is known.",
	},
	OutcomeDone: {
		"実行されていたことを確認しました。対応は不要です。",
		"It was found to have been done. There is nothing to do.",
	},
	OutcomeNotDone: {
		"実行されていなかったことを確認しました。必要であれば、もう一度操作してください。",
		"It was found not to have been done. Do it again if it is still wanted.",
	},
	OutcomeAttention: {
		"決済会社の情報と相違があります。相違の一覧で内容を確認して、解決してください。",
		"The provider shows something else: look at the payment's difference and resolve it.",
	},
}

// Recoveries gives what was under way of the caller's tenant at the unclean stops
// that are remembered, oldest first and each once, and the last start after one; zero:
// the process has always stopped in order.
func (d *Desk) Recoveries(ctx context.Context, c processor.Caller) (last time.Time, list []Recovery, err error) {
	starts, err := d.o.Notebook.starts(ctx)
	if err != nil {
		return last, nil, err
	}
	told := map[note]bool{} // several that start after one crash find the same
	for _, s := range starts {
		last = s.Time
		for _, n := range s.Open {
			once := n
			once.Asked = n.Asked.UTC()
			if n.Tenant != c.Tenant || s.Living > 0 && told[once] {
				continue
			}
			outcome, until, err := d.outcome(ctx, n)
			if errors.Is(err, ledger.ErrNotFound) { // the books were restored from a backup without it
				continue
			}
			if err != nil {
				return last, nil, err
			}
			if !s.fell(n.Asked, until) {
				continue
			}
			told[once] = true
			text := outcomeTexts[outcome]
			list = append(list, Recovery{n.Payment, n.Order, n.Operation, n.Asked, s.Time, outcome, text.japanese, text.english})
		}
	}
	return last, list, nil
}

// outcome reads in the history what became of a question, and until when it was open.
// Attention counts while an operator has not ended it.
func (d *Desk) outcome(ctx context.Context, n note) (found Outcome, until time.Time, err error) {
	history, err := d.o.Books.History(ctx, n.Payment)
	if err != nil {
		return "", until, err
	}
	found, until, attention := retell(history, n)
	if until.IsZero() {
		until = d.o.Clock()
	}
	if !attention {
		return found, until, nil
	}
	switch p, err := d.o.Books.Load(ctx, n.Payment); {
	case err != nil:
		return "", until, err
	case p.Attention != "":
		return OutcomeAttention, until, nil
	}
	return found, until, nil
}

// retell finds the question and its answer: the first event about its attempt that
// is one, and when; and whether attention came of it.
func retell(history []payment.Event, n note) (found Outcome, at time.Time, attention bool) {
	found = OutcomeOpen
	asked := false
	for i := range history {
		e := &history[i]
		switch {
		case !asked:
			asked = e.Kind == payment.KindAsked && e.Attempt == n.Attempt && e.Operation == n.Operation && e.Time.Equal(n.Asked)
		case e.Attempt != n.Attempt:
		case e.Kind == payment.KindAttention:
			attention = attention || e.Reason != "" && (found == OutcomeOpen || e.Time.Equal(at))
		case found == OutcomeOpen:
			found, at = answered(e.Kind), e.Time
		}
	}
	return found, at, attention
}

// answered is what an event says of the question before it.
func answered(k payment.Kind) Outcome {
	switch k {
	case payment.KindReleased, payment.KindRefused, payment.KindDeclined:
		return OutcomeNotDone
	case payment.KindAuthorized, payment.KindChallenged, payment.KindCaptured, payment.KindAdjusted, payment.KindCanceled, payment.KindReauthorized,
		payment.KindRegistered, payment.KindUnregistered, payment.KindRescheduled, payment.KindHeld:
		return OutcomeDone
	}
	return OutcomeOpen // unanswered, or asked once more
}
