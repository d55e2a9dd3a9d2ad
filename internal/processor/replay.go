package processor

import (
	"bytes"
	"context"

	"kessai.dev/kessai/internal/payment"
)

// replayCreate answers a repeated CreatePayment: the payment as it stands now,
// with unfinished work driven on (promise 4, P11).
func (p *Processor) replayCreate(ctx context.Context, c Caller, r payment.Request, id payment.ID, cmd Create) (Result, error) {
	pay, story, err := p.retell(ctx, c, r, id)
	if err != nil || !story.unfinished() || cmd.Token == "" && cmd.Stored == "" {
		return Result{Payment: pay, Replayed: true}, err
	}
	// The card was never sent: the token is still good for its one use.
	confirm := payment.Confirm{Means: cmd.Means}
	result, err := p.command(ctx, c, &r, id, confirm, nil, nil)
	result.Replayed = true
	return result, err
}

// replayCommand answers a repeated command: the same refusal, or the payment
// as it stands now; what was not carried out is carried out, unless something
// else has happened since: a late repetition must not undo what came after.
func (p *Processor) replayCommand(ctx context.Context, c Caller, r payment.Request, id payment.ID, cmd payment.Command) (Result, error) {
	pay, story, err := p.retell(ctx, c, r, id)
	if err == nil && pay.Question() == nil && story.refusal != nil {
		return Result{Payment: pay, Replayed: true}, story.refusal
	}
	if err != nil || !story.unfinished() {
		return Result{Payment: pay, Replayed: true, Undone: story.undone}, err
	}
	result, err := p.command(ctx, c, &r, id, cmd, nil, nil)
	result.Replayed = true
	return result, err
}

// retell loads the payment that a key led to, checks that the request is the
// same, and settles an open question if that is quick.
func (p *Processor) retell(ctx context.Context, c Caller, r payment.Request, id payment.ID) (*payment.Payment, story, error) {
	pay, err := p.own(ctx, c, id)
	if err != nil {
		return nil, story{}, err
	}
	history, err := p.o.Ledger.History(ctx, id)
	if err != nil {
		return nil, story{}, err
	}
	s := tell(history, r)
	if s.digest != nil && !bytes.Equal(s.digest, r.Digest) {
		return nil, story{}, &KeyReusedError{Before: s.digest, Now: r.Digest}
	}
	if pay.Question() != nil {
		pay = p.repair(ctx, pay)
	}
	return pay, s, nil
}

// story is what became of the wish of one call.
type story struct {
	digest  []byte           // of the request; nil: the history does not know the key
	refusal *payment.Refusal // the provider said no
	undone  bool             // the wish was certainly not carried out; false: it was, or nobody knows
	passed  bool             // something has happened to the payment since
}

// unfinished reports whether the call may be carried on: its wish was certainly
// not carried out, and nothing has happened to the payment since.
func (s *story) unfinished() bool { return s.undone && !s.passed }

// tell finds a call in a payment's history, and what became of its last wish.
func tell(history []payment.Event, r payment.Request) story {
	var s story
	attempt, op, slip := 0, payment.Operation(0), ""
	for i := range history {
		e := &history[i]
		if q := e.Request; q != nil && q.Method == r.Method && q.Key == r.Key {
			s = story{digest: q.Digest}
			attempt, op = 0, 0
		}
		switch {
		case s.digest == nil:
		case s.undone:
			s.passed = s.passed || !e.Kind.Aside()
		case e.Kind == payment.KindAsked && (attempt == 0 && op == 0):
			attempt, op, slip = e.Attempt, e.Operation, e.Slip
		case e.Attempt != attempt || e.Operation != op:
		case e.Kind == payment.KindReleased:
			s.undone = true
		case e.Kind == payment.KindRefused:
			s.refusal = refusal(e, slip)
		}
	}
	return s
}
