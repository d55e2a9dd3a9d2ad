package payment

import (
	"fmt"
	"time"
)

// DateFrom says which date a registered order bears (R40).
type DateFrom string

// The two dates, of which the operator chooses one.
const (
	FromNow DateFrom = "NOW" // today's
	FromLog DateFrom = "LOG" // when the order was written down, before payment started
)

// RegisterOrder says that the shop has the order now: it was made anew from what
// was written down before payment started (R39, R40). It carries no idempotency
// key: an order is registered once, however often it is said.
type RegisterOrder struct {
	From DateFrom // empty: FromNow
	Etag string
}

// Register says what RegisterOrder leads to. No events mean that the shop has the
// order already, whoever said so: never twice (R40). It refuses a payment that
// holds no money, and a shop that switched it off.
func Register(p *Payment, c RegisterOrder, r Rules) ([]Event, error) {
	switch {
	case p.Registration:
		return nil, &Refusal{
			Reason: WrongState, Text: "the payment only registers a card: there is no order",
			Japanese: "カードの登録だけのための決済なので、受注はありません。",
		}
	case p.Confirmed():
		return nil, nil
	case c.Etag != "" && c.Etag != p.Etag():
		return nil, &Refusal{Reason: EtagMismatch, Text: "the payment is at " + p.Etag() + " now, not at " + c.Etag}
	case r.Settings.NoRegistration:
		return nil, &Refusal{
			Reason: WrongState, Text: "the shop has switched registration from the log off: switch order_registration on in its settings, or make the order in the shop and say so with UpdateOrder, state OPEN",
			Japanese: "このお店では、決済直前ログからの受注登録を使わない設定になっています。お店の設定で「利用する」(orderRegistration)にするか、お店の側で受注を作り、UpdateOrder(state: OPEN)でお知らせください。",
		}
	}
	if err := notRegistrable(p, r.Now); err != nil {
		return nil, err
	}
	dated := r.Now
	if c.From == FromLog {
		dated = p.Created
	}
	return r.events(p, Event{Kind: KindOrderRegistered, Dated: dated}), nil
}

// notRegistrable refuses an order that nobody has paid, or whose money is on its
// way back: the shop would send it for nothing.
func notRegistrable(p *Payment, now time.Time) error {
	q := p.Question()
	switch {
	case p.Held() && q != nil && q.Operation == OpCancel:
		return &Refusal{
			Reason: OperationPending, RetryAt: now.Add(time.Second), Text: "the payment is being canceled, and the provider has not answered yet: wait for it",
			Japanese: "この決済は取消の途中で、決済会社の回答を待っています。結果が分かってから、もう一度お試しください。",
		}
	case p.Held():
		return nil
	case q != nil || p.State == Authenticating:
		return &Refusal{
			Reason: WrongState, Allowed: p.Allowed(now), Text: "whether the payment holds money is not known yet: wait until it is AUTHORIZED, CAPTURED or SETTLED",
			Japanese: "決済の結果がまだ分かりません。与信済みか売上確定になってから登録してください。",
		}
	}
	return &Refusal{
		Reason: WrongState, Allowed: p.Allowed(now), Text: fmt.Sprintf("the payment is %s and holds no money: an order is registered when it is AUTHORIZED, CAPTURED or SETTLED; have the shopper order anew", p.State),
		Japanese: "この決済では代金をお預かりしていません。受注として登録できるのは、与信済みか売上確定の決済だけです。お客様に、もう一度注文していただいてください。",
	}
}
