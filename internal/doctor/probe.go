package doctor

import (
	"context"
	"net/netip"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Provider is what is asked of the provider beside payments; none of it moves
// anything.
type Provider interface {
	// Inquire is acquirer.Acquirer's (E04).
	Inquire(ctx context.Context, m acquirer.Merchant, acceptance string) (payment.Trade, error)
	// Cards is acquirer.Wallet's (A03).
	Cards(ctx context.Context, m acquirer.Merchant, member acquirer.Member) ([]acquirer.Card, error)
	// CallerAddress is the address that the provider sees us under (H01); only
	// its test gateway tells.
	CallerAddress(ctx context.Context, m acquirer.Merchant) (netip.Addr, error)
}

// nobody is a member that no shop has: asking for her cards shows whether the
// check sum, and with it the access key, is right.
var nobody = acquirer.Member{ID: "kessaiconnectiontest", Key: "nobody00"}

// Probe asks the provider three questions that move nothing: whether it knows
// this contract (E04 of a number that was never used), whether the access key is
// right (A03 of a member who does not exist), and how it sees this machine (H01,
// R25, P92). Without an answer to the first one the second is not asked.
func Probe(ctx context.Context, p Provider, env shop.Environment, c *shop.Contract, unused string) []Step {
	m := acquirer.Merchant{Environment: env, TraderCode: c.TraderCode, AccessKey: c.AccessKey}
	seen, errSeen := p.CallerAddress(ctx, m)
	return []Step{probeContract(ctx, p, m, unused), probeKey(ctx, p, m, c), addressStep(seen, errSeen, env)}
}

func probeContract(ctx context.Context, p Provider, m acquirer.Merchant, unused string) Step {
	title := text("The provider answers and knows the contract (%s, trader code %s)", "決済代行会社が応答し、契約を認識している（%s、加盟店コード%s）", m.Environment, m.TraderCode)
	if _, err := p.Inquire(ctx, m, unused); err != nil {
		return ended(Failed, "provider", title, Diagnose(err))
	}
	return pass("provider", title)
}

// probeKey judges by the check sum alone. A contract without stored cards is not
// told whether it was right.
func probeKey(ctx context.Context, p Provider, m acquirer.Merchant, c *shop.Contract) Step {
	title := text("The access key fits the trader code", "アクセスキーが加盟店コードと合っている")
	if c.AccessKey == "" {
		return ended(Skipped, "access_key", title, advice(
			"It is not in the config file, and a running server keeps it: its connection test tries it.", "設定ファイルになく、起動中のサーバーが保持しています。接続テストで確認してください。"))
	}
	_, err := p.Cards(ctx, m, nobody)
	switch code := codeOf(err); {
	case err == nil:
		return pass("access_key", title)
	case code == "A032000001" && !c.Flags.Vault:
		return ended(Skipped, "access_key", title, Advice{Code: code, Text: Text{
			"The contract keeps no cards, and without that the provider does not say. A wrong key shows when the checkout makes a token.",
			"カードお預かりの契約がないため確認できません。アクセスキーが違うと、購入画面でのトークン作成がエラーになります。",
		}})
	case code == "":
		return ended(Skipped, "access_key", title, advice("The provider did not answer, so nothing is known about it.", "応答がなかったため確認できませんでした。"))
	}
	return ended(Failed, "access_key", title, Diagnose(err))
}

// addressStep tells the address that has to be registered for PRODUCTION.
func addressStep(seen netip.Addr, err error, env shop.Environment) Step {
	title := text("The address under which the provider sees this machine (H01)", "決済代行会社から見た送信元IPアドレス（H01）")
	switch {
	case err == nil:
		return pass("caller_address", text(
			"The provider sees this machine as %s: it must be registered with Yamato for PRODUCTION",
			"送信元IPアドレスは%sです。本番環境ではヤマト運輸への登録が必要です", seen))
	case env != shop.Test:
		return ended(Skipped, "caller_address", title, advice(
			"Only the test gateway tells it, and it does not know this contract: run the test with a key of TEST.",
			"テスト環境でのみ確認できます。テスト環境のキーで接続テストを行ってください。"))
	}
	return ended(Failed, "caller_address", title, Diagnose(err))
}
