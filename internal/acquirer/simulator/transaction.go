package simulator

import (
	"slices"
	"time"
)

// Status numbers of statusInfo (protocol 6).
const (
	statusRequested    = 0
	statusAuthorized   = 4
	statusReserved     = 5
	statusBuyerError   = 11
	statusIssuerError  = 13
	statusReserveError = 15
	statusAdjustError  = 17
	statusAborted      = 20
	statusInProgress   = 21
	statusShipped      = 30
	statusSettled      = 31
	statusCanceled     = 40
)

// statusWords are the provider's words for its numbers, Japanese and English.
var statusWords = map[int][2]string{
	0: {"決済依頼済み", "requested"}, 1: {"決済申込完了", "applied"},
	2: {"入金完了（速報）", "paid, preliminary"}, 3: {"入金完了（確報）", "paid, final"},
	4: {"与信完了", "authorized"}, 5: {"予約受付完了", "reservation accepted"}, 6: {"継続課金受付完了", "recurring accepted"},
	11: {"購入者都合エラー", "buyer-side error"}, 12: {"加盟店都合エラー", "merchant-side error"},
	13: {"決済機関都合エラー", "institution-side error"}, 14: {"その他システムエラー", "other system error"},
	15: {"予約販売与信エラー", "reservation authorization failed"}, 16: {"決済依頼取消エラー", "cancel of request failed"},
	17: {"金額変更ＮＧ", "amount change failed"}, 18: {"継続課金与信エラー", "recurring authorization failed"},
	20: {"決済中断", "aborted"}, 21: {"決済手続き中", "in progress"}, 22: {"継続課金停止", "recurring stopped"},
	23: {"増額承認待ち", "increase awaits approval"},
	30: {"精算確定待ち", "awaiting settlement"}, 31: {"精算確定", "settled"}, 40: {"取消", "cancelled"},
}

// transaction is one order_no of one merchant.
type transaction struct {
	Seq     uint64 `json:"seq"`
	Trader  string `json:"trader"`
	OrderNo string `json:"orderNo"`
	Status  int    `json:"status"`
	Amount  int64  `json:"amount"`

	Device    string `json:"device,omitempty"`
	PayWay    string `json:"payWay,omitempty"`
	Brand     int    `json:"brand,omitempty"`
	LastFour  string `json:"lastFour,omitempty"`
	CardClass int    `json:"cardClass,omitempty"` // which test card, see cards.go
	Buyer     string `json:"buyer,omitempty"`     // masked
	Consignee string `json:"consignee,omitempty"` // keyed hash of name and phone
	Member    string `json:"member,omitempty"`

	Approval   string    `json:"approval,omitempty"`
	ApprovedAt time.Time `json:"approvedAt,omitzero"`
	CreatedAt  time.Time `json:"createdAt,omitzero"`
	RenewedAt  time.Time `json:"renewedAt,omitzero"`
	CanceledAt time.Time `json:"canceledAt,omitzero"`
	ShippedAt  time.Time `json:"shippedAt,omitzero"`
	SettledAt  time.Time `json:"settledAt,omitzero"`

	Slips    []string `json:"slips,omitempty"` // Yamato's, in the order registered
	Other    string   `json:"other,omitempty"` // what was registered with carrier code 99
	ShipDate string   `json:"shipDate,omitempty"`
	Later    string   `json:"later,omitempty"` // the approval number that a reservation will get

	Challenge string `json:"challenge,omitempty"` // the ID of its last challenge
	ThreeD    string `json:"threeD,omitempty"`    // the RES_CODE that A09 brought

	Scenario string    `json:"scenario,omitempty"`
	Spent    []string  `json:"spent,omitempty"` // functions whose one-time effect has happened
	From     time.Time `json:"from,omitzero"`   // nobody can see it before
	Shown    *int      `json:"shown,omitempty"` // E04 says this status instead of Status…
	Until    time.Time `json:"until,omitzero"`  // …before this moment; zero: always
}

func orderKey(trader, orderNo string) string { return trader + "\x00" + orderNo }

func (t *transaction) key() string { return orderKey(t.Trader, t.OrderNo) }

// puts writes the transaction back.
func (t *transaction) puts() []put {
	return []put{{bucket: bucketOrders, key: t.key(), value: encode(t)}}
}

// visible reports whether the provider's own systems know it yet.
func (t *transaction) visible(now time.Time) bool { return t != nil && !now.Before(t.From) }

// statusShown is what E04 says.
func (t *transaction) statusShown(now time.Time) int {
	if t.Shown != nil && (t.Until.IsZero() || now.Before(t.Until)) {
		return *t.Shown
	}
	return t.Status
}

// busy reports whether its payment is still under way, so that the same
// number is refused as being paid right now (Z012000004).
func (t *transaction) busy(now time.Time) bool {
	shown := t.statusShown(now)
	return !t.visible(now) || t.Shown != nil && (shown == statusInProgress || shown == statusRequested)
}

// taken reports whether the order number is used up. A refused payment and a
// challenge that nobody finished do not use it up (protocol 12, 3).
func (t *transaction) taken() bool {
	switch t.Status {
	case statusBuyerError, statusIssuerError, statusAborted, statusInProgress, statusRequested:
		return false
	}
	return true
}

// lapsed reports whether the hold can no longer be captured.
func (t *transaction) lapsed(m Merchant, now time.Time) bool {
	return m.HoldDays > 0 && t.Status == statusAuthorized &&
		!dayOf(now).Before(dayOf(t.ApprovedAt).AddDate(0, 0, m.HoldDays+1))
}

// final reports whether a settled charge is out of reach at the card company.
func (t *transaction) final(m Merchant, now time.Time) bool {
	if t.Status != statusSettled {
		return false
	}
	s := scenarios[t.Scenario]
	return s != nil && s.final ||
		m.CancelDays > 0 && !dayOf(now).Before(dayOf(t.ApprovedAt).AddDate(0, 0, m.CancelDays+1))
}

// reservationLead is how many days before the ship date the provider turns a
// reservation into a hold (protocol 6).
const reservationLead = 10

// age brings the transaction to now: a reservation becomes a hold, or fails,
// and a captured charge is settled, when their day has come. It reports
// whether anything changed; the change is the same whenever it is computed.
func (t *transaction) age(m Merchant, now time.Time) bool {
	changed := false
	if t.Status == statusReserved {
		if day, ok := parseDay(t.ShipDate); ok {
			due := day.AddDate(0, 0, -reservationLead)
			if !now.Before(due) {
				changed = true
				if cardClasses[t.CardClass].later != "" {
					t.Status = statusReserveError
				} else {
					t.Status, t.Approval, t.ApprovedAt = statusAuthorized, t.Later, due
				}
			}
		}
	}
	if t.Status == statusShipped && m.SettleDays > 0 {
		due := dayOf(t.ShippedAt).AddDate(0, 0, m.SettleDays)
		if !now.Before(due) {
			changed = true
			t.Status, t.SettledAt = statusSettled, due
		}
	}
	return changed
}

// spend marks the one-time effect of a function as having happened.
func (t *transaction) spend(function string) {
	if !slices.Contains(t.Spent, function) {
		t.Spent = append(t.Spent, function)
	}
}
