package doctor

import (
	"strings"

	"kessai.dev/kessai/internal/shop"
)

// Settings looks at a shop's settings against its contract in an environment
// (R12–R16, R20, R25): everything that is wrong, nothing if it is complete.
func Settings(s *shop.Settings, c *shop.Contract, env shop.Environment) []Text {
	var bad []Text
	say := func(wrong bool, english, japanese string) {
		if wrong {
			bad = append(bad, Text{english, japanese})
		}
	}
	say(!nineDigits(c.TraderCode), "The trader code must be nine digits, as in the contract.", "加盟店コードは契約書の9桁の数字です。")
	say(strings.TrimSpace(c.AccessKey.Reveal()) == "", "The access key is missing: copy it from the provider's console.", "アクセスキーがありません。管理画面から写してください。")
	say(env == shop.Test && !c.Flags.TestAllowed, "TEST was not applied for: apply for it at Yamato, then set the flag testAllowed.", "テスト環境の申請がされていません。ヤマト運輸に申し込み、契約のtestAllowedを有効にしてください。")
	say(c.HoldDays <= 0, "holdDays is missing: how many days a hold lasts is in the contract.", "与信の有効日数（holdDays）がありません。契約書で確認してください。")
	secure := s.ThreeDSecure == shop.ThreeDSecureOn || s.ThreeDSecure == shop.ThreeDSecureByRisk
	saving := s.Saving == shop.SavingChosen || s.Saving == shop.SavingAlways
	say(secure && !c.Flags.ThreeDSecure, "3-D Secure is switched on and the contract has none: set it OFF, or the flag threeDSecure if it was opened.", "契約に3Dセキュアがないのに有効になっています。OFFにするか、利用開始済みなら契約のthreeDSecureを有効にしてください。")
	say(saving && !c.Flags.Vault, "Cards on file are switched on and the contract keeps no cards: set it NEVER, or the flag vault if it was opened.", "契約にカードお預かりがないのに有効になっています。NEVERにするか、利用開始済みなら契約のvaultを有効にしてください。")
	say(s.NoSecurityCode && !c.Flags.NoSecurityCode, "The security code is left out and the contract wants it: ask for it, or set the flag noSecurityCode if that was agreed.", "契約上必要なセキュリティコードを省略する設定です。入力を求めるか、合意済みなら契約のnoSecurityCodeを有効にしてください。")
	if err := s.Check(c); err != nil && len(bad) == 0 {
		bad = append(bad, text("The settings do not go together: %s.", "設定に誤りがあります：%s", strings.ReplaceAll(err.Error(), "\n", "; ")))
	}
	return bad
}

func nineDigits(s string) bool { return len(s) == 9 && strings.Trim(s, "0123456789") == "" }

// SettingsStep is the checklist's line about the settings.
func SettingsStep(s *shop.Settings, c *shop.Contract, env shop.Environment) Step {
	title := text("The settings and the contract of %s are complete", "%sの設定と契約が揃っている", env)
	bad := Settings(s, c, env)
	if len(bad) == 0 {
		return pass("settings", title)
	}
	var en, ja []string
	for _, b := range bad {
		en, ja = append(en, b.English), append(ja, b.Japanese)
	}
	return ended(Failed, "settings", title, Advice{Text: Text{strings.Join(en, " "), strings.Join(ja, "")}})
}

// MethodStep is the line about the payment method: one that is paid by card is
// in use (R07, R20, R23).
func MethodStep(s *shop.Settings) Step {
	title := text("A payment method by card is in use", "クレジットカードの支払方法が使われている")
	for _, m := range s.Offered() {
		if m.Kind == shop.KindCard {
			return pass("payment_method", title)
		}
	}
	return ended(Failed, "payment_method", title, advice(
		"No payment method in use is of kind card, so the checkout offers none: add one, or start the one that is stopped.",
		"カードの支払方法がないか停止中のため、購入画面に表示されません。登録するか、停止を解除してください。"))
}
