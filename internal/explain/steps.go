package explain

import (
	"fmt"

	"kessai.dev/kessai/internal/payment"
)

// tell says what one event means.
func tell(p *payment.Payment, history []payment.Event, i int) both {
	e := &history[i]
	if failure, ok := failureAt(p, history, i); ok && e.Kind != payment.KindUnanswered {
		return tellFailure(e, &failure)
	}
	op, amount := operationWords[e.Operation], yen(e.Amount)
	switch e.Kind {
	case payment.KindCreated:
		return tellCreated(e)
	case payment.KindAsked:
		return tellAsked(history, i)
	case payment.KindUnanswered:
		return both{
			op.ja + "の回答を受け取れないまま、通信が切れました。行われたかどうかは、この時点では分かりません。",
			"The connection closed without an answer to the " + op.en + ": by then nobody knew whether it was done.",
		}
	case payment.KindAuthorized:
		return both{amount.ja + "を与信しました。", "The card's issuer holds " + amount.en + "."}
	case payment.KindChallenged:
		return both{"カード会社が、お客様に本人認証（3Dセキュア）を求めました。", "3-D Secure asks the shopper to prove who pays."}
	case payment.KindCaptured:
		return both{amount.ja + "の売上を確定しました。", amount.en + " were charged."}
	case payment.KindSettled:
		return both{"精算が確定しました。", "The charge was settled with the card company."}
	case payment.KindAdjusted:
		return both{"金額を" + amount.ja + "に変更しました。", "The amount is " + amount.en + " now."}
	case payment.KindCanceled:
		return tellCanceled(e)
	case payment.KindReauthorized:
		return both{amount.ja + "を再与信しました。", amount.en + " are held anew."}
	case payment.KindLateHold:
		return both{"失敗したはずの決済に、与信が残っていました。自動で取り消します。", "A hold turned up on an attempt that had lost. It is released by itself."}
	case payment.KindRegistered, payment.KindUnregistered, payment.KindShipped:
		return tellShipment(e)
	}
	return tellRest(e, op)
}

// tellRest tells what moves no money.
func tellRest(e *payment.Event, op both) both {
	switch e.Kind {
	case payment.KindWatched:
		return both{"失敗した決済を照会し、与信が残っていないことを確認しました。", "One more look at the lost attempt found no hold."}
	case payment.KindExpired:
		return both{"24時間以内にカードが入力されず、期限切れになりました。", "Nobody gave a card within 24 hours, and it expired."}
	case payment.KindDeferred:
		return both{op.ja + "を受け付けました。" + moment(e.Until).ja + "以降に実行します。", "The " + op.en + " was accepted, and will be asked from " + moment(e.Until).en + "."}
	case payment.KindUndeferred:
		return both{"予約された" + op.ja + "を取り消しました。", "The deferred " + op.en + " was removed."}
	case payment.KindUnchanged:
		return both{"すでにそのとおりのため、何も行いませんでした。", "It was so already: nothing was done."}
	case payment.KindAttention:
		return both{"管理者の確認が必要な状態ではなくなりました。", "What an operator had to look at is gone."}
	case payment.KindConverted:
		return both{"購入の成果（コンバージョン）を渡しました。", "The conversion was given out, once."}
	case payment.KindOrderUpdated:
		return both{"お店が注文の内容（有効・取消、または合計）を知らせました。金額は変わりません。", "The shop said what became of its order. The money stays as it is."}
	case payment.KindRescheduled:
		return both{"出荷予定日を" + e.ShipDate + "に変更しました。", "The planned ship date is " + e.ShipDate + " now."}
	case payment.KindHeld:
		return both{"予約販売の決済が与信になりました。", "The provider made the reservation a hold."}
	case payment.KindOrderRegistered:
		return both{"決済直前ログから受注を登録しました（受注日：" + day(e.Dated).ja + "）。", "The order was registered from the pre-payment log, dated " + day(e.Dated).en + "."}
	case payment.KindUnconfirmed:
		return both{"与信があるのに、時間内にお店から受注の確認がありませんでした。", "Money is held, and the shop had not said in time that it has the order."}
	case payment.KindHoldExpiring:
		return both{fmt.Sprintf("与信の期限まで%d日です。", e.Days), fmt.Sprintf("The hold ends in %d day(s).", e.Days)}
	case payment.KindSlipLate:
		return both{fmt.Sprintf("与信から%d日たちましたが、ヤマト運輸に送り状番号の登録がありません。", e.Days), fmt.Sprintf("Held for %d days, and Yamato has no slip.", e.Days)}
	case payment.KindProposed:
		return both{"差異の取り込みを提案しました。別の担当者の同意を待ちます。", "An operator would take over what the provider shows. Another one must agree."}
	case payment.KindCorrected:
		return both{"決済会社の内容を取り込み、記録を訂正しました。", "Operators took over what the provider shows."}
	case payment.KindDismissed:
		return both{"差異を確認し、記録をそのままにしました。", "An operator looked at the difference and left the books as they are."}
	case payment.KindImported:
		return both{"ほかのシステムの決済を、決済会社の内容どおりに引き継ぎました。", "The order moved here, as the provider showed it."}
	}
	return both{"出来事「" + string(e.Kind) + "」がありました。", "There was the event " + string(e.Kind) + "."}
}

