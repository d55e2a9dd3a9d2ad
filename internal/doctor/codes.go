package doctor

import (
	"regexp"
	"strings"
)

// meaning is what a group of the provider's codes says to who set the shop up.
type meaning struct {
	codes *regexp.Regexp
	text  Text
}

func means(codes, english, japanese string) meaning {
	return meaning{regexp.MustCompile("^(" + codes + ")$"), Text{english, japanese}}
}

// meanings is the table of codes, the special before the general. What the
// provider's words mean for a payment is decided elsewhere; here is what a
// person does about them (R25, P92).
var meanings = []meaning{
	means(
		`[A-Z]\d\d10102\d\d|Z012000007`,
		"The provider does not know this trader code, or has not opened it yet, or has suspended it. Compare the nine digits with the contract (of TEST and of PRODUCTION they may differ), and ask Yamato whether the service has begun.",
		"加盟店コードが正しくないか、利用開始前または停止中です。契約書の9桁の番号と比べてください（テスト環境と本番環境で異なる場合があります）。合っていれば、利用開始日をヤマト運輸にご確認ください。",
	),
	means(
		`A031010571|A01101247[12]|A031010501|A041010\d71|A051010\d71`,
		"The access key does not fit the trader code: the check sum made with it is refused. Copy the access key anew from the provider's console (of the same environment) into the contract.",
		"アクセスキーが加盟店コードと合っていません（チェックサム不一致）。同じ環境の管理画面からアクセスキーを写し直してください。",
	),
	means(
		`Z012000008|A08200000[12]|A012000002`,
		"The contract does not have payments by API, or by card, yet. Ask Yamato to open クロネコWebコレクト with API for this trader code.",
		"この加盟店コードでは、API方式またはクレジットカード払いがまだ使えません。ヤマト運輸に利用開始をお申し込みください。",
	),
	means(
		`Z012000009`,
		"The provider refuses this machine's address. Register the address that step caller_address tells with Yamato; after a move of the server it changes.",
		"送信元のIPアドレスが登録されていません。caller_address に表示されたIPアドレスをヤマト運輸に登録してください。サーバーを移転すると変わります。",
	),
	means(
		`Z010000000`,
		"The provider is in maintenance. Nothing is wrong here: try again later.",
		"決済代行会社がメンテナンス中です。こちらの設定に問題はありません。時間をおいてお試しください。",
	),
	means(
		`Z012000001|Z01200000[23]`,
		"The provider does not understand the call. If --provider is given, look whether it is the address of a gateway; a proxy on the way may change requests.",
		"呼び出しが理解されませんでした。--provider を指定している場合はゲートウェイのアドレスか確認してください。途中のプロキシが通信を書き換えている可能性もあります。",
	),
	means(
		`Z012000006`,
		"Too many calls at once under this trader code. Try again in a moment; if it stays, look who else uses the same trader code.",
		"同時に処理できる件数を超えました。少し待ってお試しください。続く場合は、同じ加盟店コードを使うほかの仕組みがないか確認してください。",
	),
	means(
		`Z01200000[45]|Z012000011|Z019999999|A08200001[2]|A012080001`,
		"The provider has an internal trouble. Try again later; if it stays, tell Yamato the code and the time.",
		"決済代行会社の内部でエラーが起きました。時間をおいてお試しください。続く場合は、コードと時刻をヤマト運輸にお伝えください。",
	),
	means(
		`A082000004|A0810112\d\d`,
		"The card token is wrong, was used before, or is older than 30 minutes. Make a new one in the checkout and start the test again with a new idempotency key.",
		"カードトークンが正しくないか、使用済み、または30分を過ぎています。購入画面で新しく作成し、新しいIdempotency-Keyで接続テストをやり直してください。",
	),
	means(
		`A082000005|A032000001|A012020001|A081011571`,
		"The contract keeps no cards (option service), but the settings ask for it. Ask Yamato to open it, or take the flag vault from the contract and set cards on file to NEVER.",
		"カードお預かり（オプションサービス）の契約がありません。ヤマト運輸に申し込むか、契約のvaultを外し、カードお預かりを「利用しない」にしてください。",
	),
	means(
		`A082000006|A033000001|A012030001|A082000011|A0110119\d\d|A0110120\d\d|A0310103\d\d|A0310104\d\d`,
		"The member's stored cards do not work. Remove the member's cards and let the member register anew: kessai then makes a new member at the provider.",
		"会員のカードお預かり情報が使えません。登録済みのカードを解除し、会員にカードを登録し直してもらってください（決済代行会社側の会員が作り直されます）。",
	),
	means(
		`A082000007|A012040002|A0810109\d\d`,
		"The contract does not allow this payment count. Compare the settings of installments with the contract.",
		"この支払回数は契約で使えません。分割払いの設定と契約内容を比べてください。",
	),
	means(
		`A082000008`,
		"The card's number or expiry is wrong. Use one of the provider's test cards that are approved, with an expiry in the future.",
		"カード番号または有効期限に誤りがあります。与信OKのテストカードと、未来の有効期限を使ってください。",
	),
	means(
		`A0810113\d\d|A012000003|A01205000[12]|A0110118\d\d`,
		"3-D Secure does not work with these settings: the contract may not have it, or the way back (--public-url) is not an https address.",
		"3Dセキュアの設定が合っていません。契約で3Dセキュアが使えるか、戻り先（--public-url）がhttpsのアドレスか確認してください。",
	),
	means(
		`A072000001|A074000002`,
		"The contract does not allow an amount to be changed in this way. Take the flag amountIncrease from the contract, or ask Yamato.",
		"契約上、この利用額変更はできません。契約のamountIncreaseを外すか、ヤマト運輸にご確認ください。",
	),
	means(
		`A070000000|A110000000`,
		"The provider serves this from 01:00 to 23:00 Japan time only. Run the test again then.",
		"この操作は1時から23時までです。時間内にもう一度お試しください。",
	),
	means(
		`E011010251`,
		"The merchant type may not capture without a Yamato slip. Take the flag captureByCode99 from the contract.",
		"この加盟店は送り状なしで売上確定できません。契約のcaptureByCode99を外してください。",
	),
}

// declinedInTest and declinedInProduction are the issuer's no (R24, R25).
var (
	declinedInTest = Text{
		"The card was declined. In TEST that is what an NG test card does: use one of the provider's test cards that are approved.",
		"カードが承認されませんでした。テスト環境ではNGテストカードの場合にこうなります。与信OKのテストカードを使ってください。",
	}
	declinedInProduction = Text{
		"The card was declined. A test card never works in PRODUCTION; with a real card ask its company or use another one.",
		"カードが承認されませんでした。本番環境ではテストカードは使えません。実際のカードの場合はカード会社に確認するか、別のカードを使ってください。",
	}
)

// explain says what a code of the provider's means, if the table knows it. A
// code may carry an issuer's behind a slash.
func explain(code string) (Text, bool) {
	own, _, _ := strings.Cut(code, "/")
	for _, m := range meanings {
		if m.codes.MatchString(own) {
			return m.text, true
		}
	}
	return Text{}, false
}
