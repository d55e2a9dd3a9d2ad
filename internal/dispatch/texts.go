package dispatch

import (
	"fmt"
	"strings"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shipping"
)

// Error names the settings that are missing.
func (e *IncompleteError) Error() string {
	return "B2 needs settings of the shop that are empty: " + strings.Join(e.Missing, ", ")
}

// text is what a person is told: one word for programs, and what to do in two
// languages.
type text struct{ reason, en, ja string }

// Words that are no payment.Reason.
const (
	reasonNotFound    = "NOT_FOUND"
	reasonBooks       = "BOOKS_UNAVAILABLE"
	reasonKeyReused   = "IDEMPOTENCY_KEY_REUSED"
	reasonPlaceholder = string(shipping.FindPlaceholder)
	reasonUsedTwice   = string(shipping.FindUsedTwice)
	reasonNoAddress   = "no_address"
	reasonNoGoods     = "no_goods"
	reasonNotYamato   = "not_yamato_delivery"
)

// kind is the word in small letters, as the kinds of b2 are.
func (t text) kind() string { return strings.ToLower(t.reason) }

var (
	textNoAddress   = text{reasonNoAddress, "the order has no shipping address, or it was erased: write this slip in B2 by hand", "お届け先の住所がありません（または消去済みです）。B2で直接入力してください"}
	textNoGoods     = text{reasonNoGoods, "the order names no goods: 商品 was written; change it in B2 if it matters", "注文に商品名がないため「商品」と出力しました。必要ならB2で変更してください"}
	textWaits       = text{string(payment.OperationPending), "an earlier operation has no answer from the provider yet: export again in a few minutes", "前の操作の結果を確認中です。数分後にもう一度出力してください"}
	textUnknown     = text{reasonNotFound, "no order of this shop has this reference: compare column 1 with the order; a spreadsheet drops leading zeros", "このお客様管理番号の注文がありません。1列目を注文と照合してください（表計算ソフトでは先頭の0が消えます）"}
	textPlaceholder = text{reasonPlaceholder, "twelve zeros are a placeholder, and no parcel's number: enter the number on the slip", "0が12桁の番号は仮の番号です。送り状の番号を入力してください"}
	textUsedTwice   = text{reasonUsedTwice, "the slip is at orders of several receivers, or of more than one slip may carry: compare the slips with the orders, then import the right row, or ship the order by itself", "同じ送り状番号が、お届け先の異なる注文（または同梱の上限を超える注文）に付いています。送り状と注文を照合し、正しい行だけを取り込むか、注文ごとに登録してください"}
	textPending     = text{string(payment.OperationPending), "the provider has not answered yet, and is asked until it does: import the same file again in a few minutes to see", "決済代行会社の応答を確認中です。数分後に同じファイルをもう一度取り込んで、結果を確認してください"}
	textNotYet      = text{string(payment.OperationPending), "B2 registers this slip, and the provider does not have it yet; nothing was sent: import the same file again later", "この送り状はB2から登録される設定ですが、決済代行会社にまだ届いていません。送信はしていません。後ほど同じファイルを取り込んでください"}
	textNotYamato   = text{reasonNotYamato, "the order's delivery method is not assigned to Yamato: it is captured without this slip, which is only noted with the order", "配送方法がクロネコヤマト配送に割り当てられていない注文です。送り状番号は控えるだけで、番号なしで売上確定します"}
	textNotCaptured = text{reasonNotYamato, "the order's delivery method is not assigned to Yamato, and the contract captures by a Yamato slip only: it is noted as shipped; capture or cancel the payment at the provider", "配送方法がクロネコヤマト配送に割り当てられていない注文です。発送済みとしましたが、ご契約では送り状番号なしの売上確定ができません。決済代行会社の画面で処理してください"}
	textWouldAsk    = text{"", "B2 registers this slip: the provider will be asked, and nothing sent", "この送り状はB2から登録される設定です。取込時に取引照会だけを行います"}
	textNotAsked    = text{string(payment.ProviderUnreachable), "the provider could not be asked about this slip, and nothing was done: import the same file again", "決済代行会社に照会できませんでした。何も変更していません。同じファイルをもう一度取り込んでください"}
	textReused      = text{reasonKeyReused, "this row was imported with other cells: take the file from B2 again", "この行は別の内容で取り込まれています。B2から出力し直してください"}
	textBooks       = text{reasonBooks, "the books cannot be used now; nothing is lost: import the same file again", "ただいま記録できません。同じファイルをもう一度取り込んでください"}
)

// unclearText: the provider answered with a code, which leaves open what became of
// the slip.
func unclearText(code string) text {
	return text{
		string(payment.OperationPending),
		"the provider answered " + code + ", as it does for a slip that is registered already, and is asked until it is certain what became of this one: compare the slip with other orders, and import the same file again in a few minutes to see",
		"決済代行会社の応答が " + code + "（登録済みの送り状番号など）のため、確認中です。ほかの注文の番号でないか照合し、数分後に同じファイルをもう一度取り込んでください",
	}
}

