package doctor

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"

	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// Titles of the steps of a purchase.
var (
	foundTitle  = text("The purchase is found at the provider (E04)", "購入が決済代行会社に記録されている（取引情報照会）")
	chargeTitle = text("Capture", "売上確定")
	changeTitle = text("Change of the amount from %d to %d yen", "利用額変更（%d円から%d円へ）", testAmount, testLowered)
	cancelTitle = text("Cancel: nothing is left behind", "取消（何も残さない）")
)

func purchaseTitle(production bool) Text {
	if production {
		return text("A purchase of %d yen with a real card", "実際のカードで%d円の購入", realAmount)
	}
	return text("A purchase of %d yen with a test card", "テストカードで%d円の購入", testAmount)
}

// card tries one card from purchase to cancel. The last two do not stop when the
// caller leaves: what was bought is given back.
func (t *trial) card(ctx context.Context, n int, token card.Token) error {
	step, p, err := t.buy(ctx, n, token)
	if err != nil {
		return err
	}
	final := n == len(t.ask.Tokens)
	leaves := step.Result == Passed || p != nil && (p.Engaged() || p.State == payment.Pending || p.State == payment.Authenticating)
	step.Last = final && !leaves
	_, sent := t.tell(step)
	if step.Result == Passed {
		for _, try := range t.tries() {
			if sent == nil && ctx.Err() == nil {
				_, sent = t.tell(try(ctx, n, p))
			}
		}
	}
	if leaves {
		step := t.giveBack(context.WithoutCancel(ctx), n, p)
		step.Last = final
		if sent == nil {
			_, sent = t.tell(step)
		}
	}
	if sent == nil {
		sent = ctx.Err()
	}
	return sent
}

// tries are what is done with a purchase that succeeded; a real card's is only
// found and given back.
func (t *trial) tries() []func(context.Context, int, *payment.Payment) Step {
	if t.ask.Production {
		return []func(context.Context, int, *payment.Payment) Step{t.find}
	}
	return []func(context.Context, int, *payment.Payment) Step{t.find, t.charge, t.change}
}

// buy authorizes. The error is the key's, or the caller's leaving before
// anything began.
func (t *trial) buy(ctx context.Context, n int, token card.Token) (Step, *payment.Payment, error) {
	if err := ctx.Err(); err != nil {
		return Step{}, nil, err
	}
	title := purchaseTitle(t.ask.Production)
	result, err := t.d.o.Payments.Create(ctx, t.who, t.keyed(n, "purchase"), t.purchase(n, token))
	var reused *processor.KeyReusedError
	var running *processor.RunningError
	switch p := result.Payment; {
	case errors.As(err, &reused), errors.As(err, &running):
		return Step{}, nil, err
	case err != nil:
		s := ended(Failed, "purchase", title, Diagnose(err))
		if p != nil {
			s.Payment = p.ID
		}
		return s, p, nil
	}
	p := t.answered(context.WithoutCancel(ctx), result.Payment)
	s := t.bought(ctx, title, p)
	s.Payment = p.ID
	return s, p, nil
}

func (t *trial) purchase(n int, token card.Token) processor.Create {
	amount := money.Yen(testAmount)
	if t.ask.Production {
		amount = realAmount
	}
	buyer := payment.Buyer{Name: "接続テスト", Phone: "03-0000-0000", Email: "connection-test@example.com"}
	if p := t.sender.Phone; len(p) >= 8 && len(p) <= 13 && strings.Trim(p, "0123456789-") == "" {
		buyer.Phone = p // the shop's own, in the form that the provider takes
	}
	return processor.Create{
		Amount: amount, OrderNumber: t.order(n), Means: payment.Means{Token: token}, Mode: shop.Authorize,
		Order: &payment.Order{Buyer: &buyer, Total: amount, Lines: []payment.Line{{Name: "接続テスト", Quantity: 1, UnitAmount: amount}}},
	}
}

