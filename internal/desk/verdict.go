package desk

import "kessai.dev/kessai/internal/payment"

// Verdict says what became of an order that the shop has not confirmed (R39).
type Verdict string

// The verdicts.
const (
	NeverSent  Verdict = "NEVER_SENT" // no card was tried, or nothing reached the provider
	Declined   Verdict = "DECLINED"
	Unknown    Verdict = "UNKNOWN" // nobody knows yet: a question is open, or a challenge
	Authorized Verdict = "AUTHORIZED"
	Captured   Verdict = "CAPTURED"
	Ended      Verdict = "ENDED" // canceled or expired
)

// Verdicts lists them.
func Verdicts() []Verdict {
	return []Verdict{NeverSent, Declined, Unknown, Authorized, Captured, Ended}
}

// Proposal says what to do about it.
type Proposal string

// The proposals.
const (
	DoNothing        Proposal = "NOTHING"
	Wait             Proposal = "WAIT"
	RegisterOrCancel Proposal = "REGISTER_OR_CANCEL"
	RegisterOrRefund Proposal = "REGISTER_OR_REFUND"
)

// finding is a verdict with what to do, for a person.
type finding struct {
	verdict           Verdict
	proposal          Proposal
	japanese, english string
}

// The findings, each with what a shop does next.
var (
	neverPaid = finding{
		NeverSent, DoNothing,
		"お支払いは行われていません。カードの入力がないか、決済会社に何も届いていません。対応は不要です。",
		"Nothing was paid: no card was given, or nothing reached the provider. There is nothing to do.",
	}
	declinedCard = finding{
		Declined, DoNothing,
		"カードは承認されませんでした。代金はお預かりしていません。対応は不要です。",
		"The card was declined, and no money is held. There is nothing to do.",
	}
	openQuestion = finding{
		Unknown, Wait,
		"決済会社の回答を待っているところで、代金をお預かりしているかどうかは、まだ分かりません。結果が分かるまで、このままお待ちください。",
		"The provider has not answered yet, so nobody knows whether money is held. Wait for the result.",
	}
	openChallenge = finding{
		Unknown, Wait,
		"お客様が本人認証(3Dセキュア)の途中です。終わるか、時間切れになるまで、このままお待ちください。",
		"The shopper is at 3-D Secure. Wait until it is over or runs out of time.",
	}
	heldMoney = finding{
		Authorized, RegisterOrCancel,
		"与信済みですが、お店に受注がありません。受注として登録して発送するか、決済を取り消してください。",
		"The amount is held, and the shop has no order. Register the order and send it, or cancel the payment.",
	}
	chargedMoney = finding{
		Captured, RegisterOrRefund,
		"売上が確定していますが、お店に受注がありません。受注として登録して発送するか、決済を取り消して返金してください。",
		"The amount is charged, and the shop has no order. Register the order and send it, or cancel the payment, which gives the money back.",
	}
	needsLook = finding{
		"", "",
		"この決済には、確認が必要な相違があります。先に相違の内容を確認して、解決してください。",
		"The payment needs attention: look at its difference and resolve it first.",
	}
	over = finding{
		Ended, DoNothing,
		"決済は取り消されたか、期限が切れています。代金はお預かりしていません。対応は不要です。",
		"The payment was canceled or has expired, and no money is held. There is nothing to do.",
	}
)

// find judges a payment that the shop has not confirmed. What is not known is
// never guessed: an open question is Unknown whatever the state says.
func find(p *payment.Payment) finding {
	switch {
	case p.Question() != nil, !p.Held() && p.Engaged():
		return openQuestion
	case p.State == payment.Authenticating:
		return openChallenge
	case p.Held() && p.Attention != "":
		f := heldMoney
		if p.State != payment.Authorized {
			f = chargedMoney
		}
		f.japanese, f.english = needsLook.japanese+f.japanese, needsLook.english+" "+f.english
		return f
	case p.State == payment.Authorized:
		return heldMoney
	case p.Held():
		return chargedMoney
	case p.State == payment.Declined:
		return declinedCard
	case p.State == payment.Pending:
		return neverPaid
	}
	return over
}

// among are the states that a payment of this verdict is in; none: any.
func (v Verdict) among() []payment.State {
	switch v {
	case NeverSent:
		return []payment.State{payment.Pending}
	case Declined:
		return []payment.State{payment.Declined}
	case Authorized:
		return []payment.State{payment.Authorized}
	case Captured:
		return []payment.State{payment.Captured, payment.Settled}
	case Ended:
		return []payment.State{payment.Canceled, payment.Expired}
	}
	return nil
}