// anotherText: the contract allows one parcel, and the order has its slip (R28).
func anotherText(has string) text {
	return text{
		string(payment.WrongState),
		"the order has the slip " + has + " already, and nothing was changed: if the new one is right, correct the shipment (:correctShipment)",
		"この注文には送り状番号" + has + "が登録されています。変更していません。新しい番号が正しい場合は「送り状番号の訂正」を行ってください",
	}
}

// replacedText: the row was carried out before, and what it did was changed since.
func replacedText(has string) text {
	if has == "" {
		has = "-"
	}
	return text{
		string(payment.WrongState),
		"this row was imported before, and the shipment was changed since (slip now: " + has + "); nothing was changed: if this slip is right after all, correct the shipment (:correctShipment)",
		"この行は取込済みで、その後に出荷内容が変更されています（現在の送り状番号：" + has + "）。変更していません。この番号が正しい場合は「送り状番号の訂正」を行ってください",
	}
}

// states are the payment's states as the shop's screens call them.
var states = map[payment.State]string{
	payment.Pending: "未決済", payment.Authenticating: "本人認証中", payment.Authorized: "与信", payment.Captured: "売上確定",
	payment.Settled: "精算確定", payment.Canceled: "取消", payment.Declined: "決済不成立", payment.Expired: "期限切れ",
}

// stateText: the payment holds no money that shipping could capture.
func stateText(p *payment.Payment) text {
	return text{
		string(payment.WrongState),
		fmt.Sprintf("the payment is %s, so nothing was shipped: stop the parcel, or take the money in another way", p.State),
		"決済状態が「" + states[p.State] + "」のため、出荷処理をしていません。発送を止めるか、別の方法でお支払いを受けてください",
	}
}

// reasons are what a row is told when the payment does not allow to ship.
var reasons = map[payment.Reason]struct{ en, ja string }{
	payment.HoldLapsed:            {"the hold has expired: reauthorize the payment, then import the same file again", "与信の有効期限が切れています。再与信をしてから、同じファイルを取り込んでください"},
	payment.NeedsAttention:        {"the payment needs a look first: open it, settle what it shows, then import the same file again", "管理者の確認が必要な決済です。内容を確認・解決してから、同じファイルを取り込んでください"},
	payment.OperationScheduled:    {"another operation waits for the provider's hours: wait or cancel it, then import the same file again", "実行待ちの操作があります。完了を待つか取り消してから、同じファイルを取り込んでください"},
	payment.TooLate:               {"the charge is settled, so its slip cannot be changed: note the slip with the order", "精算が確定しているため、送り状番号を変更できません。注文に控えてください"},
	payment.NotAllowedByContract:  {"the contract does not allow this: ask the provider, or ship the order by itself", "ご契約の内容では、この処理ができません。決済代行会社に確認してください"},
	payment.Bundled:               {"the slip carries other orders, or the order shares another slip: one slip takes at most 3 orders of one receiver, together at most 300,000 yen; compare the slips with the orders", "ほかの注文と同じ送り状番号のため、登録できません（1つの番号は同じお届け先の3注文まで、合計30万円まで）。送り状と注文を照合してください"},
	payment.ProviderMisconfigured: {"the provider does not accept the shop's settings: have them checked, then import the same file again", "決済の設定に誤りがあります。設定を確認してから、同じファイルを取り込んでください"},
}

func reasonText(r payment.Reason) text {
	known := reasons[r]
	return text{string(r), known.en, known.ja}
}

// refusalText says why a row was refused, by what the payment is.
func refusalText(p *payment.Payment, r *payment.Refusal) text {
	_, known := reasons[r.Reason]
	switch has := registered(p); {
	case p.OrderCanceled && p.Held():
		return text{
			string(r.Reason), "the order is canceled, so nothing was shipped: stop the parcel, or open the order again and import the same file again",
			"注文がキャンセルされているため、出荷処理をしていません。発送を止めるか、注文を元に戻してから同じファイルを取り込んでください",
		}
	case p.Reserved && r.Reason == payment.WrongState:
		return text{
			string(r.Reason), "the order is a reservation and no hold yet, so nothing was shipped (" + r.Text + ")",
			"予約販売の注文で、まだ与信になっていないため、出荷処理をしていません（出荷予定日：" + p.ShipDate + "）。早く発送する場合は出荷予定日を変更してください",
		}
	case known:
		return reasonText(r.Reason)
	case r.Reason == payment.WrongState && !p.Held():
		return stateText(p)
	case r.Reason == payment.WrongState && has != "":
		return anotherText(has)
	}
	return text{
		string(r.Reason), r.Text + ": compare the slip with the order; the payment's history tells more",
		"送り状番号を登録できませんでした（" + string(r.Reason) + "）。送り状と注文を照合し、決済の履歴を確認してください",
	}
}

// unsentText: nothing was done, by the provider's fault or the network's.
func unsentText(e *acquirer.NotSentError) text {
	if known, ok := reasons[e.Reason]; ok {
		return text{string(e.Reason), known.en, known.ja}
	}
	return text{
		string(e.Reason), "the provider did nothing (" + string(e.Reason) + "): import the same file again later",
		"決済代行会社で処理されませんでした（" + string(e.Reason) + "）。しばらくしてから同じファイルを取り込んでください",
	}
}
