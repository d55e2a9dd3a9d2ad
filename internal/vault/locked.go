package vault

import (
	"context"
	"errors"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// step is something asked of the provider about a card, under its lock.
type step struct {
	// prepare comes before each try; again: the lock was stale.
	prepare func(ctx context.Context, again bool) error
	ask     func(context.Context, acquirer.StoredCard) (payment.Fact, error)
	// shown tells whether the provider's list shows that it was done: without an
	// answer that decides.
	shown func(*ledger.StoredCard) bool
}

// errGone says that the card went away while it was to be changed.
var errGone = &payment.Refusal{Reason: payment.WrongState, Text: "the card is not there any more"}

// locked asks for a step, and once more when the lock was stale (P55). A caller
// who hangs up leaves nothing half done.
func (v *Vault) locked(ctx context.Context, a *account, id string, s step) error {
	ctx = context.WithoutCancel(ctx)
	for again := false; ; again = true {
		if err := s.prepare(ctx, again); err != nil {
			return err
		}
		stored, err := v.held(ctx, a, id)
		if err != nil {
			return err
		}
		fact, err := within(ctx, s.ask, *stored)
		_, unsent := errors.AsType[*acquirer.NotSentError](err)
		switch {
		case unsent:
			return err
		case err != nil:
			return v.settle(ctx, a, id, s.shown, err)
		case fact.Outcome == payment.Yes:
			return nil
		case fact.Reason != payment.EtagMismatch || again:
			return &payment.Refusal{Reason: fact.Reason, Text: "the provider refused (" + fact.Code + ")"}
		}
	}
}

// held names the card for the provider as the record has it now, or errGone.
func (v *Vault) held(ctx context.Context, a *account, id string) (*acquirer.StoredCard, error) {
	m, err := v.o.Members.Member(ctx, a.key)
	if err != nil {
		return nil, err
	}
	stored, err := v.stored(&m, id)
	if _, none := errors.AsType[*payment.InvalidError](err); none {
		return nil, errGone
	}
	return stored, err
}

func within(ctx context.Context, ask func(context.Context, acquirer.StoredCard) (payment.Fact, error), stored acquirer.StoredCard) (payment.Fact, error) {
	ctx, cancel := context.WithTimeout(ctx, changeWithin)
	defer cancel()
	return ask(ctx, stored)
}

// settle finds out what became of a step that was not answered. That the list
// does not show it proves nothing yet.
func (v *Vault) settle(ctx context.Context, a *account, id string, shown func(*ledger.StoredCard) bool, cause error) error {
	got, err := v.look(ctx, a)
	if err == nil {
		if k := find(&got.member, id); k != nil && shown(k) {
			return nil
		}
	}
	v.warn(ctx, "a change of a card was not answered", a.key, errors.Join(cause, err))
	return &payment.Refusal{
		Reason: payment.OperationPending, Text: "the provider did not answer: read the card later to see how it stands", RetryAt: v.o.Clock().Add(askWithin),
	}
}
