package explain

import "kessai.dev/kessai/internal/payment"

// advice is what a reason means to an operator, and what to do.
type advice struct {
	english, japanese string
	again             bool // the same call may be made again and may then go well
}

// reasons are the words of every reason that an event can have. What a shopper is
// told is another text, which says less (P91).
var reasons = map[payment.Reason]advice{
	payment.CardDeclined:           {"The issuer refuses the card and does not say why. The shopper asks the issuer, or pays with another card.", "カード会社がこのカードの利用を断りました（理由は通知されません）。お客様からカード会社へ問い合わせていただくか、別のカードをご案内ください。", true},
	payment.CardLimitExceeded:      {"The card's limit or balance does not allow the amount. The shopper pays with another card, or a smaller amount.", "カードの利用限度額または残高を超えています。別のカードか、少ない金額でお試しいただいてください。", true},
	payment.CardExpired:            {"The card's expiry is past or was typed wrongly. The shopper types it again, or takes another card.", "カードの有効期限が切れているか、入力が誤っています。入力し直すか、別のカードをお使いいただいてください。", true},
	payment.CardInvalid:            {"There is no such card, or it is blocked; in PRODUCTION, test cards are not accepted. Only another card will do.", "カード番号が存在しないか、利用が止められています（本番環境ではテストカードは使えません）。別のカードをお使いいただいてください。", false},
	payment.CardNotAccepted:        {"The contract does not cover this brand or type of card. Only another card will do.", "ご契約の対象外のカード（ブランドまたは種類）です。別のカードをお使いいただいてください。", false},
	payment.SecurityCodeWrong:      {"The security code does not fit. The shopper types it again.", "セキュリティコードが一致しません。入力し直していただいてください。", true},
	payment.InstallmentsNotAllowed: {"The card may not use this payment count. The shopper pays at once, or with another card.", "このカードでは、この支払回数を使えません。1回払いか、別のカードをご案内ください。", true},
	payment.TokenInvalid:           {"The card token was too old, used or unknown. The shopper enters the card again.", "カード情報（トークン）の期限切れ、または使用済みです。カード情報を入力し直していただいてください。", true},
	payment.AuthenticationFailed:   {"3-D Secure failed, or the shopper called it off. The shopper tries again, or takes another card.", "本人認証（3Dセキュア）が成立しなかったか、お客様が中止しました。もう一度か、別のカードでお試しいただいてください。", true},
	payment.AuthenticationSkipped:  {"3-D Secure was demanded and not done; the hold is released by itself. The shopper tries again.", "必要な本人認証（3Dセキュア）が行われなかったため、与信は自動で取り消されます。もう一度お試しいただいてください。", true},
	payment.ResultLost:             {"The answer never came, and the provider shows that it was not done. It may be asked again.", "回答を受け取れませんでしたが、照会の結果、行われていないことを確認しました。もう一度操作できます。", true},
	payment.VaultFull:              {"The customer has three cards on file already, or this one. Delete one, or pay without saving.", "登録できるカードの枚数（3枚）を超えているか、登録済みのカードです。1枚削除するか、登録せずにお支払いいただいてください。", false},
	payment.AmountNotAllowed:       {"The amount is over the contract's limit at the provider. Split the order, or ask the provider for a higher limit.", "ご契約の1件あたりの上限金額を超えています。注文を分けるか、決済会社に上限の変更をご相談ください。", false},
	payment.ProviderRefused:        {"The provider refuses for another reason: look its code up in the provider's list before asking again.", "決済会社がその他の理由で断りました。エラーコードを決済会社の資料でご確認のうえ、操作してください。", false},
	payment.DuplicateAtProvider:    {"The provider has this acceptance number for another trade. Look at the provider's site, and do not ask again.", "決済会社に、同じ受付番号の別の取引があります。決済会社の管理画面で確認し、再操作はしないでください。", false},
	payment.ProviderMisconfigured:  {"Merchant code, access key, contract or this server's address is not as the provider has it. Run the connection test, and mend the settings.", "加盟店コード、アクセスキー、契約内容または送信元アドレスの設定が、決済会社の登録と合っていません。接続テストを実行し、設定を直してください。", false},
	payment.ProviderUnreachable:    {"There was no connection, and nothing was sent. Ask again.", "決済会社に接続できず、送信していません。もう一度操作してください。", true},
	payment.ProviderBusy:           {"The provider was busy or under maintenance, and nothing was done. Ask again later.", "決済会社が混雑中またはメンテナンス中のため、処理されていません。時間をおいて、もう一度操作してください。", true},
	payment.InvalidRequest:         {"The provider did not take a field. This is a fault of the integration: the same call will fail again.", "決済会社が受け付けない項目がありました。連携の不具合のため、同じ操作では解決しません。", false},
	payment.OutsideServiceHours:    {"The provider takes no changes from 23:00 to 01:00 in Japan. Ask again after that.", "23時から1時（日本時間）は、この操作を受け付けていません。1時を過ぎてから操作してください。", true},
	payment.TooLate:                {"It is settled with the card company already. Give money back by an adjustment or a cancellation, as far as the provider still takes it.", "すでに精算が確定しています。返金が必要なときは、利用額変更または取消が受け付けられるかご確認ください。", false},
	payment.NotAllowedByContract:   {"The contract has no such option. Ask the provider for it, or do it another way.", "ご契約に、この機能が含まれていません。決済会社に申し込むか、別の方法で処理してください。", false},
	payment.Bundled:                {"The slip is shared with other orders, or would be: three at most, of one receiver, 300,000 yen together, and the amount and slip of an order that shares one cannot change. Ship with a slip of its own, or cancel the payment and charge anew.", "送り状番号をほかの注文と共有（同梱）しているか、共有できる条件（同じお届け先で3件、合計30万円まで）に合いません。別の送り状番号を使うか、決済を取り消して決済し直してください。", false},
	payment.WrongState:             {"The payment was not in a state that allows it. Read how it stands now.", "この操作ができる状態ではありませんでした。現在の状態をご確認ください。", false},
	payment.OperationPending:       {"An earlier call had no answer yet. Wait until its outcome is known.", "前の操作の回答を待っていました。結果が分かるまでお待ちください。", true},
	payment.OperationScheduled:     {"A deferred operation was waiting. Wait for it, or remove it.", "予約された操作が待っていました。実行を待つか、取り消してください。", true},
	payment.NeedsAttention:         {"An operator had to look first. Resolve that, and ask again.", "先に管理者の確認が必要でした。確認を済ませてから、操作してください。", true},
	payment.HoldLapsed:             {"The hold had lapsed. Make it anew, and ask again.", "与信の有効期限が切れていました。再与信をしてから、操作してください。", true},
	payment.CaptureConditions:      {"A Yamato order is charged by its slip. Register the slip.", "ヤマト便の注文は、送り状番号の登録で売上が確定します。送り状番号を登録してください。", false},
	payment.AmountInvalid:          {"The amount was not 1 yen to the limit. Ask for another amount.", "金額が、1円から上限までの範囲にありません。金額をご確認ください。", false},
	payment.EtagMismatch:           {"The payment had changed since it was read. Read it, and ask again.", "読み込んだあとに、内容が変わっていました。読み直してから、操作してください。", true},
	payment.AttemptsExhausted:      {"Five cards were tried. The shopper orders anew.", "試せるカードの回数（5回）を超えました。もう一度ご注文いただいてください。", false},
	payment.OrderNumberTaken:       {"Another payment holds or took money for this order. Look at that one.", "この注文番号には、与信または売上の決済がほかにあります。そちらをご確認ください。", false},
	payment.Superseded:             {"A newer payment of the same order took its place. There is nothing to do.", "同じ注文の新しい決済に置き換わりました。対応は不要です。", false},
	payment.CanceledByShop:         {"The shop asked for it. There is nothing to do.", "お店の操作によるものです。対応は不要です。", false},
	payment.CanceledAtProvider:     {"It was found canceled at the provider. Ask who did it there before taking it over.", "決済会社の側で取り消されていました。管理画面で、誰が操作したかご確認ください。", false},
	payment.LateHold:               {"A hold that nobody wanted stands on an attempt that had lost, and is being released by itself. If this stays, release it at the provider's site.", "失敗したはずの決済に与信が残っており、自動で取り消しています。残り続けるときは、決済会社の管理画面で取り消してください。", false},
	payment.ChallengeTimeout:       {"The shopper did not finish 3-D Secure within 30 minutes. Nothing is held; the shopper orders anew.", "お客様が30分以内に本人認証（3Dセキュア）を終えませんでした。与信はありません。もう一度ご注文いただいてください。", false},
	payment.CheckoutTimeout:        {"Nobody gave a card within 24 hours. Nothing is held.", "24時間以内にカードが入力されませんでした。与信はありません。", false},
	payment.AmountChangeHalfDone:   {"An amount change ended half way: the new hold stands and the old one may remain. Look at the provider's site, release the old one there, and resolve the difference. Do not repeat the change.", "金額変更が途中で止まりました。新しい与信は成立し、変更前の与信が残っている可能性があります。決済会社の管理画面で確認して変更前の与信を取り消し、差異を解消してください。金額変更を繰り返さないでください。", false},
	payment.ProviderDiffers:        {"The provider shows something that was not done here. Compare, and resolve the difference: take it over or keep the books.", "決済会社の状態が、こちらの記録と違っています。内容を見比べ、「取り込む」か「そのままにする」かを選んで差異を解消してください。", false},
	payment.AmountUnchanged:        {"The amount was that already. There is nothing to do.", "もともとその金額です。対応は不要です。", false},
	payment.CardRegistered:         {"The hold only registered a card, and is released. There is nothing to do.", "カード登録のための与信で、取り消されます。対応は不要です。", false},
	payment.CardInUse:              {"Payments that are not over need the card. End them first.", "このカードを使う決済が終わっていません。先にそちらを終えてください。", false},
}

// adviceFor gives the words of a reason; one without words is told by its name, so
// that a reason of a later version is never told as another one.
func adviceFor(r payment.Reason) advice {
	if a, ok := reasons[r]; ok {
		return a
	}
	return advice{english: "Reason " + string(r) + ": look at the payment.", japanese: "理由コード" + string(r) + "です。決済の内容をご確認ください。"}
}
