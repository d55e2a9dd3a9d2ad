package reconcile

import (
	"kessai.dev/kessai/internal/payment"
)

// Cause is where a difference comes from, as far as can be told.
type Cause string

// The causes.
const (
	DoneAtProvider     Cause = "DONE_AT_PROVIDER"
	LostAnswer         Cause = "LOST_ANSWER"
	HalfDone           Cause = "HALF_DONE"
	RefundedAtProvider Cause = "REFUNDED_AT_PROVIDER"
	Ours               Cause = "OURS"
)

// Proposal is what an operator should do.
type Proposal string

// The proposals.
const (
	TakeOver    Proposal = "TAKE_OVER"
	AskProvider Proposal = "ASK_PROVIDER"
	Keep        Proposal = "KEEP"
)

// texts say what a cause means: English, Japanese.
var texts = map[Cause][2]string{
	DoneAtProvider:     {"Somebody changed this payment at the provider's console.", "プロバイダーの管理画面でこの決済が変更されています。"},
	LostAnswer:         {"The provider did what kessai had asked, and its answer was lost.", "kessai の依頼はプロバイダーで実行されていますが、応答が届いていませんでした。"},
	HalfDone:           {"A change of the amount is half done: the new hold is there, and the old one may remain.", "金額変更が途中で止まっています。新しい与信があり、元の与信も残っている可能性があります。"},
	RefundedAtProvider: {"The provider gave the money back, as it does with debit and prepaid cards when a slip is late.", "プロバイダー側で返金されています。デビットカードやプリペイドカードでは、送り状の登録が遅れると自動で返金されることがあります。"},
	Ours:               {"The provider does not know of this as the books do, and nothing explains it.", "プロバイダーの記録が帳簿と異なり、原因が分かりません。"},
}

// steps say what to do: English, Japanese.
var steps = map[Proposal][2]string{
	TakeOver:    {"Take over what the provider shows, after a look at the order.", "注文を確認し、プロバイダーの状態を取り込んでください。"},
	AskProvider: {"Call the provider, have it put right, and refresh the payment; then decide.", "プロバイダーに電話して修正を依頼し、照会し直してから決めてください。"},
	Keep:        {"The provider agrees by now: take it over, or keep the books, and it is done.", "現在はプロバイダーと一致しています。確認して完了してください。"},
}

// cause tells where a difference comes from.
func cause(p *payment.Payment, history []payment.Event) Cause {
	switch p.Attention {
	case payment.AmountChangeHalfDone:
		return HalfDone
	case payment.ResultLost:
		return LostAnswer
	case payment.ProviderDiffers:
	default:
		return Ours
	}
	d := p.Difference
	switch {
	case d == nil:
		return DoneAtProvider
	case lost(p, d, history):
		return LostAnswer
	case d.Standing == payment.StandingNone || d.Standing == payment.StandingFailed:
		return Ours
	case d.Standing == payment.StandingCanceled && p.Yamato && p.SlipWarned:
		return RefundedAtProvider
	}
	return DoneAtProvider
}

// lost reports whether the latest thing that kessai asked, and got no answer to, is
// what the provider shows.
func lost(p *payment.Payment, d *payment.Found, history []payment.Event) bool {
	for i := len(history) - 1; i >= 0; i-- {
		e := &history[i]
		if e.Kind != payment.KindReleased || e.Reason != payment.ResultLost {
			continue
		}
		switch e.Operation {
		case payment.OpCancel:
			return d.Standing == payment.StandingCanceled
		case payment.OpCapture, payment.OpShip:
			return d.Standing == payment.StandingCaptured || d.Standing == payment.StandingSettled
		case payment.OpAdjust:
			return d.Amount == e.Amount && d.Amount != p.Amount
		case payment.OpReauthorize:
			return d.Standing == payment.StandingHeld
		}
		return false
	}
	return false
}

// proposal is what an operator should do.
func proposal(p *payment.Payment) Proposal {
	d := p.Difference
	switch {
	case d == nil || p.Winner == 0 || p.Question() != nil:
		return AskProvider
	case d.Standing == payment.StandingAttention, d.Standing == payment.StandingWaiting, d.Standing == payment.StandingNone, d.Standing == payment.StandingFailed:
		return AskProvider
	case p.Attention != payment.ProviderDiffers && p.DifferenceYen() == 0:
		return Keep
	}
	return TakeOver
}
