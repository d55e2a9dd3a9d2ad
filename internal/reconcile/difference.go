package reconcile

import (
	"context"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// Difference is a payment that needs an operator, with what can be told of it.
type Difference struct {
	Payment   *payment.Payment
	Cause     Cause
	Proposal  Proposal
	Found     time.Time // when it was found
	NeedsTwo  bool
	English   string
	Japanese  string
	AmountYen int // by so much the books and the provider differ
}

// Page is a page of differences, newest payment first.
type Page struct {
	Differences []Difference
	More        bool
	Next        payment.ID
}

// Differences lists payments that need an operator.
func (r *Reconciler) Differences(ctx context.Context, c processor.Caller, before payment.ID, limit int) (Page, error) {
	s, _, ok := r.o.Directory.Now().Contract(c.Tenant)
	if !ok {
		return Page{}, ledger.ErrNotFound
	}
	page, err := r.o.Payments.List(ctx, c, ledger.Query{Filter: ledger.Filter{Attention: true, Registrations: true}, Before: before, Limit: limit})
	if err != nil {
		return Page{}, err
	}
	out := Page{More: page.More, Next: page.Next}
	for _, p := range page.Payments {
		d, err := r.difference(ctx, c, p, &s.Settings.Care)
		if err != nil {
			return Page{}, err
		}
		out.Differences = append(out.Differences, d)
	}
	return out, nil
}

func (r *Reconciler) difference(ctx context.Context, c processor.Caller, p *payment.Payment, care *shop.Care) (Difference, error) {
	history, err := r.o.Payments.History(ctx, c, p.ID)
	if err != nil {
		return Difference{}, err
	}
	d := Difference{Payment: p, NeedsTwo: p.NeedsTwo(care), AmountYen: int(p.DifferenceYen())}
	for i := range history {
		if e := &history[i]; e.Kind == payment.KindAttention && e.Reason != "" {
			d.Found = e.Time
		}
	}
	d.Cause = cause(p, history)
	d.Proposal = proposal(p)
	words := texts[d.Cause]
	d.English, d.Japanese = words[0]+" "+steps[d.Proposal][0], words[1]+steps[d.Proposal][1]
	return d, nil
}

// Resolve ends a difference as an operator decides; proposed says that another
// person must agree. What the provider shows is asked anew before it is taken
// over: an operator decides about what is, and not about last night. The errors
// are the processor's; one of the inquiry says that the provider could not be
// asked, and nothing was done.
func (r *Reconciler) Resolve(ctx context.Context, c processor.Caller, id payment.ID, cmd payment.Resolve) (p *payment.Payment, proposed bool, err error) {
	if cmd.Resolution == payment.TakeOverFound {
		if err := r.still(ctx, c, id, &cmd); err != nil {
			return nil, false, err
		}
	}
	p, _, err = r.o.Payments.Note(ctx, c, id, func(p *payment.Payment, rules payment.Rules) ([]payment.Event, error) {
		return payment.Correct(p, cmd, rules)
	})
	return p, err == nil && p.Proposal != nil, err
}

// still refuses when the provider shows something else by now than the operator
// saw. What is wrong with the command itself Correct says afterwards.
func (r *Reconciler) still(ctx context.Context, c processor.Caller, id payment.ID, cmd *payment.Resolve) error {
	var before payment.Payment
	_, _, err := r.o.Payments.Note(ctx, c, id, func(p *payment.Payment, _ payment.Rules) ([]payment.Event, error) {
		before = *p
		return nil, nil
	})
	if err != nil || before.Attention == "" || cmd.Etag != "" && cmd.Etag != before.Etag() {
		return err
	}
	after, err := r.o.Payments.Refresh(ctx, c, id)
	if err != nil {
		return err
	}
	if after.Attention == "" || !after.Difference.Same(before.Difference) {
		return &payment.Refusal{
			Reason: payment.EtagMismatch, Text: "the provider shows something else by now: read the difference again and decide anew",
			Japanese: "プロバイダーの状態が変わりました。差異をもう一度確認してから決めてください。",
		}
	}
	return nil
}
