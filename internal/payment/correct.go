package payment

import (
	"fmt"
	"unicode/utf8"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/shop"
)

// Resolution is what operators do about a difference.
type Resolution string

// The resolutions.
const (
	TakeOverFound Resolution = "TAKE_OVER" // the books take over what the provider shows
	KeepOurs      Resolution = "KEEP"      // the books stay as they are
)

// Resolve ends what needs an operator (R42, P22). It carries no idempotency key:
// what is over is refused, and nothing is done twice.
type Resolve struct {
	Resolution Resolution
	Note       string // why; stays for ever
	Etag       string
}

// Correct says what Resolve leads to. Taking over more yen than the shop's limit
// is first proposed, and done when another actor says the same about the same
// finding; no events mean that it is proposed already, by the same one.
func Correct(p *Payment, c Resolve, r Rules) ([]Event, error) {
	if err := c.check(p); err != nil {
		return nil, err
	}
	if c.Resolution == KeepOurs {
		return r.events(p, Event{Kind: KindDismissed, Attempt: p.attemptOrNone(), Note: c.Note, Found: p.Difference}), nil
	}
	if why := p.cannotTake(); why != nil {
		return nil, why
	}
	if p.NeedsTwo(&r.Settings.Care) && !p.agreed(r.Actor) {
		if p.Proposal != nil && p.Proposal.Found.Same(p.Difference) {
			return nil, nil
		}
		return r.events(p, Event{Kind: KindProposed, Attempt: p.Winner, Amount: p.DifferenceYen(), Note: c.Note, Found: p.Difference}), nil
	}
	e := Event{Kind: KindCorrected, Attempt: p.Winner, Amount: p.Difference.Amount, Note: c.Note, Found: p.Difference}
	if p.Difference.Standing == StandingHeld {
		if e.Until = p.HoldExpires; e.Until.IsZero() {
			e.Until = (&Trade{Standing: StandingHeld, ApprovedAt: p.Difference.ApprovedAt}).holdEnds(r)
		}
	}
	return r.events(p, e), nil
}

func (c *Resolve) check(p *Payment) error {
	switch {
	case c.Resolution != TakeOverFound && c.Resolution != KeepOurs:
		return &InvalidError{[]Violation{{"resolution", "must be TAKE_OVER or KEEP"}}}
	case utf8.RuneCountInString(c.Note) > MaxNote:
		return &InvalidError{[]Violation{{"note", fmt.Sprintf("must be at most %d characters", MaxNote)}}}
	case c.Etag != "" && c.Etag != p.Etag():
		return &Refusal{Reason: EtagMismatch, Text: "the payment is at " + p.Etag() + " now, not at " + c.Etag}
	case p.Attention == "":
		return &Refusal{
			Reason: WrongState, Text: "nothing about the payment needs an operator: read it again",
			Japanese: "この決済に対応が必要な点はありません。最新の状態を確認してください。",
		}
	}
	return nil
}

// cannotTake says why what the provider shows cannot be taken over.
func (p *Payment) cannotTake() *Refusal {
	switch {
	case p.Question() != nil:
		return &Refusal{
			Reason: OperationPending, Text: "an operation has no answer yet: wait until it is settled",
			Japanese: "結果を確認中の処理があります。確定するまでお待ちください。",
		}
	case p.Difference == nil || p.Winner == 0:
		return &Refusal{
			Reason: NeedsAttention, Text: "there is nothing that could be taken over: ask the provider by telephone, then answer KEEP",
			Japanese: "取り込める内容がありません。プロバイダーに電話で確認し、その後 KEEP を選んでください。",
		}
	}
	if _, ok := standingStates[p.Difference.Standing]; !ok || p.Difference.Standing == StandingReserved && p.Difference.ShipDate == "" {
		return &Refusal{
			Reason: NeedsAttention, Text: "the provider shows a state in which nothing can rest: ask it by telephone to put it right, refresh the payment, and decide then",
			Japanese: "プロバイダーの処理が途中の状態です。電話で修正を依頼し、照会し直してから決めてください。",
		}
	}
	return nil
}

// NeedsTwo reports whether taking the difference over needs two people.
func (p *Payment) NeedsTwo(c *shop.Care) bool {
	limit := c.CorrectionLimit
	if limit == 0 {
		limit = shop.DefaultCorrectionLimit
	}
	return p.DifferenceYen() > limit
}

// agreed reports whether somebody else has proposed the same.
func (p *Payment) agreed(actor string) bool {
	return p.Proposal != nil && p.Proposal.Actor != actor && p.Proposal.Found.Same(p.Difference)
}

// DifferenceYen is by how many yen the books and the provider differ: what is held
// here or charged here, and is not there.
func (p *Payment) DifferenceYen() money.Yen {
	d := p.Difference
	if d == nil {
		return 0
	}
	state, certain := standingStates[d.Standing]
	ours, theirs := positionOf(p.State, p.Amount), positionOf(state, d.Amount)
	switch {
	case !certain:
		return p.Amount
	case ours == theirs:
		return 0
	}
	// what both hold, or both charge, is no difference
	same := min(ours.held, theirs.held) + min(ours.charged, theirs.charged)
	return max(ours.held+ours.charged, theirs.held+theirs.charged) - same
}

// position is the money of a payment: held, or charged.
type position struct{ held, charged money.Yen }

func positionOf(s State, y money.Yen) position {
	switch s {
	case Authorized:
		return position{held: y}
	case Captured, Settled:
		return position{charged: y}
	}
	return position{}
}

// attemptOrNone is the number of the attempt that speaks for the payment.
func (p *Payment) attemptOrNone() int {
	if a := p.Current(); a != nil {
		return a.Number
	}
	return 0
}
