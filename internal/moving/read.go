package moving

import (
	"strings"
	"unicode/utf8"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/sheet"
	"kessai.dev/kessai/internal/shop"
)

// row is one line of the file.
type row struct {
	line                               int
	order, acceptance, state, delivery string
	twice                              bool
}

// format is what a file looks like.
var format = sheet.Format{MaxBytes: MaxFile, MaxRows: MaxRows, Columns: []sheet.Column{
	{Key: "order", Needed: "order_number (受注番号)", Names: []string{"order_number", "order number", "order", "ordernumber", "受注番号", "注文番号", "注文id"}},
	{Key: "acceptance", Names: []string{"acceptance_number", "acceptance number", "acceptancenumber", "受付番号", "決済id", "決済番号", "取引id"}},
	{Key: "state", Names: []string{"state", "status", "状態", "決済状況", "ステータス"}},
	{Key: "delivery", Names: []string{"delivery_method", "delivery method", "deliverymethod", "配送方法"}},
}}

// states are the words that a state may have, in capitals.
var states = map[string]payment.Standing{
	"AUTHORIZED": payment.StandingHeld, "STATE_AUTHORIZED": payment.StandingHeld, "与信": payment.StandingHeld, "与信完了": payment.StandingHeld,
	"与信済": payment.StandingHeld, "与信済み": payment.StandingHeld, "仮売上": payment.StandingHeld,
	"CAPTURED": payment.StandingCaptured, "STATE_CAPTURED": payment.StandingCaptured, "売上": payment.StandingCaptured, "売上確定": payment.StandingCaptured,
	"実売上": payment.StandingCaptured, "精算確定待ち": payment.StandingCaptured,
	"SETTLED": payment.StandingSettled, "STATE_SETTLED": payment.StandingSettled, "精算確定": payment.StandingSettled,
	"CANCELED": payment.StandingCanceled, "CANCELLED": payment.StandingCanceled, "STATE_CANCELED": payment.StandingCanceled, "取消": payment.StandingCanceled,
	"キャンセル": payment.StandingCanceled,
}

// read takes the file apart.
func read(content []byte) ([]row, error) {
	var rows []row
	seen := map[string]bool{}
	err := format.Read(content, func(r sheet.Row) error {
		one := row{line: r.Line, order: r.Get("order"), acceptance: r.Get("acceptance"), state: r.Get("state"), delivery: r.Get("delivery")}
		if one.acceptance == "" {
			one.acceptance = one.order // as old systems do that have one number only
		}
		one.twice = seen["o"+one.order] || seen["a"+one.acceptance]
		seen["o"+one.order], seen["a"+one.acceptance] = true, true
		rows = append(rows, one)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// command is what the row asks for, or the word of what is wrong with it.
func (r *row) command(s *shop.Shop) (cmd payment.Import, bad string) {
	cmd = payment.Import{OrderNumber: r.order, Acceptance: r.acceptance}
	_, known := states[strings.ToUpper(r.state)]
	switch {
	case r.twice:
		return cmd, "twice"
	case sheet.Damaged(r.order), sheet.Damaged(r.acceptance):
		return cmd, "damaged"
	case r.order == "" || utf8.RuneCountInString(r.order) > payment.MaxOrderField:
		return cmd, "order"
	case !payment.ValidAcceptance(r.acceptance):
		return cmd, "number"
	case r.state != "" && !known:
		return cmd, "state"
	}
	if r.delivery == "" {
		return cmd, ""
	}
	for _, m := range s.Settings.Deliveries {
		if m.ID == r.delivery || m.Name == r.delivery {
			cmd.Delivery, cmd.Yamato = m.ID, m.Yamato()
			return cmd, ""
		}
	}
	return cmd, "delivery"
}

// differs reports whether the provider shows something else than the row says.
// That what was charged has been settled is nobody's mistake, and a reservation
// holds like a hold.
func (r *row) differs(shown payment.Standing) bool {
	claimed, ok := states[strings.ToUpper(r.state)]
	switch {
	case !ok || shown == payment.StandingWaiting:
		return false
	case shown == payment.StandingReserved:
		shown = payment.StandingHeld
	case shown == payment.StandingSettled && claimed == payment.StandingCaptured:
		return false
	case claimed == payment.StandingCanceled && (shown == payment.StandingNone || shown == payment.StandingFailed):
		return false
	}
	return shown != claimed
}