// bought says what became of the purchase. Money that was held once counts, even
// if this is a repetition and it was given back since.
func (t *trial) bought(ctx context.Context, title Text, p *payment.Payment) Step {
	switch {
	case p.Held() || t.happened(ctx, p, payment.KindAuthorized):
		return pass("purchase", title)
	case p.Question() != nil:
		return ended(Failed, "purchase", title, advice(
			"The provider has not answered, and does not say what became of it. kessai goes on asking; look at this payment, and cancel it if money turns out to be held.",
			"決済代行会社から応答がなく、結果が不明です。確認は自動で続きます。この決済を確認し、与信されていた場合は取り消してください。"))
	case p.State == payment.Authenticating:
		return ended(Failed, "purchase", title, advice(
			"The card asks for 3-D Secure, which needs the shopper's browser: buy with it in the checkout, and run this test with a card that does not ask.",
			"3Dセキュアの認証が必要なカードです。購入画面で確認し、このテストには認証の要らないカードを使ってください。"))
	case p.State == payment.Declined:
		return ended(Failed, "purchase", title, t.declined(p.Decline))
	}
	return ended(Failed, "purchase", title, advice(
		"This test is over and nothing was bought by it: start a new one with a new idempotency key.",
		"この接続テストは終了しており、購入は成立していません。新しいIdempotency-Keyでやり直してください。"))
}

// secured is what 3-D Secure ends a purchase with.
var secured = map[payment.Reason]Text{
	payment.AuthenticationSkipped: {
		"The shop demands 3-D Secure, and the token was made without it, so the hold was released. Make the token in this shop's own checkout, or set 3-D Secure OFF for the time of the test.",
		"3Dセキュアが必須の設定ですが、トークンが3Dセキュアなしで作られたため、与信を取り消しました。この店舗の購入画面でトークンを作成するか、テストの間だけ3DセキュアをOFFにしてください。",
	},
	payment.AuthenticationFailed: {
		"3-D Secure failed or was called off: use a card that passes it, or one that does not ask.",
		"3Dセキュアの認証に失敗しました。認証に成功するカードか、認証の要らないカードを使ってください。",
	},
}

// declined tells a wrong setting, which the provider also answers with a no,
// from an issuer's.
func (t *trial) declined(why *payment.Decline) Advice {
	if why == nil {
		why = &payment.Decline{}
	}
	if said, ok := secured[why.Reason]; ok {
		return Advice{Text: said, Code: why.Code}
	}
	if known, ok := explain(why.Code); ok {
		return Advice{Text: known, Code: why.Code}
	}
	if t.ask.Production {
		return Advice{Text: declinedInProduction, Code: why.Code}
	}
	return Advice{Text: declinedInTest, Code: why.Code}
}

func (t *trial) history(ctx context.Context, p *payment.Payment) []payment.Event {
	list, err := t.d.o.Payments.History(context.WithoutCancel(ctx), t.who, p.ID)
	if err != nil {
		t.d.o.Logger.WarnContext(ctx, "connection test: a history cannot be read", "payment", string(p.ID), "error", err)
	}
	return list
}

// happened reports whether a fact is in the payment's history.
func (t *trial) happened(ctx context.Context, p *payment.Payment, kind payment.Kind) bool {
	return slices.ContainsFunc(t.history(ctx, p), func(e payment.Event) bool { return e.Kind == kind })
}

// find asks the provider for the purchase.
func (t *trial) find(ctx context.Context, _ int, p *payment.Payment) Step {
	now, err := t.d.o.Payments.Refresh(ctx, t.who, p.ID)
	s := pass("inquiry", foundTitle)
	switch {
	case err != nil:
		s = ended(Failed, "inquiry", foundTitle, Diagnose(err))
	case now.Attention != "":
		s = ended(Failed, "inquiry", foundTitle, advice(
			"The provider shows it otherwise than the books (%s): look at its console.", "決済代行会社の記録と食い違いがあります（%s）。管理画面で確認してください。", now.Attention))
	}
	s.Payment = p.ID
	return s
}

