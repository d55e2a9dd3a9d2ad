package explain

import (
	"time"

	"kessai.dev/kessai/internal/payment"
)

// summary says how a payment stands.
func summary(p *payment.Payment) both {
	s := stateWords[p.State]
	switch p.State {
	case payment.Authorized, payment.Captured, payment.Settled:
		amount := yen(p.Amount)
		s = both{amount.ja + "が" + s.ja, "It is about " + amount.en + ". " + s.en}
	}
	if q := p.Question(); q != nil {
		op := operationWords[q.Operation]
		s = s.and(both{op.ja + "の回答を待っています。結果はまだ分かりません。", "The " + op.en + " has no answer yet, and its outcome is not known."})
	}
	if p.Attention != "" {
		s = s.and(both{"管理者の確認が必要です。", "An operator must look."})
	}
	return s
}

// next says what to do now; empty: nothing.
func next(p *payment.Payment, now time.Time) both {
	switch q := p.Question(); {
	case p.Attention != "":
		a := adviceFor(p.Attention)
		return both{a.japanese, a.english}
	case q != nil:
		return both{"自動で照会しています。同じ操作を繰り返さず、結果をお待ちください。", "The provider is being asked. Do not repeat the call: wait for the outcome."}
	case p.Scheduled != nil:
		op, due := operationWords[p.Scheduled.Operation], moment(p.Scheduled.Due)
		return both{op.ja + "を" + due.ja + "以降に自動で実行します。やめるときは、取り消してください。", "The " + op.en + " will be asked by itself from " + due.en + ". Cancel the payment to remove it."}
	case p.Registration:
		return both{}
	}
	return nextByState(p, now)
}

func nextByState(p *payment.Payment, now time.Time) both {
	switch {
	case p.HoldLapsed(now):
		return both{"与信の期限が切れています。出荷する前に再与信をしてください。", "The hold has lapsed. Make it anew before the order is sent."}
	case p.Held() && p.Unconfirmed && !p.Confirmed():
		return both{"お店に受注があるか確かめ、なければ決済直前ログから受注を登録するか、決済を取り消してください。", "Look whether the shop has the order. If not, register it from the pre-payment log, or cancel the payment."}
	case p.State == payment.Authorized && p.Reserved:
		return both{"予約販売です。出荷予定日が近づくと、自動で与信になります。", "It is a reservation: it becomes a hold by itself when the ship date is near."}
	case p.State == payment.Authorized && p.OrderCanceled:
		return both{"注文は取り消されています。決済も取り消してください。", "The order is canceled: cancel the payment, too."}
	case p.State == payment.Authorized:
		until := day(p.HoldExpires)
		if p.HoldExpires.IsZero() {
			return both{"出荷して、売上を確定してください。", "Send the order and charge it."}
		}
		return both{until.ja + "までに出荷して、売上を確定してください。", "Send the order and charge it by " + until.en + "."}
	case p.State == payment.Declined:
		a := adviceFor(p.Decline.Reason)
		return both{a.japanese, a.english}
	case p.State == payment.Authenticating:
		return both{"お客様が本人認証を終えるのをお待ちください。", "Wait for the shopper to finish 3-D Secure."}
	case p.State == payment.Pending:
		return both{"お客様がカードを入力するのをお待ちください。", "Wait for the shopper to give a card."}
	}
	return both{}
}