func tellCreated(e *payment.Event) both {
	amount := yen(e.Amount)
	switch {
	case e.Opening != nil && e.Opening.Registration:
		return both{"カードを登録するための決済を作成しました。", "A payment was begun that only registers a card."}
	case e.Opening != nil && e.Opening.Foreign != "":
		return both{"ほかのシステムから引き継ぐ決済を作成しました。", "A payment was begun for an order that moves here."}
	}
	return both{amount.ja + "の決済を作成し、注文を記録しました。", "A payment of " + amount.en + " was begun, and its order written down."}
}

// tellAsked tells of a wish, and of a question that is asked again.
func tellAsked(history []payment.Event, i int) both {
	e := &history[i]
	op, amount := operationWords[e.Operation], yen(e.Amount)
	switch {
	case e.Operation == payment.OpAuthenticate && e.Result == "" && latest(history, i, payment.KindUnanswered, true) >= 0:
		return both{"回答がなかったため、" + op.ja + "を同じ内容でもう一度依頼しました。", "There was no answer: the " + op.en + " was asked again with the same values."}
	case e.Operation == payment.OpCancel && e.Reason == payment.LateHold, e.Reason == payment.AuthenticationSkipped:
		return both{"不要な与信の取消を依頼しました。", "The provider was asked to release the hold that nobody wants."}
	case e.Slip != "":
		return both{op.ja + "（" + e.Slip + "）を依頼しました。", "The provider was asked for the " + op.en + " " + e.Slip + "."}
	case e.Amount > 0:
		return both{amount.ja + "の" + op.ja + "を依頼しました。", "The provider was asked for the " + op.en + ", " + amount.en + "."}
	}
	return both{op.ja + "を依頼しました。", "The provider was asked for the " + op.en + "."}
}

func tellCanceled(e *payment.Event) both {
	switch e.Reason {
	case payment.LateHold:
		return both{"不要な与信を取り消しました。", "The hold that nobody wanted is released."}
	case payment.CardRegistered:
		return both{"カード登録のための与信を取り消しました。", "The hold that registered the card is released."}
	case payment.Superseded:
		return both{"同じ注文の新しい決済に置き換わりました。", "A newer payment of the same order took its place."}
	case payment.CanceledAtProvider:
		return both{"決済会社の側で取り消されていました。", "It was found canceled at the provider."}
	}
	return both{"取り消しました。", "It was canceled."}
}

func tellShipment(e *payment.Event) both {
	switch e.Kind {
	case payment.KindRegistered:
		return both{"送り状番号" + e.Slip + "を決済会社に登録しました。", "Slip " + e.Slip + " is at the provider."}
	case payment.KindUnregistered:
		return both{"送り状番号" + e.Slip + "を決済会社から取り消しました。", "Slip " + e.Slip + " is off at the provider."}
	}
	return both{"お店が発送済みにしました。", "The shop has sent the order."}
}

// tellFailure tells what failed, why and with which code.
func tellFailure(e *payment.Event, f *Failure) both {
	begin := both{}
	switch e.Kind {
	case payment.KindDeclined:
		begin = both{"カードが承認されませんでした。", "The attempt failed. "}
	case payment.KindAttention:
		begin = both{"管理者の確認が必要になりました。", "An operator must look. "}
	}
	out := both{begin.ja + f.Japanese, begin.en + f.English}
	if f.Code != "" {
		out = out.and(both{"（コード " + f.Code + "）", "(code " + f.Code + ")"})
	}
	return out
}