// charge captures, if the contract can without a Yamato slip.
func (t *trial) charge(ctx context.Context, n int, p *payment.Payment) Step {
	if !t.contract.Flags.CaptureByCode99 {
		s := ended(Skipped, "capture", chargeTitle, advice(
			"The contract captures by Yamato's slips only (no flag captureByCode99): ship a real order to see it.",
			"この契約ではヤマトの送り状番号でのみ売上確定します（captureByCode99なし）。実際の注文の発送時に確認してください。"))
		s.Payment = p.ID
		return s
	}
	return t.do(ctx, n, p, "capture", chargeTitle, payment.KindCaptured, payment.Capture{})
}

// change lowers the amount, in the provider's service hours (P37).
func (t *trial) change(ctx context.Context, n int, p *payment.Payment) Step {
	if opens, closed := shop.ServiceReopens(t.d.o.Clock()); closed && !t.happened(ctx, p, payment.KindAdjusted) {
		s := ended(Skipped, "adjust", changeTitle, advice(
			"The provider changes no amounts from 23:00 to 01:00 Japan time: run the test again after %s.",
			"23時から1時までは利用額変更ができません。%s以降にもう一度お試しください。", opens.Format("15:04")))
		s.Payment = p.ID
		return s
	}
	return t.do(ctx, n, p, "adjust", changeTitle, payment.KindAdjusted, payment.Adjust{Amount: testLowered})
}

// do carries out a command, unless the history has its fact already.
func (t *trial) do(ctx context.Context, n int, p *payment.Payment, name string, title Text, fact payment.Kind, cmd payment.Command) Step {
	s := pass(name, title)
	if !t.happened(ctx, p, fact) {
		result, err := t.d.o.Payments.Command(ctx, t.who, t.keyed(n, name), p.ID, cmd)
		if err == nil && t.answered(ctx, result.Payment).Question() != nil {
			s = ended(Failed, name, title, advice(
				"The provider has not answered. kessai goes on asking; look at this payment.",
				"決済代行会社から応答がありません。確認は自動で続きます。この決済を確認してください。"))
		} else if err != nil || !t.happened(ctx, p, fact) {
			s = ended(Failed, name, title, t.why(ctx, p, err))
		}
	}
	s.Payment = p.ID
	return s
}

// why prefers the provider's code, which the history has, to our words.
func (t *trial) why(ctx context.Context, p *payment.Payment, err error) Advice {
	history := t.history(ctx, p)
	if e := lastOf(history); e != nil && (e.Kind == payment.KindRefused || e.Kind == payment.KindReleased) && e.Code != "" {
		return ofCode(e.Code)
	}
	return Diagnose(err)
}

func lastOf(history []payment.Event) *payment.Event {
	if n := len(history); n > 0 {
		return &history[n-1]
	}
	return nil
}

// giveBack cancels whatever is held. What cannot be cancelled is named, here and
// in the log: somebody has to look after it.
func (t *trial) giveBack(ctx context.Context, n int, p *payment.Payment) Step {
	p = t.answered(ctx, p)
	s := t.do(ctx, n, p, "cancel", cancelTitle, payment.KindCanceled, payment.Cancel{})
	if s.Result == Passed {
		return s
	}
	t.d.o.Logger.LogAttrs(ctx, slog.LevelError, "connection test: a purchase was not cancelled", slog.String("payment", string(p.ID)), slog.String("why", s.Message.English))
	s.Message = text("%[3]s Until then %[1]s may hold up to %[2]d yen: cancel it.", "%[4]s 決済%[1]sに最大%[2]d円の与信が残っている可能性があります。取り消してください。",
		p.ID.Name(), p.Amount, s.Message.English, s.Message.Japanese)
	return s
}
